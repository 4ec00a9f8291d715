/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/session.h"

#include <string.h>

#include "wire/fec-layout.h"
#include "wire/foreign.h"
#include "wire/msb-parity.h"
#include "wire/session-private.h"
#include "wire/units.h"

#define START_VIDEO 4
#define START_AUDIO 2
#define FIRST_RATE 90000 /* [Hz] until a packet tells */
/* Play-out may learn so late that repair takes another time. */
#define REPAIR_CHECK (10 * MSECOND)
#define STALL (500 * MSECOND) /* nothing for so long, and for longer than usual, is a stall */

LecSession *
lec_session_new (const LecStream *stream, const LecSessionConfig *config)
{
  LecSession *self = g_new0 (LecSession, 1);
  guint rate = config->format->clock_rate != 0 ? config->format->clock_rate : FIRST_RATE;

  self->format = config->format;
  self->playout = lec_playout_add (config->playout, stream->media);
  self->n_legs = stream->legs->len;
  lec_payload_table_init (&self->payloads, stream, config->format);
  self->has_keys = stream->keys->len > 0;
  lec_ts_intake_init (&self->ts, self->format, stream);
  if (config->msb != NULL)
    self->msb = lec_msb_intake_new (config->msb);
  self->without_repair = config->without_repair;
  if (!self->without_repair)
    lec_repair_intake_init (&self->repair, stream, config->acquire, config->data);
  self->video = stream->media == LEC_MEDIA_VIDEO;
  self->sync_group = stream->sync_group;
  self->start_count = stream->media == LEC_MEDIA_VIDEO ? START_VIDEO : START_AUDIO;
  self->jitter = lec_jitter_new (self->start_count);
  self->stats.first_packet_ns = -1;
  self->stats.last_packet_ns = -1;
  self->stats.last_report_ns = -1;
  self->stats.last_beacon_ns = self->stats.last_known_ns = self->stats.unknown_since_ns = -1;
  self->held_up_ns = self->repair_check_ns = G_MININT64;
  lec_source_init (&self->source, rate, self->format->number_bits);
  lec_media_time_init (&self->time, rate,
                       stream->media != LEC_MEDIA_AUDIO && !self->format->sent_in_order);
  lec_control_init (&self->control, config->seed);
  return self;
}

void
lec_session_free (LecSession *self)
{
  if (self == NULL)
    return;

  lec_control_clear (&self->control);
  lec_source_clear (&self->source);
  lec_jitter_free (self->jitter);
  lec_ts_intake_clear (&self->ts);
  lec_msb_intake_free (self->msb);
  lec_repair_intake_clear (&self->repair);
  g_free (self);
}

static void
discard (LecSession *self, LecPacket *packet)
{
  self->stats.discarded++;
  lec_packet_release (packet);
}

/* Neither RTP nor a transport stream; as long as nothing else comes it is to be named. */
static void
discard_malformed (LecSession *self, LecPacket *packet)
{
  self->stats.malformed++;
  lec_ts_intake_note_other (&self->ts, packet);
  if (self->stats.out == 0)
    self->stats.foreign = lec_foreign_recognise (self->stats.foreign, packet->data, packet->size);
  discard (self, packet);
}

static void
skip (LecSession *self, LecPacket *packet)
{
  self->stats.aside++;
  lec_packet_release (packet);
}

/* The clock rate of a payload type, 0 when it means nothing here. */
static guint
rate_of (const LecSession *self, guint payload)
{
  if (self->format->clock_rate != 0)
    return self->format->clock_rate;
  if (lec_ts_intake_is_found (&self->ts, payload))
    return lec_format_ts.clock_rate;
  return lec_payload_table_get_rate (&self->payloads, payload);
}

/* What was measured by the times of before means nothing any more. */
static void
break_meters (LecSession *self)
{
  lec_interarrival_break (&self->interarrival);
  for (guint i = 0; i < LEC_SOURCE_LEGS; i++)
    lec_leg_meter_break (&self->legs[i]);
  lec_control_break_time (&self->control);
}

static void
begin_epoch (LecSession *self)
{
  lec_media_time_begin_epoch (&self->time);
  break_meters (self);
}

/* It is the sender that begins it. */
static void
restart (LecSession *self)
{
  self->stats.restarts++;
  begin_epoch (self);
}

