/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-intake.h"

#include <string.h>

#include "wire/ts-packet.h"
#include "wire/units.h"

#define PROFILE_TS 33      /* payload type of a transport stream (RFC 3551, table 5) */
#define SILENT_BARE SECOND /* so long a sender without RTP is not expected to have it */

/* From now on what comes is looked into. */
static void
expect (LecTsIntake *self)
{
  if (self->filter != NULL)
    return;
  self->filter = lec_ts_filter_new ();
  lec_ts_filter_set_program (self->filter, self->program);
}

static void
expect_bare (LecTsIntake *self)
{
  expect (self);
  if (self->order == NULL)
    self->order = lec_ts_order_new ();
}

void
lec_ts_intake_init (LecTsIntake *self, const LecFormat *format, const LecStream *stream)
{
  memset (self, 0, sizeof *self);
  self->format = format;
  self->payload = PROFILE_TS;
  self->is_ts[PROFILE_TS] = stream->payloads->len == 0;
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    self->is_ts[payload->payload]
        = g_ascii_strcasecmp (payload->encoding, lec_format_ts.encoding) == 0;
  }
  for (guint i = LEC_TS_PAYLOADS; i-- > 0;) {
    if (!self->is_ts[i])
      continue;
    self->payload = (guint8) i;
    expect (self);
  }
  if (format->is_ts)
    expect_bare (self);
}

void
lec_ts_intake_clear (LecTsIntake *self)
{
  lec_ts_order_free (self->order);
  lec_ts_filter_free (self->filter);
}

void
lec_ts_intake_reset (LecTsIntake *self)
{
  self->bare_sender = 0;
  if (self->order != NULL)
    lec_ts_order_reset (self->order);
  lec_ts_framer_break (&self->carriage.bare);
  lec_ts_framer_break (&self->carriage.payloads);
}

void
lec_ts_intake_break (LecTsIntake *self)
{
  lec_ts_framer_break (&self->carriage.payloads);
}

/* ---- without RTP ---- */

static gboolean
is_bare_sender (const LecTsIntake *self, const LecSource *source, guint64 sender)
{
  return source->locked && source->bare && sender == self->bare_sender;
}

gboolean
lec_ts_intake_is_piece (const LecTsIntake *self,
                        const LecSource *source,
                        const guint8 *data,
                        gsize size,
                        guint64 sender)
{
  return is_bare_sender (self, source, sender)
         && lec_ts_carriage_is_piece (&self->carriage, data, size);
}

/* Whoever has been silent may go on in another way. */
gboolean
lec_ts_intake_is_bare (LecTsIntake *self, const LecSource *source, const LecPacket *packet)
{
  const gboolean goes_on = is_bare_sender (self, source, packet->sender)
                           && packet->arrival_ns - source->last_ns < SILENT_BARE;

  return lec_ts_carriage_is_bare (&self->carriage, self->format, packet, goes_on);
}

gboolean
lec_ts_intake_take_bare (const LecTsIntake *self, const LecSource *source, LecPacket *packet)
{
  packet->bare = TRUE;
  packet->role = LEC_ROLE_MEDIA;
  packet->payload_offset = 0;
  packet->payload_type = self->format->is_ts ? 0 : self->payload;
  return is_bare_sender (self, source, packet->sender);
}

gboolean
lec_ts_intake_begin_bare (LecTsIntake *self, const LecPacket *packet)
{
  const gboolean had_one = self->bare_sender != 0;

  expect_bare (self);
  lec_ts_order_reset (self->order);
  lec_ts_framer_break (&self->carriage.bare);
  self->bare_sender = packet->sender;
  return had_one;
}

/* Puts packets together of which pieces have come, and leaves out what has come before. */
static LecTsPiece
join_bare (LecTsIntake *self, LecPacket *packet)
{
  LecTsFramer *framer = &self->carriage.bare;

  if (!lec_ts_framer_is_whole (framer, packet->data, packet->size)
      && lec_ts_order_is_repeated (self->order, packet->data, packet->size, packet->arrival_ns))
    return LEC_TS_PIECE_REPEATED;
  packet->payload_size = (guint32) lec_ts_framer_process (framer, packet->data, packet->size);
  packet->size = packet->payload_size;
  return packet->size > 0 ? LEC_TS_PIECE_WHOLE : LEC_TS_PIECE_MERGED;
}

