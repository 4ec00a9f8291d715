/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session is told besides the packets of one leg: goodbyes, local loss, a reset, other legs;
 * and the transport stream, which comes with RTP or without. */
#include "wire/session.h"

#include "support/bench.h"

#define LATENCY (200 * MSECOND)

static void
say_bye (Bench *bench, guint32 ssrc)
{
  const guint8 bye[] = {
    0x81,          203, 0, 1, (guint8) (ssrc >> 24), (guint8) (ssrc >> 16), (guint8) (ssrc >> 8),
    (guint8) ssrc,
  };

  lec_session_feed_rtcp (bench->session, bye, sizeof bye, 0, bench->now_ns);
}

static void
play_frames (Bench *bench, Station *station, guint frames)
{
  Trace trace;

  trace_init (&trace);
  trace_send (&trace, station, frames);
  trace_sort (&trace);
  bench_play (bench, &trace);
  trace_clear (&trace);
}

/* -- goodbyes -- */

static void
test_forged_bye (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  for (guint i = 0; i < 100; i++) {
    play_frames (&bench, &station, 5);
    say_bye (&bench, station.ssrc);
  }
  g_assert_cmpint (bench_longest_silence (&bench), <=, 20 * MSECOND);
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.out, ==, 500);
  g_assert_cmpuint (stats.restarts, ==, 0);
}

/* Not even with packets of an SSRC of its own in the same moment. */
static void
test_forged_bye_and_heir (void)
{
  Station station = station_audio ();
  Station forger = station_audio ();
  LecStats stats;
  Bench bench;

  forger.ssrc = 99;
  forger.frame_ns = 1000;
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  for (guint i = 0; i < 100; i++) {
    play_frames (&bench, &station, 5);
    say_bye (&bench, station.ssrc);
    forger.next_ns = bench.now_ns;
    play_frames (&bench, &forger, 5);
  }
  g_assert_cmpint (bench_longest_silence (&bench), <=, 20 * MSECOND);
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.out, ==, 500);
  g_assert_cmpuint (stats.restarts, ==, 0);
}

static void
test_bye_then_successor (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  play_frames (&bench, &station, 100);
  say_bye (&bench, station.ssrc);
  station.ssrc = 99;
  station.sequence = 3;
  play_frames (&bench, &station, 100);
  g_assert_cmpint (bench_longest_silence (&bench), <=, 80 * MSECOND);
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.out, ==, 200);
  g_assert_cmpuint (stats.restarts, ==, 1);
  g_assert_cmpuint (stats.ssrc, ==, 99);
}

/* -- what the owner says -- */

static void
test_local_loss (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  play_frames (&bench, &station, 100);
  station.sequence += 5;
  lec_session_note_local_loss (bench.session, 3, bench.now_ns);
  play_frames (&bench, &station, 100);
  station.sequence += 5;
  play_frames (&bench, &station, 100);
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.lost, ==, 2 + 5);
  g_assert_cmpuint (stats.lost_local, ==, 3);
  g_assert_cmpuint (stats.gaps, ==, 2);
}

/* A receiver that paused comes back to whoever is there, and counts nothing of it as loss. */
static void
test_reset (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  play_frames (&bench, &station, 100);
  lec_session_reset (bench.session);
  bench.begun = FALSE;
  station.sequence += 300;
  station.timestamp += 300 * 160;
  station.next_ns += 6 * SECOND;
  play_frames (&bench, &station, 100);
  lec_session_note_local_loss (bench.session, 3,
                               bench.now_ns); /* of which nobody will see the hole */
  lec_session_reset (bench.session);
  bench.begun = FALSE;
  station.ssrc = 99;
  station.sender = 7;
  play_frames (&bench, &station, 100);
  station.sequence += 2;
  play_frames (&bench, &station, 100);
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.out, ==, 400);
  g_assert_cmpuint (stats.lost, ==, 2);
  g_assert_cmpuint (stats.lost_local, ==, 3);
  g_assert_cmpuint (stats.restarts, ==, 0);
  g_assert_cmpuint (stats.ssrc, ==, 99);
}

