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

static void
push (LecItemReader *reader, gint64 number)
{
  LecPacket *packet = lec_packet_new (16);

  packet->extended_sequence = number;
  lec_pad_queue_push (lec_item_reader_get_queue (reader),
                      &(LecItem){ .kind = LEC_ITEM_PACKET, .packet = packet });
}

static void
check_next (LecItemReader *reader, gint64 number)
{
  LecItem item;

  g_assert_cmpint (lec_item_reader_pop (reader, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
  g_assert_cmpint (item.kind, ==, LEC_ITEM_PACKET);
  g_assert_cmpint (item.packet->extended_sequence, ==, number);
  lec_packet_release (item.packet);
}

/* Packets that follow the one that was read can be looked at; a stop and an end come before them.
 */
static void
test_ahead (void)
{
  g_autoptr (LecTiming) timing = lec_timing_new ();
  g_autoptr (LecItemReader) reader = lec_item_reader_new (timing);
  LecPadQueue *queue = lec_item_reader_get_queue (reader);
  LecItem item;

  for (gint64 i = 0; i < 200; i++)
    push (reader, i);
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_GAP, .gap = { 200, 1 } });
  push (reader, 201);
  lec_pad_queue_flush (queue);

  g_assert_null (lec_item_reader_peek (reader, 0));
  for (gint64 i = 0; i < 200; i++) {
    const LecPacket *next;

    check_next (reader, i);
    next = lec_item_reader_peek (reader, 3);
    if (next != NULL)
      g_assert_cmpint (next->extended_sequence, ==, i + 4);
    g_assert_true (i > 50 || next != NULL);
  }
  g_assert_null (lec_item_reader_peek (reader, 0));
  g_assert_cmpint (lec_item_reader_pop (reader, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
  g_assert_cmpint (item.kind, ==, LEC_ITEM_GAP);
  check_next (reader, 201);

  for (gint64 i = 300; i < 310; i++)
    push (reader, i);
  lec_pad_queue_flush (queue);
  check_next (reader, 300);
  lec_pad_queue_set_stopped (queue, TRUE);
  g_assert_cmpint (lec_item_reader_pop (reader, &item, 0), ==, LEC_PAD_QUEUE_STOPPED);
  lec_item_reader_clear (reader);
  lec_pad_queue_set_stopped (queue, FALSE);
  g_assert_cmpint (lec_item_reader_pop (reader, &item, 0), ==, LEC_PAD_QUEUE_TIMEOUT);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/item-reader/live", test_live);
  g_test_add_func ("/item-reader/ahead", test_ahead);
  return g_test_run ();
}
