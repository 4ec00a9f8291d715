/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-layout.h"

#include "wire/units.h"

static LecFecLayout
layout_of (guint stride, guint count)
{
  const LecParity parity
      = { .scheme = LEC_REPAIR_2022_1,
          .group = { .stride = stride, .count = count, .span = stride * (count - 1) + 1 } };
  LecFecLayout layout;

  lec_fec_layout_init (&layout, &parity);
  g_assert_true (lec_fec_layout_matches (&layout, &parity));
  return layout;
}

/* Rows of five, the first at 1000, each right behind its last packet. */
static void
test_rows (void)
{
  LecFecLayout layout = layout_of (1, 5);

  for (gint64 base = 1000; base < 1100; base += 5)
    lec_fec_layout_note (&layout, base, base + 4, 40 * MSECOND, SECOND);
  g_assert_cmpint (lec_fec_layout_get_reach (&layout), ==, 4);
  g_assert_cmpint (lec_fec_layout_get_time (&layout), ==, 40 * MSECOND);

  /* it came with 1095 */
  for (gint64 number = 1090; number < 1100; number++)
    g_assert_false (lec_fec_layout_may_come (&layout, number, 1100));
  /* that of the row from 1100 on is expected as long as it is not later than all before */
  g_assert_true (lec_fec_layout_may_come (&layout, 1100, 1104));
  g_assert_false (lec_fec_layout_may_come (&layout, 1100, 1105));
  g_assert_true (lec_fec_layout_may_come (&layout, 1103, 1104));
  /* the next one may overtake it, but not the next two */
  lec_fec_layout_note (&layout, 1105, 1109, 40 * MSECOND, SECOND);
  g_assert_true (lec_fec_layout_may_come (&layout, 1104, 1104));
  lec_fec_layout_note (&layout, 1110, 1114, 40 * MSECOND, SECOND);
  g_assert_false (lec_fec_layout_may_come (&layout, 1104, 1104));
}

/* Columns of four by three come one matrix later, in the order of their bases. */
static void
test_columns (void)
{
  LecFecLayout layout = layout_of (4, 3);

  for (gint64 matrix = -24; matrix < 24; matrix += 12) {
    for (guint column = 0; column < 4; column++)
      lec_fec_layout_note (&layout, matrix + column, matrix + 15 + 3 * column, 0, SECOND);
  }
  g_assert_cmpint (lec_fec_layout_get_reach (&layout), ==, 21);
  g_assert_cmpint (lec_fec_layout_get_time (&layout), ==, 0);
  lec_fec_layout_note (&layout, 24, 39, 0, SECOND);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpint (lec_fec_layout_may_come (&layout, 24 + i, 39), ==, i % 4 != 0);
  for (guint i = 0; i < 12; i++)
    g_assert_true (lec_fec_layout_may_come (&layout, 36 + i, 39));
}

/* Of masks nobody knows which one protects what: until one begins behind it, or all are too old. */
static void
test_masks (void)
{
  const LecParity parity = { .scheme = LEC_REPAIR_ULPFEC, .group = { .count = 2, .span = 9 } };
  LecFecLayout layout;

  lec_fec_layout_init (&layout, &parity);
  lec_fec_layout_note (&layout, 100, 110, 0, SECOND);
  lec_fec_layout_note (&layout, 110, 120, 0, SECOND);
  g_assert_true (lec_fec_layout_may_come (&layout, 105, 115));
  g_assert_false (lec_fec_layout_may_come (&layout, 105, 116));
  lec_fec_layout_note (&layout, 112, 122, 0, SECOND);
  g_assert_false (lec_fec_layout_may_come (&layout, 105, 115));
  g_assert_true (lec_fec_layout_may_come (&layout, 111, 121));
}

/* What is longer ago than 32 parity packets and as many before does not count; nor what takes
 * longer than it is worth. */
static void
test_memory (void)
{
  LecFecLayout layout = layout_of (1, 5);

  lec_fec_layout_note (&layout, 0, 300, 900 * MSECOND, SECOND);
  for (gint64 base = 5; base < 400; base += 5)
    lec_fec_layout_note (&layout, base, base + 4, 40 * MSECOND, SECOND);
  g_assert_cmpint (lec_fec_layout_get_reach (&layout), ==, 4);
  g_assert_cmpint (lec_fec_layout_get_time (&layout), ==, 40 * MSECOND);
  lec_fec_layout_note (&layout, 400, 404, LEC_FEC_LONGEST_NS + 1, SECOND);
  g_assert_cmpint (lec_fec_layout_get_time (&layout), ==, 40 * MSECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fec-layout/rows", test_rows);
  g_test_add_func ("/fec-layout/columns", test_columns);
  g_test_add_func ("/fec-layout/masks", test_masks);
  g_test_add_func ("/fec-layout/memory", test_memory);
  return g_test_run ();
}
