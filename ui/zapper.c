/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/zapper.h"

#define PAUSE_MS 1000 /* for a second digit */

struct _LecZapper
{
  GObject parent_instance;

  /* owned */
  GListModel *channels;
  LecChannelItem *last; /* (nullable) */
  char *typed;          /* (nullable) */

  guint pause; /* source that ends the number; 0: none is typed */
};

enum {
  PROP_TYPED = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint chosen_signal;

G_DEFINE_FINAL_TYPE (LecZapper, lec_zapper, G_TYPE_OBJECT)

static void
choose (LecZapper *self, LecChannelItem *item)
{
  g_set_object (&self->last, item);
  g_signal_emit (self, chosen_signal, 0, item);
}

static gboolean
is_on_air (LecChannelItem *item)
{
  const LecChannelState state = lec_channel_item_get_state (item);

  return state == LEC_CHANNEL_STATE_NOW || state == LEC_CHANNEL_STATE_NOT_REACHING;
}

/* Returns: its place; @n: it is not shown */
static guint
find_place (LecZapper *self, LecChannelItem *item, guint n)
{
  for (guint i = 0; item != NULL && i < n; i++) {
    g_autoptr (LecChannelItem) one = g_list_model_get_item (self->channels, i);

    if (one == item)
      return i;
  }
  return n;
}

LecChannelItem *
lec_zapper_find (LecZapper *self, LecChannelItem *from, int step)
{
  guint n, place;

  g_return_val_if_fail (LEC_IS_ZAPPER (self), NULL);
  g_return_val_if_fail (step == 1 || step == -1, NULL);

  n = g_list_model_get_n_items (self->channels);
  place = find_place (self, from != NULL ? from : self->last, n);
  /* from nowhere, forwards is to the first one, and backwards to the last */
  if (place == n && step > 0)
    place = n - 1;
  for (guint i = 0; i < n; i++) {
    g_autoptr (LecChannelItem) item = NULL;

    place = step > 0 ? (place + 1) % n : (place + n - 1) % n;
    item = g_list_model_get_item (self->channels, place);
    if (is_on_air (item))
      return item != from ? g_steal_pointer (&item) : NULL;
  }
  return NULL;
}

void
lec_zapper_step (LecZapper *self, LecChannelItem *from, int step)
{
  g_autoptr (LecChannelItem) item = lec_zapper_find (self, from, step);

  if (item != NULL)
    choose (self, item);
}

static void
set_typed (LecZapper *self, const char *typed)
{
  g_free (self->typed);
  self->typed = g_strdup (typed);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TYPED]);
}

static void
choose_number (LecZapper *self, guint number)
{
  g_autoptr (LecChannelItem) item
      = number > 0 ? g_list_model_get_item (self->channels, number - 1) : NULL;

  g_clear_handle_id (&self->pause, g_source_remove);
  set_typed (self, NULL);
  if (item != NULL)
    choose (self, item);
}

static gboolean
pause_cb (gpointer data)
{
  LecZapper *self = data;

  self->pause = 0;
  choose_number (self, (guint) g_ascii_strtoull (self->typed, NULL, 10));
  return G_SOURCE_REMOVE;
}

void
lec_zapper_type (LecZapper *self, guint digit)
{
  g_autofree char *typed = NULL;
  guint number;

  g_return_if_fail (LEC_IS_ZAPPER (self));
  g_return_if_fail (digit < 10);

  typed = g_strdup_printf ("%s%u", self->typed != NULL ? self->typed : "", digit);
  number = (guint) g_ascii_strtoull (typed, NULL, 10);
  if (self->typed != NULL || number * 10 > g_list_model_get_n_items (self->channels)) {
    choose_number (self, number);
    return;
  }
  set_typed (self, typed);
  self->pause = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
lec_zapper_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  switch (id) {
  case PROP_TYPED:
    g_value_set_string (value, LEC_ZAPPER (object)->typed);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_zapper_dispose (GObject *object)
{
  LecZapper *self = LEC_ZAPPER (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->channels);
  g_clear_object (&self->last);
  g_clear_pointer (&self->typed, g_free);

  G_OBJECT_CLASS (lec_zapper_parent_class)->dispose (object);
}

static void
lec_zapper_class_init (LecZapperClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = lec_zapper_get_property;
  object_class->dispose = lec_zapper_dispose;

  props[PROP_TYPED]
      = g_param_spec_string ("typed", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  chosen_signal = g_signal_new ("chosen", LEC_TYPE_ZAPPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, LEC_TYPE_CHANNEL_ITEM);
}

static void
lec_zapper_init (LecZapper *self)
{
}

LecZapper *
lec_zapper_new (GListModel *channels)
{
  LecZapper *self = g_object_new (LEC_TYPE_ZAPPER, NULL);

  self->channels = g_object_ref (channels);
  return self;
}
