/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/dvb-subtitles.h"

#include <string.h>

#define PAGE 1
#define ANCILLARY 2

static void
add (GByteArray *to, const void *bytes, guint size)
{
  g_byte_array_append (to, bytes, size);
}

static void
add_segment (GByteArray *to, guint8 type, guint8 page, const void *body, guint size)
{
  const guint8 head[6] = { 0x0F, type, 0, page, (guint8) (size >> 8), (guint8) size };

  add (to, head, sizeof head);
  add (to, body, size);
}

/* A region of 8 x 2, in codes of @depth bits, on the display at 100, 200. */
static GByteArray *
new_page (guint8 depth)
{
  GByteArray *pes = g_byte_array_new ();
  const guint8 page[] = { 5, 2 << 2, 7, 0, 0, 100, 0, 200 };
  const guint8 levels = depth == 2 ? 1 : depth == 4 ? 2 : 3;
  const guint8 region[] = { 7, 0x08, 0, 8, 0, 2, levels << 2, 3, 0, 0, 0, 9, 0, 0, 0, 0 };

  add (pes, "\x20\x00", 2);
  add_segment (pes, 0x10, PAGE, page, sizeof page);
  add_segment (pes, 0x11, PAGE, region, sizeof region);
  return pes;
}

static void
add_clut (GByteArray *pes, guint8 page)
{
  /* 1: white, 2: black and half of it seen, 3: white in two bytes */
  const guint8 clut[]
      = { 3, 0, 1, 0xE1, 235, 128, 128, 0, 2, 0xE1, 16, 128, 128, 128, 3, 0xE0, 0xEE, 0x20 };

  add_segment (pes, 0x12, page, clut, sizeof clut);
}

static void
add_object (GByteArray *pes,
            const void *upper,
            guint upper_size,
            const void *lower,
            guint lower_size)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  const guint8 head[] = { 0,
                          9,
                          0,
                          (guint8) (upper_size >> 8),
                          (guint8) upper_size,
                          (guint8) (lower_size >> 8),
                          (guint8) lower_size };

  add (body, head, sizeof head);
  add (body, upper, upper_size);
  add (body, lower, lower_size);
  add_segment (pes, 0x13, PAGE, body->data, body->len);
}