static void
test_reset_while_holding (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  play_frames (&bench, &station, 100);
  station.sequence += 5;
  play_frames (&bench, &station, 1);
  lec_session_reset (bench.session);
  stats = lec_session_get_stats (bench.session);
  g_assert_cmpuint (stats.overrun, ==, 1);
  g_assert_cmpint (packets_alive (), ==, 0);
  lec_session_free (bench.session);
  g_array_unref (bench.outputs);
  g_array_unref (bench.holes);
}

/* Lip sync moves what goes out from then on, once, with a discontinuity; small steps are not made.
 */
static void
test_lip (void)
{
  static const struct
  {
    gint64 asked, made; /* [ms] */
  } steps[] = { { 0, 0 }, { 5, 0 }, { 100, 100 }, { 104, 100 }, { 60, 60 }, { 0, 0 } };
  Station station = station_audio ();
  gint64 before = 0;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    const Output *first, *second;
    guint begin = bench.outputs->len;

    lec_playout_stream_set_sync_offset (lec_playout_get_stream (&bench.playout, 0),
                                        steps[i].asked * MSECOND);
    play_frames (&bench, &station, 10);
    first = bench_output (&bench, begin);
    second = bench_output (&bench, begin + 1);
    g_assert_cmpint (second->pts_ns - second->arrival.truth_ns, ==, steps[i].made * MSECOND);
    g_assert_cmpint (first->discont, ==, steps[i].made != before || i == 0);
    g_assert_false (second->discont);
    before = steps[i].made;
  }
  lec_playout_stream_set_sync_offset (lec_playout_get_stream (&bench.playout, 0), 100 * MSECOND);
  g_assert_cmpint (station.sequence++, ==, 1060);
  station.timestamp += 160;
  station.next_ns += 20 * MSECOND;
  play_frames (&bench, &station, 10);
  bench_advance (&bench, bench.now_ns + SECOND);
  g_assert_cmpint (g_array_index (bench.holes, Hole, 0).gap.pts_ns, ==,
                   station.next_ns - 11 * 20 * MSECOND + 100 * MSECOND);
  bench_finish (&bench);
}

/* Another sender's clock has nothing to do with the reports of the one before. */
static void
test_reports_of_the_past (void)
{
  static const guint8 report[28]
      = { 0x80, 200, 0, 6, 0, 0, 0, 1, 0xe0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0x71, 0 };
  Station station = station_audio ();
  LecSessionSync sync;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  g_assert_false (lec_session_get_sync (bench.session, &sync));
  play_frames (&bench, &station, 10);
  lec_session_feed_rtcp (bench.session, report, sizeof report, 0, bench.now_ns);
  g_assert_true (lec_session_get_sync (bench.session, &sync));
  g_assert_cmpuint (sync.cname_length, ==, 0);
  station.ssrc = 99;
  play_frames (&bench, &station, 50);
  g_assert_false (lec_session_get_sync (bench.session, &sync));
  bench_finish (&bench);
}

/* A longer latency lets a hole wait longer, from the moment it is set. */
static void
test_latency (void)
{
  static const gint64 latencies[] = { 40 * MSECOND, 100 * MSECOND, SECOND };

  for (guint i = 0; i < G_N_ELEMENTS (latencies); i++) {
    Station station = station_audio ();
    const Hole *hole;
    Bench bench;

    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 2, LATENCY);
    play_frames (&bench, &station, 50);
    lec_playout_set_latency (&bench.playout, latencies[i]);
    station.sequence++;
    play_frames (&bench, &station, 1);
    bench_advance (&bench, bench.now_ns + 2 * SECOND);
    hole = &g_array_index (bench.holes, Hole, 0);
    g_assert_cmpint (hole->out_ns, ==,
                     bench_output (&bench, 50)->arrival.arrival_ns + latencies[i] - 20 * MSECOND);
    g_assert_cmpint (bench_finish (&bench).latency_ns, ==, latencies[i]);
  }
}

