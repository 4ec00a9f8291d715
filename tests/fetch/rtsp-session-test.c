/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Servers that send when they are asked to, and those that do it oddly, badly or not at all: what
 * is agreed on, what is asked of them, and that a datagram arrives. */
#include "fetch/rtsp-session.h"

#include <string.h>
#include <sys/socket.h>

#include "channel/error.h"
#include "net/host.h"
#include "rtsp-server.h"

#define PATIENCE_US (8 * G_TIME_SPAN_SECOND)
#define ANSWERS 6

#define READY "200 OK\r\nSession: 4711\r\nTransport: "
#define UDP READY "RTP/AVP;unicast;client_port={port};server_port=6000-6001"
#define TCP READY "RTP/AVP/TCP;unicast;interleaved=0-1"
#define GROUP READY "RTP/AVP;multicast;destination=239.1.9.1;port=5000-5001;ttl=1"
#define FINE "200 OK"
#define NO_WAY "461 Unsupported Transport"
#define CLOSE "close"

/* How a datagram reaches us once something is played. */
typedef enum {
  SENDS_NOTHING,
  SENDS_DATAGRAMS,
  SENDS_FRAMES,
} Sends;

/* What is answered to each SETUP, PLAY and sign of life in turn; the last for all further ones. */
typedef struct
{
  const char *name;
  const char *setup[ANSWERS];
  const char *play[ANSWERS];
  const char *alive[ANSWERS];
  Sends sends;
  const char *group;  /* (nullable): named by the description, */
  guint16 port;       /* with this port; 0: without */
  const char *scheme; /* (nullable): of the address, "rtsp" */
  const char *credentials;
  const char *again; /* (nullable): written behind the first answer to PLAY */

  const char *leg;     /* what is agreed on; “own” for ports of ours */
  const char *refusal; /* or code and a piece of the sentence why nothing is */
  const char *asked;   /* methods, until a datagram has come, or up to the refusal */
} Story;

