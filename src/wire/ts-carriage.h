/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a transport stream really comes, whatever was announced: without RTP or in it, and cut into
 * datagrams at packet borders or anywhere.
 *
 * One datagram proves little: the middle of a packet may look like RTP, and a payload may begin
 * with a sync byte. So what was announced holds until several datagrams agree on something else. */
#pragma once

#include "wire/format.h"
#include "wire/packet.h"
#include "wire/ts-framer.h"

G_BEGIN_DECLS

#define LEC_TS_ROW 3 /* datagrams that have to agree */

/* A plain struct to be embedded; all zero: nothing has come. The framers are the owner's to use. */
typedef struct
{
  LecTsFramer bare;     /* of datagrams without RTP */
  LecTsFramer payloads; /* of RTP */

  /*< private >*/
  guint row;      /* datagrams so far that were whole packets without RTP */
  guint64 sender; /* of the newest one with what may be an RTP header... */
  guint32 ssrc;   /* ...what that says... */
  guint16 next;   /* ...and the sequence number after it */
} LecTsCarriage;

/**
 * lec_ts_carriage_is_bare:
 * @announced: how packets are said to be made
 * @packet: with data, size and sender set
 * @current: its sender is the one whose datagrams without RTP are taken
 *
 * Returns: whether it is a piece of a transport stream with nothing in front of it
 */
gboolean lec_ts_carriage_is_bare (LecTsCarriage *self,
                                  const LecFormat *announced,
                                  const LecPacket *packet,
                                  gboolean current);

/* Returns: whether what looks like RTCP is a piece of a packet of the sender whose datagrams
 * without RTP are taken */
gboolean lec_ts_carriage_is_piece (const LecTsCarriage *self, const guint8 *data, gsize size);

/* @packet: parsed. Returns: whether its RTP payload is whole packets, or more than two of them */
gboolean lec_ts_carriage_has_packets (const LecPacket *packet);

/**
 * lec_ts_carriage_join:
 * @packet: parsed RTP, in the order of sending
 *
 * Makes its payload whole packets, where it is a piece of a transport stream that is cut elsewhere.
 *
 * Returns: FALSE where none is complete yet
 */
gboolean lec_ts_carriage_join (LecTsCarriage *self, LecPacket *packet);

/**
 * lec_ts_carriage_wrap:
 * @packet: one without RTP, whose extended_sequence and pts_ns are set
 * @payload: payload type
 *
 * Puts RTP in front of it (RFC 2250, section 2), as it was announced.
 */
void lec_ts_carriage_wrap (LecPacket *packet, guint8 payload);

G_END_DECLS
