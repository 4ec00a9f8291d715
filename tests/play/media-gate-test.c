/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the gate lets on to the pad behind it, which may hold what it was given. */
#include "play/media-gate.h"

#define PATIENCE                                                                                   \
  (20 * G_TIME_SPAN_SECOND) /* what is awaited comes sooner, or the test has failed */

typedef struct
{
  GstPad *pad, *end;
  LecMediaGate *gate;
  GMutex held;    /* as long as somebody else has it, what comes to the end stays in there */
  int come, gone; /* atomic */
} Fixture;

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Fixture *self = gst_pad_get_element_private (pad);

  g_atomic_int_inc (&self->come);
  g_mutex_lock (&self->held);
  g_mutex_unlock (&self->held);
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GstSegment segment;

  g_mutex_init (&self->held);
  self->pad = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SRC));
  self->end = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SINK));
  gst_pad_set_element_private (self->end, self);
  gst_pad_set_chain_function (self->end, chain_cb);
  gst_pad_set_active (self->pad, TRUE);
  gst_pad_set_active (self->end, TRUE);
  g_assert_cmpint (gst_pad_link (self->pad, self->end), ==, GST_PAD_LINK_OK);
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  gst_pad_push_event (self->pad, gst_event_new_stream_start ("x"));
  gst_pad_push_event (self->pad, gst_event_new_segment (&segment));
  self->gate = lec_media_gate_new (self->pad);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_media_gate_free (self->gate);
  gst_pad_set_active (self->pad, FALSE);
  gst_pad_set_active (self->end, FALSE);
  gst_object_unref (self->pad);
  gst_object_unref (self->end);
  g_mutex_clear (&self->held);
}

static gpointer
push_thread (gpointer data)
{
  Fixture *self = data;

  gst_pad_push (self->pad, gst_buffer_new_allocate (NULL, 10, NULL));
  g_atomic_int_inc (&self->gone);
  return NULL;
}

#define AWAIT(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 end_us_ = g_get_monotonic_time () + PATIENCE;                                     \
                                                                                                   \
    while (!(condition)) {                                                                         \
      g_assert_cmpint (g_get_monotonic_time (), <, end_us_);                                       \
      g_usleep (1000);                                                                             \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

/* What comes to the closed gate stays there, until it is opened. */
static void
test_holds (Fixture *self, gconstpointer data)
{
  GThread *thread;

  g_assert_false (lec_media_gate_is_closed (self->gate));
  lec_media_gate_close (self->gate);
  g_assert_true (lec_media_gate_is_closed (self->gate));
  g_assert_false (lec_media_gate_holds (self->gate));
  thread = g_thread_new (NULL, push_thread, self);
  AWAIT (lec_media_gate_holds (self->gate));
  g_assert_cmpint (g_atomic_int_get (&self->come), ==, 0);
  g_assert_true (lec_media_gate_is_idle (self->gate));
  lec_media_gate_open (self->gate);
  g_thread_join (thread);
  g_assert_cmpint (g_atomic_int_get (&self->come), ==, 1);
  g_assert_false (lec_media_gate_holds (self->gate));
}

/* What has come through is on its way as long as it has not come back. */
static void
test_idle (Fixture *self, gconstpointer data)
{
  GThread *thread;

  g_assert_true (lec_media_gate_is_idle (self->gate));
  g_mutex_lock (&self->held);
  thread = g_thread_new (NULL, push_thread, self);
  AWAIT (g_atomic_int_get (&self->come) == 1);
  lec_media_gate_close (self->gate);
  g_assert_false (lec_media_gate_is_idle (self->gate));
  g_assert_false (lec_media_gate_holds (self->gate));
  g_mutex_unlock (&self->held);
  AWAIT (lec_media_gate_is_idle (self->gate));
  g_thread_join (thread);
  g_assert_cmpint (g_atomic_int_get (&self->gone), ==, 1);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/media-gate/holds", Fixture, NULL, set_up, test_holds, tear_down);
  g_test_add ("/media-gate/idle", Fixture, NULL, set_up, test_idle, tear_down);
  return g_test_run ();
}
