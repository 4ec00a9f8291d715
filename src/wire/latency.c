/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/latency.h"

#define MSECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MSECOND)

#define HEADROOM (10 * MSECOND) /* a nap of the receive thread, and handing over */
#define HEADROOM_SHARE 8        /* of a low latency one part in so many, if that is less */
#define STEP (10 * MSECOND)
#define NOTICEABLE (10 * MSECOND)
#define RECENT SECOND /* a late packet is a reason to grow for so long */
#define NEAR (5 * SECOND)
#define GROW_EVERY (500 * MSECOND)
#define AMPLE_GUESSED (10 * SECOND)  /* then a guess is mended, where that is not noticed */
#define AMPLE_LONG (60 * SECOND)     /* then a break is used to shrink */
#define AMPLE_LONGEST (600 * SECOND) /* then it is not waited for any more */

void
lec_latency_init (LecLatency *self, gint64 latency_ns, gint64 first_ns)
{
  self->automatic = latency_ns == LEC_LATENCY_AUTO;
  self->smooth = FALSE;
  self->latency_ns = self->automatic ? first_ns : latency_ns;
  self->proven = FALSE;
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

gint64
lec_latency_headroom (gint64 latency_ns)
{
  return MIN (latency_ns / HEADROOM_SHARE, HEADROOM);
}

gint64
lec_latency_needed (gint64 usual_ns)
{
  gint64 headroom_ns = MIN (usual_ns / (HEADROOM_SHARE - 1), HEADROOM);

  return CLAMP (usual_ns + headroom_ns, LEC_LATENCY_LEAST_NS, LEC_LATENCY_MOST_NS);
}

static gint64
round_up (gint64 latency_ns)
{
  return MIN ((latency_ns + STEP - 1) / STEP * STEP, LEC_LATENCY_MOST_NS);
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

static void
shrink (LecLatency *self, gint64 needed_ns)
{
  self->latency_ns = round_up (needed_ns * 115 / 100);
  self->ample_ns = G_MAXINT64;
}

/* Growing costs a hiccup, so it is done where packets have been missed for want of it. */
static gboolean
must_grow (LecLatency *self, gint64 needed_ns, gint64 worst_ns, gint64 now_ns)
{
  gboolean near_again = FALSE;

  if (worst_ns > self->latency_ns - lec_latency_headroom (self->latency_ns)) {
    near_again = is_within (self->near_ns, NEAR, now_ns);
    self->near_ns = now_ns;
  }
  return needed_ns > self->latency_ns + NOTICEABLE
         && !is_within (self->changed_ns, GROW_EVERY, now_ns)
         && (near_again || is_within (self->late_ns, RECENT, now_ns));
}

void
lec_latency_update (LecLatency *self, gint64 usual_ns, gint64 worst_ns, gint64 now_ns)
{
  gint64 needed_ns = lec_latency_needed (usual_ns);

  if (!self->automatic)
    return;

  if (must_grow (self, needed_ns, worst_ns, now_ns)) {
    self->latency_ns = round_up (needed_ns * 110 / 100);
    self->changed_ns = now_ns;
    self->proven = TRUE;
    self->near_ns = G_MININT64;
  }
  if (needed_ns * 10 >= self->latency_ns * 7)
    self->ample_ns = G_MAXINT64;
  else
    self->ample_ns = MIN (self->ample_ns, now_ns);
  if (self->ample_ns != G_MAXINT64
      && now_ns - self->ample_ns >= (self->smooth && !self->proven ? AMPLE_GUESSED : AMPLE_LONGEST))
    shrink (self, needed_ns);
}

void
lec_latency_note_break (LecLatency *self, gint64 usual_ns, gint64 now_ns)
{
  if (self->automatic && self->ample_ns != G_MAXINT64 && now_ns - self->ample_ns >= AMPLE_LONG)
    shrink (self, lec_latency_needed (usual_ns));
}

gint64
lec_latency_get (const LecLatency *self)
{
  return self->latency_ns;
}
