/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/timing.h"

#include "wire/clock-servo.h"

#define SKIP (5 * (gint64) GST_MSECOND) /* ten times a second */
#define RATE_SCALE 1000000000           /* a clock's rate is a fraction */

struct _LecTiming
{
  GMutex mutex;
  GstClock *sender_clock;
  LecClockServo servo; /* from its internal to its shown time */
  GstClock *clock;     /* (nullable) the pipeline's */
  GstClockTime base_time;
  gint64 latency_ns; /* the pipeline's */
  gint64 needed_ns;  /* by reception; not more than that */
};

LecTiming *
lec_timing_new (void)
{
  LecTiming *self = g_new0 (LecTiming, 1);

  g_mutex_init (&self->mutex);
  self->sender_clock = g_object_new (GST_TYPE_SYSTEM_CLOCK, "name", "lectern-sender", "clock-type",
                                     GST_CLOCK_TYPE_MONOTONIC, NULL);
  gst_object_ref_sink (self->sender_clock);
  lec_clock_servo_init (&self->servo);
  return self;
}

void
lec_timing_free (LecTiming *self)
{
  if (self == NULL)
    return;

  gst_clear_object (&self->clock);
  gst_clear_object (&self->sender_clock);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

GstClock *
lec_timing_get_sender_clock (LecTiming *self)
{
  return self->sender_clock;
}

static gboolean
follows_sender (const LecTiming *self)
{
  return self->clock == self->sender_clock;
}

void
lec_timing_open (LecTiming *self, gint64 latency_ns)
{
  g_mutex_lock (&self->mutex);
  self->latency_ns = latency_ns;
  self->needed_ns = latency_ns;
  lec_clock_servo_set_catch_up (&self->servo, 0);
  g_mutex_unlock (&self->mutex);
}

void
lec_timing_begin (LecTiming *self, GstClock *clock, GstClockTime base_time)
{
  GstClock *before;

  if (clock != NULL) {
    gst_object_ref (clock);
  } else {
    clock = gst_system_clock_obtain ();
    base_time = gst_clock_get_time (clock);
  }
  g_mutex_lock (&self->mutex);
  before = self->clock;
  self->clock = clock;
  self->base_time = base_time;
  g_mutex_unlock (&self->mutex);
  gst_clear_object (&before);
}

gboolean
lec_timing_follows_sender (LecTiming *self)
{
  gboolean follows;

  g_mutex_lock (&self->mutex);
  follows = follows_sender (self);
  g_mutex_unlock (&self->mutex);
  return follows;
}

static gint64
now (LecTiming *self)
{
  if (self->clock == NULL)
    return 0;
  if (follows_sender (self))
    return (gint64) gst_clock_get_internal_time (self->clock);
  return GST_CLOCK_DIFF (self->base_time, gst_clock_get_time (self->clock));
}

gint64
lec_timing_now (LecTiming *self)
{
  gint64 now_ns;

  g_mutex_lock (&self->mutex);
  now_ns = now (self);
  g_mutex_unlock (&self->mutex);
  return now_ns;
}

void
lec_timing_get_map (LecTiming *self, LecTimeMap *map)
{
  gint64 now_ns;

  g_mutex_lock (&self->mutex);
  now_ns = now (self);
  *map = (LecTimeMap){ .position_ns = now_ns - self->needed_ns, .rate = 1 };
  if (follows_sender (self)) {
    map->session_ns = now_ns;
    map->running_ns = lec_clock_servo_to_played (&self->servo, now_ns) - (gint64) self->base_time;
    map->rate = lec_clock_servo_get_played_rate (&self->servo);
  }
  g_mutex_unlock (&self->mutex);
}

gint64
lec_time_map_apply (const LecTimeMap *map, gint64 session_ns)
{
  gint64 since_ns = session_ns - map->session_ns;

  /* apart, so that what is exact at a rate of 1 stays exact */
  return map->running_ns + since_ns + (gint64) ((double) since_ns * (map->rate - 1));
}

void
lec_timing_follow (LecTiming *self, const LecSenderTime *time, gint64 now_ns)
{
  g_mutex_lock (&self->mutex);
  if (follows_sender (self)) {
    lec_clock_servo_update (&self->servo, now_ns, time->media_ns, time->drift, time->epoch);
    gst_clock_set_calibration (
        self->sender_clock, (GstClockTime) now_ns,
        (GstClockTime) lec_clock_servo_to_shown (&self->servo, now_ns),
        (GstClockTime) (lec_clock_servo_get_rate (&self->servo) * RATE_SCALE), RATE_SCALE);
  }
  g_mutex_unlock (&self->mutex);
}

gboolean
lec_timing_set_playout (LecTiming *self, const LecPlayout *playout)
{
  gint64 latency_ns = playout->latency_ns;
  gboolean smooth = playout->automatic && playout->smooth;
  gboolean changed;

  g_mutex_lock (&self->mutex);
  smooth &= follows_sender (self);
  changed = smooth ? latency_ns > self->latency_ns : latency_ns != self->latency_ns;
  if (changed)
    self->latency_ns = latency_ns;
  self->needed_ns = latency_ns;
  lec_clock_servo_set_skip (&self->servo, playout->quick ? SKIP : 0);
  lec_clock_servo_set_catch_up (&self->servo, self->latency_ns - latency_ns);
  g_mutex_unlock (&self->mutex);
  return changed;
}

gint64
lec_timing_get_latency (LecTiming *self)
{
  gint64 latency_ns;

  g_mutex_lock (&self->mutex);
  latency_ns = self->latency_ns;
  g_mutex_unlock (&self->mutex);
  return latency_ns;
}

gint64
lec_timing_get_delay (LecTiming *self)
{
  gint64 delay_ns;

  g_mutex_lock (&self->mutex);
  delay_ns = self->latency_ns - lec_clock_servo_get_catch_up (&self->servo);
  g_mutex_unlock (&self->mutex);
  return delay_ns;
}
