/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What whoever pushes into a branch relies on. */
#include "play/inlet.h"

typedef struct
{
  GstElement *bin;
  GstPad *inlet; /* borrowed from the bin */
  GstPad *src;   /* pushes into it */
  GstPad *sink;  /* the branch */
  GstFlowReturn answer;
  gboolean ready;
  guint buffers, eos, caps;
  guint asked; /* for how many buffers */
  guint changes;
  GstFlowReturn failure; /* that was told of last */
} Fixture;

static gboolean
ready_cb (guint count, gpointer data)
{
  ((Fixture *) data)->asked += count;
  return ((Fixture *) data)->ready;
}

static void
changed_cb (const GstCaps *before, const GstCaps *caps, gpointer data)
{
  Fixture *self = data;

  g_assert_true (gst_structure_has_name (gst_caps_get_structure (before, 0), "video/x-test"));
  g_assert_true (gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-other"));
  g_assert_cmpuint (self->caps, ==, 2); /* the branch has not heard of it yet */
  self->changes++;
}

static void
failed_cb (GstFlowReturn result, gpointer data)
{
  ((Fixture *) data)->failure = result;
}

static const LecInletCallbacks callbacks = { ready_cb, changed_cb, failed_cb };

static GstFlowReturn
chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Fixture *self = g_object_get_data (G_OBJECT (pad), "fixture");

  self->buffers++;
  gst_buffer_unref (buffer);
  return self->answer;
}

static gboolean
event (GstPad *pad, GstObject *parent, GstEvent *e)
{
  Fixture *self = g_object_get_data (G_OBJECT (pad), "fixture");

  self->eos += GST_EVENT_TYPE (e) == GST_EVENT_EOS;
  self->caps += GST_EVENT_TYPE (e) == GST_EVENT_CAPS;
  gst_event_unref (e);
  return GST_EVENT_TYPE (e) != GST_EVENT_CAPS || self->answer == GST_FLOW_OK;
}

static GstPad *
new_sink (Fixture *self)
{
  GstPad *pad = gst_object_ref_sink (gst_pad_new ("end", GST_PAD_SINK));

  g_object_set_data (G_OBJECT (pad), "fixture", self);
  gst_pad_set_chain_function (pad, chain);
  gst_pad_set_event_function (pad, event);
  gst_pad_set_active (pad, TRUE);
  return pad;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-test");
  GstSegment segment;

  self->ready = TRUE;
  self->bin = gst_object_ref_sink (gst_bin_new (NULL));
  self->inlet = lec_inlet_new ("sink", &callbacks, self);
  gst_element_add_pad (self->bin, self->inlet);
  gst_element_set_state (self->bin, GST_STATE_PLAYING);
  self->src = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  gst_pad_set_active (self->src, TRUE);
  gst_pad_link (self->src, self->inlet);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("test"));
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
  self->sink = new_sink (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gst_pad_set_active (self->src, FALSE);
  lec_inlet_disconnect (self->inlet);
  gst_element_set_state (self->bin, GST_STATE_NULL);
  gst_pad_set_active (self->sink, FALSE);
  gst_object_unref (self->src);
  gst_object_unref (self->sink);
  gst_object_unref (self->bin);
}

static GstFlowReturn
push (Fixture *self)
{
  return gst_pad_push (self->src, gst_buffer_new ());
}

static GstFlowReturn
push_list (Fixture *self)
{
  GstBufferList *list = gst_buffer_list_new ();

  gst_buffer_list_add (list, gst_buffer_new ());
  gst_buffer_list_add (list, gst_buffer_new ());
  return gst_pad_push_list (self->src, list);
}

static void
test_passes (Fixture *self, gconstpointer data)
{
  lec_inlet_connect (self->inlet, self->sink);
  g_assert_cmpint (push (self), ==, GST_FLOW_OK);
  g_assert_cmpint (push_list (self), ==, GST_FLOW_OK);
  g_assert_cmpuint (self->buffers, ==, 3);
  g_assert_cmpuint (self->asked, ==, 3);
  g_assert_cmpuint (self->caps, ==, 1);
  g_assert_cmpint (self->failure, ==, GST_FLOW_OK);
}

