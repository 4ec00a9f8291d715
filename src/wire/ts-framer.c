/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-framer.h"

#include <string.h>

#include "wire/ts-packet.h"

#define ROW_LEAST 3 /* sync bytes that are no chance... */
#define OLD 8       /* [datagrams] later than so many nothing comes that is of use */
#define HEADER 12   /* [bytes] of a packet, with a PCR */
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
  const gsize end = size - MIN (size, (ROW_LEAST - 1) * LEC_TS_PACKET); /* of where a row begins */
  const guint8 *at = bytes;

  while ((at = memchr (at, LEC_TS_SYNC, (gsize) (bytes + end - at))) != NULL) {
    const gsize first = (gsize) (at - bytes);

    if (find_step (bytes, size, first, step)) {
      *start = first;
      return TRUE;
    }
    at++;
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
  self->seam.age = 0;
}

/* Of what cannot be told yet the newest is kept. */
static void
keep (LecTsFramer *self, const guint8 *bytes, gsize size)
{
  const gsize kept = MIN (size, LEC_TS_FRAMER_PENDING);

  memcpy (self->pending, bytes + size - kept, kept);
  self->n_pending = (guint) kept;
}

/* Whether packets of one PID go on, as their counters say. */
typedef enum {
  BREAKS,
  UNKNOWN, /* none of its PID is among them */
  FOLLOWS,
} Sequel;

/* Pieces that do not belong together may by chance fit, as datagrams of many senders have all the
 * same cut: then packets of the same PID that follow do not go on.
 * @first: of the packet; @next: those that follow, @step bytes from one to the next */
static Sequel
get_sequel (const guint8 *first, const guint8 *next, gsize count, guint step)
{
  LecTsPacket packet, other;

  if (!lec_ts_packet_parse (first, &packet) || !lec_ts_packet_has_payload (&packet)
      || packet.pid == LEC_TS_NULL_PID)
    return UNKNOWN;
  for (gsize i = 0; i < count; i++, next += step) {
    if (!lec_ts_packet_parse (next, &other) || other.pid != packet.pid
        || !lec_ts_packet_has_payload (&other))
      continue;
    if (other.discontinuity)
      return UNKNOWN;
    return lec_ts_counter_diff (packet.counter, other.counter) == 0 ? FOLLOWS : BREAKS;
  }
  return UNKNOWN;
}

/* @at: where the first of those that follow begins. Whole ones count only. */
static Sequel
get_sequel_at (const guint8 *first, const guint8 *bytes, gsize size, gsize at, guint step)
{
  const gsize count = at + LEC_TS_PACKET <= size ? (size - at - LEC_TS_PACKET) / step + 1 : 0;

  return get_sequel (first, bytes + at, count, step);
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
  return get_sequel_at (bytes + at, bytes, size, at + self->step, self->step) != BREAKS ? WHOLE
                                                                                        : BROKEN;
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
      memmove (bytes + out, bytes + at, LEC_TS_PACKET);
      out += LEC_TS_PACKET;
    }
    at += self->step;
  }
  self->skip = (guint) (at - size);
  return out;
}

/* ---- what comes late ---- */

/* Whether what comes goes on from what is pending, as far as can be told. */
static gboolean
goes_on (const LecTsFramer *self, const guint8 *bytes, gsize size)
{
  return lec_ts_framer_continues (self, bytes, size)
         && (self->n_pending < LEC_TS_SEAM_HEADER
             || get_sequel_at (self->pending, bytes, size, get_expected (self), self->step)
                    != BREAKS);
}

static gboolean
fits (guint tail, gsize head)
{
  return tail + head == LEC_TS_PACKET || (tail == 0 && head == 0);
}

static void
set_tail (LecTsSeam *self, const guint8 *tail, guint n_tail)
{
  self->n_tail = n_tail;
  memcpy (self->tail, tail, n_tail);
}

/* @bytes: from the head on */
static void
set_head (LecTsSeam *self, const guint8 *bytes, gsize size, gsize n_head)
{
  self->n_head = (guint) n_head;
  memcpy (self->head, bytes, n_head);
  self->n_after = 0;
  for (gsize at = n_head; at + LEC_TS_PACKET <= size && self->n_after < LEC_TS_SEAM_AFTER;
       at += LEC_TS_PACKET)
    memcpy (self->after[self->n_after++], bytes + at, LEC_TS_SEAM_HEADER);
}

