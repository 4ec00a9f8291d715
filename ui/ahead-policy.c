/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/ahead-policy.h"

#include <glib/gi18n.h>

struct _LecAheadPolicy
{
  GObject parent_instance;

  /* borrowed: both are the window's, as this is */
  LecPlayer *player;
  LecChannelSidebar *sidebar;

  gboolean joins, metered;
};

enum {
  PROP_JOINS = 1,
  PROP_METERED,
  PROP_COST,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecAheadPolicy, lec_ahead_policy, G_TYPE_OBJECT)

static void
cost_cb (LecAheadPolicy *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COST]);
}

/* While another channel is waited for, what is joined stays as it is. */
static void
likely_cb (LecAheadPolicy *self)
{
  g_autoptr (GPtrArray) channels = NULL;

  if (self->player == NULL || !self->joins || self->metered
      || lec_player_get_state (self->player) != LEC_PLAYER_PLAYING)
    return;
  channels = lec_channel_sidebar_list_likely (self->sidebar);
  lec_player_want_ahead (self->player, channels);
}

static void
allow (LecAheadPolicy *self, gboolean *permission, gboolean value)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (*permission == value)
    return;
  *permission = value;
  if (self->player != NULL && (!self->joins || self->metered))
    lec_player_want_ahead (self->player, none);
  likely_cb (self);
  cost_cb (self);
}

static char *
describe_obstacle (LecAheadObstacle obstacle)
{
  switch (obstacle) {
  case LEC_AHEAD_SPEED_UNKNOWN:
    return g_strdup (_ ("None now: the speed of the network is not known"));
  case LEC_AHEAD_WIRELESS:
    return g_strdup (_ ("None now: what plays comes over Wi-Fi"));
  case LEC_AHEAD_NOTHING_PLAYS:
  case LEC_AHEAD_JOINS:
  default:
    return g_strdup (_ ("While one plays over a cable, so that changing takes no time"));
  }
}

static char *
describe (LecAheadPolicy *self)
{
  const LecAheadCost cost
      = self->player != NULL ? lec_player_get_ahead_cost (self->player) : (LecAheadCost){ 0 };

  if (!self->joins)
    return g_strdup (_ ("Nothing is joined before you choose it"));
  if (self->metered)
    return g_strdup (_ ("None now: this network is metered"));
  if (cost.n_channels == 0)
    return describe_obstacle (cost.obstacle);
  /* Translators: channels that are received though nobody watches them yet, and what that takes of
   * the network */
  return g_strdup_printf (ngettext ("%1$u channel joined ahead, %2$.1f Mbit/s",
                                    "%1$u channels joined ahead, %2$.1f Mbit/s", cost.n_channels),
                          cost.n_channels, (double) cost.rate / 1e6);
}

static void
lec_ahead_policy_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecAheadPolicy *self = LEC_AHEAD_POLICY (object);

  switch (id) {
  case PROP_JOINS:
    g_value_set_boolean (value, self->joins);
    break;
  case PROP_METERED:
    g_value_set_boolean (value, self->metered);
    break;
  case PROP_COST:
    g_value_take_string (value, describe (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_ahead_policy_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecAheadPolicy *self = LEC_AHEAD_POLICY (object);

  switch (id) {
  case PROP_JOINS:
    allow (self, &self->joins, g_value_get_boolean (value));
    break;
  case PROP_METERED:
    allow (self, &self->metered, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_ahead_policy_dispose (GObject *object)
{
  LecAheadPolicy *self = LEC_AHEAD_POLICY (object);

  g_clear_weak_pointer (&self->player);
  g_clear_weak_pointer (&self->sidebar);

  G_OBJECT_CLASS (lec_ahead_policy_parent_class)->dispose (object);
}

static void
lec_ahead_policy_class_init (LecAheadPolicyClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_ahead_policy_get_property;
  object_class->set_property = lec_ahead_policy_set_property;
  object_class->dispose = lec_ahead_policy_dispose;

  props[PROP_JOINS] = g_param_spec_boolean ("joins", NULL, NULL, TRUE, flags);
  props[PROP_METERED] = g_param_spec_boolean ("metered", NULL, NULL, FALSE, flags);
  props[PROP_COST]
      = g_param_spec_string ("cost", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
lec_ahead_policy_init (LecAheadPolicy *self)
{
  self->joins = TRUE;
}

LecAheadPolicy *
lec_ahead_policy_new (LecPlayer *player, LecChannelSidebar *sidebar)
{
  LecAheadPolicy *self = g_object_new (LEC_TYPE_AHEAD_POLICY, NULL);

  g_set_weak_pointer (&self->player, player);
  g_set_weak_pointer (&self->sidebar, sidebar);
  g_object_bind_property (g_network_monitor_get_default (), "network-metered", self, "metered",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (sidebar, "likely-changed", G_CALLBACK (likely_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::state", G_CALLBACK (likely_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::channels-ahead", G_CALLBACK (cost_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
