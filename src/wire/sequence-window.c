/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sequence-window.h"

#include <string.h>

void
lec_sequence_window_init (LecSequenceWindow *self, gint64 next)
{
  memset (self, 0, sizeof *self);
  self->newest = next - 1;
}

/* Above the newest, a bit still stands for a number that is a whole span lower. */
static gboolean
is_known (const LecSequenceWindow *self, gint64 sequence)
{
  return sequence <= self->newest && sequence > self->newest - LEC_SEQUENCE_WINDOW_SPAN;
}

static guint64 *
word_of (LecSequenceWindow *self, gint64 sequence, guint64 *mask)
{
  guint bit = (guint) (sequence & (LEC_SEQUENCE_WINDOW_SPAN - 1));

  *mask = G_GUINT64_CONSTANT (1) << (bit % 64);
  return &self->bits[bit / 64];
}

gboolean
lec_sequence_window_contains (const LecSequenceWindow *self, gint64 sequence)
{
  guint bit = (guint) (sequence & (LEC_SEQUENCE_WINDOW_SPAN - 1));

  return is_known (self, sequence) && ((self->bits[bit / 64] >> (bit % 64)) & 1) != 0;
}

void
lec_sequence_window_add (LecSequenceWindow *self, gint64 sequence)
{
  guint64 mask;
  guint64 *word;

  if (sequence > self->newest) {
    for (gint64 i = MAX (self->newest + 1, sequence - LEC_SEQUENCE_WINDOW_SPAN + 1); i < sequence;
         i++) {
      word = word_of (self, i, &mask);
      *word &= ~mask;
    }
    self->newest = sequence;
  }
  if (!is_known (self, sequence))
    return;
  word = word_of (self, sequence, &mask);
  *word |= mask;
}
