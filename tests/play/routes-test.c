/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tracks that are fed by hand, and how they are found. Containers are only told apart: what the
 * test calls one is never looked into. */
#include "play/routes.h"

#define PATIENCE_US (30 * G_TIME_SPAN_SECOND)
#define UNIT_NS (20 * GST_MSECOND)
#define UNIT_BYTES 320
#define UNITS 5
#define SOUND "audio/x-raw, format=S16LE, layout=interleaved, rate=8000, channels=1"

#define CONTAINER ((LecContainer *) &container)

static char container;

typedef struct
{
  GstElement *pipeline;
  LecRoutes *routes;
  GPtrArray *pads; /* of GstPad, that lead to tracks */
} Fixture;

static gboolean
wants_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  return TRUE;
}

static GstElement *
sink_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  Fixture *self = data;
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  return sink;
}

static void
shown_cb (LecTrack *track, gpointer data)
{
}

static const LecTrackCallbacks callbacks = { wants_cb, sink_cb, shown_cb };

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pads = g_ptr_array_new_with_free_func (gst_object_unref);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_element_set_start_time (self->pipeline, GST_CLOCK_TIME_NONE); /* nothing is ahead of it */
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  self->routes = lec_routes_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_routes_foreach (self->routes, lec_track_close);
  for (guint i = 0; i < self->pads->len; i++)
    gst_pad_set_active (self->pads->pdata[i], FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_routes_free (self->routes);
  g_ptr_array_unref (self->pads);
  gst_object_unref (self->pipeline);
}

static LecRoute *
add (Fixture *self, LecRoute like)
{
  like.track = lec_track_new (GST_BIN (self->pipeline), LEC_MEDIA_AUDIO, &callbacks, self);
  return lec_routes_add (self->routes, &like);
}

static LecRoute *
add_medium (Fixture *self, GstStreamType type, guint index)
{
  return add (self, (LecRoute){ .type = type, .index = index, .stream = 10 + index });
}

/* Returns: (transfer none): what leads to it now */
static GstPad *
feed (Fixture *self, LecRoute *route)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (SOUND);
  GstPad *pad = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SRC));
  GstSegment segment;

  g_ptr_array_add (self->pads, pad);
  gst_pad_set_active (pad, TRUE);
  g_assert_cmpint (gst_pad_link (pad, lec_track_get_inlet (route->track)), ==, GST_PAD_LINK_OK);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (pad, gst_event_new_stream_start ("test"));
  gst_pad_push_event (pad, gst_event_new_caps (caps));
  gst_pad_push_event (pad, gst_event_new_segment (&segment));
  return pad;
}

static void
push (GstPad *pad)
{
  for (guint i = 0; i < UNITS; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, UNIT_BYTES, NULL);

    gst_buffer_memset (buffer, 0, 0, UNIT_BYTES);
    GST_BUFFER_PTS (buffer) = i * UNIT_NS;
    GST_BUFFER_DURATION (buffer) = UNIT_NS;
    g_assert_cmpint (gst_pad_push (pad, buffer), ==, GST_FLOW_OK);
  }
}

/* By a queue's thread, so that it takes a moment. */
static void
await_decoded (LecRoute *route, guint64 decoded)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (lec_track_get_decoded (route->track) < decoded) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_thread_yield ();
  }
}

static void
test_found (Fixture *self, gconstpointer data)
{
  LecRoute *picture = add_medium (self, GST_STREAM_TYPE_VIDEO, 0);
  LecRoute *sound = add_medium (self, GST_STREAM_TYPE_AUDIO, 0);
  LecRoute *second = add_medium (self, GST_STREAM_TYPE_AUDIO, 1);
  GstElement *sink = sink_cb (NULL, GST_STREAM_TYPE_AUDIO, self);

  g_assert_true (lec_routes_find (self->routes, sound->track) == sound);
  g_assert_true (lec_routes_find_medium (self->routes, GST_STREAM_TYPE_AUDIO, 1) == second);
  g_assert_true (lec_routes_find_medium (self->routes, GST_STREAM_TYPE_VIDEO, 0) == picture);
  g_assert_null (lec_routes_find_medium (self->routes, GST_STREAM_TYPE_VIDEO, 1));
  g_assert_null (lec_routes_find_by_sink (self->routes, sink));
  lec_track_set_sink (second->track, sink);
  g_assert_true (lec_routes_find_by_sink (self->routes, sink) == second);
  g_assert_true (
      lec_routes_contain (self->routes, GST_OBJECT (lec_track_get_inlet (sound->track))));
  g_assert_false (lec_routes_contain (self->routes, GST_OBJECT (sink)));
  g_assert_false (lec_routes_contain (self->routes, GST_OBJECT (self->pipeline)));
}

static gboolean
is_sound (const LecRoute *route)
{
  return route->type == GST_STREAM_TYPE_AUDIO;
}

static void
test_listed (Fixture *self, gconstpointer data)
{
  LecRoute *picture = add_medium (self, GST_STREAM_TYPE_VIDEO, 0);
  LecRoute *sound = add_medium (self, GST_STREAM_TYPE_AUDIO, 0);
  g_autoptr (GPtrArray) all = lec_routes_list (self->routes, NULL);
  g_autoptr (GPtrArray) sounds = lec_routes_list (self->routes, is_sound);

  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (all->pdata[0] == picture && all->pdata[1] == sound);
  g_assert_cmpuint (sounds->len, ==, 1);
  g_assert_true (sounds->pdata[0] == sound);
}

