/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What tracks and demultiplexers rely on in what they have in common. */
#include "play/branch.h"

typedef struct
{
  GstElement *pipeline;
  LecBranch branch;
  guint torn_down;
} Fixture;

static gboolean
ready_cb (guint count, gpointer data)
{
  return FALSE;
}

static void
changed_cb (const GstCaps *before, const GstCaps *caps, gpointer data)
{
}

static void
failed_cb (GstFlowReturn result, gpointer data)
{
}

static const LecInletCallbacks callbacks = { ready_cb, changed_cb, failed_cb };

static void
tear_down_cb (gpointer data)
{
  ((Fixture *) data)->torn_down++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  lec_branch_init (&self->branch, GST_BIN (self->pipeline), &callbacks, self);
  lec_branch_start (&self->branch);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_branch_clear (&self->branch);
  g_assert_cmpuint (GST_BIN_NUMCHILDREN (self->pipeline), ==, 0);
  gst_object_unref (self->pipeline);
}

/* It is built anew once for each wish, by who pushes; and not when all is over. */
static void
test_receive (Fixture *self, gconstpointer data)
{
  g_assert_true (lec_branch_receive (&self->branch, 3, tear_down_cb, self));
  g_assert_cmpuint (self->torn_down, ==, 0);
  self->branch.rebuild = TRUE;
  g_assert_true (lec_branch_receive (&self->branch, 1, tear_down_cb, self));
  g_assert_true (lec_branch_receive (&self->branch, 1, tear_down_cb, self));
  g_assert_cmpuint (self->torn_down, ==, 1);
  self->branch.closed = self->branch.rebuild = TRUE;
  g_assert_false (lec_branch_receive (&self->branch, 1, tear_down_cb, self));
  g_assert_cmpuint (self->torn_down, ==, 1);
  g_assert_cmpuint (lec_branch_count_packets (&self->branch), ==, 6);
}

static void
test_whole (Fixture *self, gconstpointer data)
{
  g_assert_true (lec_branch_is_whole (&self->branch));
  g_assert_false (lec_branch_has_failed (&self->branch));
  self->branch.broken = TRUE;
  g_assert_false (lec_branch_is_whole (&self->branch));
  g_assert_true (lec_branch_has_failed (&self->branch));
  self->branch.rebuild = TRUE; /* which takes until something is pushed */
  g_assert_false (lec_branch_has_failed (&self->branch));
}

/* What is taken out has stopped, though the pipeline plays. */
static void
test_remove (Fixture *self, gconstpointer data)
{
  g_autoptr (GstElement) part = gst_object_ref_sink (gst_element_factory_make ("identity", NULL));

  gst_bin_add (GST_BIN (self->branch.bin), part);
  gst_element_sync_state_with_parent (part);
  g_assert_true (lec_branch_contains (&self->branch, GST_OBJECT (part)));
  g_assert_cmpint (GST_STATE (part), ==, GST_STATE_PLAYING);
  lec_branch_remove (&self->branch, part);
  g_assert_cmpint (GST_STATE (part), ==, GST_STATE_NULL);
  g_assert_false (lec_branch_contains (&self->branch, GST_OBJECT (part)));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/branch/receive", test_receive);
  ADD ("/branch/whole", test_whole);
  ADD ("/branch/remove", test_remove);
  return g_test_run ();
}
