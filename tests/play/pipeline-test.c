/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the owner of a pipeline relies on, with a station beside it in a network namespace. */
#include "play/pipeline.h"

#include <gio/gio.h>
#include <gst/base/gstbasesink.h>
#include <string.h>

#include "element/plugin.h"
#include "play/output.h"
#include "rtp-sender.h"

#define GROUP "239.9.9.6"
#define PORT 5004
#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */
#define PACKET_MS 20

typedef struct
{
  LecPipeline *pipeline;
  LecPipelineOptions options;
  RtpSender *station;
  RtpHeader header;
  guint sending;    /* source */
  GstElement *sink; /* for sound; NULL: none */
  int refuses;      /* streams are not wanted; atomic */
  int sinks;        /* that it asked for; atomic */
  int over;         /* no callback may come; atomic */
  gboolean frees;   /* as soon as it fails */

  guint shown;
  guint failures;
  LecError error;
  char *sentence; /* of the last failure or notice */
} Fixture;

/* ---- its owner ---- */

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  Fixture *self = data;

  g_assert_false (g_atomic_int_get (&self->over));
  return !g_atomic_int_get (&self->refuses);
}

static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  Fixture *self = data;

  g_assert_false (g_atomic_int_get (&self->over));
  g_assert_cmpint (type, ==, GST_STREAM_TYPE_AUDIO);
  g_assert_cmpuint (index, ==, 0);
  g_atomic_int_inc (&self->sinks);
  return self->sink;
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  Fixture *self = data;

  g_assert_false (g_atomic_int_get (&self->over));
  self->failures++;
  self->error = error;
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  if (self->frees)
    g_clear_pointer (&self->pipeline, lec_pipeline_free);
}

static void
shown_cb (gpointer data)
{
  Fixture *self = data;

  g_assert_false (g_atomic_int_get (&self->over));
  self->shown++;
}

static void
notice_cb (const char *sentence, gpointer data)
{
  Fixture *self = data;

  g_assert_false (g_atomic_int_get (&self->over));
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
}

static const LecPipelineCallbacks callbacks = { .wants = wants_cb,
                                                .sink = sink_cb,
                                                .failed = failed_cb,
                                                .shown = shown_cb,
                                                .notice = notice_cb };

/* ---- its channel ---- */

static LecChannel *
make_channel (const char *encoding)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup ("Hall");
  lec_stream_add_leg (stream, GROUP, PORT);
  lec_stream_add_payload (stream, 96, encoding, 8000);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
begin (Fixture *self, const char *encoding)
{
  g_autoptr (LecChannel) channel = make_channel (encoding);

  self->pipeline = lec_pipeline_new (channel, 0, &self->options, &callbacks, self);
  lec_pipeline_start (self->pipeline);
}

static gboolean
send_cb (gpointer data)
{
  Fixture *self = data;

  rtp_sender_send (self->station, &self->header, PACKET_MS * 8);
  return G_SOURCE_CONTINUE;
}

static void
begin_station (Fixture *self)
{
  self->station = rtp_sender_new (GROUP, PORT, "lo", NULL);
  self->header = (RtpHeader){ .payload = 96, .step = PACKET_MS * 8, .ssrc = 1 };
  self->sending = g_timeout_add (PACKET_MS, send_cb, self);
}

static gboolean
give_up_cb (gpointer what)
{
  g_error ("still not after %d s: %s", PATIENCE, (const char *) what);
  return G_SOURCE_REMOVE;
}

/* The station's clock wakes the context meanwhile, or @self's callbacks do. */
#define AWAIT(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const guint limit_ = g_timeout_add_seconds (PATIENCE, give_up_cb, (gpointer) #condition);      \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (limit_);                                                                      \
  }                                                                                                \
  G_STMT_END

