/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Follows the sender's clock with one of our own, gently.
 *
 * Who plays by the sender's clock never runs dry and never overflows: the sound card is adapted by
 * a sample now and then, and nothing jumps. The time that such a clock shows ("shown time") is a
 * function of session time that is continuous and never goes back; its rate is that of the sender,
 * with a small correction that keeps the two together. It can also run a little fast for a while,
 * so that what is being played comes nearer to the present without anybody noticing: the catch-up.
 * Knows no clock itself; not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain struct to be embedded. All fields are private. */
typedef struct
{
  gint64 session_ns, shown_ns; /* a moment */
  double rate;                 /* [s shown/s of session time] from there on */
  gboolean locked;             /* to an epoch of the sender */
  guint epoch;
  gint64 offset_ns; /* from the sender's time to shown time, catch-up not counted */
  double catch_up_ns;
  double catch_up_rate; /* [s/s] that it grows by */
  gint64 catch_up_wanted_ns;
  gint64 skip_ns; /* most of it that is gained with each update; 0: only by the rate */
} LecClockServo;

/* Begins with shown time equal to session time. */
void lec_clock_servo_init (LecClockServo *self);

/**
 * lec_clock_servo_update:
 * @session_ns: now; never before that of an earlier call
 * @sender_ns: what the sender's clock says now, from any origin
 * @drift: how much slower it runs [s/s]
 * @epoch: another number where @sender_ns has another origin than before
 *
 * To be called now and then, about twice a second.
 */
void lec_clock_servo_update (LecClockServo *self,
                             gint64 session_ns,
                             gint64 sender_ns,
                             double drift,
                             guint epoch);

/* Session time to shown time; exact for moments near the last update. */
gint64 lec_clock_servo_to_shown (const LecClockServo *self, gint64 session_ns);

/* Returns: [s/s] the rate in force */
double lec_clock_servo_get_rate (const LecClockServo *self);

/* The shown time at which something is to be played that would be due at @session_ns: less the
 * catch-up. Runs as the sender's time does, also while more of it is being gained. */
gint64 lec_clock_servo_to_played (const LecClockServo *self, gint64 session_ns);

/* Returns: [s/s] the rate of that */
double lec_clock_servo_get_played_rate (const LecClockServo *self);

/**
 * lec_clock_servo_set_catch_up:
 * @catch_up_ns: how much earlier things are to be played than at their shown time; 0 or more
 *
 * More of it is gained slowly, a millisecond each second. Less is there at once: who needs time
 * needs it now.
 */
void lec_clock_servo_set_catch_up (LecClockServo *self, gint64 catch_up_ns);

/**
 * lec_clock_servo_set_skip:
 * @skip_ns: how much is gained with each update at once, what is played later being played so much
 *   earlier; 0: catch-up is only gained slowly, as above
 *
 * The clock goes on as before.
 */
void lec_clock_servo_set_skip (LecClockServo *self, gint64 skip_ns);

/* Returns: [ns] the catch-up as of the last update */
gint64 lec_clock_servo_get_catch_up (const LecClockServo *self);

G_END_DECLS
