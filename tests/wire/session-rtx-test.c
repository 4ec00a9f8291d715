/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session makes of retransmission: what is lost is asked for, comes back to the byte, and
 * only if nothing cheaper brings it in time; and whoever lies, or never answers, changes nothing.
 */
#include "wire/session.h"

#include <string.h>

#include "support/fec-hall.h"

#define LATENCY (300 * MSECOND)
#define ROUND_TRIP (4 * MSECOND)

static FecHall
hall_of (guint packets)
{
  return (FecHall){ .latency_ns = LATENCY,
                    .rtx = { .is_on = TRUE, .without_parity = TRUE, .round_trip_ns = ROUND_TRIP },
                    .station = { .scheme = LEC_REPAIR_2022_1,
                                 .packets = packets,
                                 .interval_ns = 5 * MSECOND,
                                 .columns = 5,
                                 .rows = 5,
                                 .plain = TRUE,
                                 .sequence = 65000,
                                 .seed = 7 } };
}

/* Each twentieth packet is lost, for a minute: after the first question all comes back, and is what
 * was sent. The sender's numbers wrap meanwhile. */
static void
test_comes_back (void)
{
  for (guint inside = 0; inside < 2; inside++) {
    FecHall hall = hall_of (12000);
    LecStats stats;
    guint lost;

    hall.rtx.is_inside = inside == 1;
    fec_hall_open (&hall);
    fec_hall_lose_at_random (&hall, 0.05, 0, 1, 3);
    lost = fec_hall_count_lost (&hall);
    fec_hall_play (&hall);
    stats = fec_hall_get_stats (&hall);
    g_test_message ("%u lost, %" G_GUINT64_FORMAT " left, %" G_GUINT64_FORMAT " requests", lost,
                    stats.lost, stats.requests);
    g_assert_cmpuint (lost, >, 500);
    g_assert_cmpuint (stats.lost, <=, 2);
    g_assert_cmpuint (stats.recovered, ==, lost - stats.lost);
    g_assert_cmpuint (stats.repairs[LEC_REPAIR_RTX].repaired, ==, stats.recovered);
    g_assert_cmpuint (stats.repairs[LEC_REPAIR_RTX].packets, ==, stats.recovered);
    g_assert_cmpuint (stats.parity, ==, 0);
    g_assert_cmpuint (stats.requests, ==, hall.requests_ns->len);
    g_assert_cmpuint (stats.requests, <=, lost);
    g_assert_cmpuint (hall.asked, ==, stats.repairs[LEC_REPAIR_RTX].packets);
    g_assert_cmpuint (hall.out, ==, 12000 - stats.lost);
    g_assert_cmpuint (hall.differing, ==, 0);
    g_assert_cmpuint (stats.duplicate + stats.restarts + stats.discarded, ==, 0);
    g_assert_cmpuint (stats.received + stats.recovered, ==, stats.out + stats.aside);
    fec_hall_close (&hall);
  }
}

/* Sent again or not, a session learns the same of clock and network. */
static void
test_nothing_learnt (void)
{
  LecStats stats[2];

  for (guint i = 0; i < 2; i++) {
    FecHall hall = hall_of (4000);

    hall.without_repair = i == 1;
    fec_hall_open (&hall);
    fec_hall_lose_at_random (&hall, 0.05, 0, 1, 3);
    fec_hall_play (&hall);
    stats[i] = fec_hall_get_stats (&hall);
    g_assert_cmpint (hall.requests_ns->len > 0, ==, i == 0);
    fec_hall_close (&hall);
  }
  g_assert_cmpuint (stats[0].recovered, >, 0);
  g_assert_cmpuint (stats[1].recovered, ==, 0);
  g_assert_cmpuint (stats[1].requests, ==, 0);
  g_assert_cmpuint (stats[0].received, ==, stats[1].received);
  g_assert_cmpint (stats[0].jitter_ns, ==, stats[1].jitter_ns);
  g_assert_cmpint (stats[0].delay_ns, ==, stats[1].delay_ns);
  g_assert_cmpint (stats[0].wanted_ns, ==, stats[1].wanted_ns);
  g_assert_cmpfloat (stats[0].drift_ppm, ==, stats[1].drift_ppm);
  g_assert_cmpuint (stats[0].legs[0].lost, ==, stats[1].legs[0].lost);
}

