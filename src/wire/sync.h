/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lip sync: makes the streams of one sender meet, by its sender reports (RFC 3550, section 6.4.1).
 */
#pragma once

#include "wire/session.h"

G_BEGIN_DECLS

/**
 * lec_sync_update:
 * @sessions: the sessions of one channel, in the order in which they were made
 * @playout: of the channel
 *
 * Delays each stream to the one that takes longest from the sender's wall clock to us. Streams
 * meet that name one host and stand in one group of the announcement; what contradicts the others
 * by seconds is left as it arrives. Once sound plays it is left where it is as long as pictures can
 * follow. To be called after reports have been fed.
 */
void lec_sync_update (LecSession *const *sessions, guint n_sessions, LecPlayout *playout);

G_END_DECLS
