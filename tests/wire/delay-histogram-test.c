/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/delay-histogram.h"

#include "wire/units.h"

/* 50 packets a second for @seconds, late by an even spread up to @spread_ns; of those with a number
 * divisible by @every, by @spike_ns. */
static void
play (LecDelayHistogram *delay,
      gint64 *now_ns,
      guint seconds,
      gint64 spread_ns,
      guint every,
      gint64 spike_ns)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (7);

  for (guint i = 0; i < seconds * 50; i++) {
    gint64 late_ns = (gint64) (g_rand_double (rng) * (double) spread_ns);

    *now_ns += 20 * MSECOND;
    lec_delay_histogram_note (delay, every > 0 && i % every == 0 ? spike_ns : late_ns, *now_ns);
  }
}

static void
test_rows (void)
{
  static const struct
  {
    const char *story;
    guint seconds;
    gint64 spread, spike; /* [ms] */
    guint every;
    gint64 least, most; /* [ms] the answer */
  } rows[] = {
    { "nothing is late", 10, 0, 0, 0, 0, 4 },
    { "jitter is covered whole", 60, 30, 0, 0, 28, 32 },
    { "so is what happens every second", 60, 5, 60, 50, 60, 64 },
    { "what happens every minute is not", 600, 5, 60, 3000, 5, 8 },
    { "delays of a second are told roughly", 60, 0, 900, 10, 900, 916 },
    { "the longest are bounded", 60, 0, 60000, 10, 4016, 4016 },
    { "earlier than undelayed is not late", 10, 0, -300, 1, 0, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecDelayHistogram delay;
    gint64 now_ns = SECOND;

    g_test_message ("%s", rows[i].story);
    lec_delay_histogram_init (&delay);
    g_assert_cmpint (lec_delay_histogram_get_usual (&delay), ==, 0);
    play (&delay, &now_ns, rows[i].seconds, rows[i].spread * MSECOND, rows[i].every,
          rows[i].spike * MSECOND);
    g_assert_cmpint (lec_delay_histogram_get_usual (&delay), >=, rows[i].least * MSECOND);
    g_assert_cmpint (lec_delay_histogram_get_usual (&delay), <=, rows[i].most * MSECOND);
  }
}

/* Trouble is known within a second, and forgotten in some minutes. */
static void
test_change (void)
{
  LecDelayHistogram delay;
  gint64 now_ns = 0;

  lec_delay_histogram_init (&delay);
  play (&delay, &now_ns, 300, MSECOND, 0, 0);
  g_assert_cmpint (lec_delay_histogram_get_usual (&delay), <=, 4 * MSECOND);
  play (&delay, &now_ns, 2, 0, 1, 150 * MSECOND);
  g_assert_cmpint (lec_delay_histogram_get_usual (&delay), >=, 150 * MSECOND);
  play (&delay, &now_ns, 60, MSECOND, 0, 0);
  g_assert_cmpint (lec_delay_histogram_get_usual (&delay), <=, 4 * MSECOND);
}

/* One answer for each quarter of a second in which something came; silence says nothing. */
static void
test_intervals (void)
{
  LecDelayHistogram delay;
  guint ended = 0;

  lec_delay_histogram_init (&delay);
  for (guint i = 0; i < 40; i++)
    ended += lec_delay_histogram_note (&delay, i % 10 == 3 ? 70 * MSECOND : 0, i * 25 * MSECOND);
  g_assert_cmpuint (ended, ==, 3);
  g_assert_cmpint (lec_delay_histogram_get_worst (&delay), ==, 70 * MSECOND);
  ended = 0;
  for (guint i = 0; i < 100; i++)
    ended += lec_delay_histogram_note (&delay, 70 * MSECOND, (10 + i * 10) * SECOND);
  g_assert_cmpuint (ended, ==, 100);
  g_assert_cmpint (lec_delay_histogram_get_usual (&delay), ==, 72 * MSECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/delay/rows", test_rows);
  g_test_add_func ("/delay/change", test_change);
  g_test_add_func ("/delay/intervals", test_intervals);
  return g_test_run ();
}