/* Nothing is asked for that parity or another leg brings in time; what they do not bring is. */
static void
test_cheapest (void)
{
  static const struct
  {
    const char *story;
    gboolean parity, second;
    guint burst;   /* packets that are lost together */
    gboolean both; /* also on the other leg */
    guint asked_least, asked_most;
    LecRepairScheme by;
  } rows[] = {
    { "parity brings them", TRUE, FALSE, 1, FALSE, 0, 0, LEC_REPAIR_2022_1 },
    { "more are lost than parity brings", TRUE, FALSE, 12, FALSE, 12, 400, LEC_REPAIR_RTX },
    { "the other leg brings them", FALSE, TRUE, 3, FALSE, 0, 0, LEC_REPAIR_RTX },
    { "nor does the other leg", FALSE, TRUE, 3, TRUE, 27, 33, LEC_REPAIR_RTX },
    { "nothing else brings them", FALSE, FALSE, 3, FALSE, 27, 33, LEC_REPAIR_RTX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    FecHall hall = hall_of (2200);
    LecStats stats;

    hall.latency_ns = SECOND;
    hall.rtx.without_parity = !rows[i].parity;
    hall.second_ns = rows[i].second ? 30 * MSECOND : 0;
    fec_hall_open (&hall);
    for (guint j = 1; j <= 10; j++) {
      for (guint k = 0; k < rows[i].burst; k++) {
        fec_hall_lose (&hall, 200 * j + k);
        for (guint at = 0; rows[i].both && at < hall.sent->len; at++)
          hall.lost_second[at] = hall.lost[at];
      }
    }
    fec_hall_play (&hall);
    stats = fec_hall_get_stats (&hall);
    g_test_message ("%s: %u asked for, %" G_GUINT64_FORMAT " recovered, %" G_GUINT64_FORMAT " lost",
                    rows[i].story, hall.asked, stats.recovered, stats.lost);
    g_assert_cmpuint (hall.asked, >=, rows[i].asked_least);
    g_assert_cmpuint (hall.asked, <=, rows[i].asked_most);
    g_assert_cmpuint (stats.lost, <=, rows[i].burst); /* those of the trial */
    if (!rows[i].second || rows[i].both)
      g_assert_cmpuint (stats.repairs[rows[i].by].repaired, >=, 8 * MIN (rows[i].burst, 5));
    g_assert_cmpuint (hall.differing, ==, 0);
    fec_hall_close (&hall);
  }
}

/* Two legs, parity and retransmission, each of which loses a tenth: they are as one. */
static void
test_together (void)
{
  FecHall hall = hall_of (8000);
  LecStats stats;

  hall.rtx.without_parity = FALSE;
  hall.rtx.answers_lost = 0.1;
  hall.latency_ns = LEC_LATENCY_AUTO;
  hall.second_ns = 20 * MSECOND;
  fec_hall_open (&hall);
  fec_hall_lose_at_random (&hall, 0.1, 0.01, 0.15, 5);
  for (guint i = 0; i < hall.sent->len; i++)
    hall.lost_second[i] = hall.lost[i] && i % 5 != 0;
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_test_message ("%u lost on the first leg; %" G_GUINT64_FORMAT " rebuilt, %" G_GUINT64_FORMAT
                  " sent again, %" G_GUINT64_FORMAT " lost; %u asked for",
                  fec_hall_count_lost (&hall), stats.repairs[LEC_REPAIR_2022_1].repaired,
                  stats.repairs[LEC_REPAIR_RTX].repaired, stats.lost, hall.asked);
  g_assert_cmpuint (fec_hall_count_lost (&hall), >, 900);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].repaired, >, 300);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_RTX].repaired, >, 50);
  g_assert_cmpuint (stats.lost, <, 30);
  g_assert_cmpuint (hall.asked, <, fec_hall_count_lost (&hall) / 2);
  g_assert_cmpuint (hall.differing, ==, 0);
  fec_hall_close (&hall);
}

