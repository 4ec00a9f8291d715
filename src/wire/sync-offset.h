/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much longer a stream waits than it would have to, so that it meets the others of its sender:
 * lip sync.
 *
 * Changes are made at once, or, of a picture that is being watched, so slowly that nobody sees it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed is ready. All fields are private. */
typedef struct
{
  gint64 wanted_ns;
  gint64 ns;     /* on the way there */
  gint64 media;  /* of the newest packet */
  gint64 pts_ns; /* of that, without the offset */
  gboolean begun;
} LecSyncOffset;

/**
 * lec_sync_offset_set:
 * @sync_offset_ns: not negative
 * @smoothly: not at once where the step is small; for streams whose times need not be continuous
 *
 * Returns: whether times step now; smaller changes than anybody sees are not made
 */
gboolean lec_sync_offset_set (LecSyncOffset *self, gint64 sync_offset_ns, gboolean smoothly);

/**
 * lec_sync_offset_apply:
 * @media: extended time stamp of a packet: all packets of one move together
 *
 * Returns: @pts_ns, later by the offset
 */
gint64 lec_sync_offset_apply (LecSyncOffset *self, gint64 media, gint64 pts_ns);

/* [ns] As it was set last. */
gint64 lec_sync_offset_get_wanted (const LecSyncOffset *self);

/* What is added now [ns], and at most from now on until it is set again. */
gint64 lec_sync_offset_get (const LecSyncOffset *self);
gint64 lec_sync_offset_get_most (const LecSyncOffset *self);

G_END_DECLS
