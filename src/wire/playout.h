/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When is what arrives to be shown? One answer for all streams of a channel, as they are shown
 * together, and what each of them adds to it.
 *
 * Whoever owns the sessions owns this; they and lip sync work on it. All times are session time.
 * Knows no clock; not thread-safe. */
#pragma once

#include "channel/channel.h"
#include "wire/delay-histogram.h"
#include "wire/latency.h"
#include "wire/sync-offset.h"

G_BEGIN_DECLS

/* What is known of one stream. All fields are private. */
typedef struct
{
  LecDelayHistogram delays;
  LecLatency latency; /* that it needs by itself */
  LecSyncOffset sync_offset;
  gboolean smoothly; /* the sync offset moves so */
  gboolean stepped;  /* it has, and nobody was told */
} LecPlayoutStream;

/* A plain struct to be embedded. latency_ns, automatic and smooth may be read. */
typedef struct
{
  gint64 latency_ns; /* of all streams: what it begins with, then what was agreed */
  gboolean automatic;
  gboolean smooth;

  gboolean changed; /* it was set, whatever was agreed before */
  gint64 least_ns;  /* for all streams, as agreed; 0: nothing was */
  gint64 delay_ns;  /* how far behind play-out is at the moment; counts where that is more */
  LecPlayoutStream streams[LEC_MAX_STREAMS];
  guint count;
} LecPlayout;

/**
 * lec_playout_init:
 * @latency_ns: from arrival of an undelayed packet to its play-out; %LEC_LATENCY_AUTO: as needed
 * @first_ns: what an automatic one begins with
 *
 * Without streams yet.
 */
void lec_playout_init (LecPlayout *self, gint64 latency_ns, gint64 first_ns);

/* Begins anew with another latency; the streams stay. */
void lec_playout_begin (LecPlayout *self, gint64 latency_ns, gint64 first_ns);

/**
 * lec_playout_add:
 * @media: of the stream
 *
 * Returns: its index, from 0 on; at most #LEC_MAX_STREAMS are added
 */
guint lec_playout_add (LecPlayout *self, LecMedia media);

/* ---- for the owner ---- */

/* Sets another latency, an automatic one beginning with what is in force. */
void lec_playout_set_latency (LecPlayout *self, gint64 latency_ns);

/* Whether a lower latency can be reached without anybody noticing: then it is tried sooner. */
void lec_playout_set_smooth (LecPlayout *self, gboolean smooth);

/**
 * lec_playout_agree:
 *
 * Streams that are shown together have one latency: that of the one that needs most.
 *
 * Returns: whether latency_ns has changed, or how it is found
 */
gboolean lec_playout_agree (LecPlayout *self);

/* Play-out is @delay_ns behind, which may be more than the latency while that is being approached:
 * holes have so much time. */
void lec_playout_set_delay (LecPlayout *self, gint64 delay_ns);

/* ---- for a stream ---- */

/* Returns: [ns] the latency in force for it: what it needs, or more where other streams do */
gint64 lec_playout_get_latency (const LecPlayout *self, guint stream);

/* Returns: [ns] the latency that it needs by itself */
gint64 lec_playout_get_needed (const LecPlayout *self, guint stream);

/* What is known of its delays. */
const LecDelayHistogram *lec_playout_get_delays (const LecPlayout *self, guint stream);

/* Returns: [ns] how long after its PTS a packet is still of use */
gint64 lec_playout_get_hold_time (const LecPlayout *self, guint stream);

/**
 * lec_playout_note_delay:
 * @delay_ns: how much later than an undelayed packet one was here
 * @now_ns: never before that of an earlier call
 */
void lec_playout_note_delay (LecPlayout *self, guint stream, gint64 delay_ns, gint64 now_ns);

/* A packet came after its turn. */
void lec_playout_note_late (LecPlayout *self, guint stream, gint64 now_ns);

/* Something is missing: whoever watches sees a break in any case. */
void lec_playout_note_break (LecPlayout *self, guint stream, gint64 now_ns);

/**
 * lec_playout_set_sync_offset:
 * @sync_offset_ns: what to add to each PTS, so that streams of one sender meet; not negative
 *
 * Steps of less than 8 ms are not made. Sound and large steps move at once, pictures by 5 ms a
 * second.
 */
void lec_playout_set_sync_offset (LecPlayout *self, guint stream, gint64 sync_offset_ns);

/* Returns: [ns] the sync offset as it was set last */
gint64 lec_playout_get_sync_offset (const LecPlayout *self, guint stream);

/* Returns: whether times have stepped since it was asked last */
gboolean lec_playout_take_step (LecPlayout *self, guint stream);

/**
 * lec_playout_shift:
 * @media: extended time stamp of the next packet: all packets of one move together
 *
 * Returns: @pts_ns, later by the sync offset
 */
gint64 lec_playout_shift (LecPlayout *self, guint stream, gint64 media, gint64 pts_ns);

/* Returns: [ns] the sync offset on its way there: what moments between packets are shifted by */
gint64 lec_playout_get_shift (const LecPlayout *self, guint stream);

G_END_DECLS
