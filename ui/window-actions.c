/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/window-actions.h"

#include "ui/open.h"
#include "ui/preferences.h"
#include "ui/record.h"
#include "ui/save.h"
#include "ui/snapshot.h"
#include "ui/window-private.h"

#define VOLUME_STEP 0.05
#define SEEK_STEP_S 10.0

static void
play (LecWindow *self)
{
  LecChannel *channel = lec_channel_tracker_get_channel (self->tracker);

  if (channel != NULL)
    lec_player_play (self->player, channel);
  else if (self->location != NULL)
    lec_player_open (self->player, self->location);
}

static void
find_channel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecWindow *self = LEC_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  lec_channel_sidebar_search (self->sidebar);
}

static void
zap_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_channel_sidebar_zap (LEC_WINDOW (widget)->sidebar,
                           g_variant_get_int32 (parameter) < 0 ? -1 : 1);
}

/* Returns: FALSE where it cannot be paused: it is live */
static gboolean
toggle_pause (LecPlayer *player)
{
  gboolean paused, can_pause;

  g_object_get (player, "paused", &paused, "can-pause", &can_pause, NULL);
  g_object_set (player, "paused", !paused, NULL);
  return can_pause;
}

static void
play_stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecWindow *self = LEC_WINDOW (widget);
  const LecPlayerState state = lec_player_get_state (self->player);

  if (state == LEC_PLAYER_STOPPED || state == LEC_PLAYER_REFUSED)
    play (self);
  else if (!toggle_pause (self->player))
    lec_player_stop (self->player);
}

static void
seek_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecPlayer *player = LEC_WINDOW (widget)->player;

  lec_player_seek (player, lec_player_get_position (player)
                               + (gint64) (g_variant_get_double (parameter) * G_USEC_PER_SEC));
}

static void
previous_entry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_player_play_previous (LEC_WINDOW (widget)->player);
}

static void
next_entry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_player_play_next (LEC_WINDOW (widget)->player);
}

static void
override_limits_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_player_override_limits (LEC_WINDOW (widget)->player);
}

static void
change_volume_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecWindow *self = LEC_WINDOW (widget);
  double volume;

  g_object_get (self->player, "volume", &volume, NULL);
  volume = CLAMP (volume + g_variant_get_double (parameter), 0.0, 1.0);
  g_object_set (self->player, "volume", volume, NULL);
}

/* A panel over the page closes first. */
static void
leave_fullscreen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwFlap *signal = LEC_WINDOW (widget)->signal_flap;

  if (adw_flap_get_folded (signal) && adw_flap_get_reveal_flap (signal))
    adw_flap_set_reveal_flap (signal, FALSE);
  else
    gtk_window_unfullscreen (GTK_WINDOW (widget));
}

static void
open_link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_link_card_open (LEC_WINDOW (widget)->link_card);
}

static void
swap_pictures_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_video_layout_swap (LEC_WINDOW (widget)->video_layout);
}

static void
one_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecVideoLayout *layout = LEC_WINDOW (widget)->video_layout;
  gboolean alone;

  g_object_get (layout, "alone", &alone, NULL);
  g_object_set (layout, "alone", !alone, NULL);
}

static void
open_location_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecWindow *self = LEC_WINDOW (widget);

  adw_split_button_popdown (self->open_button);
  lec_window_open (self, g_variant_get_string (parameter, NULL));
}

static void
open_address_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecWindow *self = LEC_WINDOW (widget);

  adw_split_button_popup (self->open_button);
  gtk_widget_grab_focus (self->address_form);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_open_paste (widget);
}

static void
save_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecWindow *self = LEC_WINDOW (widget);

  lec_snapshot_save (widget, lec_video_layout_get_main_picture (self->video_layout),
                     lec_player_get_channel (self->player));
}

static void
copy_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_snapshot_copy (widget, lec_video_layout_get_main_picture (LEC_WINDOW (widget)->video_layout));
}

static void
record_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_record_toggle (GTK_WINDOW (widget), LEC_WINDOW (widget)->player);
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecWindow *self = LEC_WINDOW (widget);

  lec_preferences_show (GTK_WINDOW (self), self->player, self->tracker, self->ahead_policy);
}

static void
use_newer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_channel_tracker_use_newer (LEC_WINDOW (widget)->tracker);
}

