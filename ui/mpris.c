/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/mpris.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mpris-generated.h"

#define MPRIS_KEY "lec-mpris" /* where a window keeps its own */
#define PATH "/org/mpris/MediaPlayer2"
#define TRACK "/org/lectern/Lectern/Channel"
#define MAX_URI_BYTES 8192

typedef struct
{
  /* borrowed: has it */
  GtkWidget *window;

  /* owned */
  LecPlayer *player;
  LecMprisMediaPlayer2 *root;
  LecMprisMediaPlayer2Player *controls;

  guint name;
} Mpris;

static void
mpris_free (gpointer data)
{
  Mpris *self = data;

  g_bus_unown_name (self->name);
  g_signal_handlers_disconnect_by_data (self->player, self);
  g_signal_handlers_disconnect_by_data (self->controls, self);
  g_signal_handlers_disconnect_by_data (self->root, self);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->root));
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->controls));
  g_object_unref (self->root);
  g_object_unref (self->controls);
  g_object_unref (self->player);
  g_free (self);
}

/* ---- what is told ---- */

static const char *
find_status (LecPlayer *player)
{
  return lec_player_state_is_on (lec_player_get_state (player)) ? "Playing" : "Stopped";
}

static GVariant *
make_metadata (LecPlayer *player)
{
  const LecChannel *channel = lec_player_get_channel (player);
  GVariantDict metadata;

  g_variant_dict_init (&metadata, NULL);
  if (channel != NULL) {
    const char *author = lec_channel_get_info (channel)->author;

    g_variant_dict_insert (&metadata, "mpris:trackid", "o", TRACK);
    g_variant_dict_insert (&metadata, "xesam:title", "s", lec_channel_get_title (channel));
    if (author != NULL) {
      const char *artists[] = { author, NULL };

      g_variant_dict_insert (&metadata, "xesam:artist", "^as", artists);
    }
  }
  return g_variant_dict_end (&metadata);
}

static void
state_cb (Mpris *self)
{
  lec_mpris_media_player2_player_set_playback_status (self->controls, find_status (self->player));
}

static void
channel_cb (Mpris *self)
{
  const gboolean has_channel = lec_player_get_channel (self->player) != NULL;

  lec_mpris_media_player2_player_set_metadata (self->controls, make_metadata (self->player));
  lec_mpris_media_player2_player_set_can_play (self->controls, has_channel);
}

/* ---- what is asked for ---- */

static gboolean
raise_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  gtk_window_present (GTK_WINDOW (self->window));
  lec_mpris_media_player2_complete_raise (self->root, invocation);
  return TRUE;
}

static gboolean
quit_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  lec_mpris_media_player2_complete_quit (self->root, invocation);
  gtk_window_close (GTK_WINDOW (self->window));
  return TRUE;
}

static void
set_on (Mpris *self, gboolean on)
{
  if (lec_player_state_is_on (lec_player_get_state (self->player)) != on)
    gtk_widget_activate_action (self->window, "win.play-stop", NULL);
}

static gboolean
play_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  set_on (self, TRUE);
  lec_mpris_media_player2_player_complete_play (self->controls, invocation);
  return TRUE;
}

static gboolean
pause_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  set_on (self, FALSE);
  lec_mpris_media_player2_player_complete_pause (self->controls, invocation);
  return TRUE;
}

static gboolean
stop_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  set_on (self, FALSE);
  lec_mpris_media_player2_player_complete_stop (self->controls, invocation);
  return TRUE;
}

static gboolean
play_pause_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  gtk_widget_activate_action (self->window, "win.play-stop", NULL);
  lec_mpris_media_player2_player_complete_play_pause (self->controls, invocation);
  return TRUE;
}

static gboolean
next_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  gtk_widget_activate_action (self->window, "win.zap", "i", 1);
  lec_mpris_media_player2_player_complete_next (self->controls, invocation);
  return TRUE;
}

static gboolean
previous_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  gtk_widget_activate_action (self->window, "win.zap", "i", -1);
  lec_mpris_media_player2_player_complete_previous (self->controls, invocation);
  return TRUE;
}

/* Where nothing can be seeked, the specification wants these to do nothing. */
static gboolean
seek_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  lec_mpris_media_player2_player_complete_seek (self->controls, invocation);
  return TRUE;
}

static gboolean
set_position_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  lec_mpris_media_player2_player_complete_set_position (self->controls, invocation);
  return TRUE;
}

