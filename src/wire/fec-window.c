/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-window.h"

#include <string.h>

#define SPAN_FIRST 256 /* [packets], of the matrices that most have */
#define STRIDE_STEP 64 /* [bytes] a line of a cache */
#define MARKER 0x80    /* in the second byte of an RTP header (RFC 3550, section 5.1) */

G_STATIC_ASSERT ((LEC_FEC_WINDOW & (LEC_FEC_WINDOW - 1)) == 0);
G_STATIC_ASSERT (LEC_PACKET_SLOT % STRIDE_STEP == 0);

void
lec_fec_window_forget (LecFecWindow *self)
{
  self->running = FALSE;
  for (guint i = 0; i < LEC_FEC_WINDOW; i++)
    self->numbers[i] = G_MININT64;
}

void
lec_fec_window_init (LecFecWindow *self)
{
  self->begin = self->newest = 0;
  self->span = SPAN_FIRST;
  self->stride = STRIDE_STEP;
  lec_fec_window_forget (self);
}

gboolean
lec_fec_window_widen (LecFecWindow *self, gint64 span)
{
  if (span <= self->span)
    return FALSE;
  while (self->span < span)
    self->span *= 2;
  lec_fec_window_forget (self);
  return TRUE;
}

gboolean
lec_fec_window_reaches (const LecFecWindow *self, gint64 number)
{
  return ABS (number - self->newest) < self->span;
}

/* Where packet @number is kept. */
static gsize
offset_of (const LecFecWindow *self, gint64 number)
{
  return (gsize) lec_fec_window_index (self, number) * self->stride;
}

/* Makes room for packets of @size bytes; those that are kept move apart, the last one first. */
static void
move_apart (LecFecWindow *self, guint32 size)
{
  const guint32 old = self->stride;

  self->stride = (size + STRIDE_STEP - 1) / STRIDE_STEP * STRIDE_STEP;
  for (guint i = (guint) self->span; i-- > 0;)
    memmove (self->packets + (gsize) i * self->stride, self->packets + (gsize) i * old, old);
}

static gboolean
advance (LecFecWindow *self, gint64 number)
{
  if (self->running && number <= self->newest)
    return FALSE;
  if (!self->running)
    self->begin = number;
  self->newest = number;
  self->running = TRUE;
  return TRUE;
}

gboolean
lec_fec_window_add (LecFecWindow *self, gint64 number, const LecPacket *packet)
{
  const guint index = lec_fec_window_index (self, number);
  LecFecSlot *slot = &self->slots[index];

  self->numbers[index] = number;
  *slot = (LecFecSlot){ .arrival_ns = packet->arrival_ns };
  slot->size = packet->size <= LEC_PACKET_SLOT ? packet->size : 0;
  if (slot->size > self->stride)
    move_apart (self, slot->size);
  memcpy (self->packets + offset_of (self, number), packet->data, slot->size);
  return advance (self, number);
}

gboolean
lec_fec_window_add_parity (LecFecWindow *self, gint64 number)
{
  const guint index = lec_fec_window_index (self, number);

  self->numbers[index] = number;
  self->slots[index] = (LecFecSlot){ .is_parity = TRUE };
  return advance (self, number);
}

const guint8 *
lec_fec_window_get (const LecFecWindow *self, gint64 number, guint32 *size)
{
  if (!lec_fec_window_has (self, number))
    return NULL;
  *size = self->slots[lec_fec_window_index (self, number)].size;
  return self->packets + offset_of (self, number);
}

gint64
lec_fec_window_get_arrival (const LecFecWindow *self, gint64 number)
{
  return self->slots[lec_fec_window_index (self, number)].arrival_ns;
}

gboolean
lec_fec_window_ends_frame (const LecFecWindow *self, gint64 number)
{
  const LecFecSlot *slot = &self->slots[lec_fec_window_index (self, number)];

  return lec_fec_window_has (self, number)
         && (slot->is_parity
             || (slot->size > 1 && (self->packets[offset_of (self, number) + 1] & MARKER)));
}

void
lec_fec_window_note_rebuilt (LecFecWindow *self, gint64 number, gboolean has_left)
{
  if (lec_fec_window_has (self, number))
    self->slots[lec_fec_window_index (self, number)].is_rebuilt = has_left;
}

gboolean
lec_fec_window_take_rebuilt (LecFecWindow *self, gint64 number)
{
  LecFecSlot *slot = &self->slots[lec_fec_window_index (self, number)];

  if (!lec_fec_window_has (self, number) || !slot->is_rebuilt)
    return FALSE;
  slot->is_rebuilt = FALSE;
  return TRUE;
}