static void
open_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_open_show_dialog (GTK_WINDOW (widget));
}

static void
save_announcement_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_save_show_dialog (GTK_WINDOW (widget),
                        lec_channel_tracker_get_channel (LEC_WINDOW (widget)->tracker));
}

static void
copy_announcement_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_save_copy (widget, lec_channel_tracker_get_channel (LEC_WINDOW (widget)->tracker));
}

static void
notify_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_notice_bar_notify (LEC_WINDOW (widget)->notice_bar, g_variant_get_string (parameter, NULL));
}

void
lec_window_install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "win.open-file", NULL, open_file_action);
  gtk_widget_class_install_action (class, "win.open-address", NULL, open_address_action);
  gtk_widget_class_install_action (class, "win.open-location", "s", open_location_action);
  gtk_widget_class_install_action (class, "win.paste", NULL, paste_action);
  /* not an accelerator, which would take the key from entries */
  gtk_widget_class_add_binding_action (class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
  gtk_widget_class_install_action (class, "win.save-picture", NULL, save_picture_action);
  gtk_widget_class_install_action (class, "win.copy-picture", NULL, copy_picture_action);
  /* likewise */
  gtk_widget_class_add_binding_action (class, GDK_KEY_c, GDK_CONTROL_MASK, "win.copy-picture",
                                       NULL);
  gtk_widget_class_install_action (class, "win.record", NULL, record_action);
  gtk_widget_class_install_action (class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (class, "win.use-newer", NULL, use_newer_action);
  gtk_widget_class_install_action (class, "win.find-channel", NULL, find_channel_action);
  gtk_widget_class_install_action (class, "win.zap", "i", zap_action);
  gtk_widget_class_install_action (class, "win.play-stop", NULL, play_stop_action);
  gtk_widget_class_install_action (class, "win.seek", "d", seek_action);
  gtk_widget_class_install_action (class, "win.previous-entry", NULL, previous_entry_action);
  gtk_widget_class_install_action (class, "win.next-entry", NULL, next_entry_action);
  gtk_widget_class_install_action (class, "win.override-limits", NULL, override_limits_action);
  gtk_widget_class_install_action (class, "win.change-volume", "d", change_volume_action);
  gtk_widget_class_install_action (class, "win.save-announcement", NULL, save_announcement_action);
  gtk_widget_class_install_action (class, "win.copy-announcement", NULL, copy_announcement_action);
  gtk_widget_class_install_action (class, "win.notify", "s", notify_action);
  gtk_widget_class_install_action (class, "win.open-link", NULL, open_link_action);
  gtk_widget_class_install_action (class, "win.swap-pictures", NULL, swap_pictures_action);
  gtk_widget_class_install_action (class, "win.one-picture", NULL, one_picture_action);
  gtk_widget_class_install_action (class, "win.leave-fullscreen", NULL, leave_fullscreen_action);
  gtk_widget_class_install_property_action (class, "win.fullscreen", "fullscreened");
}

/* Not bindings of the class: those would come after the ones of GtkWindow, which
 * moves and activates the focus with the arrows and Space. */
void
lec_window_add_keys (LecWindow *self)
{
  static const struct
  {
    guint key;
    const char *action;
    double step; /* 0: no parameter */
  } keys[] = {
    { GDK_KEY_space, "win.play-stop" },
    { GDK_KEY_k, "win.play-stop" },
    { GDK_KEY_f, "win.fullscreen" },
    { GDK_KEY_Escape, "win.leave-fullscreen" },
    { GDK_KEY_s, "win.swap-pictures" },
    { GDK_KEY_o, "win.one-picture" },
    { GDK_KEY_w, "win.open-link" },
    { GDK_KEY_m, "win.mute" },
    { GDK_KEY_p, "win.previous-entry" },
    { GDK_KEY_n, "win.next-entry" },
    { GDK_KEY_Left, "win.seek", -SEEK_STEP_S },
    { GDK_KEY_Right, "win.seek", SEEK_STEP_S },
    { GDK_KEY_Up, "win.change-volume", VOLUME_STEP },
    { GDK_KEY_Down, "win.change-volume", -VOLUME_STEP },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                              gtk_named_action_new (keys[i].action));

    if (keys[i].step != 0.0)
      gtk_shortcut_set_arguments (shortcut, g_variant_new_double (keys[i].step));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