/* Parity that takes a second is not waited for where it is quicker to ask. */
static void
test_slow_parity (void)
{
  FecHall hall = hall_of (6000);
  LecStats stats;

  hall.rtx.without_parity = FALSE;
  hall.station.columns = hall.station.rows = 10;
  hall.latency_ns = LEC_LATENCY_AUTO;
  fec_hall_open (&hall);
  fec_hall_lose_at_random (&hall, 0.03, 0, 1, 5);
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_test_message ("%u lost, %" G_GUINT64_FORMAT " rebuilt, %" G_GUINT64_FORMAT
                  " sent again; latency %" G_GINT64_FORMAT " ms",
                  fec_hall_count_lost (&hall), stats.repairs[LEC_REPAIR_2022_1].repaired,
                  stats.repairs[LEC_REPAIR_RTX].repaired, hall.latencies_ns[20] / MSECOND);
  g_assert_cmpuint (stats.lost, <=, 3);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_RTX].repaired, >, 20);
  for (guint second = 5; second < 30; second++)
    g_assert_cmpint (hall.latencies_ns[second], <, 400 * MSECOND);
  g_assert_cmpuint (hall.differing, ==, 0);
  fec_hall_close (&hall);
}

/* A minute without loss, one with, one and a half without: retransmission costs delay only while it
 * is of use. */
static void
test_delay (void)
{
  FecHall hall = hall_of (200 * 250);
  LecStats stats;
  guint bad = 0;

  hall.latency_ns = LEC_LATENCY_AUTO;
  hall.rtx.round_trip_ns = 60 * MSECOND;
  fec_hall_open (&hall);
  for (guint i = 0; i < hall.sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, i);

    hall.lost[i] = !datagram->is_parity && datagram->sent_ns > 60 * SECOND
                   && datagram->sent_ns < 120 * SECOND && datagram->number % 25 == 0;
    bad += hall.lost[i] && datagram->sent_ns > 62 * SECOND;
  }
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_test_message ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ms; %u lost",
                  hall.latencies_ns[59] / MSECOND, hall.latencies_ns[90] / MSECOND,
                  hall.latencies_ns[245] / MSECOND, (guint) stats.lost);
  g_assert_cmpint (hall.latencies_ns[63], >, hall.latencies_ns[59] + 60 * MSECOND);
  g_assert_cmpint (hall.latencies_ns[119], <, hall.latencies_ns[59] + 300 * MSECOND);
  g_assert_cmpint (hall.latencies_ns[245], <=, hall.latencies_ns[59]);
  g_assert_cmpuint (stats.lost, <=, 12);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_RTX].repaired, >=, bad - 4);
  fec_hall_close (&hall);
}

/* Nobody answers: the station is asked once a second, then rarely; another computer no more after
 * five seconds, and never where the viewer has not opened what names it. */
