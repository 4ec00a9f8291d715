/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/signal-panel.h"

#include <adwaita.h>
#include <string.h>

#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/plot.h"
#include "ui/window.h"

/* One for all tests: there is one of it in a process. */
static GtkApplication *application;

typedef struct
{
  LecPlayer *player;
  LecChannelList *list;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->player = lec_player_new (NULL);
  fixture->list = lec_channel_list_new ();
  fixture->window = lec_window_new (application, fixture->player, fixture->list, NULL, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_add_weak_pointer (G_OBJECT (fixture->player), (gpointer *) &fixture->player);
  g_object_unref (fixture->player);
  g_object_unref (fixture->list);
  WAIT_UNTIL (fixture->player == NULL);
}

#define assert_shows(fixture, text)                                                                \
  WAIT_UNTIL (find ((fixture)->window, shows_text, (text)) != NULL)

static void
toggle (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.signal", NULL));
}

static GtkWidget *
find_panel (Fixture *fixture)
{
  return find (fixture->window, has_id, "signal_panel");
}

/* ---- what plays ---- */

static LecChannel *
make_channel (gboolean has_sound, gboolean is_twofold)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *picture = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup ("Hall");
  lec_stream_add_leg (picture, "239.1.1.1", 5004);
  if (is_twofold)
    lec_stream_add_leg (picture, "ff15::1", 5004);
  lec_stream_add_payload (picture, 96, "H264", 90000);
  if (has_sound) {
    LecStream *sound = lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO);

    lec_stream_add_leg (sound, "239.1.1.2", 5004);
    lec_stream_add_payload (sound, 97, "opus", 48000);
  }
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
set_leg (guint index, guint leg, guint64 received, guint64 lost)
{
  LecReportDraft *report = pipeline_double_get_report ();
  LecLegStats *stats = &report->streams[index].legs[leg].stats;

  stats->received = received;
  stats->lost = lost;
  stats->last_packet_ns = report->now_ns - GST_MSECOND;
}

/* What has come of a stream, all of it on its first leg. */
static void
set_stream (guint index, guint64 received, guint64 lost)
{
  LecReportDraft *report = pipeline_double_get_report ();
  LecStreamReport *stream = &report->streams[index];

  strcpy (stream->encoding, stream->media == LEC_MEDIA_AUDIO ? "OPUS" : "H264");
  strcpy (stream->interfaces, "eth7");
  stream->latency_ns = 120 * GST_MSECOND;
  stream->stats.ssrc = 0xcafe;
  stream->stats.received = stream->stats.out = received;
  stream->stats.bytes = 1000 * received;
  stream->stats.lost = lost;
  stream->stats.jitter_ns = 1500 * GST_USECOND;
  stream->stats.delay_ns = 7 * GST_MSECOND;
  stream->stats.last_packet_ns = received > 0 ? report->now_ns - GST_MSECOND : -1;
  set_leg (index, 0, received, lost);
}

static void
play (Fixture *fixture, LecChannel *channel)
{
  lec_player_play (fixture->player, channel);
  for (guint i = 0; i < pipeline_double_get_report ()->n_streams; i++)
    set_stream (i, 0, 0);
}

/* Most watch a picture alone. */
static void
play_picture (Fixture *fixture)
{
  g_autoptr (LecChannel) channel = make_channel (FALSE, FALSE);

  play (fixture, channel);
}

/* The panel is shown, and looks about once a second: it has looked when it shows a stream. */
static void
watch (Fixture *fixture)
{
  toggle (fixture);
  WAIT_UNTIL (gtk_widget_get_first_child (find (fixture->window, has_id, "streams")) != NULL);
}

static void
await_some (guint ms)
{
  const gint64 began_us = g_get_monotonic_time ();

  WAIT_UNTIL (g_get_monotonic_time () - began_us > ms * G_TIME_SPAN_MILLISECOND);
}

/* Long enough for the panel to look, hidden or not. */
static void
await_look (void)
{
  await_some (2500);
}

/* ---- what is shown ---- */

static gboolean
is_plot_of (GtkWidget *widget, const char *measure)
{
  return LEC_IS_PLOT (widget) && find (widget, shows_text, measure) != NULL;
}

/* Hidden at first; the action, and so the key, the menu and the button, shows and hides it. */
static void
test_toggle (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find (fixture->window, has_id, "signal_button");

  g_assert_false (gtk_widget_get_mapped (find_panel (fixture)));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.signal");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Signal");
  toggle (fixture);
  WAIT_UNTIL (gtk_widget_get_mapped (find_panel (fixture)));
  assert_shows (fixture, "Nothing Is Playing");
  gtk_widget_grab_focus (find (fixture->window, has_id, "hide_button"));
  toggle (fixture);
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
  WAIT_UNTIL (!gtk_widget_get_mapped (find_panel (fixture)));
}

