/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/trial.h"

#include "report/doctor.h"

/* Packets, but no picture, of a way that is tried beside another. */
#define PATIENCE_US (10 * G_TIME_SPAN_SECOND)

gboolean
lec_trial_is_on (const LecTrial *self)
{
  return self->kind != LEC_TRIAL_NONE;
}

void
lec_trial_restart (LecTrial *self, gint64 now_us)
{
  self->tried_us = now_us;
}

void
lec_trial_end (LecTrial *self)
{
  self->kind = LEC_TRIAL_NONE;
}

void
lec_trial_pause (LecTrial *self, LecRollover *rollover, gint64 now_us)
{
  self->retry_us = now_us + lec_rollover_get_pause (rollover);
}

void
lec_trial_settle (LecTrial *self, LecRollover *rollover, gint64 now_us)
{
  self->kind = LEC_TRIAL_NONE;
  self->retry_us = 0;
  lec_rollover_settle (rollover);
  if (lec_rollover_get_missed (rollover) != NULL)
    lec_trial_pause (self, rollover, now_us);
}

void
lec_trial_give_up (LecTrial *self, LecRollover *rollover, gint64 now_us)
{
  if (self->kind == LEC_TRIAL_AGAIN)
    lec_trial_pause (self, rollover, now_us);
  lec_rollover_stay (rollover);
  self->kind = LEC_TRIAL_NONE;
}

gboolean
lec_trial_may_begin_instead (const LecTrial *self, gint64 now_us)
{
  return self->kind == LEC_TRIAL_NONE && now_us >= self->retry_us;
}

void
lec_trial_begin_instead (LecTrial *self, LecRollover *rollover, const char *reason)
{
  lec_rollover_settle (rollover);
  self->kind = LEC_TRIAL_INSTEAD;
  lec_rollover_next (rollover, LEC_ERROR_SILENT, reason);
}

gboolean
lec_trial_is_due_again (const LecTrial *self, gint64 now_us)
{
  return self->kind == LEC_TRIAL_NONE && self->retry_us != 0 && now_us >= self->retry_us;
}

gboolean
lec_trial_begin_again (LecTrial *self, LecRollover *rollover)
{
  if (!lec_rollover_retry (rollover))
    return FALSE;
  self->kind = LEC_TRIAL_AGAIN;
  return TRUE;
}

gboolean
lec_trial_watch (LecTrial *self,
                 const LecReception *reception,
                 gboolean is_hopeless,
                 gint64 now_us,
                 gint64 *age_us)
{
  if (reception->session == LEC_REPORT_SESSION_OPENING)
    lec_trial_restart (self, now_us); /* nothing can come yet */
  *age_us = now_us - self->tried_us;
  return is_hopeless
         || *age_us >= (reception->sum.received > 0 ? PATIENCE_US : LEC_DOCTOR_SILENCE_US);
}
