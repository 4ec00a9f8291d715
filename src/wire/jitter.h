/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts packets back in order, and decides how long a hole is worth waiting for.
 *
 * A ring by extended sequence number. What is in order leaves at once; behind a hole everything
 * waits, until the missing packet comes or waiting cannot help any more. Knows no socket, no thread
 * and no clock: what depends on time is told the time. Not thread-safe. */
#pragma once

#include "wire/packet.h"

G_BEGIN_DECLS

typedef struct _LecJitter LecJitter;

/* [packets] A hole with so many numbers behind it is given up at once, so that no sender can make
 * us hold more. */
#define LEC_JITTER_CROWDED 16384

typedef enum {
  LEC_PUSH_QUEUED,
  LEC_PUSH_DUPLICATE, /* here already, or pulled already */
  LEC_PUSH_LATE,      /* its turn has passed */
} LecPush;

typedef enum {
  LEC_PULL_PACKET,
  LEC_PULL_GAP,
  LEC_PULL_WAIT,
} LecPull;

/* A hole that was given up. */
typedef struct
{
  gint64 first;       /* extended sequence number of the first one missing */
  guint64 count;      /* [packets] */
  gint64 pts_ns;      /* where it begins */
  gint64 duration_ns; /* 0 when the time stamps do not tell */
} LecGap;

/**
 * lec_jitter_new:
 * @start_count: so many consecutive packets begin the output without further waiting, unless the
 *   first packets of the join were out of order: then older ones may still come
 */
LecJitter *lec_jitter_new (guint start_count) G_GNUC_WARN_UNUSED_RESULT;
void lec_jitter_free (LecJitter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecJitter, lec_jitter_free)

/**
 * lec_jitter_set_hold_time:
 * @latency_ns: a packet is of use until so long after its PTS
 *
 * Nothing that can still be used is given up, and nothing is waited for that cannot.
 */
void lec_jitter_set_hold_time (LecJitter *self, gint64 latency_ns);

/**
 * lec_jitter_push:
 * @packet: (transfer full): with extended_sequence, arrival_ns and pts_ns set
 */
LecPush lec_jitter_push (LecJitter *self, LecPacket *packet);

/**
 * lec_jitter_pull:
 * @now_ns: never before that of an earlier call
 * @packet: (out) (transfer full): set with %LEC_PULL_PACKET only
 * @gap: (out): set with %LEC_PULL_GAP only; the packet after it comes next
 * @wake_ns: (out): with %LEC_PULL_WAIT, when to ask again; %G_MAXINT64 when only a push can change
 *   the answer
 */
LecPull
lec_jitter_pull (LecJitter *self, gint64 now_ns, LecPacket **packet, LecGap *gap, gint64 *wake_ns);

/* Packets held. */
guint lec_jitter_get_length (const LecJitter *self);

/* [packets] that came out of order, and in time. */
guint64 lec_jitter_get_reordered (const LecJitter *self);

G_END_DECLS
