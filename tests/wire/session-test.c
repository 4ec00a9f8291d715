/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Order and loss. What a reader who knows GStreamer's rtpjitterbuffer will find otherwise, on
 * purpose:
 *
 * - A hole is given up as a whole: when the packet after it is due, less the spacing of an even
 *   stream; not packet by packet.
 * - Output begins with 4 packets in a row (of audio 2), or after 20 ms; not after the latency.
 * - Three packets in a row prove a jump, not five, but the old place must be silent by then.
 * - What comes again after it left is a duplicate, not late.
 * - One hole makes one gap: nothing is waited for packet by packet.
 * - A lost picture in the order of decoding gets the time of the packet after it, not before. */
#include "wire/session.h"

#include "support/scenarios.h"

#define SPACING (20 * MSECOND) /* of audio; a hole is given up when the last one missing is due */

/* The same wherever the wrap lies. */
static void
test_late_at_wrap (void)
{
  for (guint16 before = 0; before < 6; before++) {
    Station station = station_audio ();
    LecStats stats;
    Trace trace;
    Bench bench;

    station.sequence = (guint16) (-50 - 3 + before);
    trace_init (&trace);
    trace_send (&trace, &station, 100);
    trace_at (&trace, 50)->arrival_ns += 300 * MSECOND;
    trace_sort (&trace);
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, STORY_LATENCY);
    bench_play (&bench, &trace);
    g_assert_cmpuint (bench.holes->len, ==, 1);
    stats = bench_finish (&bench);
    trace_clear (&trace);
    g_assert_cmpuint (stats.out, ==, 99);
    g_assert_cmpuint (stats.lost, ==, 0);
    g_assert_cmpuint (stats.late, ==, 1);
  }
}

/* Of an even stream the time and length of what is missing are known, and the packet after it says
 * that something is. */
static void
test_gap (void)
{
  Station station = station_audio ();
  const Hole *hole;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 100);
  g_array_remove_range (trace.arrivals, 50, 3);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, STORY_LATENCY);
  bench_play (&bench, &trace);
  hole = &g_array_index (bench.holes, Hole, 0);
  g_assert_cmpuint (hole->gap.count, ==, 3);
  g_assert_cmpint (hole->gap.pts_ns, ==, SECOND + 50 * 20 * MSECOND);
  g_assert_cmpint (hole->gap.duration_ns, ==, 60 * MSECOND);
  for (guint i = 0; i < bench.outputs->len; i++)
    g_assert_cmpint (bench_output (&bench, i)->discont, ==, i == 0 || i == 50);
  bench_finish (&bench);
  trace_clear (&trace);
}

/* -- many seeds -- */

typedef struct
{
  const char *name;
  Impairment impairment;
} Season;

static const Season seasons[] = {
  { "jitter", { .jitter_ns = 5 * MSECOND } },
  { "loss", { .loss = 0.05 } },
  { "bursts of loss", { .burst = 0.01, .burst_end = 0.2, .jitter_ns = MSECOND } },
  { "reordering", { .overtaken = 0.1, .overtaken_ns = 60 * MSECOND } },
  { "reordering beyond all patience", { .overtaken = 0.05, .overtaken_ns = 600 * MSECOND } },
  { "doubles", { .doubled = 0.5, .doubled_ns = 40 * MSECOND } },
  { "everything",
    { .jitter_ns = 3 * MSECOND,
      .loss = 0.02,
      .burst = 0.005,
      .burst_end = 0.3,
      .overtaken = 0.05,
      .overtaken_ns = 80 * MSECOND,
      .doubled = 0.1,
      .doubled_ns = 50 * MSECOND } },
};

static const Hole *
find_hole (const Bench *bench, gint64 sequence)
{
  for (guint i = 0; i < bench->holes->len; i++) {
    const Hole *hole = &g_array_index (bench->holes, Hole, i);

    if (sequence >= hole->gap.first && sequence < hole->gap.first + (gint64) hole->gap.count)
      return hole;
  }
  return NULL;
}

