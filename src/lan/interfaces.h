/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The network interfaces of this host: which can be joined on, and when they change. */
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
 * @name: as in `ip link`
 * @error: #LEC_ERROR_UNREACHABLE, naming those there are
 */
gboolean lec_interfaces_find (const char *name, LecInterface *interface, GError **error);

/**
 * lec_interfaces_watch:
 *
 * Returns: a descriptor that becomes readable when links or addresses change; -1 where the system
 *   has none to offer
 */
int lec_interfaces_watch (void);

/**
 * lec_interfaces_read_change:
 * @watch: of lec_interfaces_watch(); read until it is empty
 *
 * Returns: whether something came up (a link, a carrier, an address) or a link is gone for good.
 *   The kernel reports its memberships again after some of these only, and forgets those of a lost
 *   link, so whoever has joined must join again.
 */
gboolean lec_interfaces_read_change (int watch);

G_END_DECLS
