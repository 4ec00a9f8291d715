/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Two streams of one sender, and FlexFEC packets that protect both (RFC 8627, sections 4.2 and
 * 6.3), made here by that text and by nothing of ours. */
#include "wire/shared-parity.h"

#include <string.h>

#include "support/fec-station.h"
#include "wire/session.h"

#define OTHER_SSRC 0xabcdef01
#define FIRST 65530 /* number of ours; those of the other stream begin elsewhere */
#define OTHER_FIRST 900
#define INTERVAL (5 * MSECOND)
#define ROUND 4 /* packets of each stream between two parity packets */
#define ROUNDS 12

/* Packet @i of one of the streams; sizes, time stamps and markers differ. */
static FecDatagram
make_media (gboolean is_other, guint i)
{
  FecDatagram datagram = { .size = 12 + 20 + (i * 7 + is_other * 30) % 40 };
  guint8 *at = datagram.bytes;
  const guint16 number = (guint16) ((is_other ? OTHER_FIRST : FIRST) + i);
  const guint32 stamp = 90 * 5 * i + is_other * 7777,
                ssrc = is_other ? OTHER_SSRC : FEC_STATION_SSRC;

  at[0] = 0x80;
  at[1] = (guint8) ((FEC_STATION_PAYLOAD + is_other) | (i % 3 == 0 ? 0x80 : 0));
  at[2] = (guint8) (number >> 8);
  at[3] = (guint8) number;
  for (guint j = 0; j < 4; j++) {
    at[4 + j] = (guint8) (stamp >> (24 - 8 * j));
    at[8 + j] = (guint8) (ssrc >> (24 - 8 * j));
  }
  for (guint j = 12; j < datagram.size; j++)
    at[j] = (guint8) (i * 31 + j * 17 + is_other);
  return datagram;
}

/* Section 6.3.1: the sum of bit strings of 80 bits, and of what is behind them. */
static void
add (guint8 *header, guint8 *body, guint *longest, const FecDatagram *packet)
{
  const guint length = packet->size - 12;

  header[0] ^= packet->bytes[0];
  header[1] ^= packet->bytes[1];
  header[2] ^= (guint8) (length >> 8);
  header[3] ^= (guint8) length;
  for (guint i = 0; i < 4; i++)
    header[4 + i] ^= packet->bytes[4 + i];
  for (guint i = 0; i < length; i++)
    body[i] ^= packet->bytes[12 + i];
  *longest = MAX (*longest, length);
}

/* What one packet protects: @count packets of each stream from @at on, each @stride behind the one
 * before; a mask, where @stride is 0. */
typedef struct
{
  guint at, count, stride;
  gboolean without_ours, without_other;
  gboolean draft;
} Cover;

static guint
put_part (guint8 *to, const Cover *cover, gboolean is_other)
{
  const guint16 base = (guint16) ((is_other ? OTHER_FIRST : FIRST) + cover->at);
  guint8 *at = to;

  if (cover->draft) {
    const guint32 ssrc = is_other ? OTHER_SSRC : FEC_STATION_SSRC;

    for (guint j = 0; j < 4; j++)
      *at++ = (guint8) (ssrc >> (24 - 8 * j));
  }
  *at++ = (guint8) (base >> 8);
  *at++ = (guint8) base;
  if (cover->stride > 0) {
    *at++ = (guint8) (cover->stride == 1 ? cover->count : cover->stride);
    *at++ = (guint8) (cover->stride == 1 ? 0 : cover->count);
  } else {
    const guint mask = 0x7fffu << (15 - cover->count) & 0x7fff;

    *at++ = (guint8) (mask >> 8 | (cover->draft ? 0x80 : 0));
    *at++ = (guint8) mask;
  }
  return (guint) (at - to);
}

