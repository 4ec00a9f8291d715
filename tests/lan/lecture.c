/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A player without a window but with room for eight pictures, for tests/lan/lecture.sh. It opens
 * what it is given, does what it reads, one thing a line,
 *
 *   captions WANTED    as of the player's property; `subtitles N` are those that are reported N-th
 *   sound INDEX
 *   gap                prints the longest time in ms that no picture has come since the line before
 *
 * and prints "caption TEXT", with " / " between lines, "image WIDTH HEIGHT", "kinds BITS" and
 * "pictures BITS" when they change. */
#include <glib-unix.h>
#include <gst/gst.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "element/plugin.h"
#include "play/caption-choice.h"
#include "play/player.h"

#define PICTURES 8

static GMutex mutex;
static gint64 last_us, longest_us; /* under the mutex: of the first picture */

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
new_sink (gboolean is_first)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, "signal-handoffs", is_first, NULL);
  if (is_first)
    g_signal_connect (sink, "handoff", G_CALLBACK (picture_cb), NULL);
  return sink;
}

static void
caption_cb (LecPlayer *player)
{
  const char *caption = lec_player_get_caption (player);
  g_autoptr (GString) text = g_string_new (caption != NULL ? caption : "");

  g_string_replace (text, "\n", " / ", 0);
  g_print ("caption %s\n", text->str);
}

static void
image_cb (LecPlayer *player)
{
  g_autoptr (LecCaptionPicture) picture = NULL;

  g_object_get (player, "caption-picture", &picture, NULL);
  if (picture != NULL)
    g_print ("image %u %u\n", picture->width, picture->height);
}

static void
number_cb (LecPlayer *player, GParamSpec *spec)
{
  guint number;

  g_object_get (player, spec->name, &number, NULL);
  g_print ("%s %x\n", spec->name, number);
}

static guint
get_subtitles (LecPlayer *player, guint index)
{
  g_autoptr (LecReport) report = lec_player_dup_report (player);
  const LecTsStats *ts = report != NULL && report->n_streams > 0 ? &report->streams[0].ts : NULL;
  const LecTsSubtitles *subtitles;

  if (ts == NULL || ts->n_programs == 0 || ts->chosen < 0
      || ts->programs[ts->chosen].n_subtitles <= index)
    return LEC_CAPTIONS_OFF;
  subtitles = &ts->programs[ts->chosen].subtitles[index];
  g_print ("chosen %s %x\n", subtitles->language, subtitles->page);
  return LEC_CAPTIONS_SUBTITLES_ID (subtitles->out_pid, subtitles->page);
}

static void
tell_gap (void)
{
  g_mutex_lock (&mutex);
  g_print ("gap %" G_GINT64_FORMAT "\n", longest_us / 1000);
  longest_us = 0;
  g_mutex_unlock (&mutex);
}

static gboolean
line_cb (GIOChannel *channel, GIOCondition condition, gpointer player)
{
  g_autofree char *line = NULL;
  guint number;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    return G_SOURCE_REMOVE;
  if (sscanf (line, "captions %u", &number) == 1)
    g_object_set (player, "captions", number, NULL);
  else if (sscanf (line, "subtitles %u", &number) == 1)
    g_object_set (player, "captions", get_subtitles (player, number), NULL);
  else if (sscanf (line, "sound %u", &number) == 1)
    g_object_set (player, "sound", number, NULL);
  else
    tell_gap ();
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  LecPlayer *player;

  setlocale (LC_ALL, "");
  gst_init (&argc, &argv);
  lec_element_register (NULL);
  setvbuf (stdout, NULL, _IOLBF, 0);
  player = lec_player_new (new_sink (TRUE));
  lec_player_set_second_sink (player, new_sink (FALSE));
  lec_player_set_spare_sinks (player, new_sink (TRUE), new_sink (FALSE));
  for (guint i = 2; i < PICTURES; i++)
    lec_player_add_picture (player, new_sink (FALSE), new_sink (FALSE));
  g_signal_connect (player, "notify::caption", G_CALLBACK (caption_cb), NULL);
  g_signal_connect (player, "notify::caption-picture", G_CALLBACK (image_cb), NULL);
  g_signal_connect (player, "notify::caption-kinds", G_CALLBACK (number_cb), NULL);
  g_signal_connect (player, "notify::pictures", G_CALLBACK (number_cb), NULL);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, line_cb, player);
  g_unix_signal_add (SIGTERM, G_SOURCE_FUNC (g_main_loop_quit), loop);
  lec_player_open (player, argv[1]);
  g_main_loop_run (loop);
  lec_player_stop (player);
  g_object_unref (player);
  return 0;
}
