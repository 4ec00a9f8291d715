/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/rtcp-sender.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>

#include "net/batch.h"
#include "net/sender.h"
#include "wire/rtcp.h"
#include "wire/units.h"

#define TTL_UNSAID 1   /* as for all that is multicast: not beyond this network */
#define TTL_UNICAST 64 /* as for all that is not */

typedef struct
{
  char *group;
  guint16 port;
  int ttl;
} Destination;

/* A way to one destination. */
typedef struct
{
  GSocket *socket; /* NULL: none */
  GSocketAddress *to;
  guint64 own; /* what it sends from, as for a LecPacket; 0: not known */
} Path;

struct _LecRtcpSender
{
  Destination destinations[LEC_MAX_LEGS];
  guint n_destinations;

  Path group; /* the one that is in use */
  guint leg;
  char *interface;

  gboolean has_target; /* one computer is asked for what was lost, and not the group */
  Path target;
  LecSrtp *srtp; /* (unowned) (nullable) */
};

static void
path_close (Path *path)
{
  g_clear_object (&path->socket);
  g_clear_object (&path->to);
  path->own = 0;
}

static gboolean
path_open (Path *path, const char *address, guint16 port, const char *interface, int ttl)
{
  struct sockaddr_storage own;
  socklen_t length = sizeof own;

  path->socket = lec_sender_open (address, interface, ttl, NULL);
  if (path->socket == NULL)
    return FALSE;
  g_socket_set_blocking (path->socket, FALSE);
  path->to = g_inet_socket_address_new_from_string (address, port);
  if (getsockname (g_socket_get_fd (path->socket), (struct sockaddr *) &own, &length) == 0)
    path->own = lec_address_get_sender (&own);
  return TRUE;
}

/* @bytes: with room for what encryption adds */
static void
send_to (LecRtcpSender *self, Path *path, guint8 *bytes, gsize size)
{
  guint32 length = (guint32) size;

  if (size == 0 || path->socket == NULL
      || (self->srtp != NULL && !lec_srtp_protect_rtcp (self->srtp, bytes, &length)))
    return;
  g_socket_send_to (path->socket, path->to, (const char *) bytes, length, NULL, NULL);
}

LecRtcpSender *
lec_rtcp_sender_new (const LecStream *stream, LecSrtp *srtp)
{
  LecRtcpSender *self = g_new0 (LecRtcpSender, 1);

  self->srtp = srtp;
  self->n_destinations = MIN (stream->legs->len, LEC_MAX_LEGS);
  for (guint i = 0; i < self->n_destinations; i++) {
    const LecLeg *leg = g_ptr_array_index (stream->legs, i);

    self->destinations[i].group = g_strdup (leg->rtcp_group != NULL ? leg->rtcp_group : leg->group);
    self->destinations[i].port = leg->rtcp_port;
    self->destinations[i].ttl = leg->ttl >= 0 ? leg->ttl : TTL_UNSAID;
  }
  self->has_target = stream->feedback.target != NULL;
  if (self->has_target)
    path_open (&self->target, stream->feedback.target, stream->feedback.port, NULL, TTL_UNICAST);
  return self;
}

void
lec_rtcp_sender_free (LecRtcpSender *self)
{
  if (self == NULL)
    return;

  path_close (&self->group);
  path_close (&self->target);
  g_free (self->interface);
  for (guint i = 0; i < self->n_destinations; i++)
    g_free (self->destinations[i].group);
  g_free (self);
}

/* Anew where another leg or another interface delivers now. What somebody sends to it is not read,
 * and need not be kept. */
