/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/latency.h"

#define MSECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MSECOND)
#define INTERVAL (250 * MSECOND)

/* Intervals that pass, one like the other. */
typedef struct
{
  guint count;
  gint64 usual, worst; /* [ms] */
  gboolean late;       /* in each something was too late */
  gboolean broken;     /* after the last one something is missing */
} Act;

typedef struct
{
  const char *story;
  Act acts[4];
  gint64 latency; /* [ms] in the end */
} Row;

static const Row rows[] = {
  { "nothing happens", { { 100, 90, 90 } }, 150 },
  { "it grows with the first packet that is late", { { 10, 4, 4 }, { 1, 200, 200, TRUE } }, 240 },
  { "needed in theory only, it stays", { { 10, 200, 4 } }, 150 },
  { "nearly late twice is enough", { { 1, 200, 145 }, { 1, 200, 145 } }, 240 },
  { "nearly late once is not", { { 1, 200, 145 }, { 30, 200, 4 }, { 1, 200, 145 } }, 150 },
  { "a late packet of long ago is no reason",
    { { 1, 4, 200, TRUE }, { 4, 4, 4 }, { 5, 200, 4 } },
    150 },
  { "it never grows beyond two seconds", { { 100, 4000, 4000, TRUE } }, 2000 },
  { "hardly more is not worth a hiccup", { { 100, 148, 200, TRUE } }, 150 },
  { "much less would do: ten minutes of it", { { 2399, 4, 4 } }, 150 },
  { "then it shrinks", { { 2401, 4, 4 } }, 30 },
  { "or after a minute where something is missing anyway", { { 242, 4, 4, .broken = TRUE } }, 30 },
  { "but not before", { { 238, 4, 4, .broken = TRUE } }, 150 },
  { "a bad moment begins the minute anew",
    { { 230, 4, 4 }, { 1, 120, 120 }, { 230, 4, 4, .broken = TRUE } },
    150 },
  { "after it has shrunk it may grow again",
    { { 242, 4, 4, .broken = TRUE }, { 1, 60, 60, TRUE } },
    80 },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 now_ns = 0;
    LecLatency latency;

    g_test_message ("%s", rows[i].story);
    lec_latency_init (&latency, LEC_LATENCY_AUTO, 150 * MSECOND);
    for (const Act *act = rows[i].acts; act->count > 0; act++) {
      for (guint j = 0; j < act->count; j++) {
        now_ns += INTERVAL;
        if (act->late)
          lec_latency_note_late (&latency, now_ns);
        lec_latency_update (&latency, act->usual * MSECOND, act->worst * MSECOND, now_ns);
      }
      if (act->broken)
        lec_latency_note_break (&latency, act->usual * MSECOND, now_ns);
    }
    g_assert_cmpint (lec_latency_get (&latency) / MSECOND, ==, rows[i].latency);
  }
}

/* Where nobody notices, what was guessed is mended at once, and what was learnt is kept. */
static void
test_smooth (void)
{
  LecLatency latency;
  gint64 now_ns = 0;

  lec_latency_init (&latency, LEC_LATENCY_AUTO, 150 * MSECOND);
  lec_latency_set_smooth (&latency, TRUE);
  for (guint i = 0; i < 40; i++)
    lec_latency_update (&latency, 8 * MSECOND, 8 * MSECOND, now_ns += INTERVAL);
  g_assert_cmpint (lec_latency_get (&latency) / MSECOND, ==, 150);
  lec_latency_update (&latency, 8 * MSECOND, 8 * MSECOND, now_ns += INTERVAL);
  g_assert_cmpint (lec_latency_get (&latency) / MSECOND, ==, 30);
  lec_latency_note_late (&latency, now_ns);
  lec_latency_update (&latency, 90 * MSECOND, 90 * MSECOND, now_ns += INTERVAL);
  g_assert_cmpint (lec_latency_get (&latency) / MSECOND, ==, 110);
  for (guint i = 0; i < 2400; i++)
    lec_latency_update (&latency, 8 * MSECOND, 8 * MSECOND, now_ns += INTERVAL);
  g_assert_cmpint (lec_latency_get (&latency) / MSECOND, ==, 110);
}

/* What a person has set is kept, whatever comes. */
static void
test_fixed (void)
{
  LecLatency latency;

  lec_latency_init (&latency, 40 * MSECOND, 150 * MSECOND);
  for (guint i = 1; i < 5000; i++) {
    if (i % 3 == 0)
      lec_latency_note_late (&latency, i * INTERVAL);
    lec_latency_update (&latency, i < 2000 ? 500 * MSECOND : 0, SECOND, i * INTERVAL);
    lec_latency_note_break (&latency, 0, i * INTERVAL);
    g_assert_cmpint (lec_latency_get (&latency), ==, 40 * MSECOND);
  }
}

/* Of the latency that is needed enough is left after the head-room. */
static void
test_needed (void)
{
  for (gint64 usual_ns = 0; usual_ns < LEC_LATENCY_MOST_NS - 10 * MSECOND; usual_ns += MSECOND) {
    gint64 needed_ns = lec_latency_needed (usual_ns);

    g_assert_cmpint (needed_ns, >=, LEC_LATENCY_LEAST_NS);
    g_assert_cmpint (needed_ns - lec_latency_headroom (needed_ns), >=, usual_ns);
  }
  g_assert_cmpint (lec_latency_needed (100 * SECOND), ==, LEC_LATENCY_MOST_NS);
  g_assert_cmpint (lec_latency_headroom (0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/latency/rows", test_rows);
  g_test_add_func ("/latency/smooth", test_smooth);
  g_test_add_func ("/latency/fixed", test_fixed);
  g_test_add_func ("/latency/needed", test_needed);
  return g_test_run ();
}