static void
set_up (Fixture *self, gconstpointer data)
{
  self->options = (LecPipelineOptions){
    .interface = g_strdup ("lo"), .latency_ms = 100, .decode = TRUE, .reports = TRUE
  };
  self->sink = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
  g_object_set (self->sink, "sync", TRUE, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_pipeline_free (self->pipeline);
  g_clear_handle_id (&self->sending, g_source_remove);
  g_clear_pointer (&self->station, rtp_sender_free);
  gst_clear_object (&self->sink);
  g_free (self->options.interface);
  g_free (self->options.record);
  g_free (self->sentence);
}

static guint64
count_shown (Fixture *self)
{
  return lec_pipeline_get_shown (self->pipeline, GST_STREAM_TYPE_AUDIO, 0);
}

static guint64
count_received (Fixture *self)
{
  g_autoptr (LecReport) report = lec_pipeline_dup_report (self->pipeline);

  g_assert_cmpuint (report->n_streams, ==, 1);
  return report->streams[0].stats.received;
}

static gint64
get_latency (Fixture *self)
{
  g_autoptr (LecReport) report = lec_pipeline_dup_report (self->pipeline);

  return lec_pipeline_get_latency (self->pipeline, report);
}

static void
check_sink_is_back (Fixture *self)
{
  GstState state;

  g_assert_null (GST_OBJECT_PARENT (self->sink));
  gst_element_get_state (self->sink, &state, NULL, 0);
  g_assert_cmpint (state, ==, GST_STATE_NULL);
}

/* ---- what plays ---- */

static void
test_playing (Fixture *self, gconstpointer data)
{
  begin (self, "PCMU");
  g_assert_cmpuint (count_shown (self), ==, 0);
  g_assert_cmpuint (count_received (self), ==, 0);
  begin_station (self);
  AWAIT (self->shown > 0);
  g_assert_cmpuint (count_shown (self), >, 0);
  AWAIT (count_received (self) > 0); /* as of the report, which follows */
  g_assert_cmpint (g_atomic_int_get (&self->sinks), ==, 1);
  /* the sink waits as long as it was told, and does not wait for ever */
  AWAIT (get_latency (self) >= 100 * GST_MSECOND);
  g_assert_cmpint (get_latency (self), <, GST_SECOND);
  AWAIT (count_shown (self) > 10);
  g_assert_cmpuint (self->shown, ==, 1);
  g_assert_cmpuint (self->failures, ==, 0);
}

/* The sinks outlive the pipeline, and serve the next one; nobody hears of the first any more. */
static void
test_free (Fixture *self, gconstpointer data)
{
  Fixture next = { .sink = self->sink, .options = self->options };

  begin_station (self);
  begin (self, "PCMU");
  AWAIT (count_shown (self) > 0);
  g_clear_pointer (&self->pipeline, lec_pipeline_free);
  g_atomic_int_set (&self->over, TRUE);
  check_sink_is_back (self);

  begin (&next, "PCMU");
  AWAIT (next.shown > 0);
  lec_pipeline_free (next.pipeline);
  check_sink_is_back (self);
  g_assert_cmpuint (next.failures, ==, 0);
}

/* One that is freed before anything has come, and one that never started. */
static void
test_free_early (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) channel = make_channel ("PCMU");

  begin (self, "PCMU");
  lec_pipeline_free (self->pipeline);
  self->pipeline = lec_pipeline_new (channel, 0, &self->options, &callbacks, self);
  g_clear_pointer (&self->pipeline, lec_pipeline_free);
  g_atomic_int_set (&self->over, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check_sink_is_back (self);
}

/* Without decoding, packets are counted and no sink is asked for. */
static void
test_without_decoding (Fixture *self, gconstpointer data)
{
  self->options.decode = FALSE;
  begin (self, "PCMU");
  begin_station (self);
  AWAIT (count_received (self) > 5);
  g_assert_cmpint (g_atomic_int_get (&self->sinks), ==, 0);
  g_assert_cmpuint (count_shown (self), ==, 0);
  g_assert_cmpuint (self->shown, ==, 0);
}

/* What nobody wants is not decoded. */
static void
test_unwanted (Fixture *self, gconstpointer data)
{
  g_atomic_int_set (&self->refuses, TRUE);
  begin (self, "PCMU");
  begin_station (self);
  AWAIT (count_received (self) > 20);
  g_assert_cmpint (g_atomic_int_get (&self->sinks), ==, 0);
  g_assert_cmpuint (count_shown (self), ==, 0);
}

/* With no sink for it, what is decoded is dropped, and counted all the same. */
static void
test_no_sink (Fixture *self, gconstpointer data)
{
  gst_clear_object (&self->sink);
  begin (self, "PCMU");
  begin_station (self);
  AWAIT (self->shown > 0);
  g_assert_cmpuint (count_shown (self), >, 0);
}

static GstElement *
shared_sink_cb (GstStreamType type, guint index, gpointer data)
{
  return ((Fixture *) data)->sink;
}

static gboolean
send_other_cb (gpointer station)
{
  static RtpHeader header = { .payload = 96, .step = PACKET_MS * 8, .ssrc = 2 };

  rtp_sender_send (station, &header, PACKET_MS * 8);
  return G_SOURCE_CONTINUE;
}

/* Two media with one sink: the first has it, and neither is disturbed. */
static void
test_shared_sink (Fixture *self, gconstpointer data)
{
  const LecPipelineCallbacks sharing = { wants_cb, shared_sink_cb, failed_cb, shown_cb, notice_cb };
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  RtpSender *other = rtp_sender_new (GROUP, PORT + 2, "lo", NULL);
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (LecReport) report = NULL;
  guint sending;

  info->title = g_strdup ("Two");
  for (guint i = 0; i < 2; i++) {
    LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO);

    lec_stream_add_leg (stream, GROUP, (guint16) (PORT + 2 * i));
    lec_stream_add_payload (stream, 96, "PCMU", 8000);
  }
  channel = lec_channel_new (info, NULL);
  self->pipeline = lec_pipeline_new (channel, 0, &self->options, &sharing, self);
  lec_pipeline_start (self->pipeline);
  begin_station (self);
  sending = g_timeout_add (PACKET_MS, send_other_cb, other);
  AWAIT (lec_pipeline_get_shown (self->pipeline, GST_STREAM_TYPE_AUDIO, 0) > 50
         && lec_pipeline_get_shown (self->pipeline, GST_STREAM_TYPE_AUDIO, 1) > 50);
  report = lec_pipeline_dup_report (self->pipeline);
  g_assert_cmpuint (report->n_tracks, ==, 2);
  g_assert_cmpuint (report->tracks[0].rebuilds + report->tracks[1].rebuilds, ==, 0);
  g_assert_cmpuint (self->failures, ==, 0);
  g_source_remove (sending);
  rtp_sender_free (other);
}

