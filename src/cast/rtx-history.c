/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/rtx-history.h"

#include <string.h>

#include "wire/big-endian.h"

#define HEADER 12 /* [bytes] of RTP, without sources and extensions */
#define NUMBER 2  /* [bytes] the original number (OSN) in front of the payload */

typedef struct
{
  guint8 bytes[LEC_RTX_SIZE];
  guint16 size; /* 0: none yet */
  guint16 number;
  gint64 sent_us;
  gint64 again_us; /* G_MININT64: never */
} Slot;

struct _LecRtxHistory
{
  gint64 kept_us;
  Slot *slots; /* by number */
  guint16 next_number;
  guint32 ssrc;
  gsize allowance; /* [bytes] that may be sent again now */
};

LecRtxHistory *
lec_rtx_history_new (guint kept_ms, guint32 seed)
{
  LecRtxHistory *self = g_new0 (LecRtxHistory, 1);

  self->kept_us = (gint64) kept_ms * G_TIME_SPAN_MILLISECOND;
  self->slots = g_new0 (Slot, LEC_RTX_PACKETS);
  self->next_number = (guint16) seed;
  self->allowance = LEC_RTX_BURST / 2;
  return self;
}

void
lec_rtx_history_free (LecRtxHistory *self)
{
  if (self == NULL)
    return;

  g_free (self->slots);
  g_free (self);
}

void
lec_rtx_history_add (LecRtxHistory *self, const guint8 *bytes, gsize size, gint64 now_us)
{
  Slot *slot;

  if (size < HEADER)
    return;
  self->ssrc = lec_big_endian_read_u32 (bytes + 8);
  self->allowance = MIN (self->allowance + size / LEC_RTX_SHARE, LEC_RTX_BURST);
  slot = &self->slots[lec_big_endian_read_u16 (bytes + 2) % LEC_RTX_PACKETS];
  slot->size = 0;
  if (size > LEC_RTX_SIZE)
    return;
  memcpy (slot->bytes, bytes, size);
  slot->size = (guint16) size;
  slot->number = lec_big_endian_read_u16 (bytes + 2);
  slot->sent_us = now_us;
  slot->again_us = G_MININT64;
}

guint32
lec_rtx_history_get_ssrc (const LecRtxHistory *self)
{
  return self->ssrc;
}

/* [bytes] of the header with its sources and its extension; 0: it is longer than the packet. */
static gsize
find_payload (const Slot *slot)
{
  gsize at = HEADER + 4 * (gsize) (slot->bytes[0] & 0x0f);

  if ((slot->bytes[0] & 0x10) != 0) {
    if (at + 4 > slot->size)
      return 0;
    at += 4 + 4 * (gsize) lec_big_endian_read_u16 (slot->bytes + at + 2);
  }
  return at <= slot->size ? at : 0;
}

/* [bytes] of padding, which is not sent again (RFC 4588, section 4). */
static gsize
count_padding (const Slot *slot, gsize payload)
{
  const gsize padding = (slot->bytes[0] & 0x20) != 0 ? slot->bytes[slot->size - 1] : 0;

  return padding <= slot->size - payload ? padding : 0;
}

gsize
lec_rtx_history_answer (LecRtxHistory *self, guint16 number, gint64 now_us, guint8 *bytes)
{
  Slot *slot = &self->slots[number % LEC_RTX_PACKETS];
  gsize payload, length;

  if (slot->size == 0 || slot->number != number || now_us - slot->sent_us > self->kept_us
      || (slot->again_us != G_MININT64 && now_us - slot->again_us < LEC_RTX_AGAIN_US)
      || self->allowance < slot->size)
    return 0;
  payload = find_payload (slot);
  if (payload == 0)
    return 0;
  length = slot->size - payload - count_padding (slot, payload);
  slot->again_us = now_us;
  self->allowance -= slot->size;
  memcpy (bytes, slot->bytes, payload);
  bytes[0] &= (guint8) ~0x20;
  bytes[1] = (guint8) ((bytes[1] & 0x80) | LEC_RTX_PAYLOAD);
  lec_big_endian_write_u16 (bytes + 2, self->next_number++);
  lec_big_endian_write_u16 (bytes + payload, number);
  memcpy (bytes + payload + NUMBER, slot->bytes + payload, length);
  return payload + NUMBER + length;
}
