/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/window.h"

#include "tests/ui/calls.h"
#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/auto-hide-overlay.h"
#include "ui/video-layout.h"

/* One for all tests: there is one of it in a process. */
static GtkApplication *application;

typedef struct
{
  LecPlayer *player;
  LecChannelList *list;
  GtkWidget *window;
} Fixture;

static LecChannel *
channel_new (const char *title, guint16 port)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup (title);
  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.2.3", port);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static GPtrArray *
channels_new (guint count)
{
  GPtrArray *channels = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  for (guint i = 0; i < count; i++) {
    g_autofree char *title = g_strdup_printf ("Hall <%u>", i + 1);

    g_ptr_array_add (channels, channel_new (title, (guint16) (5004 + 2 * i)));
  }
  return channels;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPaintable) picture = gdk_paintable_new_empty (640, 360);
  g_autoptr (GdkPaintable) slides = gdk_paintable_new_empty (960, 720);

  g_free (calls_take ());
  fixture->player = lec_player_new (NULL);
  fixture->list = lec_channel_list_new ();
  fixture->window = lec_window_new (application, fixture->player, fixture->list, picture, slides);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));

  /* GTK lets go of all that was in a window only while the main loop runs on. */
  g_object_add_weak_pointer (G_OBJECT (fixture->player), (gpointer *) &fixture->player);
  g_object_unref (fixture->player);
  g_object_unref (fixture->list);
  WAIT_UNTIL (fixture->player == NULL);
}

/* A lecture of which @media are shown. */
static void
play (Fixture *fixture, PipelineDoubleMedia media)
{
  g_autoptr (LecChannel) channel = channel_new ("Hall", 5004);

  lec_player_play (fixture->player, channel);
  pipeline_double_show (media);
}

static const char *
page (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find (fixture->window, has_id, "pages")));
}

#define assert_shows(fixture, text)                                                                \
  WAIT_UNTIL (find ((fixture)->window, shows_text, (text)) != NULL)

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->window, action, NULL));
}

/* ---- states, each reached as it comes about ---- */

/* Packets keep it from being silent soon. */
static void
stay (LecPlayer *player)
{
  pipeline_double_receive ();
}

static void
receive_other_kind (LecPlayer *player)
{
  LecStats *stats = &pipeline_double_get_report ()->streams[0].stats;

  stats->received = stats->discarded = 10;
  stats->payload = 33;
  WAIT_UNTIL (lec_player_get_error (player) == LEC_ERROR_UNSUPPORTED);
}

static void
show_sound (LecPlayer *player)
{
  pipeline_double_show (PIPELINE_DOUBLE_SOUND);
}

static void
show_camera (LecPlayer *player)
{
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
}

static void
show_all (LecPlayer *player)
{
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
}

static void
fall_silent (LecPlayer *player)
{
  pipeline_double_receive ();
  pipeline_double_pass (5);
}

static void
fall_silent_after_sound (LecPlayer *player)
{
  show_sound (player);
  pipeline_double_pass (5);
}

static void
fall_silent_after_all (LecPlayer *player)
{
  show_all (player);
  pipeline_double_pass (5);
}

static void
end_after_all (LecPlayer *player)
{
  show_all (player);
  pipeline_double_end ();
  pipeline_double_pass (1);
}

static void
withdraw_after_all (LecPlayer *player)
{
  show_all (player);
  lec_player_set_withdrawn (player, TRUE);
  pipeline_double_pass (1);
}

static void
refuse (LecPlayer *player)
{
  pipeline_double_fail (LEC_ERROR_UNSUPPORTED, "“a <b> & c.sdp” is a picture.");
}

#define SILENT                                                                                     \
  "Nothing has come for 5 s: either the station is silent, or the network has stopped "            \
  "forwarding; still listening. If that lasts, ask whoever runs the station, and then whoever "    \
  "runs the network"

static const struct
{
  const char *name;
  void (*reach) (LecPlayer *player); /* from waiting */
  gboolean is_radio;
  LecPlayerState state;
  const char *page;
  const char *subtitle;
  const char *sentence;
  gboolean controls;
} states[] = {
  { "waiting", stay, FALSE, LEC_PLAYER_WAITING, "waiting", "Waiting", "Waiting for 239.1.2.3:9 …",
    TRUE },
  { "other-kind", receive_other_kind, FALSE, LEC_PLAYER_WAITING, "waiting", "Waiting",
    "Packets arrive, but not of the kind that was announced (payload type 33). The announcement "
    "may be out of date: ask the sender for a newer one",
    TRUE },
  { "sound-first", show_sound, FALSE, LEC_PLAYER_PLAYING, "waiting", "Playing",
    "Connected, waiting for video", TRUE },
  { "picture", show_all, FALSE, LEC_PLAYER_PLAYING, "picture", "Playing", NULL, TRUE },
  { "picture-only", show_camera, FALSE, LEC_PLAYER_PLAYING, "picture", "Playing", NULL, TRUE },
  { "sound", show_sound, TRUE, LEC_PLAYER_PLAYING, "sound", "Playing", "Audio-only channel.",
    TRUE },
  { "silent", fall_silent, FALSE, LEC_PLAYER_SILENT, "silent", "No signal", SILENT, TRUE },
  { "silent-after-sound", fall_silent_after_sound, TRUE, LEC_PLAYER_SILENT, "silent", "No signal",
    SILENT, TRUE },
  { "stale-picture", fall_silent_after_all, FALSE, LEC_PLAYER_SILENT, "picture", "No signal",
    SILENT, TRUE },
  { "ended", end_after_all, FALSE, LEC_PLAYER_SILENT, "picture", "Ended",
    "The station ended the session (RTCP BYE); still listening, in case it comes back", TRUE },
  { "withdrawn", withdraw_after_all, FALSE, LEC_PLAYER_SILENT, "picture", "Ended",
    "The station has withdrawn this channel; still listening, in case it comes back", TRUE },
  { "refused", refuse, FALSE, LEC_PLAYER_REFUSED, "refused", "Cannot be played",
    "“a <b> & c.sdp” is a picture.", FALSE },
  { "stopped", lec_player_stop, FALSE, LEC_PLAYER_STOPPED, "stopped", "Stopped",
    "The channel is stopped.", TRUE },
};

