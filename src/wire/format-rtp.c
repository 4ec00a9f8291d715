/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RTP version 2 (RFC 3550, section 5.1). */
#include "wire/format.h"
#include "wire/packet.h"
#include "wire/reader.h"

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
static gboolean
parse (LecPacket *packet)
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
  packet->bare = FALSE;
  packet->role = LEC_ROLE_MEDIA;
  return TRUE;
}

static void
renumber (LecPacket *packet, guint32 sequence)
{
  packet->sequence = sequence & 0xffff;
  packet->data[2] = (guint8) (sequence >> 8);
  packet->data[3] = (guint8) sequence;
}

/* RTCP on a port shared with RTP (RFC 5761, section 4). */
static gboolean
is_control (const guint8 *data, gsize size)
{
  return size >= 8 && data[0] >> 6 == 2 && data[1] >= 192 && data[1] <= 223;
}

static guint
peek_payload (const guint8 *data, gsize size)
{
  return size > 1 ? data[1] & 0x7f : 0;
}

const LecFormat lec_format_rtp = {
  .name = "rtp",
  .parse = parse,
  .renumber = renumber,
  .is_control = is_control,
  .peek_payload = peek_payload,
  .number_bits = 16,
  .repair = TRUE,
  .reports = TRUE,
  .caps = "application/x-rtp",
};
