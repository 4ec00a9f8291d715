/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/favourites.h"

#include "ui/kept-channel.h"

#define KEY "favourites"
#define MAX_KEPT 200

struct _LecFavourites
{
  GObject parent_instance;

  /* owned */
  LecChannelList *list;
  GSettings *settings;
  GHashTable *texts; /* identity to description */

  guint refreshing; /* source that looks for changed announcements; 0: nothing has changed */
};

G_DEFINE_FINAL_TYPE (LecFavourites, lec_favourites, G_TYPE_OBJECT)

/* @channel: (nullable): NULL: it is kept no longer */
static void
put (LecFavourites *self, const char *id, LecChannel *channel)
{
  g_autoptr (LecAdvertisement) kept = lec_advertisement_new (LEC_CHANNEL_ORIGIN_KEPT, id, channel,
                                                             NULL, LEC_ADVERTISEMENT_CURRENT);

  lec_channel_list_put (self->list, &kept, 1);
}

static void
load (LecFavourites *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, KEY);
  const char *id, *text;
  GVariantIter iter;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&s)", &id, &text)
         && g_hash_table_size (self->texts) < MAX_KEPT) {
    g_autoptr (LecChannel) channel = lec_kept_channel_parse (text);

    /* what is not understood any more is not lost */
    g_hash_table_insert (self->texts, g_strdup (id), g_strdup (text));
    if (channel != NULL)
      put (self, id, channel);
  }
}

static void
save (LecFavourites *self)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer id, text;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &id, &text))
    g_variant_builder_add (&builder, "(ss)", id, text);
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

gboolean
lec_favourites_toggle (LecFavourites *self, LecChannelItem *item)
{
  g_autoptr (LecChannel) channel = NULL, described = NULL;
  g_autofree char *text = NULL;
  const char *id;

  g_return_val_if_fail (LEC_IS_FAVOURITES (self), FALSE);

  channel = lec_channel_ref (lec_channel_item_get_channel (item));
  text = lec_kept_channel_print (channel);
  described = text != NULL ? lec_kept_channel_parse (text) : NULL;
  if (described == NULL)
    return FALSE;
  /* that by which its description is known again, which may not be the channel's own */
  id = lec_channel_get_id (described);
  if (g_hash_table_remove (self->texts, id)) {
    put (self, id, NULL);
    save (self);
    return TRUE;
  }
  if (!g_utf8_validate (text, -1, NULL) || !g_utf8_validate (id, -1, NULL)
      || g_hash_table_size (self->texts) >= MAX_KEPT)
    return FALSE;
  g_hash_table_insert (self->texts, g_strdup (id), g_steal_pointer (&text));
  put (self, id, channel);
  save (self);
  return TRUE;
}

/* ---- what the station changes ---- */

/* Returns: whether @item is kept, and announced otherwise than it is remembered */
static gboolean
refresh (LecFavourites *self, LecChannelItem *item)
{
  const LecChannelOrigin origins = lec_channel_item_get_origins (item);
  LecChannel *channel = lec_channel_item_get_channel (item);
  g_autofree char *text = NULL;
  g_autoptr (LecChannel) described = NULL;
  const char *id, *kept;

  if ((origins & LEC_CHANNEL_ORIGIN_KEPT) == 0
      || (origins & (LEC_CHANNEL_ORIGIN_SAP | LEC_CHANNEL_ORIGIN_DNS_SD)) == 0)
    return FALSE;
  text = lec_kept_channel_print (channel);
  described = text != NULL ? lec_kept_channel_parse (text) : NULL;
  if (described == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  id = lec_channel_get_id (described);
  kept = g_hash_table_lookup (self->texts, id);
  if (kept == NULL || g_str_equal (kept, text))
    return FALSE;
  g_hash_table_insert (self->texts, g_strdup (id), g_strdup (text));
  put (self, id, channel);
  return TRUE;
}

static gboolean
refreshing_cb (gpointer data)
{
  LecFavourites *self = data;
  gboolean changed = FALSE;

  self->refreshing = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

    changed |= refresh (self, item);
  }
  if (changed)
    save (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the list is being changed. */
static void
changed_cb (LecFavourites *self)
{
  if (self->refreshing == 0 && g_hash_table_size (self->texts) > 0)
    self->refreshing = g_idle_add (refreshing_cb, self);
}

static void
lec_favourites_finalize (GObject *object)
{
  LecFavourites *self = LEC_FAVOURITES (object);

  g_clear_handle_id (&self->refreshing, g_source_remove);

  g_clear_object (&self->list);
  g_clear_object (&self->settings);
  g_hash_table_unref (self->texts);

  G_OBJECT_CLASS (lec_favourites_parent_class)->finalize (object);
}

static void
lec_favourites_class_init (LecFavouritesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_favourites_finalize;
}

static void
lec_favourites_init (LecFavourites *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

LecFavourites *
lec_favourites_new (LecChannelList *list, GSettings *settings)
{
  LecFavourites *self = g_object_new (LEC_TYPE_FAVOURITES, NULL);

  self->list = g_object_ref (list);
  self->settings = g_object_ref (settings);
  load (self);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
