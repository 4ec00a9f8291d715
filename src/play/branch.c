/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/branch.h"

void
lec_branch_init (LecBranch *self,
                 GstBin *pipeline,
                 const LecInletCallbacks *callbacks,
                 gpointer data)
{
  self->pipeline = pipeline;
  self->bin = gst_bin_new (NULL);
  self->coded = gst_element_factory_make ("identity", NULL);
  g_object_set (self->coded, "silent", TRUE, NULL);
  gst_bin_add (GST_BIN (self->bin), self->coded);
  self->coded_sink = gst_element_get_static_pad (self->coded, "sink");
  self->inlet = lec_inlet_new ("sink", callbacks, data);
  gst_element_add_pad (self->bin, self->inlet);
}

void
lec_branch_start (LecBranch *self)
{
  gst_bin_add (self->pipeline, self->bin);
  gst_element_sync_state_with_parent (self->bin);
}

void
lec_branch_clear (LecBranch *self)
{
  gst_clear_object (&self->coded_sink);
  gst_element_set_state (self->bin, GST_STATE_NULL);
  gst_bin_remove (self->pipeline, self->bin);
}

void
lec_branch_remove (LecBranch *self, GstElement *element)
{
  gst_element_set_locked_state (element, TRUE);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (self->bin), element);
}

GstPad *
lec_branch_expose (LecBranch *self, GstPad *pad, const char *name)
{
  GstPad *ghost = gst_ghost_pad_new (name, pad);

  gst_pad_set_active (ghost, TRUE);
  gst_element_add_pad (self->bin, ghost);
  return ghost;
}

GstPad *
lec_branch_find_exposed (LecBranch *self, GstPad *pad)
{
  GstPad *found = NULL;

  GST_OBJECT_LOCK (self->bin);
  for (GList *at = self->bin->srcpads; at != NULL && found == NULL; at = at->next) {
    g_autoptr (GstPad) target = gst_ghost_pad_get_target (at->data);

    if (target == pad)
      found = gst_object_ref (at->data);
  }
  GST_OBJECT_UNLOCK (self->bin);
  return found;
}

void
lec_branch_withdraw (LecBranch *self, GstPad *ghost)
{
  if (ghost == NULL)
    return;
  gst_pad_set_active (ghost, FALSE);
  gst_element_remove_pad (self->bin, ghost);
}

void
lec_branch_withdraw_where (LecBranch *self,
                           gboolean (*is_past) (GstPad *pad, gpointer data),
                           gpointer data)
{
  GList *past = NULL;

  GST_OBJECT_LOCK (self->bin);
  for (GList *at = self->bin->srcpads; at != NULL; at = at->next) {
    g_autoptr (GstPad) target = gst_ghost_pad_get_target (at->data);

    if (target == NULL || is_past (target, data))
      past = g_list_prepend (past, gst_object_ref (at->data));
  }
  GST_OBJECT_UNLOCK (self->bin);
  for (GList *at = past; at != NULL; at = at->next)
    lec_branch_withdraw (self, at->data);
  g_list_free_full (past, gst_object_unref);
}

void
lec_branch_close (LecBranch *self)
{
  g_atomic_int_set (&self->closed, TRUE);
}

gboolean
lec_branch_receive (LecBranch *self, guint count, void (*tear_down) (gpointer data), gpointer data)
{
  g_atomic_pointer_add (&self->packets, (gssize) count);
  if (g_atomic_int_get (&self->closed))
    return FALSE;
  if (g_atomic_int_compare_and_exchange (&self->rebuild, TRUE, FALSE))
    tear_down (data);
  return TRUE;
}

void
lec_branch_note_failure (LecBranch *self, GstFlowReturn result)
{
  /* none of its media is wanted */
  if (result != GST_FLOW_NOT_LINKED)
    g_atomic_int_set (&self->broken, TRUE);
}

gboolean
lec_branch_is_whole (LecBranch *self)
{
  return !g_atomic_int_get (&self->broken);
}

gboolean
lec_branch_has_failed (const LecBranch *self)
{
  return g_atomic_int_get (&self->broken) && !g_atomic_int_get (&self->rebuild);
}

guint64
lec_branch_count_packets (const LecBranch *self)
{
  return (gsize) g_atomic_pointer_get (&self->packets);
}

gboolean
lec_branch_contains (const LecBranch *self, GstObject *object)
{
  return gst_object_has_as_ancestor (object, GST_OBJECT (self->bin));
}

void
lec_branch_watch (LecBranch *self, LecWatch *watch, const LecTrackCounts *counts, gint64 now_us)
{
  const LecWatchFacts facts = { .counts = *counts,
                                .given = lec_branch_count_packets (self),
                                .decoded = counts->decoded,
                                .broken = lec_branch_has_failed (self) };

  if (lec_watch_update (watch, &facts, now_us))
    g_atomic_int_set (&self->rebuild, TRUE);
}
