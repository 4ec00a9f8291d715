/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The streams of what is being received: which of them a datagram is for, how it is deciphered,
 * what is reported of them, what they have in common. Knows no socket that receives, and no thread;
 * used by one at a time. */
#pragma once

#include "net/batch.h"
#include "receive/endpoints.h"
#include "receive/rtcp-sender.h"
#include "receive/srtp.h"
#include "receive/station-table.h"
#include "wire/session.h"

G_BEGIN_DECLS

typedef struct
{
  LecSrtp *srtp[LEC_MAX_LEGS]; /* NULL: plain */
  gboolean payloads[128];      /* announced; all of them when the announcement names none */
} LecStreamKeys;

/* A plain struct to be embedded; zeroed is empty, but for playout and stations, which are to be set
 * up before the first stream is added and may be used. sessions, count and format may be read. */
typedef struct
{
  LecPlayout playout;
  LecSession *sessions[LEC_MAX_STREAMS];
  LecStreamKeys keys[LEC_MAX_STREAMS];
  LecStationTable stations;
  LecRtcpSender *reports[LEC_MAX_STREAMS]; /* NULL: we are silent */
  LecTrials trials;
  guint count;
  const LecFormat *format;
  gboolean has_audio;
  guint n_flexfec; /* streams that are repaired so: parity may be for several of them */
  guint clock;     /* the stream whose sender's clock is told */
} LecStreams;

/* What streams are added with, beside what was announced. */
typedef struct
{
  const LecFormat *format;                               /* that of all streams */
  const LecMsb *msb;                                     /* (nullable): of LEC_KIND_MSB */
  gboolean repair;                                       /* lost packets are rebuilt */
  LecPacket *(*acquire) (gsize capacity, gpointer data); /* (nullable): as for a session */
  gpointer data;
} LecStreamsConfig;

/**
 * lec_streams_add:
 * @info: what was announced; read during the call only
 * @config: read during the call only
 * @error: #LEC_ERROR_UNSUPPORTED: the keys are none that can be used
 */
gboolean lec_streams_add (LecStreams *self,
                          const LecStream *info,
                          const LecStreamsConfig *config,
                          GError **error);
void lec_streams_clear (LecStreams *self);

/* Allows receiver reports of those streams whose announcement asks for them. */
void lec_streams_allow_reports (LecStreams *self, const LecAlternative *alternative);

/* Lets those streams ask for what was lost whose announcement wants to be asked; @is_opened: the
 * viewer has opened it, so that it may name a computer that is not the station. */
void lec_streams_allow_requests (LecStreams *self,
                                 const LecAlternative *alternative,
                                 gboolean is_opened);

/* Returns: as lec_rtcp_sender_get_answer_fd(), of @stream; -1 also where nobody is asked */
int lec_streams_get_answer_fd (const LecStreams *self, guint stream);

/* Returns: index of the endpoint's user that @datagram is for */
guint lec_streams_find_user (const LecStreams *self,
                             const LecEndpoint *endpoint,
                             const LecDatagram *datagram);

/* Takes a packet (transfer full) with arrival, sender and standing set. */
void lec_streams_feed_rtp (LecStreams *self, guint stream, guint leg, LecPacket *packet);
/* Takes one likewise that came where only repair of @stream does, by @scheme. */
void
lec_streams_feed_repair (LecStreams *self, guint stream, LecRepairScheme scheme, LecPacket *packet);
void lec_streams_feed_rtcp (LecStreams *self,
                            const LecEndpoint *endpoint,
                            const LecDatagram *datagram,
                            gint64 now_ns);

/* Sends the reports and requests that are due. Returns: [ns] when the next one is; %G_MAXINT64:
 * none */
gint64 lec_streams_report (LecStreams *self, const LecEndpoints *endpoints, gint64 now_ns);

/* Says goodbye where something was reported. */
void lec_streams_say_bye (LecStreams *self);

/* Whether @sender, a number of lec_datagram_get_sender(), is one of those that we report from. */
gboolean lec_streams_is_own (const LecStreams *self, guint64 sender);

/* What the sender's clock says: that of the sound, which has a rate of its own; without it, that of
 * any stream. As lec_session_get_sender_time(). */
gboolean lec_streams_get_sender_time (const LecStreams *self, gint64 now_ns, LecSenderTime *time);

/* As lec_session_set_program(), for all of them. */
void lec_streams_set_program (LecStreams *self, guint number);

/* As lec_session_reset(), for all of them. */
void lec_streams_reset (LecStreams *self);

G_END_DECLS
