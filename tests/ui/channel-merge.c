/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-merge.h"

#define SEEDS 50
#define ROWS 60

static LecMergedRow *
make_row (const char *key)
{
  LecMergedRow *row = g_new0 (LecMergedRow, 1);

  row->item = g_object_new (LEC_TYPE_CHANNEL_ITEM, NULL);
  row->key = g_strdup (key);
  return row;
}

static void
set_key (LecMergedRow *row, guint32 number)
{
  g_free (row->key);
  row->key = g_strdup_printf ("%08x", number);
}

static void
assert_ordered (const GPtrArray *rows, guint n)
{
  g_assert_cmpuint (rows->len, ==, n);
  for (guint i = 1; i < n; i++) {
    const LecMergedRow *before = g_ptr_array_index (rows, i - 1),
                       *row = g_ptr_array_index (rows, i);

    g_assert_cmpstr (before->key, <, row->key);
  }
}

/* Those of @shown that stay are in the order that they are to have. */
static void
assert_fits (const GPtrArray *shown)
{
  const LecMergedRow *last = NULL;

  for (guint i = 0; i < shown->len; i++) {
    const LecMergedRow *row = g_ptr_array_index (shown, i);

    if (row->is_leaving)
      continue;
    if (last != NULL)
      g_assert_cmpuint (last->place, <, row->place);
    last = row;
  }
}

static void
test_seeds (void)
{
  for (guint32 seed = 0; seed < SEEDS; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    g_autoptr (GPtrArray) rows
        = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_merged_row_free);
    g_autoptr (GPtrArray) none = g_ptr_array_new (), moving = g_ptr_array_new (), order = NULL,
                          staying = NULL, after = NULL;

    for (guint i = 0; i < ROWS; i++) {
      g_ptr_array_add (rows, make_row (NULL));
      set_key (g_ptr_array_index (rows, i), g_rand_int (rand));
      g_ptr_array_add (moving, g_ptr_array_index (rows, i));
    }
    order = lec_channel_merge (none, moving);
    assert_ordered (order, ROWS);

    g_ptr_array_set_size (moving, 0);
    for (guint i = 0; i < ROWS; i += (guint) g_rand_int_range (rand, 1, 10)) {
      LecMergedRow *row = g_ptr_array_index (rows, i);

      row->is_moving = TRUE;
      set_key (row, g_rand_int (rand));
      g_ptr_array_add (moving, row);
    }
    staying = lec_channel_merge_list_staying (order);
    g_assert_cmpuint (staying->len, ==, ROWS - moving->len);
    after = lec_channel_merge (staying, moving);
    assert_ordered (after, ROWS);
    lec_channel_merge_mark_leaving (order, after, moving);
    assert_fits (order);
    for (guint i = 0; i < staying->len; i++)
      g_assert_false (((LecMergedRow *) g_ptr_array_index (staying, i))->is_leaving);
  }
}

/* Another key between the same neighbours is no other place. */
static void
test_same_place (void)
{
  static const char *const keys[] = { "a", "c", "e" };
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_merged_row_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new (), moving = g_ptr_array_new (), order = NULL,
                        staying = NULL, after = NULL;
  LecMergedRow *middle;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_ptr_array_add (rows, make_row (keys[i]));
    g_ptr_array_add (moving, g_ptr_array_index (rows, i));
  }
  order = lec_channel_merge (none, moving);
  middle = g_ptr_array_index (rows, 1);
  middle->is_moving = TRUE;
  *middle->key = 'd';
  g_ptr_array_set_size (moving, 0);
  g_ptr_array_add (moving, middle);
  staying = lec_channel_merge_list_staying (order);
  after = lec_channel_merge (staying, moving);
  lec_channel_merge_mark_leaving (order, after, moving);
  g_assert_false (middle->is_leaving);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel-merge/seeds", test_seeds);
  g_test_add_func ("/channel-merge/same-place", test_same_place);
  return g_test_run ();
}