static const Story stories[] = {
  { "unicast",
    { UDP },
    { FINE },
    .sends = SENDS_DATAGRAMS,
    .leg = "own <127.0.0.1",
    .asked = "SETUP PLAY" },
  { "unicast without ports",
    { READY "RTP/AVP;unicast" },
    { FINE },
    .sends = SENDS_DATAGRAMS,
    .leg = "own <127.0.0.1",
    .asked = "SETUP PLAY" },
  { "only over the connection",
    { NO_WAY, NO_WAY, TCP },
    { FINE },
    .sends = SENDS_FRAMES,
    .leg = "own <127.0.0.1",
    .asked = "SETUP SETUP SETUP PLAY" },
  { "TCP is answered to UDP",
    { TCP },
    { FINE },
    .sends = SENDS_FRAMES,
    .leg = "own <127.0.0.1",
    .asked = "SETUP PLAY" },
  { "TCP is asked for",
    { READY "RTP/AVP/TCP" },
    { FINE },
    .sends = SENDS_FRAMES,
    .scheme = "rtspt",
    .leg = "own <127.0.0.1",
    .asked = "SETUP PLAY" },
  { "group",
    { GROUP },
    { FINE },
    .group = "239.1.9.1",
    .leg = "239.1.9.1:5000/1 rtcp 5001 <127.0.0.1",
    .asked = "SETUP PLAY" },
  { "group of the description",
    { READY "RTP/AVP;multicast;port=5002" },
    { FINE },
    .group = "239.1.9.2",
    .leg = "239.1.9.2:5002/-1 rtcp 5003 <127.0.0.1",
    .asked = "SETUP PLAY" },
  { "group is answered to unicast",
    { GROUP },
    { FINE },
    .leg = "239.1.9.1:5000/1 rtcp 5001 <127.0.0.1",
    .asked = "SETUP PLAY" },
  { "unicast is answered to a group",
    { UDP },
    { FINE },
    .sends = SENDS_DATAGRAMS,
    .group = "239.1.9.1",
    .leg = "own <127.0.0.1",
    .asked = "SETUP SETUP PLAY" },
  { "source",
    { GROUP ";source=127.0.0.9" },
    { FINE },
    .group = "239.1.9.1",
    .leg = "239.1.9.1:5000/1 rtcp 5001 <127.0.0.9",
    .asked = "SETUP PLAY" },
  { "not aggregate",
    { UDP },
    { "459 Aggregate Operation Not Allowed", FINE },
    .sends = SENDS_DATAGRAMS,
    .leg = "own <127.0.0.1",
    .asked = "SETUP PLAY PLAY" },
  { "no range",
    { UDP },
    { "457 Invalid Range", FINE },
    .sends = SENDS_DATAGRAMS,
    .leg = "own <127.0.0.1",
    .asked = "SETUP PLAY PLAY" },
  { "silent UDP",
    { UDP, TCP },
    { FINE },
    .sends = SENDS_FRAMES,
    .leg = "own <127.0.0.1",
    .asked = "SETUP PLAY TEARDOWN SETUP PLAY" },
  { "password",
    { "401 No\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\"", UDP },
    { FINE },
    .sends = SENDS_DATAGRAMS,
    .credentials = "me:secret",
    .leg = "own <127.0.0.1",
    .asked = "SETUP SETUP PLAY" },
  { "server talks",
    { TCP },
    { FINE },
    .sends = SENDS_FRAMES,
    .leg = "own <127.0.0.1",
    .again = "OPTIONS * RTSP/1.0\r\nCSeq: 9\r\n\r\n",
    .asked = "SETUP PLAY RTSP/1.0" },

  /* a channel that is announced in full plays without its server */
  { "announced",
    { "404 Not Found" },
    { FINE },
    .group = "239.1.9.3",
    .port = 5004,
    .leg = "239.1.9.3:5004/-1",
    .asked = "SETUP" },
  { "announced and silent",
    { CLOSE },
    { FINE },
    .group = "239.1.9.3",
    .port = 5004,
    .leg = "239.1.9.3:5004/-1",
    .asked = "SETUP" },

  { "no such channel",
    { "404 Not Found" },
    .refusal = "unreachable: there is no such channel on 127.0.0.1",
    .asked = "SETUP" },
  { "no way",
    { NO_WAY },
    .refusal = "unsupported: in any way that can be received",
    .asked = "SETUP SETUP SETUP" },
  { "no password",
    { "401 No\r\nWWW-Authenticate: Basic realm=\"r\"" },
    .refusal = "unreachable: asks for a password; write it",
    .asked = "SETUP" },
  { "wrong password",
    { "401 No\r\nWWW-Authenticate: Basic realm=\"r\"" },
    .credentials = "me:secret",
    .refusal = "unreachable: does not accept the name and password",
    .asked = "SETUP SETUP" },
  { "closes", { CLOSE }, .refusal = "unreachable: broke off", .asked = "SETUP" },
  { "no RTSP", { "\1\2\3" }, .refusal = "unreachable: ", .asked = "SETUP" },
  { "play is refused",
    { UDP },
    { "403 Forbidden" },
    .refusal = "unreachable: does not let you see this channel",
    .asked = "SETUP PLAY TEARDOWN" },

  /* what a stranger may not have us do */
  { "port of the system",
    { READY "RTP/AVP;multicast;destination=239.1.9.1;port=53-54" },
    .refusal = "unsupported: in any way",
    .asked = "SETUP SETUP SETUP TEARDOWN" },
  { "no group",
    { READY "RTP/AVP;multicast;destination=192.0.2.7;port=5000-5001" },
    .refusal = "unsupported: in any way",
    .asked = "SETUP SETUP SETUP TEARDOWN" },
  { "port of somebody else",
    { READY "RTP/AVP;unicast;client_port=5353-5354" },
    .refusal = "unsupported: in any way",
    .asked = "SETUP SETUP SETUP TEARDOWN" },
  { "host of somebody else",
    { UDP ";destination=192.0.2.7" },
    .refusal = "unsupported: in any way",
    .asked = "SETUP SETUP SETUP TEARDOWN" },
  { "source that cannot be",
    { GROUP ";source=239.7.7.7" },
    { FINE },
    .group = "239.1.9.1",
    .leg = "239.1.9.1:5000/1 rtcp 5001 <127.0.0.1",
    .asked = "SETUP PLAY" },
};

typedef struct
{
  const Story *story;
  RtspServer *server;
  LecChannel *channel;
  LecRtspSession *session;
  GMutex lock;
  GCond changed;
  char *leg; /* all under the lock */
  char *refusal;
  LecIngress *media;
  gboolean is_done;
} Play;

/* ---- the server ---- */

static void
write_all (GOutputStream *out, const char *text, gsize size)
{
  g_output_stream_write_all (out, text, size, NULL, NULL, NULL);
}

static void
answer_with (const RtspRequest *request, const char *template)
{
  g_autofree char *ports
      = g_strdup_printf ("%u-%u", request->client_port, request->client_port + 1);
  GString *answer = g_string_new (NULL);

  if (g_ascii_isdigit (template[0]))
    g_string_printf (answer, "RTSP/1.0 %s\r\nCSeq: %u\r\n\r\n", template, request->sequence);
  else
    g_string_printf (answer, "%s\r\n\r\n", template);
  g_string_replace (answer, "{port}", ports, 0);
  write_all (request->out, answer->str, answer->len);
  g_string_free (answer, TRUE);
}

