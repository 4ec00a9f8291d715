/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long a stream stays away, and whether it does so again and again, as slides do or a speaker:
 * then that is no failure. Knows no clock. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed has seen nothing. longest_ns may be read. */
typedef struct
{
  gint64 longest_ns; /* between two packets */
  gint64 rest_ns;    /* the shorter one of the last two long ones; 0: they were no habit */
  gint64 last_ns;    /* the last long one; 0: none */
  gint64 ended_ns;   /* when that was over */
} LecHabit;

/* @away_ns: since the packet before the one that came at @now_ns */
void lec_habit_note (LecHabit *self, gint64 away_ns, gint64 now_ns);

/* Returns: for how long it stays away again and again, as of its newest packet at @newest_ns; 0: it
 *   does not */
gint64 lec_habit_get_rest (const LecHabit *self, gint64 newest_ns);

G_END_DECLS
