/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/web.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "announce/reference.h"
#include "channel/error.h"
#include "fetch/content.h"
#include "fetch/http.h"
#include "fetch/mpeg-sound.h"
#include "fetch/origin.h"
#include "fetch/server-refusal.h"
#include "fetch/server.h"
#include "fetch/wms-request.h"

#define CHUNK 16384 /* [bytes] */
#define SHOWN 80    /* [bytes] of an address that a message quotes */

/* Types that announcements are sent as. A server may look at this, and few do. */
#define ACCEPTED                                                                                   \
  "application/sdp, video/x-ms-asf, video/x-ms-asx, audio/x-ms-wax, video/x-ms-wvx, "              \
  "video/x-ms-wmx, application/x-ms-nsc, audio/x-mpegurl, application/xspf+xml, */*;q=0.5"

/* One way from an address to its page. */
typedef struct
{
  const LecDeadline *deadline; /* borrowed */
  GMainContext *context;
  SoupSession *session;
  SoupMessage *message; /* the request under way */
  gsize limit;
  gboolean describes; /* it asks as a player of Windows Media does */
  char *server;       /* of this request, for sentences */
  gboolean is_passing;
} Visit;

static void
visit_clear (Visit *self)
{
  g_clear_object (&self->message);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  /* What was cancelled still reports so, and is freed by that. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_free (self->server);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visit, visit_clear)

void
lec_web_page_free (LecWebPage *page)
{
  if (page == NULL)
    return;

  g_free (page->uri);
  g_free (page->type);
  g_bytes_unref (page->bytes);
  g_free (page);
}

gboolean
lec_web_is_address (const char *location)
{
  return lec_reference_has_scheme (location, "http")
         || lec_reference_has_scheme (location, "https");
}

static char *
name_server (GUri *uri)
{
  return lec_server_dup_name (uri, strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80);
}

/* ---- asking ---- */

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (Visit *self, GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (self->context, TRUE);
}

static void
explain (Visit *self, const GError *failure, GError **error)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (self->message);

  self->is_passing
      = lec_server_refuse_failure (failure, self->deadline, flags, self->server, error);
}

static GInputStream *
request (Visit *self, GUri *uri, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) failure = NULL;
  GInputStream *stream;

  g_free (self->server);
  self->server = name_server (uri);
  g_clear_object (&self->message);
  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (self->message), "Accept",
                                ACCEPTED);
  soup_message_headers_replace (soup_message_get_request_headers (self->message), "Accept-Encoding",
                                "gzip, deflate");
  if (self->describes)
    lec_wms_request_describe (soup_message_get_request_headers (self->message));

  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT,
                           lec_deadline_get_cancellable (self->deadline), finished_cb, &result);
  wait_for (self, &result);
  stream = soup_session_send_finish (self->session, result, &failure);
  if (stream == NULL)
    explain (self, failure, error);
  return stream;
}

/* Whether it proves to be media, and of which kind. */
static gboolean
is_enough (const GByteArray *bytes)
{
  return bytes->len >= LEC_CONTENT_HEAD && lec_content_is_media (bytes->data, bytes->len)
         && (bytes->len >= LEC_MPEG_SOUND_ENOUGH
             || lec_content_is_playable (bytes->data, bytes->len));
}

/* Returns what is sent, up to one byte more than the limit, or up to where it proves to be media.
 */
static GBytes *
read_body (Visit *self, GInputStream *stream, gboolean is_packed, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (bytes->len <= self->limit) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) failure = NULL;
    g_autoptr (GBytes) chunk = NULL;

    g_input_stream_read_bytes_async (
        stream, MIN (CHUNK, self->limit + 1 - bytes->len), G_PRIORITY_DEFAULT,
        lec_deadline_get_cancellable (self->deadline), finished_cb, &result);
    wait_for (self, &result);
    chunk = g_input_stream_read_bytes_finish (stream, result, &failure);
    if (chunk == NULL) {
      explain (self, failure, error);
      return NULL;
    }
    if (g_bytes_get_size (chunk) == 0)
      break;
    g_byte_array_append (bytes, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
    if (!is_packed && is_enough (bytes))
      break;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* ---- answers ---- */

static LecWebPage *
read_page (Visit *self, GInputStream *stream, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *encoding = soup_message_headers_get_list (headers, "Content-Encoding");
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) body = read_body (self, stream, encoding != NULL, error);
  g_autoptr (GBytes) bytes = NULL;
  LecWebPage *page;

  if (body == NULL)
    return NULL;
  if (g_bytes_get_size (body) > self->limit)
    bytes = g_bytes_ref (body);
  else
    bytes = lec_content_unpack (body, encoding, self->limit);
  if (bytes == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("%s sends the page packed in a way that cannot be unpacked; save it with a "
                    "browser and open that file"),
                 self->server);
    return NULL;
  }
  page = g_new0 (LecWebPage, 1);
  page->uri = lec_server_print_address (soup_message_get_uri (self->message));
  page->type = g_strdup (type);
  page->bytes = g_steal_pointer (&bytes);
  return page;
}

