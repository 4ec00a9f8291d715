/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/host-facts.h"

#include <ifaddrs.h>
#include <linux/if_packet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/host.h"
#include "net/proc-net.h"

#define PROCESSES 4096 /* looked at; who has more is not searched to the end */
#define DESCRIPTORS 1024

/* ---- counters ---- */

gboolean
lec_host_counters_parse (const char *snmp,
                         const char *netstat,
                         const char *snmp6,
                         LecHostCounters *counters)
{
  LecHostCounts *v4 = &counters->v4, *v6 = &counters->v6;

  *counters = (LecHostCounters){ 0 };
  if (snmp == NULL || netstat == NULL)
    return FALSE;
  if (snmp6 != NULL) {
    v6->multicast = lec_proc_net_find_line (snmp6, "Ip6InMcastPkts");
    v6->delivered = lec_proc_net_find_line (snmp6, "Ip6InDelivers");
    v6->ignored = lec_proc_net_find_line (snmp6, "Udp6IgnoredMulti");
    v6->damaged = lec_proc_net_find_line (snmp6, "Udp6InCsumErrors");
  }
  lec_proc_net_find_column (netstat, "TcpExt:", "IPReversePathFilter", &v4->reverse_path);
  lec_proc_net_find_column (snmp, "Udp:", "IgnoredMulti", &v4->ignored);
  lec_proc_net_find_column (snmp, "Udp:", "InCsumErrors", &v4->damaged);
  return lec_proc_net_find_column (netstat, "IpExt:", "InMcastPkts", &v4->multicast)
         && lec_proc_net_find_column (snmp, "Ip:", "InDelivers", &v4->delivered);
}

/* What reached a protocol meanwhile has passed the filter before: it is read last, so that no
 * packet in between looks as if it was dropped. */
gboolean
lec_host_counters_read (LecHostCounters *counters)
{
  g_autofree char *snmp = NULL, *netstat = NULL, *snmp6 = NULL;

  g_file_get_contents ("/proc/net/netstat", &netstat, NULL, NULL);
  g_file_get_contents ("/proc/net/snmp", &snmp, NULL, NULL);
  g_file_get_contents ("/proc/net/snmp6", &snmp6, NULL, NULL);
  return lec_host_counters_parse (snmp, netstat, snmp6, counters);
}

/* ---- interfaces ---- */

static LecHostLink *
find_link (GArray *links, const char *name)
{
  for (guint i = 0; i < links->len; i++) {
    LecHostLink *link = &g_array_index (links, LecHostLink, i);

    if (strcmp (link->name, name) == 0)
      return link;
  }
  return NULL;
}

/* What the system tells of devices may be of another network namespace, in which the name is
 * another's. */
static gboolean
is_physical (const struct ifaddrs *address)
{
  const struct sockaddr_ll *own = (const struct sockaddr_ll *) address->ifa_addr;
  g_autofree char *device = g_build_filename ("/sys/class/net", address->ifa_name, "device", NULL);
  g_autofree char *path = g_build_filename ("/sys/class/net", address->ifa_name, "address", NULL);
  g_autofree char *text = NULL;
  guint bytes[6];

  if (own == NULL || own->sll_family != AF_PACKET || access (device, F_OK) != 0
      || !g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  if (sscanf (text, "%x:%x:%x:%x:%x:%x", &bytes[0], &bytes[1], &bytes[2], &bytes[3], &bytes[4],
              &bytes[5])
      != 6)
    return TRUE; /* its addresses are of another kind */
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++) {
    if (bytes[i] != own->sll_addr[i])
      return FALSE;
  }
  return TRUE;
}

static LecHostLink *
add_link (GArray *links, const struct ifaddrs *address)
{
  LecHostLink link = { .is_up = (address->ifa_flags & IFF_UP) != 0,
                       .has_carrier = (address->ifa_flags & IFF_RUNNING) != 0,
                       .has_multicast = (address->ifa_flags & IFF_MULTICAST) != 0,
                       .is_physical = is_physical (address) };

  if (links->len == LEC_MAX_HOST_LINKS)
    return NULL;
  g_strlcpy (link.name, address->ifa_name, sizeof link.name);
  g_array_append_val (links, link);
  return &g_array_index (links, LecHostLink, links->len - 1);
}

static gboolean
is_wide_v6 (const struct sockaddr *address)
{
  return address->sa_family == AF_INET6
         && !IN6_IS_ADDR_LINKLOCAL (&((const struct sockaddr_in6 *) address)->sin6_addr);
}

