/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/server.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/reference.h"
#include "channel/error.h"

#define SHOWN 80 /* [bytes] of an address that a message quotes */

static gboolean
is_usable_host (const char *host)
{
  if (host == NULL || host[0] == '\0')
    return FALSE;
  for (const char *c = host; *c != '\0'; c++) {
    if (!g_ascii_isgraph (*c))
      return FALSE;
  }
  return TRUE;
}

GUri *
lec_server_parse_address (const char *address, GUri *base, GError **error)
{
  const GUriFlags flags = G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH
                          | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT
                          | G_URI_FLAGS_SCHEME_NORMALIZE;
  g_autofree char *trimmed = g_strstrip (g_strdup (address));
  g_autofree char *escaped = lec_reference_escape (trimmed);
  g_autoptr (GUri) uri = NULL;

  if (strlen (trimmed) <= LEC_MAX_REFERENCE)
    uri = g_uri_parse_relative (base, escaped, flags, NULL);
  if (uri != NULL && is_usable_host (g_uri_get_host (uri)))
    return g_steal_pointer (&uri);
  g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("“%.*s” is not the address of a server"),
               SHOWN, trimmed);
  return NULL;
}

char *
lec_server_print_address (GUri *address)
{
  return g_uri_to_string_partial (address, G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT);
}

char *
lec_server_dup_name (GUri *address, int usual_port)
{
  const char *host = g_uri_get_host (address);
  int port = g_uri_get_port (address);
  gboolean is_ipv6 = strchr (host, ':') != NULL;

  if (port < 0 || port == usual_port)
    return g_strdup_printf ("%.*s", SHOWN, host);
  return g_strdup_printf (is_ipv6 ? "[%.*s]:%d" : "%.*s:%d", SHOWN, host, port);
}