/* In a narrow window it lies over the page, and Escape puts it away; beside the page it stays. */
static void
test_escape (Fixture *fixture, gconstpointer data)
{
  AdwFlap *flap = ADW_FLAP (find (fixture->window, has_id, "signal_flap"));
  GtkWidget *open_button = find (fixture->window, has_id, "open_button");

  toggle (fixture);
  WAIT_UNTIL (gtk_widget_get_mapped (find_panel (fixture)));
  g_assert_false (adw_flap_get_folded (flap));
  gtk_widget_activate_action (fixture->window, "win.leave-fullscreen", NULL);
  g_assert_true (adw_flap_get_reveal_flap (flap));
  g_assert_true (gtk_widget_get_child_visible (open_button));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  WAIT_UNTIL (adw_flap_get_folded (flap));
  gtk_widget_activate_action (fixture->window, "win.leave-fullscreen", NULL);
  g_assert_false (adw_flap_get_reveal_flap (flap));
  WAIT_UNTIL (!gtk_widget_get_child_visible (open_button));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 600);
  WAIT_UNTIL (gtk_widget_get_child_visible (open_button));
}

/* What was seen while it was hidden is there when it is shown. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  play_picture (fixture);
  set_stream (0, 800, 5);
  await_look ();
  set_stream (0, 899, 6);
  await_look ();
  toggle (fixture);
  assert_shows (fixture, "Poor");
  assert_shows (fixture, "The network lost 1 of 100 packets (1.00 %)");
  assert_shows (fixture, "Picture · H264");
  assert_shows (fixture, "239.1.1.1:5004");
  assert_shows (fixture, "eth7");
  assert_shows (fixture, "0000cafe");
  assert_shows (fixture, "899");
}

static void
test_verdict (Fixture *fixture, gconstpointer data)
{
  play_picture (fixture);
  watch (fixture);
  assert_shows (fixture, "No Signal");
  set_stream (0, 100, 0);
  assert_shows (fixture, "Good");
  assert_shows (fixture, "Everything sent has arrived");
  lec_player_stop (fixture->player);
  assert_shows (fixture, "Nothing Is Playing");
}

static gboolean
button_says (Fixture *fixture, const char *icon, const char *label)
{
  GtkWidget *button = find (fixture->window, has_id, "signal_button");
  g_autofree char *mismatch = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  return g_str_equal (gtk_button_get_icon_name (GTK_BUTTON (button)), icon) && mismatch == NULL;
}

/* The button in the header shows how it is, with the panel hidden, and says so to who hears. */
/* Parity is no payload of another kind; what else is set aside is told. */
static void
test_parity (Fixture *fixture, gconstpointer data)
{
  LecStats *stats;

  play_picture (fixture);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  stats = &pipeline_double_get_report ()->streams[0].stats;
  stats->parity = stats->aside = 24;
  set_stream (0, 100, 0);
  watch (fixture);
  assert_shows (fixture, "Parity packets");
  g_assert_null (find (fixture->window, shows_text, "Other payloads"));
  stats->aside = 25;
  assert_shows (fixture, "Other payloads");
}

/* Every packet comes, and the picture stands still: that is not called good. */
static void
test_frozen (Fixture *fixture, gconstpointer data)
{
  LecTrackReport *track;

  play_picture (fixture);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  set_stream (0, 100, 0);
  watch (fixture);
  set_stream (0, 200, 0);
  assert_shows (fixture, "Good");
  track = lec_report_draft_add_track (pipeline_double_get_report ());
  track->media = LEC_MEDIA_VIDEO;
  track->state = LEC_TRACK_STALLED;
  track->still_ns = 4 * GST_SECOND;
  track->counts.decoded = 25;
  set_stream (0, 300, 0);
  assert_shows (fixture, "Poor");
  assert_shows (fixture, "The picture has stood still for 4 s while packets arrive");
  track->state = LEC_TRACK_PLAYING;
  track->still_ns = 0;
  set_stream (0, 400, 0);
  assert_shows (fixture, "Good");
}

