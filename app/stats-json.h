/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A report as JSON: the names and units of report/fields.h. */
#pragma once

#include <json-glib/json-glib.h>

#include "report/diagnosis.h"
#include "report/report.h"

G_BEGIN_DECLS

/**
 * lec_report_to_json:
 * @report: (nullable)
 *
 * Times are rounded to the microsecond. Texts that say nothing are absent.
 *
 * Returns: (transfer full): an object with what is of the channel, with `streams` in any case, each
 *   with a list `legs`, and with what the network does to all of them in an object `network`
 */
JsonObject *lec_report_to_json (LecReport *report) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): how much was decoded since the join, by medium */
JsonObject *
lec_decoded_to_json (guint64 frames, guint64 sounds, guint64 texts) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): its code, severity, message and remedy */
JsonObject *lec_diagnosis_to_json (const LecDiagnosis *diagnosis) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
