/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/interarrival.h"

#include "wire/units.h"

#define SMOOTHING 16
#define APART 10 /* [s] of media: what lies further apart is not compared */

void
lec_interarrival_note (LecInterarrival *self, gint64 media, guint rate, gint64 arrival_ns)
{
  gint64 step = media - self->media;

  if (self->valid && ABS (step) < APART * (gint64) rate) {
    gint64 difference = arrival_ns - self->arrival_ns - step * SECOND / rate;

    if (ABS (difference) < SECOND) /* else it is no jitter */
      self->jitter_ns += (ABS (difference) - self->jitter_ns) / SMOOTHING;
  }
  self->media = media;
  self->arrival_ns = arrival_ns;
  self->valid = TRUE;
}

void
lec_interarrival_break (LecInterarrival *self)
{
  self->valid = FALSE;
}
