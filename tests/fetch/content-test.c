/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/content.h"

#include <gio/gio.h>
#include <string.h>

#define LIMIT 1000

#define BYTES(text) text, sizeof text - 1

static const struct
{
  const char *story;
  const char *bytes;
  gsize length;
  gboolean media;
} kinds[] = {
  { "nothing", BYTES (""), FALSE },
  { "text", BYTES ("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n"), FALSE },
  { "tabs", BYTES ("<asx>\t\t\t\t\t\t\t\n\n\n\n\r\n"), FALSE },
  { "Latin-1", BYTES ("\xe4\xf6\xfc\xdf\xc4\xd6\xdc"), FALSE },
  { "one control character", BYTES ("<asx><title>hall\x07 three</title>"), FALSE },
  { "NUL at the end", BYTES ("v=0\r\n\0\0\0\0"), FALSE },
  { "UTF-16", BYTES ("\xff\xfe<\0a\0s\0x\0"), FALSE },
  { "UTF-16 without a mark", BYTES ("<\0a\0s\0x\0"), FALSE },
  { "UTF-32", BYTES ("\0\0\xfe\xff\0\0\0<\0\0\0a"), FALSE },
  { "UTF-16, the other way", BYTES ("\xfe\xff\0<\0a\0s\0x"), FALSE },
  { "ASF", BYTES ("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"), TRUE },
  { "MP4",
    BYTES ("\0\0\0\x18"
           "ftypmp42\0\0\0\0mp42isom"),
    TRUE },
  { "PNG", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10"), TRUE },
  { "Ogg", BYTES ("OggS\0\x02\0\0\0\0\0\0\0\0\xd9\x4b"), TRUE },
  { "MP3", BYTES ("ID3\x03\0\0\0\0\x0f\x76TIT2\0\0\0\x06"), TRUE },
  { "PDF", BYTES ("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n"), TRUE },
};

static void
test_media (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    gsize length = kinds[i].length;
    g_autofree guint8 *bytes = g_memdup2 (kinds[i].bytes, length);

    if (lec_content_is_media (bytes, length) != kinds[i].media)
      g_error ("%s: wrong", kinds[i].story);
  }
}

/* Only the beginning is looked at: announcements may have anything in a comment far behind. */
static void
test_beginning (void)
{
  guint8 bytes[4 * LEC_CONTENT_HEAD];

  memset (bytes, 1, sizeof bytes);
  g_assert_true (lec_content_is_media (bytes, sizeof bytes));
  memset (bytes, 'a', LEC_CONTENT_HEAD);
  g_assert_false (lec_content_is_media (bytes, sizeof bytes));
}

static void
test_names (void)
{
  g_assert_cmpstr (lec_content_describe ("video/mp4"), ==, "a video");
  g_assert_cmpstr (lec_content_describe ("AUDIO/mpeg"), ==, "a sound recording");
  g_assert_cmpstr (lec_content_describe ("image/png"), ==, "a picture");
  g_assert_cmpstr (lec_content_describe ("application/pdf"), ==, "a PDF document");
  g_assert_cmpstr (lec_content_describe ("text/html"), ==, "something that is not text");
  g_assert_cmpstr (lec_content_describe (NULL), ==, "something that is not text");
}

static GBytes *
pack (gsize length, GZlibCompressorFormat format)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (format, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, converter);
  g_autofree char *text = g_strnfill (length, 'a');

  g_assert_true (g_output_stream_write_all (out, text, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
check_unpacked (GBytes *packed, const char *encoding, gsize length)
{
  g_autoptr (GBytes) bytes = lec_content_unpack (packed, encoding, LIMIT);

  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, length);
}

static void
test_unpack (void)
{
  static const gsize lengths[] = { 0, 1, LIMIT - 1, LIMIT };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (GBytes) gzip = pack (lengths[i], G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autoptr (GBytes) zlib = pack (lengths[i], G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
    g_autoptr (GBytes) raw = pack (lengths[i], G_ZLIB_COMPRESSOR_FORMAT_RAW);

    check_unpacked (gzip, "gzip", lengths[i]);
    check_unpacked (gzip, " X-GZip ", lengths[i]);
    check_unpacked (zlib, "deflate", lengths[i]);
    check_unpacked (raw, "Deflate", lengths[i]);
    check_unpacked (gzip, "identity", g_bytes_get_size (gzip));
    check_unpacked (gzip, "", g_bytes_get_size (gzip));
    check_unpacked (gzip, NULL, g_bytes_get_size (gzip));
  }
}

static void
test_bomb (void)
{
  g_autoptr (GBytes) bomb = pack (1000 * LIMIT, G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  check_unpacked (bomb, "gzip", LIMIT + 1);
}

static void
test_broken (void)
{
  g_autoptr (GBytes) good = pack (500, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GBytes) other = g_bytes_new_static (BYTES ("v=0\r\n"));

  for (gsize length = 0; length < g_bytes_get_size (good); length++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, length);

    g_assert_null (lec_content_unpack (cut, "gzip", LIMIT));
  }
  g_assert_null (lec_content_unpack (other, "gzip", LIMIT));
  g_assert_null (lec_content_unpack (other, "deflate", LIMIT));
  g_assert_null (lec_content_unpack (good, "br", LIMIT));
  g_assert_null (lec_content_unpack (good, "gzip, gzip", LIMIT));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content/media", test_media);
  g_test_add_func ("/content/beginning", test_beginning);
  g_test_add_func ("/content/names", test_names);
  g_test_add_func ("/content/unpack", test_unpack);
  g_test_add_func ("/content/bomb", test_bomb);
  g_test_add_func ("/content/broken", test_broken);
  return g_test_run ();
}
