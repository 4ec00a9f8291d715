/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/server-refusal.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "channel/error.h"

gboolean
lec_server_refuse_status (guint status, LecServed what, const char *server, GError **error)
{
  switch (status) {
  case SOUP_STATUS_NOT_FOUND:
  case SOUP_STATUS_GONE:
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 what == LEC_SERVED_PAGE ? _ ("there is no such page on %s")
                                         : _ ("there is no such channel on %s"),
                 server);
    return FALSE;
  case SOUP_STATUS_UNAUTHORIZED:
  case SOUP_STATUS_PROXY_UNAUTHORIZED:
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%s asks for a password; ask its owner for the announcement as a file"),
                 server);
    return FALSE;
  case SOUP_STATUS_FORBIDDEN:
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 what == LEC_SERVED_PAGE
                     ? _ ("%s does not let you see this page; ask its owner")
                     : _ ("%s does not let you see this channel; ask its owner"),
                 server);
    return FALSE;
  case SOUP_STATUS_REQUEST_TIMEOUT:
  case 429: /* Too Many Requests, RFC 6585 */
  case 453: /* Not Enough Bandwidth, RFC 2326, section 11.3.6 */
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%s is too busy to answer; try again later"), server);
    return TRUE;
  default:
    break;
  }
  if (status >= 500) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%1$s has a fault of its own (error %2$u); try again later"), server, status);
    return TRUE;
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               what == LEC_SERVED_PAGE
                   ? _ ("%1$s does not give this page (error %2$u); check the address")
                   : _ ("%1$s does not give this channel (error %2$u); check the address"),
               server, status);
  return FALSE;
}

static const char *
explain_certificate (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return _ ("it was withdrawn");
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return _ ("it has expired");
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _ ("it is not valid yet; is the clock of this computer right?");
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("it was made for another server");
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _ ("it is not signed by a known authority");
  return _ ("it is not secure");
}

static gboolean
refuse_tls (const GError *failure, GTlsCertificateFlags flags, const char *server, GError **error)
{
  if (failure->code == G_TLS_ERROR_UNAVAILABLE)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("https: addresses need the package glib-networking; install it"));
  else if (failure->code == G_TLS_ERROR_BAD_CERTIFICATE)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("the certificate of %1$s is not trusted: %2$s"), server,
                 explain_certificate (flags));
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("no secure connection to %s could be made; ask its owner for an http: address"),
                 server);
  return FALSE;
}

static const char *
explain_io (int code)
{
  switch (code) {
  case G_IO_ERROR_CONNECTION_REFUSED:
    return _ ("no server runs at %s; check the address");
  case G_IO_ERROR_HOST_UNREACHABLE:
  case G_IO_ERROR_NETWORK_UNREACHABLE:
    return _ ("%s cannot be reached from here; is this computer on its network?");
  case G_IO_ERROR_TIMED_OUT:
    return _ ("%s does not answer; try again later");
  case G_IO_ERROR_CONNECTION_CLOSED: /* which is also G_IO_ERROR_BROKEN_PIPE */
    return _ ("%s broke off in the middle of its answer; try again later");
  case G_IO_ERROR_PARTIAL_INPUT: /* also of what is no HTTP, or too long a header */
    return _ ("the answer of %s breaks off or makes no sense; try again later");
  default:
    return _ ("%s cannot be read from; check the address");
  }
}

gboolean
lec_server_refuse_failure (const GError *failure,
                           const LecDeadline *deadline,
                           GTlsCertificateFlags flags,
                           const char *server,
                           GError **error)
{
  g_autoptr (GString) sentence = NULL;

  if (lec_deadline_has_passed (deadline)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("%1$s did not answer in full within %2$g seconds; try again later"), server,
                 lec_deadline_get_limit (deadline) / 1000.0);
    return TRUE;
  }
  if (g_cancellable_set_error_if_cancelled (lec_deadline_get_cancellable (deadline), error))
    return FALSE;
  if (failure->domain == G_TLS_ERROR)
    return refuse_tls (failure, flags, server, error);
  if (failure->domain == G_IO_ERROR)
    sentence = g_string_new (explain_io (failure->code));
  else if (g_error_matches (failure, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    sentence = g_string_new (_ ("there is no computer named %s; check the address"));
  else if (failure->domain == G_RESOLVER_ERROR)
    sentence = g_string_new (_ ("the name %s cannot be looked up; is this computer on a network?"));
  else
    sentence = g_string_new (_ ("the answer of %s makes no sense; check the address"));
  g_string_replace (sentence, "%s", server, 1);
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, sentence->str);
  return TRUE;
}
