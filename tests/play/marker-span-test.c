/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/marker-span.h"

#include "asf-file.h"

/* "Opening" is at 0 s, "Talk" at 1 s, "Questions" at 1.2 s. */
static void
test_spans (void)
{
  static const struct
  {
    const char *start, *end;
    gint64 start_ms, duration_ms; /* as ASX says */
    gint64 begin_ms, length_ms;   /* as is played; a length of -1: nothing of it */
  } rows[] = {
    { NULL, NULL, 500, 700, 500, 700 },
    { "Talk", NULL, 500, 700, 1000, 700 }, /* beats STARTTIME */
    { "2", NULL, 0, 0, 1000, 0 },
    { NULL, "Questions", 500, 100, 500, 700 }, /* beats DURATION */
    { "2", "3", 0, 0, 1000, 200 },
    { "1", "Talk", 300, 0, 0, 1000 },
    { "3", "Talk", 0, 0, 1200, -1 },
    { "Talk", "2", 0, 0, 1000, -1 },
    { "0", "4", 500, 700, 500, 700 }, /* there are none */
    { "talk", "", 500, 700, 500, 700 },
    { "18446744073709551618", NULL, 500, 700, 500, 700 },
  };
  g_autoptr (AsfFile) file = asf_file_new_marked (2);
  gsize size;
  const guint8 *header = g_bytes_get_data (file->header, &size);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 start_us = rows[i].start_ms * 1000, duration_us = rows[i].duration_ms * 1000;

    lec_marker_span_read (header, size, rows[i].start, rows[i].end, &start_us, &duration_us);
    if (start_us != rows[i].begin_ms * 1000
        || duration_us != (rows[i].length_ms < 0 ? 1 : rows[i].length_ms * 1000))
      g_error ("row %u: from %" G_GINT64_FORMAT " us, %" G_GINT64_FORMAT " us of it", i, start_us,
               duration_us);
  }
  for (gsize n = 0; n < size; n++) { /* every prefix: what is cut off is not there */
    gint64 start_us = 7, duration_us = 8;

    lec_marker_span_read (header, n, "2", "3", &start_us, &duration_us);
    g_assert_true (start_us == 7 || start_us == 1000000);
    g_assert_true (duration_us == 8 || duration_us == 200000 || duration_us == 1199993);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marker-span/spans", test_spans);
  return g_test_run ();
}
