/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A session that asks for what it has lost, and a station's history that answers, of which the
 * input spoils the datagrams of both.
 *
 * One byte for each packet: it passes, is lost, or is overtaken by something else: requests of
 * others, packets sent again that nobody has asked for, or bytes from the input. One for each
 * answer: it passes, is lost, comes late, or is changed. What is behind the end of the input
 * passes. */
#include <string.h>

#include "cast/rtx-history.h"
#include "support/fec-station.h"
#include "support/session-walk.h"
#include "wire/reader.h"
#include "wire/rtcp.h"

#define PACKETS 250
#define REQUESTS_MAX 400 /* of a second of packets and some more; they are far apart */
#define PIECE 40         /* [bytes] of the input that make a datagram */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  LecReader input;
  SessionWalk walk;
  LecRtxHistory *history;
  guint64 fed;
  guint requests;
} Script;

static LecSession *
new_session (Script *self)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);
  const char *const parameters[] = { "apt", "96", NULL };
  LecRepair *repair;
  LecSession *session;

  lec_stream_add_leg (stream, "239.1.1.1", 5004)->rtcp_port = 5005;
  lec_stream_add_payload (stream, FEC_STATION_PAYLOAD, "H264", 90000);
  repair = lec_stream_add_repair (stream, LEC_REPAIR_RTX, "239.1.1.1", 5010);
  repair->payload = LEC_RTX_PAYLOAD;
  repair->parameters = g_strdupv ((char **) parameters);
  stream->feedback.nack = TRUE;
  lec_playout_init (&self->walk.playout, LEC_LATENCY_AUTO, 150 * MSECOND);
  session = lec_session_new (
      stream,
      &(LecSessionConfig){ .format = &lec_format_rtp, .playout = &self->walk.playout, .seed = 1 });
  lec_session_allow_requests (session, stream, &(LecFeedbackTarget){ 0 }, "anybody", 1);
  return session;
}

/* What leaves is whole. */
static void
take (LecItem *item, gpointer data)
{
  if (item->kind != LEC_ITEM_PACKET)
    return;
  g_assert_cmpuint (item->packet->payload_offset + item->packet->payload_size, <=,
                    item->packet->size);
  lec_packet_release (item->packet);
}

static void
feed_again (Script *self, const guint8 *bytes, gsize size)
{
  LecPacket *packet = lec_packet_new (LEC_PACKET_SLOT);

  memcpy (packet->data, bytes, size);
  packet->size = (guint32) size;
  packet->arrival_ns = self->walk.now_ns;
  packet->sender = FEC_STATION_SENDER;
  lec_session_feed_repair (self->walk.session, packet, LEC_REPAIR_RTX);
}

static void
answer (Script *self, guint16 number)
{
  guint8 bytes[LEC_RTX_SIZE + 2];
  gsize size = lec_rtx_history_answer (self->history, number, self->walk.now_ns / 1000, bytes);
  const guint8 fate = lec_reader_u8 (&self->input);

  if (size == 0 || fate >= 0xe0)
    return;
  if (fate >= 0xc0)
    size = MIN (size, lec_reader_u8 (&self->input));
  else if (fate >= 0x80)
    bytes[fate % 20] ^= lec_reader_u8 (&self->input);
  feed_again (self, bytes, size);
}

static void
answer_all (Script *self, const guint8 *bytes, gsize size)
{
  LecRtcpReader reader = lec_rtcp_read (bytes, size);
  LecRtcpItem item;

  if (!lec_rtcp_check (bytes, size))
    return;
  while (lec_rtcp_next (&reader, &item)) {
    if (item.kind != LEC_RTCP_NACK || item.media_ssrc != FEC_STATION_SSRC)
      continue;
    for (guint i = 0; i < LEC_NACK_SPAN; i++) {
      if (lec_nack_field_names (&item.nack, i))
        answer (self, (guint16) (item.nack.first + i));
    }
  }
}

