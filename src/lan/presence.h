/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the sockets of a receiver where the packets come: joined again when links change, when
 * nothing comes, and before the network forgets. Used by one thread at a time. */
#pragma once

#include "lan/batch.h"
#include "lan/endpoints.h"
#include "lan/network-stats.h"

G_BEGIN_DECLS

typedef struct _LecPresence LecPresence;

/**
 * lec_presence_new:
 * @endpoints: must outlive it
 * @lock: held by whoever changes or reads the interfaces of @endpoints; must outlive it
 */
LecPresence *lec_presence_new (LecEndpoints *endpoints, GMutex *lock) G_GNUC_WARN_UNUSED_RESULT;
void lec_presence_free (LecPresence *self);

/* Readable when there is something for lec_presence_read(); -1: never. */
int lec_presence_get_fd (const LecPresence *self);
void lec_presence_read (LecPresence *self, gint64 now_ns);

/* The session goes on at @now_ns, however long it has stood still. */
void lec_presence_start (LecPresence *self, gint64 now_ns);

/* Something came that was let in. RTCP comes from listeners too, and goes on when the station has
 * ended: it counts only where it has a group of its own. */
void lec_presence_hear (LecPresence *self,
                        LecEndpoint *endpoint,
                        const LecDatagram *datagram,
                        gint64 now_ns);

void lec_presence_hear_rtcp (LecPresence *self,
                             LecEndpoint *endpoint,
                             const LecDatagram *datagram,
                             gint64 now_ns);

/* The kernel has dropped something for want of room. */
void lec_presence_note_local_loss (LecPresence *self, LecEndpoint *endpoint);

/* Does what is due; returns when to call it again. */
gint64 lec_presence_keep (LecPresence *self, gint64 now_ns);

LecReceiverStats lec_presence_get_stats (const LecPresence *self);

G_END_DECLS
