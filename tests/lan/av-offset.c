/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receives and decodes the test lecture, and prints how far each beep is from its flash.
 *
 * Usage: av-offset ANNOUNCEMENT COUNT; one line per pair, milliseconds, positive when the beep is
 * late. What is compared are the times of presentation at the sinks, which keep them. Script
 * commands go to standard error, each with how long after the last flash it came. */
#include <gst/gst.h>
#include <stdlib.h>
#include <string.h>

#include "element/plugin.h"
#include "fetch/fetch.h"
#include "play/pipeline.h"

#define WIDTH 64
#define HEIGHT 36
#define LAMP_X 57 /* the middle of the square that flashes, in that size */
#define LAMP_Y 6
#define LIT 160
#define RATE 48000
#define LOUD 3000
#define QUIET (GST_SECOND / 2) /* a beep begins after so much silence */
#define PAIR (GST_SECOND / 2)  /* further apart they belong to different seconds */

static GMutex mutex;
static GstClockTime last_flash = GST_CLOCK_TIME_NONE, last_beep = GST_CLOCK_TIME_NONE;
static GstClockTime last_loud;
static gint64 flashed_us;
static gboolean lit;
static int left;
static GMainLoop *loop;

static void
compare (void)
{
  GstClockTimeDiff apart = GST_CLOCK_DIFF (last_flash, last_beep);

  if (last_flash == GST_CLOCK_TIME_NONE || last_beep == GST_CLOCK_TIME_NONE
      || ABS (apart) > (GstClockTimeDiff) PAIR)
    return;
  g_print ("%.1f\n", (double) apart / GST_MSECOND);
  last_flash = last_beep = GST_CLOCK_TIME_NONE;
  if (--left == 0)
    g_main_loop_quit (loop);
}

static void
picture_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  GstMapInfo map;
  gboolean now_lit;

  gst_buffer_map (buffer, &map, GST_MAP_READ);
  now_lit = map.data[LAMP_Y * WIDTH + LAMP_X] > LIT;
  gst_buffer_unmap (buffer, &map);

  g_mutex_lock (&mutex);
  if (now_lit && !lit) {
    last_flash = GST_BUFFER_PTS (buffer);
    flashed_us = g_get_monotonic_time ();
    compare ();
  }
  lit = now_lit;
  g_mutex_unlock (&mutex);
}

static void
sound_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_READ);
  g_mutex_lock (&mutex);
  for (gsize i = 0; i < map.size / 2; i++) {
    GstClockTime time = GST_BUFFER_PTS (buffer) + i * GST_SECOND / RATE;

    if (ABS (((const gint16 *) map.data)[i]) < LOUD)
      continue;
    if (time > last_loud + QUIET) {
      last_beep = time;
      compare ();
    }
    last_loud = time;
  }
  g_mutex_unlock (&mutex);
  gst_buffer_unmap (buffer, &map);
}

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  return index == 0;
}

static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  g_autoptr (GstElement) sink = NULL;
  GstElement *bin;

  if (type == GST_STREAM_TYPE_VIDEO)
    bin = gst_parse_bin_from_description ("videoconvert ! videoscale ! "
                                          "video/x-raw,format=GRAY8,width=64,height=36 ! "
                                          "fakesink name=s sync=true signal-handoffs=true",
                                          TRUE, NULL);
  else
    bin = gst_parse_bin_from_description ("audioconvert ! audioresample ! "
                                          "audio/x-raw,format=S16LE,channels=1,rate=48000 ! "
                                          "fakesink name=s sync=true signal-handoffs=true",
                                          TRUE, NULL);
  sink = gst_bin_get_by_name (GST_BIN (bin), "s");
  g_signal_connect (sink, "handoff",
                    type == GST_STREAM_TYPE_VIDEO ? G_CALLBACK (picture_cb) : G_CALLBACK (sound_cb),
                    NULL);
  return bin;
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  g_printerr ("%s\n", sentence);
  exit (1);
}

static void
ignore_cb (gpointer data)
{
}

static void
ignore_text_cb (const char *text, gpointer data)
{
}

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  gint64 after_us;

  g_mutex_lock (&mutex);
  after_us = g_get_monotonic_time () - flashed_us;
  g_mutex_unlock (&mutex);
  if (is_due)
    g_printerr ("%" G_GINT64_FORMAT " %s %s\n", after_us / 1000, type, parameter);
}

int
main (int argc, char **argv)
{
  static const LecPipelineCallbacks callbacks = { wants_cb,  sink_cb,        failed_cb,
                                                  ignore_cb, ignore_text_cb, ignore_text_cb,
                                                  ignore_cb, cue_cb };
  const LecPipelineOptions options = { .latency_ms = -1, .decode = TRUE };
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autoptr (GError) error = NULL;
  LecPipeline *pipeline;

  gst_init (NULL, NULL);
  lec_element_register (NULL);
  if (argc != 3 || (left = atoi (argv[2])) <= 0)
    return 2;
  announcement = lec_fetch_announcement (argv[1], NULL, &error);
  if (announcement == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }

  loop = g_main_loop_new (NULL, FALSE);
  pipeline = lec_pipeline_new (g_ptr_array_index (announcement->channels, 0), 0, &options,
                               &callbacks, NULL);
  lec_pipeline_start (pipeline);
  g_main_loop_run (loop);
  lec_pipeline_free (pipeline);
  g_main_loop_unref (loop);
  return 0;
}