static void
ask (Script *self)
{
  guint8 bytes[LEC_RTCP_REQUEST_MAX];
  gsize size;

  if (lec_session_get_request_time (self->walk.session) > self->walk.now_ns)
    return;
  size = lec_session_write_request (self->walk.session, self->walk.now_ns, bytes);
  g_assert_cmpint (lec_session_get_request_time (self->walk.session), >, self->walk.now_ns);
  if (size == 0)
    return;
  g_assert_cmpuint (size, <=, sizeof bytes);
  g_assert_true (lec_rtcp_check (bytes, size));
  self->requests++;
  answer_all (self, bytes, size);
}

static void
advance (Script *self, gint64 until_ns)
{
  for (;;) {
    gint64 wake_ns = session_walk_pull (&self->walk);

    ask (self);
    wake_ns = MIN (wake_ns, lec_session_get_request_time (self->walk.session));
    if (wake_ns >= until_ns)
      break;
    self->walk.now_ns = MAX (wake_ns, self->walk.now_ns + 1);
  }
  self->walk.now_ns = MAX (until_ns, self->walk.now_ns);
  session_walk_agree (&self->walk);
}

/* Requests and answers that strangers make up. */
static void
interfere (Script *self, guint8 how)
{
  LecNackField field = { lec_reader_u16 (&self->input), lec_reader_u16 (&self->input) };
  guint8 bytes[LEC_RTCP_REQUEST_MAX];
  gsize size = MIN (self->input.left, PIECE);
  const guint8 *piece;

  if (how & 1) {
    size = lec_rtcp_write_nack (bytes, 5, FEC_STATION_SSRC, &field, 1);
    lec_session_feed_rtcp (self->walk.session, bytes, size, 99, self->walk.now_ns);
    answer_all (self, bytes, size);
    return;
  }
  piece = lec_reader_bytes (&self->input, size);
  if (self->input.failed || size == 0)
    return;
  if (how & 2) {
    feed_again (self, piece, size);
    return;
  }
  lec_session_feed_rtcp (self->walk.session, piece, size, FEC_STATION_SENDER, self->walk.now_ns);
  answer_all (self, piece, size);
}

static void
check_sums (const Script *self)
{
  const LecStats stats = session_walk_check_sums (&self->walk, self->fed);

  g_assert_cmpuint (stats.recovered, <=, stats.repairs[LEC_REPAIR_RTX].packets);
  g_assert_cmpuint (stats.requests, ==, self->requests);
  g_assert_cmpuint (self->requests, <=, REQUESTS_MAX);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const FecStation station = { .scheme = LEC_REPAIR_ULPFEC,
                               .packets = PACKETS,
                               .interval_ns = 4 * MSECOND,
                               .columns = 40,
                               .size = 60,
                               .sequence = 65400 };
  g_autoptr (GArray) sent = fec_station_send (&station);
  Script self
      = { .input = lec_reader_init (data, size), .walk = { .now_ns = SECOND, .take = take } };

  self.history = lec_rtx_history_new (500, 1);
  self.walk.session = new_session (&self);
  for (guint i = 0; i < sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (sent, FecDatagram, i);
    guint8 fate;

    if (datagram->is_parity)
      continue;
    fate = lec_reader_u8 (&self.input);
    advance (&self, datagram->sent_ns);
    lec_rtx_history_add (self.history, datagram->bytes, datagram->size, self.walk.now_ns / 1000);
    if (fate >= 0xc0)
      interfere (&self, fate);
    else if (fate >= 0x80)
      continue;
    self.fed++;
    lec_session_feed (self.walk.session, fec_station_packet (datagram, self.walk.now_ns), 0);
  }
  advance (&self, self.walk.now_ns + 20 * SECOND);
  check_sums (&self);
  lec_session_free (self.walk.session);
  lec_rtx_history_free (self.history);
  return 0;
}
