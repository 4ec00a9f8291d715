/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/rtsp-setup.h"

#include <glib/gi18n-lib.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "announce/cursor.h"
#include "announce/reference.h"
#include "channel/error.h"
#include "fetch/server-refusal.h"
#include "net/host.h"
#include "net/interleaved.h"

#define FIRST_USER_PORT 1024 /* RFC 6335, section 6 */
#define FIRST_PORT 32768     /* where systems take ports that nobody cares for */
#define LAST_PORT 60998
#define PORT_TRIES 64
#define TIMEOUT_S 60 /* RFC 2326, section 12.37: where the server names none */
#define TIMEOUT_MIN_S 2
#define TIMEOUT_MAX_S 3600
#define SESSION_MAX 256 /* [bytes] */
#define NO_SUCH_WAY 461 /* Unsupported Transport */

enum {
  RTP,
  RTCP,
  N_PARTS,
};

/* One stream. */
typedef struct
{
  guint16 port;                    /* of ours, even; RTCP is on the next one */
  LecIngress *reserved[N_PARTS];   /* on these; NULL: taken, or a group is received instead */
  LecInterleaved *shared[N_PARTS]; /* what comes over the connection */
  int channels[N_PARTS];           /* of the connection; -1: none */
  LecLeg *leg;                     /* NULL: nothing is agreed yet */
  gboolean is_refused;             /* by the server: it stays silent */
} Line;

struct _LecRtspSetup
{
  const LecAlternative *alternative;
  char *base;
  char *ours, *theirs; /* numeric addresses */
  Line lines[LEC_MAX_STREAMS];
  guint n_lines;
  LecRtspDelivery delivery;
  gboolean is_agreed; /* on the delivery */
  gboolean has_moved; /* to a server that the legs are not open to */
  char *session;
  guint timeout_s;
};

/* ---- ports of ours ---- */

static char *
dup_name (const struct sockaddr_storage *address)
{
  char name[NI_MAXHOST];

  if (getnameinfo ((const struct sockaddr *) address, sizeof *address, name, sizeof name, NULL, 0,
                   NI_NUMERICHOST)
      != 0)
    return NULL;
  name[strcspn (name, "%")] = '\0';
  return g_str_has_prefix (name, "::ffff:") && strchr (name, '.') != NULL
             ? g_strdup (name + strlen ("::ffff:"))
             : g_strdup (name);
}

static LecIngress *
open_unicast (const LecRtspSetup *self, guint16 port, const char *source, GError **error)
{
  char *sources[] = { (char *) source, NULL };
  LecLeg leg = { .group = self->ours, .port = port, .ttl = -1, .sources = sources };

  return lec_ingress_open (&leg, port, NULL, error);
}

static gboolean
open_pair (LecRtspSetup *self, Line *line, guint16 port, const char *source, GError **error)
{
  line->reserved[RTP] = open_unicast (self, port, source, error);
  if (line->reserved[RTP] == NULL)
    return FALSE;
  line->reserved[RTCP] = open_unicast (self, port + 1, source, error);
  if (line->reserved[RTCP] != NULL)
    return TRUE;
  g_clear_pointer (&line->reserved[RTP], lec_ingress_free);
  return FALSE;
}

/* Kept open, so that nobody else has them when the server begins to send. */
static gboolean
reserve_ports (LecRtspSetup *self, Line *line, GError **error)
{
  for (guint i = 0; i < PORT_TRIES; i++) {
    guint16 port = (guint16) (g_random_int_range (FIRST_PORT, LAST_PORT) & ~1);

    g_clear_error (error);
    line->port = port;
    if (open_pair (self, line, port, self->theirs, error))
      return TRUE;
  }
  return FALSE;
}

static gboolean
open_line (LecRtspSetup *self, Line *line, const struct sockaddr_storage *theirs, GError **error)
{
  for (guint part = 0; part < N_PARTS; part++) {
    line->channels[part] = -1;
    line->shared[part] = lec_interleaved_new (theirs, error);
    if (line->shared[part] == NULL)
      return FALSE;
  }
  return reserve_ports (self, line, error);
}

