/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is told of a track by its counts alone: with a branch that nothing runs in, in a time of the
 * test's own. */
#include "play/track-meter.h"

#define TICK_US (200 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  LecBranch branch;
  LecTrackGates gates;
  LecTrackMeter meter;
  gint64 now_us;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->now_us = 100 * G_TIME_SPAN_SECOND;
  lec_track_meter_init (&self->meter, &self->branch, &self->gates, LEC_MEDIA_VIDEO);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_track_meter_clear (&self->meter);
}

static LecTrackReport
report (Fixture *self)
{
  LecTrackReport report = { 0 };

  lec_track_meter_report (&self->meter, &report, self->now_us);
  return report;
}

/* Returns: whether the decoder is to be made anew */
static gboolean
watch (Fixture *self)
{
  gboolean is_fruitless, is_due;

  self->now_us += TICK_US;
  is_due = lec_track_meter_watch (&self->meter, self->now_us, &is_fruitless);
  g_assert_true (is_due || !is_fruitless);
  return is_due;
}

/* @count units come, and go into the decoder. */
static void
receive (Fixture *self, guint count)
{
  self->branch.packets += count;
  lec_track_meter_note_units (&self->meter, count);
  lec_track_meter_note_given (&self->meter, count);
}

static void
decode (Fixture *self, guint count)
{
  lec_track_meter_note_decoded (&self->meter, count, 0);
  lec_track_meter_note_passed (&self->meter, count);
}

static void
assert_waits (Fixture *self, LecTrackWait wait, gint64 ticks)
{
  g_assert_cmpint (report (self).wait, ==, wait);
  g_assert_cmpint (report (self).wait_ns, ==, ticks * TICK_US * 1000);
}

/* Each in its turn, and each for as long as it takes. */
static void
test_waits (Fixture *self, gconstpointer data)
{
  watch (self);
  watch (self);
  assert_waits (self, LEC_TRACK_WAIT_PACKETS, 1);
  self->branch.packets = 3;
  watch (self);
  assert_waits (self, LEC_TRACK_WAIT_UNITS, 0);
  lec_track_meter_set_first_wait (&self->meter, LEC_TRACK_WAIT_KEY_FRAME);
  watch (self);
  assert_waits (self, LEC_TRACK_WAIT_KEY_FRAME, 0);
  receive (self, 1);
  watch (self);
  watch (self);
  assert_waits (self, LEC_TRACK_WAIT_DECODER, 1);
  g_assert_cmpint (report (self).state, ==, LEC_TRACK_WAITING);
  g_assert_cmpint (report (self).still_ns, ==, -1);
  decode (self, 1);
  watch (self);
  assert_waits (self, LEC_TRACK_WAIT_NOTHING, 0);
  g_assert_cmpint (report (self).state, ==, LEC_TRACK_PLAYING);
}

static void
test_passed (Fixture *self, gconstpointer data)
{
  g_assert_false (lec_track_meter_has_units (&self->meter));
  receive (self, 2);
  g_assert_true (lec_track_meter_has_units (&self->meter));
  /* what is not to be seen comes out of the decoder as well */
  lec_track_meter_note_decoded (&self->meter, 1, 0);
  g_assert_cmpuint (lec_track_meter_get_decoded (&self->meter), ==, 0);
  g_assert_true (lec_track_meter_note_passed (&self->meter, 1));
  g_assert_false (lec_track_meter_note_passed (&self->meter, 2));
  g_assert_cmpuint (lec_track_meter_get_decoded (&self->meter), ==, 3);
}

/* Units go in and nothing comes out: it is made anew, and at last another decoder is tried. */
static void
test_stalled (Fixture *self, gconstpointer data)
{
  guint rebuilds = 0;
  gboolean is_fruitless = FALSE;

  receive (self, 1);
  decode (self, 1);
  g_assert_false (watch (self));
  for (guint i = 0; i < 3000 && !is_fruitless; i++) {
    receive (self, 5);
    self->now_us += TICK_US;
    rebuilds += lec_track_meter_watch (&self->meter, self->now_us, &is_fruitless);
  }
  g_assert_true (is_fruitless);
  g_assert_cmpuint (rebuilds, >=, 3);
  g_assert_cmpuint (report (self).rebuilds, ==, rebuilds);
  g_assert_cmpint (report (self).state, ==, LEC_TRACK_STALLED);
  g_assert_cmpint (report (self).wait, ==, LEC_TRACK_WAIT_DECODER);
  decode (self, 1);
  watch (self);
  g_assert_cmpint (report (self).state, ==, LEC_TRACK_PLAYING);
}

