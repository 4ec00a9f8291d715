/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session does with a transport stream, announced or not: finds out that it is one, makes
 * whole packets of its datagrams, numbers those without RTP, and looks into it on the way out.
 * Knows no clock; not thread-safe. */
#pragma once

#include "channel/channel.h"
#include "wire/source.h"
#include "wire/stats.h"
#include "wire/ts-carriage.h"
#include "wire/ts-filter.h"
#include "wire/ts-order.h"

G_BEGIN_DECLS

#define LEC_TS_PAYLOADS 128 /* payload types of RTP */

/* A plain struct to be embedded. All fields are private. */
typedef struct
{
  const LecFormat *format;
  LecTsCarriage carriage;
  LecTsOrder *order;   /* (nullable): of datagrams without RTP */
  LecTsFilter *filter; /* (nullable): where a transport stream may come */
  guint program;       /* that is wanted of it; 0: any */
  guint64 bare_sender; /* of datagrams without RTP; 0: none yet */
  guint8 payload;      /* payload type of what comes without one */
  gboolean is_ts[LEC_TS_PAYLOADS];
  gboolean
      is_found[LEC_TS_PAYLOADS]; /* it is, and was announced as something else, or not at all */
  guint row[LEC_TS_PAYLOADS];    /* packets so far that looked like one */
} LecTsIntake;

/**
 * LecTsPiece:
 * @LEC_TS_PIECE_WHOLE: it is whole packets
 * @LEC_TS_PIECE_MERGED: it has become part of one that a later one will finish
 * @LEC_TS_PIECE_REPEATED: it has come before
 */
typedef enum {
  LEC_TS_PIECE_WHOLE,
  LEC_TS_PIECE_MERGED,
  LEC_TS_PIECE_REPEATED,
} LecTsPiece;

/* @format: how packets are said to be made
 * @stream: what was announced; read during the call only */
void lec_ts_intake_init (LecTsIntake *self, const LecFormat *format, const LecStream *stream);
void lec_ts_intake_clear (LecTsIntake *self);

/* Forgets who sends, and all pieces. */
void lec_ts_intake_reset (LecTsIntake *self);

/* What came before and what comes next do not belong together: packets are missing. */
void lec_ts_intake_break (LecTsIntake *self);

/* Returns: whether what looks like control is a piece of the transport stream of @sender */
gboolean lec_ts_intake_is_piece (const LecTsIntake *self,
                                 const LecSource *source,
                                 const guint8 *data,
                                 gsize size,
                                 guint64 sender);

/* ---- without RTP ---- */

/* Returns: whether @packet, with data, size, sender and arrival set, is a piece without RTP */
gboolean
lec_ts_intake_is_bare (LecTsIntake *self, const LecSource *source, const LecPacket *packet);

/**
 * lec_ts_intake_take_bare:
 * @packet: a piece without RTP
 *
 * Describes it, as no header does.
 *
 * Returns: whether the sender is the one that @source is locked to
 */
gboolean
lec_ts_intake_take_bare (const LecTsIntake *self, const LecSource *source, LecPacket *packet);

/**
 * lec_ts_intake_begin_bare:
 * @packet: one that the source has accepted; the sender is another one from it on
 *
 * Returns: whether there was one before
 */
gboolean lec_ts_intake_begin_bare (LecTsIntake *self, const LecPacket *packet);

/**
 * lec_ts_intake_place_bare:
 * @packet: one that the source has accepted
 *
 * Makes it whole packets and, where it is, sets its number and time as far as they are known.
 */
LecTsPiece lec_ts_intake_place_bare (LecTsIntake *self, LecPacket *packet);

/* ---- with RTP ---- */

/**
 * lec_ts_intake_look:
 * @packet: parsed
 *
 * Looks for a transport stream under a payload type that says something else, or nothing.
 *
 * Returns: whether one was found with this packet
 */
gboolean lec_ts_intake_look (LecTsIntake *self, const LecPacket *packet);

/* Returns: whether packets of payload type @payload are a transport stream, and were not announced
 * as one */
gboolean lec_ts_intake_is_found (const LecTsIntake *self, guint payload);

/* Returns: whether packets of payload type @payload of RTP are a transport stream */
gboolean lec_ts_intake_is_of (const LecTsIntake *self, guint payload);

/**
 * lec_ts_intake_join:
 * @packet: parsed, in the order of sending
 *
 * Makes whole packets of it where it is a piece of a transport stream in RTP.
 *
 * Returns: FALSE where none is complete yet
 */
gboolean lec_ts_intake_join (LecTsIntake *self, LecPacket *packet);

/* ---- of both ---- */

/* Returns: what is sent, where it is not what was announced */
LecFound lec_ts_intake_get_found (const LecTsIntake *self, const LecPacket *packet);

/* Looks into a packet that leaves, if it is one; whoever takes it expects what was announced, or is
 * told. */
void lec_ts_intake_process (LecTsIntake *self, LecPacket *packet);

/* A datagram came that is none of what was announced; it may be named later. */
void lec_ts_intake_note_other (LecTsIntake *self, const LecPacket *packet);

/* As lec_session_set_program(). */
void lec_ts_intake_set_program (LecTsIntake *self, guint number);

/* As lec_session_read_ts(). */
void lec_ts_intake_read (const LecTsIntake *self, gint64 now_ns, LecTsStats *stats);

G_END_DECLS
