/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Script commands that wait for their moment, the next one first.
 *
 * Knows no clock, and is bounded whatever a station sends: the farthest are left out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_CUE_QUEUE_MAX 256

typedef struct _LecCueQueue LecCueQueue;

typedef struct
{
  guint64 due_ns;
  gboolean is_ahead; /* it was known long before */
  char *type;
  char *parameter;
} LecQueuedCue;

LecCueQueue *lec_cue_queue_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_cue_queue_free (LecCueQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecCueQueue, lec_cue_queue_free)

/* Those of one moment stay in the order in which they are added. */
void lec_cue_queue_add (LecCueQueue *self,
                        guint64 due_ns,
                        gboolean is_ahead,
                        const char *type,
                        const char *parameter);

/**
 * lec_cue_queue_peek:
 * @index: 0 for the next one
 *
 * Returns: (nullable) (transfer none): until the queue changes; NULL where there are no more
 */
const LecQueuedCue *lec_cue_queue_peek (LecCueQueue *self, guint index);

/**
 * lec_cue_queue_take:
 *
 * Returns: (nullable) (transfer none): the next one where it is due, until the next call of any
 *   function; NULL where nothing is due
 */
const LecQueuedCue *lec_cue_queue_take (LecCueQueue *self, guint64 now_ns);

/* What was known ahead and is due later than @from_ns belongs to what has ended. */
void lec_cue_queue_cut (LecCueQueue *self, guint64 from_ns);

G_END_DECLS
