/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one thread that receives, for all receivers of this process: what costs is not a packet but
 * being woken for it, and all that come in one moment are read in one go, whatever channel they are
 * of. It is there as long as anybody is in the loop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LecLoopMember LecLoopMember;

/**
 * LecLoopMember:
 * @fd: (unowned) readable when there is something to do
 * @step: does it, without waiting; in the loop's thread
 * @headroom: [packets] that its smallest receive buffer holds
 * @latency_ns: that its packets have until they are shown
 * @packets: step has read since they were counted last
 * @behind: step could not read all there was
 * @overflowed: the kernel had to drop packets
 *
 * A plain struct to be embedded. What is below @step is set before lec_receive_loop_add(), then by
 * @step alone.
 */
struct _LecLoopMember
{
  int fd;
  void (*step) (LecLoopMember *self);

  guint headroom;
  gint64 latency_ns;
  guint packets;
  gboolean behind;
  gboolean overflowed;
};

/**
 * lec_receive_loop_add:
 * @error: (nullable): #LEC_ERROR_UNREACHABLE: the system grants no more threads or descriptors
 *
 * From any thread but the loop's; @member must stay until it is removed.
 */
gboolean lec_receive_loop_add (LecLoopMember *member, GError **error);

/* From any thread but the loop's: when it returns, @member is not in step, and will not be. */
void lec_receive_loop_remove (LecLoopMember *member);

G_END_DECLS
