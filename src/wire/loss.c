/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/loss.h"

#include "wire/units.h"

#define LOCAL_LONG (2 * SECOND)   /* what the kernel dropped shows as a gap by then, or never */
#define JOIN_TIME (100 * MSECOND) /* so far packets overtake each other */
#define JOIN_COUNT 8              /* packets among which two in a row are looked for */

void
lec_loss_meter_join (LecLossMeter *self)
{
  *self = (LecLossMeter){ .lost = self->lost };
}

/* Numbers are counted from where two came in a row (RFC 3550, appendix A.1). Where packets overtake
 * each other, those that were overtaken on their way here are followed by holes for a while. */
void
lec_loss_meter_note_packet (LecLossMeter *self, gint64 sequence, gint64 arrival_ns)
{
  if (self->count == 0) {
    self->first_ns = arrival_ns;
    self->base = self->newest = self->lowest = sequence;
  }
  if (self->count >= JOIN_COUNT && arrival_ns - self->first_ns > JOIN_TIME)
    return;

  self->count++;
  self->lowest = MIN (self->lowest, sequence);
  if (sequence == self->newest + 1 && !self->in_sequence) {
    self->in_sequence = TRUE;
    self->base = self->newest;
  }
  self->out_of_order |= sequence < self->newest;
  self->newest = MAX (self->newest, sequence);
  if (self->out_of_order && arrival_ns - self->first_ns <= JOIN_TIME) {
    self->base = self->newest;
    self->lost -= self->lost_at_join;
    self->lost_at_join = 0;
  }
}

gboolean
lec_loss_meter_is_before_join (const LecLossMeter *self, gint64 sequence)
{
  return sequence < self->lowest;
}

void
lec_loss_meter_note_local (LecLossMeter *self, guint64 count, gint64 now_ns)
{
  self->local += count;
  self->local_ns = now_ns;
}

void
lec_loss_meter_note_gap (LecLossMeter *self, const LecGap *gap, gint64 latency_ns, gint64 now_ns)
{
  guint64 before = (guint64) CLAMP (self->base - gap->first, 0, (gint64) gap->count);
  guint64 missing = gap->count - before;
  guint64 local;

  /* another leg has brought them: what is missing now is another loss */
  if (now_ns - self->local_ns > LOCAL_LONG + latency_ns)
    self->local = 0;
  local = MIN (missing, self->local);
  self->local -= local;
  self->lost += missing - local;
  if (now_ns - self->first_ns <= JOIN_TIME)
    self->lost_at_join += missing - local;
}

void
lec_loss_meter_note_late (LecLossMeter *self, gint64 sequence)
{
  if (self->lost == 0 || sequence < self->base)
    return;
  self->lost--;
  self->lost_at_join -= MIN (self->lost_at_join, 1);
}
