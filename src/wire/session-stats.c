/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/session-private.h"

void
lec_session_note_decrypt_failed (LecSession *self, LecPacket *packet, gboolean repeated)
{
  self->stats.received++;
  self->stats.bytes += packet->size;
  if (repeated) {
    self->stats.duplicate++;
    return;
  }
  self->stats.decrypt_failed++;
  self->stats.last_locked_ns = packet->arrival_ns;
  if (!self->format->parse (packet))
    return;
  if (!self->source.locked)
    self->stats.payload = packet->payload_type;
  lec_cipher_check_add (&self->cipher_check, &self->payloads.items[packet->payload_type].cipher,
                        packet);
}

void
lec_session_note_other_station (LecSession *self)
{
  self->stats.other_stations++;
}

void
lec_session_note_local_loss (LecSession *self, guint64 count, gint64 now_ns)
{
  self->stats.lost_local += count;
  lec_source_note_dropped (&self->source, count);
  lec_loss_meter_note_local (&self->loss, count, now_ns);
}

void
lec_session_note_damaged (LecSession *self, guint64 count)
{
  self->stats.lost_local -= MIN (self->stats.lost_local, count);
  self->stats.damaged += count;
}

static LecLocked
find_locked (const LecSession *self)
{
  if (self->cipher_check.looks_clear)
    return LEC_LOCKED_CLEAR;
  return self->cipher_check.looks_encrypted ? LEC_LOCKED_ENCRYPTED : LEC_LOCKED_UNKNOWN;
}

LecStats
lec_session_get_stats (const LecSession *self)
{
  const LecDelayHistogram *delays = lec_playout_stream_get_delays (self->playout);
  LecStats stats = self->stats;

  stats.lost = self->loss.lost;
  stats.discarded += self->source.discarded;
  stats.reordered += lec_jitter_get_reordered (self->jitter);
  stats.drift_ppm = lec_clock_get_drift_ppm (&self->time.clock);
  stats.jitter_ns = self->interarrival.jitter_ns;
  stats.latency_ns = lec_playout_stream_get_latency (self->playout);
  stats.repair_ns = lec_playout_stream_get_repair_time (self->playout);
  stats.wanted_ns = lec_latency_get_needed (delays);
  stats.delay_ns = lec_delay_histogram_get_worst (delays);
  stats.held = lec_jitter_get_length (self->jitter) + lec_source_get_held (&self->source);
  stats.pause_ns = self->habit.longest_ns;
  stats.rest_ns = lec_habit_get_rest (&self->habit, self->stats.last_packet_ns);
  stats.untimed = !lec_stamp_check_runs (&self->time.stamps);
  stats.unnumbered = lec_number_check_is_useless (&self->number_check);
  stats.encrypted = self->has_keys ? FALSE : self->cipher_check.looks_encrypted;
  stats.locked = self->has_keys ? find_locked (self) : LEC_LOCKED_UNKNOWN;
  if (self->msb != NULL)
    lec_msb_intake_read (self->msb, &stats);
  lec_repair_intake_read (&self->repair, &stats);
  lec_control_read (&self->control, &self->source, &stats);
  lec_leg_meter_read (self->legs, LEC_STATS_LEGS, stats.legs);
  return stats;
}

void
lec_session_read_ts (const LecSession *self, gint64 now_ns, LecTsStats *stats)
{
  lec_ts_intake_read (&self->ts, now_ns, stats);
}
