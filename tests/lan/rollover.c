/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A player without a window, for tests/lan/rollover.sh: opens the announcement that it is given,
 * and prints a line whenever what a viewer is told changes, with the longest time that no picture
 * has come since the line before, in milliseconds. */
#include <glib-unix.h>
#include <gst/gst.h>

#include "element/plugin.h"
#include "play/player.h"

/* What shows pictures: two sinks, in turn. */
static gint64 last_us, longest_us; /* under mutex */
static GMutex mutex;

static void
picture_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  const gint64 now_us = g_get_monotonic_time ();

  g_mutex_lock (&mutex);
  if (last_us != 0)
    longest_us = MAX (longest_us, now_us - last_us);
  last_us = now_us;
  g_mutex_unlock (&mutex);
}

static GstElement *
new_sink (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (picture_cb), NULL);
  return sink;
}

static void
told_cb (LecPlayer *player)
{
  const char *notice = lec_player_get_notice (player);
  gint64 gap_us;

  g_mutex_lock (&mutex);
  gap_us = MAX (longest_us, last_us != 0 ? g_get_monotonic_time () - last_us : 0);
  longest_us = 0;
  if (last_us != 0)
    last_us = g_get_monotonic_time (); /* what is told is told once */
  g_mutex_unlock (&mutex);
  g_print ("%d|%" G_GINT64_FORMAT "|%s|%s\n", (int) lec_player_get_state (player), gap_us / 1000,
           lec_player_get_message (player), notice != NULL ? notice : "");
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  LecPlayer *player;

  gst_init (&argc, &argv);
  lec_element_register (NULL);
  player = lec_player_new (new_sink ());
  lec_player_set_spare_sinks (player, new_sink (), NULL);
  g_signal_connect (player, "notify::state", G_CALLBACK (told_cb), NULL);
  g_signal_connect (player, "notify::notice", G_CALLBACK (told_cb), NULL);
  g_unix_signal_add (SIGTERM, (GSourceFunc) (void (*) (void)) g_main_loop_quit, loop);
  lec_player_open (player, argv[1]);
  g_main_loop_run (loop);
  told_cb (player);
  lec_player_stop (player);
  g_object_unref (player);
  return 0;
}