static void
test_silence (void)
{
  static const struct
  {
    gboolean is_stranger, is_trusted, answers;
    guint least, most;
  } rows[] = {
    { FALSE, FALSE, FALSE, 5, 10 }, { TRUE, TRUE, FALSE, 4, 6 },    { TRUE, FALSE, FALSE, 0, 0 },
    { TRUE, FALSE, TRUE, 0, 0 },    { TRUE, TRUE, TRUE, 100, 800 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    FecHall hall = hall_of (12000);
    LecStats stats;
    gint64 before_ns = -SECOND;

    hall.rtx.is_stranger = rows[i].is_stranger;
    hall.rtx.is_trusted = rows[i].is_trusted;
    hall.rtx.is_silent = !rows[i].answers;
    fec_hall_open (&hall);
    fec_hall_lose_at_random (&hall, 0.05, 0, 1, 3);
    fec_hall_play (&hall);
    stats = fec_hall_get_stats (&hall);
    g_assert_cmpuint (hall.requests_ns->len, >=, rows[i].least);
    g_assert_cmpuint (hall.requests_ns->len, <=, rows[i].most);
    for (guint j = 0; j < hall.requests_ns->len; j++) {
      const gint64 at_ns = g_array_index (hall.requests_ns, gint64, j);

      g_assert_cmpint (at_ns - before_ns, >=, rows[i].answers ? 10 * MSECOND : SECOND);
      before_ns = at_ns;
    }
    if (!rows[i].answers && rows[i].is_stranger && hall.requests_ns->len > 0)
      g_assert_cmpint (before_ns - g_array_index (hall.requests_ns, gint64, 0), <, 5 * SECOND);
    if (!rows[i].answers) {
      g_assert_cmpuint (stats.recovered, ==, 0);
      g_assert_cmpuint (stats.repairs[LEC_REPAIR_RTX].unrepaired, ==, 0); /* nobody has promised */
    }
    fec_hall_close (&hall);
  }
}

/* The numbers that it is asked for do not grow when they are never answered in time. */
static void
test_too_late (void)
{
  FecHall hall = hall_of (4000);
  LecStats stats;

  hall.latency_ns = 40 * MSECOND;
  hall.rtx.round_trip_ns = 200 * MSECOND;
  fec_hall_open (&hall);
  fec_hall_lose_at_random (&hall, 0.05, 0, 1, 3);
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_test_message ("%u asked for, %" G_GUINT64_FORMAT " late", hall.asked,
                  stats.repairs[LEC_REPAIR_RTX].late);
  g_assert_cmpuint (hall.asked, <=, 5); /* until it is known how long it takes */
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_RTX].late, >=, 1);
  g_assert_cmpuint (stats.recovered, ==, 0);
  fec_hall_close (&hall);
}

/* ---- hostile ---- */

/* What a stranger, or a liar, sends instead of packet 100, which is lost, and nobody sends again.
 */
static void
test_forged (void)
{
  static const struct
  {
    const char *story;
    guint64 sender;
    int type;        /* payload type */
    int number;      /* of the packet that it is said to be, from 100 on */
    int timestamp_s; /* that it is away */
    gboolean empty, used;
  } rows[] = {
    { "right", FEC_STATION_SENDER, FEC_HALL_RTX, 0, 0, FALSE, TRUE },
    { "from another port of the station", FEC_STATION_SENDER + 9, FEC_HALL_RTX, 0, 0, FALSE, TRUE },
    { "of a stranger", (guint64) 0x0a4d0002 << 16 | 5004, FEC_HALL_RTX, 0, 0, FALSE, FALSE },
    { "of a type that was not announced", FEC_STATION_SENDER, 98, 0, 0, FALSE, FALSE },
    { "of a packet that came", FEC_STATION_SENDER, FEC_HALL_RTX, -1, 0, FALSE, FALSE },
    { "of one to come", FEC_STATION_SENDER, FEC_HALL_RTX, 30, 0, FALSE, FALSE },
    { "of one far ahead", FEC_STATION_SENDER, FEC_HALL_RTX, 20000, 0, FALSE, FALSE },
    { "of one long past", FEC_STATION_SENDER, FEC_HALL_RTX, -20000, 0, FALSE, FALSE },
    { "of another time", FEC_STATION_SENDER, FEC_HALL_RTX, 0, 3600, FALSE, FALSE },
    { "with nothing in it", FEC_STATION_SENDER, FEC_HALL_RTX, 0, 0, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    FecHall hall = hall_of (200);
    FecHall liar = hall_of (200);
    LecStats stats;
    LecPacket *packet = NULL;

    liar.station.seed = 8;
    fec_hall_open (&hall);
    fec_hall_open (&liar);
    for (guint j = 0; j < hall.sent->len; j++) {
      const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, j);

      if (datagram->is_parity)
        continue;
      liar.now_ns = datagram->sent_ns;
      if (datagram->number == 100)
        packet = fec_hall_send_again (&hall, j);
      else
        lec_session_feed (liar.session, fec_station_packet (datagram, datagram->sent_ns), 0);
      if (datagram->number == 110) {
        const guint16 number = (guint16) (65000 + 100 + rows[i].number);
        const guint32 at = (guint32) (packet->data[4] << 24 | packet->data[5] << 16
                                      | packet->data[6] << 8 | packet->data[7])
                           + (guint32) rows[i].timestamp_s * 90000;

        packet->arrival_ns = datagram->sent_ns;
        packet->sender = rows[i].sender;
        packet->data[1] = (guint8) ((packet->data[1] & 0x80) | rows[i].type);
        for (guint k = 0; k < 4; k++)
          packet->data[4 + k] = (guint8) (at >> (24 - 8 * k));
        packet->data[12] = (guint8) (number >> 8);
        packet->data[13] = (guint8) number;
        if (rows[i].empty)
          packet->size = 14;
        lec_session_feed_repair (liar.session, packet, LEC_REPAIR_RTX);
      }
    }
    liar.sent->len = 0;
    fec_hall_play (&liar);
    stats = fec_hall_get_stats (&liar);
    g_test_message ("%s", rows[i].story);
    g_assert_cmpuint (stats.recovered, ==, rows[i].used);
    g_assert_cmpuint (stats.lost, ==, !rows[i].used);
    g_assert_cmpuint (stats.out, ==, 199 + rows[i].used);
    g_assert_cmpuint (stats.restarts + stats.discarded, ==, 0);
    fec_hall_close (&hall);
    fec_hall_close (&liar);
  }
}

