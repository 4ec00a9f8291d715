/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Listens for what is announced on the network (SAP, RFC 2974), and fills the list of channels.
 *
 * A thread of its own receives and reads; the list is changed in the main context that the
 * discovery was made in, a little at a time, so that a flood of announcements holds up nobody. All
 * functions belong to that context, and know what it was told last. Nothing that is announced is
 * joined or resolved. */
#pragma once

#include "discovery/channel-list.h"

G_BEGIN_DECLS

typedef struct _LecDiscovery LecDiscovery;

/**
 * lec_discovery_new:
 * @list: (nullable): is filled, and told the time; NULL: announcements are only counted
 * @interface: (nullable): the one to listen on; NULL: all suitable ones at once, also those that
 *   come later
 * @error: #LEC_ERROR_UNREACHABLE
 *
 * Listens on the groups of all scopes that are in use: 224.2.127.254, 239.255.255.255,
 * 239.195.255.255, 224.0.0.255, 224.0.0.56, FF0X::2:7FFE, and the highest address of each other
 * /16 of 239.0.0.0/8 in which something is announced (RFC 2365, section 9).
 *
 * Returns: (nullable): NULL where there is no network to listen on
 */
LecDiscovery *lec_discovery_new (LecChannelList *list,
                                 const char *interface,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Leaves all groups. What was found stays in the list. */
void lec_discovery_free (LecDiscovery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecDiscovery, lec_discovery_free)

/* Returns: (transfer none): the interfaces that are listened on, "eth0, lo" */
const char *lec_discovery_get_interfaces (const LecDiscovery *self);

/* Returns: (transfer none): sentences about what could not be understood, for a technician */
const char *const *lec_discovery_get_notes (const LecDiscovery *self);

/* Returns: how many channels are announced on the SAP group @group */
guint lec_discovery_count (const LecDiscovery *self, const char *group);

G_END_DECLS
