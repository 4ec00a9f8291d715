/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Packets whose memory is that of a GstBuffer: what the kernel wrote is pushed without a copy, and
 * comes back when downstream has done with it. */
#pragma once

#include <gst/gst.h>

#include "wire/packet.h"

G_BEGIN_DECLS

/* [packets] there from the start: what a pause of the receive thread and a pad that is slow for a
 * moment need at some thousands of packets a second */
#define LEC_PACKET_POOL_FIRST 252

typedef struct _LecPacketPool LecPacketPool;

LecPacketPool *lec_packet_pool_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* What is in use still may be let go of later, from any thread. */
void lec_packet_pool_free (LecPacketPool *self);

/**
 * lec_packet_pool_acquire:
 * @capacity: [bytes] what is more than a slot is no part of the pool
 *
 * By one thread, always the same. Allocates while the pool has less than what is in use at once,
 * and a buffer anew where the one before was let go while its memory was in use still.
 *
 * Returns: (transfer full): an empty packet
 */
LecPacket *lec_packet_pool_acquire (LecPacketPool *self, gsize capacity);

/* Has the processor fetch what lec_packet_pool_unwrap() will need, ... */
void lec_packet_pool_prefetch_packet (const LecPacket *packet);

/* ... and, when that is there, what pushing the buffer will. */
void lec_packet_pool_prefetch_buffer (const LecPacket *packet);

/**
 * lec_packet_pool_unwrap:
 * @packet: (transfer full): one of lec_packet_pool_acquire(), or on the heap, where one has become
 *   too large for that
 * @offset: [bytes] to leave out at its beginning
 * @size: [bytes] to keep from there
 *
 * Returns: (transfer full): the buffer with these bytes, writable
 */
GstBuffer *lec_packet_pool_unwrap (LecPacket *packet, gsize offset, gsize size);

G_END_DECLS
