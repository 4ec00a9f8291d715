/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/socket.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channel/error.h"
#include "net/host-facts.h"
#include "net/host.h"
#include "net/receive-buffer.h"

#ifndef IPV6_MULTICAST_ALL
#define IPV6_MULTICAST_ALL 29 /* Linux 4.20, unknown to older C libraries */
#endif

#define MEMBERSHIPS_MAX 20 /* net.ipv4.igmp_max_memberships of a stock kernel, for each socket */
#define SENDERS 4          /* remembered: a channel has one or two */

typedef struct sockaddr_storage LecSocketAddress;

struct _LecSocket
{
  int fd;
  char *name;
  char *interfaces;
  gboolean is_group;
  gboolean pinned;
  LecSocketAddress group; /* with port */
  GArray *sources;        /* of LecSocketAddress */
  GArray *excluded;       /* of LecSocketAddress */
  GArray *joined;         /* of LecInterface; as wanted, not all need have succeeded */
  LecSocketAddress senders[SENDERS];
  guint n_senders; /* ever; the last ones are kept */
};

/* Who it is can be told where it is a program of the same user. */
static void
set_held_error (LecSocket *self, guint16 port, GError **error)
{
  g_autofree char *program = lec_host_find_listener (port);

  if (program != NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_PORT_HELD,
                 _ ("Cannot listen on %1$s: the program “%2$s” holds this port exclusively. Close "
                    "it"),
                 self->name, program);
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_PORT_HELD,
                 _ ("Cannot listen on %1$s: another program holds this port exclusively. As "
                    "administrator run “ss -ulnp sport = :%2$u” to see which, and close it"),
                 self->name, port);
}

static void
set_bind_error (LecSocket *self, guint16 port, int number, GError **error)
{
  const char *reason = g_strerror (number);

  if (number == EADDRINUSE)
    set_held_error (self, port, error);
  else if (number == EADDRNOTAVAIL && !self->is_group)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("Cannot listen on %1$s: %2$s; it is not an address of this computer"),
                 self->name, reason);
  else if (number == EACCES)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("Cannot listen on %1$s: %2$s; on this computer only the administrator may use "
                    "this port, or “sysctl net.ipv4.ip_unprivileged_port_start” has to be lower"),
                 self->name, reason);
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot listen on %1$s: %2$s"),
                 self->name, reason);
}

