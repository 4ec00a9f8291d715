/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A track that is fed by hand, with decoders of this computer and one of the test's. Its watch is
 * told a time of the test's own. */
#include "play/track.h"

#include <gst/audio/gstaudiodecoder.h>
#include <string.h>

#define UNIT_NS (20 * GST_MSECOND)
#define UNIT_BYTES 160

typedef struct
{
  GstElement *pipeline;
  LecTrack *track;
  GstPad *src;
  GstClockTime pts;
  gint64 now_us;
  gboolean refuses;        /* it is not wanted */
  gboolean keeps_time;     /* its sink */
  gboolean swallows;       /* it, what is to be shown */
  int asked, sinks, shown; /* atomic: callbacks */
} Fixture;

/* ---- a decoder that fails as it is told, before the real one of its kind ---- */

typedef enum {
  FAULT_NONE,
  FAULT_ERROR,  /* refuses what it gets */
  FAULT_SILENT, /* takes it, and gives nothing */
  FAULT_SLOW,   /* gives as much as it is let */
} Fault;

static int fault;        /* atomic, a Fault */
static int faulty_units; /* atomic */
static int let;          /* atomic: units that a slow one may decode still */

typedef GstAudioDecoder Faulty;
typedef GstAudioDecoderClass FaultyClass;

static GType faulty_get_type (void);
G_DEFINE_TYPE (Faulty, faulty, GST_TYPE_AUDIO_DECODER)

static gboolean
faulty_set_format (GstAudioDecoder *decoder, GstCaps *caps)
{
  GstAudioInfo info;

  gst_audio_info_set_format (&info, GST_AUDIO_FORMAT_S16LE, 8000, 1, NULL);
  return gst_audio_decoder_set_output_format (decoder, &info);
}

static GstFlowReturn
faulty_handle_frame (GstAudioDecoder *decoder, GstBuffer *buffer)
{
  GstBuffer *sound;

  if (buffer == NULL)
    return GST_FLOW_OK;
  g_atomic_int_inc (&faulty_units);
  switch (g_atomic_int_get (&fault)) {
  case FAULT_ERROR:
    GST_ELEMENT_ERROR (decoder, STREAM, DECODE, (NULL), (NULL));
    return GST_FLOW_ERROR;
  case FAULT_SILENT:
    return gst_audio_decoder_finish_frame (decoder, NULL, 1);
  case FAULT_SLOW:
    while (g_atomic_int_get (&let) == 0 && g_atomic_int_get (&fault) == FAULT_SLOW)
      g_thread_yield ();
    g_atomic_int_add (&let, -1);
    /* fall through */
  default:
    sound = gst_buffer_new_allocate (NULL, 2 * UNIT_BYTES, NULL);
    gst_buffer_memset (sound, 0, 0, 2 * UNIT_BYTES);
    return gst_audio_decoder_finish_frame (decoder, sound, 1);
  }
}

static void
faulty_class_init (FaultyClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  g_autoptr (GstCaps) in = gst_caps_from_string ("audio/x-alaw");
  g_autoptr (GstCaps) out = gst_caps_from_string ("audio/x-raw");

  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, in));
  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, out));
  gst_element_class_set_static_metadata (element_class, "Faulty", "Codec/Decoder/Audio",
                                         "A decoder that fails", "Lectern");
  klass->set_format = faulty_set_format;
  klass->handle_frame = faulty_handle_frame;
}

static void
faulty_init (Faulty *self)
{
}

/* ---- its owner ---- */

static gboolean
wants_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  Fixture *self = data;

  g_atomic_int_inc (&self->asked);
  return !self->refuses;
}

/* Returns: a sink of which nothing comes to @sink, as in one that is stuck */
static GstElement *
put_behind_a_hole (GstElement *sink)
{
  GstElement *bin = gst_bin_new (NULL), *hole = gst_element_factory_make ("identity", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (hole, "sink");

  g_object_set (hole, "drop-probability", 1.0, NULL);
  gst_bin_add_many (GST_BIN (bin), hole, sink, NULL);
  gst_element_link (hole, sink);
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));
  return bin;
}

static GstElement *
new_sink (Fixture *self)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  /* what keeps no time counts nothing */
  g_object_set (sink, "sync", self->keeps_time, "async", FALSE, NULL);
  if (self->swallows)
    sink = put_behind_a_hole (sink);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  return sink;
}

static GstElement *
sink_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  Fixture *self = data;

  g_assert_true (type == GST_STREAM_TYPE_AUDIO);
  g_atomic_int_inc (&self->sinks);
  return new_sink (self);
}

static void
shown_cb (LecTrack *track, gpointer data)
{
  g_atomic_int_inc (&((Fixture *) data)->shown);
}

static const LecTrackCallbacks callbacks = { wants_cb, sink_cb, shown_cb };

