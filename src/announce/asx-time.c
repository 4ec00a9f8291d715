/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx-time.h"

#include "announce/cursor.h"

#define MAX_HOURS G_GUINT64_CONSTANT (1000000) /* keeps every time in 64 bits of microseconds */

gboolean
lec_asx_parse_time (const char *text, gint64 *time_us)
{
  LecCursor cursor;
  guint64 seconds = 0;
  gint64 fraction_us = 0;
  guint fields = 0;

  lec_cursor_init (&cursor, text);
  do {
    seconds = seconds * 60 + lec_cursor_number (&cursor, MAX_HOURS);
    fields++;
  } while (fields < 3 && lec_cursor_skip (&cursor, ':'));
  if (cursor.failed)
    return FALSE;
  if (lec_cursor_skip (&cursor, '.')) {
    for (gint64 unit = 100000; unit > 0 && g_ascii_isdigit (*cursor.at); unit /= 10)
      fraction_us += unit * g_ascii_digit_value (*cursor.at++);
  }
  *time_us = (gint64) seconds * G_USEC_PER_SEC + fraction_us;
  return TRUE;
}

char *
lec_asx_print_time (gint64 time_us)
{
  gint64 seconds = time_us / G_USEC_PER_SEC;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%02" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600,
                          (int) (seconds / 60 % 60), (int) (seconds % 60));
  if (time_us % G_USEC_PER_SEC != 0) {
    g_string_append_printf (text, ".%06d", (int) (time_us % G_USEC_PER_SEC));
    while (g_str_has_suffix (text->str, "0"))
      g_string_truncate (text, text->len - 1);
  }
  return g_string_free (text, FALSE);
}
