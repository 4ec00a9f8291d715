/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/rtsp-connection.h"

#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define PORT 554
#define ROOM (2 * LEC_RTSP_ANSWER_LIMIT + LEC_RTSP_HEAD_LIMIT) /* any part fits */
#define READS 16 /* from one that always has more, before who waits has its turn */

struct _LecRtspConnection
{
  GSocketConnection *stream;
  int fd; /* its */
  LecRtspAuth *auth;
  guint sequence;
  LecRtspFrameFunc frame;
  gpointer data;
  gsize at, end; /* of what is in the buffer and was not used */
  guint8 buffer[ROOM];
};

LecRtspConnection *
lec_rtsp_connection_open (GUri *at, LecRtspAuth *auth, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  int port = g_uri_get_port (at) > 0 ? g_uri_get_port (at) : PORT;
  g_autoptr (GSocketConnectable) server
      = g_network_address_new (g_uri_get_host (at), (guint16) port);
  GSocketConnection *stream;
  LecRtspConnection *self;
  GSocket *socket;

  g_socket_client_set_enable_proxy (client, FALSE);
  stream = g_socket_client_connect (client, server, cancellable, error);
  if (stream == NULL)
    return NULL;
  self = g_new (LecRtspConnection, 1);
  memset (self, 0, G_STRUCT_OFFSET (LecRtspConnection, buffer));
  socket = g_socket_connection_get_socket (stream);
  g_socket_set_blocking (socket, FALSE);
  self->stream = stream;
  self->fd = g_socket_get_fd (socket);
  self->auth = auth;
  return self;
}

void
lec_rtsp_connection_free (LecRtspConnection *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->stream);
  g_free (self);
}

void
lec_rtsp_connection_set_frame_func (LecRtspConnection *self, LecRtspFrameFunc frame, gpointer data)
{
  self->frame = frame;
  self->data = data;
}

gboolean
lec_rtsp_connection_get_ends (const LecRtspConnection *self,
                              struct sockaddr_storage *ours,
                              struct sockaddr_storage *theirs)
{
  socklen_t our_length = sizeof *ours, their_length = sizeof *theirs;

  return getsockname (self->fd, (struct sockaddr *) ours, &our_length) == 0
         && getpeername (self->fd, (struct sockaddr *) theirs, &their_length) == 0;
}

/* ---- out ---- */

/* Who does not take a few hundred bytes at once is gone or does not mean well. */
static gboolean
write_text (LecRtspConnection *self, const GString *text, GError **error)
{
  gssize sent = send (self->fd, text->str, text->len, MSG_NOSIGNAL | MSG_DONTWAIT);

  if (sent == (gssize) text->len)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "not taken");
  return FALSE;
}

gboolean
lec_rtsp_connection_send (LecRtspConnection *self,
                          const char *method,
                          const char *uri,
                          const char *headers,
                          GError **error)
{
  g_autoptr (GString) request = g_string_new (NULL);

  g_string_printf (request,
                   "%s %s RTSP/1.0\r\n"
                   "CSeq: %u\r\n"
                   "User-Agent: Lectern/" LEC_VERSION "\r\n",
                   method, uri, ++self->sequence);
  lec_rtsp_auth_write (self->auth, method, uri, request);
  if (headers != NULL)
    g_string_append (request, headers);
  g_string_append (request, "\r\n");
  return write_text (self, request, error);
}

void
lec_rtsp_connection_reply (LecRtspConnection *self,
                           const LecRtspAnswer *request,
                           const char *status)
{
  const char *sequence = lec_rtsp_answer_find_header (request, "CSeq");
  g_autoptr (GString) reply = g_string_new (NULL);

  g_string_printf (reply, "RTSP/1.0 %s\r\nCSeq: %.32s\r\n\r\n", status,
                   sequence != NULL ? sequence : "0");
  write_text (self, reply, NULL);
}

/* ---- in ---- */

/* Uses what is there up to the first message. */
static LecRtspPartKind
take_parts (LecRtspConnection *self, LecRtspAnswer *message)
{
  for (;;) {
    LecRtspPart part;
    gsize used;
    LecRtspPartKind kind
        = lec_rtsp_part_read (self->buffer + self->at, self->end - self->at, &part, &used);

    self->at += used;
    if (kind == LEC_RTSP_PART_FRAME) {
      if (self->frame != NULL)
        self->frame (part.channel, part.payload, part.payload_size, self->data);
      continue;
    }
    if (kind == LEC_RTSP_PART_ANSWER || kind == LEC_RTSP_PART_REQUEST)
      *message = part.message;
    return kind;
  }
}

