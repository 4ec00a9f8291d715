/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/clock.h"

#include <string.h>

#include "wire/units.h"

/* These were found by trying them on what tests/bench/quality.c plays: each network that is made up
 * there, and the recorded ones. Who changes one compares its lines before and after. */
#define BUCKET (100 * MSECOND)
#define WINDOW (10 * SECOND)     /* of the envelope: longer than most congestion */
#define DRIFT_SPAN (12 * SECOND) /* least history that says anything about drift */
#define DRIFT_USUAL 500e-6 /* crystals are good for 100 ppm, most software for a few hundred */
#define DRIFT_MAX 5e-3     /* and the worst of it for no more than this */
#define DRIFT_AGREE 0.25   /* thirds of the history may differ by so much of their slope */
#define DRIFT_GAIN 0.02
#define DRIFT_EARLY (4 * SECOND) /* history that is enough for a first guess, if it has... */
#define DRIFT_SAMPLES 150        /* ...so many samples */
#define DRIFT_GAIN_EARLY 0.1
#define START_SLOW (400 * MSECOND) /* a join may begin with a burst: follow gently */
#define START (2 * SECOND)
#define NEAR (15 * MSECOND) /* smaller corrections are made so slowly that nobody can notice */
#define SLEW_NEAR 0.5e-3    /* [s/s] */
#define SLEW_FAR 5e-3
#define STEP_SLEW (300 * MSECOND / 1000) /* with each frame, to a delay that is new for good */
#define STEP_SLEW_MAX 0.3                /* [s/s] */
#define STEPPED (2 * MSECOND)            /* close enough to it */
#define STEP_LEAST (10 * MSECOND)
#define STEP_LEVEL (3 * MSECOND) /* delays so close, or a quarter of the step, are on one level */
#define STEP_BEFORE 10           /* buckets on the old level */
#define STEP_SHORT 4             /* and on the new one, if that many tell enough... */
#define STEP_LONG 15             /* ...or else */
#define STEP_SAMPLES 100
#define LOWER_SAMPLES 20      /* in two buckets, or three buckets with any */
#define JUMP SECOND           /* further off is not delay but another epoch */
#define EARLY (250 * MSECOND) /* neither is so much less delay than the least of ten seconds */
#define JUMP_AGREE (250 * MSECOND)
#define JUMP_COUNT 3

void
lec_clock_init (LecClock *self, guint rate)
{
  memset (self, 0, sizeof *self);
  self->rate = rate;
}

void
lec_clock_stop (LecClock *self)
{
  self->running = FALSE;
  self->lead_ns = 0;
}

gboolean
lec_clock_covers (const LecClock *self, gint64 media)
{
  return self->running && media >= self->base_media;
}

void
lec_clock_rebase (LecClock *self, gint64 media, gint64 arrival_ns)
{
  self->running = TRUE;
  self->base_media = media;
  self->base_arrival_ns = arrival_ns;
  self->first = 0;
  self->count = 1;
  self->buckets[0] = (LecClockBucket){ 0, arrival_ns, 1 };
  self->past_ns = G_MAXINT64;
  self->past_at_ns = arrival_ns;
  self->sampled_media = media;
  self->sampled_at_ns = arrival_ns;
  self->offset_ns = 0;
  self->stepping = FALSE;
  self->jumps = 0;
}

/* Media time since the base. Split, so that years at any rate do not overflow. */
static gint64
media_to_ns (const LecClock *self, gint64 media)
{
  gint64 ticks = media - self->base_media;

  return ticks / self->rate * SECOND + ticks % self->rate * SECOND / self->rate;
}

void
lec_clock_set_lead (LecClock *self, gint64 lead)
{
  self->lead_ns = lead * SECOND / self->rate;
}

static gint64
relative_delay (const LecClock *self, gint64 media, gint64 arrival_ns)
{
  return arrival_ns - self->base_arrival_ns - media_to_ns (self, media);
}

static LecClockBucket *
bucket_at (LecClock *self, guint index)
{
  return &self->buckets[(self->first + index) % LEC_CLOCK_BUCKETS];
}

/* The least delay of buckets @from to @to, moved along the drift to @now_ns. */
static gint64
least_delay (LecClock *self, guint from, guint to, double drift, gint64 now_ns)
{
  gint64 least = G_MAXINT64;

  for (guint i = from; i < to; i++) {
    const LecClockBucket *bucket = bucket_at (self, i);
    gint64 moved = bucket->least_ns + (gint64) (drift * (double) (now_ns - bucket->time_ns));

    least = MIN (least, moved);
  }
  return least;
}

/* What is gained from the @first to the @second of @parts equally long parts of the history, per
 * second. Windows of one length carry the same bias from jitter, so their difference is drift
 * alone. */
