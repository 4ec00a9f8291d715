/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/content.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/encoding.h"
#include "fetch/mpeg-sound.h"

/* Texts have a stray control character now and then; of the bytes of media every ninth is one. */
#define TEXT_PER_CONTROL 16

static gboolean
is_control (guint8 byte)
{
  return byte < 0x20 && (byte < '\t' || byte > '\r');
}

/* The order of the bytes of ASF's Header Object is that of its GUID (ASF specification, 10.1). */
#define ASF "\x30\x26\xb2\x75\x8e\x66\xcf\x11"
#define TS_PACKET 188

static gboolean
begins_with (const guint8 *bytes, gsize length, gsize at, const char *with, gsize with_length)
{
  return length >= at + with_length && memcmp (bytes + at, with, with_length) == 0;
}

/* Whether they begin as no text does. */
static gboolean
has_media_head (const guint8 *bytes, gsize length)
{
  static const struct
  {
    gsize at;
    const char *with;
    gsize length;
  } heads[] = {
    { 0, "\x1a\x45\xdf\xa3", 4 }, /* EBML: Matroska, WebM */
    { 4, "ftyp", 4 },             /* ISO base media: MP4, QuickTime */
    { 4, "moov", 4 },
    { 0, ASF, 8 },
    { 0, "OggS\0", 5 },
    { 8, "AVI LIST", 8 },
    { 8, "WAVEfmt ", 8 },
    { 0, "fLaC\0", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    if (begins_with (bytes, length, heads[i].at, heads[i].with, heads[i].length))
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_content_is_media (const guint8 *bytes, gsize length)
{
  gsize controls = 0;

  if (lec_encoding_is_wide (bytes, length))
    return FALSE;
  if (has_media_head (bytes, length) || begins_with (bytes, length, 0, "%PDF-", 5))
    return TRUE;
  while (length > 0 && bytes[length - 1] == '\0')
    length--;
  length = MIN (length, LEC_CONTENT_HEAD);
  for (gsize i = 0; i < length; i++)
    controls += is_control (bytes[i]);
  return controls * TEXT_PER_CONTROL > length;
}

/* MPEG-1 and 2 sound, and AAC in ADTS: eleven bits that are set, and a layer or none; or, from amid
 * a frame on, some of them in a row. */
static gboolean
is_mpeg_sound (const guint8 *bytes, gsize length)
{
  return (length >= 4 && bytes[0] == 0xff && (bytes[1] & 0xe0) == 0xe0 && bytes[1] != 0xff
          && (bytes[2] & 0xf0) != 0xf0)
         || lec_mpeg_sound_is_there (bytes, length);
}

gboolean
lec_content_is_playable (const guint8 *bytes, gsize length)
{
  if (!lec_content_is_media (bytes, length))
    return FALSE;
  return has_media_head (bytes, length) || begins_with (bytes, length, 0, "ID3", 3)
         || is_mpeg_sound (bytes, length)
         || (begins_with (bytes, length, 0, "G", 1)
             && begins_with (bytes, length, TS_PACKET, "G", 1));
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