/* ---- what fails ---- */

/* The port belongs to a program that does not share it. */
static GSocket *
take_port (void)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (GROUP, PORT);
  g_autoptr (GError) error = NULL;
  GSocket *taken
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);

  g_assert_no_error (error);
  g_socket_bind (taken, address, FALSE, &error);
  g_assert_no_error (error);
  return taken;
}

static void
test_port_taken (Fixture *self, gconstpointer data)
{
  g_autoptr (GSocket) taken = take_port ();

  self->frees = TRUE;
  begin (self, "PCMU");
  AWAIT (self->failures > 0);
  g_assert_cmpint (self->error, ==, LEC_ERROR_PORT_HELD);
  g_assert_nonnull (strstr (self->sentence, "holds this port exclusively"));
  check_sink_is_back (self);
}

/* Where the recording cannot be written, nothing is received, and it says so before it returns. */
static void
test_no_recording (Fixture *self, gconstpointer data)
{
  self->options.record = g_strdup ("/nonexistent/hall.mkv");
  begin (self, "PCMU");
  g_assert_cmpuint (self->failures, ==, 1);
  g_assert_nonnull (strstr (self->sentence, "/nonexistent/hall.mkv"));
}

/* What a station does not permit is not begun. */
static void
test_recording_forbidden (Fixture *self, gconstpointer data)
{
  static const guint8 header[] = { 0x30, 0x26, 0xb2, 0x75 };
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecChannel) channel = NULL;

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), GROUP, PORT);
  lec_alternative_add_format (alternative, 1, g_bytes_new_static (header, sizeof header));
  alternative->msb->may_record = FALSE;
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  self->options.record = g_strdup ("/nonexistent/hall.wmv");
  self->pipeline = lec_pipeline_new (channel, 0, &self->options, &callbacks, self);
  lec_pipeline_start (self->pipeline);
  g_assert_cmpuint (self->failures, ==, 1);
  g_assert_cmpint (self->error, ==, LEC_ERROR_UNSUPPORTED);
  g_assert_cmpstr (self->sentence, ==, "The station does not permit what it sends to be recorded");
}

static LecTrackReport
get_track (Fixture *self)
{
  g_autoptr (LecReport) report = lec_pipeline_dup_report (self->pipeline);

  g_assert_cmpuint (report->n_tracks, ==, 1);
  return report->tracks[0];
}

