/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Order and loss. What a reader who knows GStreamer's rtpjitterbuffer will find otherwise, on
 * purpose:
 *
 * - A hole is given up as a whole: when the packet after it is due, less the spacing of an even
 *   stream, at least 10 ms; not packet by packet.
 * - Output begins with 4 packets in a row (of audio 2), or after 20 ms; not after the latency.
 * - Three packets in a row prove a jump, not five, but the old place must be silent by then.
 * - What comes again after it left is a duplicate, not late.
 * - One hole makes one gap: nothing is waited for packet by packet.
 * - A lost picture in the order of decoding gets the time of the packet after it, not before. */
#include "wire/session.h"

#include "support/story.h"

#define HEADROOM (20 * MSECOND) /* what a hole may not use of the latency, at most */

/* -- order -- */

static void
tell_in_order (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 20000);
}

static void
tell_video (Trace *trace)
{
  Station station = station_video ();

  trace_send (trace, &station, 5000);
}

static void
tell_swapped (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  trace_at (trace, 50)->arrival_ns += 21 * MSECOND;
}

static void
tell_begins_backwards (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 50);
  trace_at (trace, 0)->arrival_ns = trace_at (trace, 2)->arrival_ns
      = trace_at (trace, 1)->arrival_ns;
  trace_at (trace, 0)->number = 2;
  trace_at (trace, 2)->number = 0;
}

static void
tell_video_begins_backwards (Trace *trace)
{
  Station station = station_video ();

  trace_send (trace, &station, 50);
  trace_at (trace, 0)->arrival_ns = trace_at (trace, 2)->arrival_ns + 2;
  trace_at (trace, 1)->arrival_ns = trace_at (trace, 2)->arrival_ns + 1;
}

static void
tell_twice (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 10000);
  trace_weather (trace, &(Weather){ .doubled = 1, .doubled_ns = 100 * MSECOND }, 1);
}

static void
tell_both_wrap (Trace *trace)
{
  Station station = station_audio ();

  station.sequence = (guint16) -100;
  station.timestamp = (double) (G_GINT64_CONSTANT (0x100000000) - 100 * 160);
  trace_send (trace, &station, 300);
}

/* Pictures are sent in the order of decoding: I P B B P B B. */
static void
tell_pictures_out_of_order (Trace *trace)
{
  static const int shown[] = { 3, 1, 2 };
  Station station = station_video ();

  for (guint i = 0; i < 900; i++) {
    guint picture = i == 0 ? 0 : (i - 1) / 3 * 3 + (guint) shown[(i - 1) % 3];
    gint64 now = SECOND + i * 40 * MSECOND;

    trace_put (trace, &station, now, (guint16) i, 1000 + picture * 3600);
    trace_put (trace, &station, now + MSECOND, (guint16) i, 1000 + picture * 3600);
    trace_at (trace, trace->arrivals->len - 1)->sequence = (guint16) (2 * i + 1);
    trace_at (trace, trace->arrivals->len - 2)->sequence = (guint16) (2 * i);
  }
}

/* A picture that is shown later than those that overtook it. */
static void
tell_picture_overtaken (Trace *trace)
{
  tell_pictures_out_of_order (trace);
  trace_at (trace, 2 * 601)->arrival_ns += 45 * MSECOND;
  trace_at (trace, 2 * 601 + 1)->arrival_ns += 45 * MSECOND;
}

/* At 4000 packets a second an overtaken packet is hundreds behind. */
static void
tell_far_overtaken (Trace *trace)
{
  Station station = station_video ();

  station.per_frame = 160;
  trace_send (trace, &station, 100);
  trace_at (trace, 50 * 160)->arrival_ns += 23 * MSECOND;
}

static void
tell_all_timestamps_equal (Trace *trace)
{
  Station station = station_audio ();

  for (guint i = 0; i < 1000; i++)
    trace_put (trace, &station, SECOND + i * 20 * MSECOND, (guint16) i, 77);
}

/* -- loss -- */

static void
tell_one_lost (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  trace_drop (trace, 50);
}

static void
tell_one_of_two_in_time (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  trace_drop (trace, 50);
  trace_at (trace, 50)->arrival_ns += 21 * MSECOND; /* number 51, after 52 */
}

static void
tell_late (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  trace_at (trace, 50)->arrival_ns += 500 * MSECOND;
}

static void
tell_big_hole (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  station.sequence += 489;
  station.timestamp += 489 * 160;
  station.next_ns += 489 * 20 * MSECOND;
  trace_send (trace, &station, 100);
}

