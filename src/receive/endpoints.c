/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/endpoints.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/socket.h>

#include "channel/error.h"
#include "net/receive-buffer.h"

#define FIRST_USER_PORT 1024 /* RFC 6335, section 6 */

static gboolean
is_same_list (GStrv a, GStrv b)
{
  return a == NULL || b == NULL ? a == b : g_strv_equal ((const char **) a, (const char **) b);
}

/* Two legs of one group that differ in their sources are two memberships, which the kernel keeps
 * apart by socket. */
static gboolean
is_same_membership (const LecEndpoint *endpoint, const LecLeg *leg)
{
  return strcmp (endpoint->group, leg->group) == 0 && is_same_list (endpoint->sources, leg->sources)
         && is_same_list (endpoint->excluded, leg->excluded);
}

static LecEndpoint *
find (LecEndpoints *self, const LecLeg *leg, guint16 port)
{
  for (guint i = 0; i < self->count; i++) {
    if (self->items[i].port == port && is_same_membership (&self->items[i], leg))
      return &self->items[i];
  }
  return NULL;
}

static guint
find_membership (const LecEndpoints *self, const LecLeg *leg)
{
  for (guint i = 0; i < self->count; i++) {
    if (is_same_membership (&self->items[i], leg))
      return self->items[i].membership;
  }
  return self->n_memberships;
}

/* An announcement that names such a port would have us listen where name service or the like comes,
 * so somebody has to want that. */
static gboolean
check_port (const LecEndpoints *self, guint16 port, GError **error)
{
  if (port >= FIRST_USER_PORT || self->low_ports)
    return TRUE;
  g_set_error (error, LEC_ERROR, LEC_ERROR_LOW_PORT,
               _ ("Port %u is for services of the system and is not listened on; ask the sender "
                  "for one from 1024 on"),
               port);
  return FALSE;
}

static LecIngress *
open_ingress (const LecEndpoints *self,
              const LecLeg *leg,
              guint16 port,
              const char *interface,
              GError **error)
{
  if (self->replay != NULL)
    return lec_replay_open_ingress (self->replay, leg, port, error);
  if (!check_port (self, port, error))
    return NULL;
  if (self->opener.open != NULL)
    return self->opener.open (leg, port, interface, self->opener.data, error);
  return lec_ingress_open (leg, port, interface, error);
}

static LecEndpoint *
open_endpoint (LecEndpoints *self,
               const LecLeg *leg,
               guint16 port,
               LecEndpointRole role,
               const char *interface,
               GError **error)
{
  LecIngress *ingress = open_ingress (self, leg, port, interface, error);
  LecEndpoint *endpoint;

  if (ingress == NULL)
    return NULL;

  endpoint = &self->items[self->count];
  endpoint->membership = find_membership (self, leg);
  self->n_memberships = MAX (self->n_memberships, endpoint->membership + 1);
  self->count++;
  endpoint->ingress = ingress;
  endpoint->group = g_strdup (leg->group);
  endpoint->sources = g_strdupv (leg->sources);
  endpoint->excluded = g_strdupv (leg->excluded);
  endpoint->port = port;
  endpoint->role = role;
  return endpoint;
}

static gboolean
add_port (LecEndpoints *self,
          const LecLeg *leg,
          guint16 port,
          LecEndpointRole role,
          guint stream,
          guint leg_index,
          guint64 bandwidth,
          const char *interface,
          GError **error)
{
  LecEndpoint *endpoint = find (self, leg, port);

  if (endpoint == NULL)
    endpoint = open_endpoint (self, leg, port, role, interface, error);
  if (endpoint == NULL)
    return FALSE;
  if (endpoint->n_users > 0 && (endpoint->bandwidth == 0 || bandwidth == 0))
    endpoint->bandwidth = 0;
  else
    endpoint->bandwidth += bandwidth;
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
                   guint64 bandwidth,
                   const char *interface,
                   GError **error)
{
  LecLeg rtcp = *leg; /* RFC 3605: it may go to another group */

  if (!add_port (self, leg, leg->port, LEC_ENDPOINT_MEDIA, stream, leg_index, bandwidth, interface,
                 error))
    return FALSE;
  if (leg->rtcp_group != NULL)
    rtcp.group = leg->rtcp_group;
  if (leg->rtcp_port != 0 && (leg->rtcp_port != leg->port || leg->rtcp_group != NULL))
    add_port (self, &rtcp, leg->rtcp_port, LEC_ENDPOINT_CONTROL, stream, leg_index, 0, interface,
              NULL);
  return TRUE;
}

