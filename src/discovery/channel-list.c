/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/channel-list.h"

#include "discovery/channel-item-private.h"

struct _LecChannelList
{
  GObject parent_instance;

  GPtrArray *items;   /* of LecChannelItem, in the order of their coming */
  GHashTable *voices; /* key of a LecVoice to the LecVoice, both borrowed from its row */
  GHashTable *by_id;  /* of a channel to a GPtrArray of LecChannelItem (borrowed), one a voice */
  gint64 now;
  guint64 ages;

  guint announced; /* items that the model's users know of: newer ones are told of together */
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

/* Tells of the items that were appended since. */
static void
announce_added (LecChannelList *self)
{
  guint from = self->announced;

  self->announced = self->items->len;
  if (self->items->len > from)
    g_list_model_items_changed (G_LIST_MODEL (self), from, 0, self->items->len - from);
}

/* Models above sort and filter again only what is taken out and put in. */
static void
update_item (LecChannelList *self, LecChannelItem *item)
{
  guint position = lec_channel_item_get_position (item);

  if (lec_channel_item_update (item, self->now) && position < self->announced)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static void
remove_item (LecChannelList *self, LecChannelItem *item)
{
  guint position = lec_channel_item_get_position (item);

  announce_added (self);
  g_ptr_array_remove_index (self->items, position);
  for (guint i = position; i < self->items->len; i++)
    lec_channel_item_set_position (g_ptr_array_index (self->items, i), i);
  self->announced--;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static LecChannelItem *
add_item (LecChannelList *self)
{
  LecChannelItem *item = lec_channel_item_new ();

  lec_channel_item_set_position (item, self->items->len);
  g_ptr_array_add (self->items, item);
  return item;
}

/* A row is found by the identity of any of its voices. */
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
find_suiting (LecChannelList *self, const LecClaim *claim)
{
  GPtrArray *items = g_hash_table_lookup (self->by_id, lec_channel_get_id (claim->channel));

  for (guint i = 0; items != NULL && i < items->len; i++) {
    LecChannelItem *item = g_ptr_array_index (items, i);

    if (lec_channel_item_suits (item, claim->origin, claim->channel, claim->announcer, NULL))
      return item;
  }
  return NULL;
}

static char *
make_key (const LecClaim *claim)
{
  return g_strdup_printf ("%u %s", claim->origin, claim->key);
}

static void
take_back (LecChannelList *self, LecVoice *voice)
{
  LecChannelItem *item = voice->item;

  g_hash_table_remove (self->voices, voice->key);
  unindex_item (self, voice->channel, item);
  if (lec_channel_item_remove (item, voice))
    update_item (self, item);
  else
    remove_item (self, item);
}

static void
add_voice (LecChannelList *self, const LecClaim *claim)
{
  LecChannelItem *item = find_suiting (self, claim);
  LecVoice *voice = g_new0 (LecVoice, 1);

  if (item == NULL)
    item = add_item (self);
  voice->origin = claim->origin;
  voice->key = make_key (claim);
  voice->channel = lec_channel_ref (claim->channel);
  voice->announcer = g_strdup (claim->announcer);
  voice->withdrawn = claim->withdrawn;
  voice->silent = claim->silent;
  voice->age = ++self->ages;
  lec_channel_item_add (item, voice);
  g_hash_table_insert (self->voices, voice->key, voice);
  index_item (self, voice->channel, item);
  update_item (self, item);
}

static void
change_voice (LecChannelList *self, LecVoice *voice, const LecClaim *claim)
{
  LecChannel *before = voice->channel;

  if (!lec_channel_equal (before, claim->channel))
    voice->age = ++self->ages;
  voice->channel = lec_channel_ref (claim->channel);
  voice->withdrawn = claim->withdrawn;
  voice->silent = claim->silent;
  lec_channel_unref (before);
  update_item (self, voice->item);
}

/* Whether @claim says something new of the same channel. Who has repeated another's announcement
 * and now says something else has a row of their own from then on. */
static gboolean
goes_on (const LecVoice *voice, const LecClaim *claim)
{
  return g_str_equal (lec_channel_get_id (voice->channel), lec_channel_get_id (claim->channel))
         && g_strcmp0 (voice->announcer, claim->announcer) == 0
         && lec_channel_item_suits (voice->item, claim->origin, claim->channel, claim->announcer,
                                    voice);
}

static void
put (LecChannelList *self, const LecClaim *claim)
{
  g_autofree char *key = make_key (claim);
  LecVoice *voice = g_hash_table_lookup (self->voices, key);

  if (voice != NULL && claim->channel != NULL && goes_on (voice, claim)) {
    change_voice (self, voice, claim);
    return;
  }
  if (voice != NULL)
    take_back (self, voice);
  if (claim->channel != NULL)
    add_voice (self, claim);
}

void
lec_channel_list_put (LecChannelList *self, const LecClaim *claims, gsize n_claims)
{
  g_return_if_fail (LEC_IS_CHANNEL_LIST (self));

  for (gsize i = 0; i < n_claims; i++)
    put (self, &claims[i]);
  announce_added (self);
}

gint64
lec_channel_list_set_time (LecChannelList *self, gint64 now)
{
  gint64 next = 0;

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), 0);

  self->now = now;
  for (guint i = 0; i < self->items->len; i++) {
    LecChannelItem *item = g_ptr_array_index (self->items, i);
    gint64 changes;

    update_item (self, item);
    changes = lec_channel_item_get_changes (item);
    if (changes != 0)
      next = next == 0 ? changes : MIN (next, changes);
  }
  return next;
}

LecChannelItem *
lec_channel_list_open (LecChannelList *self, LecChannel *channel)
{
  const LecClaim claim
      = { LEC_CHANNEL_ORIGIN_FILE, lec_channel_get_id (channel), channel, NULL, FALSE, FALSE };
  g_autofree char *key = make_key (&claim);

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), NULL);

  lec_channel_list_put (self, &claim, 1);
  return ((LecVoice *) g_hash_table_lookup (self->voices, key))->item;
}

LecChannelItem *
lec_channel_list_find (LecChannelList *self, const LecChannel *channel)
{
  GPtrArray *items;

  g_return_val_if_fail (LEC_IS_CHANNEL_LIST (self), NULL);

  items = g_hash_table_lookup (self->by_id, lec_channel_get_id (channel));
  for (guint i = 0; items != NULL && i < items->len; i++) {
    LecChannelItem *item = g_ptr_array_index (items, i);

    if (lec_channel_equal (lec_channel_item_get_channel (item), channel))
      return item;
  }
  return items != NULL ? g_ptr_array_index (items, 0) : NULL;
}

void
lec_channel_list_set_reaching (LecChannelList *self, const LecChannel *channel, gboolean reaching)
{
  LecChannelItem *item = lec_channel_list_find (self, channel);

  if (item == NULL)
    return;
  lec_channel_item_set_reaching (item, reaching);
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

  return position < self->announced ? g_object_ref (g_ptr_array_index (self->items, position))
                                    : NULL;
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

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->voices);
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
  self->voices = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_id
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}
