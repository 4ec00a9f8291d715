/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends the receiver reports of one stream: to the group and port that were announced for them,
 * over the interface that delivers, as far as the announcement says. Used by one thread. */
#pragma once

#include "receive/endpoints.h"
#include "wire/session.h"

G_BEGIN_DECLS

typedef struct _LecRtcpSender LecRtcpSender;

/**
 * lec_rtcp_sender_new:
 * @stream: one of which lec_reporter_is_wanted(); read during the call only
 *
 * Opens nothing yet.
 */
LecRtcpSender *lec_rtcp_sender_new (const LecStream *stream) G_GNUC_WARN_UNUSED_RESULT;
void lec_rtcp_sender_free (LecRtcpSender *self);

/**
 * lec_rtcp_sender_run:
 * @session: of the stream, allowed to report
 * @endpoints: that of the stream among them
 * @index: of the stream
 *
 * Sends what is due. A report that cannot be sent is one that was lost.
 *
 * Returns: session time [ns] at which to call again; %G_MAXINT64: not before something is received
 */
gint64 lec_rtcp_sender_run (LecRtcpSender *self,
                            LecSession *session,
                            const LecEndpoints *endpoints,
                            guint index,
                            gint64 now_ns);

/* Says goodbye where something was sent. */
void lec_rtcp_sender_leave (LecRtcpSender *self, LecSession *session);

/**
 * lec_rtcp_sender_is_own:
 * @sender: as for a LecPacket
 *
 * Returns: whether it is ourselves, whom we hear as everybody does
 */
gboolean lec_rtcp_sender_is_own (const LecRtcpSender *self, guint64 sender);

G_END_DECLS