/* Of a kind that has no depayloader: told of that medium only, as the others may go on. */
static void
test_unknown_encoding (Fixture *self, gconstpointer data)
{
  begin (self, "X-NONE");
  begin_station (self);
  AWAIT (get_track (self).state == LEC_TRACK_UNKNOWN);
  g_assert_cmpstr (get_track (self).codec, ==, "X-NONE");
  g_assert_cmpuint (self->failures, ==, 0);
}

static gboolean
decodes_mulaw (GstPluginFeature *feature, gpointer data)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("audio/x-mulaw");

  return GST_IS_ELEMENT_FACTORY (feature)
         && gst_element_factory_list_is_type (GST_ELEMENT_FACTORY (feature),
                                              GST_ELEMENT_FACTORY_TYPE_DECODER)
         && gst_element_factory_can_sink_any_caps (GST_ELEMENT_FACTORY (feature), caps);
}

/* This computer has no decoder for what it receives. */
static void
test_no_decoder (Fixture *self, gconstpointer data)
{
  GList *decoders = gst_registry_feature_filter (gst_registry_get (), decodes_mulaw, FALSE, NULL);
  GArray *ranks = g_array_new (FALSE, FALSE, sizeof (guint));

  g_assert_nonnull (decoders);
  for (GList *at = decoders; at != NULL; at = at->next) {
    const guint rank = gst_plugin_feature_get_rank (at->data);

    g_array_append_val (ranks, rank);
    gst_plugin_feature_set_rank (at->data, GST_RANK_NONE);
  }
  begin (self, "PCMU");
  begin_station (self);
  AWAIT (get_track (self).state == LEC_TRACK_NO_DECODER && get_track (self).counts.units > 10);
  g_assert_cmpstr (get_track (self).codec, ==, "Mu-Law");
  g_assert_cmpstr (get_track (self).package, ==, "gstreamer1.0-plugins-good");
  g_assert_cmpuint (get_track (self).rebuilds, ==, 0);
  g_assert_cmpuint (self->failures, ==, 0);
  for (GList *at = decoders; at != NULL; at = at->next)
    gst_plugin_feature_set_rank (
        at->data, g_array_index (ranks, guint, (guint) g_list_position (decoders, at)));
  g_array_unref (ranks);
  gst_plugin_feature_list_free (decoders);
}

/* ---- a sound device that comes and goes ---- */

/* What autoaudiosink takes for a device, as long as it ranks. */
typedef GstBaseSink Device;
typedef GstBaseSinkClass DeviceClass;

static GType device_get_type (void);
G_DEFINE_TYPE (Device, device, GST_TYPE_BASE_SINK)

/* Whether it lets itself be opened, as a sound server that is there. */
static int is_running = TRUE; /* atomic */

static gboolean
device_start (GstBaseSink *sink)
{
  if (!g_atomic_int_get (&is_running))
    GST_ELEMENT_ERROR (sink, RESOURCE, OPEN_WRITE, ("Connection refused"), (NULL));
  return g_atomic_int_get (&is_running);
}

/* As GstAudioBaseSink does: it waits to be stopped by whoever hears of it. */
static GstFlowReturn
device_render (GstBaseSink *sink, GstBuffer *buffer)
{
  if (g_atomic_int_get (&is_running))
    return GST_FLOW_OK;
  GST_ELEMENT_ERROR (sink, RESOURCE, FAILED, ("Connection terminated"), (NULL));
  return gst_base_sink_wait_preroll (sink);
}

static GstStateChangeReturn
device_change_state (GstElement *element, GstStateChange transition)
{
  if (transition == GST_STATE_CHANGE_NULL_TO_READY && !device_start (GST_BASE_SINK (element)))
    return GST_STATE_CHANGE_FAILURE;
  return GST_ELEMENT_CLASS (device_parent_class)->change_state (element, transition);
}

static void
device_class_init (DeviceClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  element_class->change_state = device_change_state;
  klass->render = device_render;
  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_CAPS_ANY));
  gst_element_class_set_static_metadata (element_class, "Device", "Sink/Audio",
                                         "A sound device of a test", "Lectern");
}

static void
device_init (Device *self)
{
}

