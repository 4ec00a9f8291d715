/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rtsp-server.h"

#include <stdlib.h>
#include <string.h>

struct _RtspServer
{
  RtspAnswer answer;
  gpointer data;
  GSocketListener *listener;
  GCancellable *ending;
  guint16 port;
  GThread *thread;
  GPtrArray *threads;
  GMutex lock;
  GHashTable *counts; /* of methods; under lock, with the next */
  GString *methods;
};

typedef struct
{
  RtspServer *server;
  GSocketConnection *connection;
} Call;

static char *
read_head (RtspServer *self, GInputStream *in)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char c;

  while (!g_str_has_suffix (head->str, "\r\n\r\n")) {
    if (g_input_stream_read (in, &c, 1, self->ending, NULL) != 1)
      return NULL;
    g_string_append_c (head, c);
  }
  return g_string_free (g_steal_pointer (&head), FALSE);
}

static guint
count (RtspServer *self, const char *method)
{
  guint before;

  g_mutex_lock (&self->lock);
  before = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method));
  g_hash_table_insert (self->counts, g_strdup (method), GUINT_TO_POINTER (before + 1));
  g_string_append_printf (self->methods, "%s%s", self->methods->len > 0 ? " " : "", method);
  g_mutex_unlock (&self->lock);
  return before;
}

static guint
find_number (const char *head, const char *name)
{
  const char *found = strstr (head, name);

  return found != NULL ? (guint) strtoul (found + strlen (name), NULL, 10) : 0;
}

static gpointer
connection_thread (gpointer data)
{
  Call *call = data;
  RtspServer *self = call->server;
  GIOStream *stream = G_IO_STREAM (call->connection);
  gboolean goes_on = TRUE;

  while (goes_on) {
    g_autofree char *head = read_head (self, g_io_stream_get_input_stream (stream));
    g_autofree char *method = head != NULL ? g_strndup (head, strcspn (head, " ")) : NULL;
    RtspRequest request = { .out = g_io_stream_get_output_stream (stream), .head = head };

    if (head == NULL)
      break;
    request.method = method;
    request.index = count (self, method);
    request.sequence = find_number (head, "CSeq: ");
    request.client_port = (guint16) find_number (head, "client_port=");
    goes_on = self->answer (&request, self->data);
  }
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (call->connection);
  g_free (call);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  RtspServer *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->ending, NULL))
         != NULL) {
    Call *call = g_new0 (Call, 1);

    call->server = self;
    call->connection = connection;
    g_ptr_array_add (self->threads, g_thread_new ("rtsp-connection", connection_thread, call));
  }
  return NULL;
}

RtspServer *
rtsp_server_new (RtspAnswer answer, gpointer data)
{
  RtspServer *self = g_new0 (RtspServer, 1);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->answer = answer;
  self->data = data;
  self->listener = g_socket_listener_new ();
  self->ending = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->methods = g_string_new (NULL);
  g_mutex_init (&self->lock);
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("rtsp-server", accept_thread, self);
  return self;
}

void
rtsp_server_free (RtspServer *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->ending);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->ending);
  g_hash_table_unref (self->counts);
  g_string_free (self->methods, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
rtsp_server_get_port (const RtspServer *self)
{
  return self->port;
}

char *
rtsp_server_dup_methods (RtspServer *self)
{
  char *methods;

  g_mutex_lock (&self->lock);
  methods = g_strdup (self->methods->str);
  g_mutex_unlock (&self->lock);
  return methods;
}
