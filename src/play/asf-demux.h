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

#include "play/branch.h"

G_BEGIN_DECLS

/* Caps of the GstReferenceTimestampMeta of each packet, the running time of its send time, which
 * channelsrc tells as well; its duration is the send time, where it is one of several streams. */
#define LEC_ASF_DEMUX_REFERENCE "timestamp/x-lectern-running-time"

/* Message of an element in front of it: a structure with `bytes` (GBytes), the header that has
 * come, where no announcement has it. */
#define LEC_ASF_HEADER_MESSAGE "lectern-asf-header"

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
 * @sibling: (nullable): of another stream of the same channel: what they have is kept in step
 * @callbacks: must outlive it
 */
LecAsfDemux *lec_asf_demux_new (GstBin *pipeline,
                                LecAsfDemux *sibling,
                                const LecAsfDemuxCallbacks *callbacks,
                                gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The pipeline must be in state NULL. */
void lec_asf_demux_free (LecAsfDemux *self);

/* Returns: (transfer none): its part of the pipeline, whose inlet takes
 * what element/asf-feed gives */
LecBranch *lec_asf_demux_get_branch (LecAsfDemux *self);

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
