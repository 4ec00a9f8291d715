/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pads of the test's own, and what becomes of what comes by them. */
#include "play/branches.h"

#include <string.h>

#define PATIENCE_US (30 * G_TIME_SPAN_SECOND)
#define UNIT_NS (20 * GST_MSECOND)
#define UNIT_BYTES 160
#define UNITS 5

#define MULAW "audio/x-mulaw, rate=8000, channels=1"
#define TEXT                                                                                       \
  "application/x-rtp, media=(string)text, encoding-name=(string)T140, clock-rate=(int)1000"
#define TS "video/mpegts, systemstream=true, packetsize=188"

typedef struct
{
  GstElement *pipeline;
  LecChannel *channel; /* a picture, two sounds and a text */
  LecRecording *recording;
  LecSubtitles *subtitles;
  LecBranches *branches;
  GPtrArray *pads;
  gboolean refuses;           /* nothing is wanted */
  int asked[2], sinks, shown; /* atomic: callbacks; asked by the index of sounds */
  int captions;               /* atomic */
} Fixture;

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  Fixture *self = data;

  if (type == GST_STREAM_TYPE_AUDIO && index < G_N_ELEMENTS (self->asked))
    g_atomic_int_inc (&self->asked[index]);
  return !self->refuses;
}

static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  Fixture *self = data;
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_atomic_int_inc (&self->sinks);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  return sink;
}

static void
shown_cb (gpointer data)
{
  g_atomic_int_inc (&((Fixture *) data)->shown);
}

static void
caption_changed_cb (gpointer data)
{
  g_atomic_int_inc (&((Fixture *) data)->captions);
}

static const LecBranchesCallbacks callbacks = { wants_cb, sink_cb, shown_cb, caption_changed_cb };

static LecChannel *
new_channel (void)
{
  static const LecMedia media[]
      = { LEC_MEDIA_VIDEO, LEC_MEDIA_AUDIO, LEC_MEDIA_AUDIO, LEC_MEDIA_TEXT };
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup ("Lecture");
  for (guint i = 0; i < G_N_ELEMENTS (media); i++) {
    LecStream *stream = lec_alternative_add_stream (alternative, media[i]);

    lec_stream_add_leg (stream, "239.9.9.9", (guint16) (5004 + 2 * i));
  }
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
begin (Fixture *self, gboolean decode)
{
  const LecAlternative *alternative;

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_element_set_start_time (self->pipeline, GST_CLOCK_TIME_NONE); /* nothing is ahead of it */
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  self->channel = new_channel ();
  alternative = g_ptr_array_index (lec_channel_get_info (self->channel)->alternatives, 0);
  self->recording = lec_recording_new (alternative);
  self->subtitles = lec_subtitles_new (GST_BIN (self->pipeline));
  self->branches = lec_branches_new (self->pipeline, alternative, decode, self->recording,
                                     self->subtitles, &callbacks, self);
  self->pads = g_ptr_array_new_with_free_func (gst_object_unref);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  begin (self, TRUE);
}

static void
set_up_without_decoding (Fixture *self, gconstpointer data)
{
  begin (self, FALSE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_branches_close (self->branches); /* nothing is built while all ends */
  for (guint i = 0; i < self->pads->len; i++)
    gst_pad_set_active (self->pads->pdata[i], FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_branches_free (self->branches);
  lec_subtitles_free (self->subtitles);
  lec_recording_free (self->recording);
  g_ptr_array_unref (self->pads);
  gst_object_unref (self->pipeline);
  lec_channel_unref (self->channel);
}

/* ---- what comes ---- */

static GstPad *
new_pad (Fixture *self, const char *name)
{
  GstPad *pad = gst_object_ref_sink (gst_pad_new (name, GST_PAD_SRC));

  g_ptr_array_add (self->pads, pad);
  gst_pad_set_active (pad, TRUE);
  return pad;
}

static void
set_caps (GstPad *pad, const char *text)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);

  gst_pad_push_event (pad, gst_event_new_caps (caps));
}

static void
begin_stream (GstPad *pad, const char *caps)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (pad, gst_event_new_stream_start ("test"));
  set_caps (pad, caps);
  gst_pad_push_event (pad, gst_event_new_segment (&segment));
}

/* Returns: (transfer none): what the @stream-th of channelsrc comes by */
static GstPad *
take_stream (Fixture *self, guint stream, const char *caps)
{
  g_autofree char *name = g_strdup_printf ("stream_%u", stream);
  GstPad *pad = new_pad (self, name);

  lec_branches_take_stream (self->branches, pad);
  begin_stream (pad, caps);
  return pad;
}

static void
push (GstPad *pad)
{
  for (guint i = 0; i < UNITS; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, UNIT_BYTES, NULL);

    gst_buffer_memset (buffer, 0, 0x55, UNIT_BYTES);
    GST_BUFFER_PTS (buffer) = i * UNIT_NS;
    GST_BUFFER_DURATION (buffer) = UNIT_NS;
    g_assert_cmpint (gst_pad_push (pad, buffer), ==, GST_FLOW_OK);
  }
}

