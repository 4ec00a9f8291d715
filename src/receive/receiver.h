/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receives one alternative of a channel: joins its groups and hands over each stream's packets in
 * order.
 *
 * One thread serves all sockets, and never waits for whoever takes the packets. It owns sockets and
 * sessions; outlet and callbacks run on it. The functions below may be called from any one other
 * thread.
 */
#pragma once

#include <gio/gio.h>

#include "channel/channel.h"
#include "net/replay.h"
#include "report/report.h"
#include "wire/item.h"
#include "wire/packet.h"
#include "wire/session.h"

G_BEGIN_DECLS

typedef struct _LecReceiver LecReceiver;

/* What the receiver asks of its owner. All run on the receive thread, and must not block. */
typedef struct
{
  /* Session time [ns]; must not go back. */
  gint64 (*now) (gpointer data);
  /* An empty packet of at least @capacity bytes. */
  LecPacket *(*acquire) (gsize capacity, gpointer data);
  /* How play-out stands: with each change from what it began with, and some times a second with
   * @sender, what the sender's clock says at @now_ns, as long as that is known (else NULL). How far
   * behind play-out is then is to be told by lec_playout_set_delay(). */
  void (*playout) (LecPlayout *playout, const LecSenderTime *sender, gint64 now_ns, gpointer data);
  /* Adds to a report what only the owner knows: what the play-out delay really is, by which clock,
   * and what was dropped behind the session. Also on the thread that opens, starts and stops. */
  void (*report) (LecReportDraft *draft, gpointer data);
} LecReceiverCallbacks;

/* How a channel is to be received. */
typedef struct
{
  const char *interface; /* (nullable): name of the one to join on; NULL: all suitable ones until
                            one delivers */
  gint64
      latency_ns; /* from arrival of an undelayed packet to play-out; LEC_LATENCY_AUTO: as needed */
  LecReplay *replay;  /* (nullable): what is played instead; then nothing is joined */
  gboolean low_ports; /* ports of the system, below 1024, may be listened on */
  gboolean repair;    /* lost packets are rebuilt from what the station sends for that */
  const LecIngressOpener *opener; /* (nullable): who opens what datagrams come on */
  /* (nullable): hosts that the announcement knows, and which are listened to rather than any other:
   * its origin, and whoever announced it; of use where they are numeric addresses */
  const char *origin, *announcer;
} LecReceiverConfig;

/**
 * lec_receiver_open:
 * @alternative: of a kind that has a #LecFormat; read during the call only
 * @config: read during the call only
 * @outlet: copied: takes what is received, stream by stream
 * @callbacks: copied
 * @data: handed to them
 * @error: #LEC_ERROR_UNREACHABLE, #LEC_ERROR_UNSUPPORTED or #LEC_ERROR_LOW_PORT
 *
 * Opens the sockets and joins: on the interface of @config; else on that which a leg names, if this
 * computer has it; else on all suitable ones. Packets wait in the kernel until
 * lec_receiver_start().
 */
LecReceiver *lec_receiver_open (const LecAlternative *alternative,
                                const LecReceiverConfig *config,
                                const LecOutlet *outlet,
                                const LecReceiverCallbacks *callbacks,
                                gpointer data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (nullable) (transfer none): the interface that the announcement names, where this
 * computer has none of that name and another is joined on */
const char *lec_receiver_get_missing_interface (const LecReceiver *self);

/* Stops, leaves the groups and closes. */
void lec_receiver_free (LecReceiver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReceiver, lec_receiver_free)

/**
 * lec_receiver_allow_reports:
 * @alternative: as for lec_receiver_open(); read during the call only
 *
 * Lets it send receiver reports where lec_reporter_is_wanted() says that the announcement asks for
 * them, and nowhere else: to the group and port announced for them, with the reach (TTL) announced,
 * under a random name; and, where repair is wanted, ask for what was lost where
 * lec_retransmission_is_wanted() says so. Otherwise it is silent. Before lec_receiver_start() only.
 */
void lec_receiver_allow_reports (LecReceiver *self, const LecAlternative *alternative);

/**
 * lec_receiver_start:
 * @error: #LEC_ERROR_UNREACHABLE: there is no thread for it
 *
 * Begins to receive on a thread of its own.
 */
gboolean lec_receiver_start (LecReceiver *self, GError **error);

/* Ends the thread and forgets what is queued; the groups stay joined, and it may be started again.
 */
void lec_receiver_stop (LecReceiver *self);

/* Returns: [ns] the latency that it will begin with; before lec_receiver_start() only. An automatic
 * one is what it was when the channel was received last, or a guess. */
gint64 lec_receiver_get_first_latency (const LecReceiver *self);

/* As in a #LecReceiverConfig. Takes effect at once. */
void lec_receiver_set_latency (LecReceiver *self, gint64 latency_ns);

/* As lec_ts_filter_set_program(), of all transport streams that it receives. Takes effect at once.
 */
void lec_receiver_set_program (LecReceiver *self, guint number);

/**
 * lec_receiver_set_station:
 * @address: (nullable): numeric address of the station to receive as long as it sends, whoever else
 *   does; NULL: any, see wire/stations.h. Takes effect at once.
 */
void lec_receiver_set_station (LecReceiver *self, const char *address);

/* Whether a lower latency can be reached without anybody noticing: then it is tried sooner. Before
 * lec_receiver_start() only. */
void lec_receiver_set_smooth (LecReceiver *self, gboolean smooth);

/* Whether it can be reached even in seconds: then it is tried as soon as a cable has shown that it
 * will do. What radio does in its first second says little. Before lec_receiver_start() only. */
void lec_receiver_set_quick (LecReceiver *self, gboolean quick);

/**
 * lec_receiver_dup_report:
 *
 * Any thread. Not older than a tenth of a second while it runs, and exact once it is stopped.
 *
 * Returns: (transfer full): how reception is
 */
LecReport *lec_receiver_dup_report (LecReceiver *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_receiver_set_capture:
 * @path: (nullable): a file to write, as for lec_capture_open(); NULL: no capture
 *
 * Writes every datagram that reaches the sockets, as it came and when, into a capture file for
 * Wireshark and its like. Before lec_receiver_start() only. The report says whether that fails.
 */
gboolean lec_receiver_set_capture (LecReceiver *self, const char *path, GError **error);

G_END_DECLS
