/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/log-post.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "channel/error.h"
#include "fetch/origin.h"
#include "fetch/server-refusal.h"
#include "fetch/server.h"
#include "fetch/web.h"

#define MAX_PAGE 65536 /* [bytes] the heading stands at the start of a short page */

/* 2.3: of NetShow, and of Windows Media Services with its version */
#define HEADING                                                                                    \
  "<h1>\\s*(NetShow ISAPI Log Dll|WMS ISAPI Log Dll/\\d{1,4}(\\.\\d{1,4}){3})\\s*</h1>"

gboolean
lec_log_is_server (const char *page, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (page, (gssize) length);

  return g_regex_match_simple (HEADING, text, G_REGEX_CASELESS, G_REGEX_MATCH_DEFAULT);
}

static gboolean
check_server (const char *address, const LecDeadline *deadline, GError **error)
{
  gboolean is_passing;
  LecWebPage *page = lec_web_get (address, MAX_PAGE, deadline, &is_passing, error);
  gboolean is_server;

  if (page == NULL)
    return FALSE;
  is_server
      = lec_log_is_server (g_bytes_get_data (page->bytes, NULL), g_bytes_get_size (page->bytes));
  lec_web_page_free (page);
  if (!is_server)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("“%s” is not a server for the logs of players; nothing was sent"), address);
  return is_server;
}

static gboolean
send_line (GUri *address, const char *line, const LecDeadline *deadline, GError **error)
{
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("user-agent", "Lectern/" LEC_VERSION, NULL);
  g_autoptr (SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_POST, address);
  g_autoptr (GBytes) body = g_bytes_new (line, strlen (line));
  g_autoptr (GError) failure = NULL;
  g_autoptr (GInputStream) answer = NULL;
  g_autofree char *server = lec_server_dup_name (address, -1);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (message, "text/plain;charset=UTF-8", body);
  answer = soup_session_send (session, message, lec_deadline_get_cancellable (deadline), &failure);
  if (answer == NULL)
    lec_server_refuse_failure (
        failure, deadline, soup_message_get_tls_peer_certificate_errors (message), server, error);
  else if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    return TRUE;
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("%1$s does not take the log (%2$u)"),
                 server, (guint) soup_message_get_status (message));
  return FALSE;
}

gboolean
lec_log_post (const char *address,
              const char *from,
              const char *line,
              const LecDeadline *deadline,
              GError **error)
{
  g_autoptr (GUri) uri = lec_server_parse_address (address, NULL, error);

  if (uri == NULL)
    return FALSE;
  if (!lec_web_is_address (address) || !lec_origin_may_lead (from, address)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("A station may not have logs sent to “%s”"), address);
    return FALSE;
  }
  return check_server (address, deadline, error) && send_line (uri, line, deadline, error);
}