/* At the place that its continuity counters tell, if that is free. */
LecTsPiece
lec_ts_intake_place_bare (LecTsIntake *self, LecPacket *packet)
{
  const LecTsPiece piece = join_bare (self, packet);
  LecTsPlace (*find) (LecTsOrder *, const guint8 *, gsize, gint64, gint64)
      = self->carriage.bare.late ? lec_ts_order_place_late : lec_ts_order_place;
  LecTsPlace place;

  if (piece != LEC_TS_PIECE_WHOLE)
    return piece;
  place = find (self->order, packet->data, packet->size, packet->extended_sequence,
                packet->arrival_ns);
  packet->media_time = packet->pts_ns = packet->arrival_ns;
  if (place.kind == LEC_TS_ORDER_REPEATED)
    return LEC_TS_PIECE_REPEATED;
  /* then what its first packet was put together of are two halves */
  if (self->carriage.bare.joined && place.number != packet->extended_sequence)
    lec_ts_packet_clear (packet->data);
  if (place.kind == LEC_TS_ORDER_BEHIND)
    packet->media_time = packet->pts_ns = place.time_ns;
  packet->extended_sequence = place.number;
  return LEC_TS_PIECE_WHOLE;
}

/* ---- with RTP ---- */

/* When some packets in a row look like one. */
gboolean
lec_ts_intake_look (LecTsIntake *self, const LecPacket *packet)
{
  const guint payload = packet->payload_type;

  if (self->format->is_ts || self->is_ts[payload])
    return FALSE;
  self->row[payload] = lec_ts_carriage_has_packets (packet) ? self->row[payload] + 1 : 0;
  if (self->row[payload] < LEC_TS_ROW)
    return FALSE;
  self->is_ts[payload] = self->is_found[payload] = TRUE;
  expect (self);
  return TRUE;
}

gboolean
lec_ts_intake_is_found (const LecTsIntake *self, guint payload)
{
  return payload < LEC_TS_PAYLOADS && self->is_found[payload];
}

gboolean
lec_ts_intake_is_of (const LecTsIntake *self, guint payload)
{
  return payload < LEC_TS_PAYLOADS && self->is_ts[payload];
}

static gboolean
is_ts (const LecTsIntake *self, const LecPacket *packet)
{
  return self->format->is_ts || packet->bare || lec_ts_intake_is_of (self, packet->payload_type);
}

gboolean
lec_ts_intake_join (LecTsIntake *self, LecPacket *packet)
{
  return packet->bare || !is_ts (self, packet) || lec_ts_carriage_join (&self->carriage, packet);
}

/* ---- of both ---- */

LecFound
lec_ts_intake_get_found (const LecTsIntake *self, const LecPacket *packet)
{
  if (self->format->is_ts)
    return packet->bare ? LEC_FOUND_ANNOUNCED : LEC_FOUND_RTP;
  if (packet->bare)
    return LEC_FOUND_BARE_TS;
  return lec_ts_intake_is_found (self, packet->payload_type) ? LEC_FOUND_OTHER_TS
                                                             : LEC_FOUND_ANNOUNCED;
}

static void
dress (const LecTsIntake *self, LecPacket *packet)
{
  if (self->format->is_ts)
    return;
  packet->unannounced_ts
      = packet->bare ? !self->is_ts[self->payload] : self->is_found[packet->payload_type];
  if (packet->bare)
    lec_ts_carriage_wrap (packet, self->payload);
}

void
lec_ts_intake_process (LecTsIntake *self, LecPacket *packet)
{
  if (!is_ts (self, packet))
    return;
  lec_ts_filter_process (self->filter, packet->data + packet->payload_offset, packet->payload_size,
                         packet->arrival_ns);
  dress (self, packet);
}

void
lec_ts_intake_note_other (LecTsIntake *self, const LecPacket *packet)
{
  if (self->format->is_ts)
    lec_ts_filter_note_other (self->filter, packet->data, packet->size);
}

void
lec_ts_intake_set_program (LecTsIntake *self, guint number)
{
  self->program = number;
  if (self->filter != NULL)
    lec_ts_filter_set_program (self->filter, number);
}

void
lec_ts_intake_read (const LecTsIntake *self, gint64 now_ns, LecTsStats *stats)
{
  memset (stats, 0, sizeof *stats);
  stats->chosen = -1;
  if (self->filter != NULL)
    lec_ts_filter_read (self->filter, now_ns, stats);
}
