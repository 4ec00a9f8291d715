/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sink-set.h"

typedef struct
{
  GstElement *pipeline;
  LecSinkSet *set;
  GstElement *picture, *sound; /* their owner's */
} Fixture;

static GstElement *
new_sink (void)
{
  return gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->set = lec_sink_set_new (GST_BIN (self->pipeline));
  self->picture = new_sink ();
  self->sound = new_sink ();
}

/* All leave the pipeline; what was its owner's is there still. */
static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_sink_set_free (self->set);
  g_assert_cmpuint (GST_BIN_NUMCHILDREN (self->pipeline), ==, 0);
  g_assert_null (GST_OBJECT_PARENT (self->picture));
  g_assert_finalize_object (self->picture);
  g_assert_finalize_object (self->sound);
  gst_object_unref (self->pipeline);
}

static gboolean
is_inside (Fixture *self, GstElement *sink)
{
  return GST_OBJECT_PARENT (sink) == GST_OBJECT (self->pipeline);
}

static void
test_owners (Fixture *self, gconstpointer data)
{
  g_assert_null (lec_sink_set_get_sound (self->set));
  g_assert_true (lec_sink_set_add (self->set, self->picture, GST_STREAM_TYPE_VIDEO)
                 == self->picture);
  g_assert_true (is_inside (self, self->picture));
  g_assert_null (lec_sink_set_get_sound (self->set));
  g_assert_true (lec_sink_set_add (self->set, self->sound, GST_STREAM_TYPE_AUDIO) == self->sound);
  g_assert_true (is_inside (self, self->sound));
  g_assert_true (lec_sink_set_get_sound (self->set) == self->sound);
}

/* One that keeps time takes the place of what is not to be had: else all that is to be dropped
 * would be decoded as fast as it comes. */
static void
assert_dummy (Fixture *self, GstElement *sink)
{
  gboolean sync;

  g_assert_true (sink != self->picture && sink != self->sound);
  g_assert_true (is_inside (self, sink));
  g_object_get (sink, "sync", &sync, NULL);
  g_assert_true (sync);
}

static void
test_dummies (Fixture *self, gconstpointer data)
{
  GstElement *none = lec_sink_set_add (self->set, NULL, GST_STREAM_TYPE_AUDIO);
  GstElement *second;

  assert_dummy (self, none);
  g_assert_null (lec_sink_set_get_sound (self->set)); /* it leads to no device */
  lec_sink_set_add (self->set, self->sound, GST_STREAM_TYPE_AUDIO);
  second = lec_sink_set_add (self->set, self->sound, GST_STREAM_TYPE_AUDIO);
  assert_dummy (self, second);
  g_assert_true (second != none);
  g_assert_true (lec_sink_set_get_sound (self->set) == self->sound);
}

/* What was given back can be taken again, and for something else. */
static void
test_removed (Fixture *self, gconstpointer data)
{
  GstElement *dummy = lec_sink_set_add (self->set, NULL, GST_STREAM_TYPE_VIDEO);

  lec_sink_set_add (self->set, self->sound, GST_STREAM_TYPE_AUDIO);
  lec_sink_set_add (self->set, self->picture, GST_STREAM_TYPE_VIDEO);
  lec_sink_set_remove (self->set, self->picture);
  g_assert_null (GST_OBJECT_PARENT (self->picture));
  g_assert_true (lec_sink_set_get_sound (self->set) == self->sound);
  lec_sink_set_remove (self->set, self->sound);
  g_assert_null (lec_sink_set_get_sound (self->set));
  g_assert_true (lec_sink_set_add (self->set, self->sound, GST_STREAM_TYPE_AUDIO) == self->sound);
  g_assert_true (lec_sink_set_get_sound (self->set) == self->sound);

  g_object_add_weak_pointer (G_OBJECT (dummy), (gpointer *) &dummy);
  lec_sink_set_remove (self->set, dummy);
  g_assert_null (dummy); /* nobody else wants it */
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/sink-set/owner's", test_owners);
  ADD ("/sink-set/dummies", test_dummies);
  ADD ("/sink-set/removed", test_removed);
  return g_test_run ();
}