static guint16 client_port; /* of the last SETUP that named one */

static void
send_media (const RtspRequest *request, Sends sends)
{
  static const char frame[] = "$\0\0\4RTP!$\1\0\0$\7\0\2xy";
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) to = NULL;

  if (sends == SENDS_FRAMES)
    write_all (request->out, frame, sizeof frame - 1);
  if (sends != SENDS_DATAGRAMS)
    return;
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  to = g_inet_socket_address_new_from_string ("127.0.0.1", client_port);
  g_socket_send_to (socket, to, "RTP!", 4, NULL, NULL);
}

static const char *
choose (const char *const *answers, guint index)
{
  guint last = 0;

  while (last + 1 < ANSWERS && answers[last + 1] != NULL)
    last++;
  return answers[MIN (index, last)];
}

static gboolean
answer_cb (const RtspRequest *request, gpointer data)
{
  const Story *story = data;
  const gboolean is_play = strcmp (request->method, "PLAY") == 0;
  const char *answer = FINE;

  if (strcmp (request->method, "SETUP") == 0)
    answer = choose (story->setup, request->index);
  else if (is_play)
    answer = choose (story->play, request->index);
  else if (strcmp (request->method, "TEARDOWN") != 0 && story->alive[0] != NULL)
    answer = choose (story->alive, request->index);
  if (request->client_port != 0)
    client_port = request->client_port;
  if (strcmp (answer, CLOSE) == 0)
    return FALSE;
  answer_with (request, answer);
  if (is_play && g_str_has_prefix (answer, FINE)) {
    if (story->again != NULL && request->index == 0)
      write_all (request->out, story->again, strlen (story->again));
    /* what is sent over the connection only, is not before that was asked for */
    if (story->sends != SENDS_FRAMES || request->index > 0 || story->setup[1] == NULL
        || strcmp (story->setup[0], NO_WAY) == 0)
      send_media (request, story->sends);
  }
  return TRUE;
}

/* ---- who receives ---- */

static char *
describe_leg (const LecLeg *leg)
{
  GString *text = g_string_new (NULL);

  if (lec_address_is_group (leg->group)) {
    g_string_printf (text, "%s:%u/%d", leg->group, leg->port, leg->ttl);
    if (leg->rtcp_port != 0)
      g_string_append_printf (text, " rtcp %u", leg->rtcp_port);
  } else {
    g_assert_cmpuint (leg->port % 2, ==, 0);
    g_assert_cmpuint (leg->rtcp_port, ==, leg->port + 1);
    g_string_append (text, "own");
  }
  for (guint i = 0; leg->sources != NULL && leg->sources[i] != NULL; i++)
    g_string_append_printf (text, " <%s", leg->sources[i]);
  return g_string_free (text, FALSE);
}

static void
finish (Play *self)
{
  self->is_done = TRUE;
  g_cond_signal (&self->changed);
}

static gboolean
opened_cb (const LecAlternative *alternative, gpointer data)
{
  Play *self = data;
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->lock);
  self->leg = describe_leg (leg);
  self->media = lec_rtsp_session_open_ingress (self->session, leg, leg->port, "lo", &error);
  g_assert_no_error (error);
  finish (self);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static void
failed_cb (const GError *error, gpointer data)
{
  Play *self = data;

  g_mutex_lock (&self->lock);
  g_assert_true (error->domain == LEC_ERROR);
  g_free (self->refusal);
  self->refusal = g_strdup_printf ("%s: %s", lec_error_get_name (error), error->message);
  finish (self);
  g_mutex_unlock (&self->lock);
}

static const LecRtspSessionCallbacks callbacks = { opened_cb, failed_cb };

static LecChannel *
make_channel (const Story *story, guint16 port)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  g_autofree char *address = g_strdup_printf ("%s://127.0.0.1:%u/hall",
                                              story->scheme != NULL ? story->scheme : "rtsp", port);
  g_autofree char *base = g_strdup_printf ("rtsp://127.0.0.1:%u/hall/", port);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  lec_alternative_set_rtsp (alternative, address, base, "*");
  alternative->rtsp->group = g_strdup (story->group);
  alternative->rtsp->credentials = g_strdup (story->credentials);
  stream->control = g_strdup ("track1");
  lec_stream_add_payload (stream, 33, "MP2T", 90000);
  if (story->port != 0)
    lec_stream_add_leg (stream, story->group, story->port);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static const LecAlternative *
