/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the receive thread hands to one pad's thread: a ring with one writer and one reader.
 *
 * The writer never waits and takes no lock, but to wake a reader that sleeps. */
#pragma once

#include "wire/item.h"
#include "wire/jitter.h"

G_BEGIN_DECLS

/* [slots] A power of two, and four times what can wait behind a gap and come at once: a packet
 * takes one, a gap five. What does not fit is dropped and counted. */
#define LEC_PAD_QUEUE_LENGTH (4 * LEC_JITTER_CROWDED)

typedef struct _LecPadQueue LecPadQueue;

typedef enum {
  LEC_PAD_QUEUE_ITEM,
  LEC_PAD_QUEUE_TIMEOUT,
  LEC_PAD_QUEUE_STOPPED,
} LecPadQueuePop;

LecPadQueue *lec_pad_queue_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Releases what is queued. Neither thread may use it any more. */
void lec_pad_queue_free (LecPadQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecPadQueue, lec_pad_queue_free)

/* Writer. @item is taken, also when it had to be dropped for want of room: then a reset comes
 * before the next one that finds some. */
void lec_pad_queue_push (LecPadQueue *self, const LecItem *item);

/* Writer: lets the reader see what was pushed. */
void lec_pad_queue_flush (LecPadQueue *self);

/**
 * lec_pad_queue_pop:
 * @item: (out) (transfer full): set with %LEC_PAD_QUEUE_ITEM only
 * @timeout_us: longest to wait; 0: not at all
 *
 * Reader.
 */
LecPadQueuePop lec_pad_queue_pop (LecPadQueue *self, LecItem *item, gint64 timeout_us);

/**
 * lec_pad_queue_take_packets:
 * @packets: (out) (transfer full): room for @most
 *
 * Reader: takes what comes next without waiting, as long as it is packets.
 *
 * Returns: how many
 */
guint lec_pad_queue_take_packets (LecPadQueue *self, LecPacket **packets, guint most);

/* Makes lec_pad_queue_pop() answer stopped, or go on. From any thread. */
void lec_pad_queue_set_stopped (LecPadQueue *self, gboolean stopped);
gboolean lec_pad_queue_is_stopped (LecPadQueue *self);

/* Forgets what is queued, while no thread uses it. */
void lec_pad_queue_clear (LecPadQueue *self);

/* Reader: counts a packet that was taken too late to be of use. */
void lec_pad_queue_note_overrun (LecPadQueue *self);

/* [packets] dropped because the reader did not take them, or not in time. */
guint64 lec_pad_queue_get_overrun (LecPadQueue *self);

G_END_DECLS
