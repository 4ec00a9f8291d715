/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/channel-list.h"

#include <string.h>

#include "discovery/channel-item-private.h"

#define DEAD_KEPT 3600 /* [s] as long as what is announced, and then not any more */

struct _LecChannelList
{
  GObject parent_instance;

  GSequence *items;           /* of LecChannelItem, in the order of their arrival */
  GHashTable *advertisements; /* LecAdvertisement (whatever its version) to its LecChannelItem */
  GHashTable *by_id; /* of a channel to a GPtrArray of LecChannelItem, once an advertisement */
  LecChannelItem *current; /* (nullable): what is played */
  gint64 now;

  gint64 added;    /* that there have been */
  guint announced; /* items that the model's users know of: newer ones are announced together */
};

static void lec_channel_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LecChannelList,
                               lec_channel_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      lec_channel_list_model_init))

LecChannelList *
lec_channel_list_new (void)
{
  return g_object_new (LEC_TYPE_CHANNEL_LIST, NULL);
}

/* Announces the items that were appended since. */
static void
announce_added (LecChannelList *self)
{
  guint from = self->announced;

  self->announced = (guint) g_sequence_get_length (self->items);
  if (self->announced > from)
    g_list_model_items_changed (G_LIST_MODEL (self), from, 0, self->announced - from);
}

static guint
find_position (LecChannelItem *item)
{
  return (guint) g_sequence_iter_get_position (lec_channel_item_get_place (item));
}

/* An item that is changed is announced as one that is replaced by itself: the models of GTK that
 * sort and filter (before 4.20, all of them) look at an item again only when it comes, whatever
 * expression they go by, and a sorter's own signal makes them look at all items. */
