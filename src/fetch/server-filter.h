/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which addresses of a server may be connected to, whatever its name leads to.
 *
 * What is asked for because a stranger said so must not reach the viewer's own network: names are
 * looked up when it is connected, and only then it is known where they lead. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LecServerReach:
 * @LEC_SERVER_REACH_PUBLIC: addresses of the Internet only
 * @LEC_SERVER_REACH_NETWORK: those of private networks too
 * @LEC_SERVER_REACH_ALL: this computer and this link too
 */
typedef enum {
  LEC_SERVER_REACH_PUBLIC,
  LEC_SERVER_REACH_NETWORK,
  LEC_SERVER_REACH_ALL,
} LecServerReach;

/* Returns: the least that @address is within */
LecServerReach lec_server_reach_of (GInetAddress *address);

/**
 * lec_server_filter_new:
 * @host: a name or an address in any spelling
 *
 * Returns: (transfer full): what connects to @host, and fails with %G_IO_ERROR_PERMISSION_DENIED
 *   where all of its addresses are out of @reach. Certificates are checked against @host
 */
GSocketConnectable *lec_server_filter_new (const char *host,
                                           guint16 port,
                                           LecServerReach reach) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
