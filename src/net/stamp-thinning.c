/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/stamp-thinning.h"

#include "wire/units.h"

#define EVERY (100 * MSECOND)         /* the rate is counted over such a time */
#define APART (80 * (MSECOND / 1000)) /* about so much may lie between two stamps */

guint
lec_stamp_thinning_get_step (const LecStampThinning *self)
{
  return MAX (self->step, 1);
}

/* After a rest, or when the clock was set, nothing is known of the rate. */
void
lec_stamp_thinning_note (LecStampThinning *self, guint packets, gint64 now_ns)
{
  const gint64 elapsed_ns = now_ns - self->since_ns;

  self->packets += packets;
  if (elapsed_ns >= 0 && elapsed_ns < EVERY)
    return;
  self->step = 1;
  if (elapsed_ns > 0 && elapsed_ns < 2 * EVERY) {
    const gint64 most = MIN (self->packets * APART / elapsed_ns, LEC_STAMP_STEP_MAX);

    while (self->step * 2 <= most)
      self->step *= 2;
  }
  self->since_ns = now_ns;
  self->packets = 0;
}
