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
#include "channel/channel.h"
#include "channel/error.h"
#include "fetch/origin.h"
#include "fetch/server-refusal.h"
#include "fetch/server.h"

#define PORT 554
#define REDIRECTS 1
#define MAX_INTERIM 4 /* answers of the 100s before the one that counts */
#define SHOWN 80      /* [bytes] of an address that a message quotes */

/* One answer; everything in it is as the server wrote it. */
typedef struct
{
  guint status;
  GStrv lines; /* of its head, the first one included */
  GBytes *body;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_strfreev (answer->lines);
  g_clear_pointer (&answer->body, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

gboolean
lec_describe_is_address (const char *location)
{
  return lec_reference_has_scheme (location, "rtsp")
         || lec_reference_has_scheme (location, "rtspt");
}

/* ---- answers ---- */

/* (nullable): the value of a header; valid as long as @answer. */
static const char *
find_header (const Answer *answer, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 1; answer->lines[i] != NULL; i++) {
    const char *line = answer->lines[i];

    if (g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':')
      return line + length + 1 + strspn (line + length + 1, " \t");
  }
  return NULL;
}

/* The length of the head at the start of @bytes with the empty line behind it; 0: not complete. */
static gsize
measure_head (const GByteArray *bytes)
{
  for (gsize i = 0; i < bytes->len; i++) {
    gsize left = bytes->len - i;

    if (left >= 4 && memcmp (bytes->data + i, "\r\n\r\n", 4) == 0)
      return i + 4;
    if (left >= 2 && memcmp (bytes->data + i, "\n\n", 2) == 0)
      return i + 2;
  }
  return 0;
}

static gboolean
fail_sense (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "no RTSP");
  return FALSE;
}

/* Appends what has arrived; FALSE with an error, or without one at the end. */
static gboolean
read_more (GInputStream *in, GByteArray *bytes, GCancellable *cancellable, GError **error)
{
  guint8 buffer[4096];
  gssize got;

  if (bytes->len > LEC_DESCRIBE_LIMIT)
    return fail_sense (error);
  got = g_input_stream_read (in, buffer, sizeof buffer, cancellable, error);
  if (got <= 0)
    return FALSE;
  g_byte_array_append (bytes, buffer, (guint) got);
  return TRUE;
}

/* Takes a head off the start of @bytes. */
static gboolean
read_head (GInputStream *in,
           GByteArray *bytes,
           GCancellable *cancellable,
           Answer *answer,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *head = NULL;
  gsize length;

  while ((length = measure_head (bytes)) == 0) {
    if (read_more (in, bytes, cancellable, &failure))
      continue;
    if (failure == NULL)
      return fail_sense (error);
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  head = g_strndup ((const char *) bytes->data, length);
  g_byte_array_remove_range (bytes, 0, (guint) length);
  g_strfreev (answer->lines);
  answer->lines = g_strsplit_set (g_strchomp (head), "\n", -1);
  for (guint i = 0; answer->lines[i] != NULL; i++)
    g_strchomp (answer->lines[i]);
  if (!g_str_has_prefix (head, "RTSP/1.") || strlen (answer->lines[0]) < 12)
    return fail_sense (error);
  answer->status = (guint) g_ascii_strtoull (head + 9, NULL, 10);
  return answer->status >= 100 || fail_sense (error);
}

/* Without a length, everything up to the end of the connection. An empty one makes no sense. */
static gboolean
read_body (GInputStream *in,
           GByteArray *bytes,
           GCancellable *cancellable,
           Answer *answer,
           GError **error)
{
  const char *said = find_header (answer, "Content-Length");
  guint64 length = said != NULL ? g_ascii_strtoull (said, NULL, 10) : G_MAXUINT64;
  g_autoptr (GError) failure = NULL;

  while (bytes->len < length && read_more (in, bytes, cancellable, &failure))
    ;
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if ((said != NULL && bytes->len < length) || MIN (bytes->len, length) == 0)
    return fail_sense (error);
  answer->body = g_bytes_new (bytes->data, MIN (bytes->len, length));
  return TRUE;
}

static gboolean
read_answer (GInputStream *in, GCancellable *cancellable, Answer *answer, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i <= MAX_INTERIM; i++) {
    if (!read_head (in, bytes, cancellable, answer, error))
      return FALSE;
    if (answer->status >= 200)
      return answer->status >= 300 || read_body (in, bytes, cancellable, answer, error);
  }
  return fail_sense (error);
}

/* ---- asking ---- */

static gboolean
ask (GUri *uri, GCancellable *cancellable, Answer *answer, GError **error)
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
  return read_answer (g_io_stream_get_input_stream (G_IO_STREAM (connection)), cancellable, answer,
                      error);
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
follow_redirect (GUri *from, const Answer *answer, const char *server, GError **error)
{
  const char *location = find_header (answer, "Location");
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

/* Whether a line `c=IN IP4 239.1.1.1/16` names a group. */
static gboolean
names_group (GBytes *description)
{
  gsize length;
  const char *bytes = g_bytes_get_data (description, &length);
  g_autofree char *text = g_strndup (bytes, length);
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit_set (lines[i], " \t/", 4);

    if (g_str_has_prefix (lines[i], "c=IN") && g_strv_length (words) >= 3
        && lec_address_is_group (words[2]))
      return TRUE;
  }
  return FALSE;
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
    g_auto (Answer) answer = { 0 };
    g_autoptr (GError) failure = NULL;
    g_autofree char *server = lec_server_dup_name (at, PORT);
    GUri *next;

    if (!ask (at, lec_deadline_get_cancellable (deadline), &answer, &failure)) {
      *is_passing = lec_server_refuse_failure (failure, deadline, 0, server, error);
      return NULL;
    }
    if (answer.status < 300 && names_group (answer.body)) {
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
