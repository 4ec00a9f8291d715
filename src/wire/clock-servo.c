/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/clock-servo.h"

#include <string.h>

#include "wire/units.h"

#define CATCH_UP (10.0 * SECOND) /* an error is to be gone in about this time... */
#define CORRECTION_MAX 100e-6    /* ...but not so fast that it could be heard */
#define DRIFT_MAX 5e-3
#define LEAD_RATE 1e-3 /* [s/s] two hundredths of a semitone: nobody hears it */
#define LOST SECOND    /* further off, the time lines have nothing to do with each other */

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

/* The rate makes room for more lead as time goes on. */
static double
lead_at (const LecClockServo *self, gint64 session_ns)
{
  double gained_ns = self->lead_rate * (double) (session_ns - self->session_ns);

  return self->lead_ns + MIN ((double) self->lead_wanted_ns - self->lead_ns, gained_ns);
}

gint64
lec_clock_servo_to_played (const LecClockServo *self, gint64 session_ns)
{
  return lec_clock_servo_to_shown (self, session_ns) - (gint64) lead_at (self, session_ns);
}

double
lec_clock_servo_get_played_rate (const LecClockServo *self)
{
  return self->rate - self->lead_rate;
}

void
lec_clock_servo_update (LecClockServo *self,
                        gint64 session_ns,
                        gint64 sender_ns,
                        double drift,
                        guint line)
{
  gint64 shown_ns = lec_clock_servo_to_shown (self, session_ns);
  gint64 error_ns;

  self->lead_ns = lead_at (self, session_ns);
  self->lead_rate = self->lead_ns < (double) self->lead_wanted_ns ? LEAD_RATE : 0;
  error_ns = shown_ns - sender_ns - self->offset_ns - (gint64) self->lead_ns;
  if (!self->locked || line != self->line || ABS (error_ns) > LOST) {
    self->locked = TRUE;
    self->line = line;
    self->offset_ns += error_ns;
    error_ns = 0;
  }
  self->session_ns = session_ns;
  self->shown_ns = shown_ns;
  self->rate = 1 - CLAMP (drift, -DRIFT_MAX, DRIFT_MAX) + self->lead_rate
               - CLAMP ((double) error_ns / CATCH_UP, -CORRECTION_MAX, CORRECTION_MAX);
}

void
lec_clock_servo_set_catch_up (LecClockServo *self, gint64 lead_ns)
{
  gint64 lost_ns = (gint64) self->lead_ns - lead_ns;

  self->lead_wanted_ns = lead_ns;
  if (lost_ns <= 0)
    return;
  self->lead_rate = 0;
  /* what is played from now on is played later, by a clock that goes on as before */
  self->lead_ns = (double) lead_ns;
  self->offset_ns += lost_ns;
}

gint64
lec_clock_servo_get_catch_up (const LecClockServo *self)
{
  return (gint64) self->lead_ns;
}