/* One letter a pixel: of its alpha and brightness. */
static char *
print (LecDvbSubtitles *subtitles, LecDvbPicture *picture)
{
  GString *text = g_string_new (NULL);

  lec_dvb_subtitles_draw (subtitles, picture);
  for (guint y = 0; y < picture->height; y++) {
    for (guint x = 0; x < picture->width; x++) {
      const guint8 *pixel = picture->rgba + 4 * (y * picture->width + x);

      g_string_append_c (text, pixel[3] == 0    ? '.'
                               : pixel[0] > 200 ? 'W'
                               : pixel[3] < 200 ? 'b'
                                                : 'B');
    }
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

#define STRING(bytes) bytes, sizeof (bytes) - 1

static const struct
{
  const char *name;
  guint8 depth;
  const char *upper;
  gsize upper_size;
  const char *lower;
  gsize lower_size;
  const char *seen;
} rows[] = {
  /* 01 01 10 | 00 1 001 01 (run of 4) | 00 00 00 */
  { "2", 2, STRING ("\x10\x58\x94\x00\xF0"), STRING (""), "WWbWWWW\nWWbWWWW\n" },
  /* 1 | 0 0 001 (3 of nothing) | 2 | 0 10 00 0001 (4 of white) | 0 000 */
  { "4", 4, STRING ("\x11\x10\x12\x08\x10\x00\xF0"), STRING ("\x11\x10\x00\xF0"),
    "W...bWWW\nW.......\n" },
  { "8", 8, STRING ("\x12\x01\x00\x83\x02\x00\x02\x01\x00\x00\xF0"),
    STRING ("\x12\x02\x00\x00\xF0"), "Wbbb..W\nb......\n" },
  /* the last run is longer than the region is wide */
  { "wide", 8, STRING ("\x12\x00\xFF\x01\x00\x00\xF0"), STRING (""), "WWWWWWWW\nWWWWWWWW\n" },
  /* more lines than the region has */
  { "high", 8, STRING ("\x12\x01\x00\x00\xF0\x12\x01\x00\x00\xF0\x12\x01\x00\x00\xF0"), STRING (""),
    "W\nW\n" },
  /* codes of 2 bits in a region of 4, mapped: 1 is 2 */
  { "map", 4, STRING ("\x20\x12\x33\x10\x50\x00\xF0"), STRING (""), "bb\nbb\n" },
  { "cut off", 8, STRING ("\x12\x01"), STRING (""), "W\nW\n" },
  { "unknown", 8, STRING ("\x77\x01\x02"), STRING (""), "" },
};

static void
test_pixels (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (LecDvbSubtitles) subtitles = lec_dvb_subtitles_new ();
  g_autoptr (GByteArray) pes = new_page (rows[i].depth);
  g_autofree char *seen = NULL;
  LecDvbPicture picture;

  add_clut (pes, PAGE);
  add_object (pes, rows[i].upper, (guint) rows[i].upper_size, rows[i].lower,
              (guint) rows[i].lower_size);
  g_assert_true (lec_dvb_subtitles_feed (subtitles, pes->data, pes->len, PAGE, PAGE));
  seen = print (subtitles, &picture);
  g_assert_cmpstr (seen, ==, rows[i].seen);
  if (*seen != '\0') {
    g_assert_cmpuint (picture.x, ==, 100);
    g_assert_cmpuint (picture.y, ==, 200);
    g_assert_cmpuint (picture.display_width, ==, 720);
    g_assert_cmpuint (picture.display_height, ==, 576);
  }
  lec_dvb_picture_clear (&picture);
}

static LecDvbSubtitles *
new_shown (void)
{
  LecDvbSubtitles *subtitles = lec_dvb_subtitles_new ();
  g_autoptr (GByteArray) pes = new_page (8);

  add_clut (pes, ANCILLARY);
  add_object (pes, STRING ("\x12\x01\x00\x00\xF0"), STRING (""));
  g_assert_true (lec_dvb_subtitles_feed (subtitles, pes->data, pes->len, PAGE, ANCILLARY));
  return subtitles;
}

/* A page without regions, or of a service that is not wanted. */
static void
test_pages (void)
{
  g_autoptr (LecDvbSubtitles) subtitles = new_shown ();
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GByteArray) empty = g_byte_array_new (), other = g_byte_array_new ();
  const guint8 page[] = { 5, 1 << 2 };
  LecDvbPicture picture;

  add (empty, "\x20\x00", 2);
  add_segment (empty, 0x10, PAGE, page, sizeof page);
  add (other, "\x20\x00", 2);
  add_segment (other, 0x10, 77, page, sizeof page);

  g_assert_cmpuint (lec_dvb_subtitles_get_timeout (subtitles), ==, 5);
  g_assert_false (lec_dvb_subtitles_feed (subtitles, other->data, other->len, PAGE, ANCILLARY));
  before = print (subtitles, &picture);
  lec_dvb_picture_clear (&picture);
  g_assert_cmpstr (before, ==, "W\nW\n");
  g_assert_true (lec_dvb_subtitles_feed (subtitles, empty->data, empty->len, PAGE, ANCILLARY));
  after = print (subtitles, &picture);
  g_assert_cmpstr (after, ==, "");
  g_assert_cmpuint (lec_dvb_subtitles_get_timeout (subtitles), ==, 0);
}

/* Regions larger than all that may be held are not made. */
static void
test_bounds (void)
{
  g_autoptr (LecDvbSubtitles) subtitles = lec_dvb_subtitles_new ();
  g_autoptr (GByteArray) pes = g_byte_array_new ();
  g_autofree char *seen = NULL;
  LecDvbPicture picture;

  add (pes, "\x20\x00", 2);
  for (guint i = 0; i < 40; i++) {
    const guint8 page[] = { 5, 0, (guint8) i, 0, 0, 0, 0, 0 };
    const guint8 region[] = { (guint8) i, 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 3 << 2, 0, 1, 0 };

    add_segment (pes, 0x10, PAGE, page, sizeof page);
    add_segment (pes, 0x11, PAGE, region, sizeof region);
  }
  lec_dvb_subtitles_feed (subtitles, pes->data, pes->len, PAGE, PAGE);
  seen = print (subtitles, &picture);
  g_assert_cmpstr (seen, ==, "");
}

/* A segment ends in the middle of an object's place. */
static void
test_cut_off (void)
{
  static const guint8 region[] = { 7, 0x08, 0, 8, 0, 2, 3 << 2, 3, 0, 0, 0, 9, 0 };
  g_autoptr (LecDvbSubtitles) subtitles = lec_dvb_subtitles_new ();
  g_autoptr (GByteArray) pes = g_byte_array_new ();

  add (pes, "\x20\x00", 2);
  add_segment (pes, 0x11, PAGE, region, sizeof region);
  g_assert_true (lec_dvb_subtitles_feed (subtitles, pes->data, pes->len, PAGE, PAGE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/dvb-subtitles/pixels/%s", rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pixels);
  }
  g_test_add_func ("/dvb-subtitles/pages", test_pages);
  g_test_add_func ("/dvb-subtitles/bounds", test_bounds);
  g_test_add_func ("/dvb-subtitles/cut-off", test_cut_off);
  return g_test_run ();
}