/* Another clock rate makes every estimate void. */
static void
check_rate (LecSession *self, guint rate)
{
  if (!lec_media_time_set_rate (&self->time, rate))
    return;
  lec_source_set_rate (&self->source, rate);
  break_meters (self);
}

static void
observe (LecSession *self, const LecPacket *packet)
{
  const gint64 most_ns = lec_playout_stream_get_latency (self->playout)
                         + lec_playout_stream_get_shift (self->playout);

  switch (lec_media_time_observe (&self->time, packet, most_ns,
                                  lec_playout_stream_is_automatic (self->playout),
                                  &self->interarrival)) {
  case LEC_MEDIA_TIME_BEGINS:
    self->stats.restarts++;
    break_meters (self);
    break;
  case LEC_MEDIA_TIME_SHIFTED:
    lec_control_break_time (&self->control);
    break;
  case LEC_MEDIA_TIME_GOES_ON:
  default:
    break;
  }
}

static void
check_stamp (LecSession *self, LecPacket *packet, gboolean newest)
{
  const gboolean pictures
      = self->time.pictures && !lec_ts_intake_is_of (&self->ts, packet->payload_type);

  if (lec_media_time_stamp (&self->time, packet, newest, pictures))
    break_meters (self);
}

/* What comes after it was rebuilt was not lost, only late. */
static void
note_again (LecSession *self, guint32 number, gint64 sequence)
{
  if (self->msb != NULL ? lec_msb_intake_take_back (self->msb, number)
                        : lec_repair_intake_take_back (&self->repair, sequence))
    self->stats.recovered--;
  else
    self->stats.duplicate++;
}

/* Puts the packet in order, and counts what became of it. */
static LecPush
push (LecSession *self, LecPacket *packet)
{
  gint64 sequence = packet->extended_sequence, arrival_ns = packet->arrival_ns;
  guint32 number = packet->sequence;
  LecPush answer = lec_jitter_push (self->jitter, packet);

  if (answer == LEC_PUSH_DUPLICATE) {
    note_again (self, number, sequence);
    return answer;
  }
  lec_loss_meter_note_packet (&self->loss, sequence, arrival_ns);
  lec_control_count (&self->control, &self->source, arrival_ns);
  if (answer == LEC_PUSH_LATE) {
    self->stats.late++;
    lec_loss_meter_note_late (&self->loss, sequence);
  } else if (answer == LEC_PUSH_UNWANTED) {
    self->stats.stale++;
  }
  return answer;
}

static void
queue (LecSession *self, LecPacket *packet)
{
  gint64 arrival_ns = packet->arrival_ns;
  gint64 pts_ns = packet->pts_ns;
  gboolean vague = packet->vague;
  LecPush answer;

  packet->begins_epoch = lec_timeline_is_beginning (&self->time.timeline);
  answer = push (self, packet);
  lec_timeline_note_push (&self->time.timeline, answer, arrival_ns);
  if (answer == LEC_PUSH_QUEUED)
    self->queued_pts_ns = pts_ns;
  if (answer == LEC_PUSH_LATE)
    lec_playout_stream_note_late (self->playout, arrival_ns);
  /* a leg that is always the later one can only fill gaps if there is time for it */
  if (!vague && (answer != LEC_PUSH_DUPLICATE || self->n_legs > 1))
    lec_session_note_delay (self, arrival_ns - pts_ns, arrival_ns);
}

/* So it is known which ones are missing. */
static void
note_number (LecSession *self, const LecPacket *packet)
{
  if (lec_repair_intake_has_retransmission (&self->repair))
    lec_retransmission_note (&self->repair.retransmission, packet->extended_sequence,
                             packet->pts_ns, &self->source, self->playout,
                             lec_control_count_members (&self->control), packet->arrival_ns);
}

/* Takes a packet that is no media: where it is the sender's, its number is no hole. It was sent
 * right behind the newest packet of media, and waits no longer than that. */
static void
set_aside (LecSession *self, LecPacket *packet, guint leg)
{
  const gboolean is_announced
      = packet->role == LEC_ROLE_REPAIR || packet->role == LEC_ROLE_RETRANSMISSION;

  if (self->format->renumber == NULL
      || !lec_source_fill (&self->source, packet, leg, packet->arrival_ns)) {
    if (is_announced) /* it has an SSRC and numbers of its own (RFC 4588, RFC 8627) */
      skip (self, packet);
    else
      discard (self, packet);
    return;
  }
  if (packet->role == LEC_ROLE_REPAIR)
    lec_repair_intake_note_parity (&self->repair, packet->extended_sequence);
  packet->pts_ns = self->queued_pts_ns;
  note_number (self, packet);
  packet->begins_epoch = FALSE;
  lec_leg_meter_note_aside (&self->legs[leg], packet->extended_sequence);
  push (self, packet);
}

