/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/ulpfec-encoder.h"

#include <string.h>

#include "wire/big-endian.h"
#include "wire/xor.h"

#define RTP 12 /* [bytes] of its fixed header */
#define HEADER                                                                                     \
  18 /* [bytes] of that of ULPFEC: the common one, and that of level 0, with a long mask */
#define LONG_MASK 0x40

struct _LecUlpfecEncoder
{
  guint payload;
  guint group_size;
  guint16 shift; /* parity packets so far */

  /* of the group */
  guint count;
  guint16 base;   /* number of its first packet... */
  guint16 newest; /* ...and of its last one */
  guint64 mask;
  guint8 first, second; /* sums of the first bytes of the headers */
  guint32 timestamp;
  guint16 length;
  LecXor sum;
  guint8 head[RTP]; /* of its last packet */
};

LecUlpfecEncoder *
lec_ulpfec_encoder_new (guint payload, guint percent)
{
  LecUlpfecEncoder *self = g_new0 (LecUlpfecEncoder, 1);

  g_return_val_if_fail (percent >= 1 && percent <= 100, self);

  self->payload = payload;
  self->group_size = MIN (100 / percent, LEC_ULPFEC_GROUP_MOST);
  lec_xor_init (&self->sum, LEC_ULPFEC_SIZE);
  return self;
}

void
lec_ulpfec_encoder_free (LecUlpfecEncoder *self)
{
  if (self == NULL)
    return;

  lec_xor_clear (&self->sum);
  g_free (self);
}

static void
begin (LecUlpfecEncoder *self, guint16 number)
{
  self->base = number;
  self->mask = 0;
  self->first = self->second = 0;
  self->timestamp = 0;
  self->length = 0;
  lec_xor_reset (&self->sum);
}

gboolean
lec_ulpfec_encoder_add (LecUlpfecEncoder *self, guint8 *bytes, gsize size)
{
  guint16 number, ahead;

  if (size < RTP)
    return FALSE;
  number = (guint16) (lec_big_endian_read_u16 (bytes + 2) + self->shift);
  lec_big_endian_write_u16 (bytes + 2, number);
  if (self->count == 0)
    begin (self, number);
  ahead = (guint16) (number - self->base);
  memcpy (self->head, bytes, RTP);
  self->newest = number;
  if (size > LEC_ULPFEC_SIZE || ahead >= LEC_ULPFEC_GROUP_MOST)
    return self->count > 0;
  self->mask |= G_GUINT64_CONSTANT (1) << (LEC_ULPFEC_GROUP_MOST - 1 - ahead);
  self->first ^= bytes[0] & 0x3f;
  self->second ^= bytes[1];
  self->timestamp ^= lec_big_endian_read_u32 (bytes + 4);
  self->length ^= (guint16) (size - RTP);
  lec_xor_add (&self->sum, bytes + RTP, size - RTP);
  return ++self->count >= self->group_size;
}

/*  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |E|L|P|X|  CC   |M| PT recovery |            SN base            |
 * |                          TS recovery                          |
 * |        length recovery        |       protection length       |
 * |             mask              |        mask, where L is 1     |
 * |                              ...                              | */
gsize
lec_ulpfec_encoder_take (LecUlpfecEncoder *self, guint8 *bytes)
{
  guint8 *at = bytes + RTP;

  if (self->count == 0)
    return 0;
  memcpy (bytes, self->head, RTP);
  bytes[0] = 0x80;
  bytes[1] = (guint8) self->payload;
  lec_big_endian_write_u16 (bytes + 2, (guint16) (self->newest + 1));
  at[0] = LONG_MASK | self->first;
  at[1] = self->second;
  lec_big_endian_write_u16 (at + 2, self->base);
  lec_big_endian_write_u32 (at + 4, self->timestamp);
  lec_big_endian_write_u16 (at + 8, self->length);
  lec_big_endian_write_u16 (at + 10, (guint) self->sum.length);
  lec_big_endian_write_u16 (at + 12, (guint) (self->mask >> 32));
  lec_big_endian_write_u32 (at + 14, (guint32) self->mask);
  memcpy (at + HEADER, self->sum.bytes, self->sum.length);
  self->count = 0;
  self->shift++;
  return RTP + HEADER + self->sum.length;
}
