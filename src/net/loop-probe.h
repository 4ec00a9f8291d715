/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds out whether a firewall of this computer lets in what is sent to a group: by an empty
 * datagram of its own, which the kernel loops back by the way that others' come in, and which does
 * not leave this computer (TTL 0).
 *
 * That takes no privilege, and no station. All who listen at that group and port here are sent it.
 * Used by one thread. */
#pragma once

#include <glib.h>
#include <sys/socket.h>

G_BEGIN_DECLS

typedef enum {
  LEC_LOOP_UNKNOWN, /* it could not be tried */
  LEC_LOOP_ADMITTED,
  LEC_LOOP_REFUSED,
} LecLoopState;

typedef struct _LecLoopProbe LecLoopProbe;

/* What is to be let in. */
typedef struct
{
  const char *group;
  guint16 port;
  gboolean is_selective;    /* only named sources are listened to, so this computer becomes one */
  const GArray *interfaces; /* of LecInterface: on which it is joined */
} LecLoopSubject;

/* Sends. Returns: (transfer full) (nullable): NULL where nothing can be sent */
LecLoopProbe *lec_loop_probe_new (const LecLoopSubject *subject) G_GNUC_WARN_UNUSED_RESULT;
void lec_loop_probe_free (LecLoopProbe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecLoopProbe, lec_loop_probe_free)

/* Returns: whether what came from there is its own, by the port: that is its own as long as it
 * lives */
gboolean lec_loop_probe_has_sent (const LecLoopProbe *self, const struct sockaddr_storage *from);

/* What has come of it, some milliseconds later at the earliest. */
LecLoopState lec_loop_probe_read (const LecLoopProbe *self);

G_END_DECLS
