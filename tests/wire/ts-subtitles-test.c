/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-subtitles.h"

#include <string.h>

static void
test_list (void)
{
  static const guint8 descriptors[] = {
    0x52, 1,   7, /* another one */
    0x59, 16,  'e', 'n',    'g',  0x10, 0,   1,   0,          2,    'D',        'E',  'U',
    0x20, 1,   0,   1,      0,    0x56, 15,  'f', 'r',        'a',  1 << 3 | 1, 0x00, /* the first
                                                                                         page */
    's',  'w', 'e', 2 << 3, 0x89, 'd',  'e', 'u', 5 << 3 | 1, 0x50,
  };
  LecTsSubtitles all[LEC_TS_SUBTITLES];

  g_assert_cmpuint (
      lec_ts_subtitles_list (descriptors, sizeof descriptors, all, G_N_ELEMENTS (all)), ==, 4);
  g_assert_cmpstr (all[0].language, ==, "eng");
  g_assert_cmpuint (all[0].page, ==, 1);
  g_assert_cmpuint (all[0].ancillary, ==, 2);
  g_assert_false (all[0].is_teletext || all[0].is_hard_of_hearing);
  g_assert_cmpstr (all[1].language, ==, "deu");
  g_assert_cmpuint (all[1].page, ==, 0x100);
  g_assert_true (all[1].is_hard_of_hearing);
  g_assert_cmpstr (all[2].language, ==, "swe");
  g_assert_cmphex (all[2].page, ==, 0x889);
  g_assert_true (all[2].is_teletext);
  g_assert_cmphex (all[3].page, ==, 0x150);
  g_assert_true (all[3].is_hard_of_hearing);
  g_assert_cmpuint (lec_ts_subtitles_list (descriptors, sizeof descriptors, all, 2), ==, 2);
  g_assert_cmpuint (lec_ts_subtitles_list (descriptors, 3, all, 2), ==, 0);
}

/* Cut off anywhere, and a language that is none. */
static void
test_damage (void)
{
  guint8 descriptors[] = { 0x59, 7, 'e', '\0', 'g', 0x10, 0, 1, 0 };
  LecTsSubtitles all[2];

  for (guint i = 0; i <= sizeof descriptors; i++)
    g_assert_cmpuint (lec_ts_subtitles_list (descriptors, i, all, 2), ==, 0);
  {
    const guint8 whole[] = { 0x59, 8, 'e', '\0', 'g', 0x10, 0, 1, 0, 1 };

    g_assert_cmpuint (lec_ts_subtitles_list (whole, sizeof whole, all, 2), ==, 1);
    g_assert_cmpstr (all[0].language, ==, "");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ts-subtitles/list", test_list);
  g_test_add_func ("/ts-subtitles/damage", test_damage);
  return g_test_run ();
}
