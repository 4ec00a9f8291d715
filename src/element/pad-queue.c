/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/pad-queue.h"

#include <string.h>

/* A slot is a packet, or a cue that is marked as one, or the mark of a gap, and the words of the
 * gap follow: packets are many, gaps are few. Of any kind, the first slot may say that a reset
 * comes before. */
#define IS_GAP ((guintptr) 1)
#define AFTER_RESET ((guintptr) 2)
#define IS_CUE ((guintptr) 4)
#define MARKS (IS_GAP | AFTER_RESET | IS_CUE)
#define LINE 64 /* [bytes] of a cache */
#define GAP_SLOTS (sizeof (LecGap) / sizeof (guintptr))

G_STATIC_ASSERT (sizeof (LecGap) % sizeof (guintptr) == 0);

struct _LecPadQueue
{
  guintptr slots[LEC_PAD_QUEUE_LENGTH];

  /* Writer's own, ... */
  guint8 apart[LINE];
  guint pushed;   /* [slots] */
  guint free_to;  /* [slots] it need not ask the reader before */
  gboolean reset; /* one comes before the next item */

  /* ... what changes seldom, ... */
  guint8 apart_too[LINE];
  guint written; /* atomic: what the reader may take */
  gint sleeping; /* atomic */
  gint stopped;  /* atomic */
  guint overrun; /* atomic */

  /* ... and the reader's, in lines of the cache of their own. */
  guint8 apart_also[LINE];
  guint taken; /* atomic: what the writer may use again */
  GMutex mutex;
  GCond cond;
};

LecPadQueue *
lec_pad_queue_new (void)
{
  LecPadQueue *self = g_malloc (sizeof *self);

  /* written to now, so that memory does not seem to grow while the ring is first gone round */
  memset (self, 0, sizeof *self);
  self->free_to = LEC_PAD_QUEUE_LENGTH;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

static guintptr *
slot_of (LecPadQueue *self, guint index)
{
  return &self->slots[index % LEC_PAD_QUEUE_LENGTH];
}

/* Reads what is next at @index, a place that is the reader's; returns how many slots are done. */
static guint
read_item (LecPadQueue *self, guint index, LecItem *item)
{
  guintptr first = *slot_of (self, index);
  guintptr words[GAP_SLOTS];

  if (first & AFTER_RESET) {
    *slot_of (self, index) = first & ~AFTER_RESET;
    item->kind = LEC_ITEM_RESET;
    return 0;
  }
  if (first & IS_CUE) {
    item->kind = LEC_ITEM_CUE;
    item->cue = (LecCue *) (first & ~IS_CUE);
    return 1;
  }
  if (first != IS_GAP) {
    item->kind = LEC_ITEM_PACKET;
    item->packet = (LecPacket *) first;
    return 1;
  }
  for (guint i = 0; i < GAP_SLOTS; i++)
    words[i] = *slot_of (self, index + 1 + i);
  item->kind = LEC_ITEM_GAP;
  memcpy (&item->gap, words, sizeof item->gap);
  return 1 + GAP_SLOTS;
}

static void
write_gap (LecPadQueue *self, guint index, const LecGap *gap, guintptr mark)
{
  guintptr words[GAP_SLOTS];

  memcpy (words, gap, sizeof words);
  *slot_of (self, index) = IS_GAP | mark;
  for (guint i = 0; i < GAP_SLOTS; i++)
    *slot_of (self, index + 1 + i) = words[i];
}

void
lec_pad_queue_clear (LecPadQueue *self)
{
  LecItem item;

  while (self->taken != self->pushed) {
    self->taken += read_item (self, self->taken, &item);
    if (item.kind == LEC_ITEM_PACKET)
      lec_packet_release (item.packet);
    else if (item.kind == LEC_ITEM_CUE)
      lec_cue_free (item.cue);
  }
  self->written = self->pushed;
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

static void
drop (LecPadQueue *self, const LecItem *item)
{
  if (item->kind == LEC_ITEM_CUE) {
    lec_cue_free (item->cue);
    return;
  }
  self->reset = TRUE;
  if (item->kind != LEC_ITEM_PACKET)
    return;
  g_atomic_int_inc (&self->overrun);
  lec_packet_release (item->packet);
}

static gboolean
has_room (LecPadQueue *self, guint needed)
{
  if ((gint) (self->free_to - self->pushed) >= (gint) needed)
    return TRUE;
  self->free_to = (guint) g_atomic_int_get (&self->taken) + LEC_PAD_QUEUE_LENGTH;
  return (gint) (self->free_to - self->pushed) >= (gint) needed;
}

void
lec_pad_queue_push (LecPadQueue *self, const LecItem *item)
{
  guint needed = item->kind == LEC_ITEM_GAP ? 1 + GAP_SLOTS : 1;
  guintptr mark = self->reset ? AFTER_RESET : 0;

  if (item->kind == LEC_ITEM_RESET) {
    self->reset = TRUE;
    return;
  }
  if (!has_room (self, needed)) {
    drop (self, item);
    return;
  }

  if (item->kind == LEC_ITEM_GAP)
    write_gap (self, self->pushed, &item->gap, mark);
  else if (item->kind == LEC_ITEM_CUE)
    *slot_of (self, self->pushed) = (guintptr) item->cue | IS_CUE | mark;
  else
    *slot_of (self, self->pushed) = (guintptr) item->packet | mark;
  self->reset = FALSE;
  self->pushed += needed;
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
lec_pad_queue_pop (LecPadQueue *self, LecItem *item, gint64 timeout_us)
{
  guint slots;

  if (is_empty (self) && timeout_us > 0)
    sleep_until (self, g_get_monotonic_time () + timeout_us);
  if (g_atomic_int_get (&self->stopped))
    return LEC_PAD_QUEUE_STOPPED;
  if (is_empty (self))
    return LEC_PAD_QUEUE_TIMEOUT;

  slots = read_item (self, self->taken, item);
  g_atomic_int_set (&self->taken, self->taken + slots);
  return LEC_PAD_QUEUE_ITEM;
}

guint
lec_pad_queue_take_packets (LecPadQueue *self, LecPacket **packets, guint most)
{
  const guint known = (guint) g_atomic_int_get (&self->written) - self->taken;
  guint count = 0;

  while (count < MIN (known, most)) {
    guintptr slot = *slot_of (self, self->taken + count);

    if ((slot & MARKS) != 0)
      break;
    packets[count++] = (LecPacket *) slot;
  }
  if (count > 0)
    g_atomic_int_set (&self->taken, self->taken + count);
  return count;
}

gboolean
lec_pad_queue_is_stopped (LecPadQueue *self)
{
  return g_atomic_int_get (&self->stopped);
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
