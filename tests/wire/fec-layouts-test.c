/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-layouts.h"

#include "wire/units.h"

static LecParity
parity_of (LecRepairScheme scheme, guint stride, guint count)
{
  return (LecParity){
    .scheme = scheme,
    .group = { .stride = stride, .count = count, .span = stride * (count - 1) + 1 },
  };
}

/* Returns: the index of a sort of which nothing is known */
static guint
find_new (LecFecLayouts *layouts, LecParity parity)
{
  gboolean is_new;
  const guint index = lec_fec_layouts_find (layouts, &parity, &is_new);

  g_assert_cmpuint (index, <, LEC_FEC_LAYOUTS);
  g_assert_true (is_new);
  return index;
}

static void
assert_known (LecFecLayouts *layouts, LecParity parity, guint expected)
{
  gboolean is_new;

  g_assert_cmpuint (lec_fec_layouts_find (layouts, &parity, &is_new), ==, expected);
  g_assert_false (is_new);
}

/* A sort keeps its index until it is that which was not heard for the longest. */
static void
test_room (void)
{
  g_autofree LecFecLayouts *layouts = g_new0 (LecFecLayouts, 1);
  guint index[LEC_FEC_LAYOUTS];
  guint other;

  lec_fec_layouts_init (layouts);
  g_assert_cmpint (lec_fec_layouts_get_heard (layouts), ==, G_MININT64);
  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++) {
    index[i] = find_new (layouts, parity_of (LEC_REPAIR_2022_1, i + 1, 5));
    for (guint j = 0; j < i; j++)
      g_assert_cmpuint (index[j], !=, index[i]);
    lec_fec_layouts_note (layouts, index[i], 100, 104, MSECOND, (10 + i) * SECOND);
  }
  lec_fec_layouts_note (layouts, index[0], 105, 109, MSECOND, 20 * SECOND);
  g_assert_cmpint (lec_fec_layouts_get_heard (layouts), ==, 20 * SECOND);
  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++)
    assert_known (layouts, parity_of (LEC_REPAIR_2022_1, i + 1, 5), index[i]);

  other = find_new (layouts, parity_of (LEC_REPAIR_ULPFEC, 0, 1));
  g_assert_cmpuint (other, ==, index[1]);
  lec_fec_layouts_note (layouts, other, 100, 104, MSECOND, 21 * SECOND);
  assert_known (layouts, parity_of (LEC_REPAIR_2022_1, 1, 5), index[0]);
  g_assert_cmpuint (find_new (layouts, parity_of (LEC_REPAIR_2022_1, 2, 5)), ==, index[2]);

  lec_fec_layouts_init (layouts); /* another sender */
  g_assert_cmpint (lec_fec_layouts_get_heard (layouts), ==, G_MININT64);
  find_new (layouts, parity_of (LEC_REPAIR_2022_1, 1, 5));
}

/* What no row can bring any more, a column may; and the further of them says how far that is. */
static void
test_hope (void)
{
  g_autofree LecFecLayouts *layouts = g_new0 (LecFecLayouts, 1);
  guint rows, columns;

  lec_fec_layouts_init (layouts);
  g_assert_cmpint (lec_fec_layouts_get_reach (layouts), ==, 0);
  g_assert_false (lec_fec_layouts_may_come (layouts, 20, 20));
  rows = find_new (layouts, parity_of (LEC_REPAIR_2022_1, 1, 4));
  for (gint64 base = 0; base < 24; base += 4)
    lec_fec_layouts_note (layouts, rows, base, base + 3, 0, SECOND);
  g_assert_cmpint (lec_fec_layouts_get_reach (layouts), ==, 3);
  g_assert_false (lec_fec_layouts_may_come (layouts, 13, 23)); /* its row has come */

  columns = find_new (layouts, parity_of (LEC_REPAIR_2022_1, 4, 3));
  for (guint column = 0; column < 4; column++)
    lec_fec_layouts_note (layouts, columns, column, 15 + 3 * column, 0, SECOND);
  g_assert_cmpint (lec_fec_layouts_get_reach (layouts), ==, 21);
  g_assert_true (lec_fec_layouts_may_come (layouts, 13, 23));
  g_assert_false (lec_fec_layouts_may_come (layouts, 1, 23)); /* so has its column */
}

/* Only a scheme that has rescued something is worth a delay, and all of it then. */
static void
test_time (void)
{
  g_autofree LecFecLayouts *layouts = g_new0 (LecFecLayouts, 1);
  guint rows, columns, masks;

  lec_fec_layouts_init (layouts);
  rows = find_new (layouts, parity_of (LEC_REPAIR_2022_1, 1, 5));
  columns = find_new (layouts, parity_of (LEC_REPAIR_2022_1, 5, 4));
  masks = find_new (layouts, parity_of (LEC_REPAIR_ULPFEC, 0, 3));
  lec_fec_layouts_note (layouts, rows, 0, 4, 40 * MSECOND, SECOND);
  lec_fec_layouts_note (layouts, columns, 0, 19, 200 * MSECOND, SECOND);
  lec_fec_layouts_note (layouts, masks, 0, 9, 900 * MSECOND, SECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 0), ==, 0);

  lec_fec_layouts_note_rescue (layouts, rows, 2 * SECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 0), ==, 200 * MSECOND);
  /* later parity is noticed at once */
  lec_fec_layouts_note (layouts, columns, 20, 39, 250 * MSECOND, 3 * SECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 0), ==, 250 * MSECOND);
  /* the rows were heard a second ago, the columns now */
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, SECOND), ==, 250 * MSECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 2 * SECOND - 1), ==, 250 * MSECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 2 * SECOND), ==, 0);
  lec_fec_layouts_note (layouts, columns, 40, 59, 250 * MSECOND, 4 * SECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 2 * SECOND), ==, 0); /* of no use since */
  lec_fec_layouts_note_rescue (layouts, masks, 4 * SECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 2 * SECOND), ==, 0); /* not heard since */
  lec_fec_layouts_note (layouts, masks, 10, 19, 900 * MSECOND, 5 * SECOND);
  g_assert_cmpint (lec_fec_layouts_get_time (layouts, 2 * SECOND), ==, 900 * MSECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fec-layouts/room", test_room);
  g_test_add_func ("/fec-layouts/hope", test_hope);
  g_test_add_func ("/fec-layouts/time", test_time);
  return g_test_run ();
}
