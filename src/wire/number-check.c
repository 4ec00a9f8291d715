/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/number-check.h"

#include "wire/serial.h"
#include "wire/units.h"

#define SAME_COUNT 64  /* more copies of one packet than a network makes */
#define MOVING_COUNT 8 /* with time stamps of their own they are no copies */
#define STEP_COUNT 64  /* losses so even are none */
#define RIGHT_COUNT 64 /* then they are right after all */
#define SILENT SECOND  /* then another sender is looked at */

static void
begin (LecNumberCheck *self, const LecPacket *packet)
{
  *self = (LecNumberCheck){ .ssrc = packet->ssrc, .sender = packet->sender };
}

static void
count (LecNumberCheck *self, gint32 step, gboolean moves)
{
  if (step != self->step) {
    self->alike = 0;
    self->moving = 0;
  }
  self->step = step;
  self->alike++;
  self->moving += moves;
}

static gboolean
is_useless (const LecNumberCheck *self)
{
  if (self->step == 1)
    return self->useless && self->alike < RIGHT_COUNT;
  if (self->step == 0)
    return self->useless || self->alike >= SAME_COUNT || self->moving >= MOVING_COUNT;
  return self->useless || self->alike >= STEP_COUNT;
}

void
lec_number_check_apply (LecNumberCheck *self, const LecFormat *format, LecPacket *packet)
{
  guint32 sequence = packet->sequence;

  if (packet->ssrc != self->ssrc || packet->sender != self->sender || !self->running) {
    if (self->running && packet->arrival_ns - self->arrival_ns < SILENT)
      return;
    begin (self, packet);
  } else {
    gboolean was_useless = self->useless;

    count (self, lec_serial_diff (self->sequence, sequence, format->number_bits),
           packet->timestamp != self->timestamp);
    self->useless = is_useless (self);
    if (self->useless && !was_useless)
      self->next = sequence + 1;
  }
  self->running = TRUE;
  self->sequence = sequence;
  self->timestamp = packet->timestamp;
  self->arrival_ns = packet->arrival_ns;
  if (self->useless && format->renumber != NULL)
    format->renumber (packet, self->next++);
}
