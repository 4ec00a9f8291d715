/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/leg-meter.h"

#include "wire/units.h"

#define SMOOTHING 64
#define DEAD SECOND /* so silent while others go on, a leg misses what they bring */

void
lec_leg_meter_count (LecLegMeter *self, gsize size, gint64 arrival_ns)
{
  self->received++;
  self->bytes += size;
  self->last_ns = arrival_ns;
}

/* Returns: whether its number is ahead of all before */
static gboolean
note_number (LecLegMeter *self, gint64 sequence)
{
  gboolean newest = sequence > self->window.newest;

  if (newest)
    self->missing += (guint64) (sequence - self->window.newest - 1);
  else if (!lec_sequence_window_contains (&self->window, sequence) && self->missing > 0)
    self->missing--;
  lec_sequence_window_add (&self->window, sequence);
  return newest;
}

void
lec_leg_meter_note (LecLegMeter *self,
                    const LecPacket *packet,
                    gint64 media,
                    guint rate,
                    gint64 delay_ns)
{
  if (!self->running) {
    self->running = TRUE;
    self->delay_ns = delay_ns;
    lec_sequence_window_init (&self->window, packet->extended_sequence);
  }
  if (!note_number (self, packet->extended_sequence) || packet->vague)
    return;
  lec_interarrival_note (&self->interarrival, media, rate, packet->arrival_ns);
  self->delay_ns += (delay_ns - self->delay_ns) / SMOOTHING;
}

void
lec_leg_meter_note_aside (LecLegMeter *self, gint64 sequence)
{
  if (self->running)
    note_number (self, sequence);
}

void
lec_leg_meter_break (LecLegMeter *self)
{
  lec_interarrival_break (&self->interarrival);
}

gboolean
lec_leg_meter_may_bring (const LecLegMeter *meters, guint n_meters, gint64 sequence, gint64 now_ns)
{
  for (guint i = 0; i < n_meters; i++) {
    if (meters[i].running && now_ns - meters[i].last_ns <= DEAD
        && meters[i].window.newest < sequence)
      return TRUE;
  }
  return FALSE;
}

void
lec_leg_meter_read (const LecLegMeter *meters, guint n_meters, LecLegStats *stats)
{
  gint64 least_ns = G_MAXINT64, newest_ns = 0, newest = G_MININT64;

  for (guint i = 0; i < n_meters; i++) {
    if (!meters[i].running)
      continue;
    least_ns = MIN (least_ns, meters[i].delay_ns);
    newest_ns = MAX (newest_ns, meters[i].last_ns);
    newest = MAX (newest, meters[i].window.newest);
  }
  for (guint i = 0; i < n_meters; i++) {
    const LecLegMeter *meter = &meters[i];

    stats[i] = (LecLegStats){
      .received = meter->received,
      .bytes = meter->bytes,
      .lost = meter->missing,
      .jitter_ns = meter->interarrival.jitter_ns,
      .skew_ns = meter->running ? meter->delay_ns - least_ns : 0,
      .last_packet_ns = meter->received > 0 ? meter->last_ns : -1,
    };
    if (meter->running && newest_ns - meter->last_ns > DEAD)
      stats[i].lost += (guint64) (newest - meter->window.newest);
  }
}