static gboolean
read_more (LecRtspConnection *self, GError **error)
{
  gssize got;

  memmove (self->buffer, self->buffer + self->at, self->end - self->at);
  self->end -= self->at;
  self->at = 0;
  got = recv (self->fd, self->buffer + self->end, ROOM - self->end, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR))
    return TRUE;
  if (got <= 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "closed");
    return FALSE;
  }
  self->end += (gsize) got;
  return TRUE;
}

/* Returns: whether there is something to read, the time not being up and nobody calling */
static gboolean
await (LecRtspConnection *self, gint64 until_us, int wake)
{
  struct pollfd fds[] = { { .fd = self->fd, .events = POLLIN }, { .fd = wake, .events = POLLIN } };
  gint64 left_us = until_us - g_get_monotonic_time ();
  int timeout = (int) CLAMP (left_us / 1000 + 1, 0, 60000);

  if (left_us <= 0)
    return FALSE;
  poll (fds, G_N_ELEMENTS (fds), timeout);
  return fds[1].revents == 0 && fds[0].revents != 0;
}

gboolean
lec_rtsp_connection_wait (LecRtspConnection *self,
                          gint64 until_us,
                          int wake,
                          LecRtspAnswer *message,
                          LecRtspPartKind *kind,
                          GError **error)
{
  for (guint i = 0; i < READS; i++) {
    *kind = take_parts (self, message);
    if (*kind == LEC_RTSP_PART_ANSWER || *kind == LEC_RTSP_PART_REQUEST)
      return TRUE;
    if (*kind == LEC_RTSP_PART_NONSENSE) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "no RTSP");
      return FALSE;
    }
    if (!await (self, until_us, wake))
      return TRUE;
    if (!read_more (self, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- both ---- */

/* Whether it is the answer to the last request; one that does not say is taken for it. */
static gboolean
is_expected (const LecRtspConnection *self, const LecRtspAnswer *answer)
{
  const char *sequence = lec_rtsp_answer_find_header (answer, "CSeq");

  return answer->status >= 200
         && (sequence == NULL || g_ascii_strtoull (sequence, NULL, 10) == self->sequence);
}

static gboolean
await_answer (LecRtspConnection *self,
              gint64 until_us,
              GCancellable *cancellable,
              LecRtspAnswer *answer,
              GError **error)
{
  const int wake = cancellable != NULL ? g_cancellable_get_fd (cancellable) : -1;
  LecRtspPartKind kind = LEC_RTSP_PART_INCOMPLETE;
  gboolean alive = TRUE;

  while (alive && !g_cancellable_set_error_if_cancelled (cancellable, error)) {
    if (g_get_monotonic_time () >= until_us) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
      break;
    }
    alive = lec_rtsp_connection_wait (self, until_us, wake, answer, &kind, error);
    if (!alive)
      break;
    if (kind == LEC_RTSP_PART_ANSWER && is_expected (self, answer)) {
      if (wake >= 0)
        g_cancellable_release_fd (cancellable);
      return TRUE;
    }
    if (kind == LEC_RTSP_PART_REQUEST)
      lec_rtsp_connection_reply (self, answer, "501 Not Implemented");
    if (kind == LEC_RTSP_PART_ANSWER || kind == LEC_RTSP_PART_REQUEST)
      lec_rtsp_answer_clear (answer);
  }
  if (wake >= 0)
    g_cancellable_release_fd (cancellable);
  return FALSE;
}

gboolean
lec_rtsp_connection_ask (LecRtspConnection *self,
                         const char *method,
                         const char *uri,
                         const char *headers,
                         gint64 until_us,
                         GCancellable *cancellable,
                         LecRtspAnswer *answer,
                         GError **error)
{
  do {
    lec_rtsp_answer_clear (answer);
    if (!lec_rtsp_connection_send (self, method, uri, headers, error)
        || !await_answer (self, until_us, cancellable, answer, error))
      return FALSE;
  } while (answer->status == 401 && lec_rtsp_auth_take_challenge (self->auth, answer));
  return TRUE;
}
