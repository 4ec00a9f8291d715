/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A window that waits for nothing draws nothing: a laptop in the last row shall last the lecture.
 */
#include "ui/window.h"

#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/player-double.h"
#include "tests/ui/wait.h"

#define WATCH_MS 1200
#define QUIET_MS 300 /* without a frame: all that moves has come to rest */

static GtkApplication *application;

static const struct
{
  const char *page;
  LecPlayerState state;
  gboolean has_channel;
  gboolean has_video;
  gboolean has_audio;
  gboolean has_list;
  gboolean moves;
} rooms[] = {
  { "empty", LEC_PLAYER_STOPPED, FALSE, FALSE, FALSE, FALSE, FALSE },
  { "empty", LEC_PLAYER_STOPPED, FALSE, FALSE, FALSE, TRUE, FALSE },
  { "waiting", LEC_PLAYER_WAITING, TRUE, FALSE, FALSE, TRUE, TRUE },
  { "picture", LEC_PLAYER_PLAYING, TRUE, TRUE, TRUE, TRUE, FALSE },
  { "sound", LEC_PLAYER_PLAYING, TRUE, FALSE, TRUE, TRUE, FALSE },
  { "silent", LEC_PLAYER_SILENT, TRUE, FALSE, FALSE, TRUE, FALSE },
  { "refused", LEC_PLAYER_REFUSED, TRUE, FALSE, FALSE, TRUE, FALSE },
  { "stopped", LEC_PLAYER_STOPPED, TRUE, FALSE, FALSE, TRUE, FALSE },
};

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Frames that the window draws while @ms pass. */
static gint64
count_frames (GtkWidget *window, guint ms)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  const gint64 before = gdk_frame_clock_get_frame_counter (clock);
  gboolean over = FALSE;

  g_timeout_add (ms, timeout_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  return gdk_frame_clock_get_frame_counter (clock) - before;
}

static gboolean
has_bars (GtkWidget *window)
{
  gboolean shown;

  g_object_get (find (window, has_id, "auto_hide_overlay"), "bars-shown", &shown, NULL);
  return shown;
}

static void
test_room (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (LecPlayer) player = lec_player_new (NULL);
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  GtkWidget *window = lec_window_new (application, player, list, NULL, NULL);
  GtkStack *pages;

  gtk_window_present (GTK_WINDOW (window));
  WAIT_UNTIL (gtk_widget_get_mapped (window));
  pages = GTK_STACK (find (find (window, has_id, "auto_hide_overlay"), has_id, "pages"));
  if (rooms[i].has_list)
    channels_fill (list, CHANNELS_NOW);
  if (rooms[i].has_channel) {
    g_autoptr (LecChannel) channel = channels_make ("Hall", 5004);

    lec_player_play (player, channel); /* from the waiting page to the next */
  }
  /* the signal panel looks at these once a second, out of sight */
  player_double_set_stats (player, "[stream, media=(string)video, received=(guint64)100]");
  player_double_set_media (player, rooms[i].has_video, rooms[i].has_audio);
  player_double_set_state (player, rooms[i].state, "A sentence.");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages), ==, rooms[i].page);

  if (rooms[i].moves) {
    g_assert_cmpint (count_frames (window, WATCH_MS), >, 2);
  } else {
    /* the bars over a picture go away first */
    WAIT_UNTIL (!rooms[i].has_video || !has_bars (window));
    WAIT_UNTIL (count_frames (window, QUIET_MS) == 0);
    g_assert_cmpint (count_frames (window, WATCH_MS), ==, 0);
  }
  gtk_window_destroy (GTK_WINDOW (window));
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
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE,
                "gtk-cursor-blink-timeout", 1, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++) {
    g_autofree char *path
        = g_strconcat ("/idle/", rooms[i].page, rooms[i].has_list ? "-with-list" : "", NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_room);
  }
  return g_test_run ();
}
