/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/red.h"

#include <string.h>

#include "wire/reader.h"

/*  0                   1                    2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3  4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|  block PT   |  timestamp offset         |   block length    |
 * |0|  block PT   |  then the blocks in the order of their headers */
guint
lec_red_read (const guint8 *bytes, gsize length, LecRedBlock *blocks)
{
  LecReader reader = lec_reader_init (bytes, length);
  guint count = 0;
  gboolean more;

  do {
    const guint8 first = lec_reader_u8 (&reader);
    LecRedBlock *block = &blocks[count];

    more = (first & 0x80) != 0;
    *block = (LecRedBlock){ .payload = first & 0x7f };
    if (more) {
      lec_reader_skip (&reader, 1);
      block->length = lec_reader_u16 (&reader) & 0x3ff;
    }
    count++;
  } while (more && !reader.failed && count < LEC_RED_BLOCKS);
  if (more || reader.failed)
    return 0;
  for (guint i = 0; i + 1 < count; i++)
    blocks[i].bytes = lec_reader_bytes (&reader, blocks[i].length);
  blocks[count - 1].length = reader.left;
  blocks[count - 1].bytes = lec_reader_bytes (&reader, reader.left);
  return reader.failed ? 0 : count;
}

gboolean
lec_red_unwrap (LecPacket *packet)
{
  LecRedBlock blocks[LEC_RED_BLOCKS];
  const guint count
      = lec_red_read (packet->data + packet->payload_offset, packet->payload_size, blocks);
  const LecRedBlock *primary;

  if (count == 0 || blocks[count - 1].length == 0)
    return FALSE;
  primary = &blocks[count - 1];
  memmove (packet->data + packet->payload_offset, primary->bytes, primary->length);
  packet->data[0] &= (guint8) ~0x20; /* no padding is left */
  packet->data[1] = (guint8) ((packet->data[1] & 0x80) | primary->payload);
  packet->payload_type = (guint16) primary->payload;
  packet->payload_size = (guint32) primary->length;
  packet->size = packet->payload_offset + packet->payload_size;
  return TRUE;
}