static void
tell_hole_of_15000 (Trace *trace)
{
  Station station = station_video ();

  station.per_frame = 160; /* 4000 packets a second: 15000 are four seconds */
  trace_send (trace, &station, 100);
  station.sequence += 15000;
  station.timestamp += 90000 * 3.75;
  station.next_ns += 3750 * MSECOND;
  trace_send (trace, &station, 100);
}

static void
tell_40000_behind_a_hole (Trace *trace)
{
  Station station = station_video ();

  station.per_frame = 4000; /* 100 000 packets a second */
  trace_send (trace, &station, 11);
  trace_drop (trace, 2);
}

static const Story stories[] = {
  /* order */
  { "in order", tell_in_order, AUDIO, .out = 20000, .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "frames of four packets", tell_video, VIDEO, .out = 20000, .error_ns = 1 },
  { "two swapped", tell_swapped, AUDIO, .out = 100, .error_ns = 1 },
  { "the first three backwards", tell_begins_backwards, AUDIO, .out = 50 },
  { "the first three of video backwards", tell_video_begins_backwards, VIDEO, .out = 200,
    .error_ns = 6 * MSECOND },
  { "everything comes twice", tell_twice, AUDIO, .out = 10000, .duplicate = 10000 },
  { "both counters wrap at once", tell_both_wrap, AUDIO, .out = 300, .silence_ns = 20 * MSECOND,
    .error_ns = 1 },
  { "pictures in the order of decoding", tell_pictures_out_of_order, VIDEO, .out = 1800,
    .silence_ns = 40 * MSECOND },
  { "one of them overtaken", tell_picture_overtaken, VIDEO, .out = 1800, .steps = TRUE },
  { "one packet overtaken by 160", tell_far_overtaken, VIDEO, .out = 16000, .error_ns = 1 },
  { "all time stamps equal", tell_all_timestamps_equal, AUDIO, .out = 1000, .restarts = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = SECOND + 20 * MSECOND, .steps = TRUE },
  /* loss */
  { "one lost", tell_one_lost, AUDIO, .out = 99, .lost = 1, .error_ns = 1,
    .silence_ns = STORY_LATENCY + 20 * MSECOND },
  { "of two missing one comes in time", tell_one_of_two_in_time, AUDIO, .out = 99, .lost = 1,
    .error_ns = 1 },
  { "lost, then late", tell_late, AUDIO, .out = 99, .lost = 1, .late = 1, .error_ns = 1 },
  { "ten seconds lost", tell_big_hole, AUDIO, .out = 200, .lost = 489, .error_ns = 1 },
  { "15 000 lost at once", tell_hole_of_15000, VIDEO, .out = 32000, .lost = 15000, .error_ns = 1 },
  { "40 000 behind one hole", tell_40000_behind_a_hole, VIDEO, .out = 43999, .lost = 1,
    .error_ns = 1 },
};

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
    g_assert_cmpuint (stats.lost, ==, 1);
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
  Weather weather;
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
      g_assert_cmpint (hole->out_ns, >=, output->pts_ns + STORY_LATENCY - HEADROOM);
      break;
    }
  }
}

static void
run_season (gconstpointer data)
{
  const Season *season = data;

  for (guint seed = 1; seed <= 12; seed++) {
    Station station = seed % 2 ? station_audio () : station_video ();
    gint64 first, expected;
    LecStats stats;
    Trace trace;
    Bench bench;

    station.sequence = (guint16) (64000 + seed * 100);
    trace_init (&trace);
    trace_send (&trace, &station, seed % 2 ? 4000 : 1000);
    trace_weather (&trace, &season->weather, seed);
    bench_init (&bench, seed % 2 ? LEC_MEDIA_AUDIO : LEC_MEDIA_VIDEO, LEC_KIND_RTP, 1,
                STORY_LATENCY);
    bench_play (&bench, &trace);
    bench_advance (&bench, bench.now_ns + SECOND);
    first = bench_output (&bench, 0)->extended - bench_output (&bench, 0)->arrival.number;
    expected = bench_output (&bench, bench.outputs->len - 1)->extended
               - bench_output (&bench, 0)->extended + 1;
    check_nothing_thrown_away (&bench, &trace, first);
    check_not_hasty (&bench);
    stats = bench_finish (&bench);
    g_assert_cmpint (stats.lost + stats.out, ==, expected);
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
  stories_add ("/session", stories, G_N_ELEMENTS (stories));
  for (guint i = 0; i < G_N_ELEMENTS (seasons); i++) {
    g_autofree char *path = g_strdup_printf ("/session/season/%s", seasons[i].name);

    g_test_add_data_func (path, &seasons[i], run_season);
  }
  g_test_add_func ("/session/late-at-wrap", test_late_at_wrap);
  g_test_add_func ("/session/gap", test_gap);
  return g_test_run ();
}
