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

typedef struct _LecPlayout LecPlayout;

/* What is known of one stream. All fields are private. */
typedef struct
{
  LecPlayout *playout; /* that it is part of */
  LecDelayHistogram delays;
  LecLatency needed; /* latency that it needs by itself, but for repair */
  gint64 repair_ns;  /* how much later what was lost may come, rebuilt */
  LecSyncOffset sync_offset;
  gboolean smoothly; /* the sync offset moves so */
  gboolean follows;  /* it is text or data, which need not be exact, and no other waits for it */
  gboolean stepped;  /* it has, and nobody was told */
  gboolean opened;   /* what followed the join is over and forgotten */

  /* what follows from that and from other streams, and is asked for each packet */
  gint64 latency_ns;
  gint64 hold_ns;
} LecPlayoutStream;

/* A plain struct to be embedded, that stays where it is. latency_ns, automatic, smooth and quick
 * may be read. */
struct _LecPlayout
{
  gint64 latency_ns; /* of all streams: what it begins with, then what was agreed... */
  gint64 network_ns; /* ...and how much of that is for the network, and not for repair */
  gboolean automatic;
  gboolean smooth;
  gboolean quick;

  gboolean changed; /* it was set, whatever was agreed before */
  gint64 least_ns;  /* for all streams, as agreed; 0: nothing was */
  gint64 delay_ns;  /* how far behind play-out is at the moment; counts where that is more */
  LecPlayoutStream streams[LEC_MAX_STREAMS];
  guint count;
};

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
 * Returns: (transfer none): the next one; at most #LEC_MAX_STREAMS are added
 */
LecPlayoutStream *lec_playout_add (LecPlayout *self, LecMedia media);

/* Returns: (transfer none): the stream that was added as number @index, from 0 on */
LecPlayoutStream *lec_playout_get_stream (LecPlayout *self, guint index);

/* Sets another latency, an automatic one beginning with what is in force. */
void lec_playout_set_latency (LecPlayout *self, gint64 latency_ns);

/* Whether a lower latency can be reached without anybody noticing: then it is tried sooner. */
void lec_playout_set_smooth (LecPlayout *self, gboolean smooth);

/* Whether it can be reached even in seconds: then a guess is left as soon as that is known. */
void lec_playout_set_quick (LecPlayout *self, gboolean quick);

/**
 * lec_playout_agree:
 *
 * Streams that are shown together have one latency: that of the one that needs most.
 *
 * Returns: whether latency_ns has changed, or how it is found
 */
gboolean lec_playout_agree (LecPlayout *self);

/* Play-out is @delay_ns behind, which may be more than the latency while that is being approached:
 * gaps have so much time. */
void lec_playout_set_delay (LecPlayout *self, gint64 delay_ns);

/* ---- of a stream ---- */

/* Whether its latency is as needed. */
static inline gboolean
lec_playout_stream_is_automatic (const LecPlayoutStream *self)
{
  return self->playout->automatic;
}

/* Returns: [ns] the latency in force for it: what it needs, or more where other streams do */
static inline gint64
lec_playout_stream_get_latency (const LecPlayoutStream *self)
{
  return self->latency_ns;
}

/* Returns: [ns] the latency that it needs by itself */
gint64 lec_playout_stream_get_needed (const LecPlayoutStream *self);

/* What is known of its delays. */
const LecDelayHistogram *lec_playout_stream_get_delays (const LecPlayoutStream *self);

/* Returns: [ns] how long after its PTS a packet is still of use */
static inline gint64
lec_playout_stream_get_hold_time (const LecPlayoutStream *self)
{
  return self->hold_ns;
}

/**
 * lec_playout_note_delay:
 * @delay_ns: how much later than an undelayed packet one was here
 * @now_ns: never before that of an earlier call
 */
void lec_playout_stream_note_delay (LecPlayoutStream *self, gint64 delay_ns, gint64 now_ns);

/* A packet came after its turn. */
void lec_playout_stream_note_late (LecPlayoutStream *self, gint64 now_ns);

/**
 * lec_playout_set_repair_time:
 * @repair_ns: how much later than a lost packet would have, comes what it is rebuilt from; 0:
 * nothing is rebuilt
 *
 * Makes an automatic latency so much longer. It follows what is longer, and what is much shorter.
 */
void lec_playout_stream_set_repair_time (LecPlayoutStream *self, gint64 repair_ns);

/* Returns: [ns] how much of the latency in force is for that; 0: none, as where it is fixed */
gint64 lec_playout_stream_get_repair_time (const LecPlayoutStream *self);

/* Something is missing: whoever watches sees a break in any case. */
void lec_playout_stream_note_break (LecPlayoutStream *self, gint64 now_ns);

/**
 * lec_playout_set_sync_offset:
 * @sync_offset_ns: what to add to each PTS, so that streams of one sender meet; not negative
 *
 * Steps of less than 8 ms are not made. Sound and large steps move at once, pictures by 5 ms a
 * second.
 */
void lec_playout_stream_set_sync_offset (LecPlayoutStream *self, gint64 sync_offset_ns);

/* Returns: [ns] the sync offset as it was set last */
gint64 lec_playout_stream_get_sync_offset (const LecPlayoutStream *self);

/* Returns: whether times have stepped since it was asked last */
static inline gboolean
lec_playout_stream_take_step (LecPlayoutStream *self)
{
  gboolean stepped = self->stepped;

  self->stepped = FALSE;
  return stepped;
}

/**
 * lec_playout_shift:
 * @media: extended time stamp of the next packet: all packets of one move together
 *
 * Returns: @pts_ns, later by the sync offset
 */
gint64 lec_playout_stream_shift (LecPlayoutStream *self, gint64 media, gint64 pts_ns);

/* Returns: [ns] the sync offset on its way there: what moments between packets are shifted by */
gint64 lec_playout_stream_get_shift (const LecPlayoutStream *self);

G_END_DECLS
