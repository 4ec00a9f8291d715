/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/pad-queue.h"

#include <string.h>

/* A slot is a packet, or the copy of a gap with this bit set: gaps are few, packets are many. */
#define IS_GAP ((guintptr) 1)

struct _LecPadQueue
{
  guintptr slots[LEC_PAD_QUEUE_LENGTH];
  guint pushed;     /* writer's own count */
  guint written;    /* atomic: what the reader may take */
  guint taken;      /* atomic: what the writer may use again */
  gint sleeping;    /* atomic */
  gint stopped;     /* atomic */
  guint overrun;    /* atomic */
  gboolean discont; /* writer: something was dropped */
  GMutex mutex;
  GCond cond;
};

LecPadQueue *
lec_pad_queue_new (void)
{
  LecPadQueue *self = g_malloc (sizeof *self);

  /* written to now, so that memory does not seem to grow while the ring is first gone round */
  memset (self, 0, sizeof *self);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

static guintptr
to_slot (const LecPadItem *item)
{
  if (item->packet != NULL)
    return (guintptr) item->packet;
  return (guintptr) g_memdup2 (&item->gap, sizeof item->gap) | IS_GAP;
}

static LecPadItem
from_slot (guintptr slot)
{
  LecPadItem item = { 0 };

  if (slot & IS_GAP) {
    g_autofree LecGap *gap = (LecGap *) (slot & ~IS_GAP);

    item.gap = *gap;
  } else {
    item.packet = (LecPacket *) slot;
  }
  return item;
}

void
lec_pad_queue_clear (LecPadQueue *self)
{
  for (guint i = self->taken; i != self->pushed; i++)
    lec_packet_release (from_slot (self->slots[i % LEC_PAD_QUEUE_LENGTH]).packet);
  self->taken = self->written = self->pushed;
}

void
lec_pad_queue_free (LecPadQueue *self)
{
  if (self == NULL)
    return;

  lec_pad_queue_clear (self);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
lec_pad_queue_push (LecPadQueue *self, const LecPadItem *item)
{
  if (self->pushed - (guint) g_atomic_int_get (&self->taken) == LEC_PAD_QUEUE_LENGTH) {
    if (item->packet != NULL)
      g_atomic_int_inc (&self->overrun);
    lec_packet_release (item->packet);
    self->discont = TRUE;
    return;
  }

  if (self->discont && item->packet != NULL) {
    item->packet->discont = TRUE;
    self->discont = FALSE;
  }
  self->slots[self->pushed % LEC_PAD_QUEUE_LENGTH] = to_slot (item);
  self->pushed++;
}

void
lec_pad_queue_flush (LecPadQueue *self)
{
  g_atomic_int_set (&self->written, self->pushed);
  if (!g_atomic_int_get (&self->sleeping))
    return;
  /* The reader waits already once the mutex can be had. Woken with the mutex held, it would sleep
   * again at once, for the mutex. */
  g_mutex_lock (&self->mutex);
  g_mutex_unlock (&self->mutex);
  g_cond_signal (&self->cond);
}

static gboolean
is_empty (LecPadQueue *self)
{
  return (guint) g_atomic_int_get (&self->written) == self->taken;
}

/* The flag goes up before the last look, and the writer looks at it after the last word: so one of
 * the two always sees the other. */
static void
sleep_until (LecPadQueue *self, gint64 end_us)
{
  g_mutex_lock (&self->mutex);
  g_atomic_int_set (&self->sleeping, TRUE);
  while (is_empty (self) && !g_atomic_int_get (&self->stopped)) {
    if (!g_cond_wait_until (&self->cond, &self->mutex, end_us))
      break;
  }
  g_atomic_int_set (&self->sleeping, FALSE);
  g_mutex_unlock (&self->mutex);
}

LecPadQueuePop
lec_pad_queue_pop (LecPadQueue *self, LecPadItem *item, gint64 timeout_us)
{
  if (is_empty (self) && timeout_us > 0)
    sleep_until (self, g_get_monotonic_time () + timeout_us);
  if (g_atomic_int_get (&self->stopped))
    return LEC_PAD_QUEUE_STOPPED;
  if (is_empty (self))
    return LEC_PAD_QUEUE_TIMEOUT;

  *item = from_slot (self->slots[self->taken % LEC_PAD_QUEUE_LENGTH]);
  g_atomic_int_set (&self->taken, self->taken + 1);
  return LEC_PAD_QUEUE_ITEM;
}

void
lec_pad_queue_set_stopped (LecPadQueue *self, gboolean stopped)
{
  g_mutex_lock (&self->mutex);
  g_atomic_int_set (&self->stopped, stopped);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
lec_pad_queue_note_overrun (LecPadQueue *self)
{
  g_atomic_int_inc (&self->overrun);
}

guint64
lec_pad_queue_get_overrun (LecPadQueue *self)
{
  return (guint) g_atomic_int_get (&self->overrun);
}
