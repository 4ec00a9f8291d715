/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tells when the links of this host change: a cable, an address, an adapter that comes or goes.
 *
 * The kernel reports its memberships again after some of these only, and forgets those of a lost
 * link, so whoever has joined must join again. What a link says without a change, as Wi-Fi does
 * all the time, is kept back. Used by one thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LecLinkWatch LecLinkWatch;

/* Returns: (nullable): NULL where the system has nothing to offer */
LecLinkWatch *lec_link_watch_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_link_watch_free (LecLinkWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecLinkWatch, lec_link_watch_free)

/* Becomes readable when there may be a change; stays the watch's. */
int lec_link_watch_get_fd (const LecLinkWatch *self);

/**
 * lec_link_watch_read:
 *
 * Reads all there is, without waiting.
 *
 * Returns: whether a link came up, went down or is gone, or has a new address
 */
gboolean lec_link_watch_read (LecLinkWatch *self);

G_END_DECLS
