/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receive machine of one stream: datagrams and the time in, packets in order with their time of
 * presentation out.
 *
 * Format, source, clock, time line and jitter buffer as one. Knows no socket, no clock and no
 * thread: an hour of bad network is tested in a moment. All times are nanoseconds of one clock of
 * the caller's choice (of a pipeline's running time, say) that never goes back: "session time". Not
 * thread-safe. */
#pragma once

#include "channel/channel.h"
#include "wire/format.h"
#include "wire/item.h"
#include "wire/packet.h"
#include "wire/playout.h"
#include "wire/retransmission.h"
#include "wire/stats.h"
#include "wire/ts-stats.h"

G_BEGIN_DECLS

typedef struct _LecSession LecSession;

/* What a session does not learn from the announcement. */
typedef struct
{
  const LecFormat *format;
  const LecMsb *msb;   /* (nullable): of LEC_KIND_MSB: what else it was announced with */
  LecPlayout *playout; /* of its channel, to which it adds its stream; must outlive the session */
  guint32 seed;        /* any number that strangers cannot guess: of all that is left to chance */
  gboolean without_repair; /* what is lost stays lost, whatever comes against that */
  /* (nullable): gives packets of at least LEC_PACKET_SLOT bytes, to rebuild others in; NULL: they
   * come from the heap */
  LecPacket *(*acquire) (gsize capacity, gpointer data);
  gpointer data;
} LecSessionConfig;

/**
 * lec_session_new:
 * @stream: what was announced; read during the call only
 * @config: read during the call only
 */
LecSession *lec_session_new (const LecStream *stream,
                             const LecSessionConfig *config) G_GNUC_WARN_UNUSED_RESULT;
void lec_session_free (LecSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSession, lec_session_free)

/**
 * lec_session_feed:
 * @packet: (transfer full): as received, with arrival_ns, sender, standing, recovered and vague
 * set; any bytes at all
 * @leg: which of the stream's legs it came on, below %LEC_SOURCE_LEGS
 *
 * A recovered packet fills the gap that it belongs to, if it is in time; of the sender's clock,
 * the network and who sends nothing is learnt from it, and it does not count as received.
 */
void lec_session_feed (LecSession *self, LecPacket *packet, guint leg);

/**
 * lec_session_feed_repair:
 * @packet: (transfer full): as received, as for lec_session_feed()
 * @scheme: what comes where it came
 *
 * Takes what came where only repair does. It counts as repair, and not as received; of the
 * network and who sends nothing is learnt from it.
 */
void lec_session_feed_repair (LecSession *self, LecPacket *packet, LecRepairScheme scheme);

/**
 * lec_session_feed_other:
 * @packet: as received; borrowed
 *
 * What is fed to another session of the same channel, with which this one has a stream of repair in
 * common: parity of both may want it. Nothing else is learnt from it.
 */
void lec_session_feed_other (LecSession *self, const LecPacket *packet);

/* Returns: whether a datagram that came where media do is RTCP (RFC 5761, section 4), or a beacon
 *   ([MS-MSB] 2.2.3): what lec_session_feed_rtcp() is for; @sender as for a #LecPacket */
gboolean
lec_session_is_control (const LecSession *self, const guint8 *data, gsize size, guint64 sender);

/**
 * lec_session_feed_rtcp:
 * @data: a datagram from the RTCP port, or a beacon; any bytes at all
 * @sender: as for a #LecPacket
 * @now_ns: its arrival
 */
void lec_session_feed_rtcp (LecSession *self,
                            const guint8 *data,
                            gsize size,
                            guint64 sender,
                            gint64 now_ns);

/**
 * lec_session_allow_reports:
 * @stream: that of the session
 * @cname: our canonical name for all streams of one channel, random
 * @seed: of all that is left to chance
 *
 * Lets it report how it receives, where lec_reporter_is_wanted() says that this is wanted.
 * Reports begin when the first packet has come.
 */
void lec_session_allow_reports (LecSession *self,
                                const LecStream *stream,
                                const char *cname,
                                guint32 seed);

/* When to ask lec_session_write_report(), if nothing is fed; %G_MAXINT64: not at all. */
gint64 lec_session_get_report_time (const LecSession *self);

/**
 * lec_session_write_report:
 * @bytes: (out): room for #LEC_RTCP_MAX
 *
 * Returns: [bytes] of RTCP to be sent now; 0: none
 */
gsize lec_session_write_report (LecSession *self, gint64 now_ns, guint8 *bytes);

/**
 * lec_session_allow_requests:
 * @stream: that of the session, of which lec_retransmission_is_wanted()
 * @target: whom they go to
 * @cname, @seed: as for lec_session_allow_reports(), which comes after it
 *
 * Lets it ask for packets again that were lost.
 */