/* A telephone is 360 wide, and has large text for who needs it; what no longer fits when it is
 * folded, GTK complains of. */
static void
assert_fits (Fixture *fixture)
{
  static const int texts[] = { 100, 150 }; /* % */

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    int width;

    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * texts[i] / 100, NULL);
    gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
    g_assert_cmpint (width, <=, 360);
  }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (LecChannel) channel = states[i].is_radio ? channels_make_radio ("Physics <1> & 2", 9)
                                                      : channel_new ("Physics <1> & 2", 9);

  lec_player_play (fixture->player, channel);
  states[i].reach (fixture->player);
  WAIT_UNTIL (lec_player_get_state (fixture->player) == states[i].state);

  g_assert_cmpstr (page (fixture), ==, states[i].page);
  assert_shows (fixture, "Physics <1> & 2");
  assert_shows (fixture, states[i].subtitle);
  if (states[i].sentence != NULL)
    assert_shows (fixture, states[i].sentence);
  g_assert_cmpint (gtk_widget_get_visible (find (fixture->window, has_id, "controls")), ==,
                   states[i].controls);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Physics <1> & 2");
  assert_fits (fixture);
}

/* The first way cannot be received and the second is silent: the reason that is shown is the
 * first's, word by word. */
static void
test_rollover (Fixture *fixture, gconstpointer data)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecChannel) channel = NULL;

  info->title = g_strdup ("Hall");
  for (guint16 port = 5004; port <= 5006; port += 2)
    lec_stream_add_leg (lec_alternative_add_stream (
                            lec_channel_info_add_alternative (info, LEC_KIND_TS), LEC_MEDIA_VIDEO),
                        "239.1.2.3", port);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  lec_player_play (fixture->player, channel);
  pipeline_double_fail (LEC_ERROR_UNREACHABLE, "No <way> & more.");
  assert_calls ("start Hall; free; start Hall #1; ");
  g_assert_cmpstr (page (fixture), ==, "waiting");
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_SILENT);
  g_assert_cmpstr (page (fixture), ==, "silent");
  assert_shows (fixture, "No <way> & more.");

  /* still listening */
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_cmpstr (page (fixture), ==, "picture");
  assert_calls ("");
}

static gboolean
says (GtkWidget *view)
{
  gboolean seen;

  g_object_get (view, "says", &seen, NULL);
  return seen;
}

/* What is seen stays until there is something to see of the next channel, and what is waited for is
 * told over it. */
static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = channels_new (2);

  lec_player_play (fixture->player, g_ptr_array_index (channels, 0));
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_calls ("start Hall <1>; ");
  lec_player_play (fixture->player, g_ptr_array_index (channels, 1));
  assert_calls ("start Hall <2>; ");
  g_assert_cmpstr (page (fixture), ==, "picture");
  assert_shows (fixture, "Hall <2>");
  g_assert_cmpstr (lec_player_get_message (fixture->player), ==, "Waiting for 239.1.2.3:5006 …");
  WAIT_UNTIL (find (fixture->window, shows_text, lec_player_get_message (fixture->player)) != NULL);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_calls ("free; ");
  g_assert_cmpstr (page (fixture), ==, "picture");
  WAIT_UNTIL (!says (find (fixture->window, has_type, "LecVideoView")));

  /* nothing comes of it: then nothing else is seen either */
  lec_player_play (fixture->player, g_ptr_array_index (channels, 0));
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_SILENT);
  assert_calls ("start Hall <1>; free; ");
  g_assert_cmpstr (page (fixture), ==, "silent");
}

/* A list has buttons, as far as they lead somewhere. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = channels_new (1);
  GtkWidget *previous = find (fixture->window, has_id, "previous_button");
  GtkWidget *next = find (fixture->window, has_id, "next_button");

  lec_window_open (LEC_WINDOW (fixture->window), "a.sdp");
  opener_double_deliver (channels);
  g_assert_false (gtk_widget_get_visible (previous) || gtk_widget_get_visible (next));
  g_ptr_array_unref (channels);
  channels = channels_new (3);
  lec_window_open (LEC_WINDOW (fixture->window), "a.asx");
  opener_double_deliver (channels);
  g_assert_true (gtk_widget_get_visible (previous) && gtk_widget_get_visible (next));
  g_assert_false (gtk_widget_is_sensitive (previous));
  g_assert_true (gtk_widget_is_sensitive (next));
  g_free (calls_take ());

  activate (fixture, "win.next-entry");
  assert_calls ("free; start Hall <2>; ");
  g_assert_true (gtk_widget_is_sensitive (previous));
  activate (fixture, "win.next-entry");
  assert_calls ("free; start Hall <3>; ");
  g_assert_false (gtk_widget_is_sensitive (next));
  activate (fixture, "win.previous-entry");
  assert_calls ("free; start Hall <2>; ");
  assert_shows (fixture, "Hall <2>");

  /* chosen elsewhere, it goes on from there */
  lec_player_play (fixture->player, g_ptr_array_index (channels, 0));
  g_assert_false (gtk_widget_is_sensitive (previous));
  assert_fits (fixture);

  /* the fullest bar there is */
  g_object_set (fixture->player, "record", "/tmp/x.mkv", NULL);
  assert_fits (fixture);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (page (fixture), ==, "empty");
  assert_shows (fixture, "Open a Channel");
  g_assert_nonnull (find (fixture->window, shows_button, "Open File…"));
  activate (fixture, "win.play-stop");
  assert_calls ("");
  assert_fits (fixture);
}

