/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-carriage.h"

#include <string.h>

#include "wire/ts-packet.h"

#define RTP_HEADER 12
#define RTP_VERSION 0x80 /* 2, in the upper two bits */
#define RTP_PADDING 0x20
#define RTP_CLOCK 90000           /* [Hz] */
#define ROW_SHOWN (4 * 208)       /* a row of the widest packets has begun, and goes on */
#define SHORT (2 * LEC_TS_PACKET) /* up to this size a datagram does not show a row of packets */

G_STATIC_ASSERT (LEC_PACKET_SPARE >= LEC_TS_FRAMER_PENDING + RTP_HEADER);

static gboolean
looks_like_rtp (const LecPacket *packet)
{
  return packet->size >= RTP_HEADER && packet->data[0] >> 6 == 2;
}

/* Whether each packet is one, and not only its first byte. */
static gboolean
are_packets (const guint8 *bytes, gsize size)
{
  LecTsPacket packet;

  for (gsize at = 0; at < size; at += LEC_TS_PACKET) {
    if (!lec_ts_packet_parse (bytes + at, &packet))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_row (const guint8 *bytes, gsize size)
{
  guint step = 0;
  gsize start;

  return lec_ts_find_sync (bytes, size, &start, &step);
}

/* Whether the numbers in what may be an RTP header go on from those of the datagram before. */
static gboolean
goes_on_as_rtp (LecTsCarriage *self, const LecPacket *packet)
{
  const guint8 *b = packet->data;
  const guint16 sequence = (guint16) (b[2] << 8 | b[3]);
  const guint32 ssrc = (guint32) b[8] << 24 | (guint32) (b[9] << 16 | b[10] << 8 | b[11]);
  const gboolean goes_on
      = packet->sender == self->sender && ssrc == self->ssrc && sequence == self->next;

  self->sender = packet->sender;
  self->ssrc = ssrc;
  self->next = (guint16) (sequence + 1);
  return goes_on;
}

static gboolean
is_rtp_with_packets (const LecPacket *packet)
{
  LecPacket copy = *packet;

  return lec_format_rtp.parse (&copy)
         && lec_ts_is_aligned (copy.data + copy.payload_offset, copy.payload_size);
}

/* Of the sender that sends without RTP: all that does not speak for RTP. */
static gboolean
stays_bare (LecTsCarriage *self, const LecPacket *packet)
{
  if (lec_ts_framer_continues (&self->bare, packet->data, packet->size) || !looks_like_rtp (packet))
    return TRUE;
  return !goes_on_as_rtp (self, packet) && !is_rtp_with_packets (packet);
}

/* Where it was announced so: the first piece of a packet is enough. */
static gboolean
begins_as_announced (const LecPacket *packet)
{
  if (lec_ts_is_aligned (packet->data, packet->size) || has_row (packet->data, packet->size))
    return TRUE;
  return packet->size > 0 && packet->size <= SHORT && packet->data[0] == LEC_TS_SYNC
         && (packet->size <= LEC_TS_PACKET || packet->data[LEC_TS_PACKET] == LEC_TS_SYNC);
}

static gboolean
begins_otherwise (LecTsCarriage *self, const LecPacket *packet)
{
  const gboolean whole
      = lec_ts_is_aligned (packet->data, packet->size) && are_packets (packet->data, packet->size);

  self->row = whole ? self->row + 1 : 0;
  return self->row >= LEC_TS_ROW || has_row (packet->data, packet->size);
}

gboolean
lec_ts_carriage_is_bare (LecTsCarriage *self,
                         const LecFormat *announced,
                         const LecPacket *packet,
                         gboolean current)
{
  if (current)
    return stays_bare (self, packet);
  if (looks_like_rtp (packet))
    return FALSE;
  return announced->is_ts ? begins_as_announced (packet) : begins_otherwise (self, packet);
}

/* RTCP says how long it is (RFC 3550, section 6.4.1). */
static gboolean
has_rtcp_length (const guint8 *data, gsize size)
{
  return size >= 4 && 4 * (gsize) (1 + (data[2] << 8 | data[3])) <= size;
}

gboolean
lec_ts_carriage_is_piece (const LecTsCarriage *self, const guint8 *data, gsize size)
{
  return lec_ts_framer_continues (&self->bare, data, size) || !has_rtcp_length (data, size);
}

gboolean
lec_ts_carriage_has_packets (const LecPacket *packet)
{
  const guint8 *payload = packet->data + packet->payload_offset;

  if (packet->payload_size == 0)
    return FALSE;
  if (lec_ts_is_aligned (payload, packet->payload_size))
    return are_packets (payload, packet->payload_size);
  return has_row (payload, MIN (packet->payload_size, ROW_SHOWN));
}

gboolean
lec_ts_carriage_join (LecTsCarriage *self, LecPacket *packet)
{
  guint8 *payload = packet->data + packet->payload_offset;
  LecTsFramer *framer = &self->payloads;

  if (lec_ts_framer_is_whole (framer, payload, packet->payload_size)) /* nearly always */
    return TRUE;
  /* what never was a transport stream is left as it is, for others to name */
  if (framer->step == 0 && !has_row (payload, packet->payload_size))
    return TRUE;
  packet->payload_size = (guint32) lec_ts_framer_process (framer, payload, packet->payload_size);
  packet->size = packet->payload_offset + packet->payload_size;
  packet->data[0] &= (guint8) ~RTP_PADDING;
  return packet->payload_size > 0;
}

void
lec_ts_carriage_wrap (LecPacket *packet, guint8 payload)
{
  const guint16 sequence = (guint16) packet->extended_sequence;
  const guint32 timestamp = (guint32) (packet->pts_ns / 1000 * RTP_CLOCK / 1000000);
  const guint8 header[RTP_HEADER] = { RTP_VERSION,
                                      payload,
                                      (guint8) (sequence >> 8),
                                      (guint8) sequence,
                                      (guint8) (timestamp >> 24),
                                      (guint8) (timestamp >> 16),
                                      (guint8) (timestamp >> 8),
                                      (guint8) timestamp };

  memmove (packet->data + RTP_HEADER, packet->data + packet->payload_offset, packet->payload_size);
  memcpy (packet->data, header, RTP_HEADER);
  packet->payload_offset = RTP_HEADER;
  packet->size = RTP_HEADER + packet->payload_size;
  packet->payload_type = payload;
  packet->sequence = sequence;
  packet->timestamp = timestamp;
  packet->ssrc = 0;
  packet->marker = FALSE;
}
