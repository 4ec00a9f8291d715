/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Transport streams through a whole session, sent in other ways than was announced. */
#include "wire/ts-carriage.h"

#include <string.h>

#include "support/bench.h"
#include "support/ts-station.h"

#define LATENCY (200 * MSECOND)
#define SPACING (3 * MSECOND)
#define SENDER (G_GUINT64_CONSTANT (1) << 16)
#define RTP_HEADER 12
#define LARGE 1500
#define SECONDS 8

typedef struct
{
  const char *name;
  LecKind kind;     /* as announced */
  guint payload;    /* announced, as H264; 0: a bare address */
  gboolean plain;   /* PT 33 alone is announced, with its static meaning */
  gboolean rtp;     /* sent with it */
  guint type;       /* payload type that is sent */
  guint header;     /* [bytes] of RTP header extension, a multiple of 4 */
  guint cut, start; /* [bytes] of datagrams (0: any), and of the first packet that are not sent */
  guint step;       /* [bytes] from packet to packet, 0: 188 */
  guint copy, swap; /* each so many come twice, or change places with the next */
  guint lose;       /* each so many are lost */
  LecFound found;
  guint missing; /* packets inside that may be */
  guint64 lost_from, lost_to;
} Row;

#define TS .kind = LEC_KIND_TS
#define RTP .kind = LEC_KIND_RTP

static const Row rows[] = {
  { "aligned", TS, .cut = 1316 },
  { "FFmpeg without pkt_size", TS, .cut = 1472 },
  { "a start inside a packet", TS, .cut = 1316, .start = 100 },
  { "small datagrams", TS, .cut = 100 },
  { "very small datagrams", TS, .cut = 30 },
  { "any datagrams", TS, .cut = 0 },
  { "M2TS", TS, .cut = 1344, .step = 192 },
  { "parity", TS, .cut = 1428, .step = 204 },
  { "parity, cut anywhere", TS, .cut = 1472, .step = 204 },
  { "uncut, all twice", TS, .cut = 1472, .copy = 1 },
  { "a start inside, all twice", TS, .cut = 1316, .start = 100, .copy = 1 },
  { "small, all twice", TS, .cut = 300, .copy = 1, .missing = 8 },
  { "uncut, some change places", TS, .cut = 1472, .swap = 25, .missing = 2 },
  { "aligned, some change places", TS, .cut = 1316, .swap = 25 },
  { "uncut, some are lost", TS, .cut = 1472, .lose = 50, .missing = 9 * 22, .lost_from = 10,
    .lost_to = 30 },
  { "a start inside, some are lost", TS, .cut = 1316, .start = 100, .lose = 50, .missing = 9 * 24,
    .lost_from = 10, .lost_to = 30 },
  { "RTP where none was announced", TS, .rtp = TRUE, .type = 33, .cut = 1316,
    .found = LEC_FOUND_RTP },
  { "RTP where none was announced, any payload type", TS, .rtp = TRUE, .type = 96, .cut = 1316,
    .found = LEC_FOUND_RTP },
  { "RTP where none was announced, cut anywhere", TS, .rtp = TRUE, .type = 33, .cut = 1000,
    .found = LEC_FOUND_RTP },
  { "RTP", RTP, .rtp = TRUE, .type = 33, .cut = 1316 },
  { "RTP, with an extension of its header", RTP, .rtp = TRUE, .type = 33, .header = 8,
    .cut = 1316 },
  { "RTP, cut anywhere", RTP, .rtp = TRUE, .type = 33, .cut = 1400 },
  { "RTP, M2TS", RTP, .rtp = TRUE, .type = 33, .cut = 1344, .step = 192 },
  { "RTP, cut anywhere, some change places", RTP, .rtp = TRUE, .type = 33, .cut = 1400,
    .swap = 10 },
  { "no RTP where it was announced", RTP, .cut = 1316, .missing = 14, .found = LEC_FOUND_BARE_TS },
  { "no RTP where a transport stream in it was", RTP, .payload = 33, .plain = TRUE, .cut = 1316,
    .missing = 14, .found = LEC_FOUND_BARE_TS },
  { "no RTP, cut anywhere", RTP, .cut = 1472, .start = 3, .missing = 8,
    .found = LEC_FOUND_BARE_TS },
  { "no RTP, a packet each", RTP, .cut = 188, .missing = 2, .found = LEC_FOUND_BARE_TS },
  { "no RTP where H.264 was announced", RTP, .payload = 96, .cut = 1316, .missing = 14,
    .found = LEC_FOUND_BARE_TS },
  { "a payload type that nobody has announced", RTP, .rtp = TRUE, .type = 96, .cut = 1316,
    .missing = 14, .found = LEC_FOUND_OTHER_TS },
  { "a payload type that was announced as H.264", RTP, .payload = 96, .rtp = TRUE, .type = 96,
    .cut = 1316, .missing = 14, .found = LEC_FOUND_OTHER_TS },
  { "33, which was announced as H.264", RTP, .payload = 33, .rtp = TRUE, .type = 33, .cut = 1316,
    .missing = 14, .found = LEC_FOUND_OTHER_TS },
  { "33, where H.264 was announced as 96", RTP, .payload = 96, .rtp = TRUE, .type = 33, .cut = 1316,
    .missing = 14, .found = LEC_FOUND_OTHER_TS },
  { "a payload type that nobody has announced, cut anywhere", RTP, .rtp = TRUE, .type = 96,
    .cut = 1000, .missing = 14, .found = LEC_FOUND_OTHER_TS },
  { "a payload type that was announced as H.264, cut anywhere", RTP, .payload = 96, .rtp = TRUE,
    .type = 96, .cut = 1000, .start = 7, .missing = 14, .found = LEC_FOUND_OTHER_TS },
  { "a payload type that nobody has announced, M2TS", RTP, .rtp = TRUE, .type = 97, .cut = 1344,
    .step = 192, .missing = 14, .found = LEC_FOUND_OTHER_TS },
};

