/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends the receiver reports of one stream, and its requests for what was lost: to the group and
 * port that were announced for them, over the interface that delivers, as far as the announcement
 * says; requests to the computer that it names, where it names one. Used by one thread. */
#pragma once

#include "receive/endpoints.h"
#include "receive/srtp.h"
#include "wire/session.h"

G_BEGIN_DECLS

typedef struct _LecRtcpSender LecRtcpSender;

/* What all streams of a channel have asked of computers that are not the station: however many
 * streams name one, together they ask as one does. Zeroed is ready. */
typedef struct
{
  gint64 begun_ns; /* the first request that nobody has answered; 0: none */
  gint64 next_ns;  /* no other before that */
} LecTrials;

/**
 * lec_rtcp_sender_new:
 * @stream: one of which lec_reporter_is_wanted() or lec_retransmission_is_wanted(); read during the
 *   call only
 * @srtp: (nullable): with the keys of the stream, used as long as this is; NULL: it is plain
 *
 * Opens nothing yet, but the way to the computer that is to be asked.
 */
LecRtcpSender *lec_rtcp_sender_new (const LecStream *stream,
                                    LecSrtp *srtp) G_GNUC_WARN_UNUSED_RESULT;
void lec_rtcp_sender_free (LecRtcpSender *self);

/**
 * lec_rtcp_sender_run:
 * @session: of the stream, allowed to report or to ask
 * @endpoints: that of the stream among them
 * @index: of the stream
 * @trials: of its channel
 *
 * Sends what is due. A report that cannot be sent is one that was lost.
 *
 * Returns: session time [ns] at which to call again; %G_MAXINT64: not before something is received
 */
gint64 lec_rtcp_sender_run (LecRtcpSender *self,
                            LecSession *session,
                            const LecEndpoints *endpoints,
                            guint index,
                            LecTrials *trials,
                            gint64 now_ns);

/* Returns: where the computer that is asked may answer; -1: it is a group that is asked */
int lec_rtcp_sender_get_answer_fd (const LecRtcpSender *self);

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