/* By a queue's thread, so that it takes a moment. */
static void
await_decoded (Fixture *self, GstStreamType type, guint index)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (lec_branches_count_decoded (self->branches, type, index) < UNITS) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_thread_yield ();
  }
}

static LecReport *
report (Fixture *self)
{
  LecReportDraft *draft = lec_report_draft_new (4);

  lec_branches_watch (self->branches, g_get_monotonic_time ());
  lec_branches_report (self->branches, draft, g_get_monotonic_time ());
  return lec_report_draft_finish (draft);
}

/* Returns: the only track of @stream */
static const LecTrackReport *
find_track (const LecReport *all, guint stream)
{
  const LecTrackReport *found = NULL;

  for (guint i = 0; i < all->n_tracks; i++) {
    if (all->tracks[i].stream != stream)
      continue;
    g_assert_null (found);
    found = &all->tracks[i];
  }
  g_assert_nonnull (found);
  return found;
}

/* ---- the stories ---- */

/* The second sound is that whether the first has come or not. */
static void
test_medium (Fixture *self, gconstpointer data)
{
  GstPad *pad = take_stream (self, 2, MULAW);
  LecRoute *route;
  g_autoptr (LecReport) all = NULL;

  push (pad);
  await_decoded (self, GST_STREAM_TYPE_AUDIO, 1);
  g_assert_cmpint (g_atomic_int_get (&self->asked[0]), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&self->asked[1]), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&self->sinks), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&self->shown), ==, 1);
  g_assert_cmpuint (lec_branches_count_decoded (self->branches, GST_STREAM_TYPE_AUDIO, 0), ==, 0);
  route
      = lec_routes_find_medium (lec_branches_get_routes (self->branches), GST_STREAM_TYPE_AUDIO, 1);
  g_assert_nonnull (route);
  g_assert_true (
      lec_branches_contain (self->branches, GST_OBJECT (lec_track_get_inlet (route->track))));
  g_assert_false (lec_branches_contain (self->branches, GST_OBJECT (self->pipeline)));

  /* what is announced and has not come is waited for */
  all = report (self);
  g_assert_cmpuint (all->n_tracks, ==, 4);
  g_assert_cmpint (find_track (all, 2)->state, ==, LEC_TRACK_PLAYING);
  g_assert_cmpint (find_track (all, 0)->media, ==, LEC_MEDIA_VIDEO);
  g_assert_cmpint (find_track (all, 0)->state, ==, LEC_TRACK_WAITING);
  g_assert_cmpint (find_track (all, 3)->media, ==, LEC_MEDIA_TEXT);
}

static void
test_unwanted (Fixture *self, gconstpointer data)
{
  g_autoptr (LecReport) all = NULL;

  self->refuses = TRUE;
  push (take_stream (self, 1, MULAW));
  all = report (self);
  g_assert_cmpint (find_track (all, 1)->state, ==, LEC_TRACK_UNWANTED);
  g_assert_cmpint (self->asked[0], ==, 1);
  g_assert_cmpint (self->sinks, ==, 0);
}

/* It is not even asked for. */
static void
test_not_decoded (Fixture *self, gconstpointer data)
{
  g_autoptr (LecReport) all = NULL;

  push (take_stream (self, 1, MULAW));
  all = report (self);
  g_assert_cmpint (find_track (all, 1)->state, ==, LEC_TRACK_UNWANTED);
  g_assert_cmpuint (find_track (all, 1)->counts.units, ==, UNITS);
  g_assert_cmpint (self->asked[0], ==, 0);
  g_assert_cmpint (self->sinks, ==, 0);
}

static void
push_text (GstPad *pad, guint8 sequence, const char *text)
{
  const guint8 header[] = { 0x80, 98, 0, sequence, 0, 0, 0, 0, 0, 0, 0, 1 };
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, sizeof header + strlen (text), NULL);

  gst_buffer_fill (buffer, 0, header, sizeof header);
  gst_buffer_fill (buffer, sizeof header, text, strlen (text));
  GST_BUFFER_PTS (buffer) = 0;
  g_assert_cmpint (gst_pad_push (pad, buffer), ==, GST_FLOW_OK);
}

static void
await_text (Fixture *self, guint64 count)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (lec_branches_count_decoded (self->branches, GST_STREAM_TYPE_TEXT, 0) < count) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_thread_yield ();
  }
}

/* However much is said: who is told once finds the newest. */
static void
test_text (Fixture *self, gconstpointer data)
{
  GstPad *pad = take_stream (self, 3, TEXT);
  g_autofree char *caption = NULL;
  g_autoptr (LecReport) all = NULL;

  g_assert_null (lec_branches_take_caption (self->branches));
  push_text (pad, 1, "Good");
  push_text (pad, 2, " morning");
  await_text (self, 2);
  g_assert_cmpint (g_atomic_int_get (&self->captions), ==, 1);
  caption = lec_branches_take_caption (self->branches);
  g_assert_cmpstr (caption, ==, "Good morning");
  g_assert_null (lec_branches_take_caption (self->branches));
  push_text (pad, 3, "!");
  await_text (self, 3);
  g_assert_cmpint (g_atomic_int_get (&self->captions), ==, 2);
  all = report (self);
  g_assert_cmpint (find_track (all, 3)->media, ==, LEC_MEDIA_TEXT);
  g_assert_cmpint (find_track (all, 3)->state, ==, LEC_TRACK_PLAYING);
}