/* A picture has no page's focus behind it: keys are the window's. */
static void
test_keys_belong_to_window (Fixture *fixture, gconstpointer data)
{
  play (fixture, PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
  g_assert_null (gtk_root_get_focus (GTK_ROOT (fixture->window)));
}

static void
test_play_and_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = channels_new (1);

  lec_window_open (LEC_WINDOW (fixture->window), "/lectures/a.sdp");
  assert_calls ("open /lectures/a.sdp; ");
  g_assert_cmpstr (page (fixture), ==, "waiting");

  /* stopped before anything is known of the channel, there is nothing to come back to */
  activate (fixture, "win.play-stop");
  assert_calls ("cancel; ");
  g_assert_cmpstr (page (fixture), ==, "empty");
  activate (fixture, "win.play-stop");
  assert_calls ("open /lectures/a.sdp; ");

  opener_double_deliver (channels);
  assert_calls ("start Hall <1>; ");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_nonnull (find (fixture->window, shows_icon_button, "media-playback-stop-symbolic"));
  gtk_test_accessible_assert_property (find (fixture->window, has_id, "play_button"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Stop");
  activate (fixture, "win.play-stop");
  assert_calls ("free; ");
  g_assert_nonnull (find (fixture->window, shows_icon_button, "media-playback-start-symbolic"));
  assert_shows (fixture, "Hall <1>");
  activate (fixture, "win.play-stop");
  assert_calls ("start Hall <1>; ");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  lec_window_open (LEC_WINDOW (fixture->window), "/lectures/broken.sdp");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "broken.sdp");
  opener_double_refuse (LEC_ERROR_MALFORMED, "No.");
  assert_calls ("open /lectures/broken.sdp; ");
  assert_shows (fixture, "No.");
  g_assert_nonnull (find (fixture->window, shows_button, "Open Another…"));

  g_signal_emit_by_name (find (fixture->window, shows_button, "Try Again"), "clicked");
  assert_calls ("open /lectures/broken.sdp; ");
}

/* However long a title is, the sentence below it is in the window. */
static void
test_long_title (Fixture *fixture, gconstpointer data)
{
  g_autofree char *title = g_strnfill (1000, 'w');
  g_autoptr (LecChannel) channel = channel_new (title, 5004);
  graphene_point_t at;
  GtkWidget *sentence;

  lec_player_play (fixture->player, channel);
  assert_shows (fixture, "Waiting for 239.1.2.3:5004 …");
  sentence = find (fixture->window, shows_text, "Waiting for 239.1.2.3:5004 …");
  WAIT_UNTIL (gtk_widget_get_height (sentence) > 0);
  g_assert_true (gtk_widget_compute_point (sentence, fixture->window, &GRAPHENE_POINT_INIT (0, 0),
                                           &at));
  g_assert_cmpfloat (at.y, <, gtk_widget_get_height (fixture->window) - 100);
}

/* A channel that arrives only from a sender that is named: the viewer may name one. */
static void
test_source (Fixture *fixture, gconstpointer data)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (LecChannel) channel = NULL;
  GtkWidget *entry;

  lec_stream_add_leg (lec_alternative_add_stream (
                          lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO),
                      "232.1.0.0", 5004);
  info->title = g_strdup ("Camera");
  channel = lec_channel_new (info, NULL);
  lec_player_play (fixture->player, channel);
  assert_calls ("start Camera; ");
  g_assert_null (find (fixture->window, shows_button, "Use This Source"));
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_SILENT);
  assert_shows (fixture, "Nothing arrives from 232.1.0.0:5004: this is a source-specific (SSM) "
                         "address and the announcement has no source filter. Ask the sender for an "
                         "announcement that names the source");
  entry = find (fixture->window, has_id, "source_entry");
  g_assert_nonnull (entry);

  gtk_editable_set_text (GTK_EDITABLE (entry), "hall.example");
  g_signal_emit_by_name (find (fixture->window, shows_button, "Use This Source"), "clicked");
  assert_calls ("");
  gtk_editable_set_text (GTK_EDITABLE (entry), " 192.0.2.1 ");
  g_signal_emit_by_name (entry, "activate");
  assert_calls ("free; start Camera; ");
  g_assert_false (lec_channel_needs_source (lec_player_get_channel (fixture->player)));
}

static LecChannel *
huge_channel_new (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_TS), LEC_MEDIA_VIDEO);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup ("Huge");
  stream->bandwidth = 150000000;
  lec_stream_add_leg (stream, "239.1.2.3", 5004);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

/* What takes much of the network is joined when the viewer says so, and not before. */
static void
test_insist (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (channels, huge_channel_new ());
  lec_window_open (LEC_WINDOW (fixture->window), "/lectures/huge.sdp");
  opener_double_refuse (LEC_ERROR_UNREACHABLE, "No.");
  g_assert_null (find (fixture->window, shows_button, "Join Anyway"));
  g_signal_emit_by_name (find (fixture->window, shows_button, "Try Again"), "clicked");
  opener_double_deliver (channels);
  assert_calls ("open /lectures/huge.sdp; open /lectures/huge.sdp; ");
  assert_shows (fixture, "This channel takes about 150 Mbit/s, more than many networks carry; "
                         "others may be disturbed");
  g_assert_null (find (fixture->window, shows_button, "Try Again"));
  g_signal_emit_by_name (find (fixture->window, shows_button, "Join Anyway"), "clicked");
  assert_calls ("start Huge; ");
}

static gboolean
is_paused (Fixture *fixture)
{
  gboolean paused;

  g_object_get (fixture->player, "paused", &paused, NULL);
  return paused;
}

static const char *
get_subtitle (Fixture *fixture)
{
  return adw_window_title_get_subtitle (
      ADW_WINDOW_TITLE (find (fixture->window, has_type, "AdwWindowTitle")));
}

