/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/latency.h"

#include "wire/units.h"

/* Intervals that pass, each with this worst delay. */
typedef struct
{
  guint count;
  gint64 delay;    /* [ms] */
  gboolean late;   /* in each something was too late */
  gboolean broken; /* after the last one something is missing */
} Act;

typedef struct
{
  const char *story;
  gboolean smooth;
  Act acts[6];    /* to the first that has none */
  gint64 latency; /* [ms] in the end */
  gboolean quick;
} Row;

static const Row rows[] = {
  { "nothing happens", FALSE, { { 100, 110 } }, 150 },
  { "it grows with a packet that is late", FALSE, { { 10, 200, TRUE } }, 230 },
  { "so much as nearly all need", FALSE, { { 200, 4 }, { 1, 400, TRUE }, { 10, 4 } }, 150 },
  { "nearly late twice is enough", FALSE, { { 2, 148 }, { 30, 170 } }, 190 },
  { "a late packet of long ago is no reason", FALSE, { { 1, 4, TRUE }, { 4, 4 } }, 150 },
  { "it never grows beyond two seconds", FALSE, { { 100, 3500, TRUE } }, 2000 },
  { "hardly more is not worth a hiccup", FALSE, { { 100, 155, TRUE } }, 150 },
  { "much less would do: ten minutes of it", FALSE, { { 2399, 4 } }, 150 },
  { "then it shrinks", FALSE, { { 2402, 4 } }, 20 },
  { "or after a minute where something is missing anyway",
    FALSE,
    { { 245, 4, .broken = TRUE } },
    20 },
  { "but not before", FALSE, { { 238, 4, .broken = TRUE } }, 150 },
  { "to what all of the last minute would have needed",
    FALSE,
    { { 100, 4 }, { 1, 88 }, { 150, 4, .broken = TRUE } },
    110 },
  { "a bad time begins the minute anew",
    FALSE,
    { { 230, 4 }, { 20, 140 }, { 230, 4, .broken = TRUE } },
    150 },
  { "after it has shrunk it may grow again",
    FALSE,
    { { 245, 4, .broken = TRUE }, { 12, 60, TRUE } },
    75 },
  { "where nobody notices, a guess is mended soon", TRUE, { { 43, 22 } }, 30 },
  { "but not at once", TRUE, { { 38, 8 } }, 150 },
  { "and what was learnt is kept", TRUE, { { 43, 8 }, { 40, 90, TRUE }, { 600, 8 } }, 110 },
  { "quickly, a clean second is enough", TRUE, { { 5, 2 } }, 30, .quick = TRUE },
  { "three quarters of one are not", TRUE, { { 4, 2 } }, 150, .quick = TRUE },
  { "a second with some delay is left room", TRUE, { { 5, 2 }, { 2, 7 } }, 30, .quick = TRUE },
  { "more room", TRUE, { { 3, 2 }, { 2, 11 } }, 30, .quick = TRUE },
  { "what is late in it leaves it as it is", TRUE, { { 8, 2, TRUE } }, 150, .quick = TRUE },
  { "what is not clean is watched for longer", TRUE, { { 15, 26 } }, 150, .quick = TRUE },
  { "but not as long as usually", TRUE, { { 22, 26 }, { 1, 70 } }, 35, .quick = TRUE },
  { "with a key frame among it, it has room for that",
    TRUE,
    { { 8, 26 }, { 1, 70 }, { 14, 26 } },
    80,
    .quick = TRUE },
  { "quickly down, it grows as ever",
    TRUE,
    { { 6, 2 }, { 12, 60, TRUE }, { 230, 2 } },
    75,
    .quick = TRUE },
  { "when minutes have not needed that, it is left",
    TRUE,
    { { 6, 2 }, { 2, 60, TRUE }, { 600, 2 } },
    20,
    .quick = TRUE },
  { "where that was wrong, two are waited for",
    TRUE,
    { { 6, 2 }, { 2, 60, TRUE }, { 600, 2 }, { 12, 60, TRUE }, { 440, 2 } },
    75,
    .quick = TRUE },
};

static void
play (LecLatency *latency, LecDelayHistogram *delay, const Act *act, gint64 *now_ns)
{
  for (guint i = 0; i < act->count; i++) {
    *now_ns += LEC_DELAY_HISTOGRAM_INTERVAL_NS;
    if (act->late)
      lec_latency_note_late (latency, *now_ns);
    if (lec_delay_histogram_note (delay, act->delay * MSECOND, *now_ns))
      lec_latency_update (latency, delay, *now_ns);
  }
  if (act->broken)
    lec_latency_note_break (latency, delay, *now_ns);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 now_ns = 0;
    LecLatency latency;
    LecDelayHistogram delay;

    lec_delay_histogram_init (&delay);
    lec_latency_init (&latency, LEC_LATENCY_AUTO, 150 * MSECOND);
    lec_latency_set_smooth (&latency, rows[i].smooth);
    lec_latency_set_quick (&latency, rows[i].quick);
    for (const Act *act = rows[i].acts; act->count > 0; act++)
      play (&latency, &delay, act, &now_ns);
    if (lec_latency_get (&latency) != rows[i].latency * MSECOND)
      g_test_fail_printf ("%s: %" G_GINT64_FORMAT " ms", rows[i].story,
                          lec_latency_get (&latency) / MSECOND);
  }
}

/* What a person has set is kept, whatever comes. */
static void
test_fixed (void)
{
  static const Act acts[] = { { 100, 500, TRUE, TRUE }, { 3000, 4, FALSE, TRUE } };
  gint64 now_ns = 0;
  LecLatency latency;
  LecDelayHistogram delay;

  lec_delay_histogram_init (&delay);
  lec_latency_init (&latency, 40 * MSECOND, 150 * MSECOND);
  lec_latency_set_smooth (&latency, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    play (&latency, &delay, &acts[i], &now_ns);
    g_assert_cmpint (lec_latency_get (&latency), ==, 40 * MSECOND);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/latency/rows", test_rows);
  g_test_add_func ("/latency/fixed", test_fixed);
  return g_test_run ();
}
