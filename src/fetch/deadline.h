/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A time by which something must be done, made into a cancellable that all of it waits with.
 *
 * Kept by a thread of its own: a server that always has one more line ready can keep a reader busy
 * so that a timer of the same thread never has its turn. May be asked from any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LecDeadline LecDeadline;

/**
 * lec_deadline_new:
 * @limit_ms: from now on
 * @cancellable: (nullable): somebody's wish to end it before
 * @error: #LEC_ERROR_UNREACHABLE: there is no thread to watch it
 */
LecDeadline *lec_deadline_new (guint limit_ms,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_deadline_free (LecDeadline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecDeadline, lec_deadline_free)

/* (transfer none): cancelled when the time is up, or together with the one given. */
GCancellable *lec_deadline_get_cancellable (const LecDeadline *self);

/* Whether it was the time that ended it, and nobody's wish. */
gboolean lec_deadline_has_passed (const LecDeadline *self);

/* [ms] as given. */
guint lec_deadline_get_limit (const LecDeadline *self);

G_END_DECLS
