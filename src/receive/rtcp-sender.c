/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/rtcp-sender.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>

#include "net/batch.h"
#include "net/sender.h"
#include "wire/rtcp.h"
#include "wire/units.h"

#define TTL_UNSAID 1 /* as for all that is multicast: not beyond this network */

typedef struct
{
  char *group;
  guint16 port;
  int ttl;
} Destination;

struct _LecRtcpSender
{
  Destination destinations[LEC_MAX_LEGS];
  guint n_destinations;

  /* the one that is in use */
  GSocket *socket; /* NULL: none */
  guint leg;
  char *interface;
  GSocketAddress *to;
  guint64 own; /* what it sends from, as for a LecPacket; 0: not known */
};

LecRtcpSender *
lec_rtcp_sender_new (const LecStream *stream)
{
  LecRtcpSender *self = g_new0 (LecRtcpSender, 1);

  self->n_destinations = MIN (stream->legs->len, LEC_MAX_LEGS);
  for (guint i = 0; i < self->n_destinations; i++) {
    const LecLeg *leg = g_ptr_array_index (stream->legs, i);

    self->destinations[i].group = g_strdup (leg->rtcp_group != NULL ? leg->rtcp_group : leg->group);
    self->destinations[i].port = leg->rtcp_port;
    self->destinations[i].ttl = leg->ttl >= 0 ? leg->ttl : TTL_UNSAID;
  }
  return self;
}

static void
close_socket (LecRtcpSender *self)
{
  g_clear_object (&self->socket);
  g_clear_object (&self->to);
  g_clear_pointer (&self->interface, g_free);
  self->own = 0;
}

void
lec_rtcp_sender_free (LecRtcpSender *self)
{
  if (self == NULL)
    return;

  close_socket (self);
  for (guint i = 0; i < self->n_destinations; i++)
    g_free (self->destinations[i].group);
  g_free (self);
}

static void
learn_own (LecRtcpSender *self)
{
  struct sockaddr_storage address;
  socklen_t length = sizeof address;

  if (getsockname (g_socket_get_fd (self->socket), (struct sockaddr *) &address, &length) == 0)
    self->own = lec_address_get_sender (&address);
}

/* Anew where another leg or another interface delivers now. What somebody sends to it is not read,
 * and need not be kept. */
static gboolean
ensure_socket (LecRtcpSender *self, guint leg, const char *interface)
{
  const Destination *destination = &self->destinations[leg];

  if (self->socket != NULL && self->leg == leg && strcmp (self->interface, interface) == 0)
    return TRUE;

  close_socket (self);
  self->socket = lec_sender_open (destination->group, interface, destination->ttl, NULL);
  if (self->socket == NULL)
    return FALSE;
  g_socket_set_blocking (self->socket, FALSE);
  g_socket_set_option (self->socket, SOL_SOCKET, SO_RCVBUF, 0, NULL);
  self->leg = leg;
  self->interface = g_strdup (interface);
  self->to = g_inet_socket_address_new_from_string (destination->group, destination->port);
  learn_own (self);
  return TRUE;
}

static void
send_compound (LecRtcpSender *self, const guint8 *bytes, gsize size)
{
  if (size > 0)
    g_socket_send_to (self->socket, self->to, (const char *) bytes, size, NULL, NULL);
}

/* The leg of the stream that was heard last, and where; FALSE as long as that can be several
 * interfaces, or none is joined. */
static gboolean
find_leg (const LecEndpoints *endpoints, guint index, guint *leg, const char **interface)
{
  const LecEndpoint *newest = NULL;

  for (guint i = 0; i < endpoints->count; i++) {
    const LecEndpoint *endpoint = &endpoints->items[i];

    if (endpoint->role != LEC_ENDPOINT_MEDIA
        || (newest != NULL && endpoint->heard_ns <= newest->heard_ns))
      continue;
    for (guint j = 0; j < endpoint->n_users; j++) {
      if (endpoint->users[j].stream != index)
        continue;
      newest = endpoint;
      *leg = endpoint->users[j].leg;
    }
  }
  if (newest == NULL || lec_ingress_is_unpinned (newest->ingress))
    return FALSE;
  *interface = lec_ingress_get_interfaces (newest->ingress);
  return **interface != '\0';
}

gint64
lec_rtcp_sender_run (LecRtcpSender *self,
                     LecSession *session,
                     const LecEndpoints *endpoints,
                     guint index,
                     gint64 now_ns)
{
  guint8 bytes[LEC_RTCP_MAX];
  const char *interface = NULL;
  guint leg = 0;

  if (lec_session_get_report_time (session) > now_ns)
    return lec_session_get_report_time (session);
  if (!find_leg (endpoints, index, &leg, &interface) || leg >= self->n_destinations
      || !ensure_socket (self, leg, interface))
    return now_ns + SECOND;
  send_compound (self, bytes, lec_session_write_report (session, now_ns, bytes));
  return lec_session_get_report_time (session);
}

void
lec_rtcp_sender_leave (LecRtcpSender *self, LecSession *session)
{
  guint8 bytes[LEC_RTCP_MAX];

  if (self->socket != NULL)
    send_compound (self, bytes, lec_session_write_bye (session, bytes));
}

gboolean
lec_rtcp_sender_is_own (const LecRtcpSender *self, guint64 sender)
{
  return self->own != 0 && self->own == sender;
}
