/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The demultiplexer of ASF as it is received live: from packets to a pad for each medium inside.
 *
 * asfdemux, which does it, is made for files. What it needs for a live stream is here and in
 * play/asf-schedule, wire/asf-rewriter and element/asf-feed: it is given whole packets only, each
 * checked; it is made anew for each header; and for one in which a stream that is declared and
 * silent is left out, as it shows no pad before all have spoken. Made, asked and freed on the
 * owner's thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecAsfDemux LecAsfDemux;

typedef struct
{
  /* There is a medium more: @pad, a source pad with caps, to be linked to a track. The thread that
   * pushes. */
  void (*added) (LecAsfDemux *demux, GstPad *pad, gpointer data);
} LecAsfDemuxCallbacks;

/**
 * lec_asf_demux_new:
 * @pipeline: it adds its branch there
 * @callbacks: must outlive it
 */
LecAsfDemux *lec_asf_demux_new (GstBin *pipeline,
                                const LecAsfDemuxCallbacks *callbacks,
                                gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_asf_demux_free (LecAsfDemux *self);

/* Nothing is built any more from then on. Any thread. */
void lec_asf_demux_close (LecAsfDemux *self);

/* Returns: (transfer none): where to link what is received, as element/asf-feed gives it */
GstPad *lec_asf_demux_get_inlet (LecAsfDemux *self);

/* Returns: (transfer none): by which all of it passes; it stays */
GstPad *lec_asf_demux_get_coded (LecAsfDemux *self);

/* Returns: whether @object is a part of it */
gboolean lec_asf_demux_contains (LecAsfDemux *self, GstObject *object);

/* What is protected, so that it cannot be played here. */
typedef enum {
  LEC_ASF_PROTECTED_VIDEO = 1 << 0,
  LEC_ASF_PROTECTED_AUDIO = 1 << 1,
} LecAsfProtected;

/* Returns: of what comes. Any thread. */
LecAsfProtected lec_asf_demux_get_protected (LecAsfDemux *self);

/* Returns: [ns] by how much media are shown before their station meant them to be; may be negative.
 * Any thread. */
gint64 lec_asf_demux_get_lead (LecAsfDemux *self);

/* Returns: [ns] how long what comes first waits until it is due, the latency aside; of late. Any
 * thread. */
gint64 lec_asf_demux_get_hold (LecAsfDemux *self);

/* A few times a second: looks whether it goes on. */
void lec_asf_demux_watch (LecAsfDemux *self, gint64 now_us);

G_END_DECLS