static guint
count_repair (const LecEndpoints *self, guint stream)
{
  guint count = 0;

  for (guint i = 0; i < self->count; i++)
    count += self->items[i].role == LEC_ENDPOINT_REPAIR && self->items[i].users[0].stream == stream;
  return count;
}

void
lec_endpoints_add_repair (LecEndpoints *self,
                          const LecLeg *leg,
                          guint stream,
                          LecRepairScheme scheme,
                          const char *interface)
{
  if (find (self, leg, leg->port) != NULL || count_repair (self, stream) == LEC_MAX_REPAIR_PORTS
      || !add_port (self, leg, leg->port, LEC_ENDPOINT_REPAIR, stream, 0, 0, interface, NULL))
    return;
  self->items[self->count - 1].scheme = scheme;
}

void
lec_endpoints_clear (LecEndpoints *self)
{
  for (guint i = 0; i < self->count; i++) {
    lec_ingress_free (self->items[i].ingress);
    g_free (self->items[i].group);
    g_strfreev (self->items[i].sources);
    g_strfreev (self->items[i].excluded);
  }
  self->count = self->n_memberships = 0;
}

/* ---- memberships ---- */

/* The next socket of @membership after @after, NULL to begin; NULL: no more. */
static LecEndpoint *
next (const LecEndpoints *self, guint membership, const LecEndpoint *after)
{
  guint first = after != NULL ? (guint) (after - self->items) + 1 : 0;

  for (guint i = first; i < self->count; i++) {
    if (self->items[i].membership == membership)
      return (LecEndpoint *) &self->items[i];
  }
  return NULL;
}

gboolean
lec_endpoints_is_group (const LecEndpoints *self, guint membership)
{
  return lec_ingress_is_member (next (self, membership, NULL)->ingress);
}

gboolean
lec_endpoints_has_media (const LecEndpoints *self, guint membership)
{
  for (LecEndpoint *e = NULL; (e = next (self, membership, e)) != NULL;) {
    if (e->role == LEC_ENDPOINT_MEDIA)
      return TRUE;
  }
  return FALSE;
}

int
lec_endpoints_get_family (const LecEndpoints *self, guint membership)
{
  return strchr (next (self, membership, NULL)->group, ':') != NULL ? AF_INET6 : AF_INET;
}

void
lec_endpoints_pin (LecEndpoints *self, guint membership, guint interface)
{
  for (LecEndpoint *e = NULL; (e = next (self, membership, e)) != NULL;)
    lec_ingress_pin (e->ingress, interface);
}

static void
renew (LecEndpoints *self, guint membership, LecRenewal step, const LecIngress *hearing)
{
  for (LecEndpoint *e = NULL; (e = next (self, membership, e)) != NULL;)
    lec_ingress_renew (e->ingress, step, hearing);
}

void
lec_endpoints_rejoin (LecEndpoints *self, guint membership)
{
  renew (self, membership, LEC_RENEWAL_LEAVE, NULL);
  renew (self, membership, LEC_RENEWAL_JOIN, NULL);
}

void
lec_endpoints_add_interfaces (LecEndpoints *self, guint membership)
{
  renew (self, membership, LEC_RENEWAL_WIDEN, NULL);
}

