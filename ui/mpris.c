/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/mpris.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mpris-generated.h"

#define MPRIS_KEY "lec-mpris" /* where a window keeps its own */
#define PATH "/org/mpris/MediaPlayer2"
#define TRACKS "/org/lectern/Lectern/Channel/" /* with a number behind */
#define MAX_URI_BYTES 8192
#define LOOK_MS 250 /* from one look at where a file is to the next */

typedef struct
{
  /* borrowed: has it */
  GtkWidget *window;

  /* owned */
  LecPlayer *player;
  GListModel *channels; /* to go on to */
  char *track;          /* id of what is played; nothing else has had it */
  char *channel;        /* (nullable): identity of the channel that @track stands for */
  LecMprisMediaPlayer2 *root;
  LecMprisMediaPlayer2Player *controls;

  guint n_tracks;
  guint name;
  guint look; /* source, while a file is played */
} Mpris;

static const char *const schemes[]
    = { "file", "http", "https", "rtp", "udp", "rtsp", "mms", "mmsh", NULL };

static void
mpris_free (gpointer data)
{
  Mpris *self = data;

  g_bus_unown_name (self->name);
  g_clear_handle_id (&self->look, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->player, self);
  g_signal_handlers_disconnect_by_data (self->channels, self);
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_signal_handlers_disconnect_by_data (self->controls, self);
  g_signal_handlers_disconnect_by_data (self->root, self);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->root));
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->controls));
  g_object_unref (self->root);
  g_object_unref (self->controls);
  g_object_unref (self->player);
  g_object_unref (self->channels);
  g_free (self->track);
  g_free (self->channel);
  g_free (self);
}

/* ---- what is told ---- */

static const char *
find_status (LecPlayer *player)
{
  gboolean paused;

  g_object_get (player, "paused", &paused, NULL);
  if (paused)
    return "Paused";
  return lec_player_state_is_on (lec_player_get_state (player)) ? "Playing" : "Stopped";
}

/* A channel that is announced anew stays the track that it is. */
static void
name_track (Mpris *self, const LecChannel *channel)
{
  const char *id = channel != NULL ? lec_channel_get_id (channel) : NULL;

  if (self->track != NULL && g_strcmp0 (id, self->channel) == 0)
    return;
  g_free (self->channel);
  g_free (self->track);
  self->channel = g_strdup (id);
  self->track = g_strdup_printf (TRACKS "%u", ++self->n_tracks);
}

static void
insert_text (GVariantDict *metadata, const char *key, const char *text)
{
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    g_variant_dict_insert (metadata, key, "s", text);
}

/* Returns: [µs] of a file; 0: a channel has no end */
static gint64
get_length (Mpris *self)
{
  double duration;

  g_object_get (self->player, "duration", &duration, NULL);
  return (gint64) (duration * G_USEC_PER_SEC);
}

static GVariant *
make_metadata (Mpris *self)
{
  const LecChannel *channel = lec_player_get_channel (self->player);
  GVariantDict metadata;

  g_variant_dict_init (&metadata, NULL);
  if (channel != NULL) {
    const LecChannelInfo *info = lec_channel_get_info (channel);
    const char *artists[] = { info->author, NULL };
    const char *comments[] = { info->description, NULL };

    g_variant_dict_insert (&metadata, "mpris:trackid", "o", self->track);
    if (get_length (self) > 0)
      g_variant_dict_insert (&metadata, "mpris:length", "x", get_length (self));
    insert_text (&metadata, "xesam:title", lec_channel_get_title (channel));
    if (info->author != NULL)
      g_variant_dict_insert (&metadata, "xesam:artist", "^as", artists);
    if (info->description != NULL)
      g_variant_dict_insert (&metadata, "xesam:comment", "^as", comments);
  }
  return g_variant_dict_end (&metadata);
}

static void
state_cb (Mpris *self)
{
  lec_mpris_media_player2_player_set_playback_status (self->controls, find_status (self->player));
}

