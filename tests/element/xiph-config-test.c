/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/xiph-config.h"

#include <string.h>

#define SETUP                                                                                      \
  "\005vorbis"                                                                                     \
  "S"
#define COMMENT "\003vorbis\0\0\0\0\0\0\0\0\001"
#define THEORA_SETUP                                                                               \
  "\202theora"                                                                                     \
  "S"
#define THEORA_COMMENT "\201theora\0\0\0\0\0\0\0\0"
#define ROW(before, after) before, sizeof before - 1, after, sizeof after - 1

/* Packed headers, and what they become. */
static const struct
{
  const char *story;
  const char *before;
  gsize before_length;
  const char *after; /* NULL: they are left alone */
  gsize after_length;
} rows[] = {
  { "another setup", ROW ("\0\0\0\1\xfe\xcd\xba\0\012\2\2\0idxvorbisS", "") },
  { "empty", ROW ("\0\0\0\1\xfe\xcd\xba\0\012\2\2\0id" SETUP,
                  "\0\0\0\1\xfe\xcd\xba\0\032\2\2\020id" COMMENT SETUP) },
  { "missing", ROW ("\0\0\0\1\xfe\xcd\xba\0\012\1\2id" SETUP,
                    "\0\0\0\1\xfe\xcd\xba\0\032\2\2\020id" COMMENT SETUP) },
  { "Theora's", ROW ("\0\0\0\1\xfe\xcd\xba\0\012\2\2\0id" THEORA_SETUP,
                     "\0\0\0\1\xfe\xcd\xba\0\031\2\2\017id" THEORA_COMMENT THEORA_SETUP) },
  { "two of them, one is whole",
    ROW ("\0\0\0\2\0\0\1\0\015\2\2\3idabc" SETUP "\0\0\2\0\012\2\2\0id" SETUP,
         "\0\0\0\2\0\0\1\0\015\2\2\3idabc" SETUP "\0\0\2\0\032\2\2\020id" COMMENT SETUP) },
  { "whole", ROW ("\0\0\0\1\xfe\xcd\xba\0\032\2\2\020id" COMMENT SETUP, "") },
  { "the setup alone", ROW ("\0\0\0\1\xfe\xcd\xba\0\010\0" SETUP, "") },
  { "more headers than there are", ROW ("\0\0\0\1\xfe\xcd\xba\0\012\3\2\0\0id" SETUP, "") },
  { "a header longer than all", ROW ("\0\0\0\1\xfe\xcd\xba\0\012\2\013\0id" SETUP, "") },
  { "a length without end", ROW ("\0\0\0\1\xfe\xcd\xba\0\012\2\xff\xff\xff\xff\xff\xff", "") },
  { "cut", ROW ("\0\0\0\1\xfe\xcd\xba\0\013\2\2\0id" SETUP, "") },
  { "too many", ROW ("\xff\xff\xff\xff\xfe\xcd\xba\0\012\2\2\0id" SETUP, "") },
  { "none", ROW ("\0\0\0\0", "") },
  { "empty text", ROW ("", "") },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autofree char *text = g_base64_encode ((const guint8 *) row->before, row->before_length);
  g_autofree char *completed = lec_xiph_config_complete (text);
  g_autofree char *expected = g_base64_encode ((const guint8 *) row->after, row->after_length);
  g_autofree char *again = NULL;

  if (row->after_length == 0) {
    g_assert_null (completed);
    return;
  }
  g_assert_cmpstr (completed, ==, expected);
  again = lec_xiph_config_complete (completed); /* nothing is missing any more */
  g_assert_null (again);
}

static char *
config_of_setup (gsize length)
{
  g_autofree guint8 *bytes = g_malloc0 (12 + 2 + length);
  const gsize all = 2 + length;

  memcpy (bytes, "\0\0\0\1\0\0\1\0\0\2\2\0id\005vorbis", 21);
  bytes[7] = (guint8) (all >> 8);
  bytes[8] = (guint8) all;
  return g_base64_encode (bytes, 12 + all);
}

/* Where there is no room for it, none is put in. */
static void
test_room (void)
{
  g_autofree char *fits = config_of_setup (65535 - 2 - 16);
  g_autofree char *full = config_of_setup (65535 - 2 - 15);
  g_autofree char *completed = lec_xiph_config_complete (fits);
  g_autofree char *none = lec_xiph_config_complete (full);

  g_assert_nonnull (completed);
  g_assert_null (none);
}

static void
test_no_base64 (void)
{
  g_autofree char *huge = g_strnfill (1024 * 1024, 'A');
  g_autofree char *odd = lec_xiph_config_complete ("%%%\303\244~");
  g_autofree char *long_one = lec_xiph_config_complete (huge);

  g_assert_null (odd);
  g_assert_null (long_one);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/xiph-config/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/xiph-config/room", test_room);
  g_test_add_func ("/xiph-config/no-base64", test_no_base64);
  return g_test_run ();
}
