/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/demux.h"

#include <string.h>

#include "play/depayloader.h"
#include "play/inlet.h"
#include "play/watch.h"

/* [ms] tsdemux smooths the PCR by itself, with 700 ms unless told; our own latency covers that. */
#define TS_LATENCY 50

/* Tables come at least twice a second (ETSI TR 101 290, 5.2.1), key frames and clocks likewise. */
#define PATIENCE_US (3 * G_TIME_SPAN_SECOND)

struct _LecDemux
{
  GstBin *pipeline; /* (unowned) */
  const LecDemuxCallbacks *callbacks;
  gpointer data;
  GstElement *bin;    /* borrowed from the pipeline */
  GstPad *inlet;      /* borrowed from the bin */
  GstElement *coded;  /* borrowed from the bin: identity */
  GstPad *coded_sink; /* owned: its */

  int closed;    /* atomic */
  int broken;    /* atomic: drop until it is built anew */
  int rebuild;   /* atomic: to be done by the thread that pushes */
  gsize packets; /* atomic: that have come */

  /* under the inlet's stream lock */
  GstElement *depayloader; /* (nullable) borrowed from the bin */
  GstElement *demux;       /* (nullable) borrowed from the bin */
  guint n_pads;            /* that there have been, for their names */

  GMutex mutex;
  LecWatch watch;        /* under the mutex; to it, what comes out is decoded */
  LecTrackCounts counts; /* under the mutex */
};

/* ---- what comes out ---- */

static GstPadProbeReturn
unit_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecDemux *self = data;

  g_mutex_lock (&self->mutex);
  self->counts.decoded++;
  g_mutex_unlock (&self->mutex);
  return GST_PAD_PROBE_OK;
}

static void
remove_ghost (LecDemux *self, GstPad *ghost)
{
  gst_pad_set_active (ghost, FALSE);
  gst_element_remove_pad (self->bin, ghost);
}

/* tsdemux puts it into the names of its pads, before the PID: “video_0_0040”. */
static guint64
get_generation (GstPad *pad)
{
  const char *at = strchr (GST_OBJECT_NAME (pad), '_');

  return at != NULL ? g_ascii_strtoull (at + 1, NULL, 16) : 0;
}

/* Returns: (transfer full) (nullable): of a pad that is not of @generation */
static GstPad *
find_outdated (LecDemux *self, guint64 generation)
{
  GstPad *found = NULL;

  GST_OBJECT_LOCK (self->bin);
  for (GList *at = self->bin->srcpads; at != NULL && found == NULL; at = at->next) {
    g_autoptr (GstPad) target = gst_ghost_pad_get_target (at->data);

    if (target != NULL && get_generation (target) != generation)
      found = gst_object_ref (at->data);
  }
  GST_OBJECT_UNLOCK (self->bin);
  return found;
}

/* Where a program has begun anew tsdemux adds its pads before it removes those of the old one. They
 * go first here, so that a medium finds the place free of the one that it is there instead of. */
static void
remove_outdated (LecDemux *self, GstPad *pad)
{
  const guint64 generation = get_generation (pad);
  GstPad *ghost;

  while ((ghost = find_outdated (self, generation)) != NULL) {
    remove_ghost (self, ghost);
    gst_object_unref (ghost);
  }
}

static void
pad_added_cb (GstElement *demux, GstPad *pad, LecDemux *self)
{
  g_autofree char *name = g_strdup_printf ("src_%u", self->n_pads++);
  GstPad *ghost = gst_ghost_pad_new (name, pad);

  remove_outdated (self, pad);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, unit_cb, self, NULL);
  gst_pad_set_active (ghost, TRUE);
  gst_element_add_pad (self->bin, ghost);
  self->callbacks->added (self, ghost, self->data);
}

static GstPad *
find_ghost (LecDemux *self, GstPad *pad)
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

static void
pad_removed_cb (GstElement *demux, GstPad *pad, LecDemux *self)
{
  g_autoptr (GstPad) ghost = find_ghost (self, pad);

  if (ghost != NULL)
    remove_ghost (self, ghost);
}

/* ---- building ---- */

static GstElement *
new_demux (LecDemux *self)
{
  GstElement *demux = gst_element_factory_make ("tsdemux", NULL);

  g_object_set (demux, "latency", TS_LATENCY, NULL);
  g_signal_connect (demux, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (demux, "pad-removed", G_CALLBACK (pad_removed_cb), self);
  return demux;
}

static gboolean
build_entry (LecDemux *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (self->inlet);
  g_autoptr (GstPad) first = NULL;

  if (caps == NULL)
    return FALSE;
  if (!gst_structure_has_name (gst_caps_get_structure (caps, 0), "application/x-rtp")) {
    lec_inlet_connect (self->inlet, self->coded_sink);
    return TRUE;
  }
  self->depayloader = lec_depayloader_new (caps, NULL);
  if (self->depayloader == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->bin), self->depayloader);
  gst_element_link (self->depayloader, self->coded);
  gst_element_sync_state_with_parent (self->depayloader);
  first = gst_element_get_static_pad (self->depayloader, "sink");
  lec_inlet_connect (self->inlet, first);
  return TRUE;
}

