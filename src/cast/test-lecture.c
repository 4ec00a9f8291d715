/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/test-lecture.h"

#include <glib/gi18n-lib.h>

#include "cast/payloaders.h"
#include "cast/test-scenes.h"

/* The encoders are told to be quick: all three streams together must leave a small machine free
 * to play them as well. The sources are not live, they are paced with everything else. */
#define H264(bitrate, interval)                                                                    \
  " ! x264enc tune=zerolatency speed-preset=superfast threads=1 bframes=0 bitrate=" bitrate        \
  " key-int-max=" interval " ! video/x-h264,profile=constrained-baseline"                          \
  " ! queue max-size-time=200000000 max-size-buffers=0 max-size-bytes=0"                           \
  " ! rtph264pay name=pay config-interval=-1 aggregate-mode=zero-latency"

#define CAMERA                                                                                     \
  "videotestsrc pattern=black"                                                                     \
  " ! capsfilter name=raw caps=video/x-raw,format=I420,width=640,height=360,framerate=25/1" H264 ( \
      "500", "25")

#define SLIDES                                                                                     \
  "videotestsrc pattern=black"                                                                     \
  " ! capsfilter name=raw caps=video/x-raw,format=I420,width=960,height=540,framerate=5/1" H264 (  \
      "250", "5")

#define VOICE                                                                                      \
  "audiotestsrc wave=silence samplesperbuffer=960"                                                 \
  " ! capsfilter name=raw caps=audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved"  \
  " ! opusenc bitrate=48000"                                                                       \
  " ! queue max-size-time=200000000 max-size-buffers=0 max-size-bytes=0"                           \
  " ! rtpopuspay name=pay"

typedef void (*Draw) (GstPad *pad, LecStation *station);

static gint64
tell_time (GstClockTime time, gpointer station)
{
  return lec_station_get_wall_clock (station, time);
}

static void
draw_camera (GstPad *pad, LecStation *station)
{
  lec_test_scene_draw_camera (pad, tell_time, station);
}

static void
draw_slides (GstPad *pad, LecStation *station)
{
  lec_test_scene_draw_slides (pad);
}

static void
draw_voice (GstPad *pad, LecStation *station)
{
  lec_test_scene_draw_voice (pad);
}

static gboolean
add_scene (LecStation *station,
           const char *description,
           Draw draw,
           const char *label,
           const char *content,
           GError **error)
{
  GstElement *bin = lec_payloaders_make_bin (description, error);
  g_autoptr (GstElement) raw = NULL, pay = NULL;
  g_autoptr (GstPad) pad = NULL;

  if (bin == NULL)
    return FALSE;
  gst_bin_add (lec_station_get_pipeline (station), bin);
  lec_station_name_source (bin, _ ("The test lecture"));
  raw = gst_bin_get_by_name (GST_BIN (bin), "raw");
  pay = gst_bin_get_by_name (GST_BIN (bin), "pay");
  g_object_set (pay, "pt", lec_station_get_next_payload (station), NULL);
  pad = gst_element_get_static_pad (raw, "src");
  draw (pad, station);
  return lec_station_add_stream (station, bin, label, content, error);
}

gboolean
lec_test_lecture_add (LecStation *station, GError **error)
{
  if (!add_scene (station, CAMERA, draw_camera, "Camera", "speaker", error)
      || !add_scene (station, SLIDES, draw_slides, "Slides", "slides", error)
      || !add_scene (station, VOICE, draw_voice, "Voice", "main", error))
    return FALSE;
  lec_station_complete (station);
  return TRUE;
}
