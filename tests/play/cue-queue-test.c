/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/cue-queue.h"

static void
check_take (LecCueQueue *queue, guint64 now_ns, const char *parameter)
{
  const LecQueuedCue *cue = lec_cue_queue_take (queue, now_ns);

  g_assert_cmpstr (cue != NULL ? cue->parameter : NULL, ==, parameter);
}

/* Each at its time, in the order of times and not of arrival. */
static void
test_order (void)
{
  g_autoptr (LecCueQueue) queue = lec_cue_queue_new ();

  lec_cue_queue_add (queue, 30, FALSE, "TEXT", "c");
  lec_cue_queue_add (queue, 10, FALSE, "TEXT", "a");
  lec_cue_queue_add (queue, 20, TRUE, "URL", "b");
  lec_cue_queue_add (queue, 20, FALSE, "TEXT", "b2");
  check_take (queue, 9, NULL);
  check_take (queue, 10, "a");
  check_take (queue, 10, NULL);
  g_assert_cmpstr (lec_cue_queue_peek (queue, 0)->parameter, ==, "b");
  g_assert_cmpstr (lec_cue_queue_peek (queue, 2)->parameter, ==, "c");
  g_assert_null (lec_cue_queue_peek (queue, 3));
  check_take (queue, 100, "b");
  check_take (queue, 100, "b2");
  check_take (queue, 100, "c");
  check_take (queue, 100, NULL);
}

/* The nearest remain. */
static void
test_bound (void)
{
  g_autoptr (LecCueQueue) queue = lec_cue_queue_new ();

  for (guint i = 0; i < 10000; i++)
    lec_cue_queue_add (queue, 20000 - i, FALSE, "TEXT", "");
  for (guint i = 0; i < 10000; i++)
    lec_cue_queue_add (queue, 20001 + i, FALSE, "TEXT", "");
  for (guint i = 0; i < LEC_CUE_QUEUE_MAX; i++)
    g_assert_cmpuint (lec_cue_queue_take (queue, G_MAXUINT64)->due_ns, ==, 10001 + i);
  g_assert_null (lec_cue_queue_take (queue, G_MAXUINT64));
}

/* Another stream begins: what travelled with the old one is still played out. */
static void
test_cut (void)
{
  g_autoptr (LecCueQueue) queue = lec_cue_queue_new ();

  lec_cue_queue_add (queue, 10, TRUE, "URL", "a");
  lec_cue_queue_add (queue, 20, TRUE, "URL", "b");
  lec_cue_queue_add (queue, 30, FALSE, "TEXT", "c");
  lec_cue_queue_add (queue, 40, TRUE, "URL", "d");
  lec_cue_queue_cut (queue, 10);
  check_take (queue, 100, "a");
  check_take (queue, 100, "c");
  check_take (queue, 100, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cue-queue/order", test_order);
  g_test_add_func ("/cue-queue/bound", test_bound);
  g_test_add_func ("/cue-queue/cut", test_cut);
  return g_test_run ();
}