static double
slope (LecClock *self, guint parts, guint first, guint second, gint64 span)
{
  guint n = self->count / parts;
  gint64 gained = least_delay (self, second * n, (second + 1) * n, 0, 0)
                  - least_delay (self, first * n, (first + 1) * n, 0, 0);

  return (double) gained * parts / ((double) span * (second - first));
}

/* A step, when the route has changed, is no drift however steep it looks: it shows between two
 * parts of the history, and drift between all of them. */
static gboolean
is_step (LecClock *self, gint64 span, double raw)
{
  double early = slope (self, 3, 0, 1, span);
  double late = slope (self, 3, 1, 2, span);

  return ABS (raw) > DRIFT_USUAL
         && (ABS (raw) > DRIFT_MAX || ABS (early - late) > DRIFT_AGREE * ABS (raw));
}

/* The newest @count buckets together. */
static guint
count_samples (LecClock *self, guint count)
{
  guint samples = 0;

  for (guint i = self->count - count; i < self->count; i++)
    samples += bucket_at (self, i)->samples;
  return samples;
}

static void
update_drift (LecClock *self)
{
  gint64 span = bucket_at (self, self->count - 1)->time_ns - bucket_at (self, 0)->time_ns;
  gboolean early = span < DRIFT_SPAN;
  double raw, gain;

  if (self->count < 3 || (early && (self->drift_known || span < DRIFT_EARLY)))
    return;
  if (early && count_samples (self, self->count) < DRIFT_SAMPLES)
    return;

  raw = slope (self, 2, 0, 1, span);
  self->drift_known |= !early;
  if (is_step (self, span, raw))
    return;
  gain = early ? DRIFT_GAIN_EARLY : DRIFT_GAIN * MIN ((double) span / (60.0 * SECOND), 1.0);
  self->drift += gain * (raw - self->drift);
}

/* The range of delays that @count buckets have seen, and whether it is narrow. */
static gboolean
is_level (LecClock *self, guint from, guint count, gint64 tolerance, gint64 *level)
{
  gint64 most = G_MININT64;

  *level = G_MAXINT64;
  for (guint i = from; i < from + count; i++) {
    most = MAX (most, bucket_at (self, i)->least_ns);
    *level = MIN (*level, bucket_at (self, i)->least_ns);
  }
  return most - *level <= tolerance;
}

/* The packets go another way: from one moment to the next they take longer, and all as long. A
 * queue that fills takes its time. What was before says nothing any more. */
static void
find_step (LecClock *self)
{
  guint after = STEP_SHORT;
  gint64 old_level, new_level, tolerance;

  while (after < STEP_LONG && self->count > after && count_samples (self, after) < STEP_SAMPLES)
    after++;
  if (self->count < STEP_BEFORE + after)
    return;
  is_level (self, self->count - after, after, 0, &new_level);
  is_level (self, self->count - after - STEP_BEFORE, STEP_BEFORE, 0, &old_level);
  tolerance = MAX (STEP_LEVEL, (new_level - old_level) / 4);
  if (new_level - old_level < STEP_LEAST
      || !is_level (self, self->count - after, after, tolerance, &new_level)
      || !is_level (self, self->count - after - STEP_BEFORE, STEP_BEFORE, tolerance, &old_level))
    return;

  self->first = (self->first + self->count - after) % LEC_CLOCK_BUCKETS;
  self->count = after;
  self->stepping = TRUE;
}

static void
begin_bucket (LecClock *self, gint64 delay, gint64 arrival_ns)
{
  guint from;

  update_drift (self);
  find_step (self);
  for (from = self->count; from > 0; from--) {
    if (arrival_ns - bucket_at (self, from - 1)->time_ns > WINDOW)
      break;
  }
  self->past_ns = least_delay (self, from, self->count, self->drift, arrival_ns);
  self->past_at_ns = arrival_ns;

  if (self->count == LEC_CLOCK_BUCKETS)
    self->first = (self->first + 1) % LEC_CLOCK_BUCKETS;
  else
    self->count++;
  *bucket_at (self, self->count - 1) = (LecClockBucket){ delay, arrival_ns, 0 };
}

/* Puts one sample in and returns the envelope, the delay that the offset should have. */
static double
update_envelope (LecClock *self, gint64 delay, gint64 arrival_ns)
{
  LecClockBucket *newest = bucket_at (self, self->count - 1);
  double past;

  if (arrival_ns / BUCKET != newest->time_ns / BUCKET)
    begin_bucket (self, delay, arrival_ns);
  else if (delay < newest->least_ns)
    *newest = (LecClockBucket){ delay, arrival_ns, newest->samples };

  newest = bucket_at (self, self->count - 1);
  newest->samples++;
  if (self->past_ns == G_MAXINT64)
    return (double) newest->least_ns;
  past = (double) self->past_ns + self->drift * (double) (arrival_ns - self->past_at_ns);
  return MIN (past, (double) newest->least_ns);
}

