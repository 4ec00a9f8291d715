/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/clock.h"

#include <math.h>

#include "wire/units.h"

/* A stream with exponential jitter: the error of the time line after its first ten seconds. */
typedef struct
{
  const char *story;
  guint rate;
  gint64 frame_ns;
  gint64 seconds;
  double drift_ppm;
  gint64 jitter_ns; /* mean */
  double spikes;    /* chance of a further delay... */
  gint64 spike_ns;  /* ...up to that */
  gint64 hump_ns;   /* a queue that stands from the 60th to the 80th second */
  gint64 route_ns;  /* delay from the 100th second on, which is a new truth */
  gint64 error_ns;  /* furthest off */
  double ppm;       /* ... and the drift at the end */
} Row;

static const Row rows[] = {
  { "perfect", 90000, 40 * MSECOND, 60, 0, 0, .error_ns = 1000, .ppm = 1 },
  { "80 ppm, jitter of 1 ms", 90000, 40 * MSECOND, 600, 80, MSECOND, .error_ns = MSECOND,
    .ppm = 10 },
  { "a thousand packets a second, jitter of 5 ms", 48000, MSECOND, 120, 0, 5 * MSECOND,
    .error_ns = MSECOND, .ppm = 10 },
  { "wireless: spikes of 60 ms", 48000, MSECOND, 120, 0, 4 * MSECOND, 0.01, 60 * MSECOND,
    .error_ns = MSECOND, .ppm = 10 },
  { "few packets, jitter of 3 ms, -200 ppm", 90000, 40 * MSECOND, 1800, -200, 3 * MSECOND,
    .error_ns = 3 * MSECOND, .ppm = 20 },
  { "congestion", 90000, 40 * MSECOND, 200, 0, MSECOND, .hump_ns = 150 * MSECOND,
    .error_ns = 45 * MSECOND, .ppm = 20 },
  { "congestion of many packets", 48000, MSECOND, 200, 0, MSECOND, .hump_ns = 150 * MSECOND,
    .error_ns = 45 * MSECOND, .ppm = 20 },
  { "a longer route", 90000, 40 * MSECOND, 300, 0, MSECOND, .route_ns = 40 * MSECOND,
    .error_ns = 45 * MSECOND, .ppm = 20 },
  { "a shorter route", 90000, 40 * MSECOND, 300, 0, MSECOND, .route_ns = -40 * MSECOND,
    .error_ns = 45 * MSECOND, .ppm = 20 },
  { "a clock that no crystal drives: behind by what ten seconds are", 90000, 40 * MSECOND, 600,
    2000, MSECOND, .error_ns = 60 * MSECOND, .ppm = 20 },
  { "one as bad as is believed, the other way", 90000, 40 * MSECOND, 600, -4500, MSECOND,
    .error_ns = 60 * MSECOND, .ppm = 40 },
  { "one packet a second", 1000, SECOND, 1800, 50, MSECOND, .error_ns = 4 * MSECOND, .ppm = 20 },
};

static gint64
ramp (const Row *row, gint64 at_ns)
{
  double at = (double) (at_ns - 60 * SECOND) / (20.0 * SECOND);

  return at > 0 && at < 1 ? (gint64) ((double) row->hump_ns * MIN (1, 4 * MIN (at, 1 - at))) : 0;
}

static gint64
delay (const Row *row, GRand *rng, gint64 at_ns)
{
  gint64 sum = ramp (row, at_ns);

  if (row->jitter_ns > 0)
    sum -= (gint64) (log (1 - g_rand_double (rng)) * (double) row->jitter_ns);
  if (g_rand_double (rng) < row->spikes)
    sum += (gint64) (g_rand_double (rng) * (double) row->spike_ns);
  return sum;
}

