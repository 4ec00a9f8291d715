/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/habit.h"

#include "wire/units.h"

#define LONG_NS SECOND /* less is missed by nobody */
#define RUN 10         /* times as long as it rests it may come in between */

static gboolean
is_soon (gint64 rest_ns, gint64 ended_ns, gint64 now_ns)
{
  return now_ns - ended_ns <= RUN * rest_ns;
}

/* Once may be a failure, and so may be twice with a long time in between. */
void
lec_habit_note (LecHabit *self, gint64 away_ns, gint64 now_ns)
{
  const gint64 shorter_ns = MIN (away_ns, self->last_ns);

  self->longest_ns = MAX (self->longest_ns, away_ns);
  if (away_ns < LONG_NS)
    return;
  self->rest_ns = is_soon (shorter_ns, self->ended_ns, now_ns - away_ns) ? shorter_ns : 0;
  self->last_ns = away_ns;
  self->ended_ns = now_ns;
}

gint64
lec_habit_get_rest (const LecHabit *self, gint64 newest_ns)
{
  return is_soon (self->rest_ns, self->ended_ns, newest_ns) ? self->rest_ns : 0;
}
