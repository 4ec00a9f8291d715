/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/image-facts.h"

#include <string.h>

#define BYTES(text) (const guint8 *) text, sizeof text - 1

/* The first bytes of pictures as programs write them. */
static const struct
{
  const char *story;
  const guint8 *bytes;
  gsize size;
  const char *type; /* NULL: no picture */
  guint width, height;
} rows[] = {
  { "PNG", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\0\0\0\3\0\x08\2\0\0\0"), "png", 1024, 768 },
  { "PNG without a size", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\3\0\x08\2\0\0\0"),
    NULL },
  { "PNG of any size", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff"),
    NULL },
  { "PNG too wide", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x40\1\0\0\0\1"), NULL },
  { "PNG too large", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x20\0\0\0\x20\0"), NULL },
  { "PNG of the largest side", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\1"), "png",
    16384, 1 },
  { "GIF", BYTES ("GIF89a\x80\2\xe0\1\xf7\0\0"), "gif", 640, 480 },
  { "old GIF", BYTES ("GIF87a\1\0\2\0\0\0\0"), "gif", 1, 2 },
  { "BMP", BYTES ("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x40\1\0\0\xf0\0\0\0\1\0\x18\0"), "bmp",
    320, 240 },
  { "BMP from above",
    BYTES ("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x40\1\0\0\x10\xff\xff\xff\1\0\x18\0"), "bmp",
    320, 240 },
  { "BMP of the least height",
    BYTES ("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x40\1\0\0\0\0\0\x80\1\0\x18\0"), NULL },
  { "old BMP", BYTES ("BM\0\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x40\1\xf0\0\1\0\x18\0"), "bmp", 320,
    240 },
  { "lossy WebP", BYTES ("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\1\x2a\x80\x02\xe0\x01"), "webp",
    640, 480 },
  { "lossless WebP", BYTES ("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\x00"), "webp", 640, 480 },
  { "WebP with more", BYTES ("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\2\0\xdf\1\0"), "webp", 640,
    480 },
  { "WebP of another kind", BYTES ("RIFF\0\0\0\0WEBPXXXX\x0a\0\0\0\0\0\0\0\x7f\2\0\xdf\1\0"),
    NULL },
  { "JPEG", BYTES ("\xff\xd8\xff\xe0\0\x05JFI\xff\xff\xc0\0\x11\x08\1\xe0\2\x80\3"), "jpeg", 640,
    480 },
  { "progressive JPEG", BYTES ("\xff\xd8\xff\xc4\0\2\xff\xc2\0\x11\x08\1\xe0\2\x80\3"), "jpeg", 640,
    480 },
  { "JPEG without a frame", BYTES ("\xff\xd8\xff\xe0\0\2\xff\xd9"), NULL },
  { "JPEG with an empty part", BYTES ("\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"), NULL },
  { "a page", BYTES ("<!DOCTYPE html><html><body>no picture</body></html>"), NULL },
  { "a drawing", BYTES ("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), NULL },
  { "XPM", BYTES ("/* XPM */ static char *x[] = {\"9 9 1 1\", \"a c red\"};"), NULL },
  { "nothing", BYTES (""), NULL },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  LecImageFacts facts;

  g_assert_cmpint (lec_image_facts_read (row->bytes, row->size, &facts), ==, row->type != NULL);
  if (row->type == NULL)
    return;
  g_assert_cmpstr (facts.type, ==, row->type);
  g_assert_cmpuint (facts.width, ==, row->width);
  g_assert_cmpuint (facts.height, ==, row->height);
}

/* No prefix is read beyond its end; what is said of one is within the bounds. */
static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (gsize size = 0; size < rows[i].size; size++) {
      g_autofree guint8 *prefix = g_memdup2 (rows[i].bytes, size);
      LecImageFacts facts;

      if (lec_image_facts_read (prefix, size, &facts))
        g_assert_cmpuint (facts.width * facts.height, <=, LEC_IMAGE_PIXELS_MAX);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/image-facts/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/image-facts/prefixes", test_prefixes);
  return g_test_run ();
}
