/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/inband-parity.h"

#define STEADY 4 /* such distances are no chance */

void
lec_inband_parity_init (LecInbandParity *self)
{
  self->every = self->steady = 0;
  self->newest = G_MININT64 / 2;
}

void
lec_inband_parity_begin (LecInbandParity *self, gint64 number)
{
  lec_sequence_window_init (&self->numbers, number);
}

/* What is lost of parity makes a distance a multiple. */
void
lec_inband_parity_note (LecInbandParity *self, gint64 number)
{
  const gint64 distance = number - self->newest;

  if (distance <= 0)
    return;
  self->newest = number;
  if (self->every > 1 && distance % self->every == 0) {
    self->steady = MIN (self->steady + 1, STEADY);
    return;
  }
  self->every = distance;
  self->steady = 0;
}

void
lec_inband_parity_mark (LecInbandParity *self, gint64 first, gint64 end)
{
  for (gint64 number = first; number < end; number++)
    lec_sequence_window_add (&self->numbers, number);
}

static gboolean
is_due (const LecInbandParity *self, gint64 number)
{
  return self->steady == STEADY && (number - self->newest) % self->every == 0;
}

gboolean
lec_inband_parity_had (const LecInbandParity *self, gint64 first, gint64 end)
{
  if (end - first > LEC_INBAND_PARITY_RUN)
    return FALSE;
  for (gint64 number = first; number < end; number++) {
    if (!lec_sequence_window_contains (&self->numbers, number) && !is_due (self, number))
      return FALSE;
  }
  return TRUE;
}