void lec_session_allow_requests (LecSession *self,
                                 const LecStream *stream,
                                 const LecFeedbackTarget *target,
                                 const char *cname,
                                 guint32 seed);

/* When to ask lec_session_write_request(), if nothing is fed; %G_MAXINT64: not at all. */
gint64 lec_session_get_request_time (const LecSession *self);

/* Returns: whether that would go to a computer that is not the station, and has not answered yet */
gboolean lec_session_is_on_trial (const LecSession *self);

/**
 * lec_session_write_request:
 * @bytes: (out): room for #LEC_RTCP_REQUEST_MAX
 *
 * Returns: [bytes] of RTCP to be sent now; 0: none
 */
gsize lec_session_write_request (LecSession *self, gint64 now_ns, guint8 *bytes);

/* As lec_session_write_report(), to say that no more will come: before lec_session_reset() or the
 * end. */
gsize lec_session_write_bye (LecSession *self, guint8 *bytes);

/**
 * lec_session_note_local_loss:
 * @count: packets of this stream that this host's own kernel dropped; to be told before the packet
 *   that came after them is fed
 * @now_ns: when that is told
 */
void lec_session_note_local_loss (LecSession *self, guint64 count, gint64 now_ns);

/* @count of those were not dropped for want of room, but as they were damaged (UDP checksum). */
void lec_session_note_damaged (LecSession *self, guint64 count);

/**
 * lec_session_note_decrypt_failed:
 * @packet: that cannot be fed; it stays the caller's, but is parsed
 * @repeated: it was opened before; otherwise the key does not fit
 */
void lec_session_note_decrypt_failed (LecSession *self, LecPacket *packet, gboolean repeated);

/* A packet of another station came, which is not fed. */
void lec_session_note_other_station (LecSession *self);

/* Returns: the host, of lec_sender_get_host(), that the stream is taken from on @leg; 0: none yet
 */
guint64 lec_session_get_host (const LecSession *self, guint leg);

/**
 * lec_session_get_name:
 *
 * Returns: what stands for the canonical name (CNAME) of the sender, or of the one that is to take
 *   its place; 0: not known
 */
guint64 lec_session_get_name (const LecSession *self);

/**
 * lec_session_follow:
 * @name: of lec_session_get_name() of another stream
 *
 * Takes the stream from the source of that name from now on, where there is one.
 *
 * Returns: whether there is
 */
gboolean lec_session_follow (LecSession *self, guint64 name);

/**
 * lec_session_pull:
 * @item: (out) (transfer full): what comes next; of a packet pts_ns is set
 * @wake_ns: (out): where there is no item, when to ask again if nothing was fed; %G_MAXINT64: never
 *
 * Returns: whether there is an item
 */
gboolean lec_session_pull (LecSession *self, gint64 now_ns, LecItem *item, gint64 *wake_ns);

/* Forgets what is queued, as if the stream had been joined just now; counters stay. For a receiver
 * that was paused. */
void lec_session_reset (LecSession *self);

/* What lip sync has to know of a stream. */
typedef struct
{
  gint64 offset_ns;    /* session time less the sender's wall clock */
  const guint8 *cname; /* of the host that the wall clock belongs to; valid until RTCP is fed */
  gsize cname_length;  /* [bytes]; 0: it did not say */
  guint group;         /* LecStream.sync_group */
  gboolean video;      /* not sound, which is heard when it steps */
  gboolean disputed;   /* the newest report contradicts the others */
} LecSessionSync;

/* What the sender's clock says. */
typedef struct
{
  gint64 media_ns; /* how much media time has passed there, since some moment */
  double drift;    /* how much slower it runs than ours [s/s] */
  guint epoch;     /* another number where media_ns counts from another moment */
} LecSenderTime;

/**
 * lec_session_get_sender_time:
 * @now_ns: the moment that is asked for, about now
 *
 * Returns: FALSE while nothing is known: no packet yet, none for long, or packets without time
 */
gboolean lec_session_get_sender_time (const LecSession *self, gint64 now_ns, LecSenderTime *time);

/**
 * lec_session_get_sync:
 * @sync: (out)
 *
 * Returns: FALSE while no report that can be believed has come
 */
gboolean lec_session_get_sync (const LecSession *self, LecSessionSync *sync);

/* A copy of the counters as they stand. */
LecStats lec_session_get_stats (const LecSession *self);

/* As lec_ts_filter_set_program(), where a transport stream is what comes. */
void lec_session_set_program (LecSession *self, guint number);

/**
 * lec_session_read_ts:
 * @now_ns: about now
 * @stats: (out): what is known of the transport stream; nothing where this is none
 */
void lec_session_read_ts (const LecSession *self, gint64 now_ns, LecTsStats *stats);

G_END_DECLS
