/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a socket is made of, for the two files that it is made in. */
#pragma once

#include "lan/socket.h"

G_BEGIN_DECLS

#define LEC_SOCKET_SENDERS 4 /* remembered: a channel has one or two */

typedef struct sockaddr_storage LecSocketAddress;

struct _LecSocket
{
  int fd;
  char *name;
  char *interfaces;
  gboolean is_group;
  gboolean pinned;
  LecSocketAddress group; /* with port */
  GArray *sources;        /* of LecSocketAddress */
  GArray *excluded;       /* of LecSocketAddress */
  GArray *joined;         /* of LecInterface; as wanted, not all need have succeeded */
  LecSocketAddress senders[LEC_SOCKET_SENDERS];
  guint n_senders; /* ever; the last ones are kept */
};

/* Joins for the first time, on @interface or, where that is NULL, on all there are. Returns FALSE
 * with errno set when none of them could be joined on. */
gboolean lec_socket_join_first (LecSocket *self, const LecInterface *interface);

/* @interface: index */
gboolean lec_socket_is_joined_on (const LecSocket *self, guint interface);

/* Hosts only: ports do not matter. */
gboolean lec_socket_is_same_host (const LecSocketAddress *a, const LecSocketAddress *b);

G_END_DECLS