static void
set_caps (Fixture *self, const char *text)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);

  gst_pad_push_event (self->src, gst_event_new_caps (caps));
}

static void
begin_stream (Fixture *self, const char *caps)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("test"));
  set_caps (self, caps);
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_atomic_int_set (&fault, FAULT_NONE);
  g_atomic_int_set (&faulty_units, 0);
  self->now_us = 1000 * G_TIME_SPAN_SECOND;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->track = lec_track_new (GST_BIN (self->pipeline), LEC_MEDIA_AUDIO, &callbacks, self);
  /* so that it has played for as long as the computer runs: what is pushed is not ahead of it */
  gst_element_set_start_time (self->pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  self->src = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  gst_pad_set_active (self->src, TRUE);
  g_assert_cmpint (gst_pad_link (self->src, lec_track_get_inlet (self->track)), ==,
                   GST_PAD_LINK_OK);
  begin_stream (self, data);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_track_close (self->track);
  gst_pad_set_active (self->src, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_track_free (self->track);
  gst_object_unref (self->src);
  gst_object_unref (self->pipeline);
}

static LecTrackReport
look (Fixture *self)
{
  LecTrackReport report = { 0 };

  lec_track_watch (self->track, self->now_us);
  lec_track_report (self->track, &report, self->now_us);
  return report;
}

static void
push (Fixture *self, guint count)
{
  for (guint i = 0; i < count; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, UNIT_BYTES, NULL);

    gst_buffer_memset (buffer, 0, 0x55, UNIT_BYTES);
    GST_BUFFER_PTS (buffer) = self->pts;
    GST_BUFFER_DURATION (buffer) = UNIT_NS;
    self->pts += UNIT_NS;
    /* whatever becomes of it, nobody before the track hears of it */
    g_assert_cmpint (gst_pad_push (self->src, buffer), ==, GST_FLOW_OK);
  }
}

/* As long as it takes to be @decoded: its queue has a thread of its own. */
static void
await_decoded (Fixture *self, guint64 decoded)
{
  const gint64 end_us = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;

  while (lec_track_get_decoded (self->track) < decoded) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_thread_yield ();
  }
}

/* Units come, and time passes, until something more is @decoded. Returns: [s] that took */
static guint
pass_until_decoded (Fixture *self)
{
  const guint64 before = lec_track_get_decoded (self->track);

  for (guint ticks = 0; ticks < 5 * 60; ticks++) {
    push (self, 10);
    g_usleep (1000); /* for the queue's thread: what it has not done yet is done in the next tick */
    self->now_us += 200 * G_TIME_SPAN_MILLISECOND;
    look (self);
    if (lec_track_get_decoded (self->track) > before)
      return ticks / 5;
  }
  g_assert_not_reached ();
}

/* ---- what plays ---- */

#define MULAW "audio/x-mulaw, rate=8000, channels=1"
#define ALAW "audio/x-alaw, rate=8000, channels=1"

static void
test_playing (Fixture *self, gconstpointer data)
{
  LecTrackReport report = look (self);

  g_assert_cmpint (report.state, ==, LEC_TRACK_WAITING);
  g_assert_cmpint (report.wait, ==, LEC_TRACK_WAIT_PACKETS);
  g_assert_cmpint (report.still_ns, ==, -1);
  push (self, 50);
  await_decoded (self, 50);
  report = look (self);
  g_assert_cmpint (report.state, ==, LEC_TRACK_PLAYING);
  g_assert_cmpint (report.wait, ==, LEC_TRACK_WAIT_NOTHING);
  g_assert_cmpint (report.media, ==, LEC_MEDIA_AUDIO);
  g_assert_cmpuint (report.counts.packets, ==, 50);
  g_assert_cmpuint (report.counts.units, ==, 50);
  g_assert_cmpuint (report.rebuilds, ==, 0);
  g_assert_cmpstr (report.codec, ==, "Mu-Law");
  g_assert_cmpint (self->asked, ==, 1);
  g_assert_cmpint (self->sinks, ==, 1);
  g_assert_cmpint (self->shown, ==, 1);
}

/* A time that damage has made: a sink would wait for it, and all that follows. */
static void
test_far_ahead (Fixture *self, gconstpointer data)
{
  push (self, 20);
  await_decoded (self, 20);
  self->pts = gst_element_get_current_running_time (self->pipeline) + 20 * GST_SECOND;
  push (self, 1);
  self->pts = 20 * UNIT_NS;
  push (self, 20);
  await_decoded (self, 40);
  g_assert_cmpuint (look (self).counts.units, ==, 41);
  g_assert_cmpuint (lec_track_get_decoded (self->track), ==, 40);
}

static void
await_shown (Fixture *self, guint64 shown)
{
  const gint64 end_us = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;

  while (look (self).counts.shown < shown) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_thread_yield ();
  }
}