static const TsPlan plan
    = { .nulls = 3,
        .programs = { { 1, 4096, 256, .streams = { { 256, 0x1b, 20 }, { 257, 0x0f, 2 } } } } };

typedef struct
{
  GByteArray *bytes; /* as they are sent */
  guint packets;
} Stream;

static Stream
make_stream (const Row *row, GRand *rand)
{
  Stream self = { g_byte_array_new (), 0 };
  TsMux mux;

  ts_mux_init (&mux);
  ts_mux_run (&mux, &plan, SECONDS * 25);
  for (guint at = 0; at < mux.bytes->len; at += LEC_TS_PACKET, self.packets++) {
    g_byte_array_append (self.bytes, mux.bytes->data + at, LEC_TS_PACKET);
    for (guint i = LEC_TS_PACKET; i < row->step; i++) {
      const guint8 byte = (guint8) g_rand_int_range (rand, 0, 256);

      g_byte_array_append (self.bytes, &byte, 1);
    }
  }
  ts_mux_clear (&mux);
  return self;
}

static LecSession *
new_session (const Row *row, LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, row->kind), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  if (row->payload > 0)
    lec_stream_add_payload (stream, row->payload, row->plain ? "MP2T" : "H264", 90000);
  return lec_session_new (
      stream,
      &(LecSessionConfig){ .format = lec_format_of (row->kind), .playout = playout, .seed = 1 });
}

static guint
put_header (const Row *row, guint8 *bytes, guint number)
{
  const guint32 timestamp = number * 270;
  const guint8 header[RTP_HEADER + 4] = { row->header > 0 ? 0x90 : 0x80,
                                          (guint8) row->type,
                                          (guint8) (number >> 8),
                                          (guint8) number,
                                          (guint8) (timestamp >> 24),
                                          (guint8) (timestamp >> 16),
                                          (guint8) (timestamp >> 8),
                                          (guint8) timestamp,
                                          0,
                                          0,
                                          0,
                                          9,
                                          0xbe,
                                          0xde,
                                          0,
                                          (guint8) (row->header / 4 - 1) };

  if (!row->rtp)
    return 0;
  memset (bytes, 0, RTP_HEADER + row->header);
  memcpy (bytes, header, RTP_HEADER + (row->header > 0 ? 4 : 0));
  return RTP_HEADER + row->header;
}

typedef struct
{
  guint8 bytes[LARGE];
  guint size;
} Datagram;

static GArray *
cut (const Row *row, const Stream *stream, GRand *rand)
{
  GArray *datagrams = g_array_new (FALSE, FALSE, sizeof (Datagram));

  for (guint at = row->start; at < stream->bytes->len;) {
    const guint wanted = row->cut > 0 ? row->cut : (guint) g_rand_int_range (rand, 1, 1400);
    const guint size = MIN (wanted, stream->bytes->len - at);
    Datagram datagram;

    datagram.size = put_header (row, datagram.bytes, datagrams->len);
    memcpy (datagram.bytes + datagram.size, stream->bytes->data + at, size);
    datagram.size += size;
    at += size;
    g_array_append_val (datagrams, datagram);
  }
  for (guint i = row->swap; row->swap > 0 && i + 1 < datagrams->len; i += row->swap) {
    Datagram *at = &g_array_index (datagrams, Datagram, i);
    const Datagram first = at[0];

    at[0] = at[1];
    at[1] = first;
  }
  return datagrams;
}

/* What is handed on is as it was announced, or says that it is not, and is whole packets. */
static void
check_item (const Row *row, const LecItem *item)
{
  const guint8 *payload;

  if (item->kind != LEC_ITEM_PACKET)
    return;
  payload = item->packet->data + item->packet->payload_offset;
  if (item->packet->extended_sequence > 3) /* before, it was not known */
    g_assert_true (lec_ts_is_aligned (payload, item->packet->payload_size));
  g_assert_cmpuint (item->packet->payload_offset + item->packet->payload_size, ==,
                    item->packet->size);
  if (row->kind == LEC_KIND_RTP) {
    LecPacket again = *item->packet;

    g_assert_true (lec_format_rtp.parse (&again));
    g_assert_cmpuint (again.payload_offset, ==, item->packet->payload_offset);
    g_assert_cmpuint (again.sequence, ==, (guint16) item->packet->sequence);
  }
  lec_packet_release (item->packet);
}

