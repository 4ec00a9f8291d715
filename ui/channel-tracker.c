/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-tracker.h"

#define CHANGES_US                                                                                 \
  (2 * G_TIME_SPAN_SECOND) /* at least, from one change that is followed to the next */

struct _LecChannelTracker
{
  GObject parent_instance;

  /* owned */
  LecPlayer *player;
  LecChannelList *list;
  LecChannelItem *item; /* (nullable): row of the player's channel, also when it is stopped */
  char *announcer;      /* (nullable): of the description; NULL: not announced on the network */

  guint change;    /* source that follows a change; 0: nothing has changed */
  guint announced; /* source that plays what was an address only; 0: none */
  gint64 changed_us;
  gboolean follows;
};

enum {
  PROP_PLAYING = 1,
  PROP_FOLLOWS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint channel_updated_signal, newer_announced_signal;

G_DEFINE_FINAL_TYPE (LecChannelTracker, lec_channel_tracker, G_TYPE_OBJECT)

static gboolean
is_on (LecChannelTracker *self)
{
  return lec_player_state_is_on (lec_player_get_state (self->player));
}

/* Whether both have the same alternatives, whatever else differs. */
static gboolean
has_same_alternatives (const LecChannel *a, const LecChannel *b)
{
  g_autoptr (LecChannelInfo) first = lec_channel_info_copy (lec_channel_get_info (a));
  g_autoptr (LecChannelInfo) second = lec_channel_info_copy (lec_channel_get_info (b));
  GPtrArray *alternatives = second->alternatives;

  second->alternatives = first->alternatives;
  first->alternatives = alternatives;
  return lec_channel_info_equal (second, lec_channel_get_info (b));
}

/* Any host can announce anything under any title: only the announcer of the channel so far may move
 * its viewers elsewhere. A channel from a file has no announcer yet. */
static gboolean
may_change (LecChannelTracker *self)
{
  return self->item != NULL && !lec_channel_item_is_withdrawn (self->item)
         && (self->announcer == NULL
             || g_strcmp0 (self->announcer, lec_channel_item_get_announcer (self->item)) == 0);
}

static void
remember_announcer (LecChannelTracker *self)
{
  g_free (self->announcer);
  self->announcer = g_strdup (lec_channel_item_get_announcer (self->item));
}

static gboolean
change_cb (gpointer data)
{
  LecChannelTracker *self = data;
  g_autoptr (LecChannel) channel = NULL;

  self->change = 0;
  if (!self->follows || !is_on (self) || !may_change (self))
    return G_SOURCE_REMOVE;

  channel = lec_channel_ref (lec_channel_item_get_channel (self->item));
  remember_announcer (self);
  if (!has_same_alternatives (channel, lec_player_get_channel (self->player))) {
    self->changed_us = g_get_monotonic_time ();
    lec_player_play (self->player, channel);
    g_signal_emit (self, channel_updated_signal, 0);
  }
  return G_SOURCE_REMOVE;
}

/* Not at once, as the list is being changed; and not too often, should an announcement change all
 * the time. */
static void
item_changed_cb (LecChannelTracker *self)
{
  const gint64 wait_us = self->changed_us + CHANGES_US - g_get_monotonic_time ();

  if (self->change == 0)
    self->change = g_timeout_add (wait_us > 0 ? (guint) (wait_us / 1000) : 0, change_cb, self);
}

/* Withdrawing is for whoever announces, as changing is. */
static void
tell_withdrawn (LecChannelTracker *self)
{
  lec_player_set_withdrawn (
      self->player,
      self->item != NULL && lec_channel_item_is_withdrawn (self->item)
          && g_strcmp0 (self->announcer, lec_channel_item_get_announcer (self->item)) == 0);
}

static void
newer_cb (LecChannelTracker *self)
{
  if (lec_channel_item_get_newer (self->item) != NULL && is_on (self))
    g_signal_emit (self, newer_announced_signal, 0);
}

/* Whoever wants it believes the announcer. */
void
lec_channel_tracker_use_newer (LecChannelTracker *self)
{
  LecChannel *newer;

  g_return_if_fail (LEC_IS_CHANNEL_TRACKER (self));

  newer = self->item != NULL ? lec_channel_item_get_newer (self->item) : NULL;
  if (newer == NULL)
    return;
  newer = lec_channel_ref (newer);
  lec_channel_list_close (self->list, lec_channel_item_get_channel (self->item));
  lec_player_play (self->player, newer);
  lec_channel_unref (newer);
}

static void
set_item (LecChannelTracker *self, LecChannelItem *item)
{
  if (self->item == item)
    return;

  g_clear_handle_id (&self->change, g_source_remove);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item != NULL) {
    remember_announcer (self);
    g_signal_connect_object (item, "notify::channel", G_CALLBACK (item_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (item, "notify::state", G_CALLBACK (tell_withdrawn), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (item, "notify::newer", G_CALLBACK (newer_cb), self, G_CONNECT_SWAPPED);
    newer_cb (self);
  }
  lec_channel_list_set_current (self->list, item);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

static void
channel_cb (LecChannelTracker *self)
{
  const LecChannel *channel = lec_player_get_channel (self->player);

  set_item (self, channel != NULL ? lec_channel_list_find (self->list, channel) : NULL);
  tell_withdrawn (self);
}

/* As lec_channel_list_open() does, but in one change: a playlist may have thousands. */
static void
open_all (LecChannelTracker *self, GPtrArray *channels)
{
  g_autoptr (GPtrArray) opened
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_advertisement_unref);

  for (guint i = 0; i < channels->len; i++) {
    LecChannel *channel = g_ptr_array_index (channels, i);

    if (lec_channel_list_find_announced (self->list, channel) != NULL)
      continue; /* it has a row already, which says more */
    g_ptr_array_add (opened,
                     lec_advertisement_new (LEC_CHANNEL_ORIGIN_FILE, lec_channel_get_id (channel),
                                            channel, NULL, LEC_ADVERTISEMENT_CURRENT));
  }
  lec_channel_list_put (self->list, (LecAdvertisement **) opened->pdata, opened->len);
}

static void
channels_cb (LecChannelTracker *self)
{
  GPtrArray *channels = lec_player_get_channels (self->player);

  if (channels != NULL)
    open_all (self, channels);
  channel_cb (self);
}

static LecChannel *
known_cb (const LecChannel *channel, gpointer data)
{
  LecChannelTracker *self = data;

  return lec_channel_list_find_announced (self->list, channel);
}

/* An address that plays needs no announcement. */
static gboolean
may_be_announced (LecChannelTracker *self)
{
  return lec_player_get_channel (self->player) != NULL && is_on (self)
         && lec_player_get_state (self->player) != LEC_PLAYER_PLAYING;
}

static gboolean
announced_cb (gpointer data)
{
  LecChannelTracker *self = data;

  self->announced = 0;
  if (may_be_announced (self)
      && lec_channel_list_find_announced (self->list, lec_player_get_channel (self->player))
             != NULL)
    lec_player_play (self->player, lec_player_get_channel (self->player));
  return G_SOURCE_REMOVE;
}

/* A row may be replaced by another one, and a channel from a file may be announced too. */
static void
items_changed_cb (LecChannelTracker *self)
{
  const LecChannel *channel = lec_player_get_channel (self->player);
  LecChannelItem *item = channel != NULL ? lec_channel_list_find (self->list, channel) : NULL;

  if (self->announced == 0 && may_be_announced (self))
    self->announced = g_idle_add (announced_cb, self);
  if (item == NULL || !lec_channel_equal (lec_channel_item_get_channel (item), channel))
    return;

  set_item (self, item);
  if (self->announcer == NULL)
    remember_announcer (self);
  tell_withdrawn (self);
}

static void
state_cb (LecChannelTracker *self)
{
  const LecPlayerState state = lec_player_get_state (self->player);
  const LecChannel *channel = lec_player_get_channel (self->player);

  if (self->item != NULL && channel != NULL
      && (state == LEC_PLAYER_PLAYING || state == LEC_PLAYER_SILENT)
      && lec_channel_equal (lec_channel_item_get_channel (self->item), channel))
    lec_channel_list_set_reaching (self->list, channel, state == LEC_PLAYER_PLAYING);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

LecChannelTracker *
lec_channel_tracker_new (LecPlayer *player, LecChannelList *list)
{
  LecChannelTracker *self = g_object_new (LEC_TYPE_CHANNEL_TRACKER, NULL);
  const struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } signals[] = {
    { player, "notify::channel", G_CALLBACK (channel_cb) },
    { player, "notify::channels", G_CALLBACK (channels_cb) },
    { player, "notify::state", G_CALLBACK (state_cb) },
    { list, "items-changed", G_CALLBACK (items_changed_cb) },
  };

  self->player = g_object_ref (player);
  self->list = g_object_ref (list);
  lec_player_set_known_func (player, known_cb, self);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (signals[i].object, signals[i].signal, signals[i].callback, self,
                             G_CONNECT_SWAPPED);
  channels_cb (self);
  return self;
}

LecChannel *
lec_channel_tracker_get_channel (LecChannelTracker *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_TRACKER (self), NULL);

  return may_change (self) ? lec_channel_item_get_channel (self->item)
                           : lec_player_get_channel (self->player);
}

static void
lec_channel_tracker_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecChannelTracker *self = LEC_CHANNEL_TRACKER (object);

  switch (id) {
  case PROP_PLAYING:
    g_value_set_object (value, is_on (self) ? self->item : NULL);
    break;
  case PROP_FOLLOWS:
    g_value_set_boolean (value, self->follows);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_channel_tracker_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecChannelTracker *self = LEC_CHANNEL_TRACKER (object);

  switch (id) {
  case PROP_FOLLOWS:
    self->follows = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_channel_tracker_dispose (GObject *object)
{
  LecChannelTracker *self = LEC_CHANNEL_TRACKER (object);

  g_clear_handle_id (&self->change, g_source_remove);
  g_clear_handle_id (&self->announced, g_source_remove);
  if (self->player != NULL)
    lec_player_set_known_func (self->player, NULL, NULL);
  if (self->list != NULL)
    lec_channel_list_set_current (self->list, NULL);
  g_clear_object (&self->player);
  g_clear_object (&self->list);
  g_clear_object (&self->item);
  g_clear_pointer (&self->announcer, g_free);

  G_OBJECT_CLASS (lec_channel_tracker_parent_class)->dispose (object);
}

static void
lec_channel_tracker_class_init (LecChannelTrackerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = lec_channel_tracker_get_property;
  object_class->set_property = lec_channel_tracker_set_property;
  object_class->dispose = lec_channel_tracker_dispose;

  props[PROP_PLAYING] = g_param_spec_object ("playing", NULL, NULL, LEC_TYPE_CHANNEL_ITEM,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_FOLLOWS] = g_param_spec_boolean ("follows", NULL, NULL, TRUE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  channel_updated_signal = g_signal_new ("channel-updated", LEC_TYPE_CHANNEL_TRACKER,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  newer_announced_signal = g_signal_new ("newer-announced", LEC_TYPE_CHANNEL_TRACKER,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_channel_tracker_init (LecChannelTracker *self)
{
  self->follows = TRUE;
}
