/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sequence-window.h"

/* Whatever has come is known as long as it is less than a span behind, and nothing else is. */
static void
test_model (void)
{
  enum { MANY = 60000 };
  g_autofree guint8 *came = g_new0 (guint8, MANY);
  g_autoptr (GRand) rng = g_rand_new_with_seed (3);
  gint64 newest = 99;
  LecSequenceWindow window;

  lec_sequence_window_init (&window, 100);
  for (guint i = 0; i < 40000; i++) {
    gint64 ahead = g_rand_int_range (rng, 0, 100) == 0 ? 9000 : 12;
    gint64 sequence = newest + g_rand_int_range (rng, -9000, (gint32) ahead);
    gint64 asked;

    if (sequence < 0 || sequence >= MANY)
      continue;
    lec_sequence_window_add (&window, sequence);
    if (sequence > newest - LEC_SEQUENCE_WINDOW_SPAN)
      came[sequence] = 1;
    newest = MAX (newest, sequence);
    g_assert_cmpint (window.newest, ==, newest);
    asked = newest + g_rand_int_range (rng, -8190, 3);
    asked = CLAMP (asked, 0, MANY - 1);
    g_assert_cmpint (lec_sequence_window_contains (&window, asked), ==, came[asked]);
    g_assert_false (lec_sequence_window_contains (&window, newest - LEC_SEQUENCE_WINDOW_SPAN));
  }
  g_assert_cmpint (newest, >, 50000);
}

/* Numbers begin anywhere, also where they end. */
static void
test_ends (void)
{
  static const gint64 starts[] = { 0, -5, G_GINT64_CONSTANT (0x100000000), -8192 };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    LecSequenceWindow window;

    lec_sequence_window_init (&window, starts[i]);
    g_assert_false (lec_sequence_window_contains (&window, starts[i]));
    lec_sequence_window_add (&window, starts[i]);
    lec_sequence_window_add (&window, starts[i] - 1);
    g_assert_true (lec_sequence_window_contains (&window, starts[i]));
    g_assert_true (lec_sequence_window_contains (&window, starts[i] - 1));
    g_assert_false (lec_sequence_window_contains (&window, starts[i] + 1));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/window/model", test_model);
  g_test_add_func ("/window/ends", test_ends);
  return g_test_run ();
}
