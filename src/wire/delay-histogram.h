/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How late do packets of a stream come? What the network adds, learnt as it goes.
 *
 * Of each quarter of a second the worst delay is taken, and a histogram that slowly forgets tells
 * how much time covers nearly all of them. Not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_DELAY_HISTOGRAM_INTERVAL_NS (G_GINT64_CONSTANT (250) * 1000 * 1000)
#define LEC_DELAY_HISTOGRAM_BUCKETS 158

/* A plain struct to be embedded. All fields are private. */
typedef struct
{
  gint64 began_ns; /* the interval at hand */
  gint64 worst_ns; /* of it; -1: nothing has come in it */
  gint64 last_ns;  /* the worst of the one before */
  guint intervals;
  float weights[LEC_DELAY_HISTOGRAM_BUCKETS]; /* sum to 1 once there was an interval */
} LecDelayHistogram;

/* Forgets everything. */
void lec_delay_histogram_init (LecDelayHistogram *self);

/**
 * lec_delay_histogram_note:
 * @delay_ns: how much later than an undelayed packet one came; below 0 counts as 0
 * @now_ns: its arrival
 *
 * Intervals in which nothing comes say nothing.
 *
 * Returns: whether an interval has ended, so that the answers below are new
 */
gboolean lec_delay_histogram_note (LecDelayHistogram *self, gint64 delay_ns, gint64 now_ns);

/* Returns: how many intervals have ended */
guint lec_delay_histogram_count (const LecDelayHistogram *self);

/* Returns: [ns] the worst delay of the last interval */
gint64 lec_delay_histogram_get_worst (const LecDelayHistogram *self);

/**
 * lec_delay_histogram_get_usual:
 *
 * Returns: [ns] what covers the worst delay of 97 in 100 intervals, with a little to spare; 0
 *   before the first interval has ended
 */
gint64 lec_delay_histogram_get_usual (const LecDelayHistogram *self);

/* Returns: [ns] what would have covered all delays of the last minute; 0 as above */
gint64 lec_delay_histogram_get_remembered (const LecDelayHistogram *self);

G_END_DECLS