/* The network only adds delay, so less of it than was thought possible is the truth, once a few
 * packets agree. */
static gboolean
is_lower (LecClock *self)
{
  guint buckets = 0;

  while (buckets < MIN (self->count, 3)
         && (double) bucket_at (self, self->count - 1 - buckets)->least_ns
                < self->offset_ns - (double) NEAR)
    buckets++;
  return buckets == 3 || (buckets == 2 && count_samples (self, 2) >= LOWER_SAMPLES);
}

static void
follow (LecClock *self, double target, gint64 arrival_ns)
{
  gint64 age = arrival_ns - self->base_arrival_ns;
  double dt = (double) MAX (arrival_ns - self->sampled_at_ns, 0);
  double error, most;

  if (age < START) {
    if (target < self->offset_ns)
      self->offset_ns += (age < START_SLOW ? 0.2 : 1.0) * (target - self->offset_ns);
    return;
  }

  self->offset_ns += self->drift * dt;
  error = target - self->offset_ns;
  self->stepping |= error < -(double) NEAR && is_lower (self);
  self->stepping &= ABS (error) > STEPPED;
  if (self->stepping) {
    most = MIN ((double) STEP_SLEW, STEP_SLEW_MAX * dt);
    self->offset_ns += CLAMP (error, -most, most);
    return;
  }
  most = (ABS (error) <= NEAR ? SLEW_NEAR : SLEW_FAR) * dt;
  self->offset_ns += CLAMP (error * MIN (dt / SECOND, 1.0), -most, most);
}

/* In a burst on joining, each packet comes earlier than the one before. */
static gboolean
is_far (const LecClock *self, gint64 delay, gint64 arrival_ns)
{
  gint64 error = delay - (gint64) self->offset_ns;
  gboolean starting = arrival_ns - self->base_arrival_ns < START;

  return error > JUMP || error < -(starting ? JUMP : EARLY) - self->lead_ns;
}

/* One stray time stamp is not believed; some that agree are. What is observed comes in order, so
 * that no network makes it go back. */
static gboolean
has_jumped (LecClock *self, gint64 media, gint64 delay, gint64 arrival_ns)
{
  if (media > self->sampled_media && !is_far (self, delay, arrival_ns)) {
    self->jumps = 0;
    return FALSE;
  }
  if (self->jumps > 0 && media == self->jump_media)
    return FALSE; /* more of the same frame */
  self->jump_media = media;
  if (self->jumps == 0 || ABS (delay - self->jump_ns) > JUMP_AGREE) {
    self->jumps = 1;
    self->jump_ns = delay;
    return FALSE;
  }
  return ++self->jumps >= JUMP_COUNT;
}

LecClockAnswer
lec_clock_observe (LecClock *self, gint64 media, gint64 arrival_ns)
{
  gint64 delay;

  if (!self->running) {
    lec_clock_rebase (self, media, arrival_ns);
    return LEC_CLOCK_STEADY;
  }

  delay = relative_delay (self, media, arrival_ns);
  if (media == self->sampled_media && !is_far (self, delay, arrival_ns))
    return LEC_CLOCK_STEADY; /* more of the same frame */

  if (has_jumped (self, media, delay, arrival_ns)) {
    lec_clock_rebase (self, media, arrival_ns);
    return LEC_CLOCK_REBASED;
  }
  if (self->jumps > 0)
    return LEC_CLOCK_STEADY;

  follow (self, update_envelope (self, delay, arrival_ns), arrival_ns);
  self->sampled_media = media;
  self->sampled_at_ns = arrival_ns;
  return LEC_CLOCK_STEADY;
}

gint64
lec_clock_to_local (const LecClock *self, gint64 media)
{
  return self->base_arrival_ns + media_to_ns (self, media) + (gint64) self->offset_ns;
}

gint64
lec_clock_to_media (const LecClock *self, gint64 local_ns)
{
  return local_ns - self->base_arrival_ns - (gint64) self->offset_ns;
}

gint64
lec_clock_get_delay (const LecClock *self, gint64 media, gint64 arrival_ns)
{
  return arrival_ns - lec_clock_to_local (self, media);
}

gboolean
lec_clock_is_far (const LecClock *self, gint64 media, gint64 arrival_ns)
{
  return is_far (self, relative_delay (self, media, arrival_ns), arrival_ns);
}

double
lec_clock_get_drift_ppm (const LecClock *self)
{
  return self->drift * 1e6;
}
