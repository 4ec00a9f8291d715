/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sockets of one alternative: which groups and ports there are, whom each serves, and on which
 * interfaces they are joined. Not thread-safe. */
#pragma once

#include "lan/socket.h"
#include "wire/channel.h"

G_BEGIN_DECLS

#define LEC_MAX_ENDPOINTS (LEC_MAX_STREAMS * LEC_MAX_LEGS * 2) /* each leg, and its RTCP */

/* One socket, and whom its datagrams are for: streams that share a group and port share it. */
typedef struct
{
  LecSocket *socket;
  gboolean is_rtcp;
  struct
  {
    guint stream, leg;
  } users[LEC_MAX_STREAMS];
  guint n_users;
  char *group;
  GStrv sources, excluded; /* (nullable) */
  guint16 port;
  guint32 dropped; /* by the kernel, as far as it was counted */
  gint64 heard_ns; /* session time of the last datagram let in */
} LecEndpoint;

/* A plain struct to be embedded; zeroed is empty. */
typedef struct
{
  LecEndpoint items[LEC_MAX_ENDPOINTS];
  guint count;
} LecEndpoints;

/**
 * lec_endpoints_add:
 * @stream, @leg_index: whom @leg is of
 * @interface: (nullable): name of the one to join on; NULL: all suitable ones
 * @error: #LEC_ERROR_UNREACHABLE
 *
 * Opens and joins the leg's port, and its RTCP port where it has one. RTCP is a help: without it
 * there is still a picture, so only the former can fail.
 */
gboolean lec_endpoints_add (LecEndpoints *self,
                            const LecLeg *leg,
                            guint stream,
                            guint leg_index,
                            const char *interface,
                            GError **error);

/* Leaves and closes all. */
void lec_endpoints_clear (LecEndpoints *self);

/**
 * lec_endpoints_settle:
 *
 * Stays on @interface only with all sockets of @group together: as long as the one for RTCP, on
 * which little comes, is joined on another interface, the network sends everything there.
 */
void lec_endpoints_settle (LecEndpoints *self, const char *group, guint interface);

/* Joins again with the sockets that have heard nothing for @idle_ns. */
void lec_endpoints_rejoin (LecEndpoints *self, gint64 now_ns, gint64 idle_ns);

/* Session time of the newest datagram on any of them; 0 without any. */
gint64 lec_endpoints_get_heard (const LecEndpoints *self);

/* Returns: (transfer full): the interfaces that @stream is joined on; empty for unicast */
char *lec_endpoints_dup_interfaces (const LecEndpoints *self, guint stream);

/* How many packets of usual size the smallest receive buffer holds. */
guint lec_endpoints_get_room (const LecEndpoints *self);

/* Returns: whether the kernel tells how many datagrams it has dropped on the socket */
gboolean lec_endpoint_get_dropped (const LecEndpoint *self, guint32 *dropped);

G_END_DECLS
