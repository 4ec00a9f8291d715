/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the RTSP servers and RAVENNA sessions that DNS service discovery knows on this network
 * (RFC 6763), and fills the list of channels.
 *
 * Through the Avahi daemon: where none runs nothing is found, until one does. Belongs to the
 * thread of the default main context. Only built where Avahi's client library is. */
#pragma once

#include "discovery/channel-list.h"

G_BEGIN_DECLS

#define LEC_MAX_SERVICES 512 /* more are not listed */

typedef struct _LecDnsSd LecDnsSd;

/**
 * lec_dns_sd_new:
 * @list: is filled
 * @error: #LEC_ERROR_UNREACHABLE
 *
 * Returns: (nullable): NULL where the system has no bus to reach a daemon by
 */
LecDnsSd *lec_dns_sd_new (LecChannelList *list, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Asks no more. What was found stays in the list. */
void lec_dns_sd_free (LecDnsSd *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecDnsSd, lec_dns_sd_free)

G_END_DECLS
