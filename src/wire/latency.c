/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/latency.h"

#include "wire/units.h"

#define STEP (10 * MSECOND)
#define STEP_LOW (5 * MSECOND) /* below... */
#define LOW (100 * MSECOND)
#define NOTICEABLE (10 * MSECOND)
#define RECENT SECOND /* a late packet is a reason to grow for so long */
#define NEAR (5 * SECOND)
#define NEAR_SHARE 8 /* the last so many parts of the latency are near its end */
#define GROW_EVERY (500 * MSECOND)
#define FEW 4                       /* intervals tell a clean network: ... */
#define CLEAN (12 * MSECOND)        /* ...no more delay than that in any of them; ... */
#define CLEAN_ENOUGH (30 * MSECOND) /* ...this will do, ... */
#define TIMES_WORST 2               /* ...or so many times the worst */
#define AMPLE_QUICK                                                                                \
  (5 * SECOND) /* more than any usual time between key frames: the largest come late */
#define AMPLE_GUESSED (10 * SECOND)  /* then a guess is mended, where that is not noticed */
#define AMPLE_LONG (60 * SECOND)     /* then a break is used to shrink */
#define AMPLE_LONGEST (600 * SECOND) /* then it is not waited for any more */

void
lec_latency_init (LecLatency *self, gint64 latency_ns, gint64 first_ns)
{
  self->automatic = latency_ns == LEC_LATENCY_AUTO;
  self->smooth = self->quick = FALSE;
  self->latency_ns = self->automatic ? first_ns : latency_ns;
  self->proven = FALSE;
  self->growths = 0;
  self->changed_ns = G_MININT64;
  self->late_ns = G_MININT64;
  self->near_ns = G_MININT64;
  self->ample_ns = G_MAXINT64;
}

void
lec_latency_set_smooth (LecLatency *self, gboolean smooth)
{
  self->smooth = smooth;
}

void
lec_latency_set_quick (LecLatency *self, gboolean quick)
{
  self->quick = quick;
}

void
lec_latency_doubt (LecLatency *self)
{
  self->proven = FALSE;
  self->growths = 0;
  self->ample_ns = G_MAXINT64;
}

gint64
lec_latency_get_needed (const LecDelayHistogram *delay)
{
  return CLAMP (lec_delay_histogram_get_usual (delay), LEC_LATENCY_LEAST_NS, LEC_LATENCY_MOST_NS);
}

static gint64
round_up (gint64 latency_ns)
{
  gint64 step = latency_ns < LOW ? STEP_LOW : STEP;

  return CLAMP ((latency_ns + step - 1) / step * step, LEC_LATENCY_LEAST_NS, LEC_LATENCY_MOST_NS);
}

/* Whether @then_ns was less than @span_ns ago; it may never have been. */
static gboolean
is_within (gint64 then_ns, gint64 span_ns, gint64 now_ns)
{
  return then_ns != G_MININT64 && now_ns - then_ns < span_ns;
}

void
lec_latency_note_late (LecLatency *self, gint64 now_ns)
{
  self->late_ns = now_ns;
}

/* To what would have been enough for all that is remembered, not only for nearly all of it. */
static void
shrink (LecLatency *self, const LecDelayHistogram *delay)
{
  self->latency_ns
      = MIN (self->latency_ns, round_up (lec_delay_histogram_get_remembered (delay) * 110 / 100));
  self->ample_ns = G_MAXINT64;
}

/* A guess that a clean network has not come near to. What is not clean may do worse at the next key
 * frame, and is watched for longer. */
static void
guess_less (LecLatency *self, const LecDelayHistogram *delay, gint64 now_ns)
{
  const gint64 worst_ns = lec_delay_histogram_get_remembered (delay);
  const gint64 enough_ns = round_up (MAX (CLEAN_ENOUGH, TIMES_WORST * worst_ns));

  if (worst_ns <= CLEAN && lec_delay_histogram_count (delay) >= FEW
      && !is_within (self->late_ns, RECENT, now_ns))
    self->latency_ns = MIN (self->latency_ns, enough_ns);
}

/* How long a latency that is much longer than needed is kept. */
static gint64
get_patience (const LecLatency *self)
{
  if (self->proven && self->quick)
    return MIN (AMPLE_LONG << MIN (self->growths - 1, 8), AMPLE_LONGEST);
  if (self->proven || !self->smooth)
    return AMPLE_LONGEST;
  return self->quick ? AMPLE_QUICK : AMPLE_GUESSED;
}

/* Growing costs a hiccup, so it is done where packets have been missed for want of it. */
static gboolean
must_grow (LecLatency *self, gint64 needed_ns, gint64 worst_ns, gint64 now_ns)
{
  gboolean near_again = FALSE;

  if (worst_ns > self->latency_ns - self->latency_ns / NEAR_SHARE) {
    near_again = is_within (self->near_ns, NEAR, now_ns);
    self->near_ns = now_ns;
  }
  return needed_ns > self->latency_ns + NOTICEABLE
         && !is_within (self->changed_ns, GROW_EVERY, now_ns)
         && (near_again || is_within (self->late_ns, RECENT, now_ns));
}

void
lec_latency_update (LecLatency *self, const LecDelayHistogram *delay, gint64 now_ns)
{
  gint64 needed_ns = lec_latency_get_needed (delay);

  if (!self->automatic)
    return;

  if (must_grow (self, needed_ns, lec_delay_histogram_get_worst (delay), now_ns)) {
    self->latency_ns = round_up (needed_ns * 110 / 100);
    self->changed_ns = now_ns;
    self->proven = TRUE;
    self->growths++;
    self->near_ns = G_MININT64;
  }
  if (self->quick && !self->proven)
    guess_less (self, delay, now_ns);
  if (needed_ns * 10 >= self->latency_ns * 7)
    self->ample_ns = G_MAXINT64;
  else
    self->ample_ns = MIN (self->ample_ns, now_ns);
  if (self->ample_ns != G_MAXINT64 && now_ns - self->ample_ns >= get_patience (self))
    shrink (self, delay);
}

void
lec_latency_note_break (LecLatency *self, const LecDelayHistogram *delay, gint64 now_ns)
{
  if (self->automatic && self->ample_ns != G_MAXINT64 && now_ns - self->ample_ns >= AMPLE_LONG)
    shrink (self, delay);
}

gint64
lec_latency_get (const LecLatency *self)
{
  return self->latency_ns;
}