/* The order matters: nothing of another group may enter the queue before the filters stand. */
static gboolean
open_bound (LecSocket *self, guint16 port, GError **error)
{
  int on = 1, off = 0;

  self->fd = socket (self->group.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->fd < 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot open a socket for %1$s: %2$s"),
                 self->name, g_strerror (errno));
    return FALSE;
  }

  if (self->is_group)
    setsockopt (self->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  lec_receive_buffer_set (self->fd, lec_receive_buffer_get_need (0));
  setsockopt (self->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  setsockopt (self->fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
  if (self->group.ss_family == AF_INET) {
    setsockopt (self->fd, IPPROTO_IP, IP_RECVTTL, &on, sizeof on);
  } else {
    setsockopt (self->fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    setsockopt (self->fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, &on, sizeof on);
  }

  if (bind (self->fd, (struct sockaddr *) &self->group, lec_host_get_length (&self->group)) != 0) {
    set_bind_error (self, port, errno, error);
    return FALSE;
  }

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

/* ---- joining ---- */

static int
protocol_level (const LecSocket *self)
{
  return self->group.ss_family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
}

/* One membership operation on one interface; @source only for those that name one. */
static gboolean
change_membership (LecSocket *self, int option, guint interface, const LecSocketAddress *source)
{
  struct group_source_req with_source = { .gsr_interface = interface };
  struct group_req plain = { .gr_interface = interface };

  if (source != NULL) {
    with_source.gsr_group = self->group;
    with_source.gsr_source = *source;
    return setsockopt (self->fd, protocol_level (self), option, &with_source, sizeof with_source)
           == 0;
  }
  plain.gr_group = self->group;
  return setsockopt (self->fd, protocol_level (self), option, &plain, sizeof plain) == 0;
}

static gboolean
join (LecSocket *self, guint interface)
{
  gboolean joined = FALSE;

  if (self->sources->len == 0) {
    joined = change_membership (self, MCAST_JOIN_GROUP, interface, NULL);
    for (guint i = 0; i < self->excluded->len; i++)
      change_membership (self, MCAST_BLOCK_SOURCE, interface,
                         &g_array_index (self->excluded, LecSocketAddress, i));
    return joined;
  }
  for (guint i = 0; i < self->sources->len; i++)
    joined |= change_membership (self, MCAST_JOIN_SOURCE_GROUP, interface,
                                 &g_array_index (self->sources, LecSocketAddress, i));
  return joined;
}

static void
leave (LecSocket *self, guint interface)
{
  change_membership (self, MCAST_LEAVE_GROUP, interface, NULL);
}

static gboolean
is_joined_on (const LecSocket *self, guint interface)
{
  for (guint i = 0; i < self->joined->len; i++) {
    if (g_array_index (self->joined, LecInterface, i).index == interface)
      return TRUE;
  }
  return FALSE;
}

static void
name_interfaces (LecSocket *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->joined->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            g_array_index (self->joined, LecInterface, i).name);
  g_free (self->interfaces);
  self->interfaces = g_strdup (names->str);
}

/* Which interface a datagram came in on must be known as long as there is a choice; with IPv6 for
 * ever, because there a membership does not keep other interfaces out. */
gboolean
lec_socket_asks_for_interface (const LecSocket *self)
{
  return self->joined->len > 1 || (self->group.ss_family == AF_INET6 && self->is_group);
}

static void
ask_for_interface (LecSocket *self)
{
  int wanted = lec_socket_asks_for_interface (self);

  if (self->group.ss_family == AF_INET)
    setsockopt (self->fd, IPPROTO_IP, IP_PKTINFO, &wanted, sizeof wanted);
  else
    setsockopt (self->fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &wanted, sizeof wanted);
}

static void
note_joined (LecSocket *self)
{
  ask_for_interface (self);
  name_interfaces (self);
}

/* Joins on all interfaces that it has not joined on, as far as the system lets one socket. */
static gboolean
join_everywhere (LecSocket *self)
{
  g_autoptr (GArray) list = lec_interfaces_list ();
  guint most = MAX (1, MEMBERSHIPS_MAX / MAX (1, self->sources->len));
  gboolean joined = FALSE;

  for (guint i = 0; i < list->len && self->joined->len < most; i++) {
    const LecInterface *interface = &g_array_index (list, LecInterface, i);

    if (is_joined_on (self, interface->index) || !join (self, interface->index))
      continue;
    g_array_append_val (self->joined, *interface);
    joined = TRUE;
  }
  return joined;
}

static gboolean
join_first (LecSocket *self, const LecInterface *interface)
{
  gboolean joined;

  if (interface != NULL) {
    g_array_append_val (self->joined, *interface);
    joined = join (self, interface->index);
  } else {
    joined = join_everywhere (self);
  }
  if (joined)
    note_joined (self);
  return joined;
}

/* Too many groups, or too many sources of one. What says how many may be. */
static const char *
get_limit (const LecSocket *self)
{
  if (self->sources->len > 1)
    return self->group.ss_family == AF_INET ? "net.ipv4.igmp_max_msf" : "net.ipv6.mld_max_msf";
  return self->group.ss_family == AF_INET ? "net.ipv4.igmp_max_memberships" : "net.core.optmem_max";
}

static void
set_join_error (LecSocket *self, int number, GError **error)
{
  const char *name = get_limit (self);
  g_autofree char *path = g_strdelimit (g_strdup (name), ".", '/');
  const guint64 limit = number == ENOBUFS ? lec_host_read_limit (path) : 0;

  if (number == ENOBUFS)
    g_set_error (error, LEC_ERROR, LEC_ERROR_JOIN_LIMIT,
                 _ ("Cannot join %1$s: this computer lets a program join no more groups (%2$s is "
                    "%3$" PRIu64 "). As administrator run “sysctl -w %2$s=%4$" PRIu64 "”"),
                 self->name, name, limit, MAX (2 * limit, MEMBERSHIPS_MAX));
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot join %1$s: %2$s"), self->name,
                 g_strerror (number));
}

/* ---- the whole ---- */

LecSocket *
lec_socket_open (const LecLeg *leg, guint16 port, const LecInterface *interface, GError **error)
{
  g_autoptr (LecSocket) self = g_new0 (LecSocket, 1);
  LecInterface first;

  self->fd = -1;
  self->name = lec_address_format (leg->group, port);
  self->interfaces = g_strdup ("");
  self->is_group = lec_address_is_group (leg->group);
  self->sources = lec_host_parse_all (leg->sources);
  self->excluded = lec_host_parse_all (leg->excluded);
  self->joined = g_array_new (FALSE, FALSE, sizeof (LecInterface));
  if (!lec_host_parse (leg->group, port, &self->group)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("“%s” is not a numeric address"),
                 leg->group);
    return NULL;
  }
  set_scope (self, &interface, &first);
  self->pinned = interface != NULL;

  if (!open_bound (self, port, error))
    return NULL;
  if (self->is_group && !join_first (self, interface)) {
    set_join_error (self, errno, error);
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
lec_socket_get_interfaces (const LecSocket *self)
{
  return self->interfaces;
}

gboolean
lec_socket_accepts (const LecSocket *self, const LecSocketAddress *from, guint interface)
{
  if (interface != 0 && self->is_group && !is_joined_on (self, interface))
    return FALSE;
  if (self->sources->len > 0 && !lec_host_is_among (from, self->sources))
    return FALSE;
  return self->excluded->len == 0 || !lec_host_is_among (from, self->excluded);
}

/* ---- on which interfaces it has joined ---- */

const GArray *
lec_socket_get_joined (const LecSocket *self)
{
  return self->joined;
}

void
lec_socket_pin (LecSocket *self, guint interface)
{
  if (self->joined->len < 2 || !is_joined_on (self, interface))
    return;

  for (guint i = self->joined->len; i-- > 0;) {
    guint index = g_array_index (self->joined, LecInterface, i).index;

    if (index == interface)
      continue;
    leave (self, index);
    g_array_remove_index (self->joined, i);
  }
  note_joined (self);
}

void
lec_socket_leave (LecSocket *self)
{
  for (guint i = 0; i < self->joined->len && self->fd >= 0; i++)
    leave (self, g_array_index (self->joined, LecInterface, i).index);
}

/* The pinned interface by its name: after it was unplugged and came back it has another index. */
static void
join_pinned (LecSocket *self)
{
  LecInterface *interface = &g_array_index (self->joined, LecInterface, 0);
  guint index = if_nametoindex (interface->name);

  if (index != 0)
    interface->index = index;
  join (self, interface->index);
}

void
lec_socket_join_again (LecSocket *self)
{
  if (!self->is_group)
    return;

  if (self->pinned) {
    join_pinned (self);
  } else {
    g_array_set_size (self->joined, 0);
    join_everywhere (self);
  }
  note_joined (self);
}

void
lec_socket_add_interfaces (LecSocket *self)
{
  if (self->is_group && !self->pinned && join_everywhere (self))
    note_joined (self);
}

/* ---- reporting ---- */

void
lec_socket_note_sender (LecSocket *self, const LecSocketAddress *from)
{
  for (guint i = 0; i < MIN (self->n_senders, SENDERS); i++) {
    if (lec_host_equal (&self->senders[i], from))
      return;
  }
  self->senders[self->n_senders++ % SENDERS] = *from;
}

gboolean
lec_socket_is_reportable (const LecSocket *self)
{
  return self->is_group && (self->sources->len > 0 || self->n_senders > 0);
}

static void
append_sources (struct group_filter *filter, const LecSocketAddress *sources, guint count)
{
  for (guint i = 0; i < count; i++)
    filter->gf_slist[filter->gf_numsrc++] = sources[i];
}

static void
set_filter (LecSocket *self,
            guint interface,
            guint32 mode,
            const LecSocketAddress *sources,
            guint count)
{
  union
  {
    struct group_filter filter;
    guint8 bytes[GROUP_FILTER_SIZE (LEC_MAX_SOURCES)];
  } buffer;
  struct group_filter *filter = &buffer.filter;

  memset (&buffer, 0, sizeof buffer);
  filter->gf_interface = interface;
  filter->gf_group = self->group;
  filter->gf_fmode = mode;
  append_sources (filter, sources, MIN (count, LEC_MAX_SOURCES));
  setsockopt (self->fd, protocol_level (self), MCAST_MSFILTER, filter,
              GROUP_FILTER_SIZE (filter->gf_numsrc));
}

void
lec_socket_begin_report (LecSocket *self, const LecSocket *hearing)
{
  const LecSocket *knowing = self->n_senders > 0 ? self : hearing;

  for (guint i = 0; i < self->joined->len; i++) {
    guint interface = g_array_index (self->joined, LecInterface, i).index;

    if (self->sources->len > 0)
      set_filter (self, interface, MCAST_EXCLUDE, NULL, 0);
    else
      set_filter (self, interface, MCAST_INCLUDE, knowing->senders,
                  MIN (knowing->n_senders, SENDERS));
  }
}

void
lec_socket_end_report (LecSocket *self)
{
  for (guint i = 0; i < self->joined->len; i++) {
    guint interface = g_array_index (self->joined, LecInterface, i).index;

    if (self->sources->len > 0)
      set_filter (self, interface, MCAST_INCLUDE, (LecSocketAddress *) self->sources->data,
                  self->sources->len);
    else
      set_filter (self, interface, MCAST_EXCLUDE, (LecSocketAddress *) self->excluded->data,
                  self->excluded->len);
  }
}
