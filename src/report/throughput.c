/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/throughput.h"

#include "wire/units.h"

#define LOSSY 0.01  /* of the packets of a second */
#define LEAST 5     /* seconds with losses */
#define SAME 0.04   /* of the highest rate, that those may be below it */
#define VARIED 0.10 /* of what was sent, between those */

typedef struct
{
  double least, most, sum;
} Range;

static void
widen (Range *self, double value)
{
  self->least = self->sum > 0 ? MIN (self->least, value) : value;
  self->most = MAX (self->most, value);
  self->sum += value;
}

static double
find_highest (const LecThroughput *self)
{
  double highest = 0;

  for (guint i = 0; i < MIN (self->n, LEC_THROUGHPUT_SECONDS); i++)
    highest = MAX (highest, self->seconds[i].rate);
  return highest;
}

/* Seconds in which less than that came do not count: what was sent was too much for a part of them
 * only. They may be half of those with losses, or there are other reasons for these. */
static gboolean
find_cap (const LecThroughput *self)
{
  const double least = find_highest (self) * (1 - SAME);
  Range sent = { 0 };
  guint n_lossy = 0, n = 0;

  for (guint i = 0; i < MIN (self->n, LEC_THROUGHPUT_SECONDS); i++) {
    const LecThroughputSecond *second = &self->seconds[i];

    if (second->loss < LOSSY)
      continue;
    n_lossy++;
    if (second->rate < least)
      continue;
    widen (&sent, second->sent);
    n++;
  }
  return n >= LEAST && n * 2 >= n_lossy && (sent.most - sent.least) * n >= sent.sum * VARIED;
}

void
lec_throughput_note (LecThroughput *self, const LecStats *sum, gint64 now_ns)
{
  const double passed = (double) (now_ns - self->then_ns) / (double) SECOND;
  /* what was lost may have come after all, and counters may have begun anew */
  const double received = (double) (gint64) (sum->received - self->received);
  const double lost = MAX ((double) (gint64) (sum->lost - self->lost), 0);
  const double bytes = (double) (gint64) (sum->bytes - self->bytes);

  if (self->then_ns != 0 && passed < 1)
    return;
  /* the first packets came within a second, not all through it */
  if (self->then_ns != 0 && self->received > 0 && received > 0 && bytes > 0) {
    LecThroughputSecond *second = &self->seconds[self->n++ % LEC_THROUGHPUT_SECONDS];

    second->rate = bytes * 8 / passed;
    second->sent = second->rate * (received + lost) / received;
    second->loss = lost / (received + lost);
    self->rate = (guint64) second->rate;
  } else {
    self->n = 0;
    self->rate = 0;
    self->held = 0;
  }
  self->held = find_cap (self) ? LEC_THROUGHPUT_SECONDS : self->held - MIN (self->held, 1);
  self->is_capped = self->held > 0;
  self->then_ns = now_ns;
  self->bytes = sum->bytes;
  self->received = sum->received;
  self->lost = sum->lost;
}
