/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/pad-queue.h"

#define LONG (30 * G_TIME_SPAN_SECOND) /* what is awaited comes sooner, or the test has failed */

static void
push (LecPadQueue *queue, gint64 number)
{
  LecPacket *packet = lec_packet_new (16);

  packet->extended_sequence = number;
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_PACKET, .packet = packet });
}

static void
check_next (LecPadQueue *queue, gint64 number, gboolean after_reset)
{
  LecItem item;

  if (after_reset) {
    g_assert_cmpint (lec_pad_queue_pop (queue, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
    g_assert_cmpint (item.kind, ==, LEC_ITEM_RESET);
  }
  g_assert_cmpint (lec_pad_queue_pop (queue, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
  g_assert_cmpint (item.kind, ==, LEC_ITEM_PACKET);
  g_assert_cmpint (item.packet->extended_sequence, ==, number);
  lec_packet_release (item.packet);
}

static void
check_gap (LecPadQueue *queue, gint64 first, guint64 count)
{
  LecItem item;

  g_assert_cmpint (lec_pad_queue_pop (queue, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
  g_assert_cmpint (item.kind, ==, LEC_ITEM_GAP);
  g_assert_cmpint (item.gap.first, ==, first);
  g_assert_cmpuint (item.gap.count, ==, count);
}

static void
check_empty (LecPadQueue *queue)
{
  LecItem item;

  g_assert_cmpint (lec_pad_queue_pop (queue, &item, 0), ==, LEC_PAD_QUEUE_TIMEOUT);
}

/* What goes in comes out, in its order, packets and gaps alike; and not before the flush. */
static void
test_order (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
  check_empty (queue);
  push (queue, 1);
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_GAP, .gap = { .first = 2, .count = 3 } });
  push (queue, 5);
  check_empty (queue);
  lec_pad_queue_flush (queue);

  check_next (queue, 1, FALSE);
  check_gap (queue, 2, 3);
  check_next (queue, 5, FALSE);
  check_empty (queue);
}

/* Packets can be taken at once, as far as there are no other items between them and they have been
 * let be seen; the writer has their places again. */
static void
test_take_packets (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
  LecPacket *packets[8];

  g_assert_cmpuint (lec_pad_queue_take_packets (queue, packets, 8), ==, 0);
  for (gint64 i = 0; i < 3; i++)
    push (queue, i);
  g_assert_cmpuint (lec_pad_queue_take_packets (queue, packets, 8), ==, 0);
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_GAP, .gap = { .first = 3, .count = 1 } });
  push (queue, 4);
  lec_pad_queue_flush (queue);

  g_assert_cmpuint (lec_pad_queue_take_packets (queue, packets, 2), ==, 2);
  g_assert_cmpuint (lec_pad_queue_take_packets (queue, packets + 2, 8), ==, 1);
  for (gint64 i = 0; i < 3; i++) {
    g_assert_cmpint (packets[i]->extended_sequence, ==, i);
    lec_packet_release (packets[i]);
  }
  g_assert_cmpuint (lec_pad_queue_take_packets (queue, packets, 8), ==, 0);
  check_gap (queue, 3, 1);
  check_next (queue, 4, FALSE);
  check_empty (queue);
}

/* As many gaps as packets, round and round: none costs the other its place, and each says what it
 * said. */
static void
test_gaps (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
  const gint64 pairs = LEC_PAD_QUEUE_LENGTH / 7; /* not a divisor, so that one ends on the seam */
  LecItem item;

  for (guint round = 0; round < 20; round++) {
    for (gint64 i = 0; i < pairs; i++) {
      const LecGap gap
          = { .first = -i, .count = (guint64) i, .pts_ns = i << 40, .duration_ns = ~i };

      lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_GAP, .gap = gap });
      push (queue, i);
    }
    lec_pad_queue_flush (queue);
    for (gint64 i = 0; i < pairs; i++) {
      g_assert_cmpint (lec_pad_queue_pop (queue, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
      g_assert_cmpint (item.kind, ==, LEC_ITEM_GAP);
      g_assert_cmpint (item.gap.first, ==, -i);
      g_assert_cmpuint (item.gap.count, ==, (guint64) i);
      g_assert_cmpint (item.gap.pts_ns, ==, i << 40);
      g_assert_cmpint (item.gap.duration_ns, ==, ~i);
      check_next (queue, i, FALSE);
    }
  }
  check_empty (queue);
  g_assert_cmpuint (lec_pad_queue_get_overrun (queue), ==, 0);
}

/* A reset comes just before what was pushed after it, packet or gap, once however often it was
 * said; alone it is nothing to wake up for. */
static void
test_reset (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
  LecItem item;

  push (queue, 1);
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_RESET });
  lec_pad_queue_flush (queue);
  check_next (queue, 1, FALSE);
  check_empty (queue);
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_RESET });
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_GAP, .gap = { .first = 2, .count = 3 } });
  push (queue, 5);
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_RESET });
  push (queue, 6);
  lec_pad_queue_flush (queue);

  g_assert_cmpint (lec_pad_queue_pop (queue, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
  g_assert_cmpint (item.kind, ==, LEC_ITEM_RESET);
  g_assert_cmpint (lec_pad_queue_pop (queue, &item, 0), ==, LEC_PAD_QUEUE_ITEM);
  g_assert_cmpint (item.kind, ==, LEC_ITEM_GAP);
  g_assert_cmpint (item.gap.first, ==, 2);
  check_next (queue, 5, FALSE);
  check_next (queue, 6, TRUE);
  check_empty (queue);
}

static void
test_timeout (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
  gint64 began_us = g_get_monotonic_time ();
  LecItem item;

  g_assert_cmpint (lec_pad_queue_pop (queue, &item, 10000), ==, LEC_PAD_QUEUE_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 10000);
}

/* What finds no room is dropped and counted, and the next that finds some says so. */
static void
test_overrun (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();

  for (gint64 i = 0; i < LEC_PAD_QUEUE_LENGTH + 5; i++)
    push (queue, i);
  lec_pad_queue_push (queue, &(LecItem){ .kind = LEC_ITEM_GAP, .gap = { .first = 1 } });
  g_assert_cmpuint (lec_pad_queue_get_overrun (queue), ==, 5);
  lec_pad_queue_flush (queue);

  check_next (queue, 0, FALSE);
  check_next (queue, 1, FALSE);
  push (queue, 100000);
  push (queue, 100001);
  lec_pad_queue_flush (queue);
  for (gint64 i = 2; i < LEC_PAD_QUEUE_LENGTH; i++)
    check_next (queue, i, FALSE);
  check_next (queue, 100000, TRUE);
  check_next (queue, 100001, FALSE);
  check_empty (queue);
  g_assert_cmpuint (lec_pad_queue_get_overrun (queue), ==, 5);
}

static void
test_clear (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();

  push (queue, 1);
  lec_pad_queue_flush (queue);
  push (queue, 2);
  lec_pad_queue_clear (queue);
  check_empty (queue);
  push (queue, 3);
  lec_pad_queue_flush (queue);
  check_next (queue, 3, FALSE);
}

static gpointer
pop_one (gpointer data)
{
  LecItem item = { 0 };
  LecPadQueuePop answer = lec_pad_queue_pop (data, &item, LONG);

  lec_packet_release (item.packet);
  return GINT_TO_POINTER ((int) answer);
}

/* Whether the reader sleeps already or is about to: it learns of both, packets and the end. */
static void
test_wake_up (void)
{
  for (guint i = 0; i < 2000; i++) {
    g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
    GThread *reader = g_thread_new ("reader", pop_one, queue);

    if (i % 3 > 0)
      g_usleep (i % 7);
    if (i % 2 == 0) {
      push (queue, 1);
      lec_pad_queue_flush (queue);
      g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (reader)), ==, LEC_PAD_QUEUE_ITEM);
    } else {
      lec_pad_queue_set_stopped (queue, TRUE);
      g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (reader)), ==, LEC_PAD_QUEUE_STOPPED);
    }
  }
}

