/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A recording that begins and ends while the channel plays: with a station beside it in a network
 * namespace. */
#include "play/pipeline.h"

#include <glib/gstdio.h>
#include <string.h>

#include "channel/channel.h"
#include "element/plugin.h"

#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */
#define GROUP "239.9.9.8"

/* Parameter sets stand in the description only; a key frame each second. */
typedef struct
{
  const char *name;
  const char *station; /* up to its payloader, named pay */
  const char *encoding;
  const char *reader; /* of the file, up to decoded pictures */
} Row;

#define PICTURE                                                                                    \
  "videotestsrc is-live=true ! video/x-raw,format=I420,width=64,height=64,framerate=25/1 ! "
#define H264 PICTURE "x264enc key-int-max=25 tune=zerolatency ! rtph264pay config-interval=0 "

static const Row rows[] = {
  { "x.mkv", H264, "H264", "matroskademux ! h264parse ! avdec_h264" },
  { "x.ts", H264, "H264", "tsdemux ! h264parse ! avdec_h264" },
  { "y.mkv", PICTURE "vp8enc deadline=1 keyframe-max-dist=25 ! rtpvp8pay ", "VP8",
    "matroskademux ! vp8dec" },
};

typedef struct
{
  const Row *row;
  GstElement *station;
  LecChannel *channel;
  LecPipeline *pipeline;
  GstElement *sink;
  int pictures; /* atomic: shown */
  char *folder, *path;
} Fixture;

/* ---- the channel ---- */

static GstElement *
begin_station (const Row *row)
{
  g_autofree char *description
      = g_strdup_printf ("%s pt=96 name=pay ! udpsink host=" GROUP " port=5004 "
                         "multicast-iface=lo auto-multicast=false async=false",
                         row->station);
  g_autoptr (GError) error = NULL;
  GstElement *station = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_element_set_state (station, GST_STATE_PLAYING);
  return gst_object_ref_sink (station);
}

/* Returns: (transfer full) (nullable): as the payloader says when it has seen them */
static char *
dup_sets (GstElement *station)
{
  g_autoptr (GstElement) pay = gst_bin_get_by_name (GST_BIN (station), "pay");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (pay, "src");
  const gint64 end_us = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;

  while (TRUE) {
    g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

    if (caps != NULL)
      return g_strdup (
          gst_structure_get_string (gst_caps_get_structure (caps, 0), "sprop-parameter-sets"));
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (10000);
  }
}

static LecChannel *
new_channel (Fixture *self)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  g_autofree char *sets = dup_sets (self->station);
  g_autoptr (GError) error = NULL;
  LecPayload *payload;
  LecChannel *channel;

  lec_stream_add_leg (stream, GROUP, 5004);
  payload = lec_stream_add_payload (stream, 96, self->row->encoding, 90000);
  if (sets != NULL)
    payload->parameters = g_strdupv ((char *[]){ (char *) "sprop-parameter-sets", sets, NULL });
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  return TRUE;
}

static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  return ((Fixture *) data)->sink;
}

static void
failed_cb (LecError code, const char *sentence, gpointer data)
{
  g_error ("%s", sentence);
}

static void
none_cb (gpointer data)
{
}

static void
text_cb (const char *text, gpointer data)
{
}

static const LecPipelineCallbacks callbacks = { .wants = wants_cb,
                                                .sink = sink_cb,
                                                .failed = failed_cb,
                                                .shown = none_cb,
                                                .caption = text_cb,
                                                .notice = text_cb,
                                                .ended = none_cb };

static void
handoff_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, int *count)
{
  g_atomic_int_inc (count);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const LecPipelineOptions options = { .latency_ms = -1, .decode = TRUE };

  self->row = data;
  self->folder = g_dir_make_tmp ("lectern-recording-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, self->row->name, NULL);
  self->station = begin_station (self->row);
  self->channel = new_channel (self);
  self->sink = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
  g_object_set (self->sink, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (self->sink, "handoff", G_CALLBACK (handoff_cb), &self->pictures);
  self->pipeline = lec_pipeline_new (self->channel, 0, &options, &callbacks, self);
  lec_pipeline_start (self->pipeline);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_pipeline_free (self->pipeline);
  gst_object_unref (self->sink);
  gst_element_set_state (self->station, GST_STATE_NULL);
  gst_object_unref (self->station);
  lec_channel_unref (self->channel);
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
await_pictures (Fixture *self, int more)
{
  const int before = g_atomic_int_get (&self->pictures);
  const gint64 end_us = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;

  while (g_atomic_int_get (&self->pictures) < before + more) {
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (5000);
  }
}

/* ---- what is in the file ---- */

static void
assert_decodes (Fixture *self, int at_least)
{
  g_autofree char *description
      = g_strdup_printf ("filesrc location=\"%s\" ! %s ! fakesink name=end signal-handoffs=true",
                         self->path, self->row->reader);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) reader = gst_parse_launch (description, &error);
  g_autoptr (GstElement) end = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  int pictures = 0;

  g_assert_no_error (error);
  end = gst_bin_get_by_name (GST_BIN (reader), "end");
  g_signal_connect (end, "handoff", G_CALLBACK (handoff_cb), &pictures);
  gst_element_set_state (reader, GST_STATE_PLAYING);
  bus = gst_element_get_bus (reader);
  message
      = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND,
                                    GST_MESSAGE_EOS | GST_MESSAGE_ERROR
                                        | GST_MESSAGE_WARNING /* of a decoder that gets no key */);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (reader, GST_STATE_NULL);
  g_assert_cmpint (pictures, >=, at_least);
}

/* ---- tests ---- */

/* It plays on, nothing is lost, and what is in the file can be shown from its first picture on. */
static void
test_while_it_plays (Fixture *self, gconstpointer data)
{
  LecRecordingProgress progress;
  g_autoptr (LecReport) before = NULL;
  g_autoptr (LecReport) after = NULL;
  g_autoptr (GError) error = NULL;

  await_pictures (self, 10);
  g_assert_false (lec_pipeline_get_recording (self->pipeline, &progress));
  before = lec_pipeline_dup_report (self->pipeline);
  g_assert_true (lec_pipeline_begin_recording (self->pipeline, self->path, &error));
  g_assert_no_error (error);
  await_pictures (self, 40);
  g_assert_true (lec_pipeline_get_recording (self->pipeline, &progress));
  g_assert_cmpint (progress.duration_us, >, G_TIME_SPAN_SECOND);
  g_assert_cmpuint (progress.bytes, >, 100);
  g_assert_false (progress.failed);
  lec_pipeline_end_recording (self->pipeline);
  g_assert_false (lec_pipeline_get_recording (self->pipeline, &progress));
  assert_decodes (self, 25);

  await_pictures (self, 5);
  g_assert_null (lec_pipeline_dup_problem (self->pipeline));
  after = lec_pipeline_dup_report (self->pipeline);
  g_assert_cmpuint (after->streams[0].stats.gaps, ==, before->streams[0].stats.gaps);
  g_assert_cmpuint (after->streams[0].stats.restarts, ==, 0);
}

/* What cannot be written disturbs nothing. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  await_pictures (self, 1);
  g_assert_false (lec_pipeline_begin_recording (self->pipeline, "/nonexistent/hall.mkv", &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  lec_pipeline_end_recording (self->pipeline);
  await_pictures (self, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strconcat ("/recording/while-it-plays/", rows[i].name, NULL);

    g_test_add (name, Fixture, &rows[i], set_up, test_while_it_plays, tear_down);
  }
  g_test_add ("/recording/refused", Fixture, &rows[0], set_up, test_refused, tear_down);
  return g_test_run ();
}
