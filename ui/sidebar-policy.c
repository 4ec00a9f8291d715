/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/sidebar-policy.h"

struct _LecSidebarPolicy
{
  GObject parent_instance;

  /* borrowed: both end before the window does */
  AdwFlap *flap;
  GtkWindow *window;

  /* owned */
  LecPlayer *player;
  GListModel *list;

  const char *choice;      /* how it was left by hand */
  gboolean wanted;         /* open wherever there is room */
  gboolean closed_by_hand; /* not to be opened but by hand */
  gboolean moving;         /* the policy itself opens or closes it */
};

enum {
  PROP_CHOICE = 1,
  N_PROPS,
};

#define AUTO "auto"
#define SHOWN "shown"
#define HIDDEN "hidden"

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecSidebarPolicy, lec_sidebar_policy, G_TYPE_OBJECT)

/* Whether the sidebar lies beside the page, and not over it. */
static gboolean
has_room (LecSidebarPolicy *self)
{
  return !adw_flap_get_folded (self->flap) && !gtk_window_is_fullscreen (self->window);
}

static void
reveal (LecSidebarPolicy *self, gboolean revealed)
{
  self->moving = TRUE;
  adw_flap_set_reveal_flap (self->flap, revealed);
  self->moving = FALSE;
}

static void
room_cb (LecSidebarPolicy *self)
{
  reveal (self, self->wanted && has_room (self));
}

/* A hidden button must not have the focus. */
static void
drop_focus (LecSidebarPolicy *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  if (focus != NULL && gtk_widget_is_ancestor (focus, adw_flap_get_flap (self->flap)))
    gtk_window_set_focus (self->window, NULL);
}

static void
set_choice (LecSidebarPolicy *self, const char *choice)
{
  if (g_str_equal (self->choice, choice))
    return;
  self->choice = choice;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOICE]);
}

static void
revealed_cb (LecSidebarPolicy *self)
{
  const gboolean revealed = adw_flap_get_reveal_flap (self->flap);

  if (!revealed)
    drop_focus (self);
  if (self->moving || !has_room (self))
    return;

  self->wanted = revealed;
  self->closed_by_hand = !revealed;
  set_choice (self, revealed ? SHOWN : HIDDEN);
}

static void
offer (LecSidebarPolicy *self)
{
  if (self->closed_by_hand || self->wanted)
    return;

  self->wanted = TRUE;
  room_cb (self);
}

/* The channel that is stopped, or refused, is no choice. */
static void
choice_cb (LecSidebarPolicy *self)
{
  const LecPlayerState state = lec_player_get_state (self->player);
  const guint known = lec_player_get_channel (self->player) != NULL ? 1 : 0;

  if ((state == LEC_PLAYER_STOPPED || state == LEC_PLAYER_REFUSED)
      && g_list_model_get_n_items (self->list) > known)
    offer (self);
}

static void
channels_cb (LecSidebarPolicy *self)
{
  const GPtrArray *channels = lec_player_get_channels (self->player);

  if (channels != NULL && channels->len > 1)
    offer (self);
}

void
lec_sidebar_policy_chosen (LecSidebarPolicy *self)
{
  g_return_if_fail (LEC_IS_SIDEBAR_POLICY (self));

  if (!has_room (self))
    reveal (self, FALSE);
}

LecSidebarPolicy *
lec_sidebar_policy_new (AdwFlap *flap, LecPlayer *player, LecChannelList *list)
{
  LecSidebarPolicy *self = g_object_new (LEC_TYPE_SIDEBAR_POLICY, NULL);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (flap));
  const struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } signals[] = {
    { flap, "notify::folded", G_CALLBACK (room_cb) },
    { window, "notify::fullscreened", G_CALLBACK (room_cb) },
    { flap, "notify::reveal-flap", G_CALLBACK (revealed_cb) },
    { player, "notify::state", G_CALLBACK (choice_cb) },
    { player, "notify::channels", G_CALLBACK (channels_cb) },
    { list, "items-changed", G_CALLBACK (choice_cb) },
  };

  self->flap = flap;
  self->window = GTK_WINDOW (window);
  self->player = g_object_ref (player);
  self->list = G_LIST_MODEL (g_object_ref (list));
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (signals[i].object, signals[i].signal, signals[i].callback, self,
                             G_CONNECT_SWAPPED);
  choice_cb (self);
  return self;
}

/* As the viewer left it another time. */
static void
restore (LecSidebarPolicy *self, const char *choice)
{
  if (g_strcmp0 (choice, SHOWN) == 0) {
    self->choice = SHOWN;
    self->wanted = TRUE;
    self->closed_by_hand = FALSE;
    room_cb (self);
  } else if (g_strcmp0 (choice, HIDDEN) == 0) {
    self->choice = HIDDEN;
    self->wanted = FALSE;
    self->closed_by_hand = TRUE;
    room_cb (self);
  }
}

static void
lec_sidebar_policy_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  switch (id) {
  case PROP_CHOICE:
    g_value_set_string (value, LEC_SIDEBAR_POLICY (object)->choice);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_sidebar_policy_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  switch (id) {
  case PROP_CHOICE:
    restore (LEC_SIDEBAR_POLICY (object), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_sidebar_policy_dispose (GObject *object)
{
  LecSidebarPolicy *self = LEC_SIDEBAR_POLICY (object);

  g_clear_object (&self->player);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (lec_sidebar_policy_parent_class)->dispose (object);
}

static void
lec_sidebar_policy_class_init (LecSidebarPolicyClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = lec_sidebar_policy_get_property;
  object_class->set_property = lec_sidebar_policy_set_property;
  object_class->dispose = lec_sidebar_policy_dispose;

  props[PROP_CHOICE] = g_param_spec_string ("choice", NULL, NULL, AUTO,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
lec_sidebar_policy_init (LecSidebarPolicy *self)
{
  self->choice = AUTO;
}
