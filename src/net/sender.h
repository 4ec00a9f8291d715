/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A socket to send to one group, or to one host, over a chosen interface.
 *
 * The other end of the receiver, for the station and for tests. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lec_sender_open:
 * @address: numeric IPv4 or IPv6 address, a group or unicast
 * @interface: (nullable): name of the interface to send over; NULL: as the routes say
 * @ttl: hops a datagram may travel, 0 to 255
 * @error: #LEC_ERROR_UNREACHABLE with a sentence that names what cannot be used
 *
 * The socket is bound to the address that datagrams will come from. Without that, those sent
 * over `lo` would come from 0.0.0.0, and a receiver that names its source would not hear them.
 *
 * Returns: (nullable) (transfer full): not connected, so that a host that answers with "port
 *   unreachable" does not end the broadcast
 */
GSocket *lec_sender_open (const char *address, const char *interface, int ttl, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_sender_dup_source:
 * @socket: from lec_sender_open()
 *
 * Returns: (transfer full): the numeric address that its datagrams come from
 */
char *lec_sender_dup_source (GSocket *socket);

G_END_DECLS
