/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/wms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/reference.h"
#include "channel/error.h"
#include "fetch/deadline.h"
#include "fetch/http.h"
#include "fetch/server-refusal.h"
#include "fetch/server.h"
#include "fetch/wms-request.h"

#define SCHEME "mmsh"

struct _LecWms
{
  char *address; /* http */
  char *server;  /* its name, for sentences */
  GMainContext *context;
  SoupSession *session;
  GInputStream *stream; /* (nullable): the answer */
  gboolean is_broadcast;
};

gboolean
lec_wms_is_address (const char *uri)
{
  return lec_reference_has_scheme (uri, SCHEME);
}

LecWms *
lec_wms_new (const char *uri)
{
  LecWms *self = g_new0 (LecWms, 1);

  self->address = g_strconcat ("http", uri + strlen (SCHEME), NULL);
  self->context = g_main_context_new (); /* that libsoup does not use that of others */
  self->session = soup_session_new_with_options ("user-agent", LEC_WMS_AGENT, "timeout",
                                                 LEC_WMS_SILENCE_S, NULL);
  lec_http_restrict (self->session);
  return self;
}

void
lec_wms_free (LecWms *self)
{
  if (self == NULL)
    return;
  g_main_context_push_thread_default (self->context);
  g_clear_object (&self->stream);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self->server);
  g_free (self->address);
  g_free (self);
}

/* ---- asking ---- */

static gboolean
has_feature (SoupMessage *message, const char *feature)
{
  const char *pragmas
      = soup_message_headers_get_list (soup_message_get_response_headers (message), "Pragma");

  return pragmas != NULL && strstr (pragmas, feature) != NULL;
}

static gboolean
take_answer (LecWms *self, SoupMessage *message, GInputStream *stream, GError **error)
{
  const guint status = soup_message_get_status (message);

  if (!SOUP_STATUS_IS_SUCCESSFUL (status)) {
    lec_server_refuse_status (status, LEC_SERVED_CHANNEL, self->server, error);
    g_object_unref (stream);
    return FALSE;
  }
  self->stream = stream;
  self->is_broadcast = has_feature (message, "broadcast");
  return TRUE;
}

/* With our context as that of the thread: libsoup insists that it is the same from first to last.
 */
static gboolean
send_message (LecWms *self, SoupMessage *message, const LecDeadline *deadline, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GInputStream *stream;

  g_clear_object (&self->stream);
  stream = soup_session_send (self->session, message, lec_deadline_get_cancellable (deadline),
                              &failure);
  if (stream != NULL)
    return take_answer (self, message, stream, error);
  lec_server_refuse_failure (failure, deadline, 0, self->server, error);
  return FALSE;
}

static gboolean
ask (LecWms *self, SoupMessage *message, GCancellable *cancellable, GError **error)
{
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LEC_WMS_OPEN_LIMIT_MS, cancellable, error);
  gboolean is_answered;

  if (deadline == NULL)
    return FALSE;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Connection", "close");
  g_main_context_push_thread_default (self->context);
  is_answered = send_message (self, message, deadline, error);
  g_main_context_pop_thread_default (self->context);
  return is_answered;
}

/* (nullable) (transfer full) */
static SoupMessage *
new_message (LecWms *self, GError **error)
{
  g_autoptr (GUri) uri = lec_server_parse_address (self->address, NULL, error);

  if (uri == NULL)
    return NULL;
  g_free (self->server);
  self->server = lec_server_dup_name (uri, 80);
  return soup_message_new_from_uri (SOUP_METHOD_GET, uri);
}

gboolean
lec_wms_describe (LecWms *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message = new_message (self, error);

  if (message == NULL)
    return FALSE;
  lec_wms_request_describe (soup_message_get_request_headers (message));
  return ask (self, message, cancellable, error);
}

gboolean
lec_wms_is_broadcast (const LecWms *self)
{
  return self->is_broadcast;
}

gboolean
lec_wms_play (LecWms *self,
              const gboolean *streams,
              const gboolean *present,
              gint64 start_ms,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (SoupMessage) message = new_message (self, error);
  const gboolean was_broadcast = self->is_broadcast;

  if (message == NULL)
    return FALSE;
  lec_wms_request_play (soup_message_get_request_headers (message), streams, present,
                        was_broadcast ? -1 : start_ms);
  if (!ask (self, message, cancellable, error))
    return FALSE;
  self->is_broadcast = was_broadcast;
  return TRUE;
}

/* ---- the answer ---- */

static void
explain (LecWms *self, GError *failure, GError **error)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (failure));
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%s does not send the channel any more; try again later"), self->server);
}

gssize
lec_wms_read (LecWms *self, guint8 *bytes, gsize size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gssize got;

  g_main_context_push_thread_default (self->context);
  got = g_input_stream_read (self->stream, bytes, size, cancellable, &failure);
  g_main_context_pop_thread_default (self->context);
  if (got < 0)
    explain (self, failure, error);
  return got;
}