static gboolean
build (LecDemux *self)
{
  if (!build_entry (self))
    return FALSE;
  self->demux = new_demux (self);
  gst_bin_add (GST_BIN (self->bin), self->demux);
  gst_element_link (self->coded, self->demux);
  gst_element_sync_state_with_parent (self->demux);
  return TRUE;
}

static void
remove_part (LecDemux *self, GstElement **part)
{
  if (*part == NULL)
    return;
  gst_element_set_locked_state (*part, TRUE);
  gst_element_set_state (*part, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (self->bin), *part);
  *part = NULL;
}

static void
tear_down (LecDemux *self)
{
  lec_inlet_disconnect (self->inlet);
  remove_part (self, &self->depayloader);
  remove_part (self, &self->demux);
  g_atomic_int_set (&self->broken, FALSE);
}

static gboolean
ready_cb (guint count, gpointer data)
{
  LecDemux *self = data;

  g_atomic_pointer_add (&self->packets, (gssize) count);
  if (g_atomic_int_get (&self->closed))
    return FALSE;
  if (g_atomic_int_compare_and_exchange (&self->rebuild, TRUE, FALSE))
    tear_down (self);
  if (self->demux == NULL && !build (self))
    return FALSE;
  return !g_atomic_int_get (&self->broken);
}

static void
changed_cb (const GstCaps *caps, gpointer data)
{
  LecDemux *self = data;

  if (self->demux != NULL)
    g_atomic_int_set (&self->rebuild, TRUE);
}

static void
failed_cb (GstFlowReturn result, gpointer data)
{
  LecDemux *self = data;

  /* none of its media is wanted */
  if (result != GST_FLOW_NOT_LINKED)
    g_atomic_int_set (&self->broken, TRUE);
}

static const LecInletCallbacks inlet_callbacks = { ready_cb, changed_cb, failed_cb };

/* ---- life ---- */

LecDemux *
lec_demux_new (GstBin *pipeline, const LecDemuxCallbacks *callbacks, gpointer data)
{
  LecDemux *self = g_new0 (LecDemux, 1);

  self->pipeline = pipeline;
  self->callbacks = callbacks;
  self->data = data;
  self->watch.patience_us = PATIENCE_US;
  g_mutex_init (&self->mutex);
  self->bin = gst_bin_new (NULL);
  self->coded = gst_element_factory_make ("identity", NULL);
  g_object_set (self->coded, "silent", TRUE, NULL);
  gst_bin_add (GST_BIN (self->bin), self->coded);
  self->coded_sink = gst_element_get_static_pad (self->coded, "sink");
  self->inlet = lec_inlet_new ("sink", &inlet_callbacks, self);
  gst_element_add_pad (self->bin, self->inlet);
  gst_bin_add (pipeline, self->bin);
  gst_element_sync_state_with_parent (self->bin);
  return self;
}

void
lec_demux_close (LecDemux *self)
{
  g_atomic_int_set (&self->closed, TRUE);
}

void
lec_demux_free (LecDemux *self)
{
  tear_down (self);
  gst_clear_object (&self->coded_sink);
  gst_element_set_state (self->bin, GST_STATE_NULL);
  gst_bin_remove (self->pipeline, self->bin);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

GstPad *
lec_demux_get_inlet (LecDemux *self)
{
  return self->inlet;
}

GstPad *
lec_demux_get_coded (LecDemux *self)
{
  return self->coded_sink;
}

gboolean
lec_demux_contains (LecDemux *self, GstObject *object)
{
  return gst_object_has_as_ancestor (object, GST_OBJECT (self->bin));
}

void
lec_demux_watch (LecDemux *self, gint64 now_us)
{
  LecWatchFacts facts;

  g_mutex_lock (&self->mutex);
  facts = (LecWatchFacts){ .counts = self->counts,
                           .given = (gsize) g_atomic_pointer_get (&self->packets),
                           .decoded = self->counts.decoded,
                           .broken = g_atomic_int_get (&self->broken) != 0 };
  if (lec_watch_update (&self->watch, &facts, now_us))
    g_atomic_int_set (&self->rebuild, TRUE);
  g_mutex_unlock (&self->mutex);
}
