/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "score.h"

#include <math.h>

#define SETTLED (2 * SECOND) /* after the first packet; a time line is looked at from then on */
#define EXACT MSECOND        /* closer to the truth than that is on time */
#define BROKEN_MS 30         /* a time line that moves further at once has broken */

static const struct
{
  const char *name;
  double tolerance; /* absolute */
} measures[] = {
  [SCORE_DISORDER] = { "disorder", 0 }, [SCORE_SAVABLE] = { "savable", 0 },
  [SCORE_UNSEEN] = { "unseen", 0 },     [SCORE_MISSED] = { "missed", 0 },
  [SCORE_BEHIND] = { "behind", 0 },     [SCORE_HOLD] = { "hold", 0.05 },
  [SCORE_HOLD_P99] = { "p99", 0.1 },    [SCORE_HOLD_MOST] = { "most", 0.1 },
  [SCORE_ERROR] = { "error", 0.1 },     [SCORE_ERROR_SD] = { "sd", 0.1 },
  [SCORE_STEP] = { "step", 0.1 },       [SCORE_START] = { "start", 0.1 },
  [SCORE_REBASES] = { "rebases", 0 },
};

const char *
score_name (ScoreMeasure measure)
{
  return measures[measure].name;
}

gboolean
score_is_worse (const Score *ours, const Score *peers, ScoreMeasure measure)
{
  return ours->is[measure] > peers->is[measure] + measures[measure].tolerance;
}

static const Delivery *
delivery_at (const Playback *playback, guint index)
{
  return &g_array_index (playback->deliveries, Delivery, index);
}

/* -- what came out -- */

static void
score_order (Score *score, const Playback *playback)
{
  gint64 last = -1;

  for (guint i = 0; i < playback->deliveries->len; i++) {
    gint64 number = delivery_at (playback, i)->arrival.number;

    score->is[SCORE_DISORDER] += number <= last;
    last = MAX (last, number);
  }
}

/* How it began is told by other measures. */
static gboolean
is_behind (const Delivery *delivery, gint64 settled_ns)
{
  gint64 due_ns = delivery->arrival.truth_ns + delivery->latency_ns;

  return delivery->arrival.truth_ns >= settled_ns && delivery->out_ns > due_ns + EXACT;
}

static void
score_loss (Score *score, const Playback *playback, const Trace *trace, guint sent, gint64 patience)
{
  g_autofree guint8 *out = g_new0 (guint8, trace->sent);
  gint64 settled_ns = trace_at (trace, 0)->arrival_ns + SETTLED;
  guint shown = 0;

  for (guint i = 0; i < playback->deliveries->len; i++) {
    const Delivery *delivery = delivery_at (playback, i);
    gboolean in_time = delivery->out_ns <= delivery->pts_ns + delivery->latency_ns;

    if (out[delivery->arrival.number]++)
      continue;
    shown += in_time;
    score->is[SCORE_MISSED] += !in_time;
    score->is[SCORE_BEHIND] += is_behind (delivery, settled_ns);
  }
  score->is[SCORE_UNSEEN] = (double) sent - shown;
  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);

    if (out[arrival->number] || arrival->arrival_ns > arrival->truth_ns + patience)
      continue;
    score->is[SCORE_SAVABLE]++;
    out[arrival->number] = 1; /* once, if it comes again */
  }
}

/* -- when -- */

static int
compare_times (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
score_hold (Score *score, const Playback *playback)
{
  guint n = playback->deliveries->len;
  g_autofree gint64 *holds = g_new (gint64, n);
  double sum = 0;

  for (guint i = 0; i < n; i++) {
    const Delivery *delivery = delivery_at (playback, i);

    holds[i] = delivery->out_ns - delivery->arrival.arrival_ns;
    sum += (double) holds[i];
  }
  qsort (holds, n, sizeof holds[0], compare_times);
  score->is[SCORE_HOLD] = sum / n / MSECOND;
  score->is[SCORE_HOLD_P99] = (double) holds[(n - 1) * 99 / 100] / MSECOND;
  score->is[SCORE_HOLD_MOST] = (double) holds[n - 1] / MSECOND;
}

/* -- with which time -- */

static void
score_error (Score *score, const Playback *playback, gint64 settled_ns)
{
  double sum = 0, squares = 0, at, last = NAN;
  guint n = 0;

  for (guint i = 0; i < playback->deliveries->len; i++) {
    const Delivery *delivery = delivery_at (playback, i);
    double error = (double) (delivery->pts_ns - delivery->arrival.truth_ns) / MSECOND;

    if (delivery->arrival.truth_ns < settled_ns)
      continue;
    at = error + (double) delivery->arrival.route_ns / MSECOND;
    if (!isnan (last)) {
      score->is[SCORE_STEP] = MAX (score->is[SCORE_STEP], fabs (at - last));
      score->is[SCORE_REBASES] += fabs (at - last) > BROKEN_MS;
    }
    last = at;
    sum += error;
    squares += error * error;
    n++;
  }
  if (n == 0)
    return;
  score->mean_error_ms = sum / n;
  score->is[SCORE_ERROR] = fabs (score->mean_error_ms);
  score->is[SCORE_ERROR_SD] = sqrt (MAX (squares / n - pow (score->mean_error_ms, 2), 0));
}

Score
score_playback (const Playback *playback, const Trace *trace, guint sent, gint64 latency_ns)
{
  Score score = { .out = playback->deliveries->len };
  gint64 first_ns = trace_at (trace, 0)->arrival_ns;

  score_loss (&score, playback, trace, sent, latency_ns);
  if (score.out == 0)
    return score;
  score_order (&score, playback);
  score_hold (&score, playback);
  score_error (&score, playback, first_ns + SETTLED);
  score.is[SCORE_START] = (double) (delivery_at (playback, 0)->out_ns - first_ns) / MSECOND;
  return score;
}
