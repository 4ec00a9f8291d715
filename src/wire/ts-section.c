/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-section.h"

#include <string.h>

#define HEADER 3
#define LEAST (8 + LEC_TS_SECTION_CRC) /* [bytes] of one with version and number */
#define STUFFING 0xff

/* Polynomial 0x04c11db7, four bits at a time: tables come some times a second. */
guint32
lec_ts_crc (const guint8 *bytes, guint length)
{
  static const guint32 steps[16]
      = { 0x00000000, 0x04c11db7, 0x09823b6e, 0x0d4326d9, 0x130476dc, 0x17c56b6b,
          0x1a864db2, 0x1e475005, 0x2608edb8, 0x22c9f00f, 0x2f8ad6d6, 0x2b4bcb61,
          0x350c9b64, 0x31cd86d3, 0x3c8ea00a, 0x384fbdbd };
  guint32 crc = 0xffffffff;

  for (guint i = 0; i < length; i++) {
    crc = crc << 4 ^ steps[crc >> 28 ^ bytes[i] >> 4];
    crc = crc << 4 ^ steps[crc >> 28 ^ (bytes[i] & 0x0f)];
  }
  return crc;
}

static guint
get_size (const LecTsSection *self)
{
  return HEADER + ((guint) (self->bytes[1] & 0x0f) << 8 | self->bytes[2]);
}

static void
give (LecTsSection *self, LecTsSectionTake take, gpointer data)
{
  const guint size = get_size (self);

  self->length = 0;
  if (size >= LEAST && lec_ts_crc (self->bytes, size) == 0)
    take (self->bytes, size, data);
}

/* One that is too long is none of ours; where the next one begins, a pointer says. */
static void
append (LecTsSection *self, const guint8 *bytes, guint n, LecTsSectionTake take, gpointer data)
{
  while (n > 0 && self->collecting) {
    const guint wanted = self->length < HEADER ? HEADER : get_size (self);
    const guint more = MIN (n, wanted - self->length);

    if (self->length == 0 && bytes[0] == STUFFING) {
      self->collecting = FALSE;
      return;
    }
    memcpy (self->bytes + self->length, bytes, more);
    self->length += more;
    bytes += more;
    n -= more;
    if (self->length < HEADER)
      return;
    if (get_size (self) > LEC_TS_SECTION_MAX)
      self->collecting = FALSE;
    else if (self->length == get_size (self))
      give (self, take, data);
  }
}

static void
begin (LecTsSection *self)
{
  self->collecting = TRUE;
  self->length = 0;
}

void
lec_ts_section_feed (LecTsSection *self,
                     const LecTsPacket *packet,
                     const guint8 *bytes,
                     LecTsSectionTake take,
                     gpointer data)
{
  const guint8 *payload = bytes + packet->payload_offset;
  guint size = LEC_TS_PACKET - packet->payload_offset;
  guint pointer;

  if (size == 0 || packet->scrambling != 0)
    return;
  if (self->collecting && packet->counter == self->counter)
    return; /* it was sent twice */
  if (lec_ts_counter_diff (self->counter, packet->counter) != 0)
    self->collecting = FALSE;
  self->counter = packet->counter;

  if (!packet->starts) {
    append (self, payload, size, take, data);
    return;
  }
  pointer = payload[0];
  if (pointer >= size)
    return;
  if (self->length > 0)
    append (self, payload + 1, pointer, take, data);
  begin (self);
  append (self, payload + 1 + pointer, size - 1 - pointer, take, data);
}
