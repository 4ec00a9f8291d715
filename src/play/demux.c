/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/demux.h"

#include <string.h>

#include "play/branch.h"
#include "play/depayloader.h"
#include "play/pes-ends.h"
#include "play/watch.h"

/* [ms] tsdemux smooths the PCR by itself, with 700 ms unless told; our own latency covers that. */
#define TS_LATENCY 50

/* Tables come at least twice a second (ETSI TR 101 290, 5.2.1), key frames and clocks likewise. */
#define PATIENCE_US (3 * G_TIME_SPAN_SECOND)

struct _LecDemux
{
  const LecDemuxCallbacks *callbacks;
  gpointer data;
  LecBranch branch;

  /* under the inlet's stream lock */
  GstElement *depayloader; /* (nullable) borrowed from the branch */
  GstElement *demux;       /* (nullable) borrowed from the branch */
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

/* tsdemux's pads are video_G_PID and the like, with another G for each program that it begins. */
static guint64
get_generation (GstPad *pad)
{
  const char *rest = strchr (GST_OBJECT_NAME (pad), '_');

  return rest != NULL ? g_ascii_strtoull (rest + 1, NULL, 16) : 0;
}

static gboolean
is_of_another (GstPad *pad, gpointer generation)
{
  return get_generation (pad) != *(guint64 *) generation;
}

static void
pad_added_cb (GstElement *demux, GstPad *pad, LecDemux *self)
{
  g_autofree char *name = g_strdup_printf ("src_%u", self->n_pads++);
  guint64 generation = get_generation (pad);

  /* tsdemux takes the pads of a program away when those of the next are there. Who is linked to
   * them is to be free for these. */
  lec_branch_withdraw_where (&self->branch, is_of_another, &generation);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, unit_cb, self,
                     NULL);
  self->callbacks->added (self, lec_branch_expose (&self->branch, pad, name), self->data);
}

static void
pad_removed_cb (GstElement *demux, GstPad *pad, LecDemux *self)
{
  g_autoptr (GstPad) ghost = lec_branch_find_exposed (&self->branch, pad);

  lec_branch_withdraw (&self->branch, ghost);
}

/* ---- building ---- */

static GstElement *
new_demux (LecDemux *self)
{
  GstElement *demux = gst_element_factory_make ("tsdemux", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (demux, "sink");

  lec_pes_ends_tell (pad);
  g_object_set (demux, "latency", TS_LATENCY, NULL);
  g_signal_connect (demux, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (demux, "pad-removed", G_CALLBACK (pad_removed_cb), self);
  return demux;
}

static gboolean
build_entry (LecDemux *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (self->branch.inlet);
  g_autoptr (GstPad) first = NULL;

  if (caps == NULL)
    return FALSE;
  if (!gst_structure_has_name (gst_caps_get_structure (caps, 0), "application/x-rtp")) {
    lec_inlet_connect (self->branch.inlet, self->branch.coded_sink);
    return TRUE;
  }
  self->depayloader = lec_depayloader_new (caps, NULL);
  if (self->depayloader == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->branch.bin), self->depayloader);
  gst_element_link (self->depayloader, self->branch.coded);
  gst_element_sync_state_with_parent (self->depayloader);
  first = gst_element_get_static_pad (self->depayloader, "sink");
  lec_inlet_connect (self->branch.inlet, first);
  return TRUE;
}

static gboolean
build (LecDemux *self)
{
  if (!build_entry (self))
    return FALSE;
  self->demux = new_demux (self);
  gst_bin_add (GST_BIN (self->branch.bin), self->demux);
  gst_element_link (self->branch.coded, self->demux);
  gst_element_sync_state_with_parent (self->demux);
  return TRUE;
}

static void
remove_part (LecDemux *self, GstElement **part)
{
  if (*part == NULL)
    return;
  lec_branch_remove (&self->branch, *part);
  *part = NULL;
}

static void
tear_down (gpointer data)
{
  LecDemux *self = data;

  lec_inlet_disconnect (self->branch.inlet);
  remove_part (self, &self->depayloader);
  remove_part (self, &self->demux);
  g_atomic_int_set (&self->branch.broken, FALSE);
}

static gboolean
ready_cb (guint count, gpointer data)
{
  LecDemux *self = data;

  if (!lec_branch_receive (&self->branch, count, tear_down, self))
    return FALSE;
  if (self->demux == NULL && !build (self))
    return FALSE;
  return lec_branch_is_whole (&self->branch);
}

static void
failed_cb (GstFlowReturn result, gpointer data)
{
  LecDemux *self = data;

  lec_branch_note_failure (&self->branch, result);
}

/* With RTP, or no longer. */
static void
changed_cb (const GstCaps *before, const GstCaps *caps, gpointer data)
{
  const char *name = gst_structure_get_name (gst_caps_get_structure (before, 0));

  if (!gst_structure_has_name (gst_caps_get_structure (caps, 0), name))
    tear_down (data);
}

static const LecInletCallbacks inlet_callbacks = { ready_cb, changed_cb, failed_cb };

/* ---- life ---- */

LecDemux *
lec_demux_new (GstBin *pipeline, const LecDemuxCallbacks *callbacks, gpointer data)
{
  LecDemux *self = g_new0 (LecDemux, 1);

  self->callbacks = callbacks;
  self->data = data;
  self->watch.patience_us = PATIENCE_US;
  g_mutex_init (&self->mutex);
  lec_branch_init (&self->branch, pipeline, &inlet_callbacks, self);
  lec_branch_start (&self->branch);
  return self;
}

void
lec_demux_free (LecDemux *self)
{
  tear_down (self);
  lec_branch_clear (&self->branch);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

LecBranch *
lec_demux_get_branch (LecDemux *self)
{
  return &self->branch;
}

void
lec_demux_watch (LecDemux *self, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  lec_branch_watch (&self->branch, &self->watch, &self->counts, now_us);
  g_mutex_unlock (&self->mutex);
}
