/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* On which interfaces a socket has joined its group, and how it says so to the network. */
#include "lan/socket-private.h"

#include <string.h>
#include <sys/socket.h>

#define MEMBERSHIPS_MAX 20 /* net.ipv4.igmp_max_memberships of a stock kernel, for each socket */

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

gboolean
lec_socket_is_joined_on (const LecSocket *self, guint interface)
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
static void
ask_for_interface (LecSocket *self)
{
  int wanted = self->joined->len > 1;
  int on = 1;

  if (self->group.ss_family == AF_INET)
    setsockopt (self->fd, IPPROTO_IP, IP_PKTINFO, &wanted, sizeof wanted);
  else
    setsockopt (self->fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
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

    if (lec_socket_is_joined_on (self, interface->index) || !join (self, interface->index))
      continue;
    g_array_append_val (self->joined, *interface);
    joined = TRUE;
  }
  return joined;
}

gboolean
lec_socket_join_first (LecSocket *self, const LecInterface *interface)
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

const GArray *
lec_socket_get_joined (const LecSocket *self)
{
  return self->joined;
}

gboolean
lec_socket_is_unsettled (const LecSocket *self)
{
  return self->joined->len > 1;
}

void
lec_socket_settle (LecSocket *self, guint interface)
{
  if (self->joined->len < 2 || !lec_socket_is_joined_on (self, interface))
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
lec_socket_widen (LecSocket *self)
{
  if (self->is_group && !self->pinned && join_everywhere (self))
    note_joined (self);
}

/* ---- reporting ---- */

void
lec_socket_note_sender (LecSocket *self, const LecSocketAddress *from)
{
  for (guint i = 0; i < MIN (self->n_senders, LEC_SOCKET_SENDERS); i++) {
    if (lec_socket_is_same_host (&self->senders[i], from))
      return;
  }
  self->senders[self->n_senders++ % LEC_SOCKET_SENDERS] = *from;
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
                  MIN (knowing->n_senders, LEC_SOCKET_SENDERS));
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