/* Returns: how many streams a report is about; @again is set to what it says of the second one */
static guint
read_blocks (const guint8 *bytes, gsize size, LecReportBlock *again)
{
  LecRtcpReader reader = lec_rtcp_read (bytes, size);
  LecRtcpItem item;
  guint count = 0;

  while (lec_rtcp_next (&reader, &item)) {
    if (item.kind != LEC_RTCP_BLOCK)
      continue;
    *again = item.block;
    count++;
  }
  return count;
}

/* RFC 4588, section 6.2: what is sent again in the session of the media is a stream to be reported
 * as well; of one in a session of its own nothing is said there. */
static void
test_reported (void)
{
  for (guint inside = 0; inside < 2; inside++) {
    FecHall hall = hall_of (4000);
    g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
    LecStream *stream = lec_alternative_add_stream (
        lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);
    LecReportBlock again = { 0 };
    guint8 bytes[LEC_RTCP_MAX];
    gsize size;

    lec_stream_add_leg (stream, "239.1.1.1", 5004)->rtcp_port = 5005;
    stream->rtcp_receivers = 8000;
    hall.rtx.is_inside = inside == 1;
    fec_hall_open (&hall);
    lec_session_allow_reports (hall.session, stream, "nobody", 3);
    fec_hall_lose_at_random (&hall, 0.05, 0, 1, 3);
    fec_hall_play (&hall);
    hall.now_ns += 20 * SECOND;
    size = lec_session_write_report (hall.session, hall.now_ns, bytes);
    g_assert_true (lec_rtcp_check (bytes, size));
    g_assert_cmpuint (size, <=, LEC_RTCP_MAX);
    g_assert_cmpuint (read_blocks (bytes, size, &again), ==, 1 + inside);
    if (inside == 1) {
      g_assert_cmphex (again.ssrc, ==, FEC_HALL_RTX_SSRC);
      g_assert_cmpint (again.lost, ==, 0);
      g_assert_cmpuint (again.highest, >, 100);
    }
    fec_hall_close (&hall);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/rtx/comes-back", test_comes_back);
  g_test_add_func ("/session/rtx/nothing-learnt", test_nothing_learnt);
  g_test_add_func ("/session/rtx/cheapest", test_cheapest);
  g_test_add_func ("/session/rtx/together", test_together);
  g_test_add_func ("/session/rtx/slow-parity", test_slow_parity);
  g_test_add_func ("/session/rtx/delay", test_delay);
  g_test_add_func ("/session/rtx/silence", test_silence);
  g_test_add_func ("/session/rtx/too-late", test_too_late);
  g_test_add_func ("/session/rtx/forged", test_forged);
  g_test_add_func ("/session-rtx/reported", test_reported);
  return g_test_run ();
}
