/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/wall-clock.h"

#include <stdlib.h>
#include <string.h>

#include "wire/units.h"

#define AGREE (100 * MSECOND)   /* what differs more is another clock */
#define HOPELESS 16             /* contradictions, after which nothing is believed */
#define RIVALS 3                /* reports that speak for it, and none against... */
#define RIVAL_TIME (8 * SECOND) /* ...for longer than senders are silent between two */

static int
compare_times (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gboolean
get_median (const LecWallClock *self, gint64 *offset_ns)
{
  gint64 sorted[LEC_WALL_CLOCK_REPORTS];
  guint n = MIN (self->agreed, LEC_WALL_CLOCK_REPORTS);

  if (n == 0)
    return FALSE;
  memcpy (sorted, self->offsets, sizeof sorted);
  qsort (sorted, n, sizeof sorted[0], compare_times);
  *offset_ns = sorted[(n - 1) / 2];
  return TRUE;
}

gboolean
lec_wall_clock_get_offset (const LecWallClock *self, gint64 *offset_ns)
{
  return self->contradictions < HOPELESS && get_median (self, offset_ns);
}

static void
believe (LecWallClock *self, gint64 offset_ns)
{
  memmove (self->offsets + 1, self->offsets, sizeof self->offsets - sizeof self->offsets[0]);
  self->offsets[0] = offset_ns;
  self->agreed = MIN (self->agreed + 1, G_MAXUINT - 1);
  self->rivals = 0;
  self->contradictions = 0;
}

static void
dispute (LecWallClock *self, gint64 offset_ns, gint64 now_ns)
{
  if (self->rivals == 0 || ABS (offset_ns - self->rival_ns) > AGREE) {
    self->rivals = 0;
    self->rival_ns = offset_ns;
    self->rival_since_ns = now_ns;
  }
  self->rivals++;
  self->contradictions = MIN (self->contradictions + 1, HOPELESS);
}

/* What a few reports have said is soon forgotten, as the first one may have been the liar. */
static gboolean
has_won (const LecWallClock *self, gint64 now_ns)
{
  if (self->agreed < RIVALS)
    return self->rivals > self->agreed;
  return self->rivals >= RIVALS && now_ns - self->rival_since_ns >= RIVAL_TIME;
}

gboolean
lec_wall_clock_note (LecWallClock *self, gint64 offset_ns, gint64 now_ns)
{
  gint64 believed_ns;

  if (get_median (self, &believed_ns) && ABS (offset_ns - believed_ns) > AGREE) {
    dispute (self, offset_ns, now_ns);
    if (!has_won (self, now_ns))
      return FALSE;
    self->agreed = 0;
  }
  believe (self, offset_ns);
  return TRUE;
}

gboolean
lec_wall_clock_is_disputed (const LecWallClock *self)
{
  return self->rivals > 0;
}
