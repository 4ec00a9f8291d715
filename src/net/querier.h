/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Watches whether somebody on a link asks for memberships (IGMP, RFC 3376; MLD, RFC 3810).
 *
 * What can be seen depends on who asks: with CAP_NET_RAW every IGMP query; without, only that some
 * came of an old version. MLD queries are counted for everybody. Its clock is
 * g_get_monotonic_time(). Used by one thread. */
#pragma once

#include <glib.h>

#include "net/interfaces.h"

G_BEGIN_DECLS

typedef enum {
  LEC_QUERIER_UNKNOWN, /* none was seen, but that would be so in any case, or it is too early */
  LEC_QUERIER_UNSEEN,
  LEC_QUERIER_SEEN,
} LecQuerierState;

typedef struct _LecQuerier LecQuerier;

LecQuerier *lec_querier_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_querier_free (LecQuerier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecQuerier, lec_querier_free)

/* Readable when a query may have come; -1: this program may not see them come. */
int lec_querier_get_fd (const LecQuerier *self);

/* Reads queries without waiting; not all of them at once if there are many. */
void lec_querier_read (LecQuerier *self);

/* Reads the system's counters for @interface: a query that came since the last time counts as one
 * that came now. */
void lec_querier_look (LecQuerier *self, const LecInterface *interface);

/**
 * lec_querier_get_state:
 * @family: AF_INET or AF_INET6
 * @interface: index
 * @asked_us: (out): when the newest query came; -1: none did
 */
LecQuerierState
lec_querier_get_state (const LecQuerier *self, int family, guint interface, gint64 *asked_us);

G_END_DECLS