/* What garbage says of itself is not told of the stream. */
static void
test_garbage (void)
{
  Station station = station_audio ();
  g_autoptr (GRand) rng = g_rand_new_with_seed (1);
  LecStats stats;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  play_frames (&bench, &station, 50);
  for (guint i = 0; i < 20000; i++) {
    guint8 bytes[64];
    guint size = (guint) g_rand_int_range (rng, 0, sizeof bytes);

    for (guint j = 0; j < size; j++)
      bytes[j] = (guint8) g_rand_int (rng);
    if (lec_format_rtp.is_control (bytes, size))
      continue;
    bench_feed (&bench, packet_of_bytes (bytes, size, bench.now_ns, 3), i % 5);
  }
  g_assert_cmpuint (lec_session_get_stats (bench.session).payload, ==, 0);
  play_frames (&bench, &station, 50);
  g_assert_cmpint (bench_longest_silence (&bench), <=, 20 * MSECOND);
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.out, ==, 100);
  g_assert_cmpuint (stats.payload, ==, 0);
  g_assert_cmpuint (stats.ssrc, ==, 1);
  g_assert_cmpuint (stats.restarts, ==, 0);
}

/* Somebody will want to say which payload type it is that nobody announced. */
static void
test_payload_before_the_first (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;

  station.payload_type = 101;
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  play_frames (&bench, &station, 50);
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.payload, ==, 101);
  g_assert_cmpuint (stats.discarded, ==, 50);
  g_assert_cmpint (stats.first_packet_ns, ==, SECOND);
}

/* Jitter is that of the network: steps of the sender's time are none of it. */
static void
test_jitter (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;
  Trace trace;

  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  bench.time_line_breaks = TRUE;
  play_frames (&bench, &station, 100);
  g_assert_cmpint (lec_session_get_stats (bench.session).jitter_ns, ==, 0);
  station.timestamp += 9 * 8000;
  play_frames (&bench, &station, 100);
  g_assert_cmpint (lec_session_get_stats (bench.session).jitter_ns, ==, 0);

  trace_init (&trace);
  trace_send (&trace, &station, 1000);
  for (guint i = 0; i < trace.arrivals->len; i += 2)
    trace_at (&trace, i)->arrival_ns += 4 * MSECOND;
  bench_play (&bench, &trace);
  trace_clear (&trace);
  stats = bench_finish (&bench);
  g_assert_cmpint (ABS (stats.jitter_ns - 4 * MSECOND), <, MSECOND / 4);
}

/* -- legs -- */

/* Two legs: the second later, the first gone for a while, then moved to another address. */
static void
test_two_legs (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;
  Trace trace;

  trace_init (&trace);
  trace_send (&trace, &station, 2000);
  for (guint i = 0; i < 2000; i++) {
    Arrival other = *trace_at (&trace, i);

    other.leg = 1;
    other.arrival_ns += 50 * MSECOND;
    if (i >= 500 && i < 700)
      *trace_at (&trace, i) = other;
    else if (i < 1500)
      g_array_append_val (trace.arrivals, other);
    if (i >= 700)
      trace_at (&trace, i)->sender = 9;
  }
  trace_sort (&trace);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 2, LATENCY);
  bench_play (&bench, &trace);
  g_assert_cmpint (bench_longest_silence (&bench), <=, 70 * MSECOND);
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_assert_cmpuint (stats.out, ==, 2000);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.restarts, ==, 0);
}

