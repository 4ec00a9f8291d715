/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/item-reader.h"

struct _LecItemReader
{
  LecTiming *timing; /* (unowned) */
  LecPadQueue *queue;
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

  lec_pad_queue_free (self->queue);
  g_free (self);
}

LecPadQueue *
lec_item_reader_get_queue (LecItemReader *self)
{
  return self->queue;
}

LecPadQueuePop
lec_item_reader_pop (LecItemReader *self, LecItem *item, gint64 timeout_us)
{
  return lec_pad_queue_pop (self->queue, item, timeout_us);
}

const LecPacket *
lec_item_reader_peek (LecItemReader *self, guint ahead)
{
  return lec_pad_queue_peek (self->queue, ahead);
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
