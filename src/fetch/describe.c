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
ask (GUri *uri, GCancellable *cancellable, LecRtspAnswer *answer, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  int port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : PORT;
  g_autoptr (GSocketConnectable) server
      = g_network_address_new (g_uri_get_host (uri), (guint16) port);
  g_autofree char *address = lec_server_print_address (uri);
  g_autofree char *request = g_strdup_printf ("DESCRIBE %s RTSP/1.0\r\n"
                                              "CSeq: 1\r\n"
                                              "Accept: application/sdp\r\n"
                                              "User-Agent: Lectern/" LEC_VERSION "\r\n"
                                              "\r\n",
                                              address);
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, server, cancellable, error);
  if (connection == NULL)
    return FALSE;
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                  strlen (request), NULL, cancellable, error))
    return FALSE;
  return lec_rtsp_answer_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), cancellable,
                               answer, error);
}

/* The address to ask; `rtspt` is no scheme that servers know. */
static GUri *
parse_address (const char *address, GUri *base, GError **error)
{
  g_autoptr (GUri) uri = lec_server_parse_address (address, base, error);

  if (uri == NULL || strcmp (g_uri_get_scheme (uri), "rtspt") != 0)
    return g_steal_pointer (&uri);
  return g_uri_build (g_uri_get_flags (uri), "rtsp", NULL, g_uri_get_host (uri),
                      g_uri_get_port (uri), g_uri_get_path (uri), g_uri_get_query (uri), NULL);
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

GBytes *
lec_describe (const char *address,
              const LecDeadline *deadline,
              char **uri,
              gboolean *is_passing,
              GError **error)
{
  g_autoptr (GUri) at = parse_address (address, NULL, error);

  *is_passing = FALSE;
  for (guint hop = 0; at != NULL && hop <= REDIRECTS; hop++) {
    g_auto (LecRtspAnswer) answer = { 0 };
    g_autoptr (GError) failure = NULL;
    g_autofree char *server = lec_server_dup_name (at, PORT);
    GUri *next;

    if (!ask (at, lec_deadline_get_cancellable (deadline), &answer, &failure)) {
      *is_passing = lec_server_refuse_failure (failure, deadline, 0, server, error);
      return NULL;
    }
    if (answer.status < 300 && lec_rtsp_answer_names_group (&answer)) {
      *uri = lec_server_print_address (at);
      return g_steal_pointer (&answer.body);
    }
    if (answer.status < 300) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                   _ ("%s sends this channel by unicast only, which cannot be received here; ask "
                      "for an announcement of the multicast"),
                   server);
      return NULL;
    }
    if (answer.status >= 400) {
      *is_passing = lec_server_refuse_status (answer.status, LEC_SERVED_CHANNEL, server, error);
      return NULL;
    }
    next = follow_redirect (at, &answer, server, error);
    g_uri_unref (at);
    at = next;
  }
  if (at != NULL)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                         _ ("the servers redirect to each other; check the address"));
  return NULL;
}