/* What is rendered is counted by the sink, which counts anew with each segment; what has ended
 * before the track goes on when that does. */
static void
test_shown (Fixture *self, gconstpointer data)
{
  self->keeps_time = TRUE;
  push (self, 20);
  await_shown (self, 20);
  gst_pad_push_event (self->src, gst_event_new_eos ());
  begin_stream (self, data);
  push (self, 10);
  await_shown (self, 30);
}

/* What is decoded and never seen is told of second by second, and is over with the first that is.
 */
static void
test_unseen (Fixture *self, gconstpointer data)
{
  guint64 decoded = 0;

  self->swallows = self->keeps_time = TRUE;
  for (guint second = 0; second <= 4; second++, self->now_us += G_TIME_SPAN_SECOND) {
    push (self, 50);
    await_decoded (self, decoded += 50);
    g_assert_cmpint (look (self).unseen_ns, ==, second * (gint64) GST_SECOND);
  }
  g_assert_cmpuint (look (self).counts.shown, ==, 0);
  self->swallows = FALSE;
  lec_track_set_sink (self->track, new_sink (self));
  push (self, 50);
  await_decoded (self, decoded += 50);
  await_shown (self, 50);
  g_assert_cmpint (look (self).unseen_ns, ==, 0);
}

/* A decoder that falls behind: what it gives is overdue, and more waits before it. It has caught up
 * when nothing does. */
static void
test_slow (Fixture *self, gconstpointer data)
{
  guint64 decoded = 0;

  self->keeps_time = TRUE;
  g_atomic_int_set (&let, 0);
  g_atomic_int_set (&fault, FAULT_SLOW);
  for (guint second = 0; second <= 4; second++, self->now_us += G_TIME_SPAN_SECOND) {
    push (self, 50);
    g_atomic_int_add (&let, 40);
    await_decoded (self, decoded += 40);
    g_assert_cmpint (look (self).dropping_ns, ==, second * (gint64) GST_SECOND);
  }
  g_atomic_int_set (&fault, FAULT_NONE);
  await_decoded (self, 250);
  g_assert_cmpint (look (self).dropping_ns, ==, 0);
}

static void
test_unwanted (Fixture *self, gconstpointer data)
{
  LecTrackReport report;

  self->refuses = TRUE;
  push (self, 50);
  report = look (self);
  g_assert_cmpint (report.state, ==, LEC_TRACK_UNWANTED);
  g_assert_cmpuint (report.counts.units, ==, 50);
  g_assert_cmpuint (report.counts.decoded, ==, 0);
  g_assert_cmpint (self->asked, ==, 1);
  g_assert_cmpint (self->sinks, ==, 0);
}

static void
test_raw (Fixture *self, gconstpointer data)
{
  push (self, 20);
  await_decoded (self, 20);
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_PLAYING);
}

/* Another codec in the middle has another decoder, and the same sink. */
static void
test_other_codec (Fixture *self, gconstpointer data)
{
  push (self, 20);
  await_decoded (self, 20);
  set_caps (self, ALAW);
  pass_until_decoded (self);
  g_assert_cmpstr (look (self).codec, ==, "A-Law");
  set_caps (self, "audio/x-raw, format=S16LE, rate=8000, channels=1, layout=interleaved");
  pass_until_decoded (self);
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_PLAYING);
  g_assert_cmpint (self->sinks, ==, 1);
  g_assert_cmpint (self->shown, ==, 1);
}

/* ---- what does not ---- */

static void
test_unknown (Fixture *self, gconstpointer data)
{
  LecTrackReport report;

  push (self, 20);
  report = look (self);
  g_assert_cmpint (report.state, ==, LEC_TRACK_UNKNOWN);
  g_assert_cmpuint (report.counts.units, ==, 20);
  /* until it is something else */
  set_caps (self, MULAW);
  push (self, 20);
  await_decoded (self, 1);
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_PLAYING);
}

static void
test_unknown_payload (Fixture *self, gconstpointer data)
{
  LecTrackReport report;

  push (self, 20);
  report = look (self);
  g_assert_cmpint (report.state, ==, LEC_TRACK_UNKNOWN);
  g_assert_cmpstr (report.codec, ==, "X-NONE");
  g_assert_cmpuint (report.counts.packets, ==, 20);
}

/* The depayloader does not take what stands in the announcement. */
/* Its depayloader gives nothing before a key frame. */
static void
test_key_frame (Fixture *self, gconstpointer data)
{
  /* RTP (RFC 3550, section 5.1), the descriptor (RFC 7741, section 4.2), an inter frame */
  static const guint8 packet[] = { 0x80, 0xe1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0x10, 0x11, 0, 0, 0 };

  g_assert_cmpint (gst_pad_push (self->src, gst_buffer_new_memdup (packet, sizeof packet)), ==,
                   GST_FLOW_OK);
  g_assert_cmpint (look (self).wait, ==, LEC_TRACK_WAIT_KEY_FRAME);
}