static void
test_button (Fixture *fixture, gconstpointer data)
{
  g_assert_true (button_says (fixture, "network-cellular-signal-none-symbolic", "Signal"));
  play_picture (fixture);
  WAIT_UNTIL (button_says (fixture, "network-cellular-signal-none-symbolic", "Signal: No Signal"));
  set_stream (0, 100, 0);
  await_look ();
  set_stream (0, 1000, 0);
  WAIT_UNTIL (button_says (fixture, "network-cellular-signal-excellent-symbolic", "Signal: Good"));
  set_stream (0, 2000, 1);
  WAIT_UNTIL (button_says (fixture, "network-cellular-signal-good-symbolic", "Signal: Fair"));
  set_stream (0, 2900, 101);
  WAIT_UNTIL (button_says (fixture, "network-cellular-signal-weak-symbolic", "Signal: Poor"));
  pipeline_double_pass (4);
  WAIT_UNTIL (button_says (fixture, "network-cellular-no-route-symbolic", "Signal: Silent"));
  pipeline_double_receive ();
  WAIT_UNTIL (button_says (fixture, "network-cellular-signal-weak-symbolic", "Signal: Poor"));
  pipeline_double_end ();
  pipeline_double_pass (1);
  WAIT_UNTIL (button_says (fixture, "media-playback-stop-symbolic", "Signal: Ended"));
  lec_player_stop (fixture->player);
  g_assert_true (button_says (fixture, "network-cellular-signal-none-symbolic", "Signal"));
}

static gboolean
is_marked (Fixture *fixture)
{
  gboolean poor;

  g_object_get (find (fixture->window, has_type, "LecVideoView"), "poor", &poor, NULL);
  return poor;
}

/* What is lost for long is marked on the picture itself, what is lost once is not. */
static void
test_mark (Fixture *fixture, gconstpointer data)
{
  GtkWidget *mark;
  guint64 sent = 100, lost = 0;

  play_picture (fixture);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  set_stream (0, sent, lost);
  await_look ();
  mark = find (fixture->window, has_id, "mark");
  gtk_test_accessible_assert_property (mark, GTK_ACCESSIBLE_PROPERTY_LABEL, "Poor reception");
  set_stream (0, sent += 100, lost += 10);
  await_look ();
  g_assert_false (is_marked (fixture));
  for (guint i = 0; i < 20 && !is_marked (fixture); i++) {
    set_stream (0, sent += 100, lost += 10);
    await_some (500);
  }
  g_assert_true (is_marked (fixture));
  g_assert_true (gtk_widget_get_visible (mark));
  WAIT_UNTIL (!is_marked (fixture)); /* nothing more is lost */
  g_assert_false (gtk_widget_get_visible (mark));
}

/* What has ended is not received well, whatever came in the seconds before; and that is not to wait
 * for the next look. */
static void
test_ended (Fixture *fixture, gconstpointer data)
{
  gint64 ended_us;

  play_picture (fixture);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  set_stream (0, 100, 0);
  watch (fixture);
  set_stream (0, 200, 0);
  assert_shows (fixture, "Good");
  pipeline_double_end ();
  pipeline_double_pass (1);
  ended_us = g_get_monotonic_time ();
  assert_shows (fixture, "Ended");
  WAIT_UNTIL (find (find_panel (fixture), shows_text,
                    "The station ended the session (RTCP BYE); still listening, in case it comes "
                    "back")
              != NULL);
  g_test_message ("after %.3f s", (double) (g_get_monotonic_time () - ended_us) / G_USEC_PER_SEC);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_shows (fixture, "Good");
}

/* While nothing comes, the engine knows better why than the figures do. */
static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  toggle (fixture);
  WAIT_UNTIL (gtk_widget_get_mapped (find_panel (fixture)));
  play_picture (fixture);
  WAIT_UNTIL (find (find_panel (fixture), shows_text, "Waiting for 239.1.1.1:5004 …") != NULL);
  pipeline_double_fail (LEC_ERROR_UNREACHABLE, "No <station> there.");
  WAIT_UNTIL (find (find_panel (fixture), shows_text, "No <station> there.") != NULL);
}

static void
test_behind (Fixture *fixture, gconstpointer data)
{
  play_picture (fixture);
  set_stream (0, 10, 0);
  watch (fixture);
  pipeline_double_set_latency (123 * GST_MSECOND);
  WAIT_UNTIL (find (find_panel (fixture), shows_text, "0.12 s behind") != NULL);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (
                       find (find (fixture->window, has_id, "controls"), has_id, "behind"))),
                   ==, "0.12 s behind");
  pipeline_double_set_latency (0);
  WAIT_UNTIL (find (find_panel (fixture), shows_text, "0.12 s behind") == NULL);
}

