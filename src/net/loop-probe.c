/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/loop-probe.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/host.h"
#include "net/interfaces.h"

#define AT_ONCE 64 /* datagrams: others may send to the group, too */

typedef struct sockaddr_storage Address;

struct _LecLoopProbe
{
  int listener;
  int senders[LEC_MAX_INTERFACES]; /* one for each interface, with ports of their own */
  guint n_senders;
};

static int
open_listener (const Address *group)
{
  int fd = socket (group->ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int on = 1;

  if (fd < 0)
    return -1;
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (group->ss_family == AF_INET6)
    setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (bind (fd, (const struct sockaddr *) group, lec_host_get_length (group)) == 0)
    return fd;
  close (fd);
  return -1;
}

/* It stays in this computer. */
static gboolean
set_way (int fd, int family, guint interface)
{
  const struct ip_mreqn way = { .imr_ifindex = (int) interface };
  const int index = (int) interface, hops = 0, on = 1;

  if (family == AF_INET)
    return setsockopt (fd, IPPROTO_IP, IP_MULTICAST_IF, &way, sizeof way) == 0
           && setsockopt (fd, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops) == 0
           && setsockopt (fd, IPPROTO_IP, IP_MULTICAST_LOOP, &on, sizeof on) == 0;
  return setsockopt (fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index, sizeof index) == 0
         && setsockopt (fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof hops) == 0
         && setsockopt (fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, &on, sizeof on) == 0;
}

/* Without that, nothing of @self would be let in where sources are chosen (RFC 4607). */
static gboolean
admit_sender (const LecLoopProbe *self, int sender, const Address *group, guint interface)
{
  struct group_source_req request = { .gsr_interface = interface, .gsr_group = *group };
  socklen_t length = sizeof request.gsr_source;

  return getsockname (sender, (struct sockaddr *) &request.gsr_source, &length) == 0
         && setsockopt (self->listener, group->ss_family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6,
                        MCAST_JOIN_SOURCE_GROUP, &request, sizeof request)
                == 0;
}

/* What a filter on the way out drops is told by an error, and tells nothing of the way in. */
static void
send_on (LecLoopProbe *self, const Address *group, gboolean is_selective, guint interface)
{
  int fd = socket (group->ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0)
    return;
  if (set_way (fd, group->ss_family, interface)
      && connect (fd, (const struct sockaddr *) group, lec_host_get_length (group)) == 0
      && (!is_selective || admit_sender (self, fd, group, interface)) && send (fd, "", 0, 0) == 0)
    self->senders[self->n_senders++] = fd;
  else
    close (fd);
}

LecLoopProbe *
lec_loop_probe_new (const LecLoopSubject *subject)
{
  g_autoptr (LecLoopProbe) self = g_new0 (LecLoopProbe, 1);
  Address group;

  self->listener = -1;
  if (!lec_host_parse (subject->group, subject->port, &group))
    return NULL;
  self->listener = open_listener (&group);
  if (self->listener < 0)
    return NULL;
  for (guint i = 0; i < MIN (subject->interfaces->len, LEC_MAX_INTERFACES); i++) {
    const LecInterface *interface = &g_array_index (subject->interfaces, LecInterface, i);

    /* what comes in over loopback passes a firewall, which lets nothing else in */
    if (!interface->loopback || subject->interfaces->len == 1)
      send_on (self, &group, subject->is_selective, interface->index);
  }
  return self->n_senders > 0 ? g_steal_pointer (&self) : NULL;
}

void
lec_loop_probe_free (LecLoopProbe *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_senders; i++)
    close (self->senders[i]);
  if (self->listener >= 0)
    close (self->listener);
  g_free (self);
}

gboolean
lec_loop_probe_has_sent (const LecLoopProbe *self, const struct sockaddr_storage *from)
{
  for (guint i = 0; i < self->n_senders; i++) {
    Address own;
    socklen_t length = sizeof own;

    if (getsockname (self->senders[i], (struct sockaddr *) &own, &length) == 0
        && lec_host_get_port (&own) == lec_host_get_port (from))
      return TRUE;
  }
  return FALSE;
}

LecLoopState
lec_loop_probe_read (const LecLoopProbe *self)
{
  for (guint i = 0; i < AT_ONCE; i++) {
    Address from;
    socklen_t length = sizeof from;
    char byte;

    if (recvfrom (self->listener, &byte, sizeof byte, 0, (struct sockaddr *) &from, &length) < 0)
      return LEC_LOOP_REFUSED;
    if (lec_loop_probe_has_sent (self, &from))
      return LEC_LOOP_ADMITTED;
  }
  return LEC_LOOP_UNKNOWN;
}
