/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/ordered-channels.h"

#include <string.h>

#include "ui/channel-merge.h"
#include "ui/channel-order.h"
#include "ui/channel-words.h"

#define LOOK_US 3000         /* of looking at rows, before the main loop may draw */
#define ORDER_EVERY_US 60000 /* while more and more changes */
#define SHOW_US 3000         /* of showing what has another place */
#define FEW 16               /* rows of a list that takes no time */
#define SHOW_AT_ONCE 8       /* rows: views make widgets for them, which takes the most time */

struct _LecOrderedChannels
{
  GObject parent_instance;

  GListModel *list; /* (nullable) */
  GPtrArray *rows;  /* of LecMergedRow, owned: as the list has them */
  GStrv needles;

  GPtrArray
      *changed; /* of LecMergedRow: those that move, and from n_looked_at on those that wait */
  guint n_looked_at;
  gint64 ordered_us;

  GPtrArray
      *order; /* of LecMergedRow: what is found, in its order, as it was when it was looked at */
  GPtrArray *shown;     /* of LecMergedRow: what is in the model, on its way to that */
  gboolean is_shown;    /* all of it */
  guint taken_out_from; /* of shown, nothing behind it leaves */
  guint put_in_to;      /* of order, what is before it is shown */
  GPtrArray *gone;      /* of LecMergedRow, owned: shown until all is */

  guint work; /* source; 0: all is settled */
  gboolean is_working;
};

enum {
  PROP_SETTLED = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint ordered_signal;

static void lec_ordered_channels_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LecOrderedChannels,
                               lec_ordered_channels,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      lec_ordered_channels_model_init))

LecOrderedChannels *
lec_ordered_channels_new (void)
{
  return g_object_new (LEC_TYPE_ORDERED_CHANNELS, NULL);
}

/* Makes room for @n rows at @position, which are to be filled. */
static void
insert_gap (GPtrArray *rows, guint position, guint n)
{
  const guint behind = rows->len - position;

  g_ptr_array_set_size (rows, (int) (rows->len + n));
  memmove (rows->pdata + position + n, rows->pdata + position, behind * sizeof (gpointer));
}

/* ---- a little at a time ---- */

/* What takes part in the order has a key, and keeps it until it moves. */
static void
look_at (LecOrderedChannels *self, LecMergedRow *row)
{
  row->is_waiting = FALSE;
  row->is_moving = TRUE;
  row->is_found = !row->is_gone
                  && lec_words_match (lec_channel_item_get_channel (row->item),
                                      (const char *const *) self->needles);
  if (!row->is_found || !row->is_other)
    return;
  g_free (row->key);
  row->key = lec_channel_order_key (row->item);
  row->is_other = FALSE;
}

/* Takes what was looked at out of what has changed. Returns: (transfer full): what is found of it
 */
static GPtrArray *
take_moving (LecOrderedChannels *self)
{
  GPtrArray *moving = g_ptr_array_new ();

  for (guint i = 0; i < self->n_looked_at; i++) {
    LecMergedRow *row = g_ptr_array_index (self->changed, i);

    if (!row->is_moving) /* it has changed again meanwhile, and is there twice */
      continue;
    row->is_moving = FALSE;
    if (row->is_found)
      g_ptr_array_add (moving, row);
    else if (row->is_gone && !row->is_waiting)
      g_ptr_array_add (self->gone, row);
  }
  g_ptr_array_remove_range (self->changed, 0, self->n_looked_at);
  self->n_looked_at = 0;
  return moving;
}

static void
put_in_order (LecOrderedChannels *self)
{
  g_autoptr (GPtrArray) staying = lec_channel_merge_list_staying (self->order);
  g_autoptr (GPtrArray) moving = take_moving (self);

  g_ptr_array_unref (self->order);
  self->order = lec_channel_merge (staying, moving);
  lec_channel_merge_mark_leaving (self->shown, self->order, moving);
  self->taken_out_from = self->shown->len;
  self->put_in_to = 0;
  self->is_shown = FALSE;
  self->ordered_us = g_get_monotonic_time ();
}

