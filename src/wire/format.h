/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How packets are made: what differs between one way of sending a channel and another, in one row
 * each.
 *
 * Everything behind the announcement asks the row, never which row it is. */
#pragma once

#include "channel/channel-info.h"

G_BEGIN_DECLS

typedef struct _LecPacket LecPacket;

/* One way to put media into datagrams. */
typedef struct
{
  const char *name; /* one word */

  /* Reads the header of a packet with data and size set, and checks every length in it. FALSE when
   * it is none of these; then no field is changed. */
  gboolean (*parse) (LecPacket *packet);
  /* (nullable): writes another number into the packet; NULL: there is nothing among media that has
   * one and is none */
  void (*renumber) (LecPacket *packet, guint32 sequence);
  /* Whether these bytes are not media, but said beside it. */
  gboolean (*is_control) (const guint8 *data, gsize size);
  /* (nullable): the payload type of a datagram that may still be encrypted; NULL: there is none */
  guint (*peek_payload) (const guint8 *data, gsize size);

  guint number_bits; /* width of the sequence number */
  guint clock_rate;  /* [Hz] of the time stamps; 0: the payload type tells, which is below 128 */
  gboolean repair;   /* repair that is announced comes among them, with a payload type of its own */
  gboolean beacons;  /* what is said beside media is said by the station only, on their way */
  gboolean reports;  /* receivers may report to the sender (RFC 3550, section 6) */
  gboolean container; /* payloads are one stream of bytes, with more than one medium inside... */
  gboolean is_ts;     /* ...which is an MPEG transport stream */
  gboolean sent_in_order; /* time stamps say when a packet was sent, so they do not go back */
  const char *caps; /* as GStreamer calls what is in them, or the whole packets if no container */
  const char *encoding; /* (nullable): name of the container, that of RTP if it has one */
} LecFormat;

extern const LecFormat lec_format_rtp;
extern const LecFormat lec_format_ts;
extern const LecFormat lec_format_msb;

/**
 * lec_format_of:
 * @kind: of an alternative
 *
 * Returns: (nullable) (transfer none): how its packets are made; NULL: it has none, or none that
 *   can be received here
 */
const LecFormat *lec_format_of (LecKind kind);

G_END_DECLS
