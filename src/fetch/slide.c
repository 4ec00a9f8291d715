/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/slide.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "channel/error.h"
#include "fetch/deadline.h"
#include "fetch/http.h"
#include "fetch/image-facts.h"
#include "fetch/origin.h"
#include "fetch/server-filter.h"
#include "fetch/server-refusal.h"
#include "fetch/server.h"
#include "fetch/web.h"
#include "net/thread.h"

#define CHUNK 65536 /* [bytes] */
#define ACCEPTED "image/png, image/jpeg, image/gif, image/webp, image/bmp"

static guint16
get_port (GUri *uri)
{
  const int port = g_uri_get_port (uri);

  if (port > 0)
    return (guint16) port;
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/* ---- where it may come from ---- */

static gboolean
is_same_server (GUri *uri, GUri *origin)
{
  const guint16 port = get_port (uri);

  return g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (origin)) == 0
         && (port == get_port (origin) || port == 80 || port == 443);
}

gboolean
lec_slide_is_of_origin (const char *uri, const char *origin)
{
  g_autoptr (GUri) parsed = NULL, of = NULL;

  if (origin == NULL || !lec_web_is_address (origin) || !lec_web_is_address (uri))
    return FALSE;
  parsed = lec_server_parse_address (uri, NULL, NULL);
  of = lec_server_parse_address (origin, NULL, NULL);
  return parsed != NULL && of != NULL && is_same_server (parsed, of);
}

/* An announcement that lies on this computer may lead there; one that lies in a private network
 * leads into that, and its name tells no more. */
static LecServerReach
reach_of_origin (const char *origin)
{
  return lec_origin_may_lead (LEC_ORIGIN_NETWORK, origin) ? LEC_SERVER_REACH_NETWORK
                                                          : LEC_SERVER_REACH_ALL;
}

/* Returns: whether @uri may be asked for at all, and then which addresses may be */
static gboolean
find_reach (const char *uri, const char *origin, gboolean anywhere, LecServerReach *reach)
{
  if (lec_slide_is_of_origin (uri, origin)) {
    *reach = reach_of_origin (origin);
    return TRUE;
  }
  *reach = LEC_SERVER_REACH_PUBLIC;
  return anywhere;
}

/* ---- asking ---- */

/* One request: each has a session, as each has a server of its own. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  char *server; /* for sentences */
} Request;

static void
request_clear (Request *self)
{
  g_clear_object (&self->message);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_free (self->server);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static void
refuse (GError **error, const char *server)
{
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("the picture lies on %s, which is not asked for it"), server);
}

static GInputStream *
ask (Request *self, GUri *uri, LecServerReach reach, const LecDeadline *deadline, GError **error)
{
  g_autoptr (GSocketConnectable) server
      = lec_server_filter_new (g_uri_get_host (uri), get_port (uri), reach);
  g_autoptr (GError) failure = NULL;
  GInputStream *stream;

  self->server = lec_server_dup_name (uri, get_port (uri));
  self->session
      = soup_session_new_with_options ("user-agent", "Lectern/" LEC_VERSION, "remote-connectable",
                                       server, "proxy-resolver", NULL, NULL);
  lec_http_restrict (self->session);
  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (self->message), "Accept",
                                ACCEPTED);
  stream = soup_session_send (self->session, self->message, lec_deadline_get_cancellable (deadline),
                              &failure);
  if (stream != NULL)
    return stream;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    refuse (error, self->server);
  else
    lec_server_refuse_failure (failure, deadline,
                               soup_message_get_tls_peer_certificate_errors (self->message),
                               self->server, error);
  return NULL;
}

static GBytes *
read_picture (Request *self, GInputStream *stream, const LecDeadline *deadline, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) failure = NULL;
  gssize got;
  LecImageFacts facts;

  do {
    const guint had = bytes->len;

    g_byte_array_set_size (bytes, had + CHUNK);
    got = g_input_stream_read (stream, bytes->data + had, CHUNK,
                               lec_deadline_get_cancellable (deadline), &failure);
    g_byte_array_set_size (bytes, had + (guint) MAX (got, 0));
  } while (got > 0 && bytes->len <= LEC_SLIDE_MAX);
  if (got < 0) {
    lec_server_refuse_failure (failure, deadline, 0, self->server, error);
    return NULL;
  }
  if (bytes->len > LEC_SLIDE_MAX) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("the picture on %1$s has more than %2$d MB"), self->server,
                 LEC_SLIDE_MAX / 1024 / 1024);
    return NULL;
  }
  if (!lec_image_facts_read (bytes->data, bytes->len, &facts)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("what %s sends is no picture that can be shown"), self->server);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* ---- from page to page ---- */

