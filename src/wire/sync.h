/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lip sync: makes the streams of one sender meet, by its sender reports (RFC 3550, section 6.4.1).
 */
#pragma once

#include "wire/session.h"

G_BEGIN_DECLS

/**
 * lec_sync_update:
 * @sessions: the sessions of one channel
 *
 * Delays each stream to the one that takes longest from the sender's wall clock to us. Streams
 * whose reports name different hosts, or contradict each other by seconds, are left as they
 * arrive. To be called after reports have been fed.
 */
void lec_sync_update (LecSession *const *sessions, guint n_sessions);

G_END_DECLS