/* A file is paused and gone about in; what is live is stopped, and has no slider. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (fixture->window, has_type, "LecSeekBar");
  GtkWidget *scale, *elapsed;
  gboolean is_taken;

  play (fixture, PIPELINE_DOUBLE_CAMERA);
  g_assert_false (gtk_widget_get_visible (bar));
  g_free (calls_take ());
  activate (fixture, "win.play-stop");
  assert_calls ("free; ");

  play (fixture, PIPELINE_DOUBLE_CAMERA);
  pipeline_double_set_duration (3725 * G_TIME_SPAN_SECOND);
  pipeline_double_set_position (65 * G_TIME_SPAN_SECOND);
  WAIT_UNTIL (gtk_widget_get_visible (bar));
  scale = find (bar, has_id, "scale");
  elapsed = find (bar, has_id, "elapsed");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (find (bar, has_id, "length"))), ==, "1:02:05");
  WAIT_UNTIL (g_str_equal (gtk_label_get_label (GTK_LABEL (elapsed)), "1:05"));
  g_assert_cmpstr (
      gtk_button_get_icon_name (GTK_BUTTON (find (fixture->window, has_id, "play_button"))), ==,
      "media-playback-pause-symbolic");
  g_free (calls_take ());
  activate (fixture, "win.play-stop");
  g_assert_true (is_paused (fixture));
  g_assert_cmpstr (
      gtk_button_get_icon_name (GTK_BUTTON (find (fixture->window, has_id, "play_button"))), ==,
      "media-playback-start-symbolic");
  g_assert_cmpstr (get_subtitle (fixture), ==, "Paused");
  activate (fixture, "win.play-stop");
  g_assert_false (is_paused (fixture));
  g_assert_cmpstr (get_subtitle (fixture), ==, "Playing");
  assert_calls ("");

  g_signal_emit_by_name (scale, "change-value", GTK_SCROLL_JUMP, 1800.0, &is_taken);
  g_assert_cmpint (lec_player_get_position (fixture->player), ==, 1800 * G_TIME_SPAN_SECOND);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (elapsed)), ==, "30:00");
  g_signal_emit_by_name (scale, "change-value", GTK_SCROLL_JUMP, 1900.0, &is_taken);
  g_signal_emit_by_name (scale, "change-value", GTK_SCROLL_JUMP, 2000.0, &is_taken);
  WAIT_UNTIL (lec_player_get_position (fixture->player) == 2000 * G_TIME_SPAN_SECOND);
  gtk_widget_activate_action (fixture->window, "win.seek", "d", -10.0);
  g_assert_cmpint (lec_player_get_position (fixture->player), ==, 1990 * G_TIME_SPAN_SECOND);

  activate (fixture, "win.play-stop");
  g_assert_true (is_paused (fixture));
  play (fixture, PIPELINE_DOUBLE_CAMERA); /* something else */
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_false (is_paused (fixture));
}

static void
test_sound (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scale = find (fixture->window, has_id, "volume_scale");
  double volume;
  gboolean muted;

  play (fixture, PIPELINE_DOUBLE_SOUND);
  activate (fixture, "win.mute");
  g_object_get (fixture->player, "muted", &muted, NULL);
  g_assert_true (muted);
  g_object_set (fixture->player, "muted", FALSE, NULL);
  g_assert_cmpstr (
      gtk_button_get_icon_name (GTK_BUTTON (find (fixture->window, has_id, "mute_button"))), ==,
      "audio-volume-high-symbolic");

  gtk_range_set_value (GTK_RANGE (scale), 0.25);
  g_object_get (fixture->player, "volume", &volume, NULL);
  g_assert_cmpfloat_with_epsilon (volume, 0.25, 1e-9);
  g_object_set (fixture->player, "volume", 0.98, NULL);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), 0.98, 1e-9);

  gtk_widget_activate_action (fixture->window, "win.change-volume", "d", 0.05);
  g_object_get (fixture->player, "volume", &volume, NULL);
  g_assert_cmpfloat (volume, ==, 1.0);
}

/* Only a window manager makes a window full screen, and there is none: what can be seen here is
 * that the actions are there for the keys, the menu, the button and the double click. */
static void
test_fullscreen (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find (fixture->window, has_id, "fullscreen_button");

  activate (fixture, "win.fullscreen");
  activate (fixture, "win.leave-fullscreen");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.fullscreen");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Full screen");
}

static void
test_address (Fixture *fixture, gconstpointer data)
{
  GtkWidget *pages = find (fixture->window, has_id, "pages");
  GtkWidget *form = find (pages, has_type, "LecAddressForm");
  GtkWidget *entry = find (form, has_type, "GtkEntry");
  GtkWidget *button = find (form, has_type, "GtkButton");

  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), " udp://@239.1.2.3:1234\n");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (entry, "activate");
  assert_calls ("open udp://@239.1.2.3:1234; ");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
}

/* The popover takes the focus while it is open, and gives it up with the address. */
static void
test_address_popover (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find (fixture->window, has_id, "open_button");
  GtkPopover *popover = adw_split_button_get_popover (ADW_SPLIT_BUTTON (button));
  GtkWidget *entry = find (GTK_WIDGET (popover), has_type, "GtkEntry");

  activate (fixture, "win.open-address");
  WAIT_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (popover)));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "239.1.2.3:5004");
  g_signal_emit_by_name (entry, "activate");
  assert_calls ("open 239.1.2.3:5004; ");
  WAIT_UNTIL (!gtk_widget_get_mapped (GTK_WIDGET (popover)));
}

static GtkDropTarget *
drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      return GTK_DROP_TARGET (controller);
  }
  g_assert_not_reached ();
}

static gboolean
drop (Fixture *fixture, const GValue *value)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (drop_target (find (fixture->window, has_id, "auto_hide_overlay")), "drop",
                         value, 1.0, 1.0, &taken);
  return taken;
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/lectures/é 1.asx");
  g_autoptr (GFile) web = g_file_new_for_uri ("http://example.org/a.sdp");
  GFile *files[] = { file, web };
  g_auto (GValue) text = G_VALUE_INIT, list = G_VALUE_INIT;

  g_value_init (&text, G_TYPE_STRING);
  g_value_set_static_string (&text, "# from a mail\r\n\r\n rtp://239.1.2.3:5004 \r\nhttp://b/\r\n");
  g_assert_true (drop (fixture, &text));
  assert_calls ("open rtp://239.1.2.3:5004; ");

  g_value_set_static_string (&text, " \n# nothing\n");
  g_assert_false (drop (fixture, &text));

  /* a description as it stands in a mail is what is to be opened itself */
  g_value_set_static_string (&text, "v=0\r\nm=audio 5004 RTP/AVP 0\r\n");
  g_assert_true (drop (fixture, &text));
  assert_calls ("cancel; open v=0\r\nm=audio 5004 RTP/AVP 0\r\n; ");
  assert_calls ("");

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_array (files, 2));
  g_assert_true (drop (fixture, &list));
  assert_calls ("cancel; open /lectures/é 1.asx; ");

  g_value_take_boxed (&list, gdk_file_list_new_from_array (files + 1, 1));
  g_assert_true (drop (fixture, &list));
  assert_calls ("cancel; open http://example.org/a.sdp; ");
}

