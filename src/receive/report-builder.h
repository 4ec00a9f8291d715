/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes reports of what is being received. Used by one thread at a time; what is announced is
 * copied, the rest is handed in for each report. */
#pragma once

#include "receive/membership-manager.h"
#include "receive/streams.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct _LecReportBuilder LecReportBuilder;

LecReportBuilder *
lec_report_builder_new (const LecAlternative *alternative) G_GNUC_WARN_UNUSED_RESULT;
void lec_report_builder_free (LecReportBuilder *self); /* NULL is fine */

/**
 * lec_report_builder_draft:
 * @before: (transfer full) (nullable): an earlier one of this builder, whose memory may be used
 * @started_ns: session time when reception began
 * @now_ns: session time of the report
 *
 * Returns: (transfer full): all that is known of these; what of it the owner knows alone is missing
 */
LecReportDraft *lec_report_builder_draft (LecReportBuilder *self,
                                          LecReport *before,
                                          const LecStreams *streams,
                                          const LecEndpoints *endpoints,
                                          const LecMembershipManager *memberships,
                                          gint64 started_ns,
                                          gint64 now_ns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
