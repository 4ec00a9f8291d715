/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The latency that a session finds by itself, and what it says about its reception. */
#include "support/bench.h"

typedef struct
{
  const char *name;
  void (*spoil) (Trace *trace);
  guint frames;      /* of 20 ms */
  gint64 from, to;   /* [ms] the latency in the end */
  guint64 late_most; /* packets that missed their time on the way there */
} Row;

static void
spoil_nothing (Trace *trace)
{
}

static void
spoil_little (Trace *trace)
{
  trace_weather (trace, &(Impairment){ .jitter_ns = 3 * MSECOND }, 2);
}

static void
spoil_wireless (Trace *trace)
{
  trace_weather (
      trace,
      &(Impairment){ .jitter_ns = 4 * MSECOND, .overtaken = 0.01, .overtaken_ns = 60 * MSECOND },
      3);
}

static void
spoil_much (Trace *trace)
{
  trace_weather (trace, &(Impairment){ .overtaken = 0.05, .overtaken_ns = 400 * MSECOND }, 4);
}

/* Bad for ten seconds at the beginning, then good for eleven minutes. */
static void
spoil_beginning (Trace *trace)
{
  for (gint64 at = 5 * SECOND; at < 15 * SECOND; at += SECOND)
    trace_delay (trace, at, at + 40 * MSECOND, 300 * MSECOND);
}

static const Row rows[] = {
  { "as it begins", spoil_nothing, 3000, 150, 150, 0 },
  { "after ten minutes without jitter", spoil_nothing, 31000, 20, 20, 0 },
  { "after ten minutes with some", spoil_little, 31000, 20, 45, 0 },
  { "wireless", spoil_wireless, 31000, 60, 150, 0 },
  { "packets late by up to 400 ms", spoil_much, 3000, 390, 480, 12 },
  { "trouble that has passed", spoil_beginning, 32000, 20, 20, 4 },
};

static void
run_row (gconstpointer data)
{
  const Row *row = data;
  Station station = station_audio ();
  guint64 late = 0;
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, row->frames);
  row->spoil (&trace);
  trace_sort (&trace);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LEC_LATENCY_AUTO);
  for (guint i = 0; i < trace.arrivals->len; i++) {
    const Arrival *arrival = trace_at (&trace, i);

    bench_advance (&bench, arrival->arrival_ns);
    late += arrival->arrival_ns
            > arrival->truth_ns
                  + lec_playout_stream_get_latency (lec_playout_get_stream (&bench.playout, 0));
    bench_feed (&bench, packet_of_arrival (arrival), 0);
  }
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_test_message ("latency %.0f ms, would need %.0f ms, %" G_GUINT64_FORMAT " late",
                  (double) stats.latency_ns / MSECOND, (double) stats.wanted_ns / MSECOND, late);
  g_assert_cmpint (stats.latency_ns, >=, row->from * MSECOND);
  g_assert_cmpint (stats.latency_ns, <=, row->to * MSECOND);
  g_assert_cmpuint (late, <=, row->late_most);
}

/* A lower latency is taken up where something is missing anyway: after a minute, not ten. */
static void
test_shrinks_in_a_hole (void)
{
  Station station = station_audio ();
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 4000);
  trace_drop (&trace, 3500);
  trace_drop (&trace, 1000);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LEC_LATENCY_AUTO);
  for (guint i = 0; i < trace.arrivals->len; i++) {
    const Arrival *arrival = trace_at (&trace, i);
    gboolean before = arrival->number <= 3500;

    bench_advance (&bench, arrival->arrival_ns);
    bench_feed (&bench, packet_of_arrival (arrival), 0);
    if (before || arrival->number > 3520)
      g_assert_cmpint (lec_playout_stream_get_latency (lec_playout_get_stream (&bench.playout, 0)),
                       ==, (before ? 150 : 20) * MSECOND);
  }
  bench_finish (&bench);
  trace_clear (&trace);
}

/* Of each fourth packet it is not known when it came, and it seems to have been late: nothing is
 * learnt of it. Without that mark it would be. */
