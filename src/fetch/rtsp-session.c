/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/rtsp-session.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "channel/error.h"
#include "fetch/deadline.h"
#include "fetch/origin.h"
#include "fetch/rtsp-setup.h"
#include "fetch/server-refusal.h"
#include "fetch/server.h"
#include "net/thread.h"

#define PORT 554
#define OPEN_MS 10000 /* for all that it takes to begin, each time */
#define ASK_US (5 * G_TIME_SPAN_SECOND)
#define GOODBYE_US (300 * G_TIME_SPAN_MILLISECOND)
/* without a datagram, until the server is asked to send over the connection: less than a player
 * waits before it tries another alternative, and for a group as long as that */
#define UNICAST_SILENCE_US (1500 * G_TIME_SPAN_MILLISECOND)
#define MULTICAST_SILENCE_US (3 * G_TIME_SPAN_SECOND)
#define RETRY_FIRST_US G_TIME_SPAN_SECOND
#define RETRY_LAST_US (15 * G_TIME_SPAN_SECOND)
#define STEADY_US                                                                                  \
  (10 * G_TIME_SPAN_SECOND) /* a connection that has held so long is worth another */
#define ALIVE_MAX_US (30 * G_TIME_SPAN_SECOND)

struct _LecRtspSession
{
  const LecAlternative *alternative;
  const LecRtspSessionCallbacks *callbacks;
  gpointer data;
  GThread *thread;
  GCancellable *cancellable; /* it is to end */
  int wake;                  /* readable when there is something new */
  gint is_wanted;            /* atomic: somebody receives */
  gint state;                /* atomic, a LecRtspState */

  /* of the thread */
  GUri *at;
  char *server; /* its name, for a sentence */
  LecRtspAuth *auth;
  LecRtspConnection *connection; /* NULL: it has closed it, or does not answer */
  LecRtspSetup *setup;
  gboolean is_set_up;
  gboolean is_playing;
  gboolean is_tcp_refused;
  gboolean has_no_get_parameter;
  gboolean is_unanswered; /* the last sign of life */
  gint64 played_us;       /* monotonic, all of them */
  gint64 alive_us;        /* when the next sign of life is due */
  gint64 connected_us;
  gint64 retry_us; /* while there is no connection */
  gint64 backoff_us;
};

