/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/controls.h"

#include <glib/gi18n.h>

#include "play/player.h"
#include "ui/choice-menu.h"
#include "ui/record-button.h"
#include "ui/seek-bar.h"
#include "ui/signal-words.h"

struct _LecControls
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkAdjustment *volume;

  /* owned */
  LecPlayer *player;
  GBinding *volume_binding;
};

enum {
  PROP_PLAYER = 1,
};

G_DEFINE_FINAL_TYPE (LecControls, lec_controls, GTK_TYPE_WIDGET)

/* What is live can be stopped, a file can be paused. */
static char *
play_icon_cb (LecControls *self, LecPlayerState state, gboolean can_pause, gboolean paused)
{
  if (!lec_player_state_is_on (state) || paused)
    return g_strdup ("media-playback-start-symbolic");
  return g_strdup (can_pause ? "media-playback-pause-symbolic" : "media-playback-stop-symbolic");
}

static char *
play_name_cb (LecControls *self, LecPlayerState state, gboolean can_pause, gboolean paused)
{
  if (!lec_player_state_is_on (state) || paused)
    return g_strdup (_ ("Play"));
  return g_strdup (can_pause ? _ ("Pause") : _ ("Stop"));
}

static char *
volume_icon_cb (LecControls *self, double volume, gboolean muted)
{
  if (muted || volume <= 0.0)
    return g_strdup ("audio-volume-muted-symbolic");
  if (volume < 1.0 / 3.0)
    return g_strdup ("audio-volume-low-symbolic");
  if (volume < 2.0 / 3.0)
    return g_strdup ("audio-volume-medium-symbolic");
  return g_strdup ("audio-volume-high-symbolic");
}

static char *
mute_name_cb (LecControls *self, gboolean muted)
{
  return g_strdup (muted ? _ ("Unmute") : _ ("Mute"));
}

static char *
fullscreen_icon_cb (LecControls *self, gboolean fullscreened)
{
  return g_strdup (fullscreened ? "view-restore-symbolic" : "view-fullscreen-symbolic");
}

static char *
fullscreen_name_cb (LecControls *self, gboolean fullscreened)
{
  return g_strdup (fullscreened ? _ ("Leave full screen") : _ ("Full screen"));
}

/* What the eye reads over an icon is its name for the ear. */
static void
named_cb (GtkWidget *button)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_widget_get_tooltip_text (button), -1);
}

static void
set_player (LecControls *self, LecPlayer *player)
{
  /* A binding ends with either of its objects: undo it while the old player is there for sure. */
  g_clear_pointer (&self->volume_binding, g_binding_unbind);
  g_set_object (&self->player, player);
  if (player != NULL)
    self->volume_binding = g_object_bind_property (player, "volume", self->volume, "value",
                                                   G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
lec_controls_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecControls *self = LEC_CONTROLS (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_controls_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecControls *self = LEC_CONTROLS (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_controls_dispose (GObject *object)
{
  LecControls *self = LEC_CONTROLS (object);

  set_player (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_controls_parent_class)->dispose (object);
}

static void
lec_controls_class_init (LecControlsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (LEC_TYPE_CHOICE_MENU);
  g_type_ensure (LEC_TYPE_RECORD_BUTTON);
  g_type_ensure (LEC_TYPE_SEEK_BAR);
  object_class->get_property = lec_controls_get_property;
  object_class->set_property = lec_controls_set_property;
  object_class->dispose = lec_controls_dispose;

  g_object_class_install_property (
      object_class, PROP_PLAYER,
      g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_css_name (widget_class, "controls");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/controls.ui");
  gtk_widget_class_bind_template_child (widget_class, LecControls, box);
  gtk_widget_class_bind_template_child (widget_class, LecControls, volume);
  gtk_widget_class_bind_template_callback (widget_class, play_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, volume_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, mute_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, named_cb);
  gtk_widget_class_bind_template_callback (widget_class, lec_signal_words_behind);
}

static void
lec_controls_init (LecControls *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