LecRtspSetup *
lec_rtsp_setup_new (const LecAlternative *alternative,
                    LecRtspConnection *connection,
                    GError **error)
{
  g_autoptr (LecRtspSetup) self = g_new0 (LecRtspSetup, 1);
  struct sockaddr_storage ours = { 0 }, theirs = { 0 };

  self->alternative = alternative;
  self->base = g_strdup (alternative->rtsp->base);
  self->timeout_s = TIMEOUT_S;
  if (lec_rtsp_connection_get_ends (connection, &ours, &theirs)) {
    self->ours = dup_name (&ours);
    self->theirs = dup_name (&theirs);
  }
  if (self->ours == NULL || self->theirs == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "closed");
    return NULL;
  }
  for (guint i = 0; i < alternative->streams->len; i++) {
    self->n_lines++;
    if (!open_line (self, &self->lines[i], &theirs, error))
      return NULL;
  }
  return g_steal_pointer (&self);
}

static void
clear_line (Line *line)
{
  for (guint part = 0; part < N_PARTS; part++) {
    lec_ingress_free (line->reserved[part]);
    lec_interleaved_unref (line->shared[part]);
  }
  lec_leg_free (line->leg);
}

void
lec_rtsp_setup_free (LecRtspSetup *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_lines; i++)
    clear_line (&self->lines[i]);
  g_free (self->base);
  g_free (self->ours);
  g_free (self->theirs);
  g_free (self->session);
  g_free (self);
}

/* ---- names ---- */

/* Relative ones are appended, as all servers and players do, whatever section C.1.1 says. */
static char *
resolve (const char *base, const char *control)
{
  if (control == NULL || control[0] == '\0' || strcmp (control, "*") == 0)
    return g_strdup (base);
  if (strstr (control, "://") != NULL)
    return lec_reference_escape (control);
  return g_strconcat (base, g_str_has_suffix (base, "/") || control[0] == '/' ? "" : "/", control,
                      NULL);
}

/* What is said to the server is one word. */
static char *
resolve_clean (const char *base, const char *control)
{
  g_autofree char *whole = resolve (base, control);
  char *escaped = lec_reference_escape (whole);

  for (char *c = escaped; *c != '\0'; c++) {
    if (!g_ascii_isgraph (*c))
      *c = '_';
  }
  return escaped;
}

char *
lec_rtsp_setup_dup_control (const LecRtspSetup *self)
{
  return resolve_clean (self->base, self->alternative->rtsp->control);
}

char *
lec_rtsp_setup_dup_stream_control (const LecRtspSetup *self, guint stream)
{
  const LecStream *info = g_ptr_array_index (self->alternative->streams, stream);
  g_autofree char *all = lec_rtsp_setup_dup_control (self);

  if (self->lines[stream].is_refused)
    return NULL;
  return resolve_clean (all, info->control);
}

/* ---- what the server answers ---- */

/* `12345678;timeout=60` */
static void
take_session (LecRtspSetup *self, const LecRtspAnswer *answer)
{
  const char *value = lec_rtsp_answer_find_header (answer, "Session");
  const char *timeout = value != NULL ? strstr (value, "timeout=") : NULL;
  gsize length = value != NULL ? strcspn (value, "; \t") : 0;
  guint64 seconds;

  if (length == 0 || length > SESSION_MAX)
    return;
  g_free (self->session);
  self->session = g_strndup (value, length);
  seconds = timeout != NULL ? g_ascii_strtoull (timeout + strlen ("timeout="), NULL, 10) : 0;
  self->timeout_s = seconds > 0 ? (guint) CLAMP (seconds, TIMEOUT_MIN_S, TIMEOUT_MAX_S) : TIMEOUT_S;
}

static gboolean
is_local (const struct sockaddr_storage *address)
{
  const struct sockaddr_in *v4 = (const struct sockaddr_in *) address;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *) address;

  if (address->ss_family == AF_INET)
    return g_ntohl (v4->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET || v4->sin_addr.s_addr == 0;
  return IN6_IS_ADDR_LOOPBACK (&v6->sin6_addr) || IN6_IS_ADDR_UNSPECIFIED (&v6->sin6_addr);
}

