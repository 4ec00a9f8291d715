/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-packet.h"

#include <string.h>

#define HEADER 4
#define PCR_SIZE 6

#define HAS_ADAPTATION 0x20
#define HAS_PAYLOAD 0x10

/* 33 bits of 90 kHz, 6 bits reserved, 9 bits of 27 MHz */
static gint64
parse_pcr (const guint8 *b)
{
  gint64 base = (gint64) b[0] << 25 | b[1] << 17 | b[2] << 9 | b[3] << 1 | b[4] >> 7;

  return base * 300 + ((b[4] & 1) << 8 | b[5]);
}

/* @field: from its length on; all of it is there */
static void
parse_adaptation (LecTsPacket *self, const guint8 *field, guint length)
{
  if (length == 0)
    return;
  self->discontinuity = (field[1] & 0x80) != 0;
  self->random_access = (field[1] & 0x40) != 0;
  if ((field[1] & 0x10) && length >= 1 + PCR_SIZE)
    self->pcr = parse_pcr (field + 2);
}

/*  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   sync 0x47   |E|S|P|           PID           |TSC|A|D|counter|
 * |  A: length of the adaptation field, its flags, PCR ...        |
 * |  D: payload                                                   |
 */
gboolean
lec_ts_packet_parse (const guint8 *bytes, LecTsPacket *packet)
{
  const guint control = bytes[3];
  guint offset = HEADER;

  if (bytes[0] != LEC_TS_SYNC || (bytes[1] & 0x80) != 0
      || (control & (HAS_ADAPTATION | HAS_PAYLOAD)) == 0)
    return FALSE;
  if (control & HAS_ADAPTATION)
    offset += 1 + bytes[HEADER];
  if (offset > LEC_TS_PACKET)
    return FALSE;

  packet->pid = (guint16) ((bytes[1] & 0x1f) << 8 | bytes[2]);
  packet->counter = control & 0x0f;
  packet->scrambling = (guint8) (control >> 6);
  packet->payload_offset = (control & HAS_PAYLOAD) != 0 ? (guint8) offset : LEC_TS_PACKET;
  packet->starts = (bytes[1] & 0x40) != 0;
  packet->discontinuity = packet->random_access = FALSE;
  packet->pcr = -1;
  if (control & HAS_ADAPTATION)
    parse_adaptation (packet, bytes + HEADER, bytes[HEADER]);
  return TRUE;
}

void
lec_ts_packet_clear (guint8 *bytes)
{
  static const guint8 header[HEADER] = { LEC_TS_SYNC, 0x1f, 0xff, HAS_PAYLOAD };

  memcpy (bytes, header, HEADER);
  memset (bytes + HEADER, 0xff, LEC_TS_PACKET - HEADER);
}

gboolean
lec_ts_is_aligned (const guint8 *bytes, gsize size)
{
  if (size == 0 || size % LEC_TS_PACKET != 0)
    return FALSE;
  for (gsize i = 0; i < size; i += LEC_TS_PACKET) {
    if (bytes[i] != LEC_TS_SYNC)
      return FALSE;
  }
  return TRUE;
}
