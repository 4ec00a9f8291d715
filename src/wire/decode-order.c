/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/decode-order.h"

#include <string.h>

#define NOTHING_YET G_MININT64 /* has been given out since the last jump */

void
lec_decode_order_begin (LecDecodeOrder *self)
{
  *self = (LecDecodeOrder){ .depth = 0 };
}

static void
remember (LecDecodeOrder *self, gint64 media, gint64 decode)
{
  guint place = self->n_recent++ % LEC_DECODE_ORDER_RECENT;

  self->recent[place].media = media;
  self->recent[place].decode = decode;
}

static void
hold_back (LecDecodeOrder *self, gint64 media)
{
  guint place = self->n_waiting++;

  for (; place > 0 && self->waiting[place - 1] > media; place--)
    self->waiting[place] = self->waiting[place - 1];
  self->waiting[place] = media;
}

static gint64
give_out (LecDecodeOrder *self)
{
  self->last = self->waiting[0];
  self->n_waiting--;
  memmove (self->waiting, self->waiting + 1, self->n_waiting * sizeof self->waiting[0]);
  return self->last;
}

/* What was given out last should have been held back. */
static void
deepen (LecDecodeOrder *self)
{
  self->depth++;
  hold_back (self, self->last);
}

/* What is held back belongs to the past, and as many are taken before one is given out again. */
static void
jump (LecDecodeOrder *self, gint64 media)
{
  self->n_waiting = 0;
  self->top = media;
  self->last = NOTHING_YET;
  self->running = TRUE;
}

LecDecodeOrderAnswer
lec_decode_order_note (LecDecodeOrder *self, gint64 media, gint64 far, gint64 *decode)
{
  LecDecodeOrderAnswer answer = LEC_DECODE_ORDER_NEXT;

  if (self->running && media == self->newest)
    return LEC_DECODE_ORDER_SAME;

  if (!self->running || ABS (media - self->top) > far)
    jump (self, media);
  if (media < self->last && self->depth < LEC_DECODE_ORDER_DEPTH) {
    deepen (self);
    answer = LEC_DECODE_ORDER_DEEPER;
  }
  self->newest = media;
  self->top = MAX (self->top, media);
  hold_back (self, media);
  if (self->n_waiting <= self->depth) {
    remember (self, media, media);
    return LEC_DECODE_ORDER_UNKNOWN;
  }
  *decode = give_out (self);
  remember (self, media, *decode);
  return answer;
}

gint64
lec_decode_order_find (const LecDecodeOrder *self, gint64 media)
{
  for (guint i = 0; i < MIN (self->n_recent, LEC_DECODE_ORDER_RECENT); i++) {
    guint place = (self->n_recent - 1 - i) % LEC_DECODE_ORDER_RECENT;

    if (self->recent[place].media == media)
      return self->recent[place].decode;
  }
  return media;
}

gint64
lec_decode_order_get_lead (const LecDecodeOrder *self)
{
  if (self->depth == 0 || self->n_waiting == 0 || self->last == NOTHING_YET)
    return 0;
  return MAX (self->top - self->last, 0);
}