static GUri *
follow (Request *self, GUri *from, GError **error)
{
  const char *location = soup_message_headers_get_one (
      soup_message_get_response_headers (self->message), "Location");
  g_autoptr (GUri) to = location != NULL ? lec_server_parse_address (location, from, NULL) : NULL;
  g_autofree char *address = to != NULL ? lec_server_print_address (to) : NULL;

  if (to == NULL || !lec_web_is_address (address)
      || (g_str_equal (g_uri_get_scheme (from), "https")
          && !g_str_equal (g_uri_get_scheme (to), "https"))) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s says that the picture is somewhere where it is not looked for"),
                 self->server);
    return NULL;
  }
  return g_steal_pointer (&to);
}

/* Returns: (nullable) (transfer full): the picture, or NULL with either @next or @error */
static GBytes *
visit (GUri *uri,
       const char *origin,
       gboolean anywhere,
       const LecDeadline *deadline,
       GUri **next,
       GError **error)
{
  g_auto (Request) request = { 0 };
  g_autofree char *address = lec_server_print_address (uri);
  g_autoptr (GInputStream) stream = NULL;
  LecServerReach reach;
  guint status;

  if (!find_reach (address, origin, anywhere, &reach)) {
    refuse (error, g_uri_get_host (uri));
    return NULL;
  }
  stream = ask (&request, uri, reach, deadline, error);
  if (stream == NULL)
    return NULL;
  status = soup_message_get_status (request.message);
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return read_picture (&request, stream, deadline, error);
  if (lec_http_is_redirect (status))
    *next = follow (&request, uri, error);
  else
    lec_server_refuse_status (status, LEC_SERVED_PAGE, request.server, error);
  return NULL;
}

GBytes *
lec_slide_fetch (const char *uri,
                 const char *origin,
                 gboolean anywhere,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LEC_SLIDE_LIMIT_MS, cancellable, error);
  g_autoptr (GUri) at = deadline != NULL ? lec_server_parse_address (uri, NULL, error) : NULL;

  for (guint hop = 0; at != NULL && hop <= LEC_SLIDE_REDIRECTS; hop++) {
    GUri *next = NULL;
    GBytes *bytes = visit (at, origin, anywhere, deadline, &next, error);

    if (bytes != NULL)
      return bytes;
    if (next == NULL)
      return NULL;
    g_uri_unref (at);
    at = next;
  }
  if (at != NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%1$s redirects more than %2$d times; check the address"), g_uri_get_host (at),
                 LEC_SLIDE_REDIRECTS);
  return NULL;
}

/* ---- on a thread of its own ---- */

struct _LecSlideFetcher
{
  GCancellable *cancellable;
  LecSlideFunc func;
  gpointer data;
};

/* What is asked for, for the thread. */
typedef struct
{
  char *uri;
  char *origin; /* (nullable) */
  gboolean anywhere;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_free (wish->uri);
  g_free (wish->origin);
  g_free (wish);
}

static void
fetch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  g_autoptr (GMainContext) context = g_main_context_new (); /* that libsoup does not use ours */
  GError *error = NULL;
  GBytes *bytes;

  g_main_context_push_thread_default (context);
  bytes = lec_slide_fetch (wish->uri, wish->origin, wish->anywhere, cancellable, &error);
  g_main_context_pop_thread_default (context);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* Belongs to the fetcher as long as that is not cancelled, which is when it is freed. */
static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LecSlideFetcher *self = data;
  GTask *task = G_TASK (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;
  bytes = g_task_propagate_pointer (task, &error);
  lec_thread_explain (&error);
  self->func (bytes, error, self->data);
}

LecSlideFetcher *
lec_slide_fetcher_new (const char *uri,
                       const char *origin,
                       gboolean anywhere,
                       LecSlideFunc func,
                       gpointer data)
{
  LecSlideFetcher *self = g_new0 (LecSlideFetcher, 1);
  Wish *wish = g_new (Wish, 1);
  g_autoptr (GTask) task = NULL;

  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->data = data;
  *wish = (Wish){ g_strdup (uri), g_strdup (origin), anywhere };
  task = g_task_new (NULL, self->cancellable, fetched_cb, self);
  g_task_set_task_data (task, wish, free_wish);
  g_task_run_in_thread (task, fetch_thread);
  return self;
}

void
lec_slide_fetcher_free (LecSlideFetcher *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_free (self);
}
