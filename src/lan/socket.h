/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One group and port: a socket that hears exactly what was announced, and nothing else.
 *
 * Bound to the group address, so that unicast and other groups stay out; joined by interface and,
 * where sources are announced, by source; what the kernel lets through all the same (other
 * interfaces with IPv6, other sources in networks without IGMPv3) is told by
 * lec_socket_accepts(). Used by one thread. */
#pragma once

#include <gio/gio.h>
#include <netinet/in.h>

#include "lan/interfaces.h"
#include "wire/channel.h"

G_BEGIN_DECLS

typedef struct _LecSocket LecSocket;

/**
 * lec_socket_open:
 * @port: the leg's own port or its RTCP port
 * @interface: (nullable): the one to join on; NULL: all there are, until lec_socket_settle()
 * @error: #LEC_ERROR_UNREACHABLE, naming address and reason
 *
 * A unicast address is listened on; nothing is joined then.
 */
LecSocket *lec_socket_open (const LecLeg *leg,
                            guint16 port,
                            const LecInterface *interface,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Leaves what was joined, and closes. */
void lec_socket_free (LecSocket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSocket, lec_socket_free)

/* Non-blocking; stays the socket's. */
int lec_socket_get_fd (const LecSocket *self);

/* The group and port, as a person writes them. */
const char *lec_socket_get_name (const LecSocket *self);

/* The interfaces joined on, "eth0" or "eth0, wlan0"; empty for unicast. Valid until the next call
 * that changes them. */
const char *lec_socket_get_interfaces (const LecSocket *self);

/**
 * lec_socket_accepts:
 * @from: the sender
 * @interface: index of the interface it came in on; 0: not known
 *
 * Returns: whether the announcement lets this datagram in
 */
gboolean
lec_socket_accepts (const LecSocket *self, const struct sockaddr_storage *from, guint interface);

/* Whether more than one interface is joined on, and it is worth to learn which one delivers. */
gboolean lec_socket_is_unsettled (const LecSocket *self);

/* Stays on @interface and leaves the group on all others. */
void lec_socket_settle (LecSocket *self, guint interface);

/* Leaves and joins again: on the pinned interface, or on all there are now. Errors are ignored, as
 * an interface may be gone for the moment. */
void lec_socket_rejoin (LecSocket *self);

G_END_DECLS
