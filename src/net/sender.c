/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/sender.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include "channel/error.h"

static char *
list_interfaces (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  struct if_nameindex *all = if_nameindex ();

  for (struct if_nameindex *i = all; i != NULL && i->if_index != 0; i++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", i->if_name);
  if (all != NULL)
    if_freenameindex (all);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* 0 is what the kernel takes for "any". */
static gboolean
find_interface (const char *interface, guint *index, GError **error)
{
  g_autofree char *names = NULL;

  *index = interface != NULL ? if_nametoindex (interface) : 0;
  if (interface == NULL || *index != 0)
    return TRUE;
  names = list_interfaces ();
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               _ ("There is no network interface %1$s; available: %2$s"), interface, names);
  return FALSE;
}

static gboolean
set_options (GSocket *socket, gboolean ipv6, guint index, int ttl, GError **error)
{
  struct ip_mreqn via = { .imr_ifindex = (int) index };

  if (ipv6)
    return (index == 0
            || g_socket_set_option (socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, (int) index, error))
           && g_socket_set_option (socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, ttl, error);
  /* GLib sets options that are integers only. */
  if (index != 0
      && setsockopt (g_socket_get_fd (socket), IPPROTO_IP, IP_MULTICAST_IF, &via, sizeof via)
             != 0) {
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
    return FALSE;
  }
  return g_socket_set_option (socket, IPPROTO_IP, IP_MULTICAST_TTL, ttl, error);
}

static GSocketAddress *
make_source (const struct sockaddr *address)
{
  gsize size
      = address->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6) : sizeof (struct sockaddr_in);
  g_autoptr (GSocketAddress) native = g_socket_address_new_from_native ((gpointer) address, size);
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (native);
  guint scope = address->sa_family == AF_INET6 ? g_inet_socket_address_get_scope_id (inet) : 0;

  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address",
                       g_inet_socket_address_get_address (inet), "port", 0, "scope-id", scope,
                       NULL);
}

static gboolean
is_link_local (const struct sockaddr *address)
{
  return address->sa_family == AF_INET6
         && IN6_IS_ADDR_LINKLOCAL (&((const struct sockaddr_in6 *) address)->sin6_addr);
}

/* The first address of the interface; a link-local one only where there is no other. */
static GSocketAddress *
find_source (const char *interface, int family)
{
  struct ifaddrs *all = NULL;
  const struct sockaddr *best = NULL;
  GSocketAddress *source;

  if (getifaddrs (&all) != 0)
    return NULL;
  for (struct ifaddrs *i = all; i != NULL; i = i->ifa_next)
    if (i->ifa_addr != NULL && i->ifa_addr->sa_family == family
        && g_str_equal (i->ifa_name, interface) && (best == NULL || is_link_local (best)))
      best = i->ifa_addr;
  source = best != NULL ? make_source (best) : NULL;
  freeifaddrs (all);
  return source;
}

/* Connecting a datagram socket sends nothing, but makes the kernel choose the address that it
 * would send from. */
static GSocketAddress *
ask_routes (GInetAddress *to)
{
  g_autoptr (GSocket) probe = g_socket_new (g_inet_address_get_family (to), G_SOCKET_TYPE_DATAGRAM,
                                            G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) destination = g_inet_socket_address_new (to, 9);
  struct sockaddr_storage source;
  socklen_t size = sizeof source;

  if (probe == NULL || !g_socket_connect (probe, destination, NULL, NULL)
      || getsockname (g_socket_get_fd (probe), (struct sockaddr *) &source, &size) != 0)
    return NULL;
  return make_source ((struct sockaddr *) &source);
}

/* @interface: (nullable) */
static void
set_no_source (GError **error, const char *address, const char *interface)
{
  if (interface != NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("Cannot send to %1$s: the interface %2$s has no address of that family"),
                 address, interface);
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("Cannot send to %s: there is no route; use the interface lo to stay on this "
                    "machine"),
                 address);
}

GSocket *
lec_sender_open (const char *address, const char *interface, int ttl, GError **error)
{
  g_autoptr (GInetAddress) to = g_inet_address_new_from_string (address);
  g_autoptr (GSocketAddress) source = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) reason = NULL;
  GSocketFamily family;
  guint index;

  if (to == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("Cannot send to %s: it is not a numeric address"), address);
    return NULL;
  }
  if (!find_interface (interface, &index, error))
    return NULL;
  family = g_inet_address_get_family (to);
  source = interface != NULL ? find_source (interface, family) : ask_routes (to);
  if (source == NULL) {
    set_no_source (error, address, interface);
    return NULL;
  }
  socket = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &reason);
  if (socket == NULL || !set_options (socket, family == G_SOCKET_FAMILY_IPV6, index, ttl, &reason)
      || !g_socket_bind (socket, source, FALSE, &reason)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot send to %1$s: %2$s"), address,
                 reason->message);
    return NULL;
  }
  return g_steal_pointer (&socket);
}

char *
lec_sender_dup_source (GSocket *socket)
{
  g_autoptr (GSocketAddress) source = g_socket_get_local_address (socket, NULL);

  g_return_val_if_fail (source != NULL, NULL);
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (source)));
}
