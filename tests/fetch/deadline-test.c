/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/deadline.h"

#include "channel/error.h"
#include "no-threads.h"

#define LONG_MS 60000

static gpointer
wait_cb (gpointer cancellable)
{
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);
  return NULL;
}

static void
test_passes (void)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (LecDeadline) deadline = lec_deadline_new (50, NULL, NULL);

  g_assert_false (lec_deadline_has_passed (deadline));
  g_assert_cmpuint (lec_deadline_get_limit (deadline), ==, 50);
  wait_cb (lec_deadline_get_cancellable (deadline));
  g_assert_true (lec_deadline_has_passed (deadline));
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 50 * G_TIME_SPAN_MILLISECOND);
}

/* The end of what it was for does not wait for it. */
static void
test_ends_before (void)
{
  gint64 begin = g_get_monotonic_time ();
  LecDeadline *deadline = lec_deadline_new (LONG_MS, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_object_ref (lec_deadline_get_cancellable (deadline));

  lec_deadline_free (deadline);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, LONG_MS * G_TIME_SPAN_MILLISECOND / 2);
  g_assert_false (g_cancellable_is_cancelled (cancellable));
}

static void
test_is_cancelled (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, outer, NULL);
  GThread *thread = g_thread_new ("waits", wait_cb, lec_deadline_get_cancellable (deadline));

  g_assert_false (g_cancellable_is_cancelled (lec_deadline_get_cancellable (deadline)));
  g_cancellable_cancel (outer);
  g_thread_join (thread);
  g_assert_false (lec_deadline_has_passed (deadline));
}

static void
test_was_cancelled (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (LecDeadline) deadline = NULL;

  g_cancellable_cancel (outer);
  deadline = lec_deadline_new (LONG_MS, outer, NULL);
  g_assert_true (g_cancellable_is_cancelled (lec_deadline_get_cancellable (deadline)));
  g_assert_false (lec_deadline_has_passed (deadline));
}

/* A wish that outlives it finds nothing of it any more. */
static void
test_outlived (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();

  lec_deadline_free (lec_deadline_new (LONG_MS, outer, NULL));
  g_cancellable_cancel (outer);
  lec_deadline_free (NULL);
}

/* Without a thread nobody would watch it. */
static void
test_no_thread (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  no_threads_begin ();
  g_assert_null (lec_deadline_new (LONG_MS, outer, &error));
  no_threads_end ();
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==,
                   "This computer grants no more threads: end other programs, and try again");
  g_cancellable_cancel (outer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/passes", test_passes);
  g_test_add_func ("/deadline/ends before", test_ends_before);
  g_test_add_func ("/deadline/is cancelled", test_is_cancelled);
  g_test_add_func ("/deadline/was cancelled", test_was_cancelled);
  g_test_add_func ("/deadline/outlived", test_outlived);
  g_test_add_func ("/deadline/no thread", test_no_thread);
  return g_test_run ();
}
