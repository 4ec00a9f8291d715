/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/origin.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "announce/reference.h"

/* Who can reach a host; each is nearer than the one before. */
typedef enum {
  NEAR_EVERYBODY,
  NEAR_LINK,
  NEAR_COMPUTER,
} Nearness;

static Nearness
of_ipv4 (guint32 address)
{
  if (address >> 24 == IN_LOOPBACKNET || address >> 24 == 0) /* 0.0.0.0 leads to ourselves */
    return NEAR_COMPUTER;
  return address >> 16 == 0xa9fe ? NEAR_LINK : NEAR_EVERYBODY; /* 169.254.0.0/16 */
}

static Nearness
of_ipv6 (const struct in6_addr *address)
{
  guint32 last;

  memcpy (&last, address->s6_addr + 12, sizeof last);
  if (IN6_IS_ADDR_LOOPBACK (address) || IN6_IS_ADDR_UNSPECIFIED (address))
    return NEAR_COMPUTER;
  if (IN6_IS_ADDR_V4MAPPED (address) || IN6_IS_ADDR_V4COMPAT (address))
    return of_ipv4 (g_ntohl (last));
  return IN6_IS_ADDR_LINKLOCAL (address) ? NEAR_LINK : NEAR_EVERYBODY;
}

static gboolean
is_local_name (const char *host)
{
  g_autofree char *name = g_ascii_strdown (host, -1);
  gsize length = strlen (name);

  if (length > 0 && name[length - 1] == '.')
    name[length - 1] = '\0';
  return strcmp (name, "localhost") == 0 || g_str_has_prefix (name, "localhost.")
         || g_str_has_suffix (name, ".localhost") || strcmp (name, "ip6-localhost") == 0
         || strcmp (name, "ip6-loopback") == 0;
}

/* Reads numbers as the resolver does, to which 127.1 and 0x7f000001 are addresses as well. */
static Nearness
of_host (const char *host)
{
  const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM };
  struct addrinfo *found = NULL;
  Nearness nearness = NEAR_EVERYBODY;

  if (is_local_name (host))
    return NEAR_COMPUTER;
  if (getaddrinfo (host, NULL, &hints, &found) != 0)
    return NEAR_EVERYBODY;
  if (found->ai_family == AF_INET)
    nearness = of_ipv4 (g_ntohl (((struct sockaddr_in *) found->ai_addr)->sin_addr.s_addr));
  else if (found->ai_family == AF_INET6)
    nearness = of_ipv6 (&((struct sockaddr_in6 *) found->ai_addr)->sin6_addr);
  freeaddrinfo (found);
  return nearness;
}

static Nearness
of_uri (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;

  return host != NULL ? of_host (host) : NEAR_COMPUTER;
}

gboolean
lec_origin_is_on_server (const char *uri)
{
  static const char *const schemes[]
      = { "http", "https", "rtsp", "rtspt", "mms", "mmsh", "mmst", "mmsu" };
  g_autofree char *scheme = uri != NULL ? lec_reference_dup_scheme (uri) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (g_strcmp0 (scheme, schemes[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_origin_may_lead (const char *from, const char *to)
{
  if (!lec_origin_is_on_server (from))
    return TRUE;
  return !lec_reference_has_scheme (to, "file") && of_uri (to) <= of_uri (from);
}
