/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rebuilds what a Windows Media station sends parity for: after each span of up to 15 packets comes
 * their sum, from which one that is missing is known ([MS-MSB] 2.2.2, 3.2.5.3).
 *
 * Each packet is added to the sum of its span as it comes, so nothing is kept but sums, and now and
 * then a parity packet that waits for a late one. What is rebuilt takes the memory of the parity
 * packet; nothing is allocated after lec_msb_parity_new(). Knows no clock; not thread-safe. */
#pragma once

#include "wire/packet.h"

G_BEGIN_DECLS

/* What takes longer from its first packet to its parity is a pause, or not worth such a delay. */
#define LEC_MSB_PARITY_LONGEST_NS (3000 * G_GINT64_CONSTANT (1000000))

typedef struct _LecMsbParity LecMsbParity;

/**
 * lec_msb_parity_new:
 * @span: [packets] between parity packets, as announced, 1 to 15: used where nothing else tells
 * @packet_size: [bytes] of the largest ASF packet there may be
 */
LecMsbParity *lec_msb_parity_new (guint span, gsize packet_size) G_GNUC_WARN_UNUSED_RESULT;
void lec_msb_parity_free (LecMsbParity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecMsbParity, lec_msb_parity_free)

/* Another stream begins: nothing of it belongs to what came before. */
void lec_msb_parity_reset (LecMsbParity *self);

/**
 * lec_msb_parity_note:
 * @packet: a packet of media of the present stream, as it came, in any order; borrowed
 *
 * Returns: (transfer full) (nullable): the last packet of its span, rebuilt, where parity has come
 *   before
 */
LecPacket *lec_msb_parity_note (LecMsbParity *self, const LecPacket *packet);

/**
 * lec_msb_parity_take:
 * @parity: (transfer full): a packet of parity of the present stream
 *
 * Returns: (transfer full) (nullable): the packet that is missing, rebuilt: an MSB packet that is
 *   in order, with recovered set, and with arrival, sender and standing of @parity
 */
LecPacket *lec_msb_parity_take (LecMsbParity *self, LecPacket *parity);

/* Returns: whether packet @id, which has come now, was rebuilt not long ago; asked once, it is
 * forgotten */
gboolean lec_msb_parity_take_back (LecMsbParity *self, guint32 id);

/* Returns: [ns] how long after a packet its parity comes at most, of late; 0: that is not known, or
 * longer than it is worth waiting for */
gint64 lec_msb_parity_get_time (const LecMsbParity *self);

/* Whether the packets say that there is parity, in a stream so young that little is known of how
 * long that takes, or whether it really comes. */
gboolean lec_msb_parity_is_young (const LecMsbParity *self);

/* Whether anything of what parity came for was missing then, at any time. */
gboolean lec_msb_parity_has_missed (const LecMsbParity *self);

/* Returns: parity packets held, for packets that may still come */
guint lec_msb_parity_get_held (const LecMsbParity *self);

/* Returns: parity packets so far that are not held any more */
guint64 lec_msb_parity_get_spent (const LecMsbParity *self);

/* Returns: [packets] so far whose parity has come, but could not rebuild them: too many of their
 * span were missing, or what came out was none */
guint64 lec_msb_parity_get_unrepaired (const LecMsbParity *self);

G_END_DECLS