/* A medium that has left its container leaves its track to the one that comes in its place; one
 * that comes beside it has the next number. */
static void
test_idle (Fixture *self, gconstpointer data)
{
  LecRoute *first = add (self, (LecRoute){ .container = CONTAINER, .type = GST_STREAM_TYPE_AUDIO });
  LecRoute *second
      = add (self, (LecRoute){ .container = CONTAINER, .type = GST_STREAM_TYPE_AUDIO, .index = 1 });
  GstPad *pad = feed (self, first);
  guint count;

  feed (self, second);
  add_medium (self, GST_STREAM_TYPE_AUDIO, 2); /* out of no container */
  g_assert_null (lec_routes_find_idle (self->routes, CONTAINER, GST_STREAM_TYPE_AUDIO, &count));
  g_assert_cmpuint (count, ==, 2);
  g_assert_null (lec_routes_find_idle (self->routes, CONTAINER, GST_STREAM_TYPE_VIDEO, &count));
  g_assert_cmpuint (count, ==, 0);
  gst_pad_unlink (pad, lec_track_get_inlet (first->track));
  g_assert_true (lec_routes_find_idle (self->routes, CONTAINER, GST_STREAM_TYPE_AUDIO, &count)
                 == first);
  g_assert_cmpuint (count, ==, 2);
}

static LecReport *
report (Fixture *self)
{
  LecReportDraft *draft = lec_report_draft_new (1);

  lec_routes_watch (self->routes, g_get_monotonic_time ());
  lec_routes_report (self->routes, draft, g_get_monotonic_time ());
  return lec_report_draft_finish (draft);
}

/* Nobody waits for what has left, whichever way. */
static void
test_left (Fixture *self, gconstpointer data)
{
  LecRoute *first = add_medium (self, GST_STREAM_TYPE_AUDIO, 0);
  LecRoute *inside
      = add (self, (LecRoute){ .container = CONTAINER, .type = GST_STREAM_TYPE_AUDIO, .index = 1 });
  GstPad *pad = feed (self, inside);
  g_autoptr (LecReport) whole = report (self);
  g_autoptr (LecReport) without_first = NULL;
  g_autoptr (LecReport) empty = NULL;

  g_assert_cmpuint (whole->n_tracks, ==, 2);
  g_assert_cmpuint (whole->tracks[0].stream, ==, 10);
  lec_routes_leave (self->routes, lec_track_get_inlet (first->track));
  lec_routes_leave (self->routes, pad); /* no inlet of a track: nothing happens */
  g_assert_null (lec_routes_find_medium (self->routes, GST_STREAM_TYPE_AUDIO, 0));
  g_assert_true (lec_routes_find (self->routes, first->track) == first); /* it is still there */
  without_first = report (self);
  g_assert_cmpuint (without_first->n_tracks, ==, 1);
  gst_pad_unlink (pad, lec_track_get_inlet (inside->track));
  empty = report (self);
  g_assert_cmpuint (empty->n_tracks, ==, 0);
}

static void
test_decoded (Fixture *self, gconstpointer data)
{
  LecRoute *sound = add_medium (self, GST_STREAM_TYPE_AUDIO, 0);
  LecRoute *other = add_medium (self, GST_STREAM_TYPE_AUDIO, 1);

  push (feed (self, sound));
  await_decoded (sound, UNITS);
  push (feed (self, other));
  await_decoded (other, UNITS);
  g_assert_cmpuint (lec_routes_count_decoded (self->routes, GST_STREAM_TYPE_AUDIO, 0), ==, UNITS);
  /* what has left was decoded nevertheless, and so was what came in its place */
  lec_routes_leave (self->routes, lec_track_get_inlet (sound->track));
  other->index = 0;
  g_assert_cmpuint (lec_routes_count_decoded (self->routes, GST_STREAM_TYPE_AUDIO, 0), ==,
                    2 * UNITS);
  g_assert_cmpuint (lec_routes_count_decoded (self->routes, GST_STREAM_TYPE_VIDEO, 0), ==, 0);
}

/* What is added while nobody is to see it is kept, until it is let go. */
static void
test_ahead (Fixture *self, gconstpointer data)
{
  LecRoute *held, *shown;

  lec_routes_set_ahead (self->routes, TRUE);
  held = add_medium (self, GST_STREAM_TYPE_AUDIO, 0);
  lec_routes_set_ahead (self->routes, FALSE);
  shown = add_medium (self, GST_STREAM_TYPE_AUDIO, 1);
  push (feed (self, held));
  push (feed (self, shown));
  await_decoded (shown, UNITS);
  g_assert_cmpuint (lec_track_get_decoded (held->track), ==, 0);
  lec_track_let_go (held->track);
  await_decoded (held, 1); /* the newest of what is kept is shown */
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/routes/found", test_found);
  ADD ("/routes/listed", test_listed);
  ADD ("/routes/idle", test_idle);
  ADD ("/routes/left", test_left);
  ADD ("/routes/decoded", test_decoded);
  ADD ("/routes/ahead", test_ahead);
  return g_test_run ();
}
