/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/deadline.h"

#include "net/thread.h"

struct _LecDeadline
{
  guint limit_ms;
  GCancellable *outer; /* (nullable) */
  gulong outer_handler;
  GCancellable *cancellable;
  int passed; /* atomic */

  GThread *thread;
  gint64 end_us;
  GMutex lock;
  GCond ended;
  gboolean is_ended; /* under the lock */
};

static void
cancelled_cb (GCancellable *outer, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gpointer
keep_thread (gpointer data)
{
  LecDeadline *self = data;
  gboolean in_time = TRUE;

  g_mutex_lock (&self->lock);
  while (!self->is_ended && in_time)
    in_time = g_cond_wait_until (&self->ended, &self->lock, self->end_us);
  g_mutex_unlock (&self->lock);
  if (!in_time && !g_cancellable_is_cancelled (self->cancellable)) {
    g_atomic_int_set (&self->passed, TRUE);
    g_cancellable_cancel (self->cancellable);
  }
  return NULL;
}

LecDeadline *
lec_deadline_new (guint limit_ms, GCancellable *cancellable, GError **error)
{
  LecDeadline *self = g_new0 (LecDeadline, 1);

  self->limit_ms = limit_ms;
  self->end_us = g_get_monotonic_time () + limit_ms * G_TIME_SPAN_MILLISECOND;
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL) {
    self->outer = g_object_ref (cancellable);
    self->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                 g_object_ref (self->cancellable), g_object_unref);
  }
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  self->thread = lec_thread_new ("lectern-deadline", keep_thread, self, error);
  if (self->thread == NULL)
    g_clear_pointer (&self, lec_deadline_free);
  return self;
}

void
lec_deadline_free (LecDeadline *self)
{
  if (self == NULL)
    return;

  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_mutex_lock (&self->lock);
  self->is_ended = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);
  g_cond_clear (&self->ended);
  g_mutex_clear (&self->lock);
  g_clear_object (&self->outer);
  g_object_unref (self->cancellable);
  g_free (self);
}

GCancellable *
lec_deadline_get_cancellable (const LecDeadline *self)
{
  return self->cancellable;
}

gboolean
lec_deadline_has_passed (const LecDeadline *self)
{
  return g_atomic_int_get (&self->passed);
}

guint
lec_deadline_get_limit (const LecDeadline *self)
{
  return self->limit_ms;
}
