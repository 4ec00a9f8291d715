/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which time is it? Session time, in which packets arrive, against the running time of the
 * pipeline, in which they are played.
 *
 * By the pipeline's clock the two are one. By the sender's, a clock of ours that the pipeline has
 * taken over and that follows the sender (wire/steering), session time is that of the computer:
 * what is estimated must not depend on the estimate. Any thread; what is changed by one is seen
 * whole by the others. */
#pragma once

#include <gst/gst.h>

#include "wire/session.h"

G_BEGIN_DECLS

typedef struct _LecTiming LecTiming;

/**
 * LecTimeMap:
 *
 * Session time to running time, as it stands: running_ns + (time - session_ns) * rate.
 */
typedef struct
{
  gint64 position_ns; /* PTS, in session time, of what is to be played at the moment */
  gint64 session_ns, running_ns;
  double rate;
} LecTimeMap;

LecTiming *lec_timing_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_timing_free (LecTiming *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTiming, lec_timing_free)

/* The clock that follows the sender, to be provided to a pipeline. Stays the timing's. */
GstClock *lec_timing_get_sender_clock (LecTiming *self);

/**
 * lec_timing_open:
 * @latency_ns: what reception will begin with
 *
 * Another channel: nothing is known of its sender.
 */
void lec_timing_open (LecTiming *self, gint64 latency_ns);

/**
 * lec_timing_begin:
 * @clock: (nullable): of the pipeline; NULL: there is none, the computer's will do
 * @base_time: of the element
 *
 * On the way to PLAYING.
 */
void lec_timing_begin (LecTiming *self, GstClock *clock, GstClockTime base_time);

/* Whether the pipeline plays by the sender's clock. */
gboolean lec_timing_follows_sender (LecTiming *self);

/* Returns: [ns] session time; never goes back */
gint64 lec_timing_now (LecTiming *self);

void lec_timing_get_map (LecTiming *self, LecTimeMap *map);

/* [ns] A moment near those of @map in running time; may be negative. */
gint64 lec_time_map_apply (const LecTimeMap *map, gint64 session_ns);

/* What the sender's clock says at @now_ns in session time. About twice a second. */
void lec_timing_follow (LecTiming *self, const LecSenderTime *time, gint64 now_ns);

/**
 * lec_timing_set_playout:
 * @playout: as reception has it now
 *
 * A lower latency is reached unnoticed, where it is automatic and the pipeline plays by the
 * sender's clock, and smoothly: that clock gains on the sender then, and the pipeline's latency
 * stays as it is.
 *
 * Returns: whether the pipeline's latency has changed, so that a LATENCY message is due
 */
gboolean lec_timing_set_playout (LecTiming *self, const LecPlayout *playout);

/* Returns: [ns] the pipeline's latency, for a LATENCY query */
gint64 lec_timing_get_latency (LecTiming *self);

/* Returns: [ns] from arrival of an undelayed packet to its play-out, as it is at the moment */
gint64 lec_timing_get_delay (LecTiming *self);

G_END_DECLS