/* Why it cannot be decoded comes before all that is counted. */
static void
test_obstacle (Fixture *self, gconstpointer data)
{
  receive (self, 1);
  decode (self, 1);
  lec_track_meter_describe (&self->meter, g_strdup ("H.266"), "some-package");
  lec_track_meter_set_obstacle (&self->meter, LEC_TRACK_UNKNOWN);
  g_assert_cmpint (report (self).state, ==, LEC_TRACK_UNKNOWN);
  g_assert_cmpstr (report (self).codec, ==, "H.266");
  g_assert_cmpstr (report (self).package, ==, ""); /* that would not help */
  lec_track_meter_set_obstacle (&self->meter, LEC_TRACK_NO_DECODER);
  g_assert_cmpstr (report (self).package, ==, "some-package");
  lec_track_meter_set_obstacle (&self->meter, LEC_TRACK_WAITING);
  g_assert_cmpint (report (self).state, ==, LEC_TRACK_PLAYING);
  g_assert_cmpstr (report (self).package, ==, "");
}

/* It becomes what comes, if that is known. */
static void
test_type (Fixture *self, gconstpointer data)
{
  lec_track_meter_set_type (&self->meter, GST_STREAM_TYPE_UNKNOWN);
  g_assert_cmpint (report (self).media, ==, LEC_MEDIA_VIDEO);
  lec_track_meter_set_type (&self->meter, GST_STREAM_TYPE_AUDIO);
  g_assert_cmpint (report (self).media, ==, LEC_MEDIA_AUDIO);
}

static GstElement *
new_sink (void)
{
  GstElement *sink = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  return sink;
}

static void
begin (GstElement *sink)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_element_set_state (sink, GST_STATE_PLAYING);
  gst_pad_send_event (pad, gst_event_new_stream_start ("x"));
  gst_pad_send_event (pad, gst_event_new_segment (&segment));
}

static void
render (GstElement *sink, guint count)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  for (guint i = 0; i < count; i++)
    g_assert_cmpint (gst_pad_chain (pad, gst_buffer_new ()), ==, GST_FLOW_OK);
}

/* The sum of what each sink has shown of this track: not of another one before, and not twice. */
static void
test_sinks (Fixture *self, gconstpointer data)
{
  g_autoptr (GstElement) sink = new_sink ();
  g_autoptr (GstElement) other = new_sink ();

  g_assert_null (lec_track_meter_get_sink (&self->meter));
  lec_track_meter_set_sink (&self->meter, sink);
  g_assert_true (lec_track_meter_get_sink (&self->meter) == sink);
  begin (sink);
  render (sink, 3);
  watch (self);
  watch (self);
  g_assert_cmpuint (report (self).counts.shown, ==, 3);
  render (sink, 1);
  watch (self);
  g_assert_cmpuint (report (self).counts.shown, ==, 4);

  begin (other);
  render (other, 7);
  gst_element_set_state (other, GST_STATE_NULL);
  lec_track_meter_set_sink (&self->meter, other); /* not started again yet */
  watch (self);
  g_assert_cmpuint (report (self).counts.shown, ==, 4);
  begin (other);
  render (other, 2);
  watch (self);
  g_assert_cmpuint (report (self).counts.shown, ==, 6);
  gst_element_set_state (sink, GST_STATE_NULL);
  gst_element_set_state (other, GST_STATE_NULL);
}

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

/* What is let go of a store is not the newest until all of it has gone into the decoder. What is
 * kept is not waited for, and counts go on when there is another store. */
static void
test_store (Fixture *self, gconstpointer data)
{
  GstPad *pad = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SINK));
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_set_chain_function (pad, chain_cb);
  gst_pad_set_active (pad, TRUE);
  gst_pad_send_event (pad, gst_event_new_stream_start ("x"));
  gst_pad_send_event (pad, gst_event_new_segment (&segment));
  receive (self, 4);
  decode (self, 4);
  self->gates.store = lec_gop_store_new (pad, NULL);
  lec_gop_store_close (self->gates.store);
  lec_track_meter_begin_store (&self->meter);
  for (guint i = 0; i < 3; i++) {
    GstBuffer *buffer = gst_buffer_new ();

    GST_BUFFER_PTS (buffer) = i * 20 * GST_MSECOND;
    gst_pad_chain (pad, buffer);
  }
  lec_track_meter_note_units (&self->meter, 3);
  for (guint i = 0; i < 100; i++)
    g_assert_false (watch (self));
  g_assert_cmpint (report (self).state, ==, LEC_TRACK_PLAYING);

  g_assert_false (lec_track_meter_is_catching_up (&self->meter));
  lec_track_meter_release_store (&self->meter);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (lec_track_meter_is_catching_up (&self->meter));
    lec_track_meter_note_given (&self->meter, 1);
  }
  g_assert_false (lec_track_meter_is_catching_up (&self->meter));
  lec_track_meter_keep_counts (&self->meter);
  g_clear_pointer (&self->gates.store, lec_gop_store_free);
  g_assert_cmpuint (report (self).counts.units, ==, 7);
  gst_pad_set_active (pad, FALSE);
  gst_object_unref (pad);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/track-meter/waits", test_waits);
  ADD ("/track-meter/passed", test_passed);
  ADD ("/track-meter/stalled", test_stalled);
  ADD ("/track-meter/obstacle", test_obstacle);
  ADD ("/track-meter/type", test_type);
  ADD ("/track-meter/sinks", test_sinks);
  ADD ("/track-meter/store", test_store);
  return g_test_run ();
}
