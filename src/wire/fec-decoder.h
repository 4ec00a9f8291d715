/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rebuilds lost packets from parity, whatever the scheme: each parity packet is an equation over
 * the numbers of packets, of which one that is missing is known.
 *
 * Packets of media are copied as they come into a window of the last ones; parity is kept only
 * where something that it protects is missing. Each packet that comes, or is rebuilt, takes an
 * unknown out of all equations that have it, so rows and columns help each other until nothing
 * changes. Sums are only made when a packet is rebuilt: where nothing is lost, a packet costs its
 * copy.
 *
 *     media  ──► note ──► window of LEC_FEC_WINDOW packets ─┐
 *     parity ──► add  ──► LEC_FEC_BLOCKS equations ─────────┴─► take ──► the session's checks ──┐
 *                              ▲                                                               │
 *                              └──────────────── note, if it is believed ◄─────────────────────┘
 *
 * What is rebuilt is used here only after its owner has believed it. Nothing is allocated after
 * lec_fec_decoder_new(). Knows no clock; not thread-safe. */
#pragma once

#include "wire/parity.h"

G_BEGIN_DECLS

#define LEC_FEC_SPAN_MOST 512 /* [numbers] of a block: its parity may be as late as it is long */
#define LEC_FEC_BLOCKS 128    /* at a time */

typedef struct _LecFecDecoder LecFecDecoder;

LecFecDecoder *lec_fec_decoder_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_fec_decoder_free (LecFecDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFecDecoder, lec_fec_decoder_free)

/* Another sender, or one that begins anew: nothing of it belongs to what came before. */
void lec_fec_decoder_reset (LecFecDecoder *self);

/**
 * lec_fec_decoder_note:
 * @packet: media, parsed, with extended_sequence set: as it came, or rebuilt and believed; borrowed
 */
void lec_fec_decoder_note (LecFecDecoder *self, const LecPacket *packet);

/* Parity has come that has number @number among the media. */
void lec_fec_decoder_note_parity (LecFecDecoder *self, gint64 number);

/**
 * lec_fec_decoder_was_parity:
 * @first, @end: numbers that are missing, from the first one to behind the last
 *
 * Returns: whether what had them was parity, of which nobody misses anything: it stands behind the
 *   last packet of a frame, or other parity, and before other parity, or where a block begins; or
 * at the distance from other parity at which that always comes
 */
gboolean lec_fec_decoder_was_parity (const LecFecDecoder *self, gint64 first, gint64 end);

/* What was taken last is packet @number, and was missing: it goes out, or, where @late, it would
 * have, if it had been waited for. */
void lec_fec_decoder_note_rescue (LecFecDecoder *self, gint64 number, gboolean late, gint64 now_ns);

/* Returns: whether packet @number, which has come now, was rebuilt and used not long ago; asked
 * once, it is forgotten */
gboolean lec_fec_decoder_take_back (LecFecDecoder *self, gint64 number);

/**
 * lec_fec_decoder_add:
 * @parity: read during the call only
 *
 * Returns: whether it fits what came
 */
gboolean lec_fec_decoder_add (LecFecDecoder *self, const LecParity *parity, gint64 now_ns);

/* Returns: whether lec_fec_decoder_take() has something */
gboolean lec_fec_decoder_is_ready (const LecFecDecoder *self);

/**
 * lec_fec_decoder_take:
 * @packet: an empty one, of #LEC_PACKET_SLOT bytes
 * @ssrc: of the media
 * @scheme: (out): by which it was rebuilt
 *
 * Makes @packet the next one that can be rebuilt, with data, size and recovered set. A number is
 * not rebuilt before a later one has come: until then it is not missing.
 *
 * Returns: FALSE where there is none; @packet means nothing then
 */
gboolean lec_fec_decoder_take (LecFecDecoder *self,
                               LecPacket *packet,
                               guint32 ssrc,
                               LecRepairScheme *scheme);

/**
 * lec_fec_decoder_may_complete:
 * @first, @end: numbers that are missing, from the first one to behind the last
 *
 * Returns: whether any of them may still be rebuilt, if all comes that may still come: known from
 *   the numbers
 */
gboolean lec_fec_decoder_may_complete (LecFecDecoder *self, gint64 first, gint64 end);

/**
 * lec_fec_decoder_get_time:
 * @since_ns: a moment, never before that of an earlier call
 *
 * Returns: [ns] how much later than a packet comes parity of a scheme that something was rebuilt by
 *   since then; 0: nothing was
 */
gint64 lec_fec_decoder_get_time (LecFecDecoder *self, gint64 since_ns);

/**
 * lec_fec_decoder_get_packet:
 * @number: as the sender counts
 * @size: (out): [bytes]
 *
 * Returns: (nullable): the packet of media, from its header on; valid until the next one comes
 */
const guint8 *lec_fec_decoder_get_packet (const LecFecDecoder *self, guint16 number, guint32 *size);

/* Returns: when parity came last; G_MININT64: never */
gint64 lec_fec_decoder_get_heard (const LecFecDecoder *self);

G_END_DECLS