static gboolean
check_redirect (Visit *self, GUri *from, GUri *to, GError **error)
{
  g_autofree char *here = lec_server_print_address (from);
  g_autofree char *there = lec_server_print_address (to);

  if (!lec_web_is_address (there))
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s redirects to “%.*s”; open that address yourself if you want it"),
                 self->server, SHOWN, there);
  else if (!lec_origin_may_lead (here, there))
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s redirects to “%.*s”; a web page may not refer to local files or hosts"),
                 self->server, SHOWN, there);
  else if (strcmp (g_uri_get_scheme (from), "https") == 0
           && strcmp (g_uri_get_scheme (to), "https") != 0)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s redirects to “%.*s”, which is not secure; open that address yourself if "
                    "you trust it"),
                 self->server, SHOWN, there);
  else
    return TRUE;
  return FALSE;
}

static GUri *
follow_redirect (Visit *self, GError **error)
{
  GUri *from = soup_message_get_uri (self->message);
  const char *location = soup_message_headers_get_one (
      soup_message_get_response_headers (self->message), "Location");
  g_autoptr (GUri) to = NULL;
  g_autoptr (GError) failure = NULL;

  if (location == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%s says that the page has moved, but not where to"), self->server);
    return NULL;
  }
  to = lec_server_parse_address (location, from, &failure);
  if (to == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%s says that the page has moved, but not to a web address"), self->server);
    return NULL;
  }
  return check_redirect (self, from, to, error) ? g_steal_pointer (&to) : NULL;
}

static LecWebPage *
visit (Visit *self, const char *address, GError **error)
{
  g_autoptr (GUri) uri = lec_server_parse_address (address, NULL, error);

  for (guint hop = 0; uri != NULL && hop <= LEC_WEB_REDIRECTS; hop++) {
    g_autoptr (GInputStream) stream = request (self, uri, error);
    guint status;
    GUri *next;

    if (stream == NULL)
      return NULL;
    status = soup_message_get_status (self->message);
    if (SOUP_STATUS_IS_SUCCESSFUL (status))
      return read_page (self, stream, error);
    if (!lec_http_is_redirect (status)) {
      self->is_passing = lec_server_refuse_status (status, LEC_SERVED_PAGE, self->server, error);
      return NULL;
    }
    next = follow_redirect (self, error);
    g_uri_unref (uri);
    uri = next;
  }
  if (uri != NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%1$s redirects more than %2$d times; check the address"), self->server,
                 LEC_WEB_REDIRECTS);
  return NULL;
}

static LecWebPage *
get (const char *address,
     gsize limit,
     gboolean describes,
     const LecDeadline *deadline,
     gboolean *is_passing,
     GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  LecWebPage *page;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (deadline != NULL, NULL);
  g_return_val_if_fail (is_passing != NULL, NULL);

  g_main_context_push_thread_default (context);
  {
    g_auto (Visit) self
        = { .deadline = deadline, .context = context, .limit = limit, .describes = describes };

    self.session = soup_session_new_with_options (
        "user-agent", describes ? LEC_WMS_AGENT : "Lectern/" LEC_VERSION, NULL);
    lec_http_restrict (self.session);
    page = visit (&self, address, error);
    *is_passing = page == NULL && self.is_passing;
  }
  g_main_context_pop_thread_default (context);
  return page;
}

LecWebPage *
lec_web_get (const char *address,
             gsize limit,
             const LecDeadline *deadline,
             gboolean *is_passing,
             GError **error)
{
  return get (address, limit, FALSE, deadline, is_passing, error);
}

LecWebPage *
lec_web_describe (const char *address,
                  gsize limit,
                  const LecDeadline *deadline,
                  gboolean *is_passing,
                  GError **error)
{
  return get (address, limit, TRUE, deadline, is_passing, error);
}