/* ---- showing it ---- */

/* From the end to the begin, as a view would fill its window with rows that leave next. Returns:
 * whether there was anything to do */
static gboolean
take_some_out (LecOrderedChannels *self)
{
  guint end = self->taken_out_from, begin;

  while (end > 0 && !((LecMergedRow *) g_ptr_array_index (self->shown, end - 1))->is_leaving)
    end--;
  begin = end;
  while (begin > 0 && end - begin < SHOW_AT_ONCE
         && ((LecMergedRow *) g_ptr_array_index (self->shown, begin - 1))->is_leaving)
    begin--;
  self->taken_out_from = begin;
  if (begin == end)
    return FALSE;
  g_ptr_array_remove_range (self->shown, begin, end - begin);
  g_list_model_items_changed (G_LIST_MODEL (self), begin, end - begin, 0);
  return TRUE;
}

/* From the begin, where a view is more often than not. Returns: likewise */
static gboolean
put_some_in (LecOrderedChannels *self)
{
  guint begin = self->put_in_to, end;

  while (begin < self->shown->len
         && g_ptr_array_index (self->shown, begin) == g_ptr_array_index (self->order, begin))
    begin++;
  end = begin;
  while (end < self->order->len && end - begin < SHOW_AT_ONCE
         && (begin == self->shown->len
             || g_ptr_array_index (self->order, end) != g_ptr_array_index (self->shown, begin)))
    end++;
  self->put_in_to = end;
  if (begin == end)
    return FALSE;
  insert_gap (self->shown, begin, end - begin);
  for (guint i = begin; i < end; i++)
    g_ptr_array_index (self->shown, i) = g_ptr_array_index (self->order, i);
  g_list_model_items_changed (G_LIST_MODEL (self), begin, 0, end - begin);
  return TRUE;
}

/* Returns: whether that is enough for one turn of the main loop */
static gboolean
show_for_a_while (LecOrderedChannels *self)
{
  const gint64 until_us = g_get_monotonic_time () + SHOW_US;

  while (take_some_out (self) || put_some_in (self)) {
    if (g_get_monotonic_time () >= until_us)
      return TRUE;
  }
  self->is_shown = TRUE;
  g_ptr_array_set_size (self->gone, 0);
  g_signal_emit (self, ordered_signal, 0);
  return FALSE;
}

/* Returns: likewise */
static gboolean
look_for_a_while (LecOrderedChannels *self)
{
  const gint64 began_us = g_get_monotonic_time ();
  gint64 now_us = began_us;

  while (self->n_looked_at < self->changed->len && now_us - began_us < LOOK_US) {
    look_at (self, g_ptr_array_index (self->changed, self->n_looked_at++));
    now_us = g_get_monotonic_time ();
  }
  return now_us - began_us > LOOK_US / 3
         || (self->n_looked_at < self->changed->len && now_us - self->ordered_us < ORDER_EVERY_US);
}

/* Returns: whether there is more to do */
static gboolean
work (LecOrderedChannels *self)
{
  if (!self->is_shown && show_for_a_while (self))
    return TRUE;
  if (self->n_looked_at < self->changed->len && look_for_a_while (self))
    return TRUE;
  if (self->n_looked_at == 0)
    return FALSE;
  put_in_order (self);
  return TRUE;
}

static void
end_work (LecOrderedChannels *self)
{
  self->work = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SETTLED]);
}

static gboolean
work_cb (gpointer data)
{
  LecOrderedChannels *self = data;
  gboolean has_more;

  self->is_working = TRUE;
  has_more = work (self);
  self->is_working = FALSE;
  if (!has_more)
    end_work (self);
  return has_more;
}