static gboolean
is_ending (LecRtspSession *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
set_state (LecRtspSession *self, LecRtspState state)
{
  g_atomic_int_set (&self->state, (gint) state);
}

static void
frame_cb (guint channel, const guint8 *bytes, gsize size, gpointer data)
{
  LecRtspSession *self = data;

  if (self->setup != NULL)
    lec_rtsp_setup_take_frame (self->setup, channel, bytes, size);
}

/* ---- asking ---- */

static char *
dup_session_header (const LecRtspSession *self)
{
  const char *session = lec_rtsp_setup_get_session (self->setup);

  return session != NULL ? g_strdup_printf ("Session: %s\r\n", session) : g_strdup ("");
}

static gboolean
ask (LecRtspSession *self,
     const char *method,
     const char *uri,
     const char *more,
     gint64 until_us,
     guint *status,
     GError **error)
{
  g_autofree char *session = dup_session_header (self);
  g_autofree char *headers = g_strconcat (session, more, NULL);
  g_auto (LecRtspAnswer) answer = { 0 };

  if (!lec_rtsp_connection_ask (self->connection, method, uri, headers, until_us, self->cancellable,
                                &answer, error))
    return FALSE;
  *status = answer.status;
  return TRUE;
}

static gboolean
refuse_play (LecRtspSession *self, guint status, GError **error)
{
  if (status == 401)
    lec_rtsp_auth_refuse (self->auth, self->server, error);
  else
    lec_server_refuse_status (status, LEC_SERVED_CHANNEL, self->server, error);
  return FALSE;
}

static gboolean
play_uri (LecRtspSession *self, const char *uri, guint *status, GError **error)
{
  const gint64 until_us = g_get_monotonic_time () + ASK_US;

  if (!ask (self, "PLAY", uri, "Range: npt=0.000-\r\n", until_us, status, error))
    return FALSE;
  return *status != 457 /* Invalid Range */
         || ask (self, "PLAY", uri, NULL, until_us, status, error);
}

/* All streams together, or each by itself where the server wants it so. */
static gboolean
play (LecRtspSession *self, GError **error)
{
  g_autofree char *all = lec_rtsp_setup_dup_control (self->setup);
  guint status;

  lec_rtsp_setup_begin_to_hear (self->setup);
  if (!play_uri (self, all, &status, error))
    return FALSE;
  for (guint i = 0; status == 459 /* Aggregate Operation Not Allowed */
                    && i < self->alternative->streams->len;
       i++) {
    g_autofree char *uri = lec_rtsp_setup_dup_stream_control (self->setup, i);
    guint one;

    if (uri == NULL)
      continue;
    if (!play_uri (self, uri, &one, error))
      return FALSE;
    if (one >= 300)
      return refuse_play (self, one, error);
    status = i + 1 == self->alternative->streams->len ? one : status;
  }
  if (status >= 300 && status != 459)
    return refuse_play (self, status, error);
  self->is_playing = TRUE;
  self->played_us = g_get_monotonic_time ();
  return TRUE;
}

/* What was agreed on is over, as far as we are concerned. */
static void
tear_down (LecRtspSession *self, gint64 until_us, GCancellable *cancellable)
{
  g_autofree char *uri = lec_rtsp_setup_dup_control (self->setup);
  g_autofree char *headers = dup_session_header (self);
  g_auto (LecRtspAnswer) answer = { 0 };

  if (self->connection != NULL && lec_rtsp_setup_get_session (self->setup) != NULL)
    lec_rtsp_connection_ask (self->connection, "TEARDOWN", uri, headers, until_us, cancellable,
                             &answer, NULL);
  lec_rtsp_setup_forget_session (self->setup);
  self->is_set_up = FALSE;
  self->is_playing = FALSE;
}

static void
note_alive (LecRtspSession *self)
{
  gint64 half_us = lec_rtsp_setup_get_timeout (self->setup) * G_TIME_SPAN_SECOND / 2;

  self->alive_us = g_get_monotonic_time () + MIN (half_us, ALIVE_MAX_US);
  self->is_unanswered = FALSE;
}

/* ---- beginning ---- */

static gboolean
connect_to_server (LecRtspSession *self, GCancellable *cancellable, GError **error)
{
  self->connection = lec_rtsp_connection_open (self->at, self->auth, cancellable, error);
  if (self->connection == NULL)
    return FALSE;
  lec_rtsp_connection_set_frame_func (self->connection, frame_cb, self);
  self->connected_us = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
set_up (LecRtspSession *self, const LecDeadline *deadline, GError **error)
{
  const LecRtspPatience patience = { g_get_monotonic_time () + OPEN_MS * G_TIME_SPAN_MILLISECOND,
                                     lec_deadline_get_cancellable (deadline), self->server };

  if (self->connection == NULL && !connect_to_server (self, patience.cancellable, error))
    return FALSE;
  if (self->setup == NULL)
    self->setup = lec_rtsp_setup_new (self->alternative, self->connection, error);
  if (self->setup == NULL)
    return FALSE;
  lec_rtsp_setup_forget_session (self->setup);
  self->is_set_up
      = lec_rtsp_setup_run (self->setup, self->connection, self->auth, &patience, error);
  if (self->is_set_up)
    note_alive (self);
  return self->is_set_up;
}

/* As long as it may take, in a sentence of what went wrong. */
static gboolean
begin (LecRtspSession *self, GError **error)
{
  g_autoptr (LecDeadline) deadline = lec_deadline_new (OPEN_MS, self->cancellable, error);
  g_autoptr (GError) failure = NULL;

  if (deadline == NULL)
    return FALSE;
  if (set_up (self, deadline, &failure))
    return TRUE;
  if (failure->domain == LEC_ERROR)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    lec_server_refuse_failure (failure, deadline, 0, self->server, error);
  return FALSE;
}

/* ---- when it goes wrong ---- */

static void
drop_connection (LecRtspSession *self)
{
  g_clear_pointer (&self->connection, lec_rtsp_connection_free);
}

/* Over the connection nothing comes any more; else what was agreed on may live without one. */
static void
lose_connection (LecRtspSession *self)
{
  const gint64 now_us = g_get_monotonic_time ();

  drop_connection (self);
  if (self->is_set_up && lec_rtsp_setup_get_delivery (self->setup) == LEC_RTSP_INTERLEAVED) {
    self->is_set_up = FALSE;
    self->is_playing = FALSE;
    set_state (self, LEC_RTSP_GONE);
  }
  if (now_us - self->connected_us > STEADY_US)
    self->backoff_us = RETRY_FIRST_US;
  self->retry_us = now_us + self->backoff_us;
  self->backoff_us = MIN (2 * self->backoff_us, RETRY_LAST_US);
}

static void
give_up (LecRtspSession *self)
{
  self->is_set_up = FALSE;
  self->is_playing = FALSE;
  set_state (self, LEC_RTSP_GONE);
  lose_connection (self);
}

static gboolean
send_sign_of_life (LecRtspSession *self)
{
  g_autofree char *uri = lec_rtsp_setup_dup_control (self->setup);
  g_autofree char *headers = dup_session_header (self);

  note_alive (self);
  self->is_unanswered = TRUE;
  return lec_rtsp_connection_send (self->connection,
                                   self->has_no_get_parameter ? "OPTIONS" : "GET_PARAMETER", uri,
                                   headers, NULL);
}

/* A new connection, and all anew where the server has forgotten us. */
static void
find_again (LecRtspSession *self)
{
  g_autoptr (LecDeadline) deadline = lec_deadline_new (OPEN_MS, self->cancellable, NULL);
  g_autoptr (GError) failure = NULL;

  if (deadline == NULL) {
    give_up (self);
    return;
  }
  if (self->is_set_up) {
    if (connect_to_server (self, lec_deadline_get_cancellable (deadline), NULL)
        && send_sign_of_life (self))
      return;
    set_state (self, LEC_RTSP_GONE);
    lose_connection (self);
    return;
  }
  if (!set_up (self, deadline, NULL)) {
    give_up (self);
    return;
  }
  if (g_atomic_int_get (&self->is_wanted) && !play (self, NULL)) {
    give_up (self);
    return;
  }
  set_state (self, LEC_RTSP_READY);
}

static void
renew (LecRtspSession *self)
{
  lec_rtsp_setup_forget_session (self->setup);
  self->is_set_up = FALSE;
  self->is_playing = FALSE;
  find_again (self);
}

/* ---- what the server says unasked ---- */

static void
take_answer (LecRtspSession *self, const LecRtspAnswer *answer)
{
  if (answer->status < 200)
    return;
  self->is_unanswered = FALSE;
  if (answer->status == 454) {
    renew (self);
  } else if (answer->status == 401) {
    if (lec_rtsp_auth_take_challenge (self->auth, answer))
      self->alive_us = g_get_monotonic_time ();
  } else if (answer->status >= 400 && !self->has_no_get_parameter) {
    self->has_no_get_parameter = TRUE;
    self->alive_us = g_get_monotonic_time ();
  } else {
    set_state (self, LEC_RTSP_READY);
  }
}

/* `Location: rtsp://other/channel`: the channel is there now, under the same names. */
static void
move (LecRtspSession *self, const LecRtspAnswer *request)
{
  const char *location = lec_rtsp_answer_find_header (request, "Location");
  g_autoptr (GUri) to
      = location != NULL ? lec_server_parse_address (location, self->at, NULL) : NULL;
  g_autofree char *here = lec_server_print_address (self->at);
  g_autofree char *there = to != NULL ? lec_server_print_address (to) : NULL;

  if (there == NULL || strcmp (g_uri_get_scheme (to), "rtsp") != 0
      || !lec_origin_may_lead (here, there))
    return;
  if (g_ascii_strcasecmp (g_uri_get_host (self->at), g_uri_get_host (to)) != 0) {
    lec_rtsp_auth_free (self->auth);
    self->auth = lec_rtsp_auth_new (NULL);
  }
  g_uri_unref (self->at);
  self->at = g_steal_pointer (&to);
  lec_rtsp_setup_move (self->setup, there);
}

static void
take_request (LecRtspSession *self, const LecRtspAnswer *request)
{
  const char *line = request->lines[0];

  lec_rtsp_connection_reply (self->connection, request, "200 OK");
  if (g_str_has_prefix (line, "REDIRECT ")) {
    tear_down (self, g_get_monotonic_time () + GOODBYE_US, self->cancellable);
    drop_connection (self);
    move (self, request);
    find_again (self);
  } else if (g_str_has_prefix (line, "TEARDOWN ")) {
    lec_rtsp_setup_forget_session (self->setup);
    give_up (self);
  }
}

/* ---- going on ---- */

static gint64
get_silence_end (LecRtspSession *self)
{
  const LecRtspDelivery delivery = lec_rtsp_setup_get_delivery (self->setup);

  if (!self->is_playing || self->is_tcp_refused || delivery == LEC_RTSP_INTERLEAVED
      || self->connection == NULL || lec_rtsp_setup_is_heard (self->setup))
    return G_MAXINT64;
  return self->played_us
         + (delivery == LEC_RTSP_MULTICAST ? MULTICAST_SILENCE_US : UNICAST_SILENCE_US);
}

/* No datagram arrives: what keeps them back lets the connection through. */
static void
fall_back (LecRtspSession *self)
{
  const gint64 now_us = g_get_monotonic_time ();
  const LecRtspPatience patience = { now_us + ASK_US, self->cancellable, self->server };

  tear_down (self, now_us + GOODBYE_US, self->cancellable);
  if (lec_rtsp_setup_run_interleaved (self->setup, self->connection, self->auth, &patience, NULL)
      && play (self, NULL)) {
    self->is_set_up = TRUE;
    note_alive (self);
    return;
  }
  self->is_tcp_refused = TRUE;
  tear_down (self, g_get_monotonic_time () + GOODBYE_US, self->cancellable);
  drop_connection (self);
  find_again (self);
}

static void
await_wake (LecRtspSession *self, gint64 until_us)
{
  struct pollfd fd = { .fd = self->wake, .events = POLLIN };
  gint64 left_us = until_us - g_get_monotonic_time ();

  if (left_us > 0)
    poll (&fd, 1, (int) MIN (left_us / 1000 + 1, 60000));
}

static void
listen_to_server (LecRtspSession *self, gint64 until_us)
{
  g_auto (LecRtspAnswer) message = { 0 };
  LecRtspPartKind kind;

  if (self->connection == NULL)
    await_wake (self, MIN (until_us, self->retry_us));
  else if (!lec_rtsp_connection_wait (self->connection, until_us, self->wake, &message, &kind,
                                      NULL))
    lose_connection (self);
  else if (kind == LEC_RTSP_PART_ANSWER)
    take_answer (self, &message);
  else if (kind == LEC_RTSP_PART_REQUEST)
    take_request (self, &message);
}

static void
do_what_is_due (LecRtspSession *self)
{
  const gint64 now_us = g_get_monotonic_time ();

  if (self->connection == NULL) {
    if (now_us >= self->retry_us)
      find_again (self);
  } else if (g_atomic_int_get (&self->is_wanted) && !self->is_playing) {
    if (!play (self, NULL))
      give_up (self);
  } else if (now_us >= get_silence_end (self)) {
    fall_back (self);
  } else if (now_us >= self->alive_us) {
    if (self->is_unanswered || !send_sign_of_life (self))
      lose_connection (self);
  }
}

static void
drain_wake (LecRtspSession *self)
{
  guint64 ignored;

  while (read (self->wake, &ignored, sizeof ignored) < 0 && errno == EINTR)
    ;
}

static void
keep (LecRtspSession *self)
{
  while (!is_ending (self)) {
    drain_wake (self);
    do_what_is_due (self);
    if (!is_ending (self))
      listen_to_server (self, self->connection != NULL
                                  ? MIN (self->alive_us, get_silence_end (self))
                                  : self->retry_us);
  }
}

/* Who begins to receive at once shall know at once whether there is anything. */
static gboolean
open_and_play (LecRtspSession *self, GError **error)
{
  g_autoptr (LecAlternative) agreed = lec_rtsp_setup_dup_alternative (self->setup);

  if (!self->callbacks->opened (agreed, self->data)) {
    g_cancellable_cancel (self->cancellable);
    return TRUE;
  }
  if (g_atomic_int_get (&self->is_wanted) && !is_ending (self) && !play (self, error)) {
    if ((*error)->domain == LEC_ERROR)
      return FALSE;
    g_clear_error (error);
    give_up (self);
    return TRUE;
  }
  set_state (self, LEC_RTSP_READY);
  return TRUE;
}

/* A channel of which all is announced is on the air, whether its server talks to us or not. */
static void
go_without (LecRtspSession *self, const GError *error)
{
  if (lec_alternative_is_complete (self->alternative)) {
    set_state (self, LEC_RTSP_READY);
    self->callbacks->opened (self->alternative, self->data);
  } else {
    self->callbacks->failed (error, self->data);
  }
}

static gpointer
run (gpointer data)
{
  LecRtspSession *self = data;
  g_autoptr (GError) error = NULL;
  const gboolean has_begun = begin (self, &error);

  if (!has_begun && !is_ending (self))
    go_without (self, error);
  if (has_begun && open_and_play (self, &error))
    keep (self);
  else if (has_begun && !is_ending (self))
    self->callbacks->failed (error, self->data);
  if (self->connection != NULL)
    lec_rtsp_connection_set_frame_func (self->connection, NULL, NULL);
  if (self->setup != NULL)
    tear_down (self, g_get_monotonic_time () + GOODBYE_US, NULL);
  return NULL;
}

/* ---- life ---- */

/* `rtspt` is no scheme that servers know. */
static GUri *
parse_address (const char *address, GError **error)
{
  g_autofree char *plain = g_str_has_prefix (address, "rtspt:")
                               ? g_strconcat ("rtsp", address + strlen ("rtspt"), NULL)
                               : g_strdup (address);

  return lec_server_parse_address (plain, NULL, error);
}

LecRtspSession *
lec_rtsp_session_new (const LecAlternative *alternative,
                      const LecRtspSessionCallbacks *callbacks,
                      gpointer data,
                      GError **error)
{
  g_autoptr (LecRtspSession) self = NULL;
  g_autoptr (GUri) at = NULL;

  g_return_val_if_fail (alternative->rtsp != NULL, NULL);

  at = parse_address (alternative->rtsp->address, error);
  if (at == NULL)
    return NULL;
  self = g_new0 (LecRtspSession, 1);
  self->alternative = alternative;
  self->callbacks = callbacks;
  self->data = data;
  self->at = g_steal_pointer (&at);
  self->server = lec_server_dup_name (self->at, PORT);
  self->auth = lec_rtsp_auth_new (alternative->rtsp->credentials);
  self->cancellable = g_cancellable_new ();
  self->backoff_us = RETRY_FIRST_US;
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->wake < 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot wait for packets: %s"),
                 g_strerror (errno));
    return NULL;
  }
  self->thread = lec_thread_new ("lectern-rtsp", run, self, error);
  return self->thread != NULL ? g_steal_pointer (&self) : NULL;
}