static gboolean
is_sound_sink (GstPluginFeature *feature, gpointer data)
{
  return GST_IS_ELEMENT_FACTORY (feature)
         && gst_element_factory_list_is_type (GST_ELEMENT_FACTORY (feature),
                                              GST_ELEMENT_FACTORY_TYPE_AUDIOVIDEO_SINKS
                                                  | GST_ELEMENT_FACTORY_TYPE_SINK)
         && gst_element_factory_list_is_type (GST_ELEMENT_FACTORY (feature),
                                              GST_ELEMENT_FACTORY_TYPE_MEDIA_AUDIO);
}

/* Those of this computer are none of the test's business. */
static void
unplug_all (void)
{
  GList *sinks = gst_registry_feature_filter (gst_registry_get (), is_sound_sink, FALSE, NULL);

  for (GList *at = sinks; at != NULL; at = at->next)
    gst_plugin_feature_set_rank (at->data, GST_RANK_NONE);
  gst_plugin_feature_list_free (sinks);
}

static void
plug_in (void)
{
  g_autoptr (GstPluginFeature) feature = NULL;

  g_assert_true (
      gst_element_register (NULL, "lecterntestdevice", GST_RANK_PRIMARY, device_get_type ()));
  feature = gst_registry_lookup_feature (gst_registry_get (), "lecterntestdevice");
  gst_plugin_feature_set_rank (feature, GST_RANK_PRIMARY); /* where it has been unplugged */
}

/* It goes away while it plays: sound is counted on, unheard, and is heard again when there is one,
 * without the rest noticing. */
static void
test_sound_fails (Fixture *self, gconstpointer data)
{
  GstElement *broken = gst_object_ref_sink (
      gst_parse_bin_from_description ("identity error-after=10 ! fakesink sync=true", TRUE, NULL));
  g_autoptr (GstElement) whole = self->sink;
  guint64 heard;

  unplug_all ();
  self->sink = broken;
  begin (self, "PCMU");
  begin_station (self);
  AWAIT (self->sentence != NULL);
  g_assert_nonnull (strstr (self->sentence, "sound device has failed"));
  check_sink_is_back (self);
  self->sink = gst_object_ref (whole);
  gst_object_unref (broken);
  heard = count_shown (self);
  AWAIT (count_shown (self) > heard + 10);
  g_assert_null (GST_OBJECT_PARENT (whole));

  plug_in ();
  AWAIT (self->sentence == NULL);
  g_assert_nonnull (GST_OBJECT_PARENT (whole));
  heard = get_track (self).counts.shown;
  AWAIT (get_track (self).counts.shown > heard + 10);
  g_assert_cmpuint (self->failures, ==, 0);
}

/* The server of the sound device is gone and comes back, at first and while it plays. */
static void
test_sound_server (Fixture *self, gconstpointer data)
{
  guint64 heard;

  unplug_all ();
  plug_in ();
  g_clear_object (&self->sink);
  self->sink = lec_output_new_sound ();
  g_atomic_int_set (&is_running, FALSE);
  begin (self, "PCMU");
  begin_station (self);
  for (guint i = 0; i < 2; i++) {
    AWAIT (self->sentence != NULL);
    g_assert_nonnull (strstr (self->sentence, i == 0 ? "No sound device" : "has failed"));
    heard = count_shown (self);
    AWAIT (count_shown (self) > heard + 10);
    g_atomic_int_set (&is_running, TRUE);
    AWAIT (self->sentence == NULL);
    heard = get_track (self).counts.shown;
    AWAIT (get_track (self).counts.shown > heard + 10);
    g_atomic_int_set (&is_running, i > 0);
  }
  g_assert_cmpuint (self->failures, ==, 0);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  ADD ("/pipeline/playing", test_playing);
  ADD ("/pipeline/free", test_free);
  ADD ("/pipeline/free-early", test_free_early);
  ADD ("/pipeline/without-decoding", test_without_decoding);
  ADD ("/pipeline/unwanted", test_unwanted);
  ADD ("/pipeline/no-sink", test_no_sink);
  ADD ("/pipeline/shared-sink", test_shared_sink);
  ADD ("/pipeline/port-taken", test_port_taken);
  ADD ("/pipeline/no-recording", test_no_recording);
  ADD ("/pipeline/recording-forbidden", test_recording_forbidden);
  ADD ("/pipeline/unknown-encoding", test_unknown_encoding);
  ADD ("/pipeline/no-decoder", test_no_decoder);
  ADD ("/pipeline/sound-fails", test_sound_fails);
  ADD ("/pipeline/sound-server", test_sound_server);
  return g_test_run ();
}
