/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Announces a channel on the network by SAP, again and again, until it is withdrawn.
 *
 * Belongs to the thread of the default main context. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LecSapAnnouncer LecSapAnnouncer;

/**
 * lec_sap_announcer_new:
 * @group: the group of the channel, whose scope decides where it is announced
 * @interface: (nullable): as the routes say
 * @ttl: that of the channel: who cannot receive it need not hear of it
 * @sdp: the announcement, the same as in its file
 * @error: #LEC_ERROR_UNREACHABLE where nothing can be sent there
 *
 * Announces at once, twice more within four seconds, since datagrams get lost, and
 * then at the interval of RFC 2974.
 */
LecSapAnnouncer *lec_sap_announcer_new (const char *group,
                                        const char *interface,
                                        int ttl,
                                        const char *sdp,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Withdraws the announcement, so that lists need not wait for it to expire. */
void lec_sap_announcer_free (LecSapAnnouncer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSapAnnouncer, lec_sap_announcer_free)

G_END_DECLS