static void
test_vague (void)
{
  gint64 wanted_ns[2];

  for (guint vague = 0; vague < 2; vague++) {
    Station station = station_audio ();
    LecStats stats;
    Trace trace;
    Bench bench;

    station.frame_ns = 60 * MSECOND;
    trace_init (&trace);
    trace_send (&trace, &station, 11000);
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LEC_LATENCY_AUTO);
    for (guint i = 0; i < trace.arrivals->len; i++) {
      LecPacket *packet = packet_of_arrival (trace_at (&trace, i));

      bench_advance (&bench, packet->arrival_ns);
      if (i % 4 == 3) {
        packet->arrival_ns += 50 * MSECOND;
        packet->vague = vague;
      }
      bench_feed (&bench, packet, 0);
    }
    stats = bench_finish (&bench);
    trace_clear (&trace);
    g_assert_cmpuint (stats.received, ==, 11000);
    g_assert_cmpuint (stats.out, ==, 11000);
    g_assert_true (vague == (stats.jitter_ns < MSECOND / 10));
    wanted_ns[vague] = stats.wanted_ns;
  }
  g_assert_cmpint (wanted_ns[TRUE], <, wanted_ns[FALSE] - 10 * MSECOND);
}

/* Another stream's packets come 280 ms late for a while. */
static LecPlayoutStream *
add_slow_stream (LecPlayout *playout)
{
  LecPlayoutStream *stream = lec_playout_add (playout, LEC_MEDIA_VIDEO);

  for (gint64 at_ns = 0; at_ns < 10 * SECOND; at_ns += 50 * MSECOND)
    lec_playout_stream_note_delay (stream, 280 * MSECOND, at_ns);
  return stream;
}

/* One stream of several has the latency of the one that needs most, and holes wait for as long. */
static void
test_least (void)
{
  Station station = station_audio ();
  gint64 most_ns;
  const Hole *hole;
  LecPlayoutStream *slow;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 100);
  trace_drop (&trace, 50);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LEC_LATENCY_AUTO);
  slow = add_slow_stream (&bench.playout);
  most_ns = lec_playout_stream_get_needed (slow);
  g_assert_cmpint (most_ns, >=, 280 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_latency (lec_playout_get_stream (&bench.playout, 0)), ==,
                   LEC_LATENCY_FIRST_NS);
  g_assert_true (lec_playout_agree (&bench.playout));
  g_assert_false (lec_playout_agree (&bench.playout));
  g_assert_cmpint (bench.playout.latency_ns, ==, most_ns);
  g_assert_cmpint (lec_playout_stream_get_latency (lec_playout_get_stream (&bench.playout, 0)), ==,
                   most_ns);
  g_assert_cmpint (lec_playout_stream_get_needed (lec_playout_get_stream (&bench.playout, 0)), ==,
                   LEC_LATENCY_FIRST_NS);
  bench_play (&bench, &trace);
  bench_advance (&bench, bench.now_ns + SECOND);
  hole = &g_array_index (bench.holes, Hole, 0);
  g_assert_cmpint (hole->out_ns, ==, hole->gap.pts_ns + most_ns);
  lec_playout_set_latency (&bench.playout, 100 * MSECOND);
  g_assert_cmpint (bench_finish (&bench).latency_ns, ==, 100 * MSECOND);
  trace_clear (&trace);
}

/* What is set is told of, even if it comes to the same; what it begins with is not. */
static void
test_changes (void)
{
  LecPlayout playout;

  lec_playout_init (&playout, LEC_LATENCY_AUTO, 150 * MSECOND);
  lec_playout_add (&playout, LEC_MEDIA_AUDIO);
  g_assert_false (lec_playout_agree (&playout));
  lec_playout_begin (&playout, LEC_LATENCY_AUTO, 90 * MSECOND);
  g_assert_false (lec_playout_agree (&playout));
  g_assert_cmpint (playout.latency_ns, ==, 90 * MSECOND);
  lec_playout_set_latency (&playout, 90 * MSECOND);
  g_assert_false (playout.automatic);
  g_assert_true (lec_playout_agree (&playout));
  g_assert_false (lec_playout_agree (&playout));
  lec_playout_set_latency (&playout, LEC_LATENCY_AUTO);
  g_assert_true (playout.automatic);
  g_assert_true (lec_playout_agree (&playout));
  g_assert_cmpint (playout.latency_ns, ==, 90 * MSECOND);
}

/* While play-out is further behind than it need be, holes have that time; the latency stays what it
 * is. */
