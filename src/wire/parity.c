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

/* Reads the mask of FlexFEC: up to three parts, of which a bit k says whether another follows; in
 * draft 03 it says that none does. The third has one there too, which cannot lead on. */
static gboolean
read_flex_mask (LecReader *reader, gboolean draft, LecParityGroup *group)
{
  const guint16 first = lec_reader_u16 (reader);
  guint32 second;

  *group = (LecParityGroup){ 0 };
  add_mask (group, first & 0x7fff, 15, 0);
  if ((first >> 15 != 0) == draft)
    return group->count > 0;
  second = lec_reader_u32 (reader);
  add_mask (group, second & 0x7fffffff, 31, 15);
  if ((second >> 31 != 0) == draft)
    return group->count > 0;
  if (draft)
    add_mask (group, lec_reader_u64 (reader), 63, 46);
  else
    add_mask (group, lec_reader_u64 (reader), 64, 46);
  return group->count > 0;
}

/* A row of L packets where D is 0 or 1, else a column: D packets, each L behind the one before. */
static gboolean
read_flex_matrix (LecReader *reader, LecParityGroup *group)
{
  const guint columns = lec_reader_u8 (reader), rows = lec_reader_u8 (reader);

  return rows <= 1 ? set_matrix (group, 1, columns) : set_matrix (group, columns, rows);
}

/* RFC 8627, 4.2.2.3: a packet that is sent again as it was, but for the first two bits; it is the
 * sum of itself.
 *
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|0|P|X|  CC   |M| PT          |        sequence number        |
 * |                          time stamp                           |
 * |                             SSRC                              |
 */
static gboolean
read_flex_again (LecReader *reader, LecFlexParity *parity)
{
  LecParity *sum = &parity->sum;
  LecParityPart *part = &parity->parts[0];

  sum->second = lec_reader_u8 (reader);
  part->base = lec_reader_u16 (reader);
  sum->timestamp = lec_reader_u32 (reader);
  part->ssrc = lec_reader_u32 (reader);
  parity->count = 1;
  sum->size = reader->left;
  sum->length = (guint16) sum->size;
  sum->bytes = lec_reader_bytes (reader, reader->left);
  return set_matrix (&part->group, 1, 1) && !reader->failed && sum->size <= G_MAXUINT16;
}

/* RFC 8627, 4.2.2: of which streams it is says the CSRC list; in draft 03 the header does, which
 * browsers send, and there is no such list.
 *
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |R|F|P|X|  CC   |M| PT recovery |        length recovery        |
 * |                          TS recovery                          |
 * | draft: SSRC count; reserved                                   |
 * |                                        of each stream:        |
 * | draft: SSRC                                                   |
 * |            SN base            |k| mask, or of F: L, D         |
 */
gboolean
lec_parity_read_flex (const LecPacket *packet, LecFlexParity *parity)
{
  LecReader sources = lec_reader_init (packet->data, packet->size);
  LecReader reader = lec_reader_init (packet->data + packet->payload_offset, packet->payload_size);
  LecParity *sum = &parity->sum;
  const guint8 first = lec_reader_u8 (&reader);
  guint n_sources = lec_reader_u8 (&sources) & 0x0f;
  const gboolean draft = n_sources == 0;
  gboolean good = TRUE;

  *sum = (LecParity){ .scheme = LEC_REPAIR_FLEXFEC, .first = first & 0x3f };
  if (first >> 6 == 2)
    return read_flex_again (&reader, parity);
  lec_reader_skip (&sources, LEC_PARITY_HEADER - 1);
  sum->second = lec_reader_u8 (&reader);
  sum->length = lec_reader_u16 (&reader);
  sum->timestamp = lec_reader_u32 (&reader);
  if (draft) {
    n_sources = lec_reader_u8 (&reader);
    lec_reader_skip (&reader, 3);
  }
  parity->count = MIN (n_sources, LEC_PARITY_STREAMS);
  for (guint i = 0; i < parity->count; i++) {
    LecParityPart *part = &parity->parts[i];

    part->ssrc = lec_reader_u32 (draft ? &reader : &sources);
    part->base = lec_reader_u16 (&reader);
    good &= first & 0x40 ? read_flex_matrix (&reader, &part->group)
                         : read_flex_mask (&reader, draft, &part->group);
  }
  sum->size = reader.left;
  sum->bytes = lec_reader_bytes (&reader, reader.left);
  return good && !reader.failed && !sources.failed && (first & 0x80) == 0 && n_sources > 0
         && n_sources <= LEC_PARITY_STREAMS;
}

static gboolean
read_flex (const LecPacket *packet, guint32 ssrc, LecParity *parity)
{
  LecFlexParity flex;

  if (!lec_parity_read_flex (packet, &flex) || flex.count != 1 || flex.parts[0].ssrc != ssrc)
    return FALSE;
  *parity = flex.sum;
  parity->base = flex.parts[0].base;
  parity->group = flex.parts[0].group;
  return TRUE;
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
    return read_flex (packet, ssrc, parity);
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
