/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a pad reads its items, and what their times mean to the pipeline.
 *
 * Live, that is the queue behind the receive thread; whatever else has items to play is read in the
 * same way. Where the pad reads, its position, and how long after the arrival of a packet it is
 * played, the latency of the pipeline, are two numbers: only the former is the reader's. Used by
 * the pad's thread, but for the queue's other end. */
#pragma once

#include "element/pad-queue.h"
#include "element/timing.h"

G_BEGIN_DECLS

typedef struct _LecItemReader LecItemReader;

/* @timing: must outlive the reader */
LecItemReader *lec_item_reader_new (LecTiming *timing) G_GNUC_WARN_UNUSED_RESULT;
void lec_item_reader_free (LecItemReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecItemReader, lec_item_reader_free)

/* The queue that is read, for whoever writes to it and stops it. */
LecPadQueue *lec_item_reader_get_queue (LecItemReader *self);

/* As lec_pad_queue_pop(). */
LecPadQueuePop lec_item_reader_pop (LecItemReader *self, LecItem *item, gint64 timeout_us);

/**
 * lec_item_reader_peek:
 * @ahead: 0: what comes next
 *
 * Returns: (transfer none) (nullable): the packet that comes after @ahead others, if it is known
 *   already
 */
const LecPacket *lec_item_reader_peek (const LecItemReader *self, guint ahead);

/* Forgets what there is to be read, while no thread uses it. */
void lec_item_reader_clear (LecItemReader *self);

/* Takes times as they are at the moment: for the two below, until it is called again. */
void lec_item_reader_look (LecItemReader *self);

/* Returns: [ns] running time of a moment in session time near the present; may be negative */
gint64 lec_item_reader_to_running (const LecItemReader *self, gint64 session_ns);

/* Returns: [ns] the PTS, in session time, of what is to be played just now */
gint64 lec_item_reader_get_position (const LecItemReader *self);

G_END_DECLS
