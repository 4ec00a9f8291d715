/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/sink-set.h"

struct _LecSinkSet
{
  GstBin *pipeline; /* unowned */

  GMutex mutex;      /* of all below */
  GPtrArray *sinks;  /* of GstElement, owned */
  GstElement *sound; /* (nullable): that of them which takes sound to a device */
};

LecSinkSet *
lec_sink_set_new (GstBin *pipeline)
{
  LecSinkSet *self = g_new0 (LecSinkSet, 1);

  self->pipeline = pipeline;
  self->sinks = g_ptr_array_new_with_free_func (gst_object_unref);
  g_mutex_init (&self->mutex);
  return self;
}

void
lec_sink_set_free (LecSinkSet *self)
{
  for (guint i = 0; i < self->sinks->len; i++)
    gst_bin_remove (self->pipeline, g_ptr_array_index (self->sinks, i));
  g_ptr_array_unref (self->sinks);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static GstElement *
new_dummy (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

/* Returns: whether it was free */
static gboolean
adopt (LecSinkSet *self, GstElement *sink, gboolean is_sound)
{
  gboolean is_free;

  g_mutex_lock (&self->mutex);
  is_free = !g_ptr_array_find (self->sinks, sink, NULL);
  if (is_free)
    g_ptr_array_add (self->sinks, gst_object_ref_sink (sink));
  if (is_free && is_sound)
    self->sound = sink;
  g_mutex_unlock (&self->mutex);
  if (is_free)
    gst_bin_add (self->pipeline, sink);
  return is_free;
}

GstElement *
lec_sink_set_add (LecSinkSet *self, GstElement *sink, GstStreamType type)
{
  if (sink == NULL || !adopt (self, sink, type == GST_STREAM_TYPE_AUDIO)) {
    sink = new_dummy ();
    adopt (self, sink, FALSE);
  }
  return sink;
}

void
lec_sink_set_remove (LecSinkSet *self, GstElement *sink)
{
  gst_bin_remove (self->pipeline, sink);
  g_mutex_lock (&self->mutex);
  if (self->sound == sink)
    self->sound = NULL;
  g_ptr_array_remove (self->sinks, sink);
  g_mutex_unlock (&self->mutex);
}

GstElement *
lec_sink_set_get_sound (LecSinkSet *self)
{
  GstElement *sound;

  g_mutex_lock (&self->mutex);
  sound = self->sound;
  g_mutex_unlock (&self->mutex);
  return sound;
}
