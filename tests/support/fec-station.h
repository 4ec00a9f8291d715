/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station that sends RTP with parity, made by the texts of the standards and by nothing of ours:
 * what a session is to rebuild lost packets from, in virtual time. */
#pragma once

#include "channel/channel-info.h"
#include "wire/packet.h"
#include "wire/units.h"

#define FEC_STATION_SENDER ((guint64) 0x0a4d0001 << 16 | 5004)
#define FEC_STATION_SSRC 0x12345678
#define FEC_STATION_PAYLOAD 96
#define FEC_STATION_PARITY 100 /* payload type of ULPFEC */

/* One datagram as sent. */
typedef struct
{
  guint8 bytes[1600];
  guint size;
  gint64 sent_ns;
  gboolean is_parity;
  gint64 number; /* of media, in the order of sending from 0 on; of parity, its first one */
} FecDatagram;

/* What is sent. */
typedef struct
{
  LecRepairScheme scheme;
  guint packets;              /* of media */
  gint64 interval_ns;         /* from one of them to the next */
  guint columns, rows;        /* of the matrix; of ULPFEC, packets in a group, and none */
  gboolean without_rows;      /* only columns are sent */
  gboolean only_rows;         /* only rows are */
  gboolean groups_end_frames; /* the last packet of a group is marked, and no other */
  gboolean plain;             /* without sources, extensions and padding */
  gboolean draft;             /* of FlexFEC: as draft 03 has it, and browsers */
  guint16 sequence;           /* of the first packet */
  guint size;                 /* [bytes] of the largest payload; 0: 200 */
  guint32 seed;
} FecStation;

/* Returns: (transfer full): of FecDatagram, in the order of sending */
GArray *fec_station_send (const FecStation *station);

/* Returns: (transfer full): the packet of it, that arrives at @arrival_ns */
LecPacket *fec_station_packet (const FecDatagram *datagram, gint64 arrival_ns);
