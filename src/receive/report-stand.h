/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the newest report lies for whoever wants to read it, while one thread puts new ones there.
 */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/* A plain struct to be embedded. All fields are private. */
typedef struct
{
  GMutex mutex;         /* held for no more than the swap */
  LecReport *published; /* (nullable) the newest one, under the mutex */
  LecReport *spare;     /* (nullable) the one before that */
} LecReportStand;

void lec_report_stand_init (LecReportStand *self);
void lec_report_stand_clear (LecReportStand *self);

/* @report: (transfer full) */
void lec_report_stand_put (LecReportStand *self, LecReport *report);

/* Returns: (transfer full) (nullable): the one before the newest, for its memory; by the thread
 * that puts */
LecReport *lec_report_stand_take_spare (LecReportStand *self);

/* Returns: (transfer full): the newest one; from any thread, once there is one */
LecReport *lec_report_stand_dup (LecReportStand *self);

G_END_DECLS
