/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/item-reader.h"

#define WINDOW 64 /* [packets] taken from the queue at once */

struct _LecItemReader
{
  LecTiming *timing; /* (unowned) */
  LecPadQueue *queue;
  LecPacket *window[WINDOW]; /* taken, and not read yet: ... */
  guint at, end;             /* ...from there to there */
  LecTimeMap map;
};

LecItemReader *
lec_item_reader_new (LecTiming *timing)
{
  LecItemReader *self = g_new0 (LecItemReader, 1);

  self->timing = timing;
  self->queue = lec_pad_queue_new ();
  return self;
}

void
lec_item_reader_free (LecItemReader *self)
{
  if (self == NULL)
    return;

  lec_item_reader_clear (self);
  lec_pad_queue_free (self->queue);
  g_free (self);
}

LecPadQueue *
lec_item_reader_get_queue (LecItemReader *self)
{
  return self->queue;
}

void
lec_item_reader_clear (LecItemReader *self)
{
  while (self->at < self->end)
    lec_packet_release (self->window[self->at++]);
  lec_pad_queue_clear (self->queue);
}

/* Where one packet is, others are. */
LecPadQueuePop
lec_item_reader_pop (LecItemReader *self, LecItem *item, gint64 timeout_us)
{
  LecPadQueuePop result;

  if (self->at < self->end && !lec_pad_queue_is_stopped (self->queue)) {
    item->kind = LEC_ITEM_PACKET;
    item->packet = self->window[self->at++];
    return LEC_PAD_QUEUE_ITEM;
  }
  result = lec_pad_queue_pop (self->queue, item, timeout_us);
  if (result == LEC_PAD_QUEUE_ITEM && item->kind == LEC_ITEM_PACKET) {
    self->at = 0;
    self->end = lec_pad_queue_take_packets (self->queue, self->window, WINDOW);
  }
  return result;
}

const LecPacket *
lec_item_reader_peek (const LecItemReader *self, guint ahead)
{
  return self->end - self->at > ahead ? self->window[self->at + ahead] : NULL;
}

void
lec_item_reader_look (LecItemReader *self)
{
  lec_timing_get_map (self->timing, &self->map);
}

gint64
lec_item_reader_to_running (const LecItemReader *self, gint64 session_ns)
{
  return lec_time_map_apply (&self->map, session_ns);
}

gint64
lec_item_reader_get_position (const LecItemReader *self)
{
  return self->map.position_ns;
}
