/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lan/interfaces.h"

#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/error.h"

#define LOWER_UP 0x10000 /* IFF_LOWER_UP of linux/if.h, which cannot be had beside net/if.h */

static gboolean
is_listed (const GArray *list, const char *name)
{
  for (guint i = 0; i < list->len; i++) {
    if (strcmp (g_array_index (list, LecInterface, i).name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
add (GArray *list, const struct ifaddrs *address)
{
  LecInterface interface = { 0 };

  interface.loopback = (address->ifa_flags & IFF_LOOPBACK) != 0;
  if ((address->ifa_flags & IFF_UP) == 0 || list->len == LEC_MAX_INTERFACES)
    return;
  /* lo carries multicast among programs of this host whether it says so or not */
  if (!interface.loopback && (address->ifa_flags & IFF_MULTICAST) == 0)
    return;
  if (is_listed (list, address->ifa_name))
    return;

  interface.index = if_nametoindex (address->ifa_name);
  g_strlcpy (interface.name, address->ifa_name, sizeof interface.name);
  if (interface.index == 0)
    return;
  if (interface.loopback)
    g_array_append_val (list, interface);
  else
    g_array_prepend_val (list, interface);
}

GArray *
lec_interfaces_list (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (LecInterface));
  struct ifaddrs *addresses = NULL;

  if (getifaddrs (&addresses) != 0)
    return list;
  for (const struct ifaddrs *a = addresses; a != NULL; a = a->ifa_next)
    add (list, a);
  freeifaddrs (addresses);
  return list;
}

gboolean
lec_interfaces_find (const char *name, LecInterface *interface, GError **error)
{
  g_autoptr (GArray) list = lec_interfaces_list ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++) {
    const LecInterface *candidate = &g_array_index (list, LecInterface, i);

    if (strcmp (candidate->name, name) == 0) {
      *interface = *candidate;
      return TRUE;
    }
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", candidate->name);
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               "There is no network interface “%s” that is up; there are: %s", name, names->str);
  return FALSE;
}

int
lec_interfaces_watch (void)
{
  struct sockaddr_nl address = { .nl_family = AF_NETLINK };
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

  address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  if (fd >= 0 && bind (fd, (struct sockaddr *) &address, sizeof address) != 0) {
    close (fd);
    return -1;
  }
  return fd;
}

static gboolean
is_change (const struct nlmsghdr *message)
{
  const struct ifinfomsg *link;

  if (message->nlmsg_type == RTM_NEWADDR || message->nlmsg_type == RTM_DELLINK)
    return TRUE;
  if (message->nlmsg_type != RTM_NEWLINK || message->nlmsg_len < NLMSG_LENGTH (sizeof *link))
    return FALSE;
  link = NLMSG_DATA (message);
  return (link->ifi_flags & IFF_UP) != 0 && (link->ifi_flags & LOWER_UP) != 0;
}

gboolean
lec_interfaces_read_change (int watch)
{
  union
  {
    struct nlmsghdr header;
    char bytes[16384];
  } buffer;
  gboolean changed = FALSE;
  ssize_t got;

  while ((got = recv (watch, &buffer, sizeof buffer, MSG_DONTWAIT)) > 0) {
    int left = (int) got;

    for (const struct nlmsghdr *m = &buffer.header; NLMSG_OK (m, (guint) left);
         m = NLMSG_NEXT (m, left))
      changed |= is_change (m);
  }
  return changed;
}