/* The same from the clipboard. */
static void
test_paste (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->window);
  g_autofree char *calls = NULL;

  gdk_clipboard_set_text (clipboard, "v=0\nm=audio 5004 RTP/AVP 0\n");
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.paste", NULL));
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_WAITING);
  assert_calls ("open v=0\nm=audio 5004 RTP/AVP 0\n; ");
  assert_shows (fixture, "Opening the text …");
  gdk_clipboard_set_text (clipboard, " rtp://239.1.2.3:5004\n");
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.paste", NULL));
  WAIT_UNTIL (strstr (lec_player_get_message (fixture->player), "239.1.2.3") != NULL);
  assert_calls ("cancel; open rtp://239.1.2.3:5004; ");
}

/* A newer version than the one that was opened waits until the viewer wants it. */
static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) plain = channels_make ("Hall", 5004);
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  GtkWidget *button = find (fixture->window, has_id, "button");

  for (guint64 version = 1; version <= 2; version++) {
    LecChannelInfo *info = lec_channel_info_copy (lec_channel_get_info (plain));

    info->version = version;
    if (version == 2) {
      g_free (info->title);
      info->title = g_strdup ("Hall, newer");
    }
    g_ptr_array_add (channels, lec_channel_new (info, NULL));
  }
  channels_announce (fixture->list, "a", g_ptr_array_index (channels, 1), "192.0.2.1");
  g_ptr_array_remove_index (channels, 1);
  lec_window_open (LEC_WINDOW (fixture->window), "x.sdp");
  opener_double_deliver (channels);
  assert_calls ("open x.sdp; start Hall; ");
  assert_shows (fixture, "The station announces a newer version of this channel than the one that "
                         "was opened.");
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  assert_calls ("free; start Hall, newer; ");
  g_assert_false (gtk_widget_get_visible (button));
}

