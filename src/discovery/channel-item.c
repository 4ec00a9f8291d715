/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/channel-item-private.h"

#define NETWORK_ORIGINS (LEC_CHANNEL_ORIGIN_SAP | LEC_CHANNEL_ORIGIN_DNS_SD)

struct _LecChannelItem
{
  GObject parent_instance;

  GPtrArray *voices; /* of LecVoice */
  guint position;
  gboolean unreached; /* it was tried, and nothing came */

  const LecVoice *best; /* whose description is shown */
  LecChannel *channel;  /* that description */
  LecChannelState state;
  LecChannelOrigin origins;
  gint64 changes;
};

G_DEFINE_FINAL_TYPE (LecChannelItem, lec_channel_item, G_TYPE_OBJECT)

enum {
  PROP_CHANNEL = 1,
  PROP_TITLE,
  PROP_STATE,
  PROP_ORIGINS,
  PROP_ANNOUNCER,
  PROP_CHANGES,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

GType
lec_channel_state_get_type (void)
{
  static const GEnumValue values[] = {
    { LEC_CHANNEL_STATE_NOW, "LEC_CHANNEL_STATE_NOW", "now" },
    { LEC_CHANNEL_STATE_NOT_REACHING, "LEC_CHANNEL_STATE_NOT_REACHING", "not-reaching" },
    { LEC_CHANNEL_STATE_LATER, "LEC_CHANNEL_STATE_LATER", "later" },
    { LEC_CHANNEL_STATE_ENDED, "LEC_CHANNEL_STATE_ENDED", "ended" },
    { 0 },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("LecChannelState", values));
  return type;
}

GType
lec_channel_origin_get_type (void)
{
  static const GFlagsValue values[] = {
    { LEC_CHANNEL_ORIGIN_SAP, "LEC_CHANNEL_ORIGIN_SAP", "sap" },
    { LEC_CHANNEL_ORIGIN_DNS_SD, "LEC_CHANNEL_ORIGIN_DNS_SD", "dns-sd" },
    { LEC_CHANNEL_ORIGIN_FILE, "LEC_CHANNEL_ORIGIN_FILE", "file" },
    { 0 },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_flags_register_static ("LecChannelOrigin", values));
  return type;
}

static void
voice_free (LecVoice *voice)
{
  g_free (voice->key);
  g_free (voice->announcer);
  lec_channel_unref (voice->channel);
  g_free (voice);
}

LecChannelItem *
lec_channel_item_new (void)
{
  return g_object_new (LEC_TYPE_CHANNEL_ITEM, NULL);
}

void
lec_channel_item_add (LecChannelItem *self, LecVoice *voice)
{
  voice->item = self;
  g_ptr_array_add (self->voices, voice);
}

gboolean
lec_channel_item_remove (LecChannelItem *self, LecVoice *voice)
{
  if (self->best == voice)
    self->best = NULL;
  g_ptr_array_remove_fast (self->voices, voice);
  return self->voices->len > 0;
}

gboolean
lec_channel_item_suits (LecChannelItem *self,
                        LecChannelOrigin origin,
                        const LecChannel *channel,
                        const char *announcer,
                        const LecVoice *except)
{
  gboolean is_announced = FALSE;

  for (guint i = 0; i < self->voices->len; i++) {
    const LecVoice *voice = g_ptr_array_index (self->voices, i);

    if (voice == except)
      continue;
    if (origin == LEC_CHANNEL_ORIGIN_FILE || lec_channel_equal (voice->channel, channel))
      return TRUE;
    if ((voice->origin & NETWORK_ORIGINS) == 0)
      continue;
    if (g_strcmp0 (voice->announcer, announcer) == 0)
      return TRUE;
    is_announced = TRUE;
  }
  return !is_announced;
}

guint
lec_channel_item_get_position (LecChannelItem *self)
{
  return self->position;
}

void
lec_channel_item_set_position (LecChannelItem *self, guint position)
{
  self->position = position;
}

void
lec_channel_item_set_reaching (LecChannelItem *self, gboolean reaching)
{
  self->unreached = !reaching;
}

/* What is on the network is newer than any file; of equals the newest counts. */
static gboolean
is_better (const LecVoice *a, const LecVoice *b)
{
  gboolean a_announced = (a->origin & NETWORK_ORIGINS) != 0;
  gboolean b_announced = (b->origin & NETWORK_ORIGINS) != 0;

  if (a_announced != b_announced)
    return a_announced;
  if (a->withdrawn != b->withdrawn)
    return !a->withdrawn;
  return a->age > b->age;
}

static const LecVoice *
find_best (LecChannelItem *self)
{
  const LecVoice *best = g_ptr_array_index (self->voices, 0);

  for (guint i = 1; i < self->voices->len; i++) {
    const LecVoice *voice = g_ptr_array_index (self->voices, i);

    if (is_better (voice, best))
      best = voice;
  }
  return best;
}

/* Whether everybody on the network who speaks of it is silent. */
static gboolean
is_silent (LecChannelItem *self)
{
  gboolean silent = FALSE;

  for (guint i = 0; i < self->voices->len; i++) {
    const LecVoice *voice = g_ptr_array_index (self->voices, i);

    if ((voice->origin & NETWORK_ORIGINS) != 0 && !voice->silent)
      return FALSE;
    silent |= voice->silent;
  }
  return silent;
}

static LecChannelState
find_state (LecChannelItem *self, gint64 now, gint64 *changes)
{
  *changes = 0;
  if (self->best->withdrawn)
    return LEC_CHANNEL_STATE_ENDED;
  switch (lec_schedule_get_airing (lec_channel_get_info (self->best->channel)->schedule, now,
                                   changes)) {
  case LEC_AIRING_LATER:
    return LEC_CHANNEL_STATE_LATER;
  case LEC_AIRING_ENDED:
    return LEC_CHANNEL_STATE_ENDED;
  case LEC_AIRING_NOW:
  default:
    return self->unreached || is_silent (self) ? LEC_CHANNEL_STATE_NOT_REACHING
                                               : LEC_CHANNEL_STATE_NOW;
  }
}

/* Takes over the description of @best; returns whether another one is shown than before. */
static gboolean
show (LecChannelItem *self, const LecVoice *best)
{
  LecChannel *before = self->channel;
  gboolean same = before != NULL && lec_channel_equal (before, best->channel);

  if (!same && before != NULL)
    self->unreached = FALSE; /* what was tried was another one */
  self->best = best;
  self->channel = lec_channel_ref (best->channel);
  lec_channel_unref (before);
  return !same;
}

static void
notify_if (LecChannelItem *self, gboolean changed, guint property)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

gboolean
lec_channel_item_update (LecChannelItem *self, gint64 now)
{
  LecChannelState state = self->state;
  LecChannelOrigin origins = self->origins;
  gint64 changes = self->changes;
  gboolean is_other = show (self, find_best (self));

  self->state = find_state (self, now, &self->changes);
  self->origins = 0;
  for (guint i = 0; i < self->voices->len; i++)
    self->origins |= ((const LecVoice *) g_ptr_array_index (self->voices, i))->origin;

  g_object_freeze_notify (G_OBJECT (self));
  notify_if (self, is_other, PROP_CHANNEL);
  notify_if (self, is_other, PROP_TITLE);
  notify_if (self, is_other, PROP_ANNOUNCER);
  notify_if (self, state != self->state, PROP_STATE);
  notify_if (self, origins != self->origins, PROP_ORIGINS);
  notify_if (self, changes != self->changes, PROP_CHANGES);
  g_object_thaw_notify (G_OBJECT (self));
  return is_other || state != self->state || origins != self->origins;
}

LecChannel *
lec_channel_item_get_channel (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), NULL);

  return self->channel;
}

