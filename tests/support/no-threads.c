/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "no-threads.h"

#include <dlfcn.h>

typedef GThread *(*TryNew) (const char *name, GThreadFunc func, gpointer data, GError **error);

static int refused; /* atomic */

void
no_threads_begin (void)
{
  g_atomic_int_set (&refused, 1);
}

void
no_threads_end (void)
{
  g_atomic_int_set (&refused, 0);
}

/* Linked into a test, it takes the place of GLib's for what is linked with it. */
GThread *
g_thread_try_new (const char *name, GThreadFunc func, gpointer data, GError **error)
{
  TryNew real = (TryNew) dlsym (RTLD_NEXT, "g_thread_try_new");

  if (!g_atomic_int_get (&refused))
    return real (name, func, data, error);
  g_set_error_literal (error, G_THREAD_ERROR, G_THREAD_ERROR_AGAIN,
                       "Error creating thread: Resource temporarily unavailable");
  return NULL;
}