static void
test_notice (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (fixture->window, has_id, "notice");

  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  play (fixture, PIPELINE_DOUBLE_CAMERA);
  pipeline_double_notice ("No sound device was found.");
  assert_shows (fixture, "No sound device was found.");
  gtk_info_bar_response (GTK_INFO_BAR (bar), GTK_RESPONSE_CLOSE);
  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  pipeline_double_notice ("Another one.");
  g_assert_true (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  play (fixture, PIPELINE_DOUBLE_CAMERA); /* it was about what played before */
  g_assert_false (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
}

/* What is typed is read over the picture, and over the page of a channel that has only sound. */
static void
test_captions (Fixture *fixture, gconstpointer data)
{
  static const PipelineDoubleMedia media[] = { PIPELINE_DOUBLE_CAMERA, PIPELINE_DOUBLE_SOUND };

  for (guint i = 0; i < G_N_ELEMENTS (media); i++) {
    play (fixture, media[i]);
    g_assert_null (find (fixture->window, shows_text, "Good morning"));
    pipeline_double_caption ("Good morning");
    assert_shows (fixture, "Good morning");
    pipeline_double_caption ("Good morning,\neverybody");
    assert_shows (fixture, "Good morning,\neverybody");
    assert_fits (fixture);
    pipeline_double_caption ("");
    g_assert_null (find (fixture->window, shows_text, "Good morning,\neverybody"));
    pipeline_double_caption ("It was about what played before");
  }
  lec_player_stop (fixture->player);
  g_assert_null (find (fixture->window, shows_text, "It was about what played before"));
}

/* A transport stream does not say that it is a radio. */
static void
test_patience (Fixture *fixture, gconstpointer data)
{
  play (fixture, PIPELINE_DOUBLE_SOUND);
  g_assert_cmpstr (page (fixture), ==, "waiting");
  WAIT_UNTIL (g_str_equal (page (fixture), "sound"));
  assert_shows (fixture, "Only audio received so far.");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_cmpstr (page (fixture), ==, "picture");
}

/* Where the camera (0) or the slides (1) are; nothing where they are not shown. */
static graphene_rect_t
place (Fixture *fixture, guint index)
{
  GtkWidget *layout = find (fixture->window, has_id, "video_layout");
  GtkWidget *picture = gtk_widget_get_first_child (layout);
  graphene_rect_t bounds;

  for (; index > 0; index--)
    picture = gtk_widget_get_next_sibling (picture);
  if (!gtk_widget_get_mapped (picture))
    return *graphene_rect_zero ();
  g_assert_true (gtk_widget_compute_bounds (picture, layout, &bounds));
  return bounds;
}

static float
shown_area (Fixture *fixture, guint index)
{
  const graphene_rect_t bounds = place (fixture, index);

  return graphene_rect_get_area (&bounds);
}

static void
play_both (Fixture *fixture)
{
  play (fixture, PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SLIDES | PIPELINE_DOUBLE_SOUND);
  WAIT_UNTIL (shown_area (fixture, 0) > 0.0f && shown_area (fixture, 1) > 0.0f);
}

static gboolean
has_all_room (Fixture *fixture, guint index)
{
  GtkWidget *layout = find (fixture->window, has_id, "video_layout");
  const graphene_rect_t bounds = place (fixture, index);

  return (int) bounds.size.width == gtk_widget_get_width (layout)
         && (int) bounds.size.height == gtk_widget_get_height (layout)
         && shown_area (fixture, 1 - index) <= 0.0f;
}

static void
test_one_picture (Fixture *fixture, gconstpointer data)
{
  play (fixture, PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
  WAIT_UNTIL (has_all_room (fixture, 0));
  g_assert_false (gtk_widget_get_visible (find (fixture->window, has_id, "swap_button")));
  gtk_widget_activate_action (fixture->window, "win.swap-pictures", NULL);
  gtk_widget_activate_action (fixture->window, "win.one-picture", NULL);
  WAIT_UNTIL (has_all_room (fixture, 0));

  /* the second one comes, and the next lecture has none */
  pipeline_double_show (PIPELINE_DOUBLE_SLIDES);
  WAIT_UNTIL (shown_area (fixture, 0) > 0.0f && shown_area (fixture, 1) > 0.0f);
  g_assert_true (gtk_widget_get_visible (find (fixture->window, has_id, "swap_button")));
  play (fixture, PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
  WAIT_UNTIL (has_all_room (fixture, 0));

  /* slides without a speaker */
  play (fixture, PIPELINE_DOUBLE_SLIDES | PIPELINE_DOUBLE_SOUND);
  g_assert_cmpstr (page (fixture), ==, "picture");
  WAIT_UNTIL (has_all_room (fixture, 1));
}

static GtkGesture *
click_of (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE_CLICK (controller))
      return GTK_GESTURE (controller);
  }
  g_assert_not_reached ();
}

static void
press (Fixture *fixture, int presses, graphene_rect_t at)
{
  GtkWidget *layout = find (fixture->window, has_id, "video_layout");

  g_signal_emit_by_name (click_of (layout), "pressed", presses,
                         (double) (at.origin.x + at.size.width / 2.0f),
                         (double) (at.origin.y + at.size.height / 2.0f));
}

/* Who wants nothing to move sees no picture being dimmed. */
static void
test_still (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = find (fixture->window, has_type, "LecVideoView");

  for (guint moves = 2; moves-- > 0;) {
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", (gboolean) moves, NULL);
    g_assert_cmpint (gtk_widget_has_css_class (view, "still"), ==, !moves);
  }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-enable-animations");
}

/* Between two channels the last picture stays, dimmed; no page, no black, and no picture of what
 * has ended. */
static void
test_passing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = find (fixture->window, has_type, "LecVideoView");
  LecVideoLayout *layout = LEC_VIDEO_LAYOUT (find (fixture->window, has_id, "video_layout"));
  g_autoptr (GPtrArray) channels = channels_new (1);
  gboolean patient;

  play (fixture, PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
  WAIT_UNTIL (shown_area (fixture, 0) > 0.0f);
  g_assert_false (gtk_widget_has_css_class (view, "passing"));
  /* it has played for so long that sound alone would have a page of its own */
  WAIT_UNTIL ((g_object_get (fixture->window, "patient", &patient, NULL), !patient));

  /* all of it has ended before anything of the next one is known */
  lec_player_open (fixture->player, "b.sdp");
  g_assert_cmpstr (page (fixture), ==, "picture");
  g_assert_true (gtk_widget_has_css_class (view, "passing"));
  /* it dims after a moment, and there are words after another */
  g_assert_false (gtk_widget_has_css_class (view, "dim"));
  g_assert_false (says (view));
  WAIT_UNTIL (gtk_widget_has_css_class (view, "dim"));
  WAIT_UNTIL (says (view));
  WAIT_UNTIL (has_all_room (fixture, 0));
  g_assert_true (lec_zoom_view_get_paintable (lec_video_layout_get_main (layout))
                 != lec_video_layout_get_picture (layout, 0));
  opener_double_deliver (channels);
  g_assert_cmpstr (page (fixture), ==, "picture");
  pipeline_double_show (PIPELINE_DOUBLE_SOUND);
  g_assert_cmpstr (page (fixture), ==, "picture");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_cmpstr (page (fixture), ==, "picture");
  g_assert_false (gtk_widget_has_css_class (view, "passing"));
  g_assert_false (gtk_widget_has_css_class (view, "dim"));
  g_assert_false (says (view));
  g_assert_true (lec_zoom_view_get_paintable (lec_video_layout_get_main (layout))
                 == lec_video_layout_get_picture (layout, 0));

  /* it does not come: whatever is told then, nothing of the old one is left */
  lec_player_open (fixture->player, "c.sdp");
  g_assert_cmpstr (page (fixture), ==, "picture");
  lec_player_stop (fixture->player);
  g_assert_cmpstr (page (fixture), !=, "picture");
  g_assert_true (lec_zoom_view_get_paintable (lec_video_layout_get_main (layout))
                 == lec_video_layout_get_picture (layout, 0));
  lec_player_open (fixture->player, "d.sdp");
  g_assert_cmpstr (page (fixture), ==, "waiting");
}

static void
set_arrangement (Fixture *fixture, const char *name)
{
  g_object_set (find (fixture->window, has_id, "video_layout"), "arrangement", name, NULL);
}

/* All that there are are shown, and a click makes any of them the large one. */
static void
test_strip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPaintable) third = gdk_paintable_new_empty (320, 240);
  graphene_rect_t main, other;

  lec_window_set_picture (LEC_WINDOW (fixture->window), 2, third);
  lec_window_set_picture (LEC_WINDOW (fixture->window), 7, third);
  play (fixture, PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SLIDES | PIPELINE_DOUBLE_THIRD
                     | PIPELINE_DOUBLE_THIRD << 5);
  WAIT_UNTIL (shown_area (fixture, 7) > 0.0f);
  g_assert_cmpfloat (shown_area (fixture, 1), >, 2.0f * shown_area (fixture, 0));
  g_assert_cmpfloat (shown_area (fixture, 1), >, 2.0f * shown_area (fixture, 2));
  g_assert_cmpfloat (shown_area (fixture, 3), <=, 0.0f);
  press (fixture, 1, place (fixture, 7));
  WAIT_UNTIL (shown_area (fixture, 7) > 2.0f * shown_area (fixture, 1));

  set_arrangement (fixture, "equal");
  WAIT_UNTIL (shown_area (fixture, 7) < 1.1f * shown_area (fixture, 2));
  set_arrangement (fixture, "inset");
  WAIT_UNTIL (shown_area (fixture, 7) > 9.0f * shown_area (fixture, 2));
  main = place (fixture, 7);
  other = place (fixture, 2);
  g_assert_true (graphene_rect_contains_rect (&main, &other));
  press (fixture, 1, place (fixture, 2)); /* it lies in the other one */
  WAIT_UNTIL (shown_area (fixture, 2) > 9.0f * shown_area (fixture, 7));
  set_arrangement (fixture, "one");
  WAIT_UNTIL (shown_area (fixture, 1) <= 0.0f && shown_area (fixture, 2) > 0.0f);
  set_arrangement (fixture, "automatic");
}

static char *
get_layout (Fixture *fixture)
{
  g_autoptr (GVariant) state
      = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "layout");

  return g_variant_dup_string (state, NULL);
}

static void
play_on (Fixture *fixture, guint16 port)
{
  g_autoptr (LecChannel) channel = channel_new ("Hall", port);

  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SLIDES);
}