/* Who has few channels need not wait for them. */
static void
settle_few (LecOrderedChannels *self)
{
  if (self->rows->len > FEW || self->work == 0 || self->is_working)
    return;
  self->is_working = TRUE;
  while (work (self))
    ;
  self->is_working = FALSE;
  g_source_remove (self->work);
  end_work (self);
}

/* After it has changed, or what is looked for has. */
static void
look_again (LecOrderedChannels *self, LecMergedRow *row)
{
  if (row->is_waiting)
    return;
  row->is_waiting = TRUE;
  g_ptr_array_add (self->changed, row);
  if (self->work == 0) {
    self->work = g_idle_add (work_cb, self);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SETTLED]);
  }
}

/* ---- the list ---- */

/* @item: (transfer full) */
static LecMergedRow *
add_row (LecOrderedChannels *self, LecChannelItem *item)
{
  LecMergedRow *row = g_new0 (LecMergedRow, 1);

  row->item = item;
  row->is_other = TRUE;
  look_again (self, row);
  return row;
}

/* It is the order's until that is a new one. */
static void
drop_row (LecOrderedChannels *self, LecMergedRow *row)
{
  row->is_gone = TRUE;
  look_again (self, row);
}

/* What is changed is announced as replaced by itself. */
static void
replace_row (LecOrderedChannels *self, guint position)
{
  g_autoptr (LecChannelItem) item = g_list_model_get_item (self->list, position);
  LecMergedRow *row = g_ptr_array_index (self->rows, position);

  if (row->item == item) {
    row->is_other = TRUE;
    look_again (self, row);
    return;
  }
  drop_row (self, row);
  g_ptr_array_index (self->rows, position) = add_row (self, g_steal_pointer (&item));
}

static void
insert_rows (LecOrderedChannels *self, guint position, guint n)
{
  insert_gap (self->rows, position, n);
  for (guint i = position; i < position + n; i++)
    g_ptr_array_index (self->rows, i) = add_row (self, g_list_model_get_item (self->list, i));
}

static void
items_changed_cb (LecOrderedChannels *self, guint position, guint removed, guint added)
{
  const guint replaced = MIN (removed, added);

  for (guint i = position; i < position + replaced; i++)
    replace_row (self, i);
  position += replaced;
  for (guint i = position; i < position + removed - replaced; i++)
    drop_row (self, g_ptr_array_index (self->rows, i));
  if (removed > replaced)
    g_ptr_array_remove_range (self->rows, position, removed - replaced);
  if (added > replaced)
    insert_rows (self, position, added - replaced);
  settle_few (self);
}

void
lec_ordered_channels_set_list (LecOrderedChannels *self, GListModel *list)
{
  GListModel *before;

  g_return_if_fail (LEC_IS_ORDERED_CHANNELS (self));

  before = self->list;
  if (before == list)
    return;
  if (before != NULL) {
    g_signal_handlers_disconnect_by_func (before, items_changed_cb, self);
    items_changed_cb (self, 0, self->rows->len, 0);
  }
  self->list = list != NULL ? g_object_ref (list) : NULL;
  g_clear_object (&before);
  if (list != NULL) {
    g_signal_connect_swapped (list, "items-changed", G_CALLBACK (items_changed_cb), self);
    items_changed_cb (self, 0, 0, g_list_model_get_n_items (list));
  }
}

void
lec_ordered_channels_set_search (LecOrderedChannels *self, const char *search)
{
  g_return_if_fail (LEC_IS_ORDERED_CHANNELS (self));

  g_strfreev (self->needles);
  self->needles = lec_words_split (search);
  for (guint i = 0; i < self->rows->len; i++)
    look_again (self, g_ptr_array_index (self->rows, i));
  settle_few (self);
}

gboolean
lec_ordered_channels_is_settled (LecOrderedChannels *self)
{
  g_return_val_if_fail (LEC_IS_ORDERED_CHANNELS (self), TRUE);

  return self->work == 0;
}

