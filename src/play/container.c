/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/container.h"

#include "play/asf-demux.h"
#include "play/demux.h"

#define ASF "video/x-ms-asf"

/* A station sends what it has coded with many bits early, and with few late: by twice the preroll,
 * which is some seconds. */
#define ASF_AHEAD (10 * GST_SECOND)

/* One of the two is there. */
struct _LecContainer
{
  const LecContainerCallbacks *callbacks;
  gpointer data;
  LecDemux *ts;
  LecAsfDemux *asf;
  LecBranch *branch; /* of it */
};

gboolean
lec_container_takes (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  return gst_structure_has_name (structure, "video/mpegts")
         || gst_structure_has_name (structure, ASF)
         || g_strcmp0 (gst_structure_get_string (structure, "encoding-name"), "MP2T") == 0;
}

static void
ts_added_cb (LecDemux *demux, GstPad *pad, gpointer data)
{
  LecContainer *self = data;

  self->callbacks->added (self, pad, self->data);
}

static const LecDemuxCallbacks ts_callbacks = { ts_added_cb };

static void
asf_added_cb (LecAsfDemux *demux, GstPad *pad, gpointer data)
{
  LecContainer *self = data;

  self->callbacks->added (self, pad, self->data);
}

static const LecAsfDemuxCallbacks asf_callbacks = { asf_added_cb };

LecContainer *
lec_container_new (GstBin *pipeline,
                   const GstCaps *caps,
                   const LecContainer *sibling,
                   const LecContainerCallbacks *callbacks,
                   gpointer data)
{
  LecContainer *self = g_new0 (LecContainer, 1);

  self->callbacks = callbacks;
  self->data = data;
  if (gst_structure_has_name (gst_caps_get_structure (caps, 0), ASF)) {
    self->asf
        = lec_asf_demux_new (pipeline, sibling != NULL ? sibling->asf : NULL, &asf_callbacks, self);
    self->branch = lec_asf_demux_get_branch (self->asf);
  } else {
    self->ts = lec_demux_new (pipeline, &ts_callbacks, self);
    self->branch = lec_demux_get_branch (self->ts);
  }
  return self;
}

void
lec_container_free (LecContainer *self)
{
  g_clear_pointer (&self->asf, lec_asf_demux_free);
  g_clear_pointer (&self->ts, lec_demux_free);
  g_free (self);
}

void
lec_container_close (LecContainer *self)
{
  lec_branch_close (self->branch);
}

GstPad *
lec_container_get_inlet (LecContainer *self)
{
  return self->branch->inlet;
}

GstPad *
lec_container_get_coded (LecContainer *self)
{
  return self->branch->coded_sink;
}

gboolean
lec_container_contains (LecContainer *self, GstObject *object)
{
  return lec_branch_contains (self->branch, object);
}

GstClockTime
lec_container_get_most_ahead (LecContainer *self)
{
  return self->asf != NULL ? ASF_AHEAD : 0;
}

gint64
lec_container_get_lead (LecContainer *self)
{
  return self->asf != NULL ? lec_asf_demux_get_lead (self->asf) : 0;
}

gint64
lec_container_get_hold (LecContainer *self)
{
  return self->asf != NULL ? lec_asf_demux_get_hold (self->asf) : 0;
}

static void
report_protected (LecReportDraft *draft, guint stream, LecMedia media)
{
  LecTrackReport *track = lec_report_draft_add_track (draft);

  if (track == NULL)
    return;
  track->media = media;
  track->stream = stream;
  track->state = LEC_TRACK_SCRAMBLED;
  g_strlcpy (track->ca_system, "Windows Media DRM", sizeof track->ca_system);
}

void
lec_container_report (LecContainer *self, LecReportDraft *draft, guint stream)
{
  const LecAsfProtected protected = self->asf != NULL ? lec_asf_demux_get_protected (self->asf) : 0;

  if (protected & LEC_ASF_PROTECTED_VIDEO)
    report_protected (draft, stream, LEC_MEDIA_VIDEO);
  if (protected & LEC_ASF_PROTECTED_AUDIO)
    report_protected (draft, stream, LEC_MEDIA_AUDIO);
}

void
lec_container_watch (LecContainer *self, gint64 now_us)
{
  if (self->asf != NULL)
    lec_asf_demux_watch (self->asf, now_us);
  else
    lec_demux_watch (self->ts, now_us);
}
