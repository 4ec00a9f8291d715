/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/media-time.h"

#include "wire/units.h"

#define FAR SECOND /* a delay beyond it is another epoch, or a lie */

void
lec_media_time_init (LecMediaTime *self, guint rate, gboolean pictures)
{
  *self = (LecMediaTime){ .pictures = pictures };
  lec_clock_init (&self->clock, rate);
}

void
lec_media_time_begin_epoch (LecMediaTime *self)
{
  lec_timeline_begin (&self->timeline);
  lec_decode_order_begin (&self->order);
}

gboolean
lec_media_time_set_rate (LecMediaTime *self, guint rate)
{
  if (rate == lec_clock_get_rate (&self->clock))
    return FALSE;
  lec_clock_init (&self->clock, rate);
  lec_stamp_check_begin (&self->stamps);
  lec_media_time_begin_epoch (self);
  return TRUE;
}

gboolean
lec_media_time_stamp (LecMediaTime *self, LecPacket *packet, gboolean newest, gboolean pictures)
{
  const gint64 rate = lec_clock_get_rate (&self->clock);
  const gint64 arrival
      = packet->arrival_ns / SECOND * rate + packet->arrival_ns % SECOND * rate / SECOND;
  const gboolean begins = newest
                          && lec_stamp_check_note (&self->stamps, packet->media_time, (guint) rate,
                                                   packet->arrival_ns, packet->marker, pictures);

  if (begins) {
    lec_clock_stop (&self->clock);
    lec_media_time_begin_epoch (self);
    self->arrival_media = arrival;
  }
  if (lec_stamp_check_runs (&self->stamps))
    return begins;
  if (newest)
    self->arrival_media = MAX (self->arrival_media, arrival);
  packet->media_time = self->arrival_media;
  return begins;
}

/* ---- what is learnt ---- */

/* Sound is sent as it is heard. */
static LecDecodeOrderAnswer
find_decode_time (LecMediaTime *self, const LecPacket *packet)
{
  const guint rate = lec_clock_get_rate (&self->clock);
  LecDecodeOrderAnswer answer;

  if (!self->pictures || !lec_stamp_check_runs (&self->stamps)) {
    self->decode_media = packet->media_time;
    return LEC_DECODE_ORDER_NEXT;
  }
  answer = lec_decode_order_note (&self->order, packet->media_time, rate, &self->decode_media);
  lec_clock_set_lead (&self->clock, lec_decode_order_get_lead (&self->order));
  return answer;
}

static gboolean
has_paused (LecMediaTime *self, const LecPacket *packet, gint64 most_ns, gboolean may_grow)
{
  const gint64 delay_ns
      = lec_clock_get_delay (&self->clock, self->decode_media, packet->arrival_ns);

  if (!lec_timeline_has_paused (&self->timeline, packet, delay_ns, most_ns, may_grow))
    return FALSE;
  lec_clock_rebase (&self->clock, self->decode_media, packet->arrival_ns);
  return TRUE;
}

LecMediaTimeChange
lec_media_time_observe (LecMediaTime *self,
                        const LecPacket *packet,
                        gint64 most_ns,
                        gboolean may_grow,
                        LecInterarrival *interarrival)
{
  const gboolean new_frame = lec_timeline_is_new_frame (&self->timeline, packet->media_time);
  const guint rate = lec_clock_get_rate (&self->clock);
  LecMediaTimeChange change = LEC_MEDIA_TIME_GOES_ON;

  switch (find_decode_time (self, packet)) {
  case LEC_DECODE_ORDER_DEEPER:
    lec_interarrival_break (interarrival);
    lec_clock_rebase (&self->clock, self->decode_media, packet->arrival_ns);
    change = LEC_MEDIA_TIME_SHIFTED;
    break;
  case LEC_DECODE_ORDER_UNKNOWN:
    return LEC_MEDIA_TIME_GOES_ON;
  case LEC_DECODE_ORDER_SAME:
  case LEC_DECODE_ORDER_NEXT:
  default:
    break;
  }
  lec_interarrival_note (interarrival, self->decode_media, rate, packet->arrival_ns);
  if (lec_clock_observe (&self->clock, self->decode_media, packet->arrival_ns) == LEC_CLOCK_REBASED
      || (new_frame && has_paused (self, packet, most_ns, may_grow)))
    change = LEC_MEDIA_TIME_BEGINS;
  if (change == LEC_MEDIA_TIME_BEGINS)
    lec_media_time_begin_epoch (self);
  return change;
}

/* ---- times ---- */

gint64
lec_media_time_present (LecMediaTime *self, const LecPacket *packet)
{
  if (lec_stamp_check_is_doubtful (&self->stamps) || lec_clock_is_doubtful (&self->clock)
      || lec_clock_is_far (&self->clock, packet->media_time, packet->arrival_ns))
    return packet->arrival_ns;
  lec_timeline_note_frame (&self->timeline, packet->media_time);
  return lec_clock_to_local (&self->clock, packet->media_time);
}

/* It comes when it is rebuilt, and is to be judged by its time stamp as if it had come as much
 * earlier as that took. */
gboolean
lec_media_time_place (LecMediaTime *self, LecPacket *packet, gint64 late_ns)
{
  gint64 came_ns;

  lec_media_time_stamp (self, packet, FALSE, FALSE);
  came_ns = CLAMP (lec_clock_to_local (&self->clock, packet->media_time),
                   packet->arrival_ns - late_ns, packet->arrival_ns);
  if (lec_clock_is_far (&self->clock, packet->media_time, came_ns))
    return FALSE;
  packet->pts_ns = lec_clock_to_local (&self->clock, packet->media_time);
  return TRUE;
}

void
lec_media_time_settle (LecMediaTime *self, LecPacket *packet)
{
  const gboolean same = self->out_valid && packet->media_time == self->out_media
                        && !lec_stamp_check_is_doubtful (&self->stamps);
  const gboolean later = self->out_valid && packet->media_time >= self->out_media;

  if (same && packet->arrival_ns - self->out_pts_ns < FAR) /* some never change their time stamp */
    packet->pts_ns = self->out_pts_ns;
  else if (later)
    packet->pts_ns = MAX (packet->pts_ns, self->out_pts_ns);
  self->out_media = packet->media_time;
  self->out_pts_ns = packet->pts_ns;
  self->out_valid = TRUE;
}