static void
test_delay (void)
{
  Station station = station_audio ();
  const Hole *hole;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 100);
  trace_drop (&trace, 50);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, 100 * MSECOND);
  lec_playout_set_delay (&bench.playout, 140 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_latency (lec_playout_get_stream (&bench.playout, 0)), ==,
                   100 * MSECOND);
  bench_play (&bench, &trace);
  bench_advance (&bench, bench.now_ns + SECOND);
  hole = &g_array_index (bench.holes, Hole, 0);
  g_assert_cmpint (hole->out_ns, ==, hole->gap.pts_ns + 140 * MSECOND);
  bench_finish (&bench);
  trace_clear (&trace);
}

/* The second leg is 120 ms behind: the latency leaves it the time to fill holes of the first. */
static void
test_legs_apart (void)
{
  Station station = station_audio ();
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 3000);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 2, LEC_LATENCY_AUTO);
  for (guint i = 0; i < trace.arrivals->len; i++) {
    Arrival arrival = *trace_at (&trace, i);

    bench_advance (&bench, arrival.arrival_ns);
    if (i % 50 != 7)
      bench_feed (&bench, packet_of_arrival (&arrival), 0);
    if (i < 6)
      continue;
    arrival = *trace_at (&trace, i - 6);
    arrival.arrival_ns = bench.now_ns;
    bench_feed (&bench, packet_of_arrival (&arrival), 1);
  }
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.out, ==, 3000);
  g_assert_cmpuint (stats.legs[0].lost, ==, 60);
  g_assert_cmpuint (stats.legs[1].lost, ==, 0);
  g_assert_cmpuint (stats.legs[1].received, ==, 2994);
  g_assert_cmpint (stats.legs[1].skew_ns, ==, 120 * MSECOND);
  g_assert_cmpint (stats.latency_ns, >=, 130 * MSECOND);
}

/* What this host dropped and another leg has brought hides no later loss of the network. */
static void
test_local_loss_is_forgotten (void)
{
  Station station = station_audio ();
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 500);
  trace_drop (&trace, 400);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 2, 200 * MSECOND);
  for (guint i = 0; i < trace.arrivals->len; i++) {
    const Arrival *arrival = trace_at (&trace, i);

    bench_advance (&bench, arrival->arrival_ns);
    if (arrival->number == 100)
      lec_session_note_local_loss (bench.session, 1, bench.now_ns);
    bench_feed (&bench, packet_of_arrival (arrival), 0);
  }
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_assert_cmpuint (stats.lost_local, ==, 1);
  g_assert_cmpuint (stats.lost, ==, 1);
}

/* Nothing for longer than usual is a stall; slides that come every two seconds are none. */
static void
test_stalls (void)
{
  static const struct
  {
    gint64 spacing, pause; /* [ms] */
    guint64 stalls;
  } cases[] = { { 20, 400, 0 }, { 20, 700, 3 }, { 20, 10000, 3 }, { 700, 0, 0 }, { 600, 9000, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Station station = station_audio ();
    Trace trace;
    Bench bench;

    station.frame_ns = cases[i].spacing * MSECOND;
    trace_init (&trace);
    for (guint j = 0; j < 4; j++) {
      trace_send (&trace, &station, 200);
      station.next_ns += cases[i].pause * MSECOND;
      station.timestamp += (double) cases[i].pause * 8;
    }
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, 200 * MSECOND);
    bench_play (&bench, &trace);
    g_assert_cmpuint (lec_session_get_stats (bench.session).stalls, ==, cases[i].stalls);
    bench_finish (&bench);
    trace_clear (&trace);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/session-latency/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], run_row);
  }
  g_test_add_func ("/session-latency/shrinks-in-a-hole", test_shrinks_in_a_hole);
  g_test_add_func ("/session-latency/vague", test_vague);
  g_test_add_func ("/session-latency/least", test_least);
  g_test_add_func ("/session-latency/changes", test_changes);
  g_test_add_func ("/session-latency/delay", test_delay);
  g_test_add_func ("/session-latency/legs-apart", test_legs_apart);
  g_test_add_func ("/session-latency/local-loss-is-forgotten", test_local_loss_is_forgotten);
  g_test_add_func ("/session-latency/stalls", test_stalls);
  return g_test_run ();
}
