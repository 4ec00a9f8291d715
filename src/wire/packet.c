/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/packet.h"

#include "wire/reader.h"

#define TS_PACKET 188
#define TS_SYNC 0x47

/*  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                  CSRC, 0 to 15, 4 bytes each                  |
 * |  X: 16 bits profile, 16 bits length in words, then the words  |
 * |  payload; P: its last byte counts the padding, itself too     |
 */
gboolean
lec_packet_parse (LecPacket *packet)
{
  LecReader reader = lec_reader_init (packet->data, packet->size);
  guint8 first = lec_reader_u8 (&reader);
  guint8 second = lec_reader_u8 (&reader);
  guint16 sequence = lec_reader_u16 (&reader);
  guint32 timestamp = lec_reader_u32 (&reader);
  guint32 ssrc = lec_reader_u32 (&reader);
  guint padding = 0;

  if (first >> 6 != 2)
    return FALSE;

  lec_reader_skip (&reader, 4 * (gsize) (first & 0x0f));
  if (first & 0x10) {
    lec_reader_skip (&reader, 2);
    lec_reader_skip (&reader, 4 * (gsize) lec_reader_u16 (&reader));
  }
  if (reader.failed)
    return FALSE;

  if (first & 0x20) {
    padding = reader.left > 0 ? reader.at[reader.left - 1] : 0;
    if (padding == 0 || padding > reader.left)
      return FALSE;
  }

  packet->payload_offset = (guint32) (reader.at - packet->data);
  packet->payload_size = (guint32) reader.left - padding;
  packet->timestamp = timestamp;
  packet->ssrc = ssrc;
  packet->sequence = sequence;
  packet->payload_type = second & 0x7f;
  packet->marker = (second & 0x80) != 0;
  return TRUE;
}

gboolean
lec_packet_is_rtcp (const guint8 *data, gsize size)
{
  return size >= 8 && data[0] >> 6 == 2 && data[1] >= 192 && data[1] <= 223;
}

gboolean
lec_packet_is_ts (const guint8 *data, gsize size)
{
  if (size == 0 || size % TS_PACKET != 0)
    return FALSE;
  for (gsize i = 0; i < size; i += TS_PACKET) {
    if (data[i] != TS_SYNC)
      return FALSE;
  }
  return TRUE;
}

static void
release_heap (LecPacket *packet)
{
  g_free (packet->data);
  g_free (packet);
}

LecPacket *
lec_packet_new (gsize capacity)
{
  LecPacket *packet = g_new0 (LecPacket, 1);

  packet->data = g_malloc (capacity);
  packet->capacity = (guint32) capacity;
  packet->release = release_heap;
  return packet;
}

void
lec_packet_release (LecPacket *packet)
{
  if (packet != NULL)
    packet->release (packet);
}