static gboolean
leads_to_sound (Fixture *self)
{
  return lec_routes_find_medium (lec_branches_get_routes (self->branches), GST_STREAM_TYPE_AUDIO, 0)
         != NULL;
}

/* What was announced as a sound is a transport stream: nobody waits for the sound any more. */
static void
test_container (Fixture *self, gconstpointer data)
{
  GstPad *pad = take_stream (self, 1, MULAW);
  g_autoptr (GstPad) before = NULL;
  g_autoptr (GstPad) after = NULL;
  g_autoptr (GstPad) same = NULL;

  push (pad);
  await_decoded (self, GST_STREAM_TYPE_AUDIO, 0);
  g_assert_true (leads_to_sound (self));
  before = gst_pad_get_peer (pad);
  set_caps (pad, TS);
  after = gst_pad_get_peer (pad);
  g_assert_nonnull (after);
  g_assert_true (after != before);
  g_assert_false (leads_to_sound (self));
  g_assert_true (lec_branches_contain (self->branches, GST_OBJECT_PARENT (after)));
  g_assert_cmpint (lec_branches_get_lead (self->branches), ==, 0);
  g_assert_cmpint (lec_branches_get_hold (self->branches), ==, 0);
  set_caps (pad, TS); /* again: it stays where it is */
  same = gst_pad_get_peer (pad);
  g_assert_true (same == after);
}

static void
test_dropped (Fixture *self, gconstpointer data)
{
  GstPad *pad = new_pad (self, "stream_1");
  g_autoptr (LecReport) all = NULL;

  lec_branches_drop_stream (self->branches, pad);
  begin_stream (pad, MULAW);
  push (pad);
  g_assert_cmpint (self->asked[0], ==, 0);
  all = report (self);
  g_assert_cmpint (find_track (all, 1)->state, ==, LEC_TRACK_WAITING);
}

/* Media of a file have no place in an announcement: they are counted as they come. What nothing
 * takes stays alone. */
static void
test_file (Fixture *self, gconstpointer data)
{
  static char uri[] = "file:///x.webm";
  static const LecAlternative file = { .uri = uri, .is_media = TRUE };
  GstPad *other = new_pad (self, NULL);

  lec_branches_free (self->branches);
  self->branches
      = lec_branches_new (self->pipeline, &file, TRUE, NULL, self->subtitles, &callbacks, self);
  for (guint i = 0; i < 2; i++) {
    GstPad *pad = new_pad (self, NULL);

    begin_stream (pad, MULAW);
    lec_branches_take_medium (self->branches, pad);
    g_assert_true (gst_pad_is_linked (pad));
    push (pad);
    await_decoded (self, GST_STREAM_TYPE_AUDIO, i);
    g_assert_cmpint (g_atomic_int_get (&self->asked[i]), ==, 1);
  }
  g_assert_cmpuint (lec_branches_count_decoded (self->branches, GST_STREAM_TYPE_AUDIO, 0), ==,
                    UNITS);
  set_caps (other, "application/x-subtitle");
  lec_branches_take_medium (self->branches, other);
  g_assert_false (gst_pad_is_linked (other));
}

/* While the pipeline ends what comes is dropped, and nothing is built for it. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  GstPad *pad = take_stream (self, 1, MULAW);

  lec_branches_close (self->branches);
  push (pad);
  g_assert_cmpint (self->asked[0], ==, 0);
  g_assert_cmpint (self->sinks, ==, 0);
}

/* Nothing is recorded, and that makes no difference. */
static void
test_no_recording (Fixture *self, gconstpointer data)
{
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (self->channel)->alternatives, 0);

  lec_branches_free (self->branches);
  self->branches = lec_branches_new (self->pipeline, alternative, TRUE, NULL, self->subtitles,
                                     &callbacks, self);
  push (take_stream (self, 1, MULAW));
  await_decoded (self, GST_STREAM_TYPE_AUDIO, 0);
  g_assert_true (gst_pad_is_linked (take_stream (self, 2, TS)));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/branches/medium", test_medium);
  ADD ("/branches/unwanted", test_unwanted);
  g_test_add ("/branches/not decoded", Fixture, NULL, set_up_without_decoding, test_not_decoded,
              tear_down);
  ADD ("/branches/text", test_text);
  ADD ("/branches/container", test_container);
  ADD ("/branches/dropped", test_dropped);
  ADD ("/branches/file", test_file);
  ADD ("/branches/closed", test_closed);
  ADD ("/branches/no recording", test_no_recording);
  return g_test_run ();
}