/* It is what the sender sent, but its arrival is an accident, and only tells whether it is in time.
 * Parity makes the packet before the join as well, which nobody has lost. */
static gboolean
place_recovered (LecSession *self, LecPacket *packet)
{
  if (!self->format->parse (packet)
      || lec_payload_table_sort (&self->payloads, packet) != LEC_ROLE_MEDIA
      || !lec_clock_is_running (&self->time.clock) || !lec_source_place (&self->source, packet)
      || lec_loss_meter_is_before_join (&self->loss, packet->extended_sequence)
      || rate_of (self, packet->payload_type) != lec_clock_get_rate (&self->time.clock))
    return FALSE;
  packet->begins_epoch = FALSE;
  return lec_media_time_place (&self->time, packet,
                               MAX (LEC_MSB_PARITY_LONGEST_NS, LEC_FEC_LONGEST_NS));
}

static void
feed_recovered (LecSession *self, LecPacket *packet)
{
  const guint32 number = packet->sequence;

  if (!place_recovered (self, packet))
    lec_packet_release (packet);
  else if (lec_jitter_push (self->jitter, packet) == LEC_PUSH_QUEUED)
    self->stats.recovered++;
  else if (self->msb != NULL)
    lec_msb_intake_take_back (self->msb, number);
}

/* Takes what was rebuilt, or sent again. */
static void
take_repaired (LecSession *self, LecPacket *packet, gint64 now_ns)
{
  gint64 number;
  LecPush answer;

  if (!place_recovered (self, packet)
      || !lec_repair_intake_is_missing (&self->repair, packet->extended_sequence)) {
    lec_packet_release (packet);
    return;
  }
  number = packet->extended_sequence;
  lec_repair_intake_note (&self->repair, packet);
  answer = lec_jitter_push (self->jitter, packet);
  self->stats.recovered += answer == LEC_PUSH_QUEUED;
  if (answer != LEC_PUSH_QUEUED && answer != LEC_PUSH_LATE)
    return;
  lec_repair_intake_note_result (&self->repair, number, answer == LEC_PUSH_LATE, now_ns);
  self->repair_check_ns = now_ns;
}

/* Rebuilds what can be, which may be of use to rebuild more. */
static void
repair (LecSession *self, gint64 now_ns)
{
  LecPacket *packet;

  while ((packet = lec_repair_intake_take (&self->repair, self->source.ssrc,
                                           lec_source_get_sender (&self->source), now_ns))
         != NULL)
    take_repaired (self, packet, now_ns);
  if (self->msb != NULL || now_ns < self->repair_check_ns)
    return;
  self->repair_check_ns = now_ns + REPAIR_CHECK;
  lec_playout_stream_set_repair_time (self->playout,
                                      lec_repair_intake_get_time (&self->repair, now_ns));
}

/* Takes a packet of the current source. @newest: it is ahead of all before. */
static void
admit (LecSession *self, LecPacket *packet, guint leg, gboolean newest)
{
  const gint64 now_ns = packet->arrival_ns;
  guint rate = rate_of (self, packet->payload_type);
  LecPacket *rebuilt;

  if (rate != lec_clock_get_rate (&self->time.clock) && !newest
      && lec_clock_is_running (&self->time.clock)) {
    discard (self, packet); /* from before another rate: its time means nothing any more */
    return;
  }
  check_rate (self, rate);
  if (!newest && lec_timeline_is_behind (&self->time.timeline, packet)) {
    lec_source_rewind (&self->source, packet);
    lec_clock_stop (&self->time.clock);
    lec_stamp_check_begin (&self->time.stamps);
    restart (self);
  }
  check_stamp (self, packet, newest);
  if ((newest && !packet->vague) || !lec_clock_is_running (&self->time.clock))
    observe (self, packet);
  if (newest && self->format->clock_rate == 0 && !self->has_keys)
    lec_cipher_check_add (&self->cipher_check, &self->payloads.items[packet->payload_type].cipher,
                          packet);
  self->stats.payload = packet->payload_type;
  self->stats.found = lec_ts_intake_get_found (&self->ts, packet);
  packet->pts_ns = lec_media_time_present (&self->time, packet);
  lec_leg_meter_note (&self->legs[leg], packet,
                      lec_decode_order_find (&self->time.order, packet->media_time),
                      lec_clock_get_rate (&self->time.clock), packet->arrival_ns - packet->pts_ns);
  rebuilt = self->msb != NULL ? lec_msb_intake_note (self->msb, packet) : NULL;
  lec_repair_intake_note (&self->repair, packet);
  note_number (self, packet);
  queue (self, packet);
  if (rebuilt != NULL)
    feed_recovered (self, rebuilt);
  repair (self, now_ns);
}