static void
update_item (LecChannelList *self, LecChannelItem *item)
{
  guint position;

  if (!lec_channel_item_update (item, self->now))
    return;
  position = find_position (item);
  if (position < self->announced)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static void
remove_item (LecChannelList *self, LecChannelItem *item)
{
  guint position = find_position (item);

  announce_added (self);
  g_sequence_remove (lec_channel_item_get_place (item));
  self->announced--;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static LecChannelItem *
add_item (LecChannelList *self)
{
  LecChannelItem *item = lec_channel_item_new ();

  lec_channel_item_set_place (item, g_sequence_append (self->items, item), ++self->added);
  return item;
}

/* A row is found by the identity of any of its advertisements. */
static void
index_item (LecChannelList *self, const LecChannel *channel, LecChannelItem *item)
{
  const char *id = lec_channel_get_id (channel);
  GPtrArray *items = g_hash_table_lookup (self->by_id, id);

  if (items == NULL) {
    items = g_ptr_array_new ();
    g_hash_table_insert (self->by_id, g_strdup (id), items);
  }
  g_ptr_array_add (items, item);
}

static void
unindex_item (LecChannelList *self, const LecChannel *channel, LecChannelItem *item)
{
  const char *id = lec_channel_get_id (channel);
  GPtrArray *items = g_hash_table_lookup (self->by_id, id);

  g_ptr_array_remove_fast (items, item);
  if (items->len == 0)
    g_hash_table_remove (self->by_id, id);
}

static LecChannelItem *
find_suiting (LecChannelList *self, const LecAdvertisement *advertisement)
{
  const char *id = lec_channel_get_id (advertisement->channel);
  GPtrArray *items = g_hash_table_lookup (self->by_id, id);

  for (guint i = 0; items != NULL && i < items->len; i++) {
    LecChannelItem *item = g_ptr_array_index (items, i);

    if (lec_channel_item_suits (item, advertisement, NULL))
      return item;
  }
  return NULL;
}

static void
take_back (LecChannelList *self, LecAdvertisement *before, LecChannelItem *item)
{
  g_autoptr (LecAdvertisement) kept = lec_advertisement_ref (before);

  g_hash_table_remove (self->advertisements, kept);
  unindex_item (self, kept->channel, item);
  if (lec_channel_item_remove (item, kept))
    update_item (self, item);
  else
    remove_item (self, item);
}

static void
add (LecChannelList *self, LecAdvertisement *advertisement)
{
  LecChannelItem *item = find_suiting (self, advertisement);

  if (item == NULL)
    item = add_item (self);
  lec_channel_item_add (item, advertisement);
  g_hash_table_insert (self->advertisements, lec_advertisement_ref (advertisement), item);
  index_item (self, advertisement->channel, item);
  update_item (self, item);
}

static void
replace (LecChannelList *self,
         LecAdvertisement *before,
         LecAdvertisement *after,
         LecChannelItem *item)
{
  lec_channel_item_replace (item, before, after);
  g_hash_table_replace (self->advertisements, lec_advertisement_ref (after), item);
  update_item (self, item);
}

/* Whether @after is about the same channel and may stay in the row of @before. A host that has
 * repeated another's announcement and changes it has a row of its own from then on. */
static gboolean
may_stay (const LecAdvertisement *before, const LecAdvertisement *after, LecChannelItem *item)
{
  return after->channel != NULL
         && g_str_equal (lec_channel_get_id (before->channel), lec_channel_get_id (after->channel))
         && g_strcmp0 (before->announcer, after->announcer) == 0
         && lec_channel_item_suits (item, after, before);
}

static void
put (LecChannelList *self, LecAdvertisement *advertisement)
{
  gpointer before;
  gpointer item;
  gboolean is_known
      = g_hash_table_lookup_extended (self->advertisements, advertisement, &before, &item);

  if (is_known && may_stay (before, advertisement, item)) {
    replace (self, before, advertisement, item);
    return;
  }
  if (is_known)
    take_back (self, before, item);
  if (advertisement->channel != NULL)
    add (self, advertisement);
}

void
lec_channel_list_put (LecChannelList *self, LecAdvertisement *const *advertisements, gsize n)
{
  g_return_if_fail (LEC_IS_CHANNEL_LIST (self));

  for (gsize i = 0; i < n; i++)
    put (self, advertisements[i]);
  announce_added (self);
}

/* [s since 1970] When a row that only the viewer knows of goes, as nothing of it arrives; 0: it
 * stays. */
static gint64
get_end (LecChannelList *self, LecChannelItem *item)
{
  gint64 since;

  if (!lec_channel_item_is_unreached (item, &since) || item == self->current
      || lec_channel_item_get_origins (item) != LEC_CHANNEL_ORIGIN_FILE)
    return 0;
  return since + DEAD_KEPT;
}

/* All that the viewer has opened for this row. */
static void
remove_opened (LecChannelList *self, LecChannelItem *item)
{
  g_autoptr (LecChannel) channel = lec_channel_ref (lec_channel_item_get_channel (item));

  lec_channel_list_close (self, channel);
}

static gint64
get_earlier (gint64 a, gint64 b)
{
  return a == 0 || (b != 0 && b < a) ? b : a;
}

gint64
lec_channel_list_set_time (LecChannelList *self, gint64 now)
{
  GSequenceIter *next;
  gint64 wake = 0;

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), 0);

  self->now = now;
  for (GSequenceIter *i = g_sequence_get_begin_iter (self->items); !g_sequence_iter_is_end (i);
       i = next) {
    LecChannelItem *item = g_sequence_get (i);
    gint64 end;

    next = g_sequence_iter_next (i);
    update_item (self, item);
    end = get_end (self, item);
    if (end != 0 && end <= now) {
      remove_opened (self, item);
      continue;
    }
    wake = get_earlier (get_earlier (wake, end), lec_channel_item_get_changes (item));
  }
  return wake;
}

void
lec_channel_list_close (LecChannelList *self, const LecChannel *channel)
{
  g_autoptr (LecAdvertisement) closed = NULL;

  g_return_if_fail (LEC_IS_CHANNEL_LIST (self));

  closed = lec_advertisement_new (LEC_CHANNEL_ORIGIN_FILE, lec_channel_get_id (channel), NULL, NULL,
                                  LEC_ADVERTISEMENT_CURRENT);
  lec_channel_list_put (self, &closed, 1);
}

void
lec_channel_list_set_current (LecChannelList *self, LecChannelItem *item)
{
  g_return_if_fail (LEC_IS_CHANNEL_LIST (self));

  if (self->current != NULL && self->current != item)
    lec_channel_item_leave (self->current);
  g_set_object (&self->current, item);
}

LecChannelItem *
lec_channel_list_open (LecChannelList *self, LecChannel *channel)
{
  g_autoptr (LecAdvertisement) opened = NULL;

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), NULL);

  opened = lec_advertisement_new (LEC_CHANNEL_ORIGIN_FILE, lec_channel_get_id (channel), channel,
                                  NULL, LEC_ADVERTISEMENT_CURRENT);
  lec_channel_list_put (self, &opened, 1);
  return g_hash_table_lookup (self->advertisements, opened);
}

/* How well @item shows @channel: its identity alone, what it promises, and who announced it. */
static guint
get_likeness (LecChannelItem *item, const LecChannel *channel)
{
  const LecChannel *shown = lec_channel_item_get_channel (item);

  if (!lec_channel_equal (shown, channel))
    return 0;
  return g_strcmp0 (lec_channel_get_announcer (shown), lec_channel_get_announcer (channel)) == 0
             ? 2
             : 1;
}

