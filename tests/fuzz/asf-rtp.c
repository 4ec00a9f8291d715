/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ASF in RTP: any packets after each other. What comes out is a whole packet of ASF, always of one
 * size.
 *
 * Two bytes of packet size, and then for each packet of RTP one of flags (1: the marker, 2:
 * something is missing in front of it, 4: another time stamp than before, 8: it begins anew), two
 * of its length, and its bytes. */
#include "wire/asf-rtp.h"

#include <string.h>

#include "wire/asf-packet.h"
#include "wire/reader.h"

#define PACKETS_MAX 200

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* (transfer full): the least that has a packet size: a File Properties Object */
static GBytes *
make_header (guint packet_size)
{
  static const guint8 start[] = { 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11,
                                  0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c };
  static const guint8 file[] = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
  guint8 header[30 + 104 + 50] = { 0 };

  memcpy (header, start, sizeof start);
  header[16] = 30 + 104;
  memcpy (header + 30, file, sizeof file);
  header[30 + 16] = 104;
  header[30 + 96] = header[30 + 92] = (guint8) packet_size;
  header[30 + 97] = header[30 + 93] = (guint8) (packet_size >> 8);
  return g_bytes_new (header, sizeof header);
}

static void
take_all (LecAsfRtp *rtp)
{
  const gsize size = lec_asf_rtp_get_packet_size (rtp);
  const guint8 *bytes;
  guint32 later_ms;

  while ((bytes = lec_asf_rtp_take (rtp, &later_ms)) != NULL) {
    LecAsfPacket packet;

    g_assert_true (lec_asf_packet_read (bytes, size, &packet));
    g_assert_false (packet.is_parity);
    g_assert_cmpuint (packet.end, <=, size);
    g_assert_cmpuint (later_ms, <=, 10000);
  }
  g_assert_null (lec_asf_rtp_take (rtp, &later_ms));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  LecReader reader = lec_reader_init (data, size);
  g_autoptr (GBytes) header = make_header (lec_reader_u16 (&reader));
  g_autoptr (LecAsfRtp) rtp = lec_asf_rtp_new (header);
  guint32 timestamp = 0;

  for (guint i = 0; i < PACKETS_MAX && !reader.failed; i++) {
    const guint flags = lec_reader_u8 (&reader);
    const gsize declared = lec_reader_u16 (&reader);
    const gsize length = MIN (declared, reader.left);
    g_autoptr (LecPacket) packet = lec_packet_new (MAX (length, 1));

    if (length > 0)
      memcpy (packet->data, lec_reader_bytes (&reader, length), length);
    packet->payload_offset = 0;
    packet->size = packet->payload_size = (guint32) length;
    packet->marker = (flags & 1) != 0;
    timestamp += (flags & 4) != 0 ? 40 : 0;
    packet->timestamp = timestamp;
    if (flags & 2)
      lec_asf_rtp_break (rtp);
    if (flags & 8)
      lec_asf_rtp_begin (rtp);
    lec_asf_rtp_feed (rtp, packet);
    take_all (rtp);
  }
  return 0;
}
