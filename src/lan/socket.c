/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lan/socket-private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lan/receive-buffer.h"
#include "wire/error.h"

#ifndef IPV6_MULTICAST_ALL
#define IPV6_MULTICAST_ALL 29 /* Linux 4.20, unknown to older C libraries */
#endif

static socklen_t
address_length (const LecSocketAddress *address)
{
  return address->ss_family == AF_INET ? sizeof (struct sockaddr_in) : sizeof (struct sockaddr_in6);
}

static gboolean
parse_address (const char *text, guint16 port, LecSocketAddress *address)
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

gboolean
lec_socket_is_same_host (const LecSocketAddress *a, const LecSocketAddress *b)
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

static GArray *
parse_sources (GStrv texts)
{
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (LecSocketAddress));

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++) {
    LecSocketAddress address;

    if (parse_address (texts[i], 0, &address))
      g_array_append_val (addresses, address);
  }
  return addresses;
}

static gboolean
set_error (LecSocket *self, const char *what, GError **error)
{
  int number = errno;
  const char *hint = "";

  if (number == EADDRINUSE)
    hint = "; another program holds this port for itself";
  else if (number == EADDRNOTAVAIL && !self->is_group)
    hint = "; it is not an address of this computer";
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, "Cannot %s %s: %s%s", what, self->name,
               g_strerror (number), hint);
  return FALSE;
}

/* The order matters: nothing of another group may enter the queue before the filters stand. */
static gboolean
open_bound (LecSocket *self, GError **error)
{
  int on = 1, off = 0;

  self->fd = socket (self->group.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->fd < 0)
    return set_error (self, "open a socket for", error);

  if (self->is_group)
    setsockopt (self->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  lec_receive_buffer_set (self->fd, lec_receive_buffer_get_need (0));
  setsockopt (self->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  setsockopt (self->fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
  if (self->group.ss_family == AF_INET6)
    setsockopt (self->fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);

  if (bind (self->fd, (struct sockaddr *) &self->group, address_length (&self->group)) != 0)
    return set_error (self, "listen on", error);

  if (self->group.ss_family == AF_INET)
    setsockopt (self->fd, IPPROTO_IP, IP_MULTICAST_ALL, &off, sizeof off);
  else
    setsockopt (self->fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, &off, sizeof off);
  return TRUE;
}

/* An address of link scope means nothing without its link (RFC 4007, section 6): take the first
 * one. */
static void
set_scope (LecSocket *self, const LecInterface **interface, LecInterface *first)
{
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) &self->group;
  g_autoptr (GArray) list = NULL;

  if (v6->sin6_family != AF_INET6
      || !(IN6_IS_ADDR_MC_LINKLOCAL (&v6->sin6_addr) || IN6_IS_ADDR_LINKLOCAL (&v6->sin6_addr)))
    return;
  if (*interface == NULL) {
    list = lec_interfaces_list ();
    if (list->len == 0)
      return;
    *first = g_array_index (list, LecInterface, 0);
    *interface = first;
  }
  v6->sin6_scope_id = (*interface)->index;
}

LecSocket *
lec_socket_open (const LecLeg *leg, guint16 port, const LecInterface *interface, GError **error)
{
  g_autoptr (LecSocket) self = g_new0 (LecSocket, 1);
  LecInterface first;

  self->fd = -1;
  self->name = lec_address_format (leg->group, port);
  self->interfaces = g_strdup ("");
  self->is_group = lec_address_is_group (leg->group);
  self->sources = parse_sources (leg->sources);
  self->excluded = parse_sources (leg->excluded);
  self->joined = g_array_new (FALSE, FALSE, sizeof (LecInterface));
  if (!parse_address (leg->group, port, &self->group)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, "“%s” is no numeric address", leg->group);
    return NULL;
  }
  set_scope (self, &interface, &first);
  self->pinned = interface != NULL;

  if (!open_bound (self, error))
    return NULL;
  if (self->is_group && !lec_socket_join_first (self, interface)) {
    set_error (self, "join", error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
lec_socket_free (LecSocket *self)
{
  if (self == NULL)
    return;

  lec_socket_leave (self);
  if (self->fd >= 0)
    close (self->fd);
  g_array_unref (self->sources);
  g_array_unref (self->excluded);
  g_array_unref (self->joined);
  g_free (self->interfaces);
  g_free (self->name);
  g_free (self);
}

int
lec_socket_get_fd (const LecSocket *self)
{
  return self->fd;
}

const char *
lec_socket_get_name (const LecSocket *self)
{
  return self->name;
}

const char *
lec_socket_get_interfaces (const LecSocket *self)
{
  return self->interfaces;
}

static gboolean
contains (const GArray *addresses, const LecSocketAddress *address)
{
  for (guint i = 0; i < addresses->len; i++) {
    if (lec_socket_is_same_host (&g_array_index (addresses, LecSocketAddress, i), address))
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_socket_accepts (const LecSocket *self, const LecSocketAddress *from, guint interface)
{
  if (interface != 0 && self->is_group && !lec_socket_is_joined_on (self, interface))
    return FALSE;
  if (self->sources->len > 0 && !contains (self->sources, from))
    return FALSE;
  return self->excluded->len == 0 || !contains (self->excluded, from);
}
