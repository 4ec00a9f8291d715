/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the kernel dropped of what had arrived, and why: for want of room in a receive buffer, or as
 * it was damaged on the way.
 *
 * A socket only counts how many, in 32 bits that wrap; why is only counted for the host. Told the
 * time; used by one thread. */
#pragma once

#include "net/udp-errors.h"
#include "receive/streams.h"

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed is empty. All fields are private. */
typedef struct
{
  LecUdpErrorsOfHost before; /* as they were when it was settled last */
  gboolean told;             /* the system told them */
  gboolean fresh;            /* something was dropped since */
  gint64 settled_ns;
} LecDropMeter;

/* Begins to count; what @endpoints have dropped so far is past. */
void lec_drop_meter_start (LecDropMeter *self, LecEndpoints *endpoints, gint64 now_ns);

/**
 * lec_drop_meter_note:
 * @user: whom a datagram is for, that came behind those that were dropped
 * @dropped: count of the socket, as told with the datagram: that of when it was queued, and so
 *   perhaps less than is known already; 0: not told
 *
 * Tells the stream, for now as dropped for want of room.
 */
void lec_drop_meter_note (LecDropMeter *self,
                          LecStreams *streams,
                          LecEndpoint *endpoint,
                          guint user,
                          guint32 dropped,
                          gint64 now_ns);

/* The same of all sockets, as of now: what the kernel dropped last is told with no datagram before
 * the next one comes. */
void lec_drop_meter_poll (LecDropMeter *self,
                          LecStreams *streams,
                          LecEndpoints *endpoints,
                          gint64 now_ns);

/* Whether it is time to settle: at once if something was dropped, else now and then, so that it is
 * known how things were before. */
gboolean lec_drop_meter_is_due (const LecDropMeter *self, gint64 now_ns);

/**
 * lec_drop_meter_settle:
 * @errors: (nullable): as they are now; NULL: the system does not tell
 *
 * Decides what was dropped why, and tells the streams. Where it was for want of room, the receive
 * buffer is enlarged.
 *
 * Returns: whether something was dropped for want of room
 */
gboolean lec_drop_meter_settle (LecDropMeter *self,
                                LecStreams *streams,
                                LecEndpoints *endpoints,
                                const LecUdpErrorsOfHost *errors,
                                gint64 now_ns);

G_END_DECLS
