/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "web-server.h"

#include <string.h>

struct _WebServer
{
  GSocketListener *listener;
  GTlsCertificate *certificate; /* (nullable) */
  guint16 port;
  WebAnswer answer;
  gpointer data;
  GCancellable *ending;
  GThread *thread;

  GMutex lock;
  GPtrArray *threads; /* one for each connection */
  char *request;
  guint n_requests;
};

typedef struct
{
  WebServer *server;
  GSocketConnection *connection;
} Call;

#define MAX_BODY 65536 /* [bytes] */

/* [bytes] of a whole request, as far as its head is there; G_MAXSIZE: not yet known. */
static gsize
measure (const GString *request)
{
  const char *end = strstr (request->str, "\r\n\r\n"), *length;
  g_autofree char *head = NULL;

  if (end == NULL)
    return G_MAXSIZE;
  head = g_ascii_strdown (request->str, end - request->str);
  length = strstr (head, "\r\ncontent-length:");
  return (gsize) (end - request->str) + strlen ("\r\n\r\n")
         + (length == NULL ? 0
                           : MIN (MAX_BODY, g_ascii_strtoull (strchr (length, ':') + 1, NULL, 10)));
}

/* Returns a request with its body; NULL when none comes. */
static char *
read_request (WebServer *self, GInputStream *in)
{
  g_autoptr (GString) request = g_string_new (NULL);
  char buffer[1024];

  while (request->len < measure (request)) {
    gssize got = g_input_stream_read (in, buffer, sizeof buffer, self->ending, NULL);

    if (got <= 0)
      return NULL;
    g_string_append_len (request, buffer, got);
    if (!g_ascii_isupper (request->str[0]))
      return NULL; /* no method: it may be TLS, whose end would never come */
  }
  return g_string_free (g_steal_pointer (&request), FALSE);
}

static void
answer (WebServer *self, GIOStream *stream)
{
  g_autofree char *request = read_request (self, g_io_stream_get_input_stream (stream));
  g_auto (GStrv) words = request != NULL ? g_strsplit (request, " ", 3) : NULL;

  if (words == NULL || g_strv_length (words) < 3)
    return;
  g_mutex_lock (&self->lock);
  g_free (self->request);
  self->request = g_steal_pointer (&request);
  self->n_requests++;
  g_mutex_unlock (&self->lock);
  self->answer (words[1], g_io_stream_get_output_stream (stream), self->data);
}

static gpointer
connection_thread (gpointer data)
{
  Call *call = data;
  GCancellable *ending = call->server->ending;
  GTlsCertificate *certificate = call->server->certificate;
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (call->connection));

  if (certificate != NULL) {
    GIOStream *secure = g_tls_server_connection_new (stream, certificate, NULL);

    g_object_unref (stream);
    stream = secure;
  }
  if (certificate == NULL || g_tls_connection_handshake (G_TLS_CONNECTION (stream), ending, NULL))
    answer (call->server, stream);
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (call->connection);
  g_free (call);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  WebServer *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->ending, NULL))
         != NULL) {
    Call *call = g_new0 (Call, 1);

    call->server = self;
    call->connection = connection;
    /* A reader or writer that waits for a client looks at this socket, not at the end. */
    g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);
    g_ptr_array_add (self->threads, g_thread_new ("web-connection", connection_thread, call));
  }
  return NULL;
}

WebServer *
web_server_new (const char *address,
                GTlsCertificate *certificate,
                WebAnswer answer_func,
                gpointer data)
{
  WebServer *self = g_new0 (WebServer, 1);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->answer = answer_func;
  self->data = data;
  self->ending = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  g_mutex_init (&self->lock);
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("web-server", accept_thread, self);
  return self;
}

void
web_server_free (WebServer *self)
{
  g_cancellable_cancel (self->ending);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_clear_object (&self->certificate);
  g_object_unref (self->ending);
  g_mutex_clear (&self->lock);
  g_free (self->request);
  g_free (self);
}

guint16
web_server_get_port (const WebServer *self)
{
  return self->port;
}

char *
web_server_dup_request (WebServer *self)
{
  char *request;

  g_mutex_lock (&self->lock);
  request = g_strdup (self->request);
  g_mutex_unlock (&self->lock);
  return request;
}

guint
web_server_count_requests (WebServer *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->n_requests;
  g_mutex_unlock (&self->lock);
  return count;
}

gboolean
web_write (GOutputStream *out, const char *text)
{
  return g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
}

void
web_write_content (GOutputStream *out, const char *request, GBytes *content)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (content, &length);
  g_autofree char *small = g_ascii_strdown (request, -1);
  const char *range = strstr (small, "\r\nrange: bytes=");
  const guint64 from = range != NULL ? g_ascii_strtoull (strchr (range, '=') + 1, NULL, 10) : 0;
  g_autofree char *head = NULL;

  if (from >= length) {
    web_write (out, "HTTP/1.1 416 Range Not Satisfiable\r\n\r\n");
    return;
  }
  if (from == 0)
    head = g_strdup ("HTTP/1.1 200 OK\r\n");
  else
    head
        = g_strdup_printf ("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %" G_GUINT64_FORMAT
                           "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT "\r\n",
                           from, length - 1, length);
  web_write (out, head);
  g_free (head);
  head = g_strdup_printf ("Accept-Ranges: bytes\r\nContent-Length: %" G_GUINT64_FORMAT "\r\n\r\n",
                          length - from);
  web_write (out, head);
  g_output_stream_write_all (out, bytes + from, length - from, NULL, NULL, NULL);
}