/* Each leg loses and delays on its own: lost is only what neither brought. */
static void
test_two_legs_in_bad_weather (void)
{
  static const Impairment impairment = { .jitter_ns = 2 * MSECOND,
                                         .loss = 0.05,
                                         .burst = 0.002,
                                         .burst_end = 0.1,
                                         .overtaken = 0.02,
                                         .overtaken_ns = 30 * MSECOND };

  for (guint32 seed = 1; seed <= 10; seed++) {
    guint64 missing = 0;
    gboolean came[4000] = { FALSE };
    LecStats stats;
    Trace legs[2];
    Bench bench;

    for (guint leg = 0; leg < 2; leg++) {
      Station station = station_audio ();

      trace_init (&legs[leg]);
      trace_send (&legs[leg], &station, G_N_ELEMENTS (came));
      trace_delay (&legs[leg], 0, G_MAXINT64, leg * 50 * MSECOND);
      trace_weather (&legs[leg], &impairment, 2 * seed + leg);
      for (guint i = 0; i < legs[leg].arrivals->len; i++) {
        trace_at (&legs[leg], i)->leg = leg;
        came[trace_at (&legs[leg], i)->number] = TRUE;
      }
    }
    g_array_append_vals (legs[0].arrivals, legs[1].arrivals->data, legs[1].arrivals->len);
    trace_sort (&legs[0]);
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 2, LATENCY);
    bench_play (&bench, &legs[0]);
    bench_advance (&bench, bench.now_ns + SECOND);
    for (gint64 i = bench_output (&bench, 0)->arrival.number;
         i < bench_output (&bench, bench.outputs->len - 1)->arrival.number; i++)
      missing += !came[i];
    stats = bench_finish (&bench);
    trace_clear (&legs[0]);
    trace_clear (&legs[1]);
    g_assert_cmpuint (stats.lost, ==, missing);
    g_assert_cmpuint (stats.restarts, ==, 0);
  }
}

/* A restart comes on both legs at once, each packet twice. */
static void
test_restart_on_two_legs (void)
{
  Station station = station_audio ();
  LecStats stats;
  Bench bench;
  Trace trace;

  trace_init (&trace);
  trace_send (&trace, &station, 200);
  station.sequence -= 20000;
  trace_send (&trace, &station, 200);
  for (guint i = 0; i < 400; i++) {
    Arrival other = *trace_at (&trace, i);

    other.leg = 1;
    g_array_append_val (trace.arrivals, other);
  }
  trace_sort (&trace);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 2, LATENCY);
  bench_play (&bench, &trace);
  g_assert_cmpint (bench_longest_silence (&bench), <=, 80 * MSECOND);
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_assert_cmpuint (stats.out, ==, 400);
  g_assert_cmpuint (stats.restarts, ==, 1);
}

/* -- transport stream -- */

/* Pieces of a stream, in a row: who sends, how, and for how long. */
typedef struct
{
  guint64 sender;
  gboolean bare;
  guint packets;
  gint64 pause_ns; /* before it */
  gboolean heard;
} Piece;

typedef struct
{
  const char *story;
  Piece pieces[6];
  guint restarts;
} TsRow;

static const TsRow ts_rows[] = {
  { "bare", { { 1, TRUE, 500, 0, TRUE } }, 0 },
  { "in RTP", { { 1, FALSE, 500, 0, TRUE } }, 0 },
  { "bare, then silence", { { 1, TRUE, 50, 0, TRUE }, { 1, TRUE, 50, 10 * SECOND, TRUE } }, 0 },
  { "a second sender while the first goes on",
    { { 1, TRUE, 50, 0, TRUE }, { 2, TRUE, 5, 0, FALSE }, { 1, TRUE, 50, 0, TRUE } },
    0 },
  { "a second sender after the first",
    { { 1, TRUE, 50, 0, TRUE }, { 2, TRUE, 50, 2 * SECOND, TRUE } },
    1 },
  { "forged RTP between bare packets",
    { { 1, TRUE, 50, 0, TRUE }, { 2, FALSE, 5, 0, FALSE }, { 1, TRUE, 50, 0, TRUE } },
    0 },
  { "forged bare packets between RTP",
    { { 1, FALSE, 50, 0, TRUE }, { 2, TRUE, 5, 0, FALSE }, { 1, FALSE, 50, 0, TRUE } },
    0 },
  { "bare, then in RTP, then bare",
    { { 1, TRUE, 50, 0, TRUE },
      { 1, FALSE, 50, 2 * SECOND, TRUE },
      { 1, TRUE, 50, 2 * SECOND, TRUE } },
    2 },
};

