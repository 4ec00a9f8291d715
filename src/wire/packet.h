/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One datagram with what its header says.
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

/* [bytes] that there are behind capacity, so that what came before can be put in front of what has
 * come: pieces of up to three packets of a transport stream, and an RTP header. */
#define LEC_PACKET_SPARE 640

typedef struct _LecPacket LecPacket;

/**
 * LecRole:
 * @LEC_ROLE_MEDIA: media, numbered in the order of sending
 * @LEC_ROLE_REPAIR: what lost packets can be rebuilt from
 * @LEC_ROLE_RETRANSMISSION: a packet that was sent before, in another one (RFC 4588)
 * @LEC_ROLE_ASIDE: what is sent beside media and is nothing to be played: comfort noise (RFC 3389),
 *   telephone events (RFC 4733), what nobody has announced
 *
 * Only media says who sends a stream, and when.
 */
typedef enum {
  LEC_ROLE_MEDIA,
  LEC_ROLE_REPAIR,
  LEC_ROLE_RETRANSMISSION,
  LEC_ROLE_ASIDE,
} LecRole;

/**
 * LecStanding:
 * @LEC_STANDING_ADMITTED: it may be listened to
 * @LEC_STANDING_OURS: it is that of the channel, and comes before any other
 * @LEC_STANDING_UNKNOWN: it may be another one, as long as ours sends this stream too, or may still
 *   begin to
 * @LEC_STANDING_OTHER: it is another one, and kept out
 *
 * What the station is to us that a packet comes from: see wire/stations.h.
 */
typedef enum {
  LEC_STANDING_ADMITTED,
  LEC_STANDING_OURS,
  LEC_STANDING_UNKNOWN,
  LEC_STANDING_OTHER,
} LecStanding;

struct _LecPacket
{
  guint8 *data;     /* the datagram */
  guint32 capacity; /* [bytes] of data, for a datagram; LEC_PACKET_SPARE more are there */
  guint32 size;     /* [bytes] of the datagram */

  /* set by whoever received it */
  gint64 arrival_ns; /* session time */
  guint64 sender;    /* stands for the source address (upper 48 bits) and port; never 0 */
  LecStanding standing;
  guint
      recovered : 1; /* it did not come, but was rebuilt: its arrival says nothing of the network */
  guint vague : 1;   /* it came at about that time: nothing is to be learnt of when */

  /* set by its LecFormat */
  LecRole role;           /* as far as the packet itself tells; then as it was announced */
  gboolean bare;          /* it has no header, so no number and no time stamp; the rest is unset */
  guint32 payload_offset; /* [bytes] from data */
  guint32 payload_size;   /* [bytes] without padding */
  guint32 timestamp;
  guint32 ssrc;
  guint32 sequence; /* as wide as the format says */
  guint16 payload_type;
  gboolean marker;

  /* set by the session */
  gint64 extended_sequence;
  gint64 media_time;       /* time stamp without wraps [1/clock rate s] */
  gint64 pts_ns;           /* session time; play-out is latency later */
  gboolean begins_epoch;   /* what is known of times before it means nothing from it on */
  gboolean unannounced_ts; /* a transport stream, where something else was announced, or nothing */

  void (*release) (LecPacket *packet); /* gives the memory back; called from any thread */
};

/* Returns: what stands for the host of a sender, whatever its port; 0: not known */
static inline guint64
lec_sender_get_host (guint64 sender)
{
  return sender >> 16;
}

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
