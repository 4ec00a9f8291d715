/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/msb-packer.h"

#include <string.h>

#include "cast/asf-edit.h"
#include "wire/asf-field.h"
#include "wire/asf-packet.h"

/* Flags of error correction, and its data: the type and the place in the span, then the cycle */
#define CORRECTION_DATA 0x82
#define CORRECTION_PARITY 0x92
#define TYPE_DATA 1
#define TYPE_PARITY 2

void
lec_msb_packer_init (LecMsbPacker *self, guint span)
{
  memset (self, 0, sizeof *self);
  self->span = MIN (span, LEC_MSB_SPAN_MOST);
}

static void
begin_span (LecMsbPacker *self)
{
  memset (self->parity, 0, self->longest);
  self->longest = 0;
  self->in_span = 0;
}

void
lec_msb_packer_begin (LecMsbPacker *self, guint format)
{
  self->stream = (guint16) ((format & LEC_MSB_FORMAT) | (~self->stream & LEC_MSB_TOGGLE));
  begin_span (self);
}

/* Says that there is no padding, and how long the packet is where it says that at all. */
static void
write_lengths (guint8 *packet, gsize size, guint flags_at)
{
  const guint8 flags = packet[flags_at];
  const guint length_width = lec_asf_field_width (flags >> 5);
  guint8 *at = packet + flags_at + 2;

  lec_asf_field_write (at, length_width, size);
  at += length_width + lec_asf_field_width (flags >> 1);
  lec_asf_field_write (at, lec_asf_field_width (flags >> 3), 0);
}

static void
write_correction (const LecMsbPacker *self, guint8 *packet, guint8 flags, guint type, guint number)
{
  packet[0] = flags;
  packet[1] = (guint8) (type | number << 4);
  packet[2] = self->cycle;
}

static void
add_to_parity (LecMsbPacker *self, const guint8 *packet, gsize size)
{
  for (gsize i = LEC_ASF_CORRECTION; i < size; i++)
    self->parity[i] ^= packet[i];
  self->longest = MAX (self->longest, size);
  self->in_span++;
}

static gsize
finish (const LecMsbPacker *self, guint8 *datagram, gsize packet_size)
{
  const gsize size = LEC_MSB_HEADER + packet_size;

  lec_msb_write_header (datagram, self->number, self->stream, (guint) size);
  return size;
}

gsize
lec_msb_packer_put (LecMsbPacker *self, const guint8 *packet, gsize size, guint8 *datagram)
{
  guint8 *out = datagram + LEC_MSB_HEADER;
  LecAsfPacket facts;
  gsize in_front;

  if (!lec_asf_packet_read (packet, size, &facts) || facts.is_parity)
    return 0;
  /* the correction data of all packets are of one size, or parity would mix them with the rest */
  in_front = self->span == 0 ? facts.correction_length : LEC_ASF_CORRECTION;
  size = facts.end - facts.correction_length + in_front;
  if (size > LEC_MSB_MAX_SIZE - LEC_MSB_HEADER)
    return 0;
  memcpy (out, packet, MIN (in_front, facts.correction_length));
  memcpy (out + in_front, packet + facts.correction_length, size - in_front);
  write_lengths (out, size, (guint) in_front);
  if (self->span > 0) {
    write_correction (self, out, CORRECTION_DATA, TYPE_DATA, self->in_span + 1);
    add_to_parity (self, out, size);
  }
  size = finish (self, datagram, size);
  self->number++;
  return size;
}

gsize
lec_msb_packer_get_parity (LecMsbPacker *self, guint8 *datagram)
{
  guint8 *out = datagram + LEC_MSB_HEADER;
  gsize size = self->longest;

  if (self->span == 0 || self->in_span < self->span)
    return 0;
  memcpy (out, self->parity, size);
  write_correction (self, out, CORRECTION_PARITY, TYPE_PARITY, self->span + 1);
  self->number--; /* it has that of the packet before it */
  size = finish (self, datagram, size);
  self->number++;
  self->cycle++;
  begin_span (self);
  return size;
}