get_alternative (LecChannel *channel)
{
  return g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
}

static LecPacket *
acquire (gsize capacity, gpointer data)
{
  return lec_packet_new (capacity);
}

/* Waits until a datagram is there, and only the one that was sent. */
static void
await_datagram (Play *self)
{
  LecBatch *batch = lec_batch_new (acquire, NULL);
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  guint got = 0;

  while (got == 0 && g_get_monotonic_time () < end_us) {
    GPollFD fd = { .fd = lec_ingress_get_fd (self->media), .events = G_IO_IN };

    g_poll (&fd, 1, 100);
    got = lec_ingress_read (self->media, batch);
  }
  g_assert_cmpuint (got, ==, 1);
  {
    LecDatagram datagram = lec_batch_peek (batch, 0);
    struct sockaddr_storage host;

    g_assert_cmpmem (datagram.bytes, datagram.size, "RTP!", 4);
    g_assert_true (lec_ingress_accepts (self->media, &datagram));
    g_assert_true (lec_host_parse ("127.0.0.1", 0, &host));
    g_assert_true (lec_host_equal (datagram.from, &host));
  }
  lec_batch_free (batch);
}

static void
await_done (Play *self)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  g_mutex_lock (&self->lock);
  while (!self->is_done && g_cond_wait_until (&self->changed, &self->lock, end_us))
    ;
  g_assert_true (self->is_done);
  g_mutex_unlock (&self->lock);
}

static void
await_refusal (Play *self)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  g_mutex_lock (&self->lock);
  while (self->refusal == NULL && g_cond_wait_until (&self->changed, &self->lock, end_us))
    ;
  g_mutex_unlock (&self->lock);
}

/* Until it begins with what is expected; somebody receives meanwhile. */
static void
await_asked (Play *self, const char *expected)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  g_autofree char *asked = NULL;
  LecBatch *batch = lec_batch_new (acquire, NULL);

  do {
    g_free (asked);
    asked = rtsp_server_dup_methods (self->server);
    if (self->media != NULL && lec_ingress_read (self->media, batch) > 0) {
      LecDatagram datagram = lec_batch_peek (batch, 0);

      lec_ingress_accepts (self->media, &datagram);
    }
    g_usleep (10000);
  } while (!g_str_has_prefix (asked, expected) && g_get_monotonic_time () < end_us);
  if (!g_str_has_prefix (asked, expected))
    g_error ("expected “%s”, not “%s”", expected, asked);
  lec_batch_free (batch);
}

static void
play_begin (Play *self, const Story *story)
{
  g_autoptr (GError) error = NULL;

  *self = (Play){ .story = story };
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->server = rtsp_server_new (answer_cb, (gpointer) story);
  self->channel = make_channel (story, rtsp_server_get_port (self->server));
  g_mutex_lock (&self->lock);
  self->session = lec_rtsp_session_new (get_alternative (self->channel), &callbacks, self, &error);
  lec_rtsp_session_play (self->session);
  g_mutex_unlock (&self->lock);
  g_assert_no_error (error);
}

/* Ends soon, whatever the server does. */
static void
play_end (Play *self)
{
  gint64 begin_us = g_get_monotonic_time ();

  lec_rtsp_session_free (self->session);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, G_TIME_SPAN_SECOND);
  lec_ingress_free (self->media);
  rtsp_server_free (self->server);
  lec_channel_unref (self->channel);
  g_free (self->leg);
  g_free (self->refusal);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

static void
check_refusal (const Play *self)
{
  const char *expected = self->story->refusal;
  const char *piece = strchr (expected, ' ') + 1;

  g_assert_nonnull (self->refusal);
  if (strncmp (self->refusal, expected, (gsize) (piece - expected)) != 0
      || strstr (self->refusal, piece) == NULL)
    g_error ("expected “%s”, not “%s”", expected, self->refusal);
  g_assert_null (strstr (self->refusal, "secret"));
}

static void
test_story (gconstpointer data)
{
  const Story *story = data;
  g_autofree char *asked = NULL;
  Play play;

  play_begin (&play, story);
  await_done (&play);
  if (story->sends != SENDS_NOTHING)
    await_datagram (&play);
  await_asked (&play, story->asked);
  if (story->refusal != NULL) {
    await_refusal (&play);
    check_refusal (&play);
  } else {
    g_assert_cmpstr (play.leg, ==, story->leg);
  }
  asked = rtsp_server_dup_methods (play.server);
  g_assert_cmpstr (asked, ==, story->asked);
  play_end (&play);
}

