/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/signal-panel.h"

#include <adwaita.h>

#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/player-double.h"
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

#define LEG(group, received, lost)                                                                 \
  "[leg, group=(string)\"" group "\", port=(uint)5004, received=(guint64)" #received               \
  ", lost=(guint64)" #lost ", silent-ms=(double)1]"
#define STREAM(media, encoding, received, lost, legs, more)                                        \
  "[stream, media=(string)" media ", encoding=(string)" encoding ", received=(guint64)" #received  \
  ", out=(guint64)" #received ", bytes=(guint64)" #received "000, lost=(guint64)" #lost            \
  ", latency-ms=(double)120, jitter-ms=(double)1.5, delay-ms=(double)7, interfaces=(string)eth7, " \
  "ssrc=(uint)0xcafe, legs=(structure){ " legs " }" more "]"
#define VIDEO(received, lost)                                                                      \
  STREAM ("video", "H264", received, lost, LEG ("239.1.1.1", received, lost), "")

/* Something plays, and the panel has looked at it once. */
static void
play (Fixture *fixture, const char *streams)
{
  g_autoptr (LecChannel) channel = channels_make ("Hall", 5004);

  lec_player_play (fixture->player, channel);
  player_double_set_stats (fixture->player, streams);
  player_double_set_state (fixture->player, LEC_PLAYER_STOPPED, "");
  player_double_set_state (fixture->player, LEC_PLAYER_PLAYING, "");
}

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

  toggle (fixture);
  WAIT_UNTIL (gtk_widget_get_mapped (find_panel (fixture)));
  g_assert_false (adw_flap_get_folded (flap));
  gtk_widget_activate_action (fixture->window, "win.leave-fullscreen", NULL);
  g_assert_true (adw_flap_get_reveal_flap (flap));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 600);
  WAIT_UNTIL (adw_flap_get_folded (flap));
  gtk_widget_activate_action (fixture->window, "win.leave-fullscreen", NULL);
  g_assert_false (adw_flap_get_reveal_flap (flap));
}

/* What was seen while it was hidden is there when it is shown. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  const gint64 began_us = g_get_monotonic_time ();

  play (fixture, VIDEO (800, 5));
  player_double_set_stats (fixture->player, VIDEO (899, 6));
  WAIT_UNTIL (g_get_monotonic_time () - began_us > 2500 * G_TIME_SPAN_MILLISECOND);
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
  play (fixture, VIDEO (0, 0));
  toggle (fixture);
  assert_shows (fixture, "No Signal");
  player_double_set_stats (fixture->player, VIDEO (100, 0));
  assert_shows (fixture, "Good");
  assert_shows (fixture, "Everything sent has arrived");
  player_double_set_state (fixture->player, LEC_PLAYER_STOPPED, "");
  assert_shows (fixture, "Nothing Is Playing");
}

/* While nothing comes, the engine knows better why than the figures do. */
static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  play (fixture, VIDEO (0, 0));
  player_double_set_state (fixture->player, LEC_PLAYER_WAITING, "Waiting for a <station>.");
  toggle (fixture);
  WAIT_UNTIL (find (find_panel (fixture), shows_text, "Waiting for a <station>.") != NULL);
}

static void
test_behind (Fixture *fixture, gconstpointer data)
{
  play (fixture, VIDEO (10, 0));
  toggle (fixture);
  player_double_set_behind (fixture->player, 0.123);
  WAIT_UNTIL (find (find_panel (fixture), shows_text, "0.12 s behind") != NULL);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (
                       find (find (fixture->window, has_id, "controls"), has_id, "behind"))),
                   ==, "0.12 s behind");
  player_double_set_behind (fixture->player, 0);
  WAIT_UNTIL (find (find_panel (fixture), shows_text, "0.12 s behind") == NULL);
}

/* Each measure of each stream has its plot, with a value that can be read without seeing it. */
static void
test_plots (Fixture *fixture, gconstpointer data)
{
  static const char *const measures[] = { "Latency", "Loss", "Jitter", "Rate" };
  GtkWidget *streams = find (fixture->window, has_id, "streams");

  play (fixture, VIDEO (0, 0) ", " STREAM ("audio", "OPUS", 0, 0, LEG ("239.1.1.2", 0, 0), ""));
  toggle (fixture);
  player_double_set_stats (
      fixture->player,
      VIDEO (99, 1) ", " STREAM ("audio", "OPUS", 50, 0, LEG ("239.1.1.2", 50, 0),
                                 ", station=(string)\"Hall 4\", tool=(string)\"a tool\""));
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

#define TWICE(first, second, lost)                                                                 \
  STREAM ("video", "H264", first, 0,                                                               \
          LEG ("239.1.1.1", first, 0) ", " LEG ("ff15::1", second, lost), "")
  play (fixture, TWICE (0, 0, 0));
  toggle (fixture);
  player_double_set_stats (fixture->player, TWICE (100, 75, 25));
  assert_shows (fixture, "All paths combined");
  assert_shows (fixture, "[ff15::1]:5004");
  assert_shows (fixture, "0.00 %");
  gtk_test_accessible_assert_property (find (find_panel (fixture), is_plot_of, "Loss"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
#undef TWICE
}

/* Another channel begins with nothing of the last one. */
static void
test_other_channel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) other = channels_make ("Other hall", 5006);

  play (fixture, VIDEO (0, 0) ", " VIDEO (0, 0));
  toggle (fixture);
  assert_shows (fixture, "Picture · H264");
  player_double_set_stats (fixture->player, "");
  lec_player_play (fixture->player, other);
  g_assert_null (find (fixture->window, shows_text, "Picture · H264"));
  g_assert_null (gtk_widget_get_first_child (find (fixture->window, has_id, "streams")));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv);
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
  ADD ("/signal-panel/waiting", test_waiting);
  ADD ("/signal-panel/behind", test_behind);
  ADD ("/signal-panel/plots", test_plots);
  ADD ("/signal-panel/legs", test_legs);
  ADD ("/signal-panel/other-channel", test_other_channel);
#undef ADD

  return g_test_run ();
}
