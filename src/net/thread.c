/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/thread.h"

#include <glib/gi18n-lib.h>

#include "channel/error.h"

void
lec_thread_explain (GError **error)
{
  if (error == NULL || *error == NULL || (*error)->domain != G_THREAD_ERROR)
    return;
  g_clear_error (error);
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                       _ ("This computer grants no more threads: end other programs, and try "
                          "again"));
}

GThread *
lec_thread_new (const char *name, GThreadFunc func, gpointer data, GError **error)
{
  GThread *thread = g_thread_try_new (name, func, data, error);

  if (thread == NULL)
    lec_thread_explain (error);
  return thread;
}
