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

#include "channel/channel.h"
#include "net/interfaces.h"

G_BEGIN_DECLS

typedef struct _LecSocket LecSocket;

/**
 * lec_socket_open:
 * @port: the leg's own port or its RTCP port
 * @interface: (nullable): the one to join on; NULL: all there are, until lec_socket_pin()
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

/* Whether the kernel is asked which interface each datagram came in on, as that decides whether it
 * is let in. */
gboolean lec_socket_asks_for_interface (const LecSocket *self);

/* Non-blocking; stays the socket's. */
int lec_socket_get_fd (const LecSocket *self);

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

/* Stays on @interface and leaves the group on all others. */
void lec_socket_pin (LecSocket *self, guint interface);

/* The interfaces that it is joined on, or would be; of LecInterface; empty for unicast. */
const GArray *lec_socket_get_joined (const LecSocket *self);

/* Leaves the group, so that lec_socket_join_again() is a new join: on the pinned interface, or on
 * all there are by then. While any socket of this host is a member on an interface the network
 * hears nothing of another one there: let all that share a group leave first. Errors are ignored,
 * as an interface may be gone for the moment. */
void lec_socket_leave (LecSocket *self);
void lec_socket_join_again (LecSocket *self);

/* Joins on the interfaces that it has not joined on, too; on nothing more if one is pinned. */
void lec_socket_add_interfaces (LecSocket *self);

/* Remembers a sender that was let in: for lec_socket_begin_report(). */
void lec_socket_note_sender (LecSocket *self, const struct sockaddr_storage *from);

/* Whether it can report its membership without a packet lost: it must know who sends. */
gboolean lec_socket_is_reportable (const LecSocket *self);

/**
 * lec_socket_begin_report:
 * @hearing: a socket of the same group that lec_socket_is_reportable(), for the senders that @self
 *   has not heard
 *
 * Lets the network hear once more that this group is wanted: a host reports unasked when its filter
 * for the group changes between any source and some sources (RFC 3376, section 5.1; RFC 3810,
 * section 6.1). So the filter becomes the one that lets the same senders in, until
 * lec_socket_end_report(). The host has one filter for all its sockets: begin with all that share
 * the group, then end with all. Where IGMPv2 or MLDv1 is spoken nothing is reported.
 */
void lec_socket_begin_report (LecSocket *self, const LecSocket *hearing);
void lec_socket_end_report (LecSocket *self);

G_END_DECLS
