/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why this is not GstRTSPConnection, read and measured in gst-plugins-base 1.22.0 (Debian 12):
 *
 * An answer is not bounded. gst_rtsp_connection_set_content_length_limit() bounds its body, but all
 * header lines are kept as they come: of 200,000 (11.7 MB) every one stood in the message, which
 * took 35 MB. Lines of more than 4 KiB are cut without notice.
 *
 * One deadline does not hold. Its timeout is that of each read, and a read within a message cannot
 * be cancelled: findings/rtsp-receive-not-cancelled.sh.
 *
 * A host that refuses, cannot be reached or is unknown is one GST_RTSP_ERROR, so no sentence could
 * say what to do. The proxy that a desktop has for the web is asked for rtsp: addresses as well,
 * and its GSocketClient cannot be reached to forbid that. A description without Content-Length,
 * which ends with the connection, is not read. */
#include "fetch/describe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/reference.h"
#include "channel/error.h"
#include "fetch/origin.h"
#include "fetch/rtsp-answer.h"
#include "fetch/rtsp-auth.h"
#include "fetch/server-refusal.h"
#include "fetch/server.h"

#define PORT 554
#define REDIRECTS 1
#define SHOWN 80 /* [bytes] of an address that a message quotes */

gboolean
lec_describe_is_address (const char *location)
{
  return lec_reference_has_scheme (location, "rtsp")
         || lec_reference_has_scheme (location, "rtspt");
}

/* ---- asking ---- */

static gboolean
ask_once (GUri *uri,
          LecRtspAuth *auth,
          GCancellable *cancellable,
          LecRtspAnswer *answer,
          GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  int port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : PORT;
  g_autoptr (GSocketConnectable) server
      = g_network_address_new (g_uri_get_host (uri), (guint16) port);
  g_autofree char *address = lec_server_print_address (uri);
  g_autoptr (GString) request = g_string_new (NULL);
  g_autoptr (GSocketConnection) connection = NULL;

  g_string_printf (request,
                   "DESCRIBE %s RTSP/1.0\r\n"
                   "CSeq: 1\r\n"
                   "Accept: application/sdp\r\n"
                   "User-Agent: Lectern/" LEC_VERSION "\r\n",
                   address);
  lec_rtsp_auth_write (auth, "DESCRIBE", address, request);
  g_string_append (request, "\r\n");
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, server, cancellable, error);
  if (connection == NULL)
    return FALSE;
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                  request->str, request->len, NULL, cancellable, error))
    return FALSE;
  return lec_rtsp_answer_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), cancellable,
                               answer, error);
}

/* Once more where the server asks who we are. */
static gboolean
ask (GUri *uri, LecRtspAuth *auth, GCancellable *cancellable, LecRtspAnswer *answer, GError **error)
{
  if (!ask_once (uri, auth, cancellable, answer, error))
    return FALSE;
  if (answer->status != 401 || !lec_rtsp_auth_take_challenge (auth, answer))
    return TRUE;
  lec_rtsp_answer_clear (answer);
  return ask_once (uri, auth, cancellable, answer, error);
}

/* The address to ask; `rtspt` is no scheme that servers know. */
static GUri *
parse_address (const char *address, GUri *base, GError **error)
{
  g_autoptr (GUri) uri = lec_server_parse_address (address, base, error);

  if (uri == NULL || strcmp (g_uri_get_scheme (uri), "rtspt") != 0)
    return g_steal_pointer (&uri);
  return g_uri_build_with_user (g_uri_get_flags (uri), "rtsp", g_uri_get_user (uri),
                                g_uri_get_password (uri), NULL, g_uri_get_host (uri),
                                g_uri_get_port (uri), g_uri_get_path (uri), g_uri_get_query (uri),
                                NULL);
}

/* (nullable) (transfer full) */
static char *
dup_credentials (GUri *at)
{
  const char *password = g_uri_get_password (at);

  if (g_uri_get_user (at) == NULL)
    return NULL;
  return g_strdup_printf ("%s:%s", g_uri_get_user (at), password != NULL ? password : "");
}