/* Who sends to @destination: who the server says, where that can be so, or else itself. */
static const char *
find_source (const LecRtspSetup *self, const LecRtspTransport *transport, const char *destination)
{
  struct sockaddr_storage source, theirs, to;

  if (transport->source[0] == '\0' || !lec_host_parse (transport->source, 0, &source)
      || !lec_host_parse (self->theirs, 0, &theirs) || !lec_host_parse (destination, 0, &to))
    return self->theirs;
  if (source.ss_family != to.ss_family || lec_host_is_group (&source)
      || (is_local (&source) && !is_local (&theirs)))
    return self->theirs;
  return transport->source;
}

static LecLeg *
make_leg (const char *group, guint16 port, guint16 rtcp_port, int ttl, const char *source)
{
  LecLeg *leg = lec_leg_new (group, port);

  leg->rtcp_port = rtcp_port;
  leg->ttl = ttl;
  leg->sources = g_strdupv ((char *[]){ (char *) source, NULL });
  return leg;
}

static LecLeg *
make_own_leg (const LecRtspSetup *self, const Line *line, const char *source)
{
  return make_leg (self->ours, line->port, line->port + 1, -1, source);
}

static const LecLeg *
get_announced_leg (const LecRtspSetup *self, const Line *line)
{
  const LecStream *stream
      = g_ptr_array_index (self->alternative->streams, (guint) (line - self->lines));

  return stream->legs->len > 0 ? g_ptr_array_index (stream->legs, 0) : NULL;
}

/* The group is the one that the server names, or else the one that its description did. */
static LecLeg *
agree_multicast (const LecRtspSetup *self, const Line *line, const LecRtspTransport *transport)
{
  const LecLeg *announced = get_announced_leg (self, line);
  const char *group = transport->destination;
  guint16 port = transport->port;
  LecLeg *leg;

  if (group[0] == '\0')
    group = announced != NULL ? announced->group : self->alternative->rtsp->group;
  if (port == 0 && announced != NULL)
    port = announced->port;
  if (!lec_address_is_group (group) || port < FIRST_USER_PORT)
    return NULL;
  leg = make_leg (group, port, transport->rtcp_port, transport->ttl,
                  find_source (self, transport, group));
  if (announced != NULL && announced->sources != NULL) {
    g_strfreev (leg->sources);
    leg->sources = g_strdupv (announced->sources);
  }
  if (announced != NULL)
    leg->excluded = g_strdupv (announced->excluded);
  return leg;
}

static gboolean
is_ours (const LecRtspSetup *self, const char *address)
{
  struct sockaddr_storage a, b;

  return address[0] == '\0'
         || (lec_host_parse (address, 0, &a) && lec_host_parse (self->ours, 0, &b)
             && lec_host_equal (&a, &b));
}

/* A server that was not told of our ports cannot know them. */
static LecLeg *
agree_unicast (LecRtspSetup *self,
               Line *line,
               LecRtspDelivery offered,
               const LecRtspTransport *transport)
{
  const char *source = find_source (self, transport, self->ours);

  if (offered != LEC_RTSP_UNICAST || (transport->port != 0 && transport->port != line->port)
      || !is_ours (self, transport->destination))
    return NULL;
  if (strcmp (source, self->theirs) != 0 && line->leg == NULL) {
    lec_ingress_free (line->reserved[RTP]);
    lec_ingress_free (line->reserved[RTCP]);
    line->reserved[RTP] = line->reserved[RTCP] = NULL;
    if (!open_pair (self, line, line->port, source, NULL))
      return NULL;
  }
  return make_own_leg (self, line, source);
}

static gboolean
has_channel (const LecRtspSetup *self, const Line *except, int channel)
{
  for (guint i = 0; i < self->n_lines; i++) {
    const Line *line = &self->lines[i];

    if (line != except && (line->channels[RTP] == channel || line->channels[RTCP] == channel))
      return TRUE;
  }
  return FALSE;
}

static LecLeg *
agree_interleaved (LecRtspSetup *self, Line *line, const LecRtspTransport *transport)
{
  const int usual = 2 * (int) (line - self->lines);
  int channel = transport->channel >= 0 ? transport->channel : usual;
  int rtcp_channel = transport->channel >= 0 ? transport->rtcp_channel : usual + 1;

  if (has_channel (self, line, channel) || has_channel (self, line, rtcp_channel))
    return NULL;
  line->channels[RTP] = channel;
  line->channels[RTCP] = rtcp_channel;
  return make_own_leg (self, line, self->theirs);
}