/* Who asks gets what was set last; nobody is told of it (EmitsChangedSignal). */
static gboolean
look_cb (gpointer data)
{
  Mpris *self = data;

  lec_mpris_media_player2_player_set_position (self->controls,
                                               lec_player_get_position (self->player));
  return G_SOURCE_CONTINUE;
}

/* What is played has become a file, or is none any more. */
static void
duration_cb (Mpris *self)
{
  lec_mpris_media_player2_player_set_metadata (self->controls, make_metadata (self));
  g_clear_handle_id (&self->look, g_source_remove);
  look_cb (self);
  if (get_length (self) > 0)
    self->look = g_timeout_add (LOOK_MS, look_cb, self);
}

static gboolean
has_list (Mpris *self)
{
  gboolean has_list;

  g_object_get (self->player, "has-list", &has_list, NULL);
  return has_list;
}

/* The entries of what was opened, where it is a list of them, else the channels of the network. */
static void
steps_cb (Mpris *self)
{
  gboolean has_next = g_list_model_get_n_items (self->channels) > 0, has_previous = has_next;

  if (has_list (self))
    g_object_get (self->player, "has-next", &has_next, "has-previous", &has_previous, NULL);
  lec_mpris_media_player2_player_set_can_go_next (self->controls, has_next);
  lec_mpris_media_player2_player_set_can_go_previous (self->controls, has_previous);
}

/* What was refused can be tried again by its address. */
static void
can_play_cb (Mpris *self)
{
  g_autofree char *location = NULL;

  g_object_get (self->window, "location", &location, NULL);
  lec_mpris_media_player2_player_set_can_play (
      self->controls, lec_player_get_channel (self->player) != NULL || location != NULL);
}

static void
channel_cb (Mpris *self)
{
  name_track (self, lec_player_get_channel (self->player));
  lec_mpris_media_player2_player_set_metadata (self->controls, make_metadata (self));
  can_play_cb (self);
  steps_cb (self);
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

/* Returns: FALSE where it cannot be paused */
static gboolean
set_paused (Mpris *self, gboolean paused)
{
  gboolean can_pause;

  g_object_set (self->player, "paused", paused, NULL);
  g_object_get (self->player, "can-pause", &can_pause, NULL);
  return can_pause;
}

static gboolean
play_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  set_paused (self, FALSE);
  set_on (self, TRUE);
  lec_mpris_media_player2_player_complete_play (self->controls, invocation);
  return TRUE;
}

static gboolean
pause_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  if (!set_paused (self, TRUE))
    set_on (self, FALSE);
  lec_mpris_media_player2_player_complete_pause (self->controls, invocation);
  return TRUE;
}

static gboolean
stop_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  lec_player_stop (self->player);
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

static void
step (Mpris *self, const char *entry_action, int direction)
{
  if (has_list (self))
    gtk_widget_activate_action (self->window, entry_action, NULL);
  else
    gtk_widget_activate_action (self->window, "win.zap", "i", direction);
}

static gboolean
next_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  step (self, "win.next-entry", 1);
  lec_mpris_media_player2_player_complete_next (self->controls, invocation);
  return TRUE;
}

static gboolean
previous_cb (Mpris *self, GDBusMethodInvocation *invocation)
{
  step (self, "win.previous-entry", -1);
  lec_mpris_media_player2_player_complete_previous (self->controls, invocation);
  return TRUE;
}

static void
seek (Mpris *self, gint64 position)
{
  gboolean can_seek;

  g_object_get (self->player, "can-seek", &can_seek, NULL);
  if (!can_seek)
    return; /* the specification wants it so */
  lec_player_seek (self->player, position);
  look_cb (self);
  lec_mpris_media_player2_player_emit_seeked (self->controls,
                                              lec_player_get_position (self->player));
}

