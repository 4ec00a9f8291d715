/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-merge.h"

#include <string.h>

void
lec_merged_row_free (LecMergedRow *row)
{
  g_object_unref (row->item);
  g_free (row->key);
  g_free (row);
}

/* Rows of one key stay as they came. */
static int
compare (const LecMergedRow *a, const LecMergedRow *b)
{
  const int order = strcmp (a->key, b->key);

  if (order != 0)
    return order;
  return lec_channel_item_get_number (a->item) < lec_channel_item_get_number (b->item) ? -1 : 1;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return compare (*(LecMergedRow *const *) a, *(LecMergedRow *const *) b);
}

GPtrArray *
lec_channel_merge_list_staying (const GPtrArray *order)
{
  GPtrArray *staying = g_ptr_array_sized_new (order->len);

  for (guint i = 0; i < order->len; i++) {
    LecMergedRow *row = g_ptr_array_index (order, i);

    if (!row->is_moving)
      g_ptr_array_add (staying, row);
  }
  return staying;
}

/* Returns: the first of @rows, from @from on, that is behind @row; looks at near ones first */
static guint
find_behind (const GPtrArray *rows, guint from, const LecMergedRow *row)
{
  guint to = from;

  for (guint step = 1; to < rows->len && compare (g_ptr_array_index (rows, to), row) < 0;
       step *= 2) {
    from = to + 1;
    to += step;
  }
  to = MIN (to, rows->len);
  while (from < to) {
    const guint middle = from + (to - from) / 2;

    if (compare (g_ptr_array_index (rows, middle), row) < 0)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

static void
append_range (GPtrArray *to, const GPtrArray *from, guint begin, guint end)
{
  for (guint i = begin; i < end; i++)
    g_ptr_array_add (to, g_ptr_array_index (from, i));
}

GPtrArray *
lec_channel_merge (const GPtrArray *staying, GPtrArray *moving)
{
  GPtrArray *order = g_ptr_array_sized_new (staying->len + moving->len);
  guint next = 0;

  g_ptr_array_sort (moving, compare_cb);
  for (guint i = 0; i < moving->len; i++) {
    LecMergedRow *row = g_ptr_array_index (moving, i);
    const guint behind = find_behind (staying, next, row);

    append_range (order, staying, next, behind);
    g_ptr_array_add (order, row);
    next = behind;
  }
  append_range (order, staying, next, staying->len);
  return order;
}

/* What is shown between the same neighbours as it belongs to need not leave. */
void
lec_channel_merge_mark_leaving (const GPtrArray *shown,
                                const GPtrArray *order,
                                const GPtrArray *moving)
{
  g_autofree guint *before = g_new (guint, shown->len); /* places of those that stay, and 1 */
  guint last = 0, next = G_MAXUINT;

  for (guint i = 0; i < shown->len; i++)
    ((LecMergedRow *) g_ptr_array_index (shown, i))->is_leaving = TRUE;
  for (guint i = 0; i < order->len; i++) {
    LecMergedRow *row = g_ptr_array_index (order, i);

    row->place = i;
    row->is_leaving = FALSE;
  }
  for (guint i = 0; i < moving->len; i++)
    ((LecMergedRow *) g_ptr_array_index (moving, i))->is_moving = TRUE;
  for (guint i = 0; i < shown->len; i++) {
    const LecMergedRow *row = g_ptr_array_index (shown, i);

    before[i] = last;
    if (!row->is_leaving && !row->is_moving)
      last = row->place + 1;
  }
  for (guint i = shown->len; i-- > 0;) {
    LecMergedRow *row = g_ptr_array_index (shown, i);

    if (!row->is_leaving && row->is_moving)
      row->is_leaving = row->place >= next || row->place < before[i];
    if (!row->is_leaving)
      next = row->place;
  }
  for (guint i = 0; i < moving->len; i++)
    ((LecMergedRow *) g_ptr_array_index (moving, i))->is_moving = FALSE;
}