static void
run_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GRand) rng = g_rand_new_with_seed (5);
  gint64 worst = 0, last_ns = 0;
  LecClock clock;

  lec_clock_init (&clock, row->rate);
  for (gint64 sent = 0; sent < row->seconds * SECOND; sent += row->frame_ns) {
    gint64 media = 1000000 + (gint64) round ((double) sent * row->rate / SECOND);
    gint64 truth = 5 * SECOND + (gint64) ((double) sent * (1 + row->drift_ppm * 1e-6));
    gint64 arrival;

    truth += sent >= 100 * SECOND ? row->route_ns : 0;
    arrival = MAX (truth + delay (row, rng, sent), last_ns);
    last_ns = arrival;
    g_assert_cmpint (lec_clock_observe (&clock, media, arrival), ==, LEC_CLOCK_STEADY);
    if (sent > 10 * SECOND && ABS (lec_clock_to_local (&clock, media) - truth) > ABS (worst))
      worst = lec_clock_to_local (&clock, media) - truth;
  }
  g_test_message ("off by %.3f ms, drift %.1f ppm", (double) worst / MSECOND,
                  lec_clock_get_drift_ppm (&clock));
  g_assert_cmpint (ABS (worst), <=, row->error_ns);
  g_assert_cmpfloat (ABS (lec_clock_get_drift_ppm (&clock) - row->drift_ppm), <, row->ppm);
}

/* Two stray time stamps are not believed, three that agree are; what is known of the drift stays.
 */
static void
test_jump (void)
{
  static const gint64 far[]
      = { -10 * 8000, 10 * 8000, -2 * 8000, 4000, G_GINT64_CONSTANT (1) << 31 };

  for (guint i = 0; i < G_N_ELEMENTS (far); i++) {
    LecClock clock;
    gint64 now = 0, media = 0;

    lec_clock_init (&clock, 8000);
    for (; now < 5 * SECOND; now += 20 * MSECOND, media += 160)
      g_assert_cmpint (lec_clock_observe (&clock, media, now), ==, LEC_CLOCK_STEADY);
    g_assert_true (lec_clock_is_far (&clock, media + far[i], now));
    g_assert_cmpint (lec_clock_observe (&clock, media + far[i], now), ==, LEC_CLOCK_STEADY);
    now += 20 * MSECOND, media += 160;
    g_assert_cmpint (lec_clock_observe (&clock, media, now), ==, LEC_CLOCK_STEADY);
    g_assert_cmpint (lec_clock_to_local (&clock, media), ==, now);
    for (guint j = 0; j < 3; j++) {
      now += 20 * MSECOND, media += 160;
      g_assert_cmpint (lec_clock_observe (&clock, media + far[i], now), ==,
                       j < 2 ? LEC_CLOCK_STEADY : LEC_CLOCK_REBASED);
      /* more of the same frame is no further witness */
      if (j < 2)
        g_assert_cmpint (lec_clock_observe (&clock, media + far[i], now), ==, LEC_CLOCK_STEADY);
    }
    g_assert_cmpint (lec_clock_to_local (&clock, media + far[i]), ==, now);
  }
}

/* Time stamps that never agree move nothing. */
static void
test_noise (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (1);
  LecClock clock;

  lec_clock_init (&clock, 90000);
  g_assert_cmpint (lec_clock_observe (&clock, 0, 0), ==, LEC_CLOCK_STEADY);
  for (gint64 now = 0; now < 100 * SECOND; now += 20 * MSECOND)
    g_assert_cmpint (lec_clock_observe (&clock, (gint64) g_rand_int (rng), now), ==,
                     LEC_CLOCK_STEADY);
  g_assert_cmpfloat (ABS (lec_clock_get_drift_ppm (&clock)), <=, 500);
}

/* A century of media time at a high rate stays exact. */
static void
test_no_overflow (void)
{
  const gint64 years = G_GINT64_CONSTANT (100) * 365 * 86400;
  LecClock clock;

  lec_clock_init (&clock, 192000);
  lec_clock_rebase (&clock, 7, 0);
  g_assert_cmpint (lec_clock_to_local (&clock, 7 + years * 192000 + 192), ==,
                   years * SECOND + MSECOND);
  g_assert_cmpint (lec_clock_to_local (&clock, 7 - years * 192000 - 192), ==,
                   -years * SECOND - MSECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/clock/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], run_row);
  }
  g_test_add_func ("/clock/jump", test_jump);
  g_test_add_func ("/clock/noise", test_noise);
  g_test_add_func ("/clock/no-overflow", test_no_overflow);
  return g_test_run ();
}
