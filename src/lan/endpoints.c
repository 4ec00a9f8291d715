/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lan/endpoints.h"

#include <linux/sock_diag.h> /* SK_MEMINFO_DROPS */
#include <string.h>
#include <sys/socket.h>

/* [bytes] of receive buffer for a packet of usual size, as the kernel counts */
#define PACKET_COST 2304

static gboolean
is_same_list (GStrv a, GStrv b)
{
  return a == NULL || b == NULL ? a == b : g_strv_equal ((const char **) a, (const char **) b);
}

/* Two legs of one group that differ in their sources are two memberships, which the kernel keeps
 * apart by socket. */
static LecEndpoint *
find (LecEndpoints *self, const LecLeg *leg, guint16 port)
{
  for (guint i = 0; i < self->count; i++) {
    LecEndpoint *endpoint = &self->items[i];

    if (endpoint->port == port && strcmp (endpoint->group, leg->group) == 0
        && is_same_list (endpoint->sources, leg->sources)
        && is_same_list (endpoint->excluded, leg->excluded))
      return endpoint;
  }
  return NULL;
}

static LecEndpoint *
open_endpoint (LecEndpoints *self,
               const LecLeg *leg,
               guint16 port,
               gboolean is_rtcp,
               const char *interface_name,
               GError **error)
{
  LecInterface interface;
  LecEndpoint *endpoint;
  LecSocket *socket;

  if (interface_name != NULL && !lec_interfaces_find (interface_name, &interface, error))
    return NULL;
  socket = lec_socket_open (leg, port, interface_name != NULL ? &interface : NULL, error);
  if (socket == NULL)
    return NULL;

  endpoint = &self->items[self->count++];
  endpoint->socket = socket;
  endpoint->group = g_strdup (leg->group);
  endpoint->sources = g_strdupv (leg->sources);
  endpoint->excluded = g_strdupv (leg->excluded);
  endpoint->port = port;
  endpoint->is_rtcp = is_rtcp;
  return endpoint;
}

static gboolean
add_port (LecEndpoints *self,
          const LecLeg *leg,
          guint16 port,
          gboolean is_rtcp,
          guint stream,
          guint leg_index,
          const char *interface,
          GError **error)
{
  LecEndpoint *endpoint = find (self, leg, port);

  if (endpoint == NULL)
    endpoint = open_endpoint (self, leg, port, is_rtcp, interface, error);
  if (endpoint == NULL)
    return FALSE;
  if (endpoint->n_users < LEC_MAX_STREAMS) {
    endpoint->users[endpoint->n_users].stream = stream;
    endpoint->users[endpoint->n_users].leg = leg_index;
    endpoint->n_users++;
  }
  return TRUE;
}

gboolean
lec_endpoints_add (LecEndpoints *self,
                   const LecLeg *leg,
                   guint stream,
                   guint leg_index,
                   const char *interface,
                   GError **error)
{
  LecLeg rtcp = *leg; /* RFC 3605: it may go to another group */

  if (!add_port (self, leg, leg->port, FALSE, stream, leg_index, interface, error))
    return FALSE;
  if (leg->rtcp_group != NULL)
    rtcp.group = leg->rtcp_group;
  if (leg->rtcp_port != 0 && (leg->rtcp_port != leg->port || leg->rtcp_group != NULL))
    add_port (self, &rtcp, leg->rtcp_port, TRUE, stream, leg_index, interface, NULL);
  return TRUE;
}

void
lec_endpoints_clear (LecEndpoints *self)
{
  for (guint i = 0; i < self->count; i++) {
    lec_socket_free (self->items[i].socket);
    g_free (self->items[i].group);
    g_strfreev (self->items[i].sources);
    g_strfreev (self->items[i].excluded);
  }
  self->count = 0;
}

void
lec_endpoints_settle (LecEndpoints *self, const char *group, guint interface)
{
  for (guint i = 0; i < self->count; i++) {
    if (strcmp (self->items[i].group, group) == 0)
      lec_socket_settle (self->items[i].socket, interface);
  }
}

void
lec_endpoints_rejoin (LecEndpoints *self, gint64 now_ns, gint64 idle_ns)
{
  for (guint i = 0; i < self->count; i++) {
    if (now_ns - self->items[i].heard_ns >= idle_ns)
      lec_socket_rejoin (self->items[i].socket);
  }
}

gint64
lec_endpoints_get_heard (const LecEndpoints *self)
{
  gint64 heard_ns = 0;

  for (guint i = 0; i < self->count; i++)
    heard_ns = MAX (heard_ns, self->items[i].heard_ns);
  return heard_ns;
}

static gboolean
is_user (const LecEndpoint *endpoint, guint stream)
{
  for (guint i = 0; i < endpoint->n_users; i++) {
    if (endpoint->users[i].stream == stream)
      return TRUE;
  }
  return FALSE;
}

char *
lec_endpoints_dup_interfaces (const LecEndpoints *self, guint stream)
{
  for (guint i = 0; i < self->count; i++) {
    if (!self->items[i].is_rtcp && is_user (&self->items[i], stream))
      return g_strdup (lec_socket_get_interfaces (self->items[i].socket));
  }
  return g_strdup ("");
}

guint
lec_endpoints_get_room (const LecEndpoints *self)
{
  guint room = G_MAXUINT;

  for (guint i = 0; i < self->count; i++) {
    int bytes = 0;
    socklen_t length = sizeof bytes;

    getsockopt (lec_socket_get_fd (self->items[i].socket), SOL_SOCKET, SO_RCVBUF, &bytes, &length);
    room = MIN (room, (guint) MAX (bytes, 0) / PACKET_COST);
  }
  return room;
}

gboolean
lec_endpoint_get_dropped (const LecEndpoint *self, guint32 *dropped)
{
  guint32 info[SK_MEMINFO_VARS] = { 0 };
  socklen_t length = sizeof info;

  if (getsockopt (lec_socket_get_fd (self->socket), SOL_SOCKET, SO_MEMINFO, info, &length) != 0)
    return FALSE;
  *dropped = info[SK_MEMINFO_DROPS];
  return TRUE;
}
