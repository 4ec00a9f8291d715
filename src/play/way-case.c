/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/way-case.h"

LecDoctorCase
lec_way_case_open (const LecWayCase *self, LecReport *report, gint64 now_us, gint64 wall_s)
{
  LecDoctorCase facts
      = { .report = report, .reception = lec_reception_read (report), .wall_s = wall_s };

  facts.reception.withdrawn |= self->withdrawn;
  if (report != NULL)
    facts.awaited_us = (report->now_ns - report->joined_ns) / 1000;
  if (self->rollover == NULL)
    return facts;
  facts.awaited_us = MAX (facts.awaited_us, now_us - self->started_us);
  if (facts.reception.session == LEC_REPORT_SESSION_OPENING)
    facts.awaited_us = 0; /* nothing can come yet */
  facts.alternative = lec_rollover_get_playing (self->rollover);
  facts.schedule = lec_channel_get_info (lec_rollover_get_channel (self->rollover))->schedule;
  return facts;
}

LecReport *
lec_way_case_complete (const LecWayCase *self, LecReport *report)
{
  g_autoptr (LecReport) known = report;
  LecReportDraft *draft;

  if (self->error == LEC_ERROR_NONE && !self->withdrawn)
    return g_steal_pointer (&known);
  draft = lec_report_draft_copy (known);
  draft->error = self->error;
  draft->withdrawn = self->withdrawn;
  return lec_report_draft_finish (draft);
}
