/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/xor.h"

#include <string.h>

#define STRINGS 12
#define CAPACITY 300

/* Of strings of any length, each one is the sum of all others and the sum of all. */
static void
test_any_is_sum_of_others (void)
{
  guint8 strings[STRINGS][CAPACITY] = { 0 };
  gsize sizes[STRINGS], longest = 0;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  LecXor all, others;

  lec_xor_init (&all, CAPACITY);
  lec_xor_init (&others, CAPACITY);
  for (guint i = 0; i < STRINGS; i++) {
    sizes[i] = i == 0 ? 0 : (gsize) g_rand_int_range (rand, 1, CAPACITY + 1);
    longest = MAX (longest, sizes[i]);
    for (gsize j = 0; j < sizes[i]; j++)
      strings[i][j] = (guint8) g_rand_int (rand);
    g_assert_true (lec_xor_add (&all, strings[i], sizes[i]));
  }
  g_assert_cmpuint (all.length, ==, longest);
  for (guint i = 0; i < STRINGS; i++) {
    if (i % 2 == 0) {
      lec_xor_reset (&others);
      g_assert_cmpuint (others.length, ==, 0);
      g_assert_true (lec_xor_add (&others, all.bytes, all.length));
    } else {
      g_assert_true (lec_xor_begin (&others, strings[0], sizes[0])); /* shorter than before */
      g_assert_true (lec_xor_is_zero (&others, 0));
      g_assert_true (lec_xor_begin (&others, all.bytes, all.length));
    }
    for (guint j = 0; j < STRINGS; j++) {
      if (j != i)
        g_assert_true (lec_xor_add (&others, strings[j], sizes[j]));
    }
    g_assert_cmpmem (others.bytes, CAPACITY, strings[i], CAPACITY);
    g_assert_true (lec_xor_is_zero (&others, sizes[i]));
    if (sizes[i] > 0)
      g_assert_false (lec_xor_is_zero (&others, 0));
  }
  lec_xor_clear (&all);
  lec_xor_clear (&others);
}

/* Every length, at every alignment: no word of a neighbour is touched. */
static void
test_lengths (void)
{
  guint8 ones[80];
  LecXor sum;

  memset (ones, 0xff, sizeof ones);
  lec_xor_init (&sum, 64);
  for (gsize at = 0; at < 9; at++) {
    for (gsize size = 0; size <= 64; size++) {
      lec_xor_reset (&sum);
      g_assert_true (lec_xor_add (&sum, ones + at, size));
      for (gsize i = 0; i < 64; i++)
        g_assert_cmpuint (sum.bytes[i], ==, i < size ? 0xff : 0);
    }
  }
  g_assert_false (lec_xor_add (&sum, ones, 65));
  g_assert_cmpuint (sum.length, ==, 64);
  lec_xor_clear (&sum);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xor/any-is-sum-of-others", test_any_is_sum_of_others);
  g_test_add_func ("/xor/lengths", test_lengths);
  return g_test_run ();
}