/* Takes what the source has held back until it was known whose it is. */
static void
admit_held (LecSession *self)
{
  LecPacket *packet;
  guint leg;

  while ((packet = lec_source_take (&self->source, &leg)) != NULL)
    admit (self, packet, leg, TRUE);
  self->held = TRUE;
}

static void
feed_numbered (LecSession *self, LecPacket *packet, guint leg)
{
  gint64 highest = self->source.highest;
  gboolean was_locked = self->source.locked;

  switch (lec_source_check (&self->source, packet, leg, packet->arrival_ns)) {
  case LEC_SOURCE_CURRENT:
    self->stats.ssrc = self->source.ssrc;
    admit (self, packet, leg, self->source.highest != highest);
    break;
  case LEC_SOURCE_HELD_BACK:
    break;
  case LEC_SOURCE_CONFIRMED:
    admit_held (self);
    break;
  case LEC_SOURCE_CHANGED:
    self->stats.ssrc = self->source.ssrc;
    self->time.stamps = (LecStampCheck){ 0 };
    if (was_locked) {
      lec_clock_stop (&self->time.clock);
      restart (self);
    }
    self->cipher_check = (LecCipherCheck){ 0 };
    if (self->msb != NULL)
      lec_msb_intake_reset (self->msb);
    lec_repair_intake_reset (&self->repair);
    admit_held (self);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Packets without header have no number and no time of their own. What time is inside is the
 * business of the demultiplexer. */
static void
feed_bare (LecSession *self, LecPacket *packet)
{
  const gboolean goes_on = lec_ts_intake_take_bare (&self->ts, &self->source, packet);
  LecTsPiece piece;

  if (lec_source_check_bare (&self->source, packet, packet->arrival_ns) != LEC_SOURCE_CURRENT)
    return;
  if (!goes_on && lec_ts_intake_begin_bare (&self->ts, packet))
    restart (self);
  self->stats.payload = packet->payload_type;
  self->stats.found = lec_ts_intake_get_found (&self->ts, packet);
  piece = lec_ts_intake_place_bare (&self->ts, packet);
  if (piece == LEC_TS_PIECE_WHOLE) {
    lec_source_accept_bare (&self->source, packet);
    queue (self, packet);
    return;
  }
  *(piece == LEC_TS_PIECE_MERGED ? &self->stats.merged : &self->stats.duplicate) += 1;
  lec_packet_release (packet);
}

/* @packet: parsed, and none of our stream */
static void
note_other (LecSession *self, const LecPacket *packet)
{
  if (!lec_source_is_host (&self->source, packet))
    return;
  lec_repair_intake_note_other (&self->repair, packet);
  repair (self, packet->arrival_ns);
}

static void
feed_media (LecSession *self, LecPacket *packet, guint leg)
{
  if (lec_ts_intake_look (&self->ts, packet))
    self->payloads.items[packet->payload_type].cipher = (LecCipherFormat){ 0 };
  if (rate_of (self, packet->payload_type) == 0) {
    self->stats.last_strange_ns = packet->arrival_ns;
    self->stats.strange = packet->payload_type;
    if (!self->source.locked) /* so that somebody can say what it is that nobody announced */
      self->stats.payload = packet->payload_type;
    packet->role = LEC_ROLE_ASIDE;
    set_aside (self, packet, leg);
    return;
  }
  self->stats.last_media_ns = packet->arrival_ns;
  if (lec_repair_intake_wants_others (&self->repair) && packet->ssrc != self->source.ssrc)
    note_other (self, packet);
  feed_numbered (self, packet, leg);
}

/* Where something is missing, play-out waits for what repairs. */
static void
feed_parity (LecSession *self, LecPacket *packet)
{
  LecPacket *rebuilt = lec_msb_intake_repair (self->msb, packet);
  const gint64 repair_ns = lec_msb_intake_get_repair_time (self->msb);

  if (repair_ns > 0)
    lec_playout_stream_set_repair_time (self->playout, repair_ns);
  if (rebuilt != NULL)
    feed_recovered (self, rebuilt);
}

/* Another stream of the same sender: its numbers and times may begin anywhere. Where numbers go on,
 * what is missing in between may still come. */
static void
begin_stream (LecSession *self, const LecPacket *first, guint leg)
{
  if (lec_msb_intake_has_skipped (self->msb) || !lec_source_is_next (&self->source, first))
    lec_source_begin_anew (&self->source, first, leg, first->arrival_ns);
  lec_clock_stop (&self->time.clock);
  self->time.stamps = (LecStampCheck){ 0 };
  begin_epoch (self);
  lec_msb_intake_begin (self->msb, first);
}

/* It was overtaken by another stream, whose time line knows nothing of it. */
static void
feed_behind (LecSession *self, LecPacket *packet)
{
  lec_source_place (&self->source, packet);
  packet->pts_ns = self->before_pts_ns;
  packet->begins_epoch = FALSE;
  push (self, packet);
}

static void
feed_msb (LecSession *self, LecPacket *packet, guint leg)
{
  const gboolean is_ours = lec_source_is_sender (&self->source, packet, leg, packet->arrival_ns);

  switch (lec_msb_intake_sort (self->msb, packet, is_ours)) {
  case LEC_MSB_SWITCH:
    self->before_pts_ns = self->queued_pts_ns;
    begin_stream (self, packet, leg);
    feed_numbered (self, packet, leg);
    break;
  case LEC_MSB_MEDIA:
    feed_numbered (self, packet, leg);
    break;
  case LEC_MSB_BEHIND:
    feed_behind (self, packet);
    break;
  case LEC_MSB_PARITY:
    feed_parity (self, packet);
    break;
  case LEC_MSB_ASIDE:
    skip (self, packet);
    break;
  case LEC_MSB_MALFORMED:
    discard_malformed (self, packet);
    break;
  case LEC_MSB_STRAY:
  case LEC_MSB_HASTY:
  default:
    discard (self, packet);
    break;
  }
}

/* Parity comes from the host that the media come from. */
static void
add_parity (LecSession *self, const LecPacket *packet, LecRepairScheme scheme)
{
  if (!self->without_repair && lec_source_is_host (&self->source, packet))
    lec_repair_intake_add (&self->repair, scheme, packet, self->source.ssrc);
}

/* Takes what it was announced for as if it had been rebuilt. */
static void
feed_retransmission (LecSession *self, LecPacket *packet, gboolean is_inside)
{
  if (lec_repair_intake_unwrap (&self->repair, packet, is_inside, &self->source))
    take_repaired (self, packet, packet->arrival_ns);
  else
    lec_packet_release (packet);
}

/* What is no media; the number of parity may be one of theirs, and then it is the newest. */
static void
feed_aside (LecSession *self, LecPacket *packet, guint leg)
{
  const gint64 now_ns = packet->arrival_ns;

  if (packet->role == LEC_ROLE_REPAIR)
    add_parity (self, packet, self->payloads.items[packet->payload_type].scheme);
  if (packet->role == LEC_ROLE_RETRANSMISSION
      && !lec_source_is_sender (&self->source, packet, leg, now_ns)) {
    self->stats.aside++;
    feed_retransmission (self, packet, TRUE);
  } else {
    set_aside (self, packet, leg);
  }
  repair (self, now_ns);
}

/* A stall is known for sure when it is over. */
static void
note_silence (LecSession *self, gint64 now_ns)
{
  gint64 silent_ns = self->stats.last_packet_ns >= 0 ? now_ns - self->stats.last_packet_ns : 0;
  gint64 usual_ns = lec_source_get_longest_gap (&self->source);

  lec_habit_note (&self->habit, silent_ns, now_ns);
  lec_timeline_note_silence (&self->time.timeline, silent_ns);
  if (usual_ns == 0 || silent_ns < MAX (STALL, usual_ns))
    return;
  self->stats.stalls++;
  lec_playout_stream_note_break (self->playout, now_ns);
}

gboolean
lec_session_is_control (const LecSession *self, const guint8 *data, gsize size, guint64 sender)
{
  return self->format->is_control (data, size)
         && !lec_ts_intake_is_piece (&self->ts, &self->source, data, size, sender);
}

void
lec_session_feed (LecSession *self, LecPacket *packet, guint leg)
{
  leg = MIN (leg, LEC_SOURCE_LEGS - 1);
  packet->unannounced_ts = FALSE;
  if (packet->recovered) {
    feed_recovered (self, packet);
    return;
  }
  if (lec_session_is_control (self, packet->data, packet->size, packet->sender)) {
    lec_session_feed_rtcp (self, packet->data, packet->size, packet->sender, packet->arrival_ns);
    lec_packet_release (packet);
    return;
  }

  note_silence (self, packet->arrival_ns);
  lec_leg_meter_count (&self->legs[leg], packet->size, packet->arrival_ns);
  self->stats.received++;
  self->stats.bytes += packet->size;
  self->stats.last_packet_ns = packet->arrival_ns;
  if (self->stats.first_packet_ns < 0)
    self->stats.first_packet_ns = packet->arrival_ns;

  if (self->msb == NULL && lec_ts_intake_is_bare (&self->ts, &self->source, packet)) {
    feed_bare (self, packet);
    return;
  }
  if (!self->format->parse (packet)) {
    discard_malformed (self, packet);
    return;
  }
  if (self->msb != NULL) {
    feed_msb (self, packet, leg);
    return;
  }
  if (!packet->bare && self->n_legs <= 1)
    lec_number_check_apply (&self->number_check, self->format, packet);
  packet->role = lec_payload_table_sort (&self->payloads, packet);
  if (packet->role == LEC_ROLE_MEDIA)
    feed_media (self, packet, leg);
  else
    feed_aside (self, packet, leg);
}

void
lec_session_feed_repair (LecSession *self, LecPacket *packet, LecRepairScheme scheme)
{
  const gint64 now_ns = packet->arrival_ns;

  const gboolean is_parsed = self->format->parse (packet);

  if (scheme == LEC_REPAIR_RTX && is_parsed) {
    feed_retransmission (self, packet, FALSE);
  } else {
    if (is_parsed || scheme == LEC_REPAIR_2022_1)
      add_parity (self, packet, scheme);
    lec_packet_release (packet);
  }
  repair (self, now_ns);
}

void
lec_session_feed_other (LecSession *self, const LecPacket *packet)
{
  LecPacket copy = *packet;

  if (lec_repair_intake_wants_others (&self->repair) && self->format->parse (&copy)
      && copy.ssrc != self->source.ssrc)
    note_other (self, &copy);
}

gboolean
lec_session_get_sender_time (const LecSession *self, gint64 now_ns, LecSenderTime *time)
{
  if (!lec_clock_is_running (&self->time.clock) || now_ns - self->stats.last_packet_ns > STALL)
    return FALSE;

  time->media_ns = lec_clock_to_media (&self->time.clock, now_ns);
  time->drift = lec_clock_get_drift_ppm (&self->time.clock) * 1e-6;
  time->epoch = lec_timeline_get_epoch (&self->time.timeline);
  return TRUE;
}

guint64
lec_session_get_host (const LecSession *self, guint leg)
{
  return self->source.locked ? lec_sender_get_host (self->source.senders[leg]) : 0;
}

void
lec_session_reset (LecSession *self)
{
  self->stats.reordered += lec_jitter_get_reordered (self->jitter);
  self->stats.overrun += lec_jitter_get_length (self->jitter);
  lec_jitter_free (self->jitter);
  self->jitter = lec_jitter_new (self->start_count);
  lec_source_clear (&self->source);
  lec_clock_stop (&self->time.clock);
  self->time.stamps = (LecStampCheck){ 0 };
  self->number_check = (LecNumberCheck){ 0 };
  lec_loss_meter_join (&self->loss);
  self->cipher_check = (LecCipherCheck){ 0 };
  lec_ts_intake_reset (&self->ts);
  if (self->msb != NULL)
    lec_msb_intake_reset (self->msb);
  lec_repair_intake_reset (&self->repair);
  lec_control_reset (&self->control);
  begin_epoch (self);
}

void
lec_session_set_program (LecSession *self, guint number)
{
  lec_ts_intake_set_program (&self->ts, number);
}