static gboolean
is_same_leg (const LecLeg *a, const LecLeg *b)
{
  return a->port == b->port && strcmp (a->group, b->group) == 0;
}

/* Whether what the server answers can be received. Once legs are agreed, they stay; what comes over
 * the connection needs none. */
static gboolean
agree (LecRtspSetup *self, Line *line, LecRtspDelivery offered, const LecRtspAnswer *answer)
{
  const char *value = lec_rtsp_answer_find_header (answer, "Transport");
  LecRtspTransport transport;
  LecLeg *leg = NULL;
  gboolean fits;

  if (value == NULL || !lec_rtsp_transport_parse (value, &transport)
      || (self->is_agreed && transport.delivery != self->delivery))
    return FALSE;
  if (transport.delivery == LEC_RTSP_MULTICAST)
    leg = agree_multicast (self, line, &transport);
  else if (transport.delivery == LEC_RTSP_UNICAST)
    leg = agree_unicast (self, line, offered, &transport);
  else
    leg = agree_interleaved (self, line, &transport);
  fits = leg != NULL
         && (line->leg == NULL || transport.delivery == LEC_RTSP_INTERLEAVED
             || is_same_leg (leg, line->leg));
  if (fits) {
    self->delivery = transport.delivery;
    self->is_agreed = TRUE;
    if (line->leg == NULL)
      line->leg = g_steal_pointer (&leg);
  }
  lec_leg_free (leg);
  return fits;
}

/* ---- asking ---- */

static char *
dup_transport (const LecRtspSetup *self, const Line *line, LecRtspDelivery delivery)
{
  const guint index = (guint) (line - self->lines);
  const LecStream *stream = g_ptr_array_index (self->alternative->streams, index);
  const char *profile = stream->keys->len > 0 ? "RTP/SAVP" : "RTP/AVP";

  switch (delivery) {
  case LEC_RTSP_MULTICAST:
    return g_strconcat (profile, ";multicast", NULL);
  case LEC_RTSP_UNICAST:
    return g_strdup_printf ("%s;unicast;client_port=%u-%u", profile, line->port, line->port + 1);
  case LEC_RTSP_INTERLEAVED:
  default:
    return g_strdup_printf ("%s/TCP;unicast;interleaved=%u-%u", profile, 2 * index, 2 * index + 1);
  }
}

/* The header lines of a SETUP. */
static char *
write_offer (const LecRtspSetup *self, const Line *line, LecRtspDelivery delivery)
{
  g_autofree char *transport = dup_transport (self, line, delivery);
  GString *headers = g_string_new (NULL);

  g_string_printf (headers, "Transport: %s\r\n", transport);
  if (self->session != NULL)
    g_string_append_printf (headers, "Session: %s\r\n", self->session);
  return g_string_free (headers, FALSE);
}

/* What is no answer to the way that was offered, and would be the same for every other. */
static gboolean
is_final (guint status)
{
  switch (status) {
  case 401:
  case 403:
  case 404:
  case 410:
  case 453: /* Not Enough Bandwidth */
  case 454: /* Session Not Found */
    return TRUE;
  default:
    return status < 400;
  }
}

static void
refuse (guint status, LecRtspAuth *auth, const char *server, GError **error)
{
  if (status == 401)
    lec_rtsp_auth_refuse (auth, server, error);
  else if (is_final (status) && status >= 400 && status != 454)
    lec_server_refuse_status (status, LEC_SERVED_CHANNEL, server, error);
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s does not offer this channel in any way that can be received here"), server);
}

static gboolean
is_failure (const GError *error)
{
  return error != NULL && error->domain != LEC_ERROR;
}