/* Making keys takes the most time: most are there. */
static int
compare_keys (const LecMergedRow *a, const LecMergedRow *b)
{
  g_autofree char *one = a->is_other ? lec_channel_order_key (a->item) : NULL;
  g_autofree char *other = b->is_other ? lec_channel_order_key (b->item) : NULL;

  return strcmp (one != NULL ? one : a->key, other != NULL ? other : b->key);
}

LecChannelItem *
lec_ordered_channels_find_first (LecOrderedChannels *self)
{
  LecMergedRow *first = NULL;

  g_return_val_if_fail (LEC_IS_ORDERED_CHANNELS (self), NULL);

  for (guint i = 0; i < self->rows->len; i++) {
    LecMergedRow *row = g_ptr_array_index (self->rows, i);

    if (!lec_words_match (lec_channel_item_get_channel (row->item),
                          (const char *const *) self->needles))
      continue;
    if (first == NULL || compare_keys (row, first) < 0)
      first = row;
  }
  return first != NULL ? g_object_ref (first->item) : NULL;
}

/* ---- the model ---- */

static GType
lec_ordered_channels_get_item_type (GListModel *model)
{
  return LEC_TYPE_CHANNEL_ITEM;
}

static guint
lec_ordered_channels_get_n_items (GListModel *model)
{
  return LEC_ORDERED_CHANNELS (model)->shown->len;
}

static gpointer
lec_ordered_channels_get_item (GListModel *model, guint position)
{
  LecOrderedChannels *self = LEC_ORDERED_CHANNELS (model);

  if (position >= self->shown->len)
    return NULL;
  return g_object_ref (((LecMergedRow *) g_ptr_array_index (self->shown, position))->item);
}

static void
lec_ordered_channels_model_init (GListModelInterface *interface)
{
  interface->get_item_type = lec_ordered_channels_get_item_type;
  interface->get_n_items = lec_ordered_channels_get_n_items;
  interface->get_item = lec_ordered_channels_get_item;
}

static void
lec_ordered_channels_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  switch (id) {
  case PROP_SETTLED:
    g_value_set_boolean (value, LEC_ORDERED_CHANNELS (object)->work == 0);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

/* Those that are gone from the list, and were not looked at since. */
static void
free_gone (LecOrderedChannels *self)
{
  g_autoptr (GHashTable) gone
      = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) lec_merged_row_free, NULL);

  for (guint i = 0; i < self->changed->len; i++) {
    LecMergedRow *row = g_ptr_array_index (self->changed, i);

    if (row->is_gone)
      g_hash_table_add (gone, row); /* it may be there twice */
  }
}

static void
lec_ordered_channels_finalize (GObject *object)
{
  LecOrderedChannels *self = LEC_ORDERED_CHANNELS (object);

  g_clear_handle_id (&self->work, g_source_remove);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, items_changed_cb, self);
  g_clear_object (&self->list);
  free_gone (self);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->order);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->gone);
  g_ptr_array_set_free_func (self->rows, (GDestroyNotify) lec_merged_row_free);
  g_ptr_array_unref (self->rows);
  g_strfreev (self->needles);

  G_OBJECT_CLASS (lec_ordered_channels_parent_class)->finalize (object);
}

static void
lec_ordered_channels_class_init (LecOrderedChannelsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = lec_ordered_channels_get_property;
  object_class->finalize = lec_ordered_channels_finalize;

  props[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, TRUE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  ordered_signal = g_signal_new ("ordered", LEC_TYPE_ORDERED_CHANNELS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_ordered_channels_init (LecOrderedChannels *self)
{
  self->rows = g_ptr_array_new ();
  self->order = g_ptr_array_new ();
  self->shown = g_ptr_array_new ();
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_merged_row_free);
  self->is_shown = TRUE;
  self->changed = g_ptr_array_new ();
  self->needles = g_new0 (char *, 1);
}
