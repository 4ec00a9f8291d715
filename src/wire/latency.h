/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far behind the network is a stream to be shown? As little as the network allows.
 *
 * The latency grows as soon as packets come too late for it, and shrinks only when much less has
 * been enough for long: a change is seen and heard, so it happens where something was to be seen
 * or heard anyway. Knows no clock; not thread-safe. */
#pragma once

#include "wire/delay-histogram.h"

G_BEGIN_DECLS

#define LEC_LATENCY_AUTO G_GINT64_CONSTANT (-1)                  /* as needed */
#define LEC_LATENCY_FIRST_NS (150 * G_GINT64_CONSTANT (1000000)) /* before anything is known */
#define LEC_LATENCY_FIRST_WIRELESS_NS (250 * G_GINT64_CONSTANT (1000000))
#define LEC_LATENCY_LEAST_NS (20 * G_GINT64_CONSTANT (1000000))
#define LEC_LATENCY_MOST_NS (2000 * G_GINT64_CONSTANT (1000000))

/* A plain struct to be embedded. All fields are private. */
typedef struct
{
  gboolean automatic;
  gboolean smooth, quick;
  gboolean proven; /* it was too low at some time: what it is now is no guess */
  gint64 latency_ns;
  guint growths;     /* that have proven so */
  gint64 changed_ns; /* when it last grew */
  gint64 late_ns;    /* when a packet last came too late; G_MININT64: never */
  gint64 near_ns;    /* when one last came nearly too late */
  gint64 ample_ns;   /* since when much less would do; G_MAXINT64: it would not */
} LecLatency;

/**
 * lec_latency_init:
 * @latency_ns: a fixed one, or %LEC_LATENCY_AUTO
 * @first_ns: what to begin with where it is automatic
 */
void lec_latency_init (LecLatency *self, gint64 latency_ns, gint64 first_ns);

/**
 * lec_latency_set_smooth:
 *
 * Whether a lower latency can be reached without anybody noticing. Then what it began with, which
 * is a guess, is left as soon as something is known.
 */
void lec_latency_set_smooth (LecLatency *self, gboolean smooth);

/**
 * lec_latency_set_quick:
 *
 * Whether it can even be reached in seconds. Then the guess is left after one, where the network is
 * clean, to a latency with room for twice the worst delay so far; and after some where it is not.
 * What it has grown to is tried to be left after a minute, and each time twice as long is waited.
 */
void lec_latency_set_quick (LecLatency *self, gboolean quick);

/* What it is now is a guess again. */
void lec_latency_doubt (LecLatency *self);

/* Notes that a packet came too late to be shown in time. */
void lec_latency_note_late (LecLatency *self, gint64 now_ns);

/**
 * lec_latency_update:
 * @delay: what is known of the delays; an interval has just ended
 * @now_ns: never before that of an earlier call
 */
void lec_latency_update (LecLatency *self, const LecDelayHistogram *delay, gint64 now_ns);

/**
 * lec_latency_note_break:
 * @delay: as above
 *
 * Something is missing or begins anew: whoever watches sees a break in any case, and would not
 * notice a lower latency more than that.
 */
void lec_latency_note_break (LecLatency *self, const LecDelayHistogram *delay, gint64 now_ns);

/* Returns: [ns] from arrival of an undelayed packet to its play-out */
gint64 lec_latency_get (const LecLatency *self);

/* Returns: [ns] the latency that would do now, as far as is known */
gint64 lec_latency_get_needed (const LecDelayHistogram *delay);

G_END_DECLS
