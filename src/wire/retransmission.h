/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session has of retransmission: whom to ask for what is missing, and what to make of what
 * is sent again (RFC 4588), whoever asked for it.
 *
 * Only a packet that is missing is taken, from the computer that the stream comes from or from the
 * one that is asked. Knows no clock; not thread-safe. */
#pragma once

#include "wire/format.h"
#include "wire/nack.h"
#include "wire/playout.h"
#include "wire/reporter.h"
#include "wire/rtx.h"
#include "wire/source.h"

G_BEGIN_DECLS

/* Whom to ask. */
typedef struct
{
  guint64 host; /* of lec_sender_get_host(): the only computer that is asked; 0: the group is */
  gboolean is_trusted; /* though it is not known to be the station: the viewer has opened the
                        * announcement that names it */
} LecFeedbackTarget;

/* A plain struct to be embedded; zeroed is ready. is_on may be read. */
typedef struct
{
  gboolean is_on; /* it was announced */
  LecRtxTypes types;
  LecFeedbackTarget target;
  LecNack nack;
  guint64 requests;             /* sent */
  LecReceptionReport reception; /* of what was sent again among the media; nothing received: none */
} LecRetransmission;

/* @stream: what was announced; read during the call only */
void lec_retransmission_init (LecRetransmission *self, const LecStream *stream);
void lec_retransmission_clear (LecRetransmission *self);

/**
 * lec_retransmission_is_wanted:
 *
 * Returns: whether the announcement wants to be asked, and says where to: a group that anybody may
 *   send to, or one computer. Where it is encrypted, so are requests to be.
 */
gboolean lec_retransmission_is_wanted (const LecFormat *format, const LecStream *stream);

/* @stream: of which lec_retransmission_is_wanted(). From now on what is missing is asked for. */
void lec_retransmission_allow (LecRetransmission *self,
                               const LecStream *stream,
                               const LecFeedbackTarget *target,
                               guint32 seed);

/* Another sender begins, or the same one anew. */
void lec_retransmission_reset (LecRetransmission *self);

/**
 * lec_retransmission_note:
 * @number: of what came
 * @members: that are known to report
 */
void lec_retransmission_note (LecRetransmission *self,
                              gint64 number,
                              gint64 pts_ns,
                              const LecSource *source,
                              const LecPlayoutStream *playout,
                              guint members,
                              gint64 now_ns);

/* @data: RTCP, found good: what others ask for need not be asked for again. */
void lec_retransmission_hear (LecRetransmission *self,
                              const guint8 *data,
                              gsize size,
                              const LecSource *source,
                              gint64 now_ns);

/**
 * lec_retransmission_unwrap:
 * @packet: parsed; becomes the packet that is missing, with recovered set
 * @is_inside: it came among the media
 *
 * Returns: FALSE where nobody need look at it
 */
gboolean lec_retransmission_unwrap (LecRetransmission *self,
                                    LecPacket *packet,
                                    gboolean is_inside,
                                    const LecSource *source,
                                    guint64 *host);

/* Returns: (nullable): what has come of the stream in which the station sends again, where that is
 * one of the session of the media */
const LecReceptionReport *lec_retransmission_get_reception (const LecRetransmission *self);

/* @host has sent a packet again that is not missing any more. */
void lec_retransmission_note_alive (LecRetransmission *self, guint64 host);

/* Packet @number, of @host, is believed. */
void lec_retransmission_note_answer (LecRetransmission *self,
                                     gint64 number,
                                     guint64 host,
                                     gint64 now_ns);

/**
 * lec_retransmission_take:
 * @comes, @data: as for lec_nack_take()
 *
 * Returns: how many of @fields are to be asked for now
 */
guint lec_retransmission_take (LecRetransmission *self,
                               const LecSource *source,
                               const LecPlayoutStream *playout,
                               gboolean (*comes) (gint64 number, gpointer data),
                               gpointer data,
                               guint members,
                               gint64 now_ns,
                               LecNackField *fields);

G_END_DECLS
