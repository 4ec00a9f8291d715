/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/delay-histogram.h"

#include <string.h>

#include "wire/units.h"

/* Fine where a few milliseconds are seen, coarse where they are not. */
#define FINE (4 * MSECOND)
#define FINE_COUNT 64 /* to 256 ms */
#define MIDDLE (16 * MSECOND)
#define MIDDLE_COUNT 47 /* to 1008 ms */
#define COARSE (64 * MSECOND)
#define FORGET 0.99f /* for each interval: a time constant of 25 s */
#define USUAL 0.97f  /* of the intervals */
#define ALL 0.999f   /* the rest has faded: a minute has passed */

void
lec_delay_histogram_init (LecDelayHistogram *self)
{
  memset (self, 0, sizeof *self);
  self->worst_ns = -1;
}

static guint
bucket_of (gint64 delay_ns)
{
  const gint64 middle = FINE_COUNT * FINE;
  const gint64 coarse = middle + MIDDLE_COUNT * MIDDLE;

  if (delay_ns < middle)
    return (guint) (delay_ns / FINE);
  if (delay_ns < coarse)
    return FINE_COUNT + (guint) ((delay_ns - middle) / MIDDLE);
  return (guint) MIN (FINE_COUNT + MIDDLE_COUNT + (delay_ns - coarse) / COARSE,
                      LEC_DELAY_HISTOGRAM_BUCKETS - 1);
}

/* Where bucket @index ends [ns]. */
static gint64
end_of (guint index)
{
  if (index < FINE_COUNT)
    return (index + 1) * FINE;
  if (index < FINE_COUNT + MIDDLE_COUNT)
    return FINE_COUNT * FINE + (index + 1 - FINE_COUNT) * MIDDLE;
  return FINE_COUNT * FINE + MIDDLE_COUNT * MIDDLE
         + (index + 1 - FINE_COUNT - MIDDLE_COUNT) * COARSE;
}

/* The first intervals count alike; later ones push the oldest out. */
static void
end_interval (LecDelayHistogram *self)
{
  float keep = MIN (FORGET, 1.0f - 2.0f / (float) (self->intervals + 2));

  for (guint i = 0; i < LEC_DELAY_HISTOGRAM_BUCKETS; i++)
    self->weights[i] *= keep;
  self->weights[bucket_of (self->worst_ns)] += 1.0f - keep;
  self->intervals++;
  self->last_ns = self->worst_ns;
}

gboolean
lec_delay_histogram_note (LecDelayHistogram *self, gint64 delay_ns, gint64 now_ns)
{
  gboolean ended = FALSE;

  delay_ns = MAX (delay_ns, 0);
  if (self->worst_ns < 0) {
    self->began_ns = now_ns;
  } else if (now_ns - self->began_ns >= LEC_DELAY_HISTOGRAM_INTERVAL_NS) {
    end_interval (self);
    ended = TRUE;
    self->began_ns = now_ns;
    self->worst_ns = -1;
  }
  self->worst_ns = MAX (self->worst_ns, delay_ns);
  return ended;
}

guint
lec_delay_histogram_count (const LecDelayHistogram *self)
{
  return self->intervals;
}

gint64
lec_delay_histogram_get_worst (const LecDelayHistogram *self)
{
  return self->last_ns;
}

/* What covers such a part of the intervals. */
static gint64
quantile (const LecDelayHistogram *self, float part)
{
  float covered = 0;

  if (self->intervals == 0)
    return 0;
  for (guint i = 0; i < LEC_DELAY_HISTOGRAM_BUCKETS; i++) {
    covered += self->weights[i];
    if (covered >= part)
      return end_of (i);
  }
  return end_of (LEC_DELAY_HISTOGRAM_BUCKETS - 1);
}

gint64
lec_delay_histogram_get_usual (const LecDelayHistogram *self)
{
  return quantile (self, USUAL);
}

gint64
lec_delay_histogram_get_remembered (const LecDelayHistogram *self)
{
  return quantile (self, ALL);
}