static void
run_ts_row (gconstpointer data)
{
  const TsRow *row = data;
  Station station = station_video ();
  guint heard = 0, fed = 0;
  LecStats stats;
  Bench bench;

  station.payload_type = 33;
  station.per_frame = 1;
  station.frame_ns = 7 * MSECOND;
  bench_init (&bench, LEC_MEDIA_VIDEO, LEC_KIND_TS, 1, LATENCY);
  for (const Piece *piece = row->pieces; piece->packets > 0; piece++) {
    Trace trace;

    station.sender = piece->sender;
    station.next_ns += piece->pause_ns;
    trace_init (&trace);
    trace_send (&trace, &station, piece->packets);
    for (guint i = 0; i < piece->packets; i++)
      trace_at (&trace, i)->bare = piece->bare;
    bench_play (&bench, &trace);
    if (!piece->heard)
      station.sequence -= (guint16) piece->packets;
    trace_clear (&trace);
    fed += piece->packets;
    heard += piece->heard ? piece->packets : 0;
  }
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.received, ==, fed);
  g_assert_cmpuint (stats.out, ==, heard);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.restarts, ==, row->restarts);
}

/* Reports on the same port are no transport stream. */
static void
test_ts_with_reports (void)
{
  static const guint8 report[28] = { 0x80, 200, 0, 6, 0, 0, 0, 9 };
  Station station = station_video ();
  LecPacket *packet;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_VIDEO, LEC_KIND_TS, 1, LATENCY);
  packet = packet_of_bytes (report, sizeof report, SECOND / 2, 1);
  lec_session_feed (bench.session, packet, 0);
  g_assert_cmpint (packets_alive (), ==, 0);
  play_frames (&bench, &station, 50);
  g_assert_cmpuint (bench_finish (&bench).out, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/session-owner/forged-bye", test_forged_bye);
  g_test_add_func ("/session-owner/forged-bye-and-heir", test_forged_bye_and_heir);
  g_test_add_func ("/session-owner/bye-then-successor", test_bye_then_successor);
  g_test_add_func ("/session-owner/local-loss", test_local_loss);
  g_test_add_func ("/session-owner/reset", test_reset);
  g_test_add_func ("/session-owner/reset-while-holding", test_reset_while_holding);
  g_test_add_func ("/session-owner/lip", test_lip);
  g_test_add_func ("/session-owner/reports-of-the-past", test_reports_of_the_past);
  g_test_add_func ("/session-owner/latency", test_latency);
  g_test_add_func ("/session-owner/garbage", test_garbage);
  g_test_add_func ("/session-owner/payload-before-the-first", test_payload_before_the_first);
  g_test_add_func ("/session-owner/jitter", test_jitter);
  g_test_add_func ("/session-owner/two-legs", test_two_legs);
  g_test_add_func ("/session-owner/two-legs-in-bad-impairment", test_two_legs_in_bad_weather);
  g_test_add_func ("/session-owner/restart-on-two-legs", test_restart_on_two_legs);
  g_test_add_func ("/session-owner/ts-with-reports", test_ts_with_reports);
  for (guint i = 0; i < G_N_ELEMENTS (ts_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/session-owner/ts/%s", ts_rows[i].story);

    g_test_add_data_func (path, &ts_rows[i], run_ts_row);
  }
  return g_test_run ();
}
