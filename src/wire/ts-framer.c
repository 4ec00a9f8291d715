/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-framer.h"

#include <string.h>

#include "wire/ts-packet.h"

#define ROW_LEAST 3 /* sync bytes that are no chance... */
#define ROW 4       /* ...and so many where they are to be seen */

static const guint steps[] = { LEC_TS_PACKET, 192, 204, 208 };

G_STATIC_ASSERT (LEC_TS_FRAMER_PENDING >= ROW_LEAST * 208);

/* Counts sync bytes from the first packet on; 0 where one is missing. */
static guint
count_row (const guint8 *bytes, gsize size, gsize first, guint step)
{
  guint count = 0;

  for (gsize at = first; at < size && count < ROW; at += step, count++) {
    if (bytes[at] != LEC_TS_SYNC)
      return 0;
  }
  return count;
}

static gboolean
find_step (const guint8 *bytes, gsize size, gsize first, guint *step)
{
  if (*step != 0 && count_row (bytes, size, first, *step) >= ROW_LEAST)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (count_row (bytes, size, first, steps[i]) >= ROW_LEAST) {
      *step = steps[i];
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
lec_ts_find_sync (const guint8 *bytes, gsize size, gsize *start, guint *step)
{
  for (gsize at = 0; at + (ROW_LEAST - 1) * LEC_TS_PACKET < size; at++) {
    if (bytes[at] == LEC_TS_SYNC && find_step (bytes, size, at, step)) {
      *start = at;
      return TRUE;
    }
  }
  return FALSE;
}

/* [bytes] from the next ones to where a packet has to begin. */
static gsize
get_expected (const LecTsFramer *self)
{
  if (self->n_pending == 0)
    return self->skip;
  return (self->n_pending + self->step - 1) / self->step * self->step - self->n_pending;
}

gboolean
lec_ts_framer_is_whole (const LecTsFramer *self, const guint8 *bytes, gsize size)
{
  return self->n_pending == 0 && self->skip == 0 && lec_ts_is_aligned (bytes, size);
}

gboolean
lec_ts_framer_continues (const LecTsFramer *self, const guint8 *bytes, gsize size)
{
  return self->in_sync && count_row (bytes, size, get_expected (self), self->step) > 0;
}

void
lec_ts_framer_break (LecTsFramer *self)
{
  self->in_sync = FALSE;
  self->n_pending = 0;
  self->skip = 0;
}

/* Of what cannot be told yet the newest is kept. */
static void
keep (LecTsFramer *self, const guint8 *bytes, gsize size)
{
  const gsize kept = MIN (size, LEC_TS_FRAMER_PENDING);

  memcpy (self->pending, bytes + size - kept, kept);
  self->n_pending = (guint) kept;
}

/* Pieces that do not belong together may by chance fit, as datagrams of many senders have all the
 * same cut: then packets of the same PID that follow do not go on. */
static gboolean
has_successor (const LecTsFramer *self, const guint8 *bytes, gsize size, gsize at)
{
  LecTsPacket packet, next;

  if (!lec_ts_packet_parse (bytes + at, &packet) || !lec_ts_packet_has_payload (&packet))
    return TRUE;
  for (at += self->step; at + LEC_TS_PACKET <= size; at += self->step) {
    if (lec_ts_packet_parse (bytes + at, &next) && next.pid == packet.pid
        && lec_ts_packet_has_payload (&next) && next.pid != LEC_TS_NULL_PID)
      return next.discontinuity || next.counter == packet.counter
             || next.counter == ((packet.counter + 1) & 0x0f);
  }
  return TRUE;
}

/* Whether another row of packets begins in the middle of this one: the sender itself has cut it. */
static gboolean
is_cut_off (const LecTsFramer *self, const guint8 *bytes, gsize size, gsize at)
{
  guint step = self->step;
  gsize start;

  if (at + step >= size || bytes[at + step] == LEC_TS_SYNC)
    return FALSE;
  at++;
  return lec_ts_find_sync (bytes + at, size - at, &start, &step) && start + 1 < LEC_TS_PACKET;
}

/* What may be done with the packet that seems to begin at a place. */
typedef enum {
  WHOLE,
  UNFINISHED, /* the rest of it, or what shows that it is one, has not come */
  BROKEN,     /* its pieces do not belong together */
  NONE,       /* none begins there */
} Look;

/* @carried: [bytes] in front that had come before */
static Look
look_at (const LecTsFramer *self, const guint8 *bytes, gsize size, gsize at, gsize carried)
{
  if (bytes[at] != LEC_TS_SYNC)
    return NONE;
  if (at >= carried) {
    if (at + LEC_TS_PACKET > size)
      return UNFINISHED;
    return is_cut_off (self, bytes, size, at) ? NONE : WHOLE;
  }
  if (at + self->step >= size)
    return UNFINISHED;
  if (count_row (bytes, size, at, self->step) == 0)
    return NONE;
  return has_successor (self, bytes, size, at) ? WHOLE : BROKEN;
}

static gsize
process (LecTsFramer *self, guint8 *bytes, gsize size, gsize carried)
{
  gsize at = self->in_sync && carried == 0 ? self->skip : 0;
  gsize out = 0, start;

  self->skip = 0;
  while (at < size) {
    Look look = UNFINISHED;

    if (!self->in_sync) {
      self->in_sync = lec_ts_find_sync (bytes + at, size - at, &start, &self->step);
      at += self->in_sync ? start : 0;
    }
    if (self->in_sync)
      look = look_at (self, bytes, size, at, carried);
    if (look == UNFINISHED) {
      keep (self, bytes + at, size - at);
      return out;
    }
    if (look == NONE) { /* as another row begins behind it */
      self->in_sync = FALSE;
      at++;
      continue;
    }
    if (look == WHOLE) {
      self->joined |= at < carried && out == 0;
      self->is_crossed |= at < carried;
      memmove (bytes + out, bytes + at, LEC_TS_PACKET);
      out += LEC_TS_PACKET;
    }
    at += self->step;
  }
  self->skip = (guint) (at - size);
  return out;
}

gsize
lec_ts_framer_process (LecTsFramer *self, guint8 *bytes, gsize size)
{
  const gsize carried = self->n_pending;

  self->joined = FALSE;
  if (lec_ts_framer_is_whole (self, bytes, size)) {
    self->in_sync = TRUE;
    self->step = LEC_TS_PACKET;
    return size;
  }
  if (carried > 0) {
    memmove (bytes + carried, bytes, size);
    memcpy (bytes, self->pending, carried);
    self->n_pending = 0;
  }
  return process (self, bytes, size + carried, carried);
}