static gboolean
ensure_socket (LecRtcpSender *self, guint leg, const char *interface)
{
  const Destination *destination = &self->destinations[leg];

  if (self->group.socket != NULL && self->leg == leg && strcmp (self->interface, interface) == 0)
    return TRUE;

  path_close (&self->group);
  if (!path_open (&self->group, destination->group, destination->port, interface, destination->ttl))
    return FALSE;
  g_socket_set_option (self->group.socket, SOL_SOCKET, SO_RCVBUF, 0, NULL);
  self->leg = leg;
  g_free (self->interface);
  self->interface = g_strdup (interface);
  return TRUE;
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

static gboolean
ensure_group (LecRtcpSender *self, const LecEndpoints *endpoints, guint index)
{
  const char *interface = NULL;
  guint leg = 0;

  return find_leg (endpoints, index, &leg, &interface) && leg < self->n_destinations
         && ensure_socket (self, leg, interface);
}

/* Returns: when to look again */
static gint64
run_reports (LecRtcpSender *self,
             LecSession *session,
             const LecEndpoints *endpoints,
             guint index,
             gint64 now_ns)
{
  guint8 bytes[LEC_RTCP_MAX + LEC_SRTCP_TRAILER];

  if (lec_session_get_report_time (session) > now_ns)
    return lec_session_get_report_time (session);
  if (!ensure_group (self, endpoints, index))
    return now_ns + SECOND;
  send_to (self, &self->group, bytes, lec_session_write_report (session, now_ns, bytes));
  return lec_session_get_report_time (session);
}

/* When @trials let a stranger be asked. */
static gint64
find_trial (LecTrials *trials, const LecSession *session, gint64 now_ns)
{
  if (!lec_session_is_on_trial (session))
    return now_ns;
  if (trials->begun_ns != 0 && now_ns - trials->begun_ns >= LEC_NACK_SILENT_NS)
    return G_MAXINT64;
  return trials->next_ns;
}

static void
note_trial (LecTrials *trials, gint64 now_ns)
{
  if (trials->begun_ns == 0)
    trials->begun_ns = now_ns;
  trials->next_ns = now_ns + LEC_NACK_PROBE_NS;
}

static gint64
run_requests (LecRtcpSender *self,
              LecSession *session,
              const LecEndpoints *endpoints,
              guint index,
              LecTrials *trials,
              gint64 now_ns)
{
  guint8 bytes[LEC_RTCP_REQUEST_MAX + LEC_SRTCP_TRAILER];
  Path *path = self->has_target ? &self->target : &self->group;
  const gint64 wake_ns
      = MAX (lec_session_get_request_time (session), find_trial (trials, session, now_ns));
  const gboolean is_trial = lec_session_is_on_trial (session);
  gsize size;

  if (wake_ns > now_ns)
    return wake_ns;
  if (!self->has_target && !ensure_group (self, endpoints, index))
    return now_ns + SECOND;
  size = lec_session_write_request (session, now_ns, bytes);
  send_to (self, path, bytes, size);
  if (is_trial && size > 0)
    note_trial (trials, now_ns);
  else if (self->has_target && size > 0)
    trials->begun_ns = 0; /* somebody answers */
  return lec_session_get_request_time (session);
}

gint64
lec_rtcp_sender_run (LecRtcpSender *self,
                     LecSession *session,
                     const LecEndpoints *endpoints,
                     guint index,
                     LecTrials *trials,
                     gint64 now_ns)
{
  return MIN (run_reports (self, session, endpoints, index, now_ns),
              run_requests (self, session, endpoints, index, trials, now_ns));
}

int
lec_rtcp_sender_get_answer_fd (const LecRtcpSender *self)
{
  return self->target.socket != NULL ? g_socket_get_fd (self->target.socket) : -1;
}

void
lec_rtcp_sender_leave (LecRtcpSender *self, LecSession *session)
{
  guint8 bytes[LEC_RTCP_MAX + LEC_SRTCP_TRAILER];

  if (self->group.socket != NULL)
    send_to (self, &self->group, bytes, lec_session_write_bye (session, bytes));
}

gboolean
lec_rtcp_sender_is_own (const LecRtcpSender *self, guint64 sender)
{
  return self->group.own != 0 && self->group.own == sender;
}