static void
wake (LecRtspSession *self)
{
  guint64 one = 1;

  while (write (self->wake, &one, sizeof one) < 0 && errno == EINTR)
    ;
}

void
lec_rtsp_session_end (LecRtspSession *self)
{
  if (self == NULL || self->thread == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  wake (self);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
lec_rtsp_session_free (LecRtspSession *self)
{
  if (self == NULL)
    return;

  lec_rtsp_session_end (self);
  lec_rtsp_connection_free (self->connection);
  lec_rtsp_setup_free (self->setup);
  lec_rtsp_auth_free (self->auth);
  if (self->wake >= 0)
    close (self->wake);
  g_clear_pointer (&self->at, g_uri_unref);
  g_object_unref (self->cancellable);
  g_free (self->server);
  g_free (self);
}

void
lec_rtsp_session_play (LecRtspSession *self)
{
  g_atomic_int_set (&self->is_wanted, TRUE);
  wake (self);
}

LecRtspState
lec_rtsp_session_get_state (LecRtspSession *self)
{
  return (LecRtspState) g_atomic_int_get (&self->state);
}

LecIngress *
lec_rtsp_session_open_ingress (LecRtspSession *self,
                               const LecLeg *leg,
                               guint16 port,
                               const char *interface,
                               GError **error)
{
  return self->setup != NULL && self->is_set_up
             ? lec_rtsp_setup_open_ingress (self->setup, leg, port, interface, error)
             : lec_ingress_open (leg, port, interface, error);
}
