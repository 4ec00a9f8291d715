/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/channel-item-private.h"

#include <string.h>

struct _LecChannelItem
{
  GObject parent_instance;

  LecAdvertisement **advertisements; /* the newest last */
  guint n_advertisements;
  LecChannelItem *next;   /* (nullable): borrowed */
  gint64 number;          /* of rows, as they came */
  gboolean arrives;       /* it plays just now, and comes */
  gboolean was_left;      /* since it was updated */
  gboolean unreached;     /* it was tried, and nothing came */
  gint64 unreached_since; /* [s since 1970] */

  const LecAdvertisement *best; /* whose description is shown */
  LecChannel *channel;          /* that description */
  LecChannel *newer;            /* (nullable) */
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
  PROP_NEWER,
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

LecChannelItem *
lec_channel_item_new (gint64 number)
{
  LecChannelItem *self = g_object_new (LEC_TYPE_CHANNEL_ITEM, NULL);

  self->number = number;
  return self;
}

/* Most rows have one advertisement, and there are thousands of rows. */
void
lec_channel_item_add (LecChannelItem *self, LecAdvertisement *advertisement)
{
  self->advertisements
      = g_renew (LecAdvertisement *, self->advertisements, self->n_advertisements + 1);
  self->advertisements[self->n_advertisements++] = lec_advertisement_ref (advertisement);
}

static guint
find_advertisement (LecChannelItem *self, const LecAdvertisement *advertisement)
{
  guint i = 0;

  while (i < self->n_advertisements && self->advertisements[i] != advertisement)
    i++;
  return i;
}

gboolean
lec_channel_item_remove (LecChannelItem *self, LecAdvertisement *advertisement)
{
  const guint i = find_advertisement (self, advertisement);

  g_return_val_if_fail (i < self->n_advertisements, TRUE);

  if (self->best == advertisement)
    self->best = NULL;
  self->n_advertisements--;
  memmove (self->advertisements + i, self->advertisements + i + 1,
           (self->n_advertisements - i) * sizeof *self->advertisements);
  lec_advertisement_unref (advertisement);
  return self->n_advertisements > 0;
}

/* What is repeated in other words is new, and what only falls silent is not. */
void
lec_channel_item_replace (LecChannelItem *self, LecAdvertisement *before, LecAdvertisement *after)
{
  const guint i = find_advertisement (self, before);

  g_return_if_fail (i < self->n_advertisements);

  if (self->best == before)
    self->best = NULL;
  if (lec_channel_equal (before->channel, after->channel)) {
    self->advertisements[i] = lec_advertisement_ref (after);
    lec_advertisement_unref (before);
  } else {
    lec_channel_item_add (self, after);
    lec_channel_item_remove (self, before);
  }
}

/* Whether the announcement says which host it is from. Programs that do not care write the same for
 * everybody. */
static gboolean
names_its_host (const LecChannel *channel)
{
  const char *origin = lec_channel_get_info (channel)->origin;

  return origin != NULL && !g_str_has_prefix (origin, "127.") && strcmp (origin, "::1") != 0
         && strcmp (origin, "localhost") != 0;
}

/* Whether two that promise the same are two stations, each of which announces itself. */
static gboolean
are_two (const LecChannel *a, const LecChannel *b)
{
  const char *one = lec_channel_get_announcer (a), *other = lec_channel_get_announcer (b);

  return one != NULL && other != NULL && strcmp (one, other) != 0 && !names_its_host (a);
}

gboolean
lec_channel_item_suits (LecChannelItem *self,
                        const LecAdvertisement *advertisement,
                        const LecAdvertisement *except)
{
  gboolean is_announced = FALSE;

  for (guint i = 0; i < self->n_advertisements; i++) {
    const LecAdvertisement *other = self->advertisements[i];

    if (other == except)
      continue;
    if (!lec_advertisement_is_announced (advertisement)
        || (lec_channel_equal (other->channel, advertisement->channel)
            && !are_two (other->channel, advertisement->channel)))
      return TRUE;
    if (!lec_advertisement_is_announced (other))
      continue;
    if (g_strcmp0 (other->announcer, advertisement->announcer) == 0)
      return TRUE;
    is_announced = TRUE;
  }
  return !is_announced;
}

gboolean
lec_channel_item_has_id (LecChannelItem *self, const char *id)
{
  return g_str_equal (lec_channel_get_id (self->advertisements[0]->channel), id);
}

LecChannelItem *
lec_channel_item_get_next (LecChannelItem *self)
{
  return self->next;
}

void
lec_channel_item_set_next (LecChannelItem *self, LecChannelItem *next)
{
  self->next = next;
}

gint64
lec_channel_item_get_number (LecChannelItem *self)
{
  return self->number;
}

void
lec_channel_item_set_reaching (LecChannelItem *self, gboolean reaching, gint64 now)
{
  if (!reaching && !self->unreached)
    self->unreached_since = now;
  self->unreached = !reaching;
  self->arrives = reaching;
}

void
lec_channel_item_leave (LecChannelItem *self)
{
  self->arrives = FALSE;
  self->was_left = TRUE;
}

gboolean
lec_channel_item_is_due (LecChannelItem *self, gint64 now)
{
  return self->was_left || (self->changes != 0 && self->changes <= now);
}

gboolean
lec_channel_item_is_unreached (LecChannelItem *self, gint64 *since)
{
  *since = self->unreached_since;
  return self->unreached;
}

static gboolean
is_withdrawn (const LecAdvertisement *advertisement)
{
  return (advertisement->flags & LEC_ADVERTISEMENT_WITHDRAWN) != 0;
}

static int
get_rank (const LecAdvertisement *advertisement)
{
  if (advertisement->origin == LEC_CHANNEL_ORIGIN_KEPT)
    return 0;
  return lec_advertisement_is_announced (advertisement) ? 1 : 2;
}

/* What the viewer has opened goes before what is on the network, and that before what was kept; @a
 * is newer than @b. */
static gboolean
is_better (const LecAdvertisement *a, const LecAdvertisement *b)
{
  const int rank = get_rank (a), other = get_rank (b);

  if (rank != other)
    return rank > other;
  return !is_withdrawn (a) || is_withdrawn (b);
}

static const LecAdvertisement *
find_best (LecChannelItem *self)
{
  const LecAdvertisement *best = self->advertisements[0];

  for (guint i = 1; i < self->n_advertisements; i++) {
    const LecAdvertisement *newer = self->advertisements[i];

    if (is_better (newer, best))
      best = newer;
  }
  return best;
}

/* Whether everybody on the network who advertises it is silent. */
static gboolean
is_silent (LecChannelItem *self)
{
  gboolean silent = FALSE;

  for (guint i = 0; i < self->n_advertisements; i++) {
    const LecAdvertisement *one = self->advertisements[i];
    gboolean is_one_silent = (one->flags & LEC_ADVERTISEMENT_SILENT) != 0;

    if (lec_advertisement_is_announced (one) && !is_one_silent)
      return FALSE;
    silent |= is_one_silent;
  }
  return silent;
}

/* Whether all on the network who have announced the shown description have withdrawn it. */
static gboolean
is_over (LecChannelItem *self)
{
  gboolean over = FALSE;

  for (guint i = 0; i < self->n_advertisements; i++) {
    const LecAdvertisement *one = self->advertisements[i];

    if (!lec_advertisement_is_announced (one)
        || !lec_channel_equal (one->channel, self->best->channel))
      continue;
    if (!is_withdrawn (one))
      return FALSE;
    over = TRUE;
  }
  return over;
}

static LecChannelState
find_state (LecChannelItem *self, gint64 now, gint64 *changes)
{
  *changes = 0;
  if (is_over (self))
    return LEC_CHANNEL_STATE_ENDED;
  switch (lec_schedule_get_airing (lec_channel_get_info (self->best->channel)->schedule, now,
                                   changes)) {
  case LEC_AIRING_LATER:
    return LEC_CHANNEL_STATE_LATER;
  case LEC_AIRING_ENDED:
    return LEC_CHANNEL_STATE_ENDED;
  case LEC_AIRING_NOW:
  default:
    return self->unreached || (is_silent (self) && !self->arrives) ? LEC_CHANNEL_STATE_NOT_REACHING
                                                                   : LEC_CHANNEL_STATE_NOW;
  }
}

/* Takes over the description of @best; returns whether another one is shown than before. */
static gboolean
show (LecChannelItem *self, const LecAdvertisement *best)
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

/* What is announced of a channel that the viewer has opened, where that is a newer version. */
static LecChannel *
find_newer (LecChannelItem *self)
{
  const guint64 version = lec_channel_get_info (self->channel)->version;

  if (lec_advertisement_is_announced (self->best) || version == 0)
    return NULL;
  for (guint i = self->n_advertisements; i-- > 0;) {
    const LecAdvertisement *one = self->advertisements[i];

    if (lec_advertisement_is_announced (one) && !is_withdrawn (one)
        && lec_channel_get_info (one->channel)->version > version
        && !lec_channel_equal (one->channel, self->channel))
      return one->channel;
  }
  return NULL;
}

static gboolean
set_newer (LecChannelItem *self, LecChannel *newer)
{
  LecChannel *before = self->newer;
  gboolean is_other
      = before != newer && (before == NULL || newer == NULL || !lec_channel_equal (before, newer));

  self->newer = newer != NULL ? lec_channel_ref (newer) : NULL;
  lec_channel_unref (before);
  return is_other;
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
  gboolean has_other_newer = set_newer (self, find_newer (self));

  self->was_left = FALSE;
  self->state = find_state (self, now, &self->changes);
  self->origins = 0;
  for (guint i = 0; i < self->n_advertisements; i++)
    self->origins |= self->advertisements[i]->origin;

  g_object_freeze_notify (G_OBJECT (self));
  notify_if (self, is_other, PROP_CHANNEL);
  notify_if (self, is_other, PROP_TITLE);
  notify_if (self, is_other, PROP_ANNOUNCER);
  notify_if (self, state != self->state, PROP_STATE);
  notify_if (self, origins != self->origins, PROP_ORIGINS);
  notify_if (self, changes != self->changes, PROP_CHANGES);
  notify_if (self, has_other_newer, PROP_NEWER);
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

  return is_over (self);
}

LecChannel *
lec_channel_item_get_newer (LecChannelItem *self)
{
  g_return_val_if_fail (LEC_IS_CHANNEL_ITEM (self), NULL);

  return self->newer;
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
  case PROP_NEWER:
    g_value_set_boxed (value, self->newer);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_channel_item_finalize (GObject *object)
{
  LecChannelItem *self = LEC_CHANNEL_ITEM (object);

  for (guint i = 0; i < self->n_advertisements; i++)
    lec_advertisement_unref (self->advertisements[i]);
  g_free (self->advertisements);
  lec_channel_unref (self->channel);
  lec_channel_unref (self->newer);
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
  properties[PROP_NEWER] = g_param_spec_boxed ("newer", NULL, NULL, LEC_TYPE_CHANNEL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lec_channel_item_init (LecChannelItem *self)
{
}
