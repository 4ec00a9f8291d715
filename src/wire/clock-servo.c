/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/clock-servo.h"

#include <string.h>

#include "wire/units.h"

#define MENDED (10.0 * SECOND) /* an error is to be gone in about this time... */
#define CORRECTION_MAX 100e-6  /* ...but not so fast that it could be heard */
#define DRIFT_MAX 5e-3
#define CATCH_UP_RATE 1e-3 /* [s/s] two hundredths of a semitone: nobody hears it */
#define LOST SECOND        /* further off, the epochs have nothing to do with each other */

void
lec_clock_servo_init (LecClockServo *self)
{
  memset (self, 0, sizeof *self);
  self->rate = 1;
}

gint64
lec_clock_servo_to_shown (const LecClockServo *self, gint64 session_ns)
{
  return self->shown_ns + (gint64) ((double) (session_ns - self->session_ns) * self->rate);
}

double
lec_clock_servo_get_rate (const LecClockServo *self)
{
  return self->rate;
}

/* The rate makes room for more catch-up as time goes on. */
static double
catch_up_at (const LecClockServo *self, gint64 session_ns)
{
  double gained_ns = self->catch_up_rate * (double) (session_ns - self->session_ns);

  return self->catch_up_ns + MIN ((double) self->catch_up_wanted_ns - self->catch_up_ns, gained_ns);
}

gint64
lec_clock_servo_to_played (const LecClockServo *self, gint64 session_ns)
{
  return lec_clock_servo_to_shown (self, session_ns) - (gint64) catch_up_at (self, session_ns);
}

double
lec_clock_servo_get_played_rate (const LecClockServo *self)
{
  return self->rate - self->catch_up_rate;
}

static void
skip (LecClockServo *self)
{
  const double skipped_ns
      = CLAMP ((double) self->catch_up_wanted_ns - self->catch_up_ns, 0, (double) self->skip_ns);

  self->catch_up_ns += skipped_ns;
  self->offset_ns -= (gint64) skipped_ns;
}

void
lec_clock_servo_update (LecClockServo *self,
                        gint64 session_ns,
                        gint64 sender_ns,
                        double drift,
                        guint epoch)
{
  gint64 shown_ns = lec_clock_servo_to_shown (self, session_ns);
  gint64 error_ns;

  self->catch_up_ns = catch_up_at (self, session_ns);
  skip (self);
  self->catch_up_rate = self->skip_ns == 0 && self->catch_up_ns < (double) self->catch_up_wanted_ns
                            ? CATCH_UP_RATE
                            : 0;
  error_ns = shown_ns - sender_ns - self->offset_ns - (gint64) self->catch_up_ns;
  if (!self->locked || epoch != self->epoch || ABS (error_ns) > LOST) {
    self->locked = TRUE;
    self->epoch = epoch;
    self->offset_ns += error_ns;
    error_ns = 0;
  }
  self->session_ns = session_ns;
  self->shown_ns = shown_ns;
  self->rate = 1 - CLAMP (drift, -DRIFT_MAX, DRIFT_MAX) + self->catch_up_rate
               - CLAMP ((double) error_ns / MENDED, -CORRECTION_MAX, CORRECTION_MAX);
}

void
lec_clock_servo_set_catch_up (LecClockServo *self, gint64 catch_up_ns)
{
  gint64 lost_ns = (gint64) self->catch_up_ns - catch_up_ns;

  self->catch_up_wanted_ns = catch_up_ns;
  if (lost_ns <= 0)
    return;
  self->catch_up_rate = 0;
  /* what is played from now on is played later, by a clock that goes on as before */
  self->catch_up_ns = (double) catch_up_ns;
  self->offset_ns += lost_ns;
}

void
lec_clock_servo_set_skip (LecClockServo *self, gint64 skip_ns)
{
  self->skip_ns = skip_ns;
}

gint64
lec_clock_servo_get_catch_up (const LecClockServo *self)
{
  return (gint64) self->catch_up_ns;
}