/* Behind the end is the end: the specification wants the next track there, which mostly is none. */
static gboolean
seek_cb (Mpris *self, GDBusMethodInvocation *invocation, gint64 offset)
{
  const gint64 position = lec_player_get_position (self->player);

  seek (self, CLAMP (offset, -position, get_length (self) - position) + position);
  lec_mpris_media_player2_player_complete_seek (self->controls, invocation);
  return TRUE;
}

/* What is said of another track, or of no place in this one, is to be ignored. */
static gboolean
set_position_cb (Mpris *self, GDBusMethodInvocation *invocation, const char *track, gint64 position)
{
  if (g_strcmp0 (track, self->track) == 0 && position >= 0 && position <= get_length (self))
    seek (self, position);
  lec_mpris_media_player2_player_complete_set_position (self->controls, invocation);
  return TRUE;
}

static gboolean
open_uri_cb (Mpris *self, GDBusMethodInvocation *invocation, const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  if (scheme == NULL || strnlen (uri, MAX_URI_BYTES + 1) > MAX_URI_BYTES) {
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                   G_DBUS_ERROR_INVALID_ARGS,
                                                   _ ("This is not an address that can be opened"));
    return TRUE;
  }
  if (!g_strv_contains (schemes, scheme)) {
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED,
                                           _ ("Addresses that begin with %s: cannot be opened"),
                                           scheme);
    return TRUE;
  }
  gtk_widget_activate_action (self->window, "win.open-location", "s", uri);
  lec_mpris_media_player2_player_complete_open_uri (self->controls, invocation);
  return TRUE;
}

/* A live channel has the rate 1; to ask for 0 is to ask for a pause. */
static void
rate_cb (Mpris *self)
{
  const double rate = lec_mpris_media_player2_player_get_rate (self->controls);

  if (rate == 1.0)
    return;
  lec_mpris_media_player2_player_set_rate (self->controls, 1.0);
  if (rate == 0.0)
    set_on (self, FALSE);
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
  g_object_set (self->controls, "rate", 1.0, "minimum-rate", 1.0, "maximum-rate", 1.0, "can-pause",
                TRUE, "can-seek", FALSE, "can-control", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    g_signal_connect_swapped (self->controls, methods[i].signal, methods[i].callback, self);
  g_object_bind_property_full (self->player, "volume", self->controls, "volume",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, NULL, to_volume,
                               NULL, NULL);
  g_signal_connect_swapped (self->player, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect_swapped (self->player, "notify::paused", G_CALLBACK (state_cb), self);
  g_signal_connect_swapped (self->player, "notify::duration", G_CALLBACK (duration_cb), self);
  g_object_bind_property (self->player, "can-seek", self->controls, "can-seek",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->player, "notify::channel", G_CALLBACK (channel_cb), self);
  g_signal_connect_swapped (self->player, "notify::has-next", G_CALLBACK (steps_cb), self);
  g_signal_connect_swapped (self->channels, "items-changed", G_CALLBACK (steps_cb), self);
  g_signal_connect_swapped (self->window, "notify::location", G_CALLBACK (can_play_cb), self);
  state_cb (self);
  channel_cb (self);
}

void
lec_mpris_attach (const char *id, LecWindow *window, LecPlayer *player, LecChannelList *list)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *name = g_strconcat ("org.mpris.MediaPlayer2.", id, NULL);
  Mpris *self;

  if (bus == NULL)
    return;

  self = g_new0 (Mpris, 1);
  self->window = GTK_WIDGET (window);
  self->player = g_object_ref (player);
  self->channels = G_LIST_MODEL (g_object_ref (list));
  set_up_root (self, id);
  set_up_controls (self);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->root), bus, PATH, NULL);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->controls), bus, PATH, NULL);
  self->name = g_bus_own_name_on_connection (bus, name, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL,
                                             NULL, NULL);
  g_object_set_data_full (G_OBJECT (window), MPRIS_KEY, self, mpris_free);
}
