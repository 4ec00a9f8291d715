/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What this computer does to itself is no delay of the network: stopped, asleep, or kept from
 * running, it reads what has arrived meanwhile at once, and goes on as before. */
#include "support/bench.h"

#define SECONDS 40
#define AT (15 * SECOND)
#define SETTLED (10 * SECOND)

typedef struct
{
  const char *name;
  Station (*station) (void);
  gint64 latency_ns;
  gint64 stop;   /* [ms] */
  guint dropped; /* packets for which the kernel had no room: the last ones of them */
  gboolean starved;
  gboolean network; /* it was the network: then latency grows */
} Row;

static const Row rows[] = {
  { "1 s, sound", station_audio, LEC_LATENCY_AUTO, 1000 },
  { "3 s, sound", station_audio, LEC_LATENCY_AUTO, 3000 },
  { "10 s, sound", station_audio, LEC_LATENCY_AUTO, 10000 },
  { "1 s, pictures", station_lecture, LEC_LATENCY_AUTO, 1000 },
  { "10 s, pictures", station_lecture, LEC_LATENCY_AUTO, 10000 },
  { "3 s, a studio", station_studio, LEC_LATENCY_AUTO, 3000 },
  { "3 s, a studio, fixed", station_studio, 200 * MSECOND, 3000 },
  { "10 s, a studio, not all is kept", station_studio, LEC_LATENCY_AUTO, 10000, 7000 },
  { "10 s, a studio, fixed, not all is kept", station_studio, 200 * MSECOND, 10000, 9000 },
  { "10 s, pictures, not all is kept", station_video, LEC_LATENCY_AUTO, 10000, 600 },
  { "starved, sound", station_audio, LEC_LATENCY_AUTO, 300, .starved = TRUE },
  { "starved, pictures", station_lecture, LEC_LATENCY_AUTO, 700, .starved = TRUE },
  { "starved, a studio", station_studio, LEC_LATENCY_AUTO, 200, .starved = TRUE },
  { "it was the network", station_audio, LEC_LATENCY_AUTO, 1000, .network = TRUE },
};

static void
spoil (const Row *row, Trace *trace)
{
  gint64 end_ns = AT + row->stop * MSECOND;

  if (row->starved) {
    for (gint64 at_ns = AT; at_ns < AT + 10 * SECOND; at_ns += (row->stop + 20) * MSECOND)
      trace_hold_up (trace, at_ns, at_ns + row->stop * MSECOND);
    return;
  }
  trace_hold_up (trace, AT, end_ns);
  for (guint i = trace->arrivals->len, left = row->dropped; i-- > 0 && left > 0;) {
    if (trace_at (trace, i)->read_ns == 0)
      continue;
    g_array_remove_index (trace->arrivals, i);
    left--;
  }
  for (guint i = 0; row->network && i < trace->arrivals->len; i++)
    trace_at (trace, i)->arrival_ns = arrival_get_read_time (trace_at (trace, i));
}

static gint64
get_latency (const Bench *bench)
{
  return lec_session_get_stats (bench->session).latency_ns;
}

/* Packets that were read in time and are late or not of the time when they were sent. */
static guint
count_bad (const Bench *bench, gint64 latency_ns)
{
  guint bad = 0;

  for (guint i = 0; i < bench->outputs->len; i++) {
    const Output *output = bench_output (bench, i);

    if (output->arrival.read_ns == 0)
      bad += output->out_ns > output->pts_ns + latency_ns
             || ABS (output->pts_ns - output->arrival.truth_ns) > 2 * MSECOND;
  }
  return bad;
}

static void
run_row (gconstpointer data)
{
  const Row *row = data;
  Station station = row->station ();
  gint64 before_ns = 0, after_ns = 0, settled_ns;
  guint bad;
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, (guint) (SECONDS * SECOND / station.frame_ns));
  spoil (row, &trace);
  settled_ns = AT + (row->starved ? 10 * SECOND : row->stop * MSECOND) + SETTLED;
  bench_init (&bench, station.payload_type == 96 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO, LEC_KIND_RTP,
              1, row->latency_ns);
  lec_playout_set_smooth (&bench.playout, TRUE);
  for (guint i = 0; i < trace.arrivals->len; i++) {
    const Arrival *arrival = trace_at (&trace, i);
    gboolean first_behind = row->dropped > 0 && i > 0 && arrival->read_ns == 0
                            && trace_at (&trace, i - 1)->read_ns != 0;

    bench_await (&bench, arrival);
    if (arrival->arrival_ns < AT)
      before_ns = get_latency (&bench);
    if (first_behind)
      lec_session_note_local_loss (bench.session, row->dropped, bench.now_ns);
    bench_feed (&bench, packet_of_arrival (arrival), 0);
    if (arrival->arrival_ns < settled_ns)
      after_ns = get_latency (&bench);
  }
  bench_advance (&bench, bench.now_ns);
  bad = count_bad (&bench, after_ns);
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_test_message ("latency %.0f, then %.0f ms; %u bad, %" G_GUINT64_FORMAT " lost",
                  (double) before_ns / MSECOND, (double) after_ns / MSECOND, bad, stats.lost);
  if (row->network) {
    g_assert_cmpint (after_ns, >=, row->stop * MSECOND);
    return;
  }
  g_assert_cmpint (after_ns, <=, before_ns + 10 * MSECOND);
  g_assert_cmpuint (bad, ==, 0);
  g_assert_cmpuint (stats.restarts, ==, 0);
  g_assert_cmpuint (stats.discarded, ==, 0);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.lost_local, ==, row->dropped);
  g_assert_cmpuint (stats.stalls, ==, row->dropped > 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/session-held-up/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], run_row);
  }
  return g_test_run ();
}
