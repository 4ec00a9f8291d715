/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sender's time line against ours: what local time does an RTP time stamp mean?
 *
 * The network only ever adds delay, so the packets that were delayed least tell the truth: the
 * estimate follows the lower envelope of (arrival - media time) over the last seconds, with the
 * drift of the two clocks fed forward. Knows no clock itself; not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_CLOCK_BUCKETS 600

typedef struct
{
  gint64 least_ns; /* smallest relative delay seen in this bucket */
  gint64 time_ns;  /* when */
  guint samples;   /* seen in it */
} LecClockBucket;

/**
 * LecClock:
 *
 * A plain struct to be embedded. All fields are private.
 */
typedef struct
{
  guint rate; /* [Hz] of media time */
  gboolean running;
  gint64 base_arrival_ns;
  gint64 base_media;

  LecClockBucket buckets[LEC_CLOCK_BUCKETS];
  guint first, count; /* the ring of buckets; the newest is still being filled */
  gint64 past_ns;     /* envelope of all but the newest bucket, as of past_at_ns */
  gint64 past_at_ns;

  gint64 lead_ns;       /* presentation is ahead of what is observed by so much at most */
  gint64 sampled_media; /* highest media time observed */
  gint64 sampled_at_ns;
  double offset_ns;
  double drift; /* seconds gained on us per second */
  gboolean drift_known;
  gboolean stepping; /* the delay has changed at once: the offset follows quickly */

  guint jumps; /* consecutive observations far off, or back in time, that agree with each other */
  gint64 jump_ns;
  gint64 jump_media;
} LecClock;

/**
 * LecClockAnswer:
 * @LEC_CLOCK_STEADY: observed
 * @LEC_CLOCK_REBASED: the time line was found to have jumped; another epoch begins with this packet
 */
typedef enum {
  LEC_CLOCK_STEADY,
  LEC_CLOCK_REBASED,
} LecClockAnswer;

/**
 * lec_clock_init:
 * @rate: [Hz] of media time, not 0
 */
void lec_clock_init (LecClock *self, guint rate);

/* Forgets where media time stands, until it is observed again; what is known of the drift is kept.
 */
void lec_clock_stop (LecClock *self);

/* Whether media time means anything yet. */
static inline gboolean
lec_clock_is_running (const LecClock *self)
{
  return self->running;
}

/* Returns: [Hz] */
static inline guint
lec_clock_get_rate (const LecClock *self)
{
  return self->rate;
}

/* Whether @media is of the epoch that has begun last, if any has. */
gboolean lec_clock_covers (const LecClock *self, gint64 media);

/**
 * lec_clock_rebase:
 *
 * Begins another epoch on which @media means @arrival_ns. What is known of the drift is kept.
 */
void lec_clock_rebase (LecClock *self, gint64 media, gint64 arrival_ns);

/* Some frames are presented up to @lead [1/rate s] later than what is observed, so that they come
 * early; none of them is far for that. */
void lec_clock_set_lead (LecClock *self, gint64 lead);

/**
 * lec_clock_observe:
 * @media: extended time stamp of a packet that arrived in order; where frames are sent in another
 *   order than they are presented in, their time of decoding (wire/decode-order.h)
 * @arrival_ns: never before that of an earlier call by more than the network reorders
 *
 * Only the first packet of each time stamp says anything; others are ignored. Packets that were
 * rebuilt from repair data must not be observed.
 */
LecClockAnswer lec_clock_observe (LecClock *self, gint64 media, gint64 arrival_ns);

/**
 * lec_clock_to_local:
 *
 * Returns: [ns] when an undelayed packet with this time stamp would have arrived
 */
gint64 lec_clock_to_local (const LecClock *self, gint64 media);

/**
 * lec_clock_to_media:
 *
 * Returns: [ns] how much media time has passed at the sender since this epoch began, at a
 *   local time
 */
gint64 lec_clock_to_media (const LecClock *self, gint64 local_ns);

/**
 * lec_clock_get_delay:
 *
 * Returns: [ns] how much later than an undelayed packet this one came
 */
gint64 lec_clock_get_delay (const LecClock *self, gint64 media, gint64 arrival_ns);

/**
 * lec_clock_is_far:
 *
 * Returns: whether a packet came so much later or earlier than it should have that it belongs to
 *   another epoch, or lies
 */
gboolean lec_clock_is_far (const LecClock *self, gint64 media, gint64 arrival_ns);

/* Whether observations of late may mean another epoch, so that what is known may be of the past. */
static inline gboolean
lec_clock_is_doubtful (const LecClock *self)
{
  return self->jumps > 0;
}

/**
 * lec_clock_get_drift_ppm:
 *
 * Returns: how much slower the sender's clock runs than ours [1e-6]; 0 until it is known
 */
double lec_clock_get_drift_ppm (const LecClock *self);

G_END_DECLS
