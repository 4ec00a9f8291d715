/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/stamp-thinning.h"

#include "wire/units.h"

/* Reads @reads times what came in @every_ns, and returns the step then. */
static guint
read_for (LecStampThinning *self, gint64 *now_ns, guint reads, guint packets, gint64 every_ns)
{
  for (guint i = 0; i < reads; i++) {
    *now_ns += every_ns;
    lec_stamp_thinning_note (self, packets, *now_ns);
  }
  return lec_stamp_thinning_get_step (self);
}

/* At rates of lectures the kernel tells of each; the faster they come, the fewer it tells of. */
static void
test_rates (void)
{
  static const struct
  {
    guint rate, step; /* [packets/s] */
  } rows[] = { { 1000, 1 },  { 10000, 1 }, { 24000, 1 },  { 26000, 2 },
               { 50000, 4 }, { 99000, 4 }, { 101000, 8 }, { 400000, 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecStampThinning thinning = { 0 };
    gint64 now_ns = 1000 * SECOND;

    g_assert_cmpuint (lec_stamp_thinning_get_step (&thinning), ==, 1);
    g_assert_cmpuint (read_for (&thinning, &now_ns, 100, rows[i].rate / 250, SECOND / 250), ==,
                      rows[i].step);
  }
}

/* A burst that is over in a moment is no rate; nor is what came before a rest. */
static void
test_changes (void)
{
  LecStampThinning thinning = { 0 };
  gint64 now_ns = 1000 * SECOND;

  g_assert_cmpuint (read_for (&thinning, &now_ns, 10, 200, 4 * MSECOND), ==, 1);
  g_assert_cmpuint (read_for (&thinning, &now_ns, 100, 200, 4 * MSECOND), ==, 4);
  g_assert_cmpuint (read_for (&thinning, &now_ns, 50, 4, 4 * MSECOND), ==, 1);
  g_assert_cmpuint (read_for (&thinning, &now_ns, 100, 200, 4 * MSECOND), ==, 4);
  g_assert_cmpuint (read_for (&thinning, &now_ns, 1, 200, SECOND), ==, 1);
  g_assert_cmpuint (read_for (&thinning, &now_ns, 100, 200, 4 * MSECOND), ==, 4);
  now_ns -= 3600 * SECOND; /* the clock is set */
  g_assert_cmpuint (read_for (&thinning, &now_ns, 1, 200, 4 * MSECOND), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp-thinning/rates", test_rates);
  g_test_add_func ("/stamp-thinning/changes", test_changes);
  return g_test_run ();
}
