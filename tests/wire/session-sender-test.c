/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who is listened to: senders that begin anew, and those who only pretend. */
#include "wire/session.h"

#include "support/scenarios.h"

/* A sender that starts again a little lower: whatever its new time stamps are, it is heard soon,
 * and what is behind the session sees numbers that only grow. */
static void
test_restart_lower (void)
{
  static const double steps[] = { 0, 160, 8000, -8000, 1e9, -1e9, 7 * 8000, -7 * 8000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps) * 100; i++) {
    LecStats stats;
    Trace trace;
    Bench bench;

    trace_init (&trace);
    story_tell_restart (&trace, (guint16) (1 + i % 100), steps[i / 100], 0);
    trace_sort (&trace);
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, STORY_LATENCY);
    bench.time_line_breaks = TRUE;
    bench_play (&bench, &trace);
    g_assert_cmpint (bench_longest_silence (&bench), <=, 600 * MSECOND);
    stats = bench_finish (&bench);
    trace_clear (&trace);
    g_assert_cmpuint (stats.out, >=, 1000 - 28);
    g_assert_cmpuint (stats.lost, ==, 0);
    g_assert_cmpuint (stats.restarts, <=, 2);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  stories_add ("/session-sender", stories_sender.rows, stories_sender.n_rows);
  g_test_add_func ("/session-sender/restart-lower", test_restart_lower);
  return g_test_run ();
}
