/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A window that waits for nothing draws nothing: a laptop in the last row shall last the lecture.
 */
#include "ui/window.h"

#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"

#define WATCH_MS 1200
/* Without a frame for so long, all that moves, and what waits for a second, has come to rest. */
#define QUIET_MS 1100

static GtkApplication *application;

static void
stay (LecPlayer *player)
{
}

static void
show_picture (LecPlayer *player)
{
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND);
}

static void
play_radio (LecPlayer *player)
{
  g_autoptr (LecChannel) radio = channels_make_radio ("Radio", 5006);

  lec_player_play (player, radio);
  pipeline_double_show (PIPELINE_DOUBLE_SOUND);
}

static void
fall_silent (LecPlayer *player)
{
  pipeline_double_pass (3);
}

static void
refuse (LecPlayer *player)
{
  pipeline_double_fail (LEC_ERROR_UNSUPPORTED, "A sentence.");
}

static const struct
{
  const char *page;
  LecPlayerState state;
  void (*reach) (LecPlayer *player); /* from waiting, after the first packets; NULL: no channel */
  gboolean has_list;
  gboolean moves;
} rooms[] = {
  { "empty", LEC_PLAYER_STOPPED, NULL, FALSE, FALSE },
  { "empty", LEC_PLAYER_STOPPED, NULL, TRUE, FALSE },
  { "waiting", LEC_PLAYER_WAITING, stay, TRUE, TRUE },
  { "picture", LEC_PLAYER_PLAYING, show_picture, TRUE, FALSE },
  { "sound", LEC_PLAYER_PLAYING, play_radio, TRUE, FALSE },
  { "silent", LEC_PLAYER_SILENT, fall_silent, TRUE, FALSE },
  { "refused", LEC_PLAYER_REFUSED, refuse, TRUE, FALSE },
  { "stopped", LEC_PLAYER_STOPPED, lec_player_stop, TRUE, FALSE },
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
  if (rooms[i].reach != NULL) {
    g_autoptr (LecChannel) channel = channels_make ("Hall", 5004);

    lec_player_play (player, channel);
    pipeline_double_receive (); /* the signal panel looks at it once a second, out of sight */
    rooms[i].reach (player);
  }
  WAIT_UNTIL (lec_player_get_state (player) == rooms[i].state);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages), ==, rooms[i].page);

  if (rooms[i].moves) {
    g_assert_cmpint (count_frames (window, WATCH_MS), >, 2);
  } else {
    /* the bars over a picture go away first */
    WAIT_UNTIL (!g_str_equal (rooms[i].page, "picture") || !has_bars (window));
    WAIT_UNTIL (count_frames (window, QUIET_MS) == 0);
    g_assert_cmpint (count_frames (window, WATCH_MS), ==, 0);
  }
  gtk_window_destroy (GTK_WINDOW (window));
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
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE,
                "gtk-cursor-blink-timeout", 1, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++) {
    g_autofree char *path
        = g_strconcat ("/idle/", rooms[i].page, rooms[i].has_list ? "-with-list" : "", NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_room);
  }
  return g_test_run ();
}