static void
test_stopped (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
  LecItem item;

  push (queue, 1);
  lec_pad_queue_flush (queue);
  lec_pad_queue_set_stopped (queue, TRUE);
  g_assert_cmpint (lec_pad_queue_pop (queue, &item, LONG), ==, LEC_PAD_QUEUE_STOPPED);
  lec_pad_queue_set_stopped (queue, FALSE);
  check_next (queue, 1, FALSE);
}

#define MANY 200000

static gpointer
write_many (gpointer data)
{
  for (gint64 i = 0; i < MANY; i++) {
    push (data, i);
    if (i % 17 == 0 || i == MANY - 1)
      lec_pad_queue_flush (data);
    /* the reader has its turns asleep as well as awake */
    if (i % 1000 == 0)
      g_usleep (1);
  }
  return NULL;
}

/* Nothing is lost between two threads but what is counted, and where something was is told. */
static void
test_two_threads (void)
{
  g_autoptr (LecPadQueue) queue = lec_pad_queue_new ();
  GThread *writer = g_thread_new ("writer", write_many, queue);
  gint64 next = 0;
  gboolean reset = FALSE;
  guint64 lost = 0;

  while (next < MANY) {
    LecItem item;

    if (lec_pad_queue_pop (queue, &item, next == 0 ? LONG : G_TIME_SPAN_SECOND)
        != LEC_PAD_QUEUE_ITEM)
      break; /* the last ones were dropped */
    if (item.kind == LEC_ITEM_RESET) {
      g_assert_false (reset);
      reset = TRUE;
      continue;
    }
    g_assert_cmpint (item.packet->extended_sequence, >=, next);
    g_assert_cmpint (reset, ==, item.packet->extended_sequence != next);
    reset = FALSE;
    lost += (guint64) (item.packet->extended_sequence - next);
    next = item.packet->extended_sequence + 1;
    lec_packet_release (item.packet);
  }
  g_thread_join (writer);
  g_assert_cmpuint (lost + (guint64) (MANY - next), ==, lec_pad_queue_get_overrun (queue));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pad-queue/order", test_order);
  g_test_add_func ("/pad-queue/take-packets", test_take_packets);
  g_test_add_func ("/pad-queue/gaps", test_gaps);
  g_test_add_func ("/pad-queue/reset", test_reset);
  g_test_add_func ("/pad-queue/timeout", test_timeout);
  g_test_add_func ("/pad-queue/overrun", test_overrun);
  g_test_add_func ("/pad-queue/clear", test_clear);
  g_test_add_func ("/pad-queue/wake-up", test_wake_up);
  g_test_add_func ("/pad-queue/stopped", test_stopped);
  g_test_add_func ("/pad-queue/two-threads", test_two_threads);
  return g_test_run ();
}
