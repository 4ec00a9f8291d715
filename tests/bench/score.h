/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a playback was worth: measured from what came out and when, never from what the receiver
 * says of itself, so that both are measured alike. */
#pragma once

#include "playback.h"

/* Measures for which less is better. Times in ms. */
typedef enum {
  SCORE_DISORDER, /* packets out behind a later one, or twice; must be 0 */
  SCORE_SAVABLE,  /* packets that came a head-room before they were due, not delivered; must be 0 */
  SCORE_UNSEEN,   /* packets sent and not shown: lost, dropped, or out too late for the sink */
  SCORE_MISSED,   /* of those, the ones that came out too late for the sink */
  SCORE_BEHIND,   /* packets out later than truth + latency, whatever their PTS, once settled */
  SCORE_HOLD,     /* from arrival to output, mean */
  SCORE_HOLD_P99, /* of a hundred packets the one held second longest */
  SCORE_HOLD_MOST, /* the longest */
  SCORE_ERROR,     /* PTS less the truth: mean, without its sign */
  SCORE_ERROR_SD,  /* standard deviation */
  SCORE_STEP,      /* furthest that the error moved from one frame to the next */
  SCORE_START,     /* from the first arrival to the first output */
  SCORE_REBASES,   /* times that the time line broke, by more than a frame or two */
  SCORE_MEASURES,
} ScoreMeasure;

typedef struct
{
  double is[SCORE_MEASURES];
  double mean_error_ms; /* with its sign */
  guint64 out;          /* [packets] */
} Score;

/* Short, for the head of a column. */
const char *score_name (ScoreMeasure measure);
/* @sent: packets of the trace, lost ones included. @latency_ns: what a packet may be waited for. */
Score score_playback (const Playback *playback, const Trace *trace, guint sent, gint64 latency_ns);
/* Whether @ours is worse than @peers by more than what a measurement in virtual time may be off. */
gboolean score_is_worse (const Score *ours, const Score *peers, ScoreMeasure measure);
