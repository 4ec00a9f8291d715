/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The groups on which announcements are heard, and the sockets that are joined to them. Used by one
 * thread. */
#pragma once

#include <poll.h>

#include "net/socket.h"

G_BEGIN_DECLS

#define LEC_MAX_SAP_SOCKETS 64

typedef struct
{
  LecSocket *socket;
  char *group;
} LecSapSocket;

typedef struct _LecSapSockets LecSapSockets;

/**
 * lec_sap_sockets_new:
 * @interface: (nullable): the only one to join on; NULL: all suitable ones
 * @error: #LEC_ERROR_UNREACHABLE where nothing can be joined
 */
LecSapSockets *lec_sap_sockets_new (const char *interface,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_sap_sockets_free (LecSapSockets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSapSockets, lec_sap_sockets_free)

/* Closes all, and opens them on the interfaces that there are now. */
void lec_sap_sockets_reopen (LecSapSockets *self);

/**
 * lec_sap_sockets_add_scope:
 * @group: something that is announced
 *
 * Listens in the scope of @group as well (RFC 2365, section 9), for a few scopes at most.
 */
void lec_sap_sockets_add_scope (LecSapSockets *self, const char *group);

/* Returns: (array): the sockets, valid until the next reopening or adding */
const LecSapSocket *lec_sap_sockets_get (const LecSapSockets *self, guint *count);

/* Returns: (transfer full): the interfaces joined on, "eth0, lo" */
char *lec_sap_sockets_dup_interfaces (const LecSapSockets *self);

G_END_DECLS
