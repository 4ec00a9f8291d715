/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/cue-queue.h"

struct _LecCueQueue
{
  GSequence *cues;     /* of LecQueuedCue, by the time */
  LecQueuedCue *taken; /* (nullable) */
};

static void
free_cue (gpointer data)
{
  LecQueuedCue *cue = data;

  if (cue == NULL)
    return;
  g_free (cue->type);
  g_free (cue->parameter);
  g_free (cue);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint64 first = ((const LecQueuedCue *) a)->due_ns;
  const guint64 second = ((const LecQueuedCue *) b)->due_ns;

  return (first > second) - (first < second);
}

LecCueQueue *
lec_cue_queue_new (void)
{
  LecCueQueue *self = g_new0 (LecCueQueue, 1);

  self->cues = g_sequence_new (free_cue);
  return self;
}

void
lec_cue_queue_free (LecCueQueue *self)
{
  if (self == NULL)
    return;
  g_sequence_free (self->cues);
  free_cue (self->taken);
  g_free (self);
}

void
lec_cue_queue_add (LecCueQueue *self,
                   guint64 due_ns,
                   gboolean is_ahead,
                   const char *type,
                   const char *parameter)
{
  LecQueuedCue *cue = g_new (LecQueuedCue, 1);

  *cue = (LecQueuedCue){ due_ns, is_ahead, g_strdup (type), g_strdup (parameter) };
  g_sequence_insert_sorted (self->cues, cue, compare, NULL);
  if (g_sequence_get_length (self->cues) > LEC_CUE_QUEUE_MAX)
    g_sequence_remove (g_sequence_iter_prev (g_sequence_get_end_iter (self->cues)));
}

const LecQueuedCue *
lec_cue_queue_peek (LecCueQueue *self, guint index)
{
  GSequenceIter *iter = g_sequence_get_iter_at_pos (self->cues, (int) index);

  return g_sequence_iter_is_end (iter) ? NULL : g_sequence_get (iter);
}

const LecQueuedCue *
lec_cue_queue_take (LecCueQueue *self, guint64 now_ns)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->cues);
  LecQueuedCue *cue;

  if (g_sequence_iter_is_end (first))
    return NULL;
  cue = g_sequence_get (first);
  if (cue->due_ns > now_ns)
    return NULL;
  free_cue (self->taken);
  self->taken = g_new (LecQueuedCue, 1);
  *self->taken = *cue;
  *cue = (LecQueuedCue){ 0 };
  g_sequence_remove (first);
  return self->taken;
}

void
lec_cue_queue_cut (LecCueQueue *self, guint64 from_ns)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->cues);

  while (!g_sequence_iter_is_end (iter)) {
    GSequenceIter *next = g_sequence_iter_next (iter);
    const LecQueuedCue *cue = g_sequence_get (iter);

    if (cue->is_ahead && cue->due_ns > from_ns)
      g_sequence_remove (iter);
    iter = next;
  }
}