/* Where a datagram whose first packet begins at @start may belong. */
typedef struct
{
  gboolean front, back; /* it fits on that side */
  guint n_tail;         /* [bytes] of its own last packet */
} Fit;

/* Counters have to agree, as cuts may come again after a few datagrams.
 * @ambiguous: it would fit elsewhere as well */
static Fit
look_at_seam (const LecTsSeam *self,
              const guint8 *bytes,
              gsize size,
              gsize start,
              gboolean ambiguous)
{
  const guint n_tail = (guint) ((size - start) % LEC_TS_PACKET);
  Fit fit = { fits (self->n_tail, start), fits (n_tail, self->n_head), n_tail };
  Sequel front = UNKNOWN, back = UNKNOWN;
  guint evidence;

  if (self->n_tail >= LEC_TS_SEAM_HEADER && fit.front)
    front = get_sequel_at (self->tail, bytes, size, start, LEC_TS_PACKET);
  if (n_tail >= LEC_TS_SEAM_HEADER && fit.back)
    back = get_sequel (bytes + size - n_tail, self->after[0], self->n_after, LEC_TS_SEAM_HEADER);
  evidence = (front == FOLLOWS) + (back == FOLLOWS);
  if (self->age == 0 || self->age > OLD || front == BREAKS || back == BREAKS
      || evidence < (ambiguous ? 2 : 1))
    fit.front = fit.back = FALSE;
  return fit;
}

/* Puts what is missing on one side, or on both, around @bytes. Returns: [bytes] of packets */
static gsize
fill_seam (LecTsSeam *self, const Fit *fit, guint8 *bytes, gsize size, gsize start)
{
  const LecTsSeam before = *self;

  if (fit->front && fit->back)
    self->age = 0;
  else if (fit->front)
    set_tail (self, bytes + size - fit->n_tail, fit->n_tail);
  else
    set_head (self, bytes, size, start);
  if (fit->back)
    memcpy (bytes + size, before.head, before.n_head);
  size = fit->back ? size + before.n_head : size - fit->n_tail;
  if (!fit->front) {
    memmove (bytes, bytes + start, size - start);
    return size - start;
  }
  memmove (bytes + before.n_tail, bytes, size);
  memcpy (bytes, before.tail, before.n_tail);
  return size + before.n_tail;
}

/* Takes what does not go on: something before it is missing, or this is what was. */
static gsize
process_break (LecTsFramer *self, guint8 *bytes, gsize size, gsize start)
{
  const Fit fit
      = look_at_seam (&self->seam, bytes, size, start, lec_ts_framer_continues (self, bytes, size));

  self->late = fit.front || fit.back;
  if (self->late)
    return fill_seam (&self->seam, &fit, bytes, size, start);
  self->seam.age = 1;
  set_tail (&self->seam, self->pending, self->n_pending);
  set_head (&self->seam, bytes, size, start);
  self->n_pending = 0;
  self->skip = (guint) start;
  return process (self, bytes, size, 0);
}

static gboolean
is_break (const LecTsFramer *self, const guint8 *bytes, gsize size, gsize *start)
{
  guint step = LEC_TS_PACKET;

  return self->in_sync && self->step == LEC_TS_PACKET && self->n_pending < LEC_TS_PACKET
         && !goes_on (self, bytes, size) && lec_ts_find_sync (bytes, size, start, &step)
         && step == LEC_TS_PACKET && *start < LEC_TS_PACKET;
}

gsize
lec_ts_framer_process (LecTsFramer *self, guint8 *bytes, gsize size)
{
  const gsize carried = self->n_pending;
  gsize start;

  self->joined = FALSE;
  self->late = FALSE;
  if (lec_ts_framer_is_whole (self, bytes, size)) {
    self->in_sync = TRUE;
    self->step = LEC_TS_PACKET;
    return size;
  }
  if (self->seam.age > 0)
    self->seam.age++;
  if (is_break (self, bytes, size, &start))
    return process_break (self, bytes, size, start);
  if (carried > 0) {
    memmove (bytes + carried, bytes, size);
    memcpy (bytes, self->pending, carried);
    self->n_pending = 0;
  }
  return process (self, bytes, size + carried, carried);
}