/* Each measure of each stream has its plot, with a value that can be read without seeing it. */
static void
test_plots (Fixture *fixture, gconstpointer data)
{
  static const char *const measures[] = { "Latency", "Loss", "Jitter", "Rate" };
  GtkWidget *streams = find (fixture->window, has_id, "streams");
  g_autoptr (LecChannel) channel = make_channel (TRUE, FALSE);

  play (fixture, channel);
  watch (fixture);
  set_stream (0, 99, 1);
  set_stream (1, 50, 0);
  strcpy (pipeline_double_get_report ()->streams[1].stats.station, "Hall 4");
  strcpy (pipeline_double_get_report ()->streams[1].stats.tool, "a tool");
  assert_shows (fixture, "Sound · OPUS");
  assert_shows (fixture, "1.00 %");
  assert_shows (fixture, "Hall 4");
  assert_shows (fixture, "a tool");
  for (GtkWidget *stream = gtk_widget_get_first_child (streams); stream != NULL;
       stream = gtk_widget_get_next_sibling (stream))
    for (guint i = 0; i < G_N_ELEMENTS (measures); i++) {
      GtkWidget *plot = find (stream, is_plot_of, measures[i]);

      g_assert_nonnull (plot);
      g_assert_true (gtk_widget_get_focusable (plot));
      gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL, measures[i]);
    }
}

/* Who has two ways sees which of them is the bad one. */
static void
test_legs (Fixture *fixture, gconstpointer data)
{
  const char *expected = "0.00 %; 239.1.1.1:5004 0.00 %, [ff15::1]:5004 25 %; between 0.00 % "
                         "and 0.00 % in the last two minutes";
  g_autoptr (LecChannel) channel = make_channel (FALSE, TRUE);

  play (fixture, channel);
  set_leg (0, 1, 0, 0);
  watch (fixture);
  set_stream (0, 100, 0);
  set_leg (0, 1, 75, 25);
  assert_shows (fixture, "All paths combined");
  assert_shows (fixture, "[ff15::1]:5004");
  assert_shows (fixture, "0.00 %");
  gtk_test_accessible_assert_property (find (find_panel (fixture), is_plot_of, "Loss"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
}

/* Another channel begins with nothing of the last one. */
static void
test_other_channel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = make_channel (TRUE, FALSE);
  g_autoptr (LecChannel) other = channels_make ("Other hall", 5006);

  play (fixture, channel);
  watch (fixture);
  assert_shows (fixture, "Picture · H264");
  lec_player_play (fixture->player, other);
  g_assert_null (find (fixture->window, shows_text, "Picture · H264"));
  g_assert_null (gtk_widget_get_first_child (find (fixture->window, has_id, "streams")));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

/* What whoever helps is sent; and that it was copied is seen. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (fixture->window, has_id, "notice");
  g_autofree char *text = NULL;

  play_picture (fixture);
  set_stream (0, 4711, 0);
  watch (fixture);
  assert_shows (fixture, "4711");
  g_signal_emit_by_name (find (fixture->window, has_id, "copy_button"), "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, read_cb, &text);
  WAIT_UNTIL (text != NULL);
  g_assert_true (g_str_has_prefix (text, "report of: Lectern "));
  g_assert_nonnull (strstr (text, "\nchannel: Hall\n"));
  g_assert_nonnull (strstr (text, "\ndiagnosis: "));
  g_assert_nonnull (strstr (text, "\n  address: 239.1.1.1:5004\n"));
  g_assert_nonnull (strstr (text, "received 4711"));
  WAIT_UNTIL (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  g_assert_nonnull (find (bar, shows_text, "Report copied; paste it into an email to your helpdesk."));
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

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/signal-panel/toggle", test_toggle);
  ADD ("/signal-panel/escape", test_escape);
  ADD ("/signal-panel/hidden", test_hidden);
  ADD ("/signal-panel/verdict", test_verdict);
  ADD ("/signal-panel/parity", test_parity);
  ADD ("/signal-panel/frozen", test_frozen);
  ADD ("/signal-panel/button", test_button);
  ADD ("/signal-panel/mark", test_mark);
  ADD ("/signal-panel/ended", test_ended);
  ADD ("/signal-panel/waiting", test_waiting);
  ADD ("/signal-panel/behind", test_behind);
  ADD ("/signal-panel/plots", test_plots);
  ADD ("/signal-panel/legs", test_legs);
  ADD ("/signal-panel/copy", test_copy);
  ADD ("/signal-panel/other-channel", test_other_channel);
#undef ADD

  return g_test_run ();
}
