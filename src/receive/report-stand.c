/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/report-stand.h"

void
lec_report_stand_init (LecReportStand *self)
{
  *self = (LecReportStand){ 0 };
  g_mutex_init (&self->mutex);
}

void
lec_report_stand_clear (LecReportStand *self)
{
  g_clear_pointer (&self->published, lec_report_unref);
  g_clear_pointer (&self->spare, lec_report_unref);
  g_mutex_clear (&self->mutex);
}

void
lec_report_stand_put (LecReportStand *self, LecReport *report)
{
  g_mutex_lock (&self->mutex);
  self->spare = self->published;
  self->published = report;
  g_mutex_unlock (&self->mutex);
}

LecReport *
lec_report_stand_take_spare (LecReportStand *self)
{
  return g_steal_pointer (&self->spare);
}

LecReport *
lec_report_stand_dup (LecReportStand *self)
{
  LecReport *report;

  g_mutex_lock (&self->mutex);
  report = lec_report_ref (self->published);
  g_mutex_unlock (&self->mutex);
  return report;
}