static void
test_undescribed (Fixture *self, gconstpointer data)
{
  push (self, 20);
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_UNDESCRIBED);
  for (guint i = 0; i < 300; i++) {
    push (self, 5);
    self->now_us += 200 * G_TIME_SPAN_MILLISECOND;
    look (self);
  }
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_UNDESCRIBED);
  g_assert_cmpuint (look (self).rebuilds, <=, 10); /* in a minute */
}

/* ---- a decoder that fails ---- */

static void
test_error (Fixture *self, gconstpointer data)
{
  push (self, 20);
  await_decoded (self, 20);
  g_assert_cmpint (g_atomic_int_get (&faulty_units), ==, 20);
  g_atomic_int_set (&fault, FAULT_ERROR);
  push (self, 1);
  while (g_atomic_int_get (&faulty_units) == 20)
    g_thread_yield ();
  g_atomic_int_set (&fault, FAULT_NONE);
  g_assert_cmpuint (pass_until_decoded (self), <=, 1);
  g_assert_cmpuint (look (self).rebuilds, ==, 1);
  g_assert_cmpint (self->sinks, ==, 1);
}

static void
test_silent (Fixture *self, gconstpointer data)
{
  push (self, 20);
  await_decoded (self, 20);
  g_atomic_int_set (&fault, FAULT_SILENT);
  while (look (self).rebuilds == 0) {
    push (self, 10);
    g_usleep (1000);
    self->now_us += 200 * G_TIME_SPAN_MILLISECOND;
  }
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_STALLED);
  g_atomic_int_set (&fault, FAULT_NONE);
  g_assert_cmpuint (pass_until_decoded (self), <=, 2);
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_PLAYING);
}

/* One that does not decode at all gives way to the next by rank. */
static void
test_next_decoder (Fixture *self, gconstpointer data)
{
  g_atomic_int_set (&fault, FAULT_SILENT);
  g_assert_cmpuint (pass_until_decoded (self), <=, 30);
  g_assert_cmpint (look (self).state, ==, LEC_TRACK_PLAYING);
}

/* ---- sinks ---- */

static void
test_other_sink (Fixture *self, gconstpointer data)
{
  GstElement *before, *after;
  guint64 shown;

  self->keeps_time = TRUE;
  push (self, 20);
  await_decoded (self, 20);
  before = lec_track_get_sink (self->track);
  after = new_sink (self);
  lec_track_set_sink (self->track, after);
  g_assert_true (lec_track_get_sink (self->track) == after);
  g_assert_true (lec_track_get_sink (self->track) != before);
  shown = look (self).counts.shown;
  push (self, 20);
  await_decoded (self, 40);
  await_shown (self, shown + 20);
  g_assert_cmpint (self->sinks, ==, 1);
}

static void
test_contains (Fixture *self, gconstpointer data)
{
  push (self, 20);
  await_decoded (self, 20);
  g_assert_true (lec_track_contains (self->track, GST_OBJECT (lec_track_get_coded (self->track))));
  g_assert_false (lec_track_contains (self->track, GST_OBJECT (lec_track_get_sink (self->track))));
}

#define ADD(name, caps, function)                                                                  \
  g_test_add ("/track/" name, Fixture, caps, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (
      gst_element_register (NULL, "lecterntestdecoder", GST_RANK_PRIMARY + 1, faulty_get_type ()));
  ADD ("playing", MULAW, test_playing);
  ADD ("far-ahead", MULAW, test_far_ahead);
  ADD ("shown", MULAW, test_shown);
  ADD ("unseen", MULAW, test_unseen);
  ADD ("slow", ALAW, test_slow);
  ADD ("unwanted", MULAW, test_unwanted);
  ADD ("raw", "audio/x-raw, format=S16LE, rate=8000, channels=1, layout=interleaved", test_raw);
  ADD ("other-codec", MULAW, test_other_codec);
  ADD ("unknown", "audio/x-made-up", test_unknown);
  ADD ("unknown-payload", "application/x-rtp, media=audio, clock-rate=8000, encoding-name=X-NONE",
       test_unknown_payload);
  ADD ("key-frame",
       "application/x-rtp, media=video, payload=97, clock-rate=90000, encoding-name=VP8",
       test_key_frame);
  ADD ("undescribed",
       "application/x-rtp, media=audio, clock-rate=48000, encoding-name=MPEG4-GENERIC",
       test_undescribed);
  ADD ("error", ALAW, test_error);
  ADD ("silent", ALAW, test_silent);
  ADD ("next-decoder", ALAW, test_next_decoder);
  ADD ("other-sink", MULAW, test_other_sink);
  ADD ("contains", MULAW, test_contains);
  return g_test_run ();
}
