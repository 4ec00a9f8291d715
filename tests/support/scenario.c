/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/scenario.h"

static void
check_count (const char *name, guint64 is, guint64 expected)
{
  if (expected != ANY && is != expected)
    g_test_fail_printf ("%s: %" G_GUINT64_FORMAT ", not %" G_GUINT64_FORMAT, name, is, expected);
}

static gint64
worst_error (const Bench *bench, gint64 settled_ns)
{
  gint64 worst = 0;

  for (guint i = 0; i < bench->outputs->len; i++) {
    const Output *output = bench_output (bench, i);
    gint64 error = output->pts_ns - output->arrival.truth_ns;

    if (output->arrival.truth_ns >= settled_ns && ABS (error) > ABS (worst))
      worst = error;
  }
  return worst;
}

static void
run_story (gconstpointer data)
{
  const Story *story = data;
  gint64 silence, error;
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  story->tell (&trace);
  trace_sort (&trace);
  bench_init (&bench, story->media, LEC_KIND_RTP, 1, STORY_LATENCY);
  bench.time_line_breaks = story->steps;
  bench_play (&bench, &trace);
  silence = bench_longest_silence (&bench);
  error = worst_error (&bench, story->settled_ns);
  stats = bench_finish (&bench);
  trace_clear (&trace);

  g_test_message ("out %" G_GUINT64_FORMAT " lost %" G_GUINT64_FORMAT " late %" G_GUINT64_FORMAT
                  " duplicate %" G_GUINT64_FORMAT " discarded %" G_GUINT64_FORMAT
                  " restarts %" G_GUINT64_FORMAT " silence %.1f ms, error %.3f ms, drift %.1f ppm",
                  stats.out, stats.lost, stats.late, stats.duplicate, stats.discarded,
                  stats.restarts, (double) silence / MSECOND, (double) error / MSECOND,
                  stats.drift_ppm);
  check_count ("out", stats.out, story->out);
  check_count ("lost", stats.lost, story->lost);
  check_count ("late", stats.late, story->late);
  check_count ("duplicate", stats.duplicate, story->duplicate);
  check_count ("aside", stats.aside, story->aside);
  check_count ("discarded", stats.discarded, story->discarded);
  if (story->aside > 0)
    check_count ("lost of the leg", stats.legs[0].lost, story->lost);
  check_count ("restarts", stats.restarts, story->restarts);
  g_assert_cmpfloat (ABS (stats.drift_ppm - story->drift_ppm), <, 20);
  if (story->silence_ns > 0)
    g_assert_cmpint (silence, <=, story->silence_ns);
  if (story->error_ns > 0)
    g_assert_cmpint (ABS (error), <=, story->error_ns);
}

void
stories_add (const char *path, const Story *stories, guint n_stories)
{
  for (guint i = 0; i < n_stories; i++) {
    g_autofree char *whole = g_strdup_printf ("%s/%s", path, stories[i].name);

    g_test_add_data_func (whole, &stories[i], run_story);
  }
}
