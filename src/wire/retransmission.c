/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/retransmission.h"

#include "wire/reporter.h"
#include "wire/serial.h"
#include "wire/units.h"

#define USUAL_BANDWIDTH 1000000           /* [bit/s] of a stream that does not say */
#define RECEIVERS_SHARE (0.05 * 0.75 / 8) /* [bytes/bit] of RTCP (RFC 3550, section 6.2) */
#define HEARD_MAX 64                      /* fields of one compound */

void
lec_retransmission_init (LecRetransmission *self, const LecStream *stream)
{
  self->is_on = lec_rtx_types_init (&self->types, stream);
}

void
lec_retransmission_clear (LecRetransmission *self)
{
  lec_nack_clear (&self->nack);
}

gboolean
lec_retransmission_is_wanted (const LecFormat *format, const LecStream *stream)
{
  if (!format->reports || !stream->feedback.nack || stream->rtcp_receivers == 0)
    return FALSE;
  for (guint i = 0; stream->feedback.target == NULL && i < stream->legs->len; i++) {
    if (!lec_reporter_is_open_group (g_ptr_array_index (stream->legs, i)))
      return FALSE;
  }
  return TRUE;
}

static double
find_rate (const LecStream *stream)
{
  if (stream->rtcp_receivers > 0)
    return (double) stream->rtcp_receivers / 8;
  return (stream->bandwidth > 0 ? stream->bandwidth : USUAL_BANDWIDTH) * RECEIVERS_SHARE;
}

void
lec_retransmission_allow (LecRetransmission *self,
                          const LecStream *stream,
                          const LecFeedbackTarget *target,
                          guint32 seed)
{
  self->target = *target;
  lec_nack_allow (&self->nack, find_rate (stream), self->types.kept_ns, seed);
}

void
lec_retransmission_reset (LecRetransmission *self)
{
  lec_nack_reset (&self->nack);
  self->reception = (LecReceptionReport){ 0 };
}

static gboolean
is_of_source (const LecSource *source, guint64 host)
{
  const LecPacket packet = { .sender = host << 16 };

  return host != 0 && lec_source_is_host (source, &packet);
}

static void
open_nack (LecRetransmission *self, const LecSource *source, guint members)
{
  const gboolean is_station = self->target.host == 0 || is_of_source (source, self->target.host);

  lec_nack_open (&self->nack,
                 source->locked && !source->bare && (is_station || self->target.is_trusted),
                 is_station, members);
}

/* Parity may need much more time, which nobody is to wait for where it is quicker to ask; whether
 * it is can only be found out. */
static gint64
find_hold_time (const LecRetransmission *self, const LecPlayoutStream *playout, gint64 now_ns)
{
  const gint64 repair_ns = lec_playout_stream_get_repair_time (playout);

  return lec_playout_stream_get_hold_time (playout) - repair_ns
         + MIN (repair_ns, lec_nack_get_need (&self->nack, now_ns));
}

void
lec_retransmission_note (LecRetransmission *self,
                         gint64 number,
                         gint64 pts_ns,
                         const LecSource *source,
                         const LecPlayoutStream *playout,
                         guint members,
                         gint64 now_ns)
{
  open_nack (self, source, members);
  lec_nack_note (&self->nack, number, pts_ns, find_hold_time (self, playout, now_ns), now_ns);
}

void
lec_retransmission_hear (LecRetransmission *self,
                         const guint8 *data,
                         gsize size,
                         const LecSource *source,
                         gint64 now_ns)
{
  LecRtcpReader reader = lec_rtcp_read (data, size);
  LecRtcpItem item;

  if (!source->locked || source->bare)
    return;
  for (guint i = 0; i < HEARD_MAX && lec_rtcp_next (&reader, &item);) {
    if ((item.kind != LEC_RTCP_NACK && item.kind != LEC_RTCP_LOSS_KNOWN)
        || item.media_ssrc != source->ssrc)
      continue;
    i++;
    lec_nack_note_other (&self->nack, &item.nack, source->highest, source->shift, now_ns);
  }
}

/* Who answers where the question came from may use the numbers of either place. */
static const gint16 *
find_types (const LecRetransmission *self, const LecPacket *packet, gboolean is_inside)
{
  return is_inside || self->types.elsewhere[packet->payload_type & 0x7f] < 0
             ? self->types.inside
             : self->types.elsewhere;
}

const LecReceptionReport *
lec_retransmission_get_reception (const LecRetransmission *self)
{
  return self->reception.received > 0 ? &self->reception : NULL;
}

/* It has an SSRC and numbers of its own (RFC 4588, section 5.3); its time stamps are those of
 * before, so that no jitter can be told. */
static void
note_reception (LecReceptionReport *self, const LecPacket *packet)
{
  gint64 number = packet->sequence;

  if (self->received == 0 || self->ssrc != packet->ssrc)
    *self = (LecReceptionReport){ .ssrc = packet->ssrc, .first = number, .highest = number };
  else
    number = lec_serial_extend (self->highest, packet->sequence, 16);
  self->highest = MAX (self->highest, number);
  self->received++;
}

gboolean
lec_retransmission_unwrap (LecRetransmission *self,
                           LecPacket *packet,
                           gboolean is_inside,
                           const LecSource *source,
                           guint64 *host)
{
  const LecPacket before = *packet;

  *host = lec_sender_get_host (packet->sender);
  if (!self->is_on || !source->locked
      || (!lec_source_is_host (source, packet)
          && (self->target.host == 0 || *host != self->target.host))
      || !lec_rtx_unwrap (find_types (self, packet, is_inside), packet, source->ssrc))
    return FALSE;
  if (is_inside && before.ssrc != source->ssrc)
    note_reception (&self->reception, &before);
  packet->recovered = TRUE;
  packet->sender = lec_source_get_sender (source);
  packet->standing = LEC_STANDING_OURS;
  packet->unannounced_ts = FALSE;
  packet->role = LEC_ROLE_MEDIA;
  return TRUE;
}

static gboolean
is_asked (const LecRetransmission *self, guint64 host)
{
  return self->target.host == 0 || host == self->target.host;
}

void
lec_retransmission_note_alive (LecRetransmission *self, guint64 host)
{
  if (is_asked (self, host))
    lec_nack_note_alive (&self->nack);
}

void
lec_retransmission_note_answer (LecRetransmission *self, gint64 number, guint64 host, gint64 now_ns)
{
  lec_nack_note_answer (&self->nack, number, is_asked (self, host), now_ns);
}

guint
lec_retransmission_take (LecRetransmission *self,
                         const LecSource *source,
                         const LecPlayoutStream *playout,
                         gboolean (*comes) (gint64 number, gpointer data),
                         gpointer data,
                         guint members,
                         gint64 now_ns,
                         LecNackField *fields)
{
  guint count;

  open_nack (self, source, members);
  count = lec_nack_take (&self->nack, find_hold_time (self, playout, now_ns), comes, data,
                         source->shift, now_ns, fields);
  self->requests += count > 0;
  return count;
}