static FecDatagram
make_parity (const Cover *cover)
{
  FecDatagram datagram = { .is_parity = TRUE };
  guint8 header[8] = { 0 }, body[200] = { 0 };
  guint longest = 0, n = 0, at = 12;

  for (guint is_other = 0; is_other < 2; is_other++) {
    if (is_other ? cover->without_other : cover->without_ours)
      continue;
    n++;
    for (guint i = 0; i < cover->count; i++) {
      const FecDatagram packet = make_media (is_other, cover->at + i * MAX (cover->stride, 1));

      add (header, body, &longest, &packet);
    }
    if (!cover->draft) {
      const guint32 ssrc = is_other ? OTHER_SSRC : FEC_STATION_SSRC;

      for (guint j = 0; j < 4; j++)
        datagram.bytes[at++] = (guint8) (ssrc >> (24 - 8 * j));
    }
  }
  datagram.bytes[0] = (guint8) (0x80 | (cover->draft ? 0 : n));
  datagram.bytes[1] = 110;
  datagram.bytes[11] = 0x55;
  header[0] = (header[0] & 0x3f) | (cover->stride > 0 ? 0x40 : 0);
  memcpy (datagram.bytes + at, header, 8);
  at += 8;
  if (cover->draft) {
    datagram.bytes[at] = (guint8) n;
    at += 4;
  }
  for (guint is_other = 0; is_other < 2; is_other++) {
    if (!(is_other ? cover->without_other : cover->without_ours))
      at += put_part (datagram.bytes + at, cover, is_other);
  }
  memcpy (datagram.bytes + at, body, longest);
  datagram.size = at + longest;
  return datagram;
}

typedef struct
{
  LecPlayout playout;
  LecSession *session;
  gboolean is_apart; /* the other stream has a session of its own */
  gint64 now_ns;
  guint out, differing;
} Hall;

static void
open_hall (Hall *self)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, FEC_STATION_PAYLOAD, "H264", 90000);
  lec_stream_add_payload (stream, FEC_STATION_PAYLOAD + 1, "H264", 90000);
  lec_stream_add_repair (stream, LEC_REPAIR_FLEXFEC, "239.1.1.1", 5006);
  lec_playout_init (&self->playout, SECOND, SECOND);
  self->now_ns = SECOND;
  self->session = lec_session_new (
      stream, &(LecSessionConfig){ .format = &lec_format_rtp, .playout = &self->playout });
}

static void
pull (Hall *self)
{
  LecItem item;
  gint64 wake_ns;

  while (lec_session_pull (self->session, self->now_ns, &item, &wake_ns)) {
    FecDatagram sent;

    if (item.kind != LEC_ITEM_PACKET)
      continue;
    sent = make_media (FALSE, (guint16) (item.packet->sequence - FIRST));
    self->differing
        += item.packet->size != sent.size || memcmp (item.packet->data, sent.bytes, sent.size) != 0;
    self->out++;
    lec_packet_release (item.packet);
  }
}

static void
feed (Hall *self, const FecDatagram *datagram, gboolean is_other)
{
  LecPacket *packet = fec_station_packet (datagram, self->now_ns);

  if (datagram->is_parity) {
    lec_session_feed_repair (self->session, packet, LEC_REPAIR_FLEXFEC);
  } else if (is_other && self->is_apart) {
    lec_session_feed_other (self->session, packet);
    lec_packet_release (packet);
  } else {
    lec_session_feed (self->session, packet, 0);
  }
  pull (self);
}

/* Plays rounds of media with a parity packet behind each; of round 6 and the ones after it the
 * packets of @lost (bit 2 i: of ours, 2 i + 1: of the other stream) do not come. */
static LecStats
play (Hall *self, const Cover *covers, guint n_covers, guint lost)
{
  LecStats stats;

  open_hall (self);
  for (guint i = 0; i < ROUND * ROUNDS; i++) {
    for (guint is_other = 0; is_other < 2; is_other++) {
      const FecDatagram datagram = make_media (is_other, i);
      const guint bit = i >= 6 * ROUND ? 2 * (i - 6 * ROUND) + is_other : 32;

      self->now_ns += INTERVAL / 2;
      if (bit >= 32 || (lost >> bit & 1) == 0)
        feed (self, &datagram, is_other);
    }
    for (guint j = 0; j < n_covers && (i + 1) % ROUND == 0; j++) {
      Cover cover = covers[j];
      FecDatagram parity;

      cover.at += i + 1 - ROUND;
      parity = make_parity (&cover);
      feed (self, &parity, FALSE);
    }
  }
  self->now_ns += 5 * SECOND;
  pull (self);
  stats = lec_session_get_stats (self->session);
  lec_session_free (self->session);
  g_assert_cmpuint (self->differing, ==, 0);
  return stats;
}

