/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The network interfaces of this host: which can be joined on. */
#pragma once

#include <glib.h>
#include <net/if.h>

G_BEGIN_DECLS

#define LEC_MAX_INTERFACES 16 /* tried at once when none is pinned */

typedef struct
{
  guint index;
  char name[IF_NAMESIZE];
  gboolean loopback;
  guint speed;       /* [Mbit/s]; 0: not known, as over Wi-Fi */
  gboolean wireless; /* multicast comes without retries there, at the pace of the slowest host */
} LecInterface;

/**
 * lec_interfaces_list:
 *
 * Returns: (element-type LecInterface): those that are up and can carry multicast, at most
 *   #LEC_MAX_INTERFACES; loopback, which is always there, comes last
 */
GArray *lec_interfaces_list (void);

/**
 * lec_interfaces_find:
 * @name: as in `ip link`; or an address of the interface, or its index, as other programs write it
 * @error: #LEC_ERROR_UNREACHABLE, naming those there are
 */
gboolean lec_interfaces_find (const char *name, LecInterface *interface, GError **error);

/* The same, and one that is down or not capable of multicast will do: it may become so. */
gboolean lec_interfaces_find_present (const char *name, LecInterface *interface, GError **error);

G_END_DECLS
