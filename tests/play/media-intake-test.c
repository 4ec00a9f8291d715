/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What counts of that which comes by a pad, with no element behind it. */
#include "play/media-intake.h"

typedef struct
{
  LecMediaIntake *intake;
  GstPad *pads[2];
  GstPad *ends[2]; /* where they lead */
} Fixture;

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static gboolean
event_cb (GstPad *pad, GstObject *parent, GstEvent *event)
{
  gst_event_unref (event);
  return TRUE;
}

/* As an element between would have it. */
static gboolean
query_cb (GstPad *pad, GstObject *parent, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_ALLOCATION || GST_QUERY_TYPE (query) == GST_QUERY_LATENCY)
    return TRUE;
  return gst_pad_query_default (pad, parent, query);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->intake = lec_media_intake_new ();
  for (guint i = 0; i < G_N_ELEMENTS (self->pads); i++) {
    self->pads[i] = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SRC));
    self->ends[i] = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SINK));
    gst_pad_set_chain_function (self->ends[i], chain_cb);
    gst_pad_set_event_function (self->ends[i], event_cb);
    gst_pad_set_query_function (self->ends[i], query_cb);
    gst_pad_set_active (self->pads[i], TRUE);
    gst_pad_set_active (self->ends[i], TRUE);
    g_assert_cmpint (gst_pad_link (self->pads[i], self->ends[i]), ==, GST_PAD_LINK_OK);
    lec_media_intake_watch (self->intake, self->pads[i]);
  }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->pads); i++) {
    gst_pad_set_active (self->pads[i], FALSE);
    gst_pad_set_active (self->ends[i], FALSE);
    gst_object_unref (self->pads[i]);
    gst_object_unref (self->ends[i]);
  }
  lec_media_intake_free (self->intake);
}

/* @start_ns: of the file's times, that are shown at once */
static void
begin (GstPad *pad, GstFormat format, GstClockTime start_ns)
{
  GstSegment segment;

  gst_segment_init (&segment, format);
  segment.start = start_ns;
  gst_pad_push_event (pad, gst_event_new_stream_start ("x"));
  gst_pad_push_event (pad, gst_event_new_segment (&segment));
}

static void
push (GstPad *pad, GstClockTime pts, GstClockTime duration)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 100, NULL);

  GST_BUFFER_PTS (buffer) = pts;
  GST_BUFFER_DURATION (buffer) = duration;
  g_assert_cmpint (gst_pad_push (pad, buffer), ==, GST_FLOW_OK);
}

static GstClockTime
get_newest (Fixture *self)
{
  return lec_media_intake_get_facts (self->intake).newest_ns;
}

static void
test_counts (Fixture *self, gconstpointer data)
{
  LecMediaIntakeFacts facts = lec_media_intake_get_facts (self->intake);

  g_assert_cmpuint (facts.buffers, ==, 0);
  g_assert_cmpuint (facts.newest_ns, ==, 0);
  for (guint i = 0; i < 2; i++) {
    begin (self->pads[i], GST_FORMAT_TIME, 10 * GST_SECOND);
    push (self->pads[i], 10 * GST_SECOND, GST_SECOND);
  }
  facts = lec_media_intake_get_facts (self->intake);
  g_assert_cmpuint (facts.buffers, ==, 2);
  g_assert_cmpuint (facts.bytes, ==, 200);
}

/* By the time at which it is shown, where it ends; the furthest counts, and what has no time does
 * not. */
static void
test_newest (Fixture *self, gconstpointer data)
{
  begin (self->pads[0], GST_FORMAT_TIME, 10 * GST_SECOND);
  begin (self->pads[1], GST_FORMAT_BYTES, 0);
  push (self->pads[0], 12 * GST_SECOND, GST_SECOND);
  g_assert_cmpuint (get_newest (self), ==, 3 * GST_SECOND);
  push (self->pads[0], 11 * GST_SECOND, GST_SECOND); /* as pictures do */
  push (self->pads[0], GST_CLOCK_TIME_NONE, GST_SECOND);
  push (self->pads[1], 60 * GST_SECOND, GST_SECOND);
  g_assert_cmpuint (get_newest (self), ==, 3 * GST_SECOND);
  push (self->pads[0], 13500 * GST_MSECOND, GST_CLOCK_TIME_NONE);
  g_assert_cmpuint (get_newest (self), ==, 3500 * GST_MSECOND);
}

/* When all media have ended; and not any more when they are read again from somewhere else. */
static void
test_whole (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++) {
    begin (self->pads[i], GST_FORMAT_TIME, 0);
    push (self->pads[i], 0, GST_SECOND);
    g_assert_false (lec_media_intake_get_facts (self->intake).is_whole);
    gst_pad_push_event (self->pads[i], gst_event_new_eos ());
  }
  g_assert_true (lec_media_intake_get_facts (self->intake).is_whole);
  for (guint i = 0; i < 2; i++) {
    gst_pad_push_event (self->pads[i], gst_event_new_flush_start ());
    gst_pad_push_event (self->pads[i], gst_event_new_flush_stop (TRUE));
  }
  g_assert_false (lec_media_intake_get_facts (self->intake).is_whole);
  g_assert_cmpuint (get_newest (self), ==, 0);
  g_assert_cmpuint (lec_media_intake_get_facts (self->intake).buffers, ==, 2);
}

static void
test_no_medium (Fixture *self, gconstpointer data)
{
  LecMediaIntake *other = lec_media_intake_new ();

  g_assert_false (lec_media_intake_get_facts (other).is_whole);
  lec_media_intake_free (other);
}

/* A question that would wait behind what waits is not asked; another one is. */
static void
test_queries (Fixture *self, gconstpointer data)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("audio/x-raw");
  g_autoptr (GstQuery) allocation = gst_query_new_allocation (caps, FALSE);
  g_autoptr (GstQuery) latency = gst_query_new_latency ();

  begin (self->pads[0], GST_FORMAT_TIME, 0);
  g_assert_false (gst_pad_peer_query (self->pads[0], allocation));
  g_assert_true (gst_pad_peer_query (self->pads[0], latency));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/media-intake/counts", test_counts);
  ADD ("/media-intake/newest", test_newest);
  ADD ("/media-intake/whole", test_whole);
  ADD ("/media-intake/no medium", test_no_medium);
  ADD ("/media-intake/queries", test_queries);
  return g_test_run ();
}
