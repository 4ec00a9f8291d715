/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much of a stream the kernel keeps for us while we are busy elsewhere: sizes, and the system's
 * limit on them. Sizes are in bytes as the kernel counts, which is with its own overhead. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_RECEIVE_BUFFER_MIN (1024 * 1024)
#define LEC_RECEIVE_BUFFER_MAX (64 * 1024 * 1024)

/**
 * lec_receive_buffer_get_need:
 * @bandwidth: [bit/s]; 0: not announced
 *
 * Returns: what holds half a second of it, within the bounds above
 */
guint lec_receive_buffer_get_need (guint64 bandwidth);

/**
 * lec_receive_buffer_set:
 * @need: from #LEC_RECEIVE_BUFFER_MIN to #LEC_RECEIVE_BUFFER_MAX
 *
 * Returns: what the system has granted, which may be less
 */
guint lec_receive_buffer_set (int fd, guint need);

/* Returns: how many packets of usual size @size holds */
guint lec_receive_buffer_get_headroom (guint size);

/* Returns: for how long [ns] @size holds what comes with @bandwidth [bit/s]; G_MAXINT64 for 0 */
gint64 lec_receive_buffer_get_time (guint size, guint64 bandwidth);

G_END_DECLS