static gboolean
open_uri_cb (Mpris *self, GDBusMethodInvocation *invocation, const char *uri)
{
  if (strnlen (uri, MAX_URI_BYTES + 1) > MAX_URI_BYTES || g_uri_peek_scheme (uri) == NULL) {
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                   G_DBUS_ERROR_INVALID_ARGS, uri);
    return TRUE;
  }
  gtk_widget_activate_action (self->window, "win.open-location", "s", uri);
  lec_mpris_media_player2_player_complete_open_uri (self->controls, invocation);
  return TRUE;
}

/* A rate of 0 would be a pause; a live channel has the rate 1. */
static void
rate_cb (Mpris *self)
{
  if (lec_mpris_media_player2_player_get_rate (self->controls) != 1.0)
    lec_mpris_media_player2_player_set_rate (self->controls, 1.0);
}

/* A sender may write any number: MPRIS wants negative ones to be taken for 0. */
static gboolean
to_volume (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const double volume = g_value_get_double (from);

  g_value_set_double (to, volume >= 0.0 ? MIN (volume, 1.0) : 0.0);
  return TRUE;
}

/* ---- the bus ---- */

static void
set_up_root (Mpris *self, const char *id)
{
  static const char *const schemes[] = { "file", "http", "https", "rtp", "udp", "rtsp", NULL };
  static const char *const types[]
      = { "application/sdp",      "audio/x-ms-asx",  "application/x-netshow-channel",
          "application/xspf+xml", "audio/x-mpegurl", NULL };

  self->root = lec_mpris_media_player2_skeleton_new ();
  g_object_set (self->root, "can-quit", TRUE, "can-raise", TRUE, "can-set-fullscreen", TRUE,
                "has-track-list", FALSE, "identity", _ ("Lectern"), "desktop-entry", id,
                "supported-uri-schemes", schemes, "supported-mime-types", types, NULL);
  g_object_bind_property (self->window, "fullscreened", self->root, "fullscreen",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_swapped (self->root, "handle-raise", G_CALLBACK (raise_cb), self);
  g_signal_connect_swapped (self->root, "handle-quit", G_CALLBACK (quit_cb), self);
}

static void
set_up_controls (Mpris *self)
{
  static const struct
  {
    const char *signal;
    GCallback callback;
  } methods[] = {
    { "handle-play", G_CALLBACK (play_cb) },
    { "handle-pause", G_CALLBACK (pause_cb) },
    { "handle-play-pause", G_CALLBACK (play_pause_cb) },
    { "handle-stop", G_CALLBACK (stop_cb) },
    { "handle-next", G_CALLBACK (next_cb) },
    { "handle-previous", G_CALLBACK (previous_cb) },
    { "handle-seek", G_CALLBACK (seek_cb) },
    { "handle-set-position", G_CALLBACK (set_position_cb) },
    { "handle-open-uri", G_CALLBACK (open_uri_cb) },
    { "notify::rate", G_CALLBACK (rate_cb) },
  };

  self->controls = lec_mpris_media_player2_player_skeleton_new ();
  g_object_set (self->controls, "rate", 1.0, "minimum-rate", 1.0, "maximum-rate", 1.0,
                "can-go-next", TRUE, "can-go-previous", TRUE, "can-pause", TRUE, "can-seek", FALSE,
                "can-control", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    g_signal_connect_swapped (self->controls, methods[i].signal, methods[i].callback, self);
  g_object_bind_property_full (self->player, "volume", self->controls, "volume",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, NULL, to_volume,
                               NULL, NULL);
  g_signal_connect_swapped (self->player, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect_swapped (self->player, "notify::channel", G_CALLBACK (channel_cb), self);
  state_cb (self);
  channel_cb (self);
}

void
lec_mpris_attach (const char *id, LecWindow *window, LecPlayer *player)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *name = g_strconcat ("org.mpris.MediaPlayer2.", id, NULL);
  Mpris *self;

  if (bus == NULL)
    return;

  self = g_new0 (Mpris, 1);
  self->window = GTK_WIDGET (window);
  self->player = g_object_ref (player);
  set_up_root (self, id);
  set_up_controls (self);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->root), bus, PATH, NULL);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->controls), bus, PATH, NULL);
  self->name = g_bus_own_name_on_connection (bus, name, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL,
                                             NULL, NULL);
  g_object_set_data_full (G_OBJECT (window), MPRIS_KEY, self, mpris_free);
}