/* Whatever was given up came later than that, and nothing was given up in haste. */
static void
check_nothing_thrown_away (const Bench *bench, const Trace *trace, gint64 first)
{
  g_autofree guint8 *out = g_new0 (guint8, trace->sent);

  for (guint i = 0; i < bench->outputs->len; i++)
    out[bench_output (bench, i)->arrival.number] = 1;
  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);
    const Hole *hole;

    if (out[arrival->number])
      continue;
    hole = find_hole (bench, first + arrival->number);
    if (hole != NULL)
      g_assert_cmpint (hole->out_ns, <=, arrival->arrival_ns);
    else
      g_assert_cmpint (first + arrival->number, <, bench_output (bench, 0)->extended);
  }
}

static void
check_not_hasty (const Bench *bench)
{
  for (guint i = 0; i < bench->holes->len; i++) {
    const Hole *hole = &g_array_index (bench->holes, Hole, i);

    for (guint j = 0; j < bench->outputs->len; j++) {
      const Output *output = bench_output (bench, j);

      if (output->extended != hole->gap.first + (gint64) hole->gap.count)
        continue;
      g_assert_cmpint (hole->out_ns, >=, output->pts_ns + STORY_LATENCY - SPACING);
      break;
    }
  }
}

/* Numbers that did not go out, of those that may have been sent before the join: where the first
 * two in a row came, or as long as packets overtake each other. */
static guint
count_holes_at_join (const Bench *bench)
{
  gint64 join_ns = bench_output (bench, 0)->arrival.arrival_ns + 110 * MSECOND;
  guint holes = 0;

  for (guint i = 1; i < bench->outputs->len; i++) {
    const Output *output = bench_output (bench, i);

    if (output->arrival.arrival_ns > join_ns)
      break;
    holes += (guint) (output->extended - bench_output (bench, i - 1)->extended - 1);
  }
  return holes;
}

static void
run_season (gconstpointer data)
{
  const Season *season = data;

  for (guint seed = 1; seed <= 12; seed++) {
    Station station = seed % 2 ? station_audio () : station_video ();
    gint64 first, expected, uncounted;
    guint at_join;
    LecStats stats;
    Trace trace;
    Bench bench;

    station.sequence = (guint16) (64000 + seed * 100);
    trace_init (&trace);
    trace_send (&trace, &station, seed % 2 ? 4000 : 1000);
    trace_weather (&trace, &season->impairment, seed);
    bench_init (&bench, seed % 2 ? LEC_MEDIA_AUDIO : LEC_MEDIA_VIDEO, LEC_KIND_RTP, 1,
                STORY_LATENCY);
    bench_play (&bench, &trace);
    bench_advance (&bench, bench.now_ns + SECOND);
    first = bench_output (&bench, 0)->extended - bench_output (&bench, 0)->arrival.number;
    expected = bench_output (&bench, bench.outputs->len - 1)->extended
               - bench_output (&bench, 0)->extended + 1;
    check_nothing_thrown_away (&bench, &trace, first);
    check_not_hasty (&bench);
    at_join = count_holes_at_join (&bench);
    stats = bench_finish (&bench);
    uncounted = expected - (gint64) (stats.lost + stats.late + stats.out);
    g_assert_cmpint (uncounted, >=, 0);
    g_assert_cmpint (uncounted, <=, at_join);
    g_assert_cmpuint (stats.restarts, ==, 0);
    g_assert_cmpuint (stats.discarded, ==, 0);
    trace_clear (&trace);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  stories_add ("/session", stories_order.rows, stories_order.n_rows);
  stories_add ("/session/peer", stories_peer.rows, stories_peer.n_rows);
  for (guint i = 0; i < G_N_ELEMENTS (seasons); i++) {
    g_autofree char *path = g_strdup_printf ("/session/season/%s", seasons[i].name);

    g_test_add_data_func (path, &seasons[i], run_season);
  }
  g_test_add_func ("/session/late-at-wrap", test_late_at_wrap);
  g_test_add_func ("/session/gap", test_gap);
  return g_test_run ();
}