/* ---- while it goes on ---- */

static void
await_state (Play *self, LecRtspState state)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (lec_rtsp_session_get_state (self->session) != state && g_get_monotonic_time () < end_us)
    g_usleep (10000);
  g_assert_cmpint (lec_rtsp_session_get_state (self->session), ==, state);
}

#define SHORT_UDP                                                                                  \
  "200 OK\r\nSession: 4711;timeout=2\r\nTransport: RTP/AVP;unicast;client_port={port}"

/* The one sign of life that it does not know is replaced by the other; what it has forgotten is set
 * up anew; and it is told when it ends. */
static void
test_alive (void)
{
  static const Story story = {
    .setup = { SHORT_UDP },
    .play = { FINE },
    .alive = { "501 Not Implemented", "454 Session Not Found", FINE },
    .sends = SENDS_DATAGRAMS,
  };
  static const Story bad = { .setup = { SHORT_UDP },
                             .play = { FINE },
                             .sends = SENDS_DATAGRAMS,
                             .alive = { CLOSE, "454 Session Not Found" } };
  Play play;

  play_begin (&play, &story);
  await_done (&play);
  await_datagram (&play);
  await_asked (&play, "SETUP PLAY GET_PARAMETER OPTIONS OPTIONS SETUP PLAY OPTIONS");
  play_end (&play);

  play_begin (&play, &bad);
  await_done (&play);
  await_datagram (&play);
  await_asked (&play, "SETUP PLAY GET_PARAMETER GET_PARAMETER SETUP PLAY");
  play_end (&play);
}

/* Over the connection nothing comes without it; it is made again. */
static void
test_gone (void)
{
  static const Story story = {
    .setup = { TCP },
    .play = { FINE },
    .sends = SENDS_FRAMES,
    .again = "TEARDOWN rtsp://127.0.0.1/ RTSP/1.0\r\nCSeq: 1\r\nSession: 4711\r\n\r\n",
  };
  Play play;

  play_begin (&play, &story);
  await_done (&play);
  await_state (&play, LEC_RTSP_GONE);
  await_datagram (&play);
  await_state (&play, LEC_RTSP_READY);
  await_asked (&play, "SETUP PLAY RTSP/1.0 SETUP PLAY"); /* our reply */
  play_end (&play);
}

static void
test_nobody (void)
{
  static const Story story = { .setup = { UDP } };
  g_autoptr (LecChannel) channel = make_channel (&story, 1);
  g_autoptr (LecRtspSession) session = NULL;
  Play play = { .story = &story };

  g_mutex_init (&play.lock);
  g_cond_init (&play.changed);
  session = lec_rtsp_session_new (get_alternative (channel), &callbacks, &play, NULL);
  await_done (&play);
  g_assert_true (g_str_has_prefix (play.refusal, "unreachable: no server runs at 127.0.0.1:1"));
  g_free (play.refusal);
}

/* Whatever it waits for, it ends when it is to. */
static gboolean
silent_cb (const RtspRequest *request, gpointer ended)
{
  static const char slow[] = "RTSP/1.0 200 OK\r\nX: ";

  write_all (request->out, slow, sizeof slow - 1);
  while (g_atomic_int_get ((gint *) ended) == 0
         && g_output_stream_write_all (request->out, "x", 1, NULL, NULL, NULL))
    g_usleep (20000);
  return FALSE;
}

static void
test_end (void)
{
  static const Story story = { .setup = { UDP } };
  gint ended = 0;
  g_autoptr (RtspServer) server = rtsp_server_new (silent_cb, &ended);
  g_autoptr (LecChannel) channel = make_channel (&story, rtsp_server_get_port (server));
  Play play = { .story = &story };
  LecRtspSession *session
      = lec_rtsp_session_new (get_alternative (channel), &callbacks, &play, NULL);
  gint64 begin_us;

  play.server = server;
  await_asked (&play, "SETUP");
  begin_us = g_get_monotonic_time ();
  lec_rtsp_session_free (session);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, G_TIME_SPAN_SECOND);
  g_atomic_int_set (&ended, 1);
  g_assert_null (play.leg);
  g_assert_null (play.refusal);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/rtsp-session/%s", stories[i].name);

    g_test_add_data_func (path, &stories[i], test_story);
  }
  g_test_add_func ("/rtsp-session-alive", test_alive);
  g_test_add_func ("/rtsp-session-gone", test_gone);
  g_test_add_func ("/rtsp-session-nobody", test_nobody);
  g_test_add_func ("/rtsp-session-end", test_end);
  return g_test_run ();
}
