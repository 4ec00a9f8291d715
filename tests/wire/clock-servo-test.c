/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/clock-servo.h"

#include <math.h>

#include "wire/units.h"

#define EVERY (500 * MSECOND)

/* A sender whose clock gains or loses, known with an error, and a steering that follows it. */
typedef struct
{
  LecClockServo steering;
  GRand *rng;
  double drift, known; /* [s/s] */
  gint64 wobble_ns;    /* of what is known of its time */
  gint64 now_ns, media_ns;
  gint64 shown_ns, played_ns;
  double fastest; /* the furthest that the rate was from the sender's */
} Chase;

static void
chase_init (Chase *chase, double drift, double known, gint64 wobble_ns)
{
  *chase = (Chase){ .rng = g_rand_new_with_seed (1),
                    .drift = drift,
                    .known = known,
                    .wobble_ns = wobble_ns,
                    .now_ns = 77 * SECOND };
  lec_clock_servo_init (&chase->steering);
  chase->shown_ns = chase->now_ns;
}

static void
chase_run (Chase *chase, gint64 seconds)
{
  for (gint64 i = 0; i < seconds * 2; i++) {
    gint64 wobble = (gint64) ((g_rand_double (chase->rng) - 0.5) * (double) chase->wobble_ns);
    gint64 before = lec_clock_servo_to_shown (&chase->steering, chase->now_ns);
    gint64 after;

    lec_clock_servo_update (&chase->steering, chase->now_ns, chase->media_ns + wobble, chase->known,
                            1);
    after = lec_clock_servo_to_shown (&chase->steering, chase->now_ns);
    g_assert_cmpint (before, ==, after);
    g_assert_cmpint (after, >=, chase->shown_ns);
    chase->shown_ns = after;
    after = lec_clock_servo_to_played (&chase->steering, chase->now_ns);
    if (chase->played_ns != 0) /* as evenly as the sender's time goes */
      g_assert_cmpint (ABS (after - chase->played_ns - EVERY), <,
                       EVERY / 4000 + (gint64) (fabs (chase->drift) * EVERY));
    chase->played_ns = after;
    chase->fastest = MAX (chase->fastest,
                          fabs (lec_clock_servo_get_rate (&chase->steering) - 1 + chase->drift));
    chase->now_ns += EVERY;
    chase->media_ns += (gint64) ((double) EVERY * (1 - chase->drift));
  }
}

/* How far shown time has run away from the sender's since it was @since. */
static gint64
off (const Chase *chase)
{
  return lec_clock_servo_to_shown (&chase->steering, chase->now_ns) - 77 * SECOND - chase->media_ns;
}

/* Thirty days, whatever the sender's clock does and however badly it is known. */
static void
test_thirty_days (void)
{
  static const struct
  {
    double drift, known;
    gint64 wobble, most; /* [ms] */
  } rows[] = {
    { 0, 0, 0, 0 },           { 200e-6, 200e-6, 0, 1 },   { -200e-6, -200e-6, 1, 3 },
    { 200e-6, 150e-6, 1, 3 }, { -200e-6, -230e-6, 2, 4 }, { 3e-3, 3e-3, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Chase chase;

    chase_init (&chase, rows[i].drift, rows[i].known, rows[i].wobble * MSECOND);
    chase_run (&chase, 30 * 86400);
    g_assert_cmpint (ABS (off (&chase)), <=, rows[i].most * MSECOND);
    g_assert_cmpfloat (chase.fastest, <=, 300e-6);
    g_rand_free (chase.rng);
  }
}

/* Another time line, or one that has jumped, moves nothing that is shown. */
static void
test_jump (void)
{
  Chase chase;
  gint64 before;

  chase_init (&chase, 0, 0, 0);
  chase_run (&chase, 10);
  before = lec_clock_servo_to_shown (&chase.steering, chase.now_ns);
  lec_clock_servo_update (&chase.steering, chase.now_ns, -5 * SECOND, 0, 2);
  g_assert_cmpint (lec_clock_servo_to_shown (&chase.steering, chase.now_ns), ==, before);
  g_assert_cmpfloat (lec_clock_servo_get_rate (&chase.steering), ==, 1);
  lec_clock_servo_update (&chase.steering, chase.now_ns, 500 * SECOND, 0, 2);
  g_assert_cmpint (lec_clock_servo_to_shown (&chase.steering, chase.now_ns), ==, before);
  g_assert_cmpfloat (lec_clock_servo_get_rate (&chase.steering), ==, 1);
  g_rand_free (chase.rng);
}

/* Lead comes a millisecond a second, and then the clock goes as before. */
static void
test_lead (void)
{
  Chase chase;

  chase_init (&chase, 50e-6, 50e-6, 0);
  chase_run (&chase, 10);
  lec_clock_servo_set_catch_up (&chase.steering, 100 * MSECOND);
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering), ==, 0);
  chase_run (&chase, 50);
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering) / MSECOND, >=, 48);
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering) / MSECOND, <=, 50);
  g_assert_cmpint (ABS (off (&chase) - lec_clock_servo_get_catch_up (&chase.steering)), <=,
                   MSECOND);
  chase_run (&chase, 100);
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering), ==, 100 * MSECOND);
  g_assert_cmpint (ABS (off (&chase) - 100 * MSECOND), <=, MSECOND);
  g_assert_cmpfloat (fabs (lec_clock_servo_get_rate (&chase.steering) - 1 + 50e-6), <, 20e-6);

  /* given back at once, without a jump of the clock */
  lec_clock_servo_set_catch_up (&chase.steering, 30 * MSECOND);
  chase.played_ns = 0;
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering), ==, 30 * MSECOND);
  chase_run (&chase, 60);
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering), ==, 30 * MSECOND);
  g_assert_cmpint (ABS (off (&chase) - 100 * MSECOND), <=, MSECOND);
  g_rand_free (chase.rng);
}

/* Skipped, it is there in as many updates as it takes, and the clock does not change for it. */
static void
test_skip (void)
{
  Chase chase;

  chase_init (&chase, 50e-6, 50e-6, 0);
  chase_run (&chase, 10);
  lec_clock_servo_set_skip (&chase.steering, 5 * MSECOND);
  lec_clock_servo_set_catch_up (&chase.steering, 12 * MSECOND);
  for (gint64 i = 0; i < 4; i++) {
    g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering), ==, MIN (i * 5, 12) * MSECOND);
    g_assert_cmpint (lec_clock_servo_to_shown (&chase.steering, chase.now_ns)
                         - lec_clock_servo_to_played (&chase.steering, chase.now_ns),
                     ==, MIN (i * 5, 12) * MSECOND);
    lec_clock_servo_update (&chase.steering, chase.now_ns, chase.media_ns, chase.known, 1);
    g_assert_cmpfloat (fabs (lec_clock_servo_get_rate (&chase.steering) - 1 + 50e-6), <, 20e-6);
  }
  chase.played_ns = 0;
  chase_run (&chase, 100);
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering), ==, 12 * MSECOND);
  g_assert_cmpint (ABS (off (&chase)), <=, MSECOND);

  /* given back as ever */
  lec_clock_servo_set_catch_up (&chase.steering, 2 * MSECOND);
  g_assert_cmpint (lec_clock_servo_get_catch_up (&chase.steering), ==, 2 * MSECOND);
  g_rand_free (chase.rng);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/steering/thirty-days", test_thirty_days);
  g_test_add_func ("/steering/jump", test_jump);
  g_test_add_func ("/steering/lead", test_lead);
  g_test_add_func ("/steering/skip", test_skip);
  return g_test_run ();
}
