/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/content.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/encoding.h"

/* Texts have a stray control character now and then; of the bytes of media every ninth is one. */
#define TEXT_PER_CONTROL 16

static gboolean
is_control (guint8 byte)
{
  return byte < 0x20 && (byte < '\t' || byte > '\r');
}

gboolean
lec_content_is_media (const guint8 *bytes, gsize length)
{
  gsize controls = 0;

  if (lec_encoding_is_wide (bytes, length))
    return FALSE;
  if (length >= 5 && memcmp (bytes, "%PDF-", 5) == 0)
    return TRUE;
  while (length > 0 && bytes[length - 1] == '\0')
    length--;
  length = MIN (length, LEC_CONTENT_HEAD);
  for (gsize i = 0; i < length; i++)
    controls += is_control (bytes[i]);
  return controls * TEXT_PER_CONTROL > length;
}

const char *
lec_content_describe (const char *type)
{
  static const struct
  {
    const char *start;
    const char *name;
  } kinds[] = {
    /* translators: for “this address leads to %s, not to the announcement of a channel” */
    { "video/", N_ ("a video") },
    { "audio/", N_ ("a sound recording") },
    { "image/", N_ ("a picture") },
    { "application/pdf", N_ ("a PDF document") },
    { "application/vnd.ms.wms-hdr", N_ ("a Windows Media stream") },
    { "application/x-mms-framed", N_ ("a Windows Media stream") },
  };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (kinds); i++) {
    if (g_ascii_strncasecmp (type, kinds[i].start, strlen (kinds[i].start)) == 0)
      return _ (kinds[i].name);
  }
  return _ ("something that is not text");
}

/* At most @limit + 1 bytes; NULL unless all of @packed can be read, or that many of it. */
static GBytes *
inflate (GBytes *packed, GZlibCompressorFormat format, gsize limit)
{
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (packed);
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (format));
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, converter);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];

  while (bytes->len <= limit) {
    gssize got = g_input_stream_read (stream, buffer, MIN (sizeof buffer, limit + 1 - bytes->len),
                                      NULL, NULL);

    if (got < 0)
      return NULL;
    if (got == 0)
      break;
    g_byte_array_append (bytes, buffer, (guint) got);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
lec_content_unpack (GBytes *packed, const char *encoding, gsize limit)
{
  g_autofree char *name = encoding != NULL ? g_strstrip (g_strdup (encoding)) : NULL;
  GBytes *bytes;

  if (name == NULL || name[0] == '\0' || g_ascii_strcasecmp (name, "identity") == 0)
    return g_bytes_ref (packed);
  if (g_ascii_strcasecmp (name, "gzip") == 0 || g_ascii_strcasecmp (name, "x-gzip") == 0)
    return inflate (packed, G_ZLIB_COMPRESSOR_FORMAT_GZIP, limit);
  if (g_ascii_strcasecmp (name, "deflate") != 0)
    return NULL;
  /* RFC 9110 means zlib's format, some servers mean the bare one in it. */
  bytes = inflate (packed, G_ZLIB_COMPRESSOR_FORMAT_ZLIB, limit);
  return bytes != NULL ? bytes : inflate (packed, G_ZLIB_COMPRESSOR_FORMAT_RAW, limit);
}
