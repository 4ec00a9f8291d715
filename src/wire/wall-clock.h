/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The wall clock of a sender against session time, by its reports, which may be forged or wrong.
 *
 * What agrees with the reports before is believed; what contradicts them is not, until it has been
 * said for long by all of them. A plain struct to be embedded; knows no clock itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_WALL_CLOCK_REPORTS 3

/* Zeroed is empty. All fields are private. */
typedef struct
{
  gint64 offsets[LEC_WALL_CLOCK_REPORTS]; /* of the newest ones that agree, newest first */
  guint agreed;                           /* reports in a row that did */

  gint64 rival_ns; /* another offset, of which some have spoken since the last that agreed */
  gint64 rival_since_ns;
  guint rivals;
  guint contradictions; /* reports in a row that did not agree, with one another or not */
} LecWallClock;

/**
 * lec_wall_clock_note:
 * @offset_ns: session time less wall clock, as one report has it
 * @now_ns: when it came
 *
 * Returns: whether it is believed
 */
gboolean lec_wall_clock_note (LecWallClock *self, gint64 offset_ns, gint64 now_ns);

/**
 * lec_wall_clock_get_offset:
 * @offset_ns: (out): session time less wall clock
 *
 * Returns: FALSE while no report has come, and when they contradict each other all the time
 */
gboolean lec_wall_clock_get_offset (const LecWallClock *self, gint64 *offset_ns);

/* Whether the newest report contradicts those before: it lies, or the clock was set. */
gboolean lec_wall_clock_is_disputed (const LecWallClock *self);

G_END_DECLS