LecChannelItem *
lec_channel_list_find (LecChannelList *self, const LecChannel *channel)
{
  LecChannelItem *best = NULL;
  GPtrArray *items;

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), NULL);

  items = g_hash_table_lookup (self->by_id, lec_channel_get_id (channel));
  for (guint i = 0; items != NULL && i < items->len; i++) {
    LecChannelItem *item = g_ptr_array_index (items, i);

    if (best == NULL || get_likeness (item, channel) > get_likeness (best, channel))
      best = item;
  }
  return best;
}

/* ---- addresses ---- */

/* Returns: (nullable): the only leg of an address alone; NULL: it says more */
static const LecLeg *
get_lone_leg (const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);
  const LecAlternative *alternative = g_ptr_array_index (info->alternatives, 0);
  const LecStream *stream;

  if (info->alternatives->len != 1 || alternative->streams->len != 1)
    return NULL;
  stream = g_ptr_array_index (alternative->streams, 0);
  return alternative->kind == LEC_KIND_RTP && stream->payloads->len == 0 && stream->legs->len == 1
             ? g_ptr_array_index (stream->legs, 0)
             : NULL;
}

static gboolean
has_leg (const LecStream *stream, const LecLeg *wanted)
{
  for (guint i = 0; i < stream->legs->len; i++) {
    const LecLeg *leg = g_ptr_array_index (stream->legs, i);

    if (leg->port == wanted->port && strcmp (leg->group, wanted->group) == 0
        && (wanted->sources == NULL || leg->sources == NULL
            || g_strv_equal ((const char *const *) wanted->sources,
                             (const char *const *) leg->sources)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
arrives_on (const LecChannel *channel, const LecLeg *leg)
{
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);

  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    if (stream->payloads->len > 0 && has_leg (stream, leg))
      return TRUE;
  }
  return FALSE;
}

LecChannel *
lec_channel_list_find_announced (LecChannelList *self, const LecChannel *address)
{
  const LecLeg *leg = get_lone_leg (address);

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), NULL);

  for (GSequenceIter *i = g_sequence_get_begin_iter (self->items);
       leg != NULL && !g_sequence_iter_is_end (i); i = g_sequence_iter_next (i)) {
    LecChannelItem *item = g_sequence_get (i);
    LecChannel *channel = lec_channel_item_get_channel (item);

    if ((lec_channel_item_get_origins (item) & (LEC_CHANNEL_ORIGIN_SAP | LEC_CHANNEL_ORIGIN_DNS_SD))
            != 0
        && !lec_channel_item_is_withdrawn (item) && arrives_on (channel, leg))
      return channel;
  }
  return NULL;
}

void
lec_channel_list_set_reaching (LecChannelList *self, const LecChannel *channel, gboolean reaching)
{
  LecChannelItem *item = lec_channel_list_find (self, channel);

  if (item == NULL)
    return;
  lec_channel_item_set_reaching (item, reaching, self->now);
  update_item (self, item);
}

static GType
lec_channel_list_get_item_type (GListModel *model)
{
  return LEC_TYPE_CHANNEL_ITEM;
}

static guint
lec_channel_list_get_n_items (GListModel *model)
{
  return LEC_CHANNEL_LIST (model)->announced;
}

static gpointer
lec_channel_list_get_item (GListModel *model, guint position)
{
  LecChannelList *self = LEC_CHANNEL_LIST (model);

  if (position >= self->announced)
    return NULL;
  return g_object_ref (g_sequence_get (g_sequence_get_iter_at_pos (self->items, (int) position)));
}

static void
lec_channel_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = lec_channel_list_get_item_type;
  interface->get_n_items = lec_channel_list_get_n_items;
  interface->get_item = lec_channel_list_get_item;
}

static void
lec_channel_list_finalize (GObject *object)
{
  LecChannelList *self = LEC_CHANNEL_LIST (object);

  g_clear_object (&self->current);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->advertisements);
  g_sequence_free (self->items);
  G_OBJECT_CLASS (lec_channel_list_parent_class)->finalize (object);
}

static void
lec_channel_list_class_init (LecChannelListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_channel_list_finalize;
}

static void
lec_channel_list_init (LecChannelList *self)
{
  self->items = g_sequence_new (g_object_unref);
  self->advertisements = g_hash_table_new_full (lec_advertisement_hash, lec_advertisement_is_same,
                                                (GDestroyNotify) lec_advertisement_unref, NULL);
  self->by_id
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}
