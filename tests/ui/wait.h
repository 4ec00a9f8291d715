/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs the main loop until something is so, and fails the test when it is not after a while. */
#pragma once

#include <glib.h>

#define WAIT_LIMIT_S 20

static inline gboolean
wait_limit_cb (gpointer data)
{
  g_error ("still not after %d s: %s", WAIT_LIMIT_S, (const char *) data);
  return G_SOURCE_REMOVE;
}

/* Conditions depend on what the main context dispatches; a streaming thread that changes one
 * without waking the context is noticed within a tick. */
static inline gboolean
wait_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const guint wait_limit_                                                                        \
        = g_timeout_add_seconds (WAIT_LIMIT_S, wait_limit_cb, (gpointer) #condition);              \
    const guint wait_tick_ = g_timeout_add (5, wait_tick_cb, NULL);                                \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (wait_tick_);                                                                  \
    g_source_remove (wait_limit_);                                                                 \
  }                                                                                                \
  G_STMT_END
