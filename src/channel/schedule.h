/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a channel is on the air (RFC 8866, sections 5.9 to 5.11).
 *
 * All times are seconds since 1970-01-01 UTC; the present is handed in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Repeated airings within a period. */
typedef struct
{
  gint64 interval_s; /* from the begin of one to the begin of the next, over 0 */
  gint64 duration_s; /* of each, over 0 */
  gint64 offset_s;   /* of the first, from the begin of the period */
} LecRepeat;

/* One t= line and the r= lines below it. */
typedef struct
{
  gint64 starts;   /* 0: has always been on */
  gint64 ends;     /* 0: without end */
  GArray *repeats; /* of LecRepeat; empty: on all the time */
} LecPeriod;

/* From @at on, repeated airings begin @offset_s later than they would (summer time). */
typedef struct
{
  gint64 at;
  gint64 offset_s; /* [s] from the times as written, not from the zone before */
} LecZone;

typedef struct
{
  GPtrArray *periods; /* of LecPeriod, as written */
  GArray *zones;      /* of LecZone, by time */
} LecSchedule;

/**
 * LecAiring:
 * @LEC_AIRING_NOW: it is on
 * @LEC_AIRING_LATER: it will be on
 * @LEC_AIRING_ENDED: it was on and will not be again
 */
typedef enum {
  LEC_AIRING_NOW,
  LEC_AIRING_LATER,
  LEC_AIRING_ENDED,
} LecAiring;

LecSchedule *lec_schedule_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_schedule_free (LecSchedule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSchedule, lec_schedule_free)

/* Appends a period without repeats; it belongs to the schedule. */
LecPeriod *lec_schedule_add_period (LecSchedule *self, gint64 starts, gint64 ends);

/* Both accept NULL, which is a schedule that nobody wrote. */
LecSchedule *lec_schedule_copy (const LecSchedule *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean lec_schedule_equal (const LecSchedule *a, const LecSchedule *b);

/* The first begin and the last end of all; 0: open, or (with NULL) not said. */
gint64 lec_schedule_get_start (const LecSchedule *self);
gint64 lec_schedule_get_end (const LecSchedule *self);

/**
 * lec_schedule_get_airing:
 * @self: (nullable): NULL is always on
 * @now: [s since 1970]
 * @changes: (out) (optional): when to ask again, after @now: the end of what is on, or the begin of
 *   what is next; 0: this is for good
 */
LecAiring lec_schedule_get_airing (const LecSchedule *self, gint64 now, gint64 *changes);

G_END_DECLS
