/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The demultiplexer of a transport stream: from packets to a pad for each medium inside.
 *
 * Like a track it keeps what breaks to itself, and is made anew where it falls silent. What is left
 * to GStreamer's tsdemux is to put packets of a PID together to units and to give them times by the
 * program clock: which programme there is, and which PIDs it has, is settled before, by
 * wire/session. Made, asked and freed on the owner's thread. */
#pragma once

#include <gst/gst.h>

#include "play/branch.h"

G_BEGIN_DECLS

typedef struct _LecDemux LecDemux;

typedef struct
{
  /* There is a medium more: @pad, a source pad with caps, to be linked to a track. The thread that
   * pushes. */
  void (*added) (LecDemux *demux, GstPad *pad, gpointer data);
} LecDemuxCallbacks;

/**
 * lec_demux_new:
 * @pipeline: it adds its branch there
 * @callbacks: must outlive it
 */
LecDemux *lec_demux_new (GstBin *pipeline,
                         const LecDemuxCallbacks *callbacks,
                         gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_demux_free (LecDemux *self);

/* Returns: (transfer none): its part of the pipeline, whose inlet takes a transport stream, in RTP
 * or without */
LecBranch *lec_demux_get_branch (LecDemux *self);

/* A few times a second: looks whether it goes on. */
void lec_demux_watch (LecDemux *self, gint64 now_us);

G_END_DECLS