static const struct
{
  const char *story;
  Cover covers[3];
  guint n_covers;
  guint lost;
  guint64 left;
} rows[] = {
  { "nothing is lost", { { 0, 4, 1 } }, 1, 0, 0 },
  { "one of ours, in a row of both", { { 0, 4, 1 } }, 1, 0x04, 0 },
  { "one of ours, in a mask of both", { { 0, 4, 0 } }, 1, 0x04, 0 },
  { "one of ours, as draft 03 has it", { { 0, 4, 0, .draft = TRUE } }, 1, 0x04, 0 },
  { "one of each stream: one sum does not tell them apart", { { 0, 4, 1 } }, 1, 0x0c, 1 },
  { "one of each stream, and parity of the other one alone",
    { { 0, 4, 1 }, { 0, 4, 1, .without_ours = TRUE } },
    2,
    0x0c,
    0 },
  { "the same, the other way about",
    { { 0, 4, 1, .without_ours = TRUE }, { 0, 4, 1 } },
    2,
    0x0c,
    0 },
  { "one of each stream, and ours alone can be rebuilt",
    { { 0, 4, 1 }, { 0, 4, 0, .without_other = TRUE } },
    2,
    0x0c,
    0 },
  { "two of ours, of which one needs one of the other stream, which needs the second of ours",
    { { 0, 2, 2 }, { 1, 2, 2 }, { 0, 4, 1, .without_other = TRUE } },
    3,
    0x05,
    0 },
  { "only of the other stream", { { 0, 4, 1 } }, 1, 0xaa, 0 },
};

static void
test_both (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint apart = 0; apart < 2; apart++) {
      Hall hall = { .is_apart = apart };
      const LecStats stats = play (&hall, rows[i].covers, rows[i].n_covers, rows[i].lost);

      g_test_message ("%s", rows[i].story);
      g_assert_cmpuint (stats.lost, ==, rows[i].left);
      g_assert_cmpuint (hall.out, ==, ROUND * ROUNDS - rows[i].left);
    }
  }
}

/* Parity may lie about the other stream, and be for a stream that nobody sends. */
static void
test_lies (void)
{
  LecSharedParity *shared = lec_shared_parity_new ();
  g_autoptr (LecFecDecoder) ours = lec_fec_decoder_new ();
  guint8 bytes[20] = { 0 };
  LecFlexParity parity = { .sum = { .bytes = bytes, .size = sizeof bytes }, .count = 2 };
  LecParity taken;

  for (guint i = 0; i < 2000; i++) {
    parity.parts[0] = (LecParityPart){ 1, (guint16) i, { .stride = 1, .count = 9, .span = 9 } };
    parity.parts[1] = (LecParityPart){ 2 + i, 5, { .stride = 255, .count = 1 + i % 3 } };
    parity.parts[1].group.span = (parity.parts[1].group.count - 1) * 255 + 1;
    g_assert_cmpint (lec_shared_parity_add (shared, &parity, 1, i), ==, i % 3 < 2);
    g_assert_false (lec_shared_parity_take (shared, ours, i, &taken));
  }
  parity.parts[0].ssrc = 77;
  parity.parts[1].ssrc = 78;
  g_assert_false (lec_shared_parity_add (shared, &parity, 1, 3000)); /* neither was ever named */
  parity.sum.size = LEC_PACKET_SLOT;
  parity.parts[0].ssrc = 1;
  g_assert_false (lec_shared_parity_add (shared, &parity, 1, 3000)); /* longer than any packet */
  lec_shared_parity_free (shared);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shared-parity/both", test_both);
  g_test_add_func ("/shared-parity/lies", test_lies);
  return g_test_run ();
}
