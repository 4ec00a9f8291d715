/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a switch hears of memberships: the IGMP and MLD reports that come out of a cable. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ReportListener ReportListener;

/* At @interface, which is the far end of the cable. */
ReportListener *report_listener_new (const char *interface);
void report_listener_free (ReportListener *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportListener, report_listener_free)

/**
 * report_listener_next:
 * @group: of which the report must be, numeric
 * @patience_us: how long to wait for it
 *
 * Returns: (nullable) (transfer full): the next one, as in "to-ex", "to-in 10.0.0.1" (RFC 3376,
 *   section 4.2.12), "v2" or "leave"; NULL when none came
 */
char *report_listener_next (ReportListener *self, const char *group, gint64 patience_us);

/* Forgets what was said so far, after the network has been quiet for a moment. */
void report_listener_hush (ReportListener *self);

G_END_DECLS