gboolean
lec_endpoints_report (LecEndpoints *self, guint membership)
{
  const LecIngress *hearing = NULL;

  for (LecEndpoint *e = NULL; hearing == NULL && (e = next (self, membership, e)) != NULL;)
    hearing = lec_ingress_is_reportable (e->ingress) ? e->ingress : NULL;
  if (hearing == NULL)
    return FALSE;
  renew (self, membership, LEC_RENEWAL_REPORT, hearing);
  renew (self, membership, LEC_RENEWAL_SETTLE, NULL);
  return TRUE;
}

gint64
lec_endpoints_get_heard (const LecEndpoints *self, guint membership)
{
  gint64 heard_ns = G_MININT64;

  for (LecEndpoint *e = NULL; (e = next (self, membership, e)) != NULL;)
    heard_ns = MAX (heard_ns, e->heard_ns);
  return heard_ns;
}

const GArray *
lec_endpoints_get_joined (const LecEndpoints *self, guint membership)
{
  return lec_ingress_get_joined (next (self, membership, NULL)->ingress);
}

/* ---- all ---- */

gboolean
lec_endpoints_is_wireless (const LecEndpoints *self)
{
  for (guint i = 0; i < self->count; i++) {
    const GArray *joined = lec_ingress_get_joined (self->items[i].ingress);

    for (guint j = 0; j < joined->len; j++) {
      if (g_array_index (joined, LecInterface, j).wireless)
        return TRUE;
    }
  }
  return FALSE;
}

guint
lec_endpoints_get_speed (const LecEndpoints *self)
{
  guint speed = 0;

  for (guint i = 0; i < self->count; i++) {
    const GArray *joined = lec_ingress_get_joined (self->items[i].ingress);

    for (guint j = 0; j < joined->len; j++)
      speed = MAX (speed, g_array_index (joined, LecInterface, j).speed);
  }
  return speed;
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

const char *
lec_endpoints_get_interfaces (const LecEndpoints *self, guint stream)
{
  for (guint i = 0; i < self->count; i++) {
    if (self->items[i].role == LEC_ENDPOINT_MEDIA && is_user (&self->items[i], stream))
      return lec_ingress_get_interfaces (self->items[i].ingress);
  }
  return "";
}

/* ---- receive buffers ---- */

static void
reserve (LecEndpoint *endpoint, guint size)
{
  endpoint->buffer = size;
  endpoint->granted = lec_ingress_reserve (endpoint->ingress, size);
}

void
lec_endpoints_reserve (LecEndpoints *self)
{
  for (guint i = 0; i < self->count; i++) {
    LecEndpoint *endpoint = &self->items[i];

    reserve (endpoint, endpoint->role == LEC_ENDPOINT_CONTROL
                           ? LEC_RECEIVE_BUFFER_MIN
                           : lec_receive_buffer_get_need (endpoint->bandwidth));
  }
}

void
lec_endpoint_enlarge (LecEndpoint *self)
{
  if (self->granted >= self->buffer && self->buffer < LEC_RECEIVE_BUFFER_MAX)
    reserve (self, MIN (2 * self->buffer, LEC_RECEIVE_BUFFER_MAX));
}

guint
lec_endpoints_get_refused (const LecEndpoints *self)
{
  guint refused = 0;

  for (guint i = 0; i < self->count; i++) {
    if (self->items[i].granted < self->items[i].buffer)
      refused = MAX (refused, self->items[i].buffer);
  }
  return refused;
}

gint64
lec_endpoints_get_time (const LecEndpoints *self)
{
  gint64 time_ns = G_MAXINT64;

  for (guint i = 0; i < self->count; i++)
    time_ns = MIN (time_ns,
                   lec_receive_buffer_get_time (self->items[i].granted, self->items[i].bandwidth));
  return time_ns;
}

guint
lec_endpoints_get_headroom (const LecEndpoints *self)
{
  guint headroom = G_MAXUINT;

  for (guint i = 0; i < self->count; i++)
    headroom = MIN (headroom, lec_receive_buffer_get_headroom (self->items[i].granted));
  return headroom;
}
