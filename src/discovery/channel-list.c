/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/channel-list.h"

#include <string.h>

#include "discovery/channel-item-private.h"

#define DEAD_KEPT 3600 /* [s] as long as what is announced, and then not any more */

struct _LecChannelList
{
  GObject parent_instance;

  GPtrArray *items; /* of LecChannelItem, in the order of their arrival: of their numbers */
  GHashTable *advertisements; /* LecAdvertisement (whatever its version) to its LecChannelItem */
  GHashTable *by_id; /* hash of a channel's identity to the first LecChannelItem that has it */
  LecChannelItem *current; /* (nullable): what is played */
  gint64 now;

  gint64 added;    /* that there have been */
  guint announced; /* items that the model's users know of: newer ones are announced together */
  guint changed_from, changed_to; /* items that have changed, and are to be announced together */
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

/* An item that is changed is announced as one that is replaced by itself: models that sort and
 * filter look at an item again only when it comes. */
static void
announce_changed (LecChannelList *self)
{
  const guint from = self->changed_from, n = self->changed_to - from;

  self->changed_from = self->changed_to = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), from, n, n);
}

/* Announces the items that were appended since. */
static void
announce_added (LecChannelList *self)
{
  guint from = self->announced;

  self->announced = self->items->len;
  if (self->announced > from)
    g_list_model_items_changed (G_LIST_MODEL (self), from, 0, self->announced - from);
}

static LecChannelItem *
get_item (LecChannelList *self, guint position)
{
  return g_ptr_array_index (self->items, position);
}

static guint
find_position (LecChannelList *self, LecChannelItem *item)
{
  const gint64 number = lec_channel_item_get_number (item);
  guint from = 0, to = self->items->len;

  while (to - from > 1) {
    const guint middle = from + (to - from) / 2;

    if (lec_channel_item_get_number (get_item (self, middle)) <= number)
      from = middle;
    else
      to = middle;
  }
  return from;
}

/* Neighbours are announced together, and nothing in between. */
static void
note_changed (LecChannelList *self, guint position)
{
  if (position >= self->announced)
    return;
  if (position != self->changed_to) {
    announce_changed (self);
    self->changed_from = position;
  }
  self->changed_to = position + 1;
}

static void
update_item (LecChannelList *self, LecChannelItem *item)
{
  if (lec_channel_item_update (item, self->now))
    note_changed (self, find_position (self, item));
}

static void
remove_item (LecChannelList *self, LecChannelItem *item)
{
  guint position = find_position (self, item);

  announce_changed (self);
  announce_added (self);
  g_ptr_array_remove_index (self->items, position);
  self->announced--;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static LecChannelItem *
add_item (LecChannelList *self)
{
  LecChannelItem *item = lec_channel_item_new (++self->added);

  g_ptr_array_add (self->items, item);
  return item;
}

static gpointer
hash_id (const char *id)
{
  return GUINT_TO_POINTER (g_str_hash (id));
}

/* Returns: (nullable): the first of the rows whose channel may have @id, of which each knows the
 * next */
static LecChannelItem *
get_first (LecChannelList *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, hash_id (id));
}

/* A row is found by the identity of its advertisements, which all have the same. */
static void
index_item (LecChannelList *self, const char *id, LecChannelItem *item)
{
  LecChannelItem *last = get_first (self, id);

  while (last != NULL && lec_channel_item_get_next (last) != NULL)
    last = lec_channel_item_get_next (last);
  if (last != NULL)
    lec_channel_item_set_next (last, item);
  else
    g_hash_table_insert (self->by_id, hash_id (id), item);
}

static void
unindex_item (LecChannelList *self, const char *id, LecChannelItem *item)
{
  LecChannelItem *before = get_first (self, id);
  LecChannelItem *next = lec_channel_item_get_next (item);

  if (before == item && next == NULL) {
    g_hash_table_remove (self->by_id, hash_id (id));
    return;
  }
  if (before == item) {
    g_hash_table_insert (self->by_id, hash_id (id), next);
    return;
  }
  while (lec_channel_item_get_next (before) != item)
    before = lec_channel_item_get_next (before);
  lec_channel_item_set_next (before, next);
}

static LecChannelItem *
find_suiting (LecChannelList *self, const LecAdvertisement *advertisement)
{
  const char *id = lec_channel_get_id (advertisement->channel);

  for (LecChannelItem *item = get_first (self, id); item != NULL;
       item = lec_channel_item_get_next (item)) {
    if (lec_channel_item_has_id (item, id) && lec_channel_item_suits (item, advertisement, NULL))
      return item;
  }
  return NULL;
}

static void
take_back (LecChannelList *self, LecAdvertisement *before, LecChannelItem *item)
{
  g_autoptr (LecAdvertisement) kept = lec_advertisement_ref (before);

  g_hash_table_remove (self->advertisements, kept);
  if (lec_channel_item_remove (item, kept)) {
    update_item (self, item);
  } else {
    unindex_item (self, lec_channel_get_id (kept->channel), item);
    remove_item (self, item);
  }
}

static void
add (LecChannelList *self, LecAdvertisement *advertisement)
{
  LecChannelItem *item = find_suiting (self, advertisement);

  if (item == NULL) {
    item = add_item (self);
    index_item (self, lec_channel_get_id (advertisement->channel), item);
  }
  lec_channel_item_add (item, advertisement);
  g_hash_table_insert (self->advertisements, lec_advertisement_ref (advertisement), item);
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
  announce_changed (self);
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
  const gboolean went_back = now < self->now;
  gint64 wake = 0;
  guint position = 0;

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), 0);

  self->now = now;
  while (position < self->items->len) {
    LecChannelItem *item = get_item (self, position);
    gint64 end;

    if ((went_back || lec_channel_item_is_due (item, now)) && lec_channel_item_update (item, now))
      note_changed (self, position);
    end = get_end (self, item);
    if (end != 0 && end <= now) {
      remove_opened (self, item);
      continue;
    }
    wake = get_earlier (get_earlier (wake, end), lec_channel_item_get_changes (item));
    position++;
  }
  announce_changed (self);
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
  const char *id = lec_channel_get_id (channel);
  LecChannelItem *best = NULL;

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), NULL);

  for (LecChannelItem *item = get_first (self, id); item != NULL;
       item = lec_channel_item_get_next (item)) {
    if (lec_channel_item_has_id (item, id)
        && (best == NULL || get_likeness (item, channel) > get_likeness (best, channel)))
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

  for (guint i = 0; leg != NULL && i < self->items->len; i++) {
    LecChannelItem *item = get_item (self, i);
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
  announce_changed (self);
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
  return g_object_ref (get_item (self, position));
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
  g_ptr_array_unref (self->items);
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
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->advertisements = g_hash_table_new_full (lec_advertisement_hash, lec_advertisement_is_same,
                                                (GDestroyNotify) lec_advertisement_unref, NULL);
  self->by_id = g_hash_table_new (NULL, NULL);
}
