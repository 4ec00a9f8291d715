/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads of ours: a system may have no more of them, which is no reason to end. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_thread_new:
 * @error: (nullable): #LEC_ERROR_UNREACHABLE: the system grants no more threads
 *
 * As g_thread_try_new(), with a sentence for a viewer.
 */
GThread *lec_thread_new (const char *name, GThreadFunc func, gpointer data, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Replaces what GLib has to say of a thread that could not be made, where @error is that. */
void lec_thread_explain (GError **error);

G_END_DECLS