/* One stream in one way; FALSE with an error of GIO where the connection is of no more use. */
static gboolean
offer (LecRtspSetup *self,
       Line *line,
       LecRtspDelivery delivery,
       LecRtspConnection *connection,
       LecRtspAuth *auth,
       const LecRtspPatience *patience,
       guint *status,
       GError **error)
{
  g_autofree char *uri = lec_rtsp_setup_dup_stream_control (self, (guint) (line - self->lines));
  g_autofree char *headers = write_offer (self, line, delivery);
  g_auto (LecRtspAnswer) answer = { 0 };

  if (!lec_rtsp_connection_ask (connection, "SETUP", uri, headers, patience->until_us,
                                patience->cancellable, &answer, error))
    return FALSE;
  *status = answer.status;
  if (answer.status < 300) {
    take_session (self, &answer);
    if (agree (self, line, delivery, &answer))
      return TRUE;
    *status = NO_SUCH_WAY;
  }
  refuse (*status, auth, patience->server, error);
  return FALSE;
}

static gboolean
set_up_line (LecRtspSetup *self,
             Line *line,
             const LecRtspDelivery *ways,
             guint n_ways,
             LecRtspConnection *connection,
             LecRtspAuth *auth,
             const LecRtspPatience *patience,
             GError **error)
{
  guint status = 0;

  for (guint i = 0; i < n_ways; i++) {
    if (self->is_agreed && ways[i] != self->delivery)
      continue;
    g_clear_error (error);
    if (offer (self, line, ways[i], connection, auth, patience, &status, error))
      return TRUE;
    if (is_failure (*error) || is_final (status))
      return FALSE;
  }
  return FALSE;
}

