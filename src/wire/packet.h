/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One datagram with what its RTP header says.
 *
 * The memory belongs to whoever made the packet, who gets it back through `release`: so the
 * receive path allocates nothing, and the bytes that the kernel wrote are the ones a decoder reads.
 * A packet has one owner at a time and no lock. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Slots of this size hold what fits an Ethernet frame, with room for jumbo-less tunnels. */
#define LEC_PACKET_SLOT 2048
#define LEC_PACKET_MAX 65536 /* [bytes] the largest UDP payload there can be, rounded up */

typedef struct _LecPacket LecPacket;

struct _LecPacket
{
  guint8 *data;     /* the datagram */
  guint32 capacity; /* [bytes] of data */
  guint32 size;     /* [bytes] of the datagram */

  /* set by whoever received it */
  gint64 arrival_ns; /* session time */
  guint64 sender;    /* stands for the source address (upper 48 bits) and port; never 0 */

  /* set by lec_packet_parse() */
  guint32 payload_offset; /* [bytes] from data */
  guint32 payload_size;   /* [bytes] without padding */
  guint32 timestamp;
  guint32 ssrc;
  guint16 sequence;
  guint8 payload_type;
  gboolean marker;

  /* set by the session */
  gint64 extended_sequence;
  gint64 media_time;     /* time stamp without wraps [1/clock rate s] */
  gint64 pts_ns;         /* session time; play-out is latency later */
  gboolean begins_epoch; /* what is known of times before it means nothing from it on */

  void (*release) (LecPacket *packet); /* gives the memory back; called from any thread */
};

/* Returns: what stands for the host of a sender, whatever its port; 0: not known */
static inline guint64
lec_sender_get_host (guint64 sender)
{
  return sender >> 16;
}

/**
 * lec_packet_parse:
 * @packet: with data and size set
 *
 * Reads the RTP header (RFC 3550, section 5.1) and checks every length in it.
 *
 * Returns: FALSE when the datagram is not RTP version 2 or its lengths contradict each other;
 *   then no field is changed
 */
gboolean lec_packet_parse (LecPacket *packet);

/**
 * lec_packet_is_rtcp:
 *
 * Returns: whether these bytes are RTCP on a port shared with RTP (RFC 5761, section 4)
 */
gboolean lec_packet_is_rtcp (const guint8 *data, gsize size);

/**
 * lec_packet_is_ts:
 *
 * Returns: whether these bytes are whole MPEG transport stream packets
 */
gboolean lec_packet_is_ts (const guint8 *data, gsize size);

/**
 * lec_packet_new:
 * @capacity: [bytes]
 *
 * Returns: a packet on the heap, for tests and for the rare datagram that fits no slot
 */
LecPacket *lec_packet_new (gsize capacity) G_GNUC_WARN_UNUSED_RESULT;

/* Gives a packet back to whoever made it; NULL is fine. */
void lec_packet_release (LecPacket *packet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecPacket, lec_packet_release)

G_END_DECLS
