/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/item-reader.h"

#include <gst/check/gsttestclock.h>

#define LATENCY (150 * (gint64) GST_MSECOND)

/* What is pushed into its queue is read, and times mean what they meant at the last look. */
static void
test_live (void)
{
  g_autoptr (LecTiming) timing = lec_timing_new ();
  g_autoptr (GstClock) clock = gst_test_clock_new_with_start_time (5 * GST_SECOND);
  g_autoptr (LecItemReader) reader = NULL;
  LecItem item;

  lec_timing_open (timing, LATENCY);
  lec_timing_begin (timing, clock, 3 * GST_SECOND);
  reader = lec_item_reader_new (timing);
  g_assert_cmpint (lec_item_reader_pop (reader, &item, 0), ==, LEC_PAD_QUEUE_TIMEOUT);
  lec_pad_queue_push (lec_item_reader_get_queue (reader),
                      &(LecItem){ .kind = LEC_ITEM_GAP, .gap = { .first = 7, .count = 2 } });
  lec_pad_queue_flush (lec_item_reader_get_queue (reader));
  g_assert_cmpint (lec_item_reader_pop (reader, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
  g_assert_cmpint (item.kind, ==, LEC_ITEM_GAP);
  g_assert_cmpint (item.gap.first, ==, 7);

  lec_item_reader_look (reader);
  g_assert_cmpint (lec_item_reader_to_running (reader, 7), ==, 7);
  g_assert_cmpint (lec_item_reader_get_position (reader), ==, 2 * (gint64) GST_SECOND - LATENCY);
  gst_test_clock_advance_time (GST_TEST_CLOCK (clock), GST_SECOND);
  g_assert_cmpint (lec_item_reader_get_position (reader), ==, 2 * (gint64) GST_SECOND - LATENCY);
  lec_item_reader_look (reader);
  g_assert_cmpint (lec_item_reader_get_position (reader), ==, 3 * (gint64) GST_SECOND - LATENCY);

  lec_pad_queue_set_stopped (lec_item_reader_get_queue (reader), TRUE);
  g_assert_cmpint (lec_item_reader_pop (reader, &item, 0), ==, LEC_PAD_QUEUE_STOPPED);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/item-reader/live", test_live);
  return g_test_run ();
}
