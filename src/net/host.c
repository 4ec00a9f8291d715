/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/host.h"

#include <arpa/inet.h>
#include <string.h>

typedef struct sockaddr_storage Address;

gboolean
lec_host_parse (const char *text, guint16 port, Address *address)
{
  struct sockaddr_in *v4 = (struct sockaddr_in *) address;
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) address;

  memset (address, 0, sizeof *address);
  if (inet_pton (AF_INET, text, &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons (port);
    return TRUE;
  }
  if (inet_pton (AF_INET6, text, &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons (port);
    return TRUE;
  }
  return FALSE;
}

void
lec_host_format (const Address *address, char text[INET6_ADDRSTRLEN])
{
  const void *bytes = address->ss_family == AF_INET6
                          ? (const void *) &((const struct sockaddr_in6 *) address)->sin6_addr
                          : (const void *) &((const struct sockaddr_in *) address)->sin_addr;

  if (inet_ntop (address->ss_family, bytes, text, INET6_ADDRSTRLEN) == NULL)
    text[0] = '\0';
}

GArray *
lec_host_parse_all (GStrv texts)
{
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (Address));

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++) {
    Address address;

    if (lec_host_parse (texts[i], 0, &address))
      g_array_append_val (addresses, address);
  }
  return addresses;
}

gboolean
lec_host_equal (const Address *a, const Address *b)
{
  if (a->ss_family != b->ss_family)
    return FALSE;
  if (a->ss_family == AF_INET)
    return ((const struct sockaddr_in *) a)->sin_addr.s_addr
           == ((const struct sockaddr_in *) b)->sin_addr.s_addr;
  return memcmp (&((const struct sockaddr_in6 *) a)->sin6_addr,
                 &((const struct sockaddr_in6 *) b)->sin6_addr, sizeof (struct in6_addr))
         == 0;
}

gboolean
lec_host_is_among (const Address *address, const GArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++) {
    if (lec_host_equal (&g_array_index (addresses, Address, i), address))
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_host_is_group (const Address *address)
{
  if (address->ss_family == AF_INET)
    return IN_MULTICAST (ntohl (((const struct sockaddr_in *) address)->sin_addr.s_addr));
  return IN6_IS_ADDR_MULTICAST (&((const struct sockaddr_in6 *) address)->sin6_addr);
}

/* It is at one place in both families. */
socklen_t
lec_host_get_length (const struct sockaddr_storage *address)
{
  return address->ss_family == AF_INET ? sizeof (struct sockaddr_in) : sizeof (struct sockaddr_in6);
}

guint16
lec_host_get_port (const Address *address)
{
  return ntohs (((const struct sockaddr_in *) address)->sin_port);
}
