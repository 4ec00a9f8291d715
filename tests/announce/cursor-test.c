/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/cursor.h"

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    guint64 max;
    gint64 number; /* -1: fails */
  } rows[] = {
    { "0", 0, 0 },
    { "00", 0, 0 },
    { "1", 0, -1 },
    { "127", 127, 127 },
    { "128", 127, -1 },
    { "0127", 127, 127 },
    { "65535", G_MAXUINT16, 65535 },
    { "65536", G_MAXUINT16, -1 },
    { "4294967296", G_MAXUINT32, -1 },
    { "9223372036854775807", G_MAXUINT64, G_MAXINT64 },
    { "18446744073709551616", G_MAXUINT64, -1 },
    { "99999999999999999999999999999", G_MAXUINT64, -1 },
    { "", 9, -1 },
    { "-1", 9, -1 },
    { "+1", 9, -1 },
    { " 1", 9, -1 },
    { "x", 9, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecCursor cursor;
    guint64 number;

    g_test_message ("%s", rows[i].text);
    lec_cursor_init (&cursor, rows[i].text);
    number = lec_cursor_number (&cursor, rows[i].max);
    g_assert_cmpint (cursor.failed, ==, rows[i].number < 0);
    g_assert_cmpuint (number, ==, rows[i].number < 0 ? 0 : (guint64) rows[i].number);
  }
}

static void
test_fields (void)
{
  LecCursor cursor;
  g_autofree char *name = NULL;
  g_autofree char *word = NULL;

  lec_cursor_init (&cursor, "ttl:8/x  last");
  name = lec_cursor_until (&cursor, ":");
  lec_cursor_expect (&cursor, ':');
  g_assert_cmpstr (name, ==, "ttl");
  g_assert_cmpuint (lec_cursor_number (&cursor, 255), ==, 8);
  g_assert_false (lec_cursor_skip (&cursor, ':'));
  g_assert_true (lec_cursor_skip (&cursor, '/'));
  lec_cursor_expect (&cursor, 'x');
  lec_cursor_expect_blanks (&cursor);
  word = lec_cursor_word (&cursor);
  g_assert_cmpstr (word, ==, "last");
  g_assert_true (lec_cursor_done (&cursor));
}

/* After a failure nothing is read, and nothing is forgiven. */
static void
test_failure_sticks (void)
{
  LecCursor cursor;

  lec_cursor_init (&cursor, "12");
  lec_cursor_expect_blanks (&cursor);
  g_assert_true (cursor.failed);
  g_assert_cmpuint (lec_cursor_number (&cursor, 99), ==, 0);
  g_assert_false (lec_cursor_skip (&cursor, '1'));
  g_assert_null (lec_cursor_word (&cursor));
  g_assert_null (lec_cursor_until (&cursor, "x"));
  lec_cursor_expect (&cursor, '1');
  g_assert_false (lec_cursor_done (&cursor));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cursor/numbers", test_numbers);
  g_test_add_func ("/cursor/fields", test_fields);
  g_test_add_func ("/cursor/failure sticks", test_failure_sticks);
  return g_test_run ();
}
