/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A way that is tried beside what plays: in the place of one that has fallen silent, or again, as it
 * was silent itself and may have come back.
 *
 * Says when, and when to give it up; the rollover is led to it and back. Told the time; tries
 * nothing itself. */
#pragma once

#include "play/rollover.h"
#include "report/reception.h"

G_BEGIN_DECLS

typedef enum {
  LEC_TRIAL_NONE,    /* the viewer waits for the way being tried, or it plays */
  LEC_TRIAL_INSTEAD, /* what plays has fallen silent: the next way is to take its place */
  LEC_TRIAL_AGAIN,   /* another way plays; this one was silent, and may have come back */
} LecTrialKind;

/* A plain struct to be embedded; zeroed is ready. kind and tried_us may be read. */
typedef struct
{
  LecTrialKind kind;
  gint64 tried_us; /* when what is being tried began to be, or to be able to come */
  gint64 retry_us; /* when a way that was missed is tried again; 0: never */
} LecTrial;

gboolean lec_trial_is_on (const LecTrial *self);

/* Something is tried from now on, whether beside what plays or not. */
void lec_trial_restart (LecTrial *self, gint64 now_us);

/* The way being tried is what the viewer is told of now. */
void lec_trial_end (LecTrial *self);

/* The way being tried plays: lec_rollover_settle(). What was missed for it is tried again later. */
void lec_trial_settle (LecTrial *self, LecRollover *rollover, gint64 now_us);

/* What is tried beside what plays is left for that, and tried again later if it was missed. */
void lec_trial_give_up (LecTrial *self, LecRollover *rollover, gint64 now_us);

/* Nothing is tried for a while (lec_rollover_get_pause()). */
void lec_trial_pause (LecTrial *self, LecRollover *rollover, gint64 now_us);

/* Returns: whether the next way may be tried in the place of what plays */
gboolean lec_trial_may_begin_instead (const LecTrial *self, gint64 now_us);

/* It is. @reason: why what plays, which has fallen silent, is not waited for alone */
void lec_trial_begin_instead (LecTrial *self, LecRollover *rollover, const char *reason);

/* Returns: whether a way that was missed is to be tried again */
gboolean lec_trial_is_due_again (const LecTrial *self, gint64 now_us);

/* Returns: whether it is: FALSE where none is missed any more */
gboolean lec_trial_begin_again (LecTrial *self, LecRollover *rollover);

/**
 * lec_trial_watch:
 * @reception: of what is tried
 * @is_hopeless: whether nothing of it can be shown
 * @age_us: (out): [µs] for how long it could have come
 *
 * Returns: whether it is to be given up
 */
gboolean lec_trial_watch (LecTrial *self,
                          const LecReception *reception,
                          gboolean is_hopeless,
                          gint64 now_us,
                          gint64 *age_us);

G_END_DECLS
