/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays a capture file as if it came now: each datagram when it is due by its time stamp, to
 * whoever would have received it. Joins nothing, and needs no network. Used by one thread. */
#pragma once

#include "net/ingress.h"

G_BEGIN_DECLS

typedef struct _LecReplay LecReplay;

/**
 * lec_replay_open:
 * @path: a file that net/capture.h, tcpdump or Wireshark has written
 * @error: #LEC_ERROR_UNREACHABLE, #LEC_ERROR_MALFORMED or #LEC_ERROR_UNSUPPORTED, naming @path
 */
LecReplay *lec_replay_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LecReplay *lec_replay_ref (LecReplay *self);
void lec_replay_unref (LecReplay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReplay, lec_replay_unref)

/* Returns: [ns] from its first datagram to its last one */
gint64 lec_replay_get_duration (const LecReplay *self);

/* Returns: whether each ingress that is open has read all that is for it */
gboolean lec_replay_has_ended (const LecReplay *self);

/**
 * lec_replay_open_ingress:
 * @port: the leg's own port or its RTCP port
 * @error: #LEC_ERROR_UNREACHABLE or #LEC_ERROR_MALFORMED
 *
 * What was sent to @leg. All ingresses of one replay share its time, which begins when the first of
 * them is read. A unicast address stands for whatever host captured it.
 */
LecIngress *lec_replay_open_ingress (LecReplay *self,
                                     const LecLeg *leg,
                                     guint16 port,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
