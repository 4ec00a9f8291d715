/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows Media multicast: one ASF data packet in each datagram ([MS-MSB] 2.2.4), beacons while
 * there is nothing to send (2.2.3). */
#include <string.h>

#include "wire/asf-packet.h"
#include "wire/format.h"
#include "wire/msb.h"
#include "wire/packet.h"
#include "wire/reader.h"

#define RESERVED 0x7800 /* bits of a stream's number that are zero */
#define LEAST 16        /* [bytes] no ASF packet is shorter than 8 */
#define MSBD_LEAST 24   /* [bytes] of a packet of MSBD, which is for servers ([MS-MSBD] 2.2.10) */
#define MSBD_VERSION 0x0106
#define MSBD_PACKET 0x0a /* its message IND_PACKET */

static const guint8 signature[LEC_MSB_BEACON] = { 'M', 'S', 'B', ' ' };

/* Media may begin with the same four bytes, which then are a number. */
static gboolean
is_msbd (const guint8 *data, gsize size)
{
  LecReader reader = lec_reader_init (data, size);

  if (size < MSBD_LEAST || memcmp (data, signature, sizeof signature) != 0)
    return FALSE;
  lec_reader_skip (&reader, sizeof signature);
  return lec_reader_le16 (&reader) == MSBD_VERSION && lec_reader_le16 (&reader) == MSBD_PACKET
         && lec_reader_le32 (&reader) == size;
}

/* | packet ID 32 | stream ID 16: toggle, 4 x 0, format ID 11 | size 16, of all this | ASF packet |
 * Bytes behind that size are nothing. */
static gboolean
parse (LecPacket *packet)
{
  LecReader reader = lec_reader_init (packet->data, packet->size);
  guint32 sequence = lec_reader_le32 (&reader);
  guint16 stream = lec_reader_le16 (&reader);
  guint16 size = lec_reader_le16 (&reader);
  LecAsfPacket asf;

  if (reader.failed || size < LEAST || size > packet->size || (stream & RESERVED) != 0
      || is_msbd (packet->data, packet->size)
      || !lec_asf_packet_read (reader.at, size - LEC_MSB_HEADER, &asf))
    return FALSE;

  packet->payload_offset = LEC_MSB_HEADER;
  packet->payload_size = size - LEC_MSB_HEADER;
  packet->timestamp = asf.send_time;
  packet->ssrc = 0;
  packet->sequence = sequence;
  packet->payload_type = stream;
  packet->marker = FALSE;
  packet->bare = FALSE;
  packet->role = asf.is_parity ? LEC_ROLE_REPAIR : LEC_ROLE_MEDIA;
  return TRUE;
}

static void
renumber (LecPacket *packet, guint32 sequence)
{
  packet->sequence = sequence;
  lec_msb_write_id (packet->data, sequence);
}

static gboolean
is_control (const guint8 *data, gsize size)
{
  return size == sizeof signature && memcmp (data, signature, sizeof signature) == 0;
}

const LecFormat lec_format_msb = {
  .name = "msb",
  .parse = parse,
  .renumber = renumber,
  .is_control = is_control,
  .number_bits = 32,
  .clock_rate = 1000,
  .beacons = TRUE,
  .container = TRUE,
  .sent_in_order = TRUE,
  .caps = "video/x-ms-asf",
  .encoding = "ASF",
};