static void
pull (const Row *row, LecSession *session, gint64 now_ns)
{
  gint64 wake_ns;
  LecItem item;

  while (lec_session_pull (session, now_ns, &item, &wake_ns))
    check_item (row, &item);
}

static void
feed (LecSession *session, const Datagram *datagram, gint64 now_ns)
{
  if (!lec_session_is_control (session, datagram->bytes, datagram->size, SENDER))
    lec_session_feed (session, packet_of_bytes (datagram->bytes, datagram->size, now_ns, SENDER),
                      0);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  Stream stream = make_stream (row, rand);
  g_autoptr (GArray) datagrams = cut (row, &stream, rand);
  g_autofree LecTsStats *ts = g_new0 (LecTsStats, 1);
  gint64 now_ns = SECOND;
  LecPlayout playout;
  LecSession *session;
  LecStats stats;

  lec_playout_init (&playout, LATENCY, MSECOND);
  session = new_session (row, &playout);
  for (guint i = 0; i < datagrams->len; i++, now_ns += SPACING) {
    const Datagram *datagram = &g_array_index (datagrams, Datagram, i);

    if (row->lose > 0 && i % row->lose == row->lose - 1)
      continue;
    feed (session, datagram, now_ns);
    if (row->copy > 0 && i % row->copy == 0)
      feed (session, datagram, now_ns);
    pull (row, session, now_ns);
  }
  pull (row, session, now_ns + SECOND);
  lec_session_read_ts (session, now_ns, ts);
  stats = lec_session_get_stats (session);
  g_test_message ("%u packets, %" G_GUINT64_FORMAT " came, %" G_GUINT64_FORMAT
                  " lost inside, %" G_GUINT64_FORMAT " lost, %" G_GUINT64_FORMAT
                  " duplicate, %" G_GUINT64_FORMAT " merged, %" G_GUINT64_FORMAT
                  " discarded, %" G_GUINT64_FORMAT " reordered",
                  stream.packets, ts->packets, ts->lost, stats.lost, stats.duplicate, stats.merged,
                  stats.discarded, stats.reordered);
  /* the last one, of which nothing shows yet that it is one, and the first, whose start is missing
   */
  g_assert_cmpuint (ts->packets + row->missing + 3 + (row->start > 0), >=, stream.packets);
  g_assert_cmpuint (ts->packets, <=, stream.packets);
  g_assert_cmpuint (ts->lost, <=, row->missing);
  g_assert_cmpuint (ts->duplicate, ==, 0);
  g_assert_cmpuint (stats.lost, >=, row->lost_from);
  g_assert_cmpuint (stats.lost, <=, row->lost_to);
  g_assert_cmpuint (stats.restarts, ==, 0);
  g_assert_cmpint (stats.found, ==, row->found);
  g_assert_cmpuint (stats.discarded, <=, row->missing > 0 ? 2 : 0);
  if (row->copy > 0)
    g_assert_cmpuint (stats.duplicate, >=, datagrams->len * 9 / 10);
  else
    g_assert_cmpuint (stats.duplicate, ==, 0);
  lec_session_free (session);
  g_assert_cmpint (packets_alive (), ==, 0);
  g_byte_array_unref (stream.bytes);
}

/* One payload that happens to begin with sync bytes makes no transport stream of anything, and
 * neither does one datagram. */
static void
test_chance (void)
{
  const Row row = { "", RTP, .payload = 96, .rtp = TRUE, .type = 96 };
  Datagram datagram = { .size = RTP_HEADER + 2 * LEC_TS_PACKET };
  LecPlayout playout;
  LecSession *session;

  lec_playout_init (&playout, LATENCY, MSECOND);
  session = new_session (&row, &playout);
  for (guint i = 0; i < 300; i++) {
    memset (datagram.bytes, 0x47, sizeof datagram.bytes);
    put_header (&row, datagram.bytes, i);
    if (i % 3 == 2) /* two in a row are packets, the third is none */
      datagram.bytes[RTP_HEADER] = 0x65;
    else
      datagram.bytes[RTP_HEADER + 3] = datagram.bytes[RTP_HEADER + LEC_TS_PACKET + 3] = 0x10;
    feed (session, &datagram, SECOND + i * SPACING);
    if (i % 50 == 0) { /* and one without RTP, of whomever */
      datagram.bytes[0] = LEC_TS_SYNC;
      datagram.bytes[3] = 0x10;
      memcpy (datagram.bytes + LEC_TS_PACKET, datagram.bytes, LEC_TS_PACKET);
      lec_session_feed (
          session,
          packet_of_bytes (datagram.bytes, 2 * LEC_TS_PACKET, SECOND + i * SPACING, 2 * SENDER), 0);
    }
  }
  g_assert_cmpint (lec_session_get_stats (session).found, ==, LEC_FOUND_ANNOUNCED);
  g_assert_cmpuint (lec_session_get_stats (session).restarts, ==, 0);
  lec_session_free (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/ts-carriage/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/ts-carriage/chance", test_chance);
  return g_test_run ();
}
