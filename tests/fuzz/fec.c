/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A session with repair, of which the input spoils what a good station sends.
 *
 * The first byte chooses scheme and matrix, then there is one byte for each datagram: it passes, is
 * lost, comes twice or late, or is changed, as two more bytes say where and how. So noise finds its
 * way behind the checks of headers. What is behind the end of the input passes. */
#include <string.h>

#include "support/fec-station.h"
#include "support/session-walk.h"
#include "wire/reader.h"

#define PACKETS 250
#define HELD 8

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  FecStation station;
  SessionWalk walk;
  guint64 fed;
} Script;

static LecSession *
new_session (Script *self)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, FEC_STATION_PAYLOAD, "H264", 90000);
  if (self->station.scheme == LEC_REPAIR_ULPFEC)
    lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, "239.1.1.1", 5004)->payload
        = FEC_STATION_PARITY;
  lec_playout_init (&self->walk.playout, LEC_LATENCY_AUTO, 150 * MSECOND);
  return lec_session_new (
      stream,
      &(LecSessionConfig){ .format = &lec_format_rtp, .playout = &self->walk.playout, .seed = 1 });
}

/* What leaves is whole. */
static void
take (LecItem *item, gpointer data)
{
  if (item->kind != LEC_ITEM_PACKET)
    return;
  g_assert_cmpuint (item->packet->payload_offset + item->packet->payload_size, <=,
                    item->packet->size);
  g_assert_cmpuint (item->packet->size, <=, LEC_PACKET_SLOT);
  lec_packet_release (item->packet);
}

static void
feed (Script *self, const FecDatagram *datagram)
{
  LecPacket *packet = fec_station_packet (datagram, self->walk.now_ns);

  if (datagram->is_parity && self->station.scheme != LEC_REPAIR_ULPFEC) {
    lec_session_feed_repair (self->walk.session, packet, self->station.scheme);
    return;
  }
  self->fed
      += !lec_session_is_control (self->walk.session, packet->data, packet->size, packet->sender);
  lec_session_feed (self->walk.session, packet, 0);
}

static void
spoil (FecDatagram *datagram, guint8 how, guint8 where, guint8 what)
{
  if (how & 1)
    datagram->size = MIN (datagram->size, where);
  else if (how & 2)
    datagram->bytes[where % 40] ^= what;
  else
    datagram->bytes[where % 40] = what;
}

static void
check_sums (const Script *self)
{
  const LecStats stats = session_walk_check_sums (&self->walk, self->fed);

  g_assert_cmpuint (stats.recovered, <=, stats.parity);
  g_assert_cmpuint (stats.repaired_late, <=, stats.parity);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const LecRepairScheme schemes[4]
      = { LEC_REPAIR_2022_1, LEC_REPAIR_FLEXFEC, LEC_REPAIR_ULPFEC, LEC_REPAIR_FLEXFEC };
  LecReader reader = lec_reader_init (data, size);
  const guint8 shape = lec_reader_u8 (&reader);
  Script self = { .walk = { .now_ns = SECOND, .take = take },
                  .station = { .scheme = schemes[shape / 64],
                               .draft = shape & 1,
                               .packets = PACKETS,
                               .interval_ns = 4 * MSECOND,
                               .columns = 1 + shape % 8,
                               .rows = shape < 0xc0 ? 2 + shape / 8 % 8 : 0,
                               .size = 60,
                               .sequence = 65400,
                               .groups_end_frames = shape & 2 } };
  g_autoptr (GArray) sent = fec_station_send (&self.station);

  self.walk.session = new_session (&self);
  for (guint i = 0; i < sent->len; i++) {
    FecDatagram *datagram = &g_array_index (sent, FecDatagram, i);
    const guint8 fate = lec_reader_u8 (&reader);

    session_walk_advance (&self.walk, datagram->sent_ns);
    if (fate >= 0xe0)
      continue;
    if (fate >= 0xc0 && i >= HELD) /* one that came before comes again */
      feed (&self, datagram - fate % HELD);
    else if (fate >= 0x80)
      spoil (datagram, fate, lec_reader_u8 (&reader), lec_reader_u8 (&reader));
    feed (&self, datagram);
  }
  session_walk_advance (&self.walk, self.walk.now_ns + 20 * SECOND);
  check_sums (&self);
  lec_session_free (self.walk.session);
  return 0;
}
