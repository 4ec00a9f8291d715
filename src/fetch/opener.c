/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/opener.h"

#include "fetch/fetch.h"
#include "net/thread.h"

struct _LecOpener
{
  GCancellable *cancellable;
  LecOpenerFunc func;
  gpointer data;
};

static void
give (GTask *task, LecAnnouncement *announcement, GError *error)
{
  if (announcement != NULL)
    g_task_return_pointer (task, announcement, (GDestroyNotify) lec_announcement_free);
  else
    g_task_return_error (task, error);
}

static void
fetch_thread (GTask *task, gpointer source, gpointer location, GCancellable *cancellable)
{
  GError *error = NULL;
  LecAnnouncement *announcement = lec_fetch_announcement (location, cancellable, &error);

  give (task, announcement, error);
}

static void
fetch_reference_thread (GTask *task, gpointer source, gpointer location, GCancellable *cancellable)
{
  GError *error = NULL;
  LecAnnouncement *announcement = lec_fetch_reference (location, cancellable, &error);

  give (task, announcement, error);
}

/* Belongs to the opener as long as that is not cancelled, which is when it is freed. */
static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LecOpener *self = data;
  GTask *task = G_TASK (result);
  g_autoptr (GError) error = NULL;
  LecAnnouncement *announcement;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;
  announcement = g_task_propagate_pointer (task, &error);
  lec_thread_explain (&error);
  self->func (announcement, error, self->data);
}

static LecOpener *
run (const char *location, GTaskThreadFunc thread, LecOpenerFunc func, gpointer data)
{
  LecOpener *self = g_new0 (LecOpener, 1);
  g_autoptr (GTask) task = NULL;

  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->data = data;
  task = g_task_new (NULL, self->cancellable, fetched_cb, self);
  g_task_set_task_data (task, g_strdup (location), g_free);
  g_task_run_in_thread (task, thread);
  return self;
}

LecOpener *
lec_opener_new (const char *location, LecOpenerFunc func, gpointer data)
{
  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  return run (location, fetch_thread, func, data);
}

LecOpener *
lec_opener_new_reference (const char *location, LecOpenerFunc func, gpointer data)
{
  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  return run (location, fetch_reference_thread, func, data);
}

void
lec_opener_free (LecOpener *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_free (self);
}
