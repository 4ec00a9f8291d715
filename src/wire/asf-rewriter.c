/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-rewriter.h"

#include <string.h>

#include "wire/asf-field.h"
#include "wire/asf-packet.h"

/* asfdemux shows no pads before it has a presentation time, without the preroll in it, that is past
 * the preroll. So that much after twice the preroll it does so at once, and none that is a bit
 * before the first one is negative. */
#define AHEAD_MS 1000

/* [ms] Times are 32 bits wide: half of that is 24 days. What seems to be later is before the first.
 */
#define WRAP_NEAR_MS 0x80000000u

#define PADDING_TYPE 0x18 /* of the length type flags */
#define PADDING_8 0x08
#define PADDING_16 0x10

/* Fields in front of the payloads: where they stand, and what they become. */
typedef struct
{
  guint flags_at;
  guint length_at, length_width; /* of the packet */
  guint padding_at, padding_width;
  guint send_at;

  guint wider; /* [bytes] that the padding length becomes wider by */
  gsize padding;
} Front;

static void
find_front (Front *front, const guint8 *bytes, const LecAsfPacket *packet)
{
  const guint8 flags = bytes[packet->correction_length];

  front->flags_at = packet->correction_length;
  front->length_at = front->flags_at + 2;
  front->length_width = lec_asf_field_width (flags >> 5);
  front->padding_at = front->length_at + front->length_width + lec_asf_field_width (flags >> 1);
  front->padding_width = lec_asf_field_width (flags >> 3);
  front->send_at = front->padding_at + front->padding_width;
}

/* What the padding length says does not count itself, but a wider one leaves less to be padded.
 *
 * Returns: whether there is a way to say it */
static gboolean
plan_padding (Front *front, gsize end, gsize packet_size)
{
  gsize gap;

  if (end > packet_size)
    return FALSE;
  gap = packet_size - end;
  front->wider = 0;
  if (front->padding_width == 0 && gap > 0)
    front->wider = gap - 1 <= G_MAXUINT8 ? 1 : 2;
  else if (front->padding_width == 1 && gap > G_MAXUINT8)
    front->wider = 1;
  front->padding = gap - front->wider;
  return front->padding <= G_MAXUINT16 || front->padding_width == 4;
}

static void
move_time (guint8 *at, guint32 shift)
{
  lec_asf_field_write (at, 4, lec_asf_field_read (at, 4) + shift);
}

static void
move_times (LecAsfRewriter *self, guint8 *bytes, LecAsfPacket *packet, guint send_at)
{
  const guint8 *moved = NULL;
  LecAsfPayload payload;

  if (!self->has_begun)
    self->shift_ms = self->start_ms - packet->send_time;
  self->has_begun = TRUE;
  self->send_time = packet->send_time + self->shift_ms;
  move_time (bytes + send_at, self->shift_ms);
  while (lec_asf_packet_next (packet, &payload)) {
    /* the pieces of a payload have one in common */
    if (payload.time != NULL && payload.time != moved)
      move_time (bytes + (payload.time - bytes), self->shift_ms);
    moved = payload.time;
  }
}

/* What stands in front of the padding length moves towards the start by what it needs.
 *
 * Returns: where the packet begins now */
static guint8 *
write_padding (const LecAsfRewriter *self, const Front *front, guint8 *bytes)
{
  guint8 *start = bytes - front->wider;
  const guint width = front->padding_width + front->wider;

  memmove (start, bytes, front->padding_at);
  if (front->wider > 0) {
    start[front->flags_at] &= (guint8) ~PADDING_TYPE;
    start[front->flags_at] |= width == 1 ? PADDING_8 : PADDING_16;
  }
  lec_asf_field_write (start + front->padding_at, width, front->padding);
  lec_asf_field_write (start + front->length_at, front->length_width, self->packet_size);
  return start;
}

void
lec_asf_rewriter_init (LecAsfRewriter *self, const LecAsfHeader *header)
{
  *self = (LecAsfRewriter){
    .packet_size = header->packet_size,
    .start_ms = 2 * (guint32) MIN (header->preroll_ms, WRAP_NEAR_MS / 8) + AHEAD_MS,
  };
}

void
lec_asf_rewriter_begin (LecAsfRewriter *self)
{
  self->has_begun = FALSE;
}

gboolean
lec_asf_rewriter_nears_wrap (const LecAsfRewriter *self)
{
  return self->has_begun && self->send_time > WRAP_NEAR_MS;
}

guint8 *
lec_asf_rewriter_write (LecAsfRewriter *self, guint8 *bytes, gsize size, gsize capacity)
{
  LecAsfPacket packet;
  Front front;
  guint8 *start;

  if (!lec_asf_packet_read (bytes, size, &packet) || packet.is_parity
      || self->packet_size > capacity)
    return NULL;
  find_front (&front, bytes, &packet);
  if (!plan_padding (&front, packet.end, self->packet_size)
      || (front.length_width > 0 && front.length_width < 4
          && self->packet_size >> 8 * front.length_width > 0))
    return NULL;
  move_times (self, bytes, &packet, front.send_at);
  start = write_padding (self, &front, bytes);
  memset (bytes + packet.end, 0, self->packet_size - front.wider - packet.end);
  return start;
}
