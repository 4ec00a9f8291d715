/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of the way that the viewer is told of, beside what its pipeline reports: for the
 * doctor, and for whoever reads the report. Told the time. */
#pragma once

#include "play/rollover.h"
#include "report/doctor-case.h"

G_BEGIN_DECLS

/* A plain struct to be embedded. */
typedef struct
{
  const LecRollover *rollover; /* (nullable) (unowned): has the way; NULL: nothing is played */
  gint64 started_us;           /* since when something of it is waited for */
  LecError error;              /* that the viewer was told of last */
  gboolean withdrawn;          /* by whoever announced it */
} LecWayCase;

/**
 * lec_way_case_open:
 * @report: (nullable): of its pipeline; is to live as long as what is returned
 * @wall_s: [s since 1970]
 *
 * Returns: what the doctor is to be told of it; its texts belong to the rollover
 */
LecDoctorCase
lec_way_case_open (const LecWayCase *self, LecReport *report, gint64 now_us, gint64 wall_s);

/* Returns: (transfer full): @report (transfer full), and what its pipeline cannot know */
LecReport *lec_way_case_complete (const LecWayCase *self, LecReport *report);

G_END_DECLS
