/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/parity.h"

#include "wire/reader.h"

#define XOR_TYPE 0 /* of ST 2022-1: the other types are codes that nobody sends */

static gboolean
set_matrix (LecParityGroup *group, guint stride, guint count)
{
  *group = (LecParityGroup){ .stride = stride, .count = count };
  if (stride == 0 || count == 0)
    return FALSE;
  group->span = (count - 1) * stride + 1;
  return TRUE;
}

/* Adds @n bits, the first of which stands for number base + @at. */
static void
add_mask (LecParityGroup *group, guint64 bits, guint n, guint at)
{
  for (guint i = 0; i < n; i++) {
    if ((bits >> (n - 1 - i) & 1) == 0)
      continue;
    group->mask[(at + i) / 64] |= G_GUINT64_CONSTANT (1) << (at + i) % 64;
    group->count++;
    group->span = at + i + 1;
  }
}

/* ST 2022-1, 7.2 and 7.3, behind an RTP header whose bits P, X, CC and M are sums like the rest
 * (RFC 2733), so that there is neither an extension nor padding whatever they say:
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        SNBase low bits        |        length recovery        |
 * |E| PT recovery |                     mask                      |
 * |                          TS recovery                          |
 * |N|D| type|index|    offset     |      NA       |SNBase ext bits|
 *
 * Of D not all senders make the same, and offset says it too. */
static gboolean
read_2022_1 (const LecPacket *packet, LecParity *parity)
{
  LecReader reader = lec_reader_init (packet->data, packet->size);
  guint mask, kind, stride, count;

  parity->first = lec_reader_u8 (&reader) & 0x3f;
  parity->second = lec_reader_u8 (&reader) & 0x80;
  lec_reader_skip (&reader, LEC_PARITY_HEADER - 2);
  parity->base = lec_reader_u16 (&reader);
  parity->length = lec_reader_u16 (&reader);
  parity->second |= lec_reader_u8 (&reader) & 0x7f;
  mask = lec_reader_u8 (&reader);
  mask |= lec_reader_u16 (&reader);
  parity->timestamp = lec_reader_u32 (&reader);
  kind = lec_reader_u8 (&reader) >> 3 & 7;
  stride = lec_reader_u8 (&reader);
  count = lec_reader_u8 (&reader);
  lec_reader_skip (&reader, 1);
  parity->size = reader.left;
  parity->bytes = lec_reader_bytes (&reader, reader.left);
  return !reader.failed && packet->data[0] >> 6 == 2 && mask == 0 && kind == XOR_TYPE
         && set_matrix (&parity->group, stride, count);
}

/* RFC 5109, 7.3 and 7.4. Further levels protect less of more packets; the first one is used.
 *
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |E|L|P|X|  CC   |M| PT recovery |            SN base            |
 * |                          TS recovery                          |
 * |        length recovery        |       protection length       |
 * |             mask              |   mask, 32 more bits if L     |
 */
static gboolean
read_ulp (const LecPacket *packet, LecParity *parity)
{
  LecReader reader = lec_reader_init (packet->data + packet->payload_offset, packet->payload_size);
  const guint8 first = lec_reader_u8 (&reader);

  parity->first = first & 0x3f;
  parity->second = lec_reader_u8 (&reader);
  parity->base = lec_reader_u16 (&reader);
  parity->timestamp = lec_reader_u32 (&reader);
  parity->length = lec_reader_u16 (&reader);
  parity->size = lec_reader_u16 (&reader);
  parity->group = (LecParityGroup){ 0 };
  add_mask (&parity->group, lec_reader_u16 (&reader), 16, 0);
  if (first & 0x40)
    add_mask (&parity->group, lec_reader_u32 (&reader), 32, 16);
  parity->bytes = lec_reader_bytes (&reader, parity->size);
  return !reader.failed && (first & 0x80) == 0 && parity->group.count > 0;
}

gboolean
lec_parity_read (LecRepairScheme scheme, const LecPacket *packet, guint32 ssrc, LecParity *parity)
{
  parity->scheme = scheme;
  switch (scheme) {
  case LEC_REPAIR_2022_1:
    return read_2022_1 (packet, parity);
  case LEC_REPAIR_ULPFEC:
    return packet->ssrc == ssrc && read_ulp (packet, parity);
  case LEC_REPAIR_FLEXFEC:
  case LEC_REPAIR_RTX:
  default:
    return FALSE;
  }
}

gboolean
lec_parity_group_equals (const LecParityGroup *a, const LecParityGroup *b)
{
  return a->stride == b->stride && a->count == b->count && a->mask[0] == b->mask[0]
         && a->mask[1] == b->mask[1];
}