const char *
lec_channel_item_get_title (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), NULL);

  return lec_channel_get_title (self->channel);
}

LecChannelState
lec_channel_item_get_state (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), LEC_CHANNEL_STATE_ENDED);

  return self->state;
}

gboolean
lec_channel_item_is_withdrawn (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), FALSE);

  return self->best->withdrawn;
}

LecChannelOrigin
lec_channel_item_get_origins (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), 0);

  return self->origins;
}

const char *
lec_channel_item_get_announcer (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), NULL);

  return self->best->announcer;
}

gint64
lec_channel_item_get_changes (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), 0);

  return self->changes;
}

static void
lec_channel_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LecChannelItem *self = LEC_CHANNEL_ITEM (object);

  switch (id) {
  case PROP_CHANNEL:
    g_value_set_boxed (value, self->channel);
    break;
  case PROP_TITLE:
    g_value_set_string (value, lec_channel_get_title (self->channel));
    break;
  case PROP_STATE:
    g_value_set_enum (value, (int) self->state);
    break;
  case PROP_ORIGINS:
    g_value_set_flags (value, self->origins);
    break;
  case PROP_ANNOUNCER:
    g_value_set_string (value, self->best->announcer);
    break;
  case PROP_CHANGES:
    g_value_set_int64 (value, self->changes);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_channel_item_finalize (GObject *object)
{
  LecChannelItem *self = LEC_CHANNEL_ITEM (object);

  g_ptr_array_unref (self->voices);
  lec_channel_unref (self->channel);
  G_OBJECT_CLASS (lec_channel_item_parent_class)->finalize (object);
}

static void
lec_channel_item_class_init (LecChannelItemClass *class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = lec_channel_item_get_property;
  object_class->finalize = lec_channel_item_finalize;

  properties[PROP_CHANNEL] = g_param_spec_boxed ("channel", NULL, NULL, LEC_TYPE_CHANNEL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LEC_TYPE_CHANNEL_STATE,
                                              LEC_CHANNEL_STATE_NOW, flags);
  properties[PROP_ORIGINS]
      = g_param_spec_flags ("origins", NULL, NULL, LEC_TYPE_CHANNEL_ORIGIN, 0, flags);
  properties[PROP_ANNOUNCER] = g_param_spec_string ("announcer", NULL, NULL, NULL, flags);
  properties[PROP_CHANGES] = g_param_spec_int64 ("changes", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lec_channel_item_init (LecChannelItem *self)
{
  self->voices = g_ptr_array_new_with_free_func ((GDestroyNotify) voice_free);
}