/* Each channel has its own, which is there again when it is played again. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *other = NULL, *again = NULL;

  play_on (fixture, 6000);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "layout",
                                  g_variant_new_string ("equal"));
  first = get_layout (fixture);
  g_assert_cmpstr (first, ==, "equal");
  play_on (fixture, 6002);
  other = get_layout (fixture);
  g_assert_cmpstr (other, ==, "automatic");
  play_on (fixture, 6000);
  again = get_layout (fixture);
  g_assert_cmpstr (again, ==, "equal");
  activate (fixture, "win.next-layout");
  activate (fixture, "win.next-layout");
  activate (fixture, "win.next-layout");
  g_free (again);
  again = get_layout (fixture);
  g_assert_cmpstr (again, ==, "automatic");
}

static GtkWidget *
find_projector (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next) {
    if (gtk_widget_has_css_class (at->data, "projector"))
      return at->data;
  }
  return NULL;
}

/* The large picture goes to a window of its own, and comes back when that is closed. */
static void
test_projector (Fixture *fixture, gconstpointer data)
{
  LecVideoLayout *layout = LEC_VIDEO_LAYOUT (find (fixture->window, has_id, "video_layout"));

  play (fixture, PIPELINE_DOUBLE_CAMERA);
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "second-screen"));
  play_both (fixture);
  activate (fixture, "win.second-screen");
  WAIT_UNTIL (find_projector () != NULL && gtk_widget_get_mapped (find_projector ()));
  WAIT_UNTIL (has_all_room (fixture, 0));
  g_assert_true (lec_zoom_view_get_paintable (
                     LEC_ZOOM_VIEW (gtk_window_get_child (GTK_WINDOW (find_projector ()))))
                 == lec_video_layout_get_picture (layout, 1));
  gtk_window_close (GTK_WINDOW (find_projector ()));
  WAIT_UNTIL (find_projector () == NULL && shown_area (fixture, 1) > 0.0f);

  activate (fixture, "win.second-screen");
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture->window = NULL;
  WAIT_UNTIL (find_projector () == NULL);
}

/* What is enlarged stays within its frame, and a double click shows all of it again. */
static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  LecVideoLayout *layout = LEC_VIDEO_LAYOUT (find (fixture->window, has_id, "video_layout"));
  LecZoomView *view = lec_video_layout_get_main (layout);
  GtkWidget *picture = gtk_widget_get_first_child (GTK_WIDGET (view));
  graphene_rect_t bounds;

  play (fixture, PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (gtk_widget_get_width (GTK_WIDGET (view)) > 0);
  lec_zoom_view_zoom (view, 2.0, 0.0, 0.0);
  WAIT_UNTIL (gtk_widget_get_width (picture) == 2 * gtk_widget_get_width (GTK_WIDGET (view)));
  g_assert_true (gtk_widget_compute_bounds (picture, GTK_WIDGET (view), &bounds));
  g_assert_cmpfloat (ABS (bounds.origin.x), <, 1.0f);
  lec_zoom_view_pan (view, 1e6, -1e6); /* as far as it goes */
  WAIT_UNTIL (gtk_widget_compute_bounds (picture, GTK_WIDGET (view), &bounds)
              && bounds.origin.y < -1.0f);
  g_assert_cmpfloat (ABS (bounds.origin.x), <, 1.0f);
  g_assert_cmpfloat (ABS (bounds.origin.y + (float) gtk_widget_get_height (GTK_WIDGET (view))), <,
                     1.0f);
  lec_zoom_view_zoom (view, 1e6, 10.0, 10.0);
  g_assert_cmpfloat_with_epsilon (lec_zoom_view_get_zoom (view), LEC_ZOOM_MOST, 1e-9);
  press (fixture, 1, place (fixture, 0));
  press (fixture, 2, place (fixture, 0));
  g_assert_cmpfloat_with_epsilon (lec_zoom_view_get_zoom (view), 1.0, 1e-9);
  g_assert_false (gtk_window_is_fullscreen (GTK_WINDOW (fixture->window)));
}

/* The picture with more pixels is the main one, until somebody wants it otherwise. */
static void
test_swap (Fixture *fixture, gconstpointer data)
{
  play_both (fixture);
  g_assert_cmpfloat (shown_area (fixture, 1), >, shown_area (fixture, 0));
  activate (fixture, "win.swap-pictures");
  WAIT_UNTIL (shown_area (fixture, 0) > shown_area (fixture, 1));
  activate (fixture, "win.one-picture");
  WAIT_UNTIL (has_all_room (fixture, 0));
  activate (fixture, "win.swap-pictures");
  WAIT_UNTIL (has_all_room (fixture, 1));
  activate (fixture, "win.one-picture");
  WAIT_UNTIL (shown_area (fixture, 0) > 0.0f);
  g_assert_cmpfloat (shown_area (fixture, 1), >, shown_area (fixture, 0));

  /* the next lecture begins as if it were the first */
  activate (fixture, "win.swap-pictures");
  activate (fixture, "win.one-picture");
  WAIT_UNTIL (has_all_room (fixture, 0));
  play_both (fixture);
  g_assert_cmpfloat (shown_area (fixture, 1), >, shown_area (fixture, 0));
}

/* What a double click means is decided by where its first press went: that one swaps. */
static void
test_click (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t camera;

  play_both (fixture);
  camera = place (fixture, 0);
  press (fixture, 1, place (fixture, 1));
  g_assert_cmpfloat (shown_area (fixture, 1), >, shown_area (fixture, 0));
  press (fixture, 1, camera);
  WAIT_UNTIL (shown_area (fixture, 0) > shown_area (fixture, 1));
  press (fixture, 2, camera);
  WAIT_UNTIL (has_all_room (fixture, 0));
  press (fixture, 1, camera);
  press (fixture, 2, camera);
  WAIT_UNTIL (shown_area (fixture, 1) > 0.0f);
}

static const struct
{
  const char *name;
  int width;
  int height;
  gboolean side_by_side;
} sizes[] = {
  { "wide", 1000, 650, TRUE },   { "wider", 1200, 400, TRUE }, { "flat", 1000, 300, TRUE },
  { "square", 600, 600, FALSE }, { "tall", 400, 700, FALSE },  { "narrow", 360, 900, FALSE },
};