static GUri *
follow_redirect (GUri *from, const LecRtspAnswer *answer, const char *server, GError **error)
{
  const char *location = lec_rtsp_answer_find_header (answer, "Location");
  g_autoptr (GUri) to = location != NULL ? parse_address (location, from, NULL) : NULL;
  g_autofree char *here = lec_server_print_address (from);
  g_autofree char *there = to != NULL ? lec_server_print_address (to) : NULL;

  if (there == NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%s says that the channel has moved, but not where to"), server);
  else if (!lec_describe_is_address (there) || !lec_origin_may_lead (here, there))
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s redirects to “%.*s”; open that address yourself if you want it"), server,
                 SHOWN, there);
  else
    return g_steal_pointer (&to);
  return NULL;
}

/* ---- what was found ---- */

void
lec_description_free (LecDescription *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->text);
  g_free (self->address);
  g_free (self->base);
  g_free (self->credentials);
  g_free (self);
}

/* What a server gives as the base is not trusted with more than to be said to it again. */
static char *
dup_base (const LecRtspAnswer *answer, const char *address)
{
  static const char *const names[] = { "Content-Base", "Content-Location" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = lec_rtsp_answer_find_header (answer, names[i]);

    if (lec_reference_has_scheme (value, "rtsp") && strlen (value) <= LEC_MAX_REFERENCE)
      return lec_reference_escape (value);
  }
  return g_strdup (address);
}

/* Of the address that was asked for, `rtspt` stays. */
static LecDescription *
take_description (LecRtspAnswer *answer, GUri *at, const char *asked, const char *credentials)
{
  LecDescription *description = g_new0 (LecDescription, 1);
  g_autofree char *address = lec_server_print_address (at);

  description->text = g_steal_pointer (&answer->body);
  description->base = dup_base (answer, address);
  description->address = lec_reference_has_scheme (asked, "rtspt")
                             ? g_strconcat ("rtspt", address + strlen ("rtsp"), NULL)
                             : g_strdup (address);
  description->credentials = g_strdup (credentials);
  return description;
}

/* What is for one server is not told another. */
static gboolean
is_same_host (GUri *a, GUri *b)
{
  return g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0;
}

LecDescription *
lec_describe (const char *address,
              const LecDeadline *deadline,
              gboolean *is_passing,
              GError **error)
{
  g_autoptr (GUri) at = parse_address (address, NULL, error);
  g_autofree char *credentials = at != NULL ? dup_credentials (at) : NULL;
  g_autoptr (LecRtspAuth) auth = lec_rtsp_auth_new (credentials);

  *is_passing = FALSE;
  for (guint hop = 0; at != NULL && hop <= REDIRECTS; hop++) {
    g_auto (LecRtspAnswer) answer = { 0 };
    g_autoptr (GError) failure = NULL;
    g_autofree char *server = lec_server_dup_name (at, PORT);
    GUri *next;

    if (!ask (at, auth, lec_deadline_get_cancellable (deadline), &answer, &failure)) {
      *is_passing = lec_server_refuse_failure (failure, deadline, 0, server, error);
      return NULL;
    }
    if (answer.status < 300)
      return take_description (&answer, at, address, credentials);
    if (answer.status >= 400) {
      if (answer.status == 401)
        lec_rtsp_auth_refuse (auth, server, error);
      else
        *is_passing = lec_server_refuse_status (answer.status, LEC_SERVED_CHANNEL, server, error);
      return NULL;
    }
    next = follow_redirect (at, &answer, server, error);
    if (next != NULL && !is_same_host (at, next)) {
      g_clear_pointer (&credentials, g_free);
      lec_rtsp_auth_free (auth);
      auth = lec_rtsp_auth_new (NULL);
    }
    g_uri_unref (at);
    at = next;
  }
  if (at != NULL)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                         _ ("the servers redirect to each other; check the address"));
  return NULL;
}
