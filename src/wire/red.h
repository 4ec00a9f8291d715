/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Packets with something inside that was sent before, against its loss (RFC 2198). */
#pragma once

#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_RED_BLOCKS 16 /* in a packet; senders use two or three */

typedef struct
{
  guint payload; /* 0 to 127 */
  const guint8 *bytes;
  gsize length; /* [bytes] */
} LecRedBlock;

/**
 * lec_red_read:
 * @bytes: the payload of a packet
 * @blocks: (out): room for #LEC_RED_BLOCKS
 *
 * Returns: how many blocks it has: the oldest first, and the primary one, which was not sent
 *   before, last; 0: it is not well-formed
 */
guint lec_red_read (const guint8 *bytes, gsize length, LecRedBlock *blocks);

/**
 * lec_red_unwrap:
 * @packet: as its format has read it
 *
 * Makes it the packet that it would be without redundancy: of the payload type of its primary
 * block, with nothing else inside.
 *
 * Returns: FALSE where it is not well-formed, or the primary block is empty; it is unchanged then
 */
gboolean lec_red_unwrap (LecPacket *packet);

G_END_DECLS
