/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts packets back in order, and decides how long a gap is worth waiting for.
 *
 * A ring by extended sequence number. What is in order leaves at once; behind a gap everything
 * waits, until the missing packet comes or waiting cannot help any more. A packet that is alone
 * behind a gap, while the others go on before it, shows none: its number is damaged. Knows no
 * socket, no thread and no clock: what depends on time is told the time. Not thread-safe. */
#pragma once

#include "wire/item.h"

G_BEGIN_DECLS

typedef struct _LecJitter LecJitter;

/* [packets] A gap with so many numbers behind it is given up at once, so that no sender can make
 * us hold more. */
#define LEC_JITTER_CROWDED 16384

typedef enum {
  LEC_PUSH_QUEUED,
  LEC_PUSH_DUPLICATE, /* here already, or pulled already */
  LEC_PUSH_LATE,      /* its turn has passed: it was given up */
  LEC_PUSH_UNWANTED, /* it was never waited for: from before the output began, or absurdly far on */
} LecPush;

/**
 * lec_jitter_new:
 * @start_count: so many consecutive packets begin the output without further waiting, unless the
 *   first packets of the join were out of order: then older ones may still come
 */
LecJitter *lec_jitter_new (guint start_count) G_GNUC_WARN_UNUSED_RESULT;
void lec_jitter_free (LecJitter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecJitter, lec_jitter_free)

/**
 * lec_jitter_push:
 * @packet: (transfer full): with extended_sequence, arrival_ns, pts_ns and begins_epoch set
 */
LecPush lec_jitter_push (LecJitter *self, LecPacket *packet);

/**
 * lec_jitter_pull:
 * @now_ns: never before that of an earlier call
 * @hold_ns: a packet is of use until so long after its PTS: nothing that can still be used is given
 *   up, and nothing is waited for that cannot
 * @item: (out) (transfer full): the next packet, or a gap before it, or a reset before one that
 *   begins an epoch
 * @wake_ns: (out): where there is no item, when to ask again; %G_MAXINT64 when only a push can
 *   change the answer
 *
 * Returns: whether there is an item
 */
gboolean
lec_jitter_pull (LecJitter *self, gint64 now_ns, gint64 hold_ns, LecItem *item, gint64 *wake_ns);

/* Returns: whether a gap is what is waited for; @first, @end: (out): its numbers, from the first
 * one to behind the last */
gboolean lec_jitter_get_gap (const LecJitter *self, gint64 *first, gint64 *end);

/* Packets held. */
guint lec_jitter_get_length (const LecJitter *self);

/* [packets] that came out of order, and in time. */
guint64 lec_jitter_get_reordered (const LecJitter *self);

G_END_DECLS
