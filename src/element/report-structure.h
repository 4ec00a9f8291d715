/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A report as a structure for strangers: the fields of report/fields.h by their names. */
#pragma once

#include <gst/gst.h>

#include "report/report.h"

G_BEGIN_DECLS

/**
 * lec_report_structure_new:
 *
 * Returns: (transfer full): what is of the channel as a whole, with `advice` where there is one,
 *   and a list `streams` of structures, each with a list `legs`, and `ts` where a transport stream
 *   has come: its `programs` with their `streams`. Counters are uint64 [packets,
 *   bytes], times double in the unit of their name, -1 for those that have not happened
 */
GstStructure *lec_report_structure_new (LecReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
