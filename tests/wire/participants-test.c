/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/participants.h"

#include "wire/units.h"

static void
fill (LecParticipants *self, guint32 seed, guint count, gint64 now_ns)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (seed);

  for (guint i = 0; i < count; i++)
    lec_participants_note (self, g_rand_int (rng), 0, FALSE, now_ns);
}

static void
test_few (void)
{
  LecParticipants self;

  lec_participants_init (&self, 1);
  g_assert_cmpuint (lec_participants_get_members (&self), ==, 0);
  for (guint i = 0; i < 3; i++) {
    lec_participants_note (&self, 7, 1, FALSE, i);
    lec_participants_note (&self, 9, 2, TRUE, i);
    lec_participants_note (&self, 3, 3, FALSE, i);
  }
  g_assert_cmpuint (lec_participants_get_members (&self), ==, 3);
  g_assert_cmpuint (lec_participants_get_senders (&self), ==, 1);
}

/* A goodbye counts from the member's own host only, where hosts are known. */
static void
test_goodbye (void)
{
  static const struct
  {
    guint64 known, from;
    guint left;
  } rows[] = { { 5, 5, 1 }, { 5, 6, 2 }, { 0, 6, 1 }, { 5, 0, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecParticipants self;

    lec_participants_init (&self, 1);
    lec_participants_note (&self, 7, rows[i].known, TRUE, 0);
    lec_participants_note (&self, 8, rows[i].known, TRUE, 0);
    lec_participants_remove (&self, 7, rows[i].from);
    lec_participants_remove (&self, 99, rows[i].from);
    g_assert_cmpuint (lec_participants_get_members (&self), ==, rows[i].left);
    g_assert_cmpuint (lec_participants_get_senders (&self), ==, rows[i].left);
  }
}

static void
test_silence (void)
{
  LecParticipants self;

  lec_participants_init (&self, 1);
  lec_participants_note (&self, 7, 0, TRUE, 0);
  lec_participants_note (&self, 8, 0, TRUE, 4);
  lec_participants_note (&self, 7, 0, FALSE, 6);
  lec_participants_expire (&self, 0, 1);
  g_assert_cmpuint (lec_participants_get_members (&self), ==, 2);
  g_assert_cmpuint (lec_participants_get_senders (&self), ==, 1);
  lec_participants_expire (&self, 5, 5);
  g_assert_cmpuint (lec_participants_get_members (&self), ==, 1);
  g_assert_cmpuint (lec_participants_get_senders (&self), ==, 0);
}

/* All that fit are counted, of more there is an estimate, and no crowd is too large. */
static void
test_crowds (void)
{
  static const guint crowds[] = { 1000, 1024, 1025, 5000, 100000, 2000000 };

  for (guint i = 0; i < G_N_ELEMENTS (crowds); i++) {
    double total = 0;

    for (guint32 seed = 1; seed <= 5; seed++) {
      LecParticipants self;

      lec_participants_init (&self, seed * 2654435761u);
      fill (&self, seed, crowds[i], 0);
      total += lec_participants_get_members (&self);
      g_assert_cmpuint (self.count, <=, LEC_PARTICIPANTS_MAX);
    }
    if (crowds[i] <= LEC_PARTICIPANTS_MAX)
      g_assert_cmpfloat (total / 5, ==, crowds[i]);
    else
      g_assert_cmpfloat (ABS (total / 5 / crowds[i] - 1), <, 0.1);
  }
}

/* After a flood of members that were made up the true ones are counted again. */
static void
test_after_a_flood (void)
{
  LecParticipants self;

  lec_participants_init (&self, 12345);
  fill (&self, 1, 300, 0);
  fill (&self, 2, 500000, SECOND);
  for (gint64 now_ns = 5 * SECOND; now_ns < 200 * SECOND; now_ns += 5 * SECOND) {
    fill (&self, 1, 300, now_ns);
    lec_participants_expire (&self, now_ns - 25 * SECOND, now_ns - 10 * SECOND);
  }
  g_assert_cmpuint (lec_participants_get_members (&self), ==, 300);
}

/* While a crowd shrinks the estimate is never far off. */
static void
test_shrinking (void)
{
  LecParticipants self;

  lec_participants_init (&self, 777);
  fill (&self, 1, 20000, 0);
  for (gint64 now_ns = 5 * SECOND; now_ns < 200 * SECOND; now_ns += 5 * SECOND) {
    fill (&self, 1, 2000, now_ns);
    lec_participants_expire (&self, now_ns - 25 * SECOND, now_ns - 10 * SECOND);
    if (now_ns > 30 * SECOND)
      g_assert_cmpfloat (ABS (lec_participants_get_members (&self) / 2000.0 - 1), <, 0.3);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/participants/few", test_few);
  g_test_add_func ("/participants/goodbye", test_goodbye);
  g_test_add_func ("/participants/silence", test_silence);
  g_test_add_func ("/participants/crowds", test_crowds);
  g_test_add_func ("/participants/after a flood", test_after_a_flood);
  g_test_add_func ("/participants/shrinking", test_shrinking);
  return g_test_run ();
}