static void
note_address (GArray *links, const struct ifaddrs *address)
{
  LecHostLink *link;

  if ((address->ifa_flags & IFF_LOOPBACK) != 0)
    return;
  link = find_link (links, address->ifa_name);
  if (link == NULL)
    link = add_link (links, address);
  if (link == NULL || address->ifa_addr == NULL)
    return;
  link->has_v4 |= address->ifa_addr->sa_family == AF_INET;
  link->has_v6 |= address->ifa_addr->sa_family == AF_INET6;
  link->has_wide_v6 |= is_wide_v6 (address->ifa_addr);
}

GArray *
lec_host_links_read (void)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (LecHostLink));
  struct ifaddrs *addresses = NULL;

  if (getifaddrs (&addresses) != 0)
    return links;
  for (const struct ifaddrs *a = addresses; a != NULL; a = a->ifa_next)
    note_address (links, a);
  freeifaddrs (addresses);
  return links;
}

static gboolean
is_own (const struct ifaddrs *address, const struct sockaddr_storage *own)
{
  struct sockaddr_storage candidate = { 0 };

  if (address->ifa_addr == NULL || address->ifa_addr->sa_family != own->ss_family)
    return FALSE;
  memcpy (&candidate, address->ifa_addr, lec_host_get_length (own));
  return lec_host_equal (&candidate, own);
}

static void
find_owner (const struct sockaddr_storage *own, char name[IF_NAMESIZE])
{
  struct ifaddrs *addresses = NULL;

  if (getifaddrs (&addresses) != 0)
    return;
  for (const struct ifaddrs *a = addresses; a != NULL && *name == '\0'; a = a->ifa_next) {
    if (is_own (a, own))
      g_strlcpy (name, a->ifa_name, IF_NAMESIZE);
  }
  freeifaddrs (addresses);
}

/* To connect a socket sends nothing; the kernel only chooses an address for it. */
void
lec_host_find_route (const char *address, char name[IF_NAMESIZE])
{
  struct sockaddr_storage to, own;
  socklen_t length = sizeof own;
  int fd;

  *name = '\0';
  if (!lec_host_parse (address, 9, &to))
    return;
  fd = socket (to.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  if (connect (fd, (struct sockaddr *) &to, lec_host_get_length (&to)) == 0
      && getsockname (fd, (struct sockaddr *) &own, &length) == 0)
    find_owner (&own, name);
  close (fd);
}

/* ---- limits ---- */

guint64
lec_host_read_limit (const char *name)
{
  g_autofree char *path = g_build_filename ("/proc/sys", name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return g_ascii_strtoull (text, NULL, 10);
}

/* ---- who listens ---- */

/* A line: number, local address:port in hexadecimal, …, and the inode in the tenth place. */
guint64
lec_host_find_socket (const char *udp, guint16 port)
{
  g_auto (GStrv) lines = g_strsplit (udp, "\n", -1);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
    char local[64];
    unsigned long long inode;
    const char *colon;

    if (sscanf (lines[i], " %*s %63s %*s %*s %*s %*s %*s %*s %*s %llu", local, &inode) != 2)
      continue;
    colon = strrchr (local, ':');
    if (colon != NULL && g_ascii_strtoull (colon + 1, NULL, 16) == port && inode != 0)
      return inode;
  }
  return 0;
}

static gboolean
has_socket (const char *process, const char *socket)
{
  g_autofree char *folder = g_build_filename ("/proc", process, "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; dir != NULL && i < DESCRIPTORS && (name = g_dir_read_name (dir)) != NULL; i++) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *target = g_file_read_link (path, NULL);

    if (g_strcmp0 (target, socket) == 0)
      return TRUE;
  }
  return FALSE;
}

static char *
dup_program (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "comm", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_strstrip (text);
  return g_utf8_make_valid (text, -1);
}

static char *
find_program (guint64 inode)
{
  g_autofree char *socket = g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode);
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  for (guint i = 0; dir != NULL && i < PROCESSES && (name = g_dir_read_name (dir)) != NULL; i++) {
    if (g_ascii_isdigit (*name) && has_socket (name, socket))
      return dup_program (name);
  }
  return NULL;
}

char *
lec_host_find_listener (guint16 port)
{
  static const char *const tables[] = { "/proc/net/udp", "/proc/net/udp6" };
  char *program = NULL;

  for (guint i = 0; program == NULL && i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *udp = NULL;
    guint64 inode
        = g_file_get_contents (tables[i], &udp, NULL, NULL) ? lec_host_find_socket (udp, port) : 0;

    program = inode != 0 ? find_program (inode) : NULL;
  }
  return program;
}