/* A stream that the server does not send, while it sends others, is one that is silent. */
static gboolean
set_up_all (LecRtspSetup *self,
            const LecRtspDelivery *ways,
            guint n_ways,
            LecRtspConnection *connection,
            LecRtspAuth *auth,
            const LecRtspPatience *patience,
            GError **error)
{
  g_autoptr (GError) reason = NULL;
  guint count = 0;

  self->is_agreed = FALSE;
  for (guint i = 0; i < self->n_lines; i++)
    self->lines[i].channels[RTP] = self->lines[i].channels[RTCP] = -1;
  for (guint i = 0; i < self->n_lines; i++) {
    Line *line = &self->lines[i];
    g_autoptr (GError) local = NULL;

    if (line->is_refused)
      continue;
    if (set_up_line (self, line, ways, n_ways, connection, auth, patience, &local)) {
      count++;
      continue;
    }
    if (is_failure (local)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (reason == NULL)
      reason = g_steal_pointer (&local);
  }
  if (count > 0)
    return TRUE;
  if (reason == NULL)
    refuse (NO_SUCH_WAY, auth, patience->server, &reason);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* Those that were not set up are never heard of again, so that all that follows is the same. */
static void
settle (LecRtspSetup *self)
{
  for (guint i = 0; i < self->n_lines; i++) {
    Line *line = &self->lines[i];

    line->is_refused |= line->leg == NULL;
    if (line->leg == NULL)
      line->leg = make_own_leg (self, line, self->theirs);
  }
}

gboolean
lec_rtsp_setup_run (LecRtspSetup *self,
                    LecRtspConnection *connection,
                    LecRtspAuth *auth,
                    const LecRtspPatience *patience,
                    GError **error)
{
  LecRtspDelivery ways[] = { LEC_RTSP_UNICAST, LEC_RTSP_MULTICAST, LEC_RTSP_INTERLEAVED };
  const LecRtsp *rtsp = self->alternative->rtsp;
  const gboolean is_first = self->lines[0].leg == NULL;

  if (self->has_moved || lec_reference_has_scheme (rtsp->address, "rtspt"))
    return lec_rtsp_setup_run_interleaved (self, connection, auth, patience, error);
  if (!is_first) {
    ways[0] = self->delivery;
    ways[1] = LEC_RTSP_INTERLEAVED;
  } else if (rtsp->group != NULL) {
    ways[0] = LEC_RTSP_MULTICAST;
    ways[1] = LEC_RTSP_UNICAST;
  }
  if (!set_up_all (self, ways, is_first ? 3 : 2, connection, auth, patience, error))
    return FALSE;
  settle (self);
  return TRUE;
}

gboolean
lec_rtsp_setup_run_interleaved (LecRtspSetup *self,
                                LecRtspConnection *connection,
                                LecRtspAuth *auth,
                                const LecRtspPatience *patience,
                                GError **error)
{
  const LecRtspDelivery way = LEC_RTSP_INTERLEAVED;
  const LecRtspDelivery before = self->delivery;

  if (set_up_all (self, &way, 1, connection, auth, patience, error)) {
    if (self->delivery == way) {
      settle (self);
      return TRUE;
    }
    refuse (NO_SUCH_WAY, auth, patience->server, error);
  }
  self->delivery = before;
  return FALSE;
}

/* ---- what is known ---- */

void
lec_rtsp_setup_forget_session (LecRtspSetup *self)
{
  g_clear_pointer (&self->session, g_free);
}

const char *
lec_rtsp_setup_get_session (const LecRtspSetup *self)
{
  return self->session;
}

guint
lec_rtsp_setup_get_timeout (const LecRtspSetup *self)
{
  return self->timeout_s;
}

LecRtspDelivery
lec_rtsp_setup_get_delivery (const LecRtspSetup *self)
{
  return self->delivery;
}

void
lec_rtsp_setup_move (LecRtspSetup *self, const char *base)
{
  g_free (self->base);
  self->base = g_strdup (base);
  self->has_moved = TRUE;
}

static void
set_leg (LecStream *stream, const LecLeg *leg)
{
  g_ptr_array_set_size (stream->legs, 0);
  g_ptr_array_add (stream->legs, lec_leg_copy (leg));
  for (guint i = 0; i < stream->repairs->len; i++) {
    LecRepair *repair = g_ptr_array_index (stream->repairs, i);

    if (repair->port != 0)
      continue;
    g_free (repair->group);
    repair->group = g_strdup (leg->group);
    repair->port = leg->port;
  }
}

LecAlternative *
lec_rtsp_setup_dup_alternative (const LecRtspSetup *self)
{
  LecAlternative *alternative = lec_alternative_copy (self->alternative);

  for (guint i = 0; i < self->n_lines; i++)
    set_leg (g_ptr_array_index (alternative->streams, i), self->lines[i].leg);
  return alternative;
}

/* ---- what comes ---- */

/* The first one: streams may share a group and its port. */
static Line *
find_line (LecRtspSetup *self, const LecLeg *leg)
{
  for (guint i = 0; i < self->n_lines; i++) {
    if (is_same_leg (self->lines[i].leg, leg))
      return &self->lines[i];
  }
  return NULL;
}

LecIngress *
lec_rtsp_setup_open_ingress (LecRtspSetup *self,
                             const LecLeg *leg,
                             guint16 port,
                             const char *interface,
                             GError **error)
{
  Line *line = find_line (self, leg);
  guint part = port == leg->port ? RTP : RTCP;
  LecIngress *direct;

  if (line == NULL)
    return lec_ingress_open (leg, port, interface, error);
  direct = lec_address_is_group (leg->group) ? NULL : g_steal_pointer (&line->reserved[part]);
  if (direct == NULL)
    direct = lec_ingress_open (leg, port, interface, error);
  return direct != NULL ? lec_interleaved_open_ingress (line->shared[part], direct, error) : NULL;
}

void
lec_rtsp_setup_take_frame (LecRtspSetup *self, guint channel, const guint8 *bytes, gsize size)
{
  for (guint i = 0; i < self->n_lines; i++) {
    Line *line = &self->lines[i];

    for (guint part = 0; part < N_PARTS && line->leg != NULL; part++) {
      if (line->channels[part] == (int) channel) {
        lec_interleaved_write (find_line (self, line->leg)->shared[part], bytes, size);
        return;
      }
    }
  }
}

gboolean
lec_rtsp_setup_is_heard (const LecRtspSetup *self)
{
  for (guint i = 0; i < self->n_lines; i++) {
    if (lec_interleaved_is_bypassed (self->lines[i].shared[RTP])
        || lec_interleaved_is_bypassed (self->lines[i].shared[RTCP]))
      return TRUE;
  }
  return FALSE;
}

void
lec_rtsp_setup_begin_to_hear (LecRtspSetup *self)
{
  for (guint i = 0; i < self->n_lines; i++) {
    lec_interleaved_forget_bypassed (self->lines[i].shared[RTP]);
    lec_interleaved_forget_bypassed (self->lines[i].shared[RTCP]);
  }
}