/* Whatever is answered behind it. */
static void
test_contains (Fixture *self, gconstpointer data)
{
  const GstFlowReturn answers[] = { GST_FLOW_NOT_LINKED, GST_FLOW_EOS, GST_FLOW_NOT_NEGOTIATED,
                                    GST_FLOW_ERROR, GST_FLOW_NOT_SUPPORTED };

  lec_inlet_connect (self->inlet, self->sink);
  push (self);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    self->answer = answers[i];
    g_assert_cmpint (push (self), ==, GST_FLOW_OK);
    g_assert_cmpint (self->failure, ==, answers[i]);
    self->failure = GST_FLOW_OK;
    g_assert_cmpint (push_list (self), ==, GST_FLOW_OK);
    g_assert_cmpint (self->failure, ==, answers[i]);
  }
}

/* That the pipeline ends is for everybody to know. */
static void
test_flushing (Fixture *self, gconstpointer data)
{
  lec_inlet_connect (self->inlet, self->sink);
  push (self);
  self->answer = GST_FLOW_FLUSHING;
  g_assert_cmpint (push (self), ==, GST_FLOW_FLUSHING);
  g_assert_cmpint (self->failure, ==, GST_FLOW_OK);
}

static void
test_no_branch (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (push (self), ==, GST_FLOW_OK);
  g_assert_cmpint (self->failure, ==, GST_FLOW_NOT_LINKED);
  lec_inlet_connect (self->inlet, self->sink);
  self->ready = FALSE;
  g_assert_cmpint (push (self), ==, GST_FLOW_OK);
  g_assert_cmpint (push_list (self), ==, GST_FLOW_OK);
  g_assert_cmpuint (self->buffers, ==, 0);
}

/* A branch that is built anew hears what the first one heard. */
static void
test_another (Fixture *self, gconstpointer data)
{
  g_autoptr (GstPad) another = new_sink (self);

  lec_inlet_connect (self->inlet, self->sink);
  push (self);
  lec_inlet_disconnect (self->inlet);
  lec_inlet_connect (self->inlet, another);
  push (self);
  g_assert_cmpuint (self->caps, ==, 2);
  g_assert_cmpuint (self->buffers, ==, 2);
  lec_inlet_disconnect (self->inlet);
  gst_pad_set_active (another, FALSE);
}

/* A branch may be for one kind only; what comes then is another. */
static void
test_other_caps (Fixture *self, gconstpointer data)
{
  g_autoptr (GstCaps) same = gst_caps_new_empty_simple ("video/x-test");
  g_autoptr (GstCaps) other = gst_caps_new_empty_simple ("video/x-other");

  lec_inlet_connect (self->inlet, self->sink);
  push (self);
  gst_pad_use_fixed_caps (self->sink);
  gst_pad_push_event (self->src, gst_event_new_caps (same));
  g_assert_cmpuint (self->changes, ==, 0);
  g_assert_true (gst_pad_query_accept_caps (self->inlet, other));
  gst_pad_unlink (self->src, self->inlet);
  g_assert_cmpint (gst_pad_link (self->src, self->inlet), ==, GST_PAD_LINK_OK);
  gst_pad_push_event (self->src, gst_event_new_caps (other));
  g_assert_cmpuint (self->changes, ==, 1);
}

/* One that has ended would take nothing more. */
static void
test_end (Fixture *self, gconstpointer data)
{
  lec_inlet_connect (self->inlet, self->sink);
  push (self);
  g_assert_true (gst_pad_push_event (self->src, gst_event_new_eos ()));
  g_assert_cmpuint (self->eos, ==, 0);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/inlet/passes", test_passes);
  ADD ("/inlet/contains", test_contains);
  ADD ("/inlet/flushing", test_flushing);
  ADD ("/inlet/no-branch", test_no_branch);
  ADD ("/inlet/another", test_another);
  ADD ("/inlet/other-caps", test_other_caps);
  ADD ("/inlet/end", test_end);
  return g_test_run ();
}