static void
test_layout (Fixture *fixture, gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *layout = find (fixture->window, has_id, "video_layout");
  const float width = (float) sizes[i].width, height = (float) sizes[i].height;
  graphene_rect_t camera, slides;

  play_both (fixture);
  gtk_widget_allocate (layout, sizes[i].width, sizes[i].height, -1, NULL);
  camera = place (fixture, 0);
  slides = place (fixture, 1);

  /* within a pixel */
  g_assert_cmpfloat (ABS (camera.size.width - camera.size.height * 16.0f / 9.0f), <, 2.0f);
  g_assert_cmpfloat (ABS (slides.size.width - slides.size.height * 4.0f / 3.0f), <, 2.0f);
  g_assert_false (graphene_rect_intersection (&camera, &slides, NULL));
  g_assert_true (
      graphene_rect_contains_rect (&GRAPHENE_RECT_INIT (0.0f, 0.0f, width, height), &camera));
  g_assert_true (
      graphene_rect_contains_rect (&GRAPHENE_RECT_INIT (0.0f, 0.0f, width, height), &slides));
  if (sizes[i].side_by_side)
    g_assert_cmpfloat (slides.origin.x + slides.size.width, <, camera.origin.x);
  else
    g_assert_cmpfloat (slides.origin.y + slides.size.height, <, camera.origin.y);
  g_assert_cmpfloat (graphene_rect_get_area (&slides), >, graphene_rect_get_area (&camera));
}

static gboolean
count_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer frames)
{
  (*(guint *) frames)++;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* The page that had the focus is gone: single keys belong to the window, and do not end up in the
 * search, though GTK would move the focus there behind the next frame. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = channel_new ("Hall", 5004);
  guint frames = 0, counting;

  g_assert_false (gtk_window_get_focus_visible (GTK_WINDOW (fixture->window)));
  g_object_set (find (fixture->window, has_id, "flap"), "reveal-flap", TRUE, NULL);
  lec_player_play (fixture->player, channel);
  g_assert_true (gtk_widget_child_focus (
      gtk_stack_get_visible_child (GTK_STACK (find (fixture->window, has_id, "pages"))),
      GTK_DIR_TAB_FORWARD));
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (fixture->window)));
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_cmpstr (page (fixture), ==, "picture");
  counting = gtk_widget_add_tick_callback (fixture->window, count_frame_cb, &frames, NULL);
  WAIT_UNTIL (frames > 5);
  gtk_widget_remove_tick_callback (fixture->window, counting);
  g_assert_null (gtk_root_get_focus (GTK_ROOT (fixture->window)));
}

/* What a key does to the bars, without a window manager to give the window the keys. */
static void
press_key (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    gboolean taken = FALSE;

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
        && gtk_event_controller_get_propagation_phase (GTK_EVENT_CONTROLLER (controller))
               == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Tab, 0, 0, &taken);
    g_assert_false (taken);
  }
}

/* Over a picture the bars go away after a while; whatever happens to the picture brings them back.
 */
static void
test_bars (Fixture *fixture, gconstpointer data)
{
  GtkWidget *overlay = find (fixture->window, has_id, "auto_hide_overlay");
  gboolean shown;

  play (fixture, PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
  g_object_get (overlay, "bars-shown", &shown, NULL);
  g_assert_true (shown);
  gtk_widget_grab_focus (find (fixture->window, has_id, "mute_button"));
  gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), FALSE);
  WAIT_UNTIL ((g_object_get (overlay, "bars-shown", &shown, NULL), !shown));
  g_assert_nonnull (gtk_widget_get_cursor (overlay));
  g_assert_null (gtk_root_get_focus (GTK_ROOT (fixture->window)));

  pipeline_double_notice ("No sound device was found.");
  g_object_get (overlay, "bars-shown", &shown, NULL);
  g_assert_true (shown);
  WAIT_UNTIL ((g_object_get (overlay, "bars-shown", &shown, NULL), !shown));

  press_key (fixture->window);
  g_object_get (overlay, "bars-shown", &shown, NULL);
  g_assert_true (shown);

  /* somebody walks through the bars with Tab: they stay */
  WAIT_UNTIL ((g_object_get (overlay, "bars-shown", &shown, NULL), !shown));
  press_key (fixture->window);
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (fixture->window)));

  pipeline_double_fail (LEC_ERROR_UNREACHABLE, "No.");
  g_object_get (overlay, "bars-shown", &shown, NULL);
  g_assert_true (shown);
  g_assert_null (gtk_widget_get_cursor (overlay));
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels = channels_new (1);

  lec_window_open (LEC_WINDOW (fixture->window), "a.sdp");
  opener_double_deliver (channels);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (fixture->window == NULL);
  assert_calls ("open a.sdp; start Hall <1>; free; ");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  application
      = GTK_APPLICATION (adw_application_new ("org.lectern.Test", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *path = g_strconcat ("/window/state/", states[i].name, NULL);

    g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_state, tear_down);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *path = g_strconcat ("/window/layout/", sizes[i].name, NULL);

    g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_layout, tear_down);
  }
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/window/empty", test_empty);
  ADD ("/window/file", test_file);
  ADD ("/window/focus", test_focus);
  ADD ("/window/rollover", test_rollover);
  ADD ("/window/captions", test_captions);
  ADD ("/window/keys-belong-to-window", test_keys_belong_to_window);
  ADD ("/window/play-and-stop", test_play_and_stop);
  ADD ("/window/refused", test_refused);
  ADD ("/window/long-title", test_long_title);
  ADD ("/window/insist", test_insist);
  ADD ("/window/source", test_source);
  ADD ("/window/sound", test_sound);
  ADD ("/window/fullscreen", test_fullscreen);
  ADD ("/window/address", test_address);
  ADD ("/window/address-popover", test_address_popover);
  ADD ("/window/drop", test_drop);
  ADD ("/window/paste", test_paste);
  ADD ("/window/newer", test_newer);
  ADD ("/window/notice", test_notice);
  ADD ("/window/patience", test_patience);
  ADD ("/window/one-picture", test_one_picture);
  ADD ("/window/change", test_change);
  ADD ("/window/list", test_list);
  ADD ("/window/passing", test_passing);
  ADD ("/window/still", test_still);
  ADD ("/window/strip", test_strip);
  ADD ("/window/zoom", test_zoom);
  ADD ("/window/memory", test_memory);
  ADD ("/window/projector", test_projector);
  ADD ("/window/swap", test_swap);
  ADD ("/window/click", test_click);
  ADD ("/window/bars", test_bars);
  ADD ("/window/close", test_close);
#undef ADD

  return g_test_run ();
}
