/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-layout.h"

#define TIMES 32 /* parity packets that are remembered, and as many before */

void
lec_fec_layout_init (LecFecLayout *self, const LecParity *parity)
{
  *self = (LecFecLayout){
    .used = TRUE,
    .scheme = parity->scheme,
    .stride = parity->group.stride,
    .count = parity->group.stride > 0 ? parity->group.count : 0,
    .heard_ns = G_MININT64,
    .rescued_ns = G_MININT64,
  };
  for (guint i = 0; i < G_N_ELEMENTS (self->lines); i++)
    self->lines[i] = G_MININT64;
  for (guint i = 0; i < G_N_ELEMENTS (self->newest); i++)
    self->newest[i] = G_MININT64;
}

gboolean
lec_fec_layout_matches (const LecFecLayout *self, const LecParity *parity)
{
  return self->used && self->scheme == parity->scheme && self->stride == parity->group.stride
         && (self->stride == 0 || self->count == parity->group.count);
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

/* Index of the line that @number lies in. */
static guint
find_line (const LecFecLayout *self, gint64 number)
{
  return (guint) (number - floor_div (number, self->stride) * self->stride);
}

static void
note_newest (LecFecLayout *self, gint64 base)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->newest); i++) {
    const gint64 other = self->newest[i];

    if (base == other)
      return;
    if (base < other)
      continue;
    self->newest[i] = base;
    base = other;
  }
}

void
lec_fec_layout_note (LecFecLayout *self, gint64 base, gint64 newest, gint64 time_ns, gint64 now_ns)
{
  if (self->stride > 0)
    self->lines[find_line (self, base)] = MAX (self->lines[find_line (self, base)], base);
  note_newest (self, base);
  if (self->times++ == TIMES) {
    self->reach_before = self->reach;
    self->time_before_ns = self->time_ns;
    self->reach = self->time_ns = 0;
    self->times = 1;
  }
  self->reach = MAX (self->reach, newest - base);
  if (time_ns <= LEC_FEC_LONGEST_NS)
    self->time_ns = MAX (self->time_ns, time_ns);
  self->heard_ns = now_ns;
}

gint64
lec_fec_layout_get_reach (const LecFecLayout *self)
{
  return MAX (self->reach, self->reach_before);
}

gint64
lec_fec_layout_get_time (const LecFecLayout *self)
{
  return MAX (self->time_ns, self->time_before_ns);
}

/* The line that protects @number goes on from matrix to matrix, so the base of its parity is known.
 * Parity comes in the order of bases; one may overtake another. */
static gboolean
may_come_in_line (const LecFecLayout *self, gint64 number)
{
  const gint64 period = (gint64) self->stride * self->count;
  const gint64 last = self->lines[find_line (self, number)];
  gint64 base;

  if (last == G_MININT64)
    return TRUE;
  base = last + floor_div (number - last, period) * period;
  return base != last && base > self->newest[G_N_ELEMENTS (self->newest) - 1];
}

gboolean
lec_fec_layout_may_come (const LecFecLayout *self, gint64 number, gint64 newest)
{
  if (newest - number > lec_fec_layout_get_reach (self))
    return FALSE;
  if (self->stride > 0)
    return may_come_in_line (self, number);
  return self->newest[G_N_ELEMENTS (self->newest) - 1] <= number;
}
