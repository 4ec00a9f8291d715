/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What anybody may know of the way from this computer's plug to its sockets: how its interfaces
 * are, and how much of what came in was dropped, and where.
 *
 * The counters are of the whole host, or of its network namespace. All functions may be called from
 * any thread; those that read take some tens of microseconds. */
#pragma once

#include <glib.h>
#include <net/if.h>

G_BEGIN_DECLS

/* ---- counters ---- */

/* Of one family, since the system was started. [datagrams] */
typedef struct
{
  guint64 multicast;    /* InMcastPkts: for IPv4, of groups that are joined, and not filtered yet */
  guint64 delivered;    /* InDelivers: to a protocol; unicast counts too */
  guint64 reverse_path; /* IPReversePathFilter; IPv4 only */
  guint64 ignored;      /* IgnoredMulti: nobody listens at their port */
  guint64 damaged;      /* InCsumErrors of UDP, unicast or not */
} LecHostCounts;

typedef struct
{
  LecHostCounts v4, v6;
} LecHostCounters;

/**
 * lec_host_counters_parse:
 * @snmp, @netstat: (nullable): what the files of that name in /proc/net say
 * @snmp6: (nullable): likewise; NULL: there is no IPv6
 *
 * Returns: FALSE where they do not tell
 */
gboolean lec_host_counters_parse (const char *snmp,
                                  const char *netstat,
                                  const char *snmp6,
                                  LecHostCounters *counters);

/* Returns: FALSE where the system does not tell */
gboolean lec_host_counters_read (LecHostCounters *counters);

/* ---- interfaces ---- */

#define LEC_MAX_HOST_LINKS 64

/* One interface, loopback aside. */
typedef struct
{
  char name[IF_NAMESIZE];
  gboolean is_up, has_carrier, has_multicast;
  gboolean has_v4, has_v6; /* an address */
  gboolean is_physical;    /* a device, and nothing that software made */
  gboolean has_wide_v6;    /* an address that is not of this link alone */
} LecHostLink;

/* Returns: (element-type LecHostLink): all there are, at most #LEC_MAX_HOST_LINKS */
GArray *lec_host_links_read (void);

/**
 * lec_host_find_route:
 * @address: numeric, of a host or a group
 * @name: (out): the interface by which what is sent there would go; "" where there is none
 *
 * An interface without a carrier is still one, unless the system was told otherwise.
 */
void lec_host_find_route (const char *address, char name[IF_NAMESIZE]);

/* ---- limits ---- */

/* Returns: what /proc/sys/@name says; 0: the system does not tell */
guint64 lec_host_read_limit (const char *name);

/* ---- who listens ---- */

/**
 * lec_host_find_listener:
 * @port: of UDP
 *
 * Returns: (transfer full) (nullable): the name of the program that holds it; NULL: it is not this
 *   user's to know
 */
char *lec_host_find_listener (guint16 port);

/* Of what /proc/net/udp or udp6 says. Returns: the number (inode) of a socket at @port; 0: none */
guint64 lec_host_find_socket (const char *udp, guint16 port);

G_END_DECLS
