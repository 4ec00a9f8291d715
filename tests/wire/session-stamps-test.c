/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Time stamps as senders make them: those that do not run, those of frames sent out of order, those
 * that jump. On a clean network none of them is a reason to play later. */
#include "support/bench.h"

#define FRAMES 500
#define LATENCY 150 /* [ms] what an automatic one begins with */

typedef struct
{
  const char *name;
  Station (*station) (void);
  /* (nullable): the time stamp of frame @index [1/rate s], told in frames: of presentation where
   * those are sent in another order */
  double (*stamp) (guint index);
  double rate;       /* that it counts at, as a part of the announced one; 0 counts as 1 */
  guint number_far;  /* half way, sequence numbers... */
  double stamp_far;  /* ...and time stamps [s] are from elsewhere... */
  gint64 pause;      /* ...after so long [ms] */
  gboolean markers;  /* each frame ends with one */
  gboolean reorders; /* frames are sent in another order than they are shown */
  gboolean untimed;
  guint64 restarts;
  guint64 unplayed; /* packets late for the latency at most: a frame may take a second */
  gint64 error;     /* [ms] a PTS may be off by, in the last quarter */
} Row;

static double
stamp_constant (guint index)
{
  return 0;
}

static double
stamp_sometimes (guint index)
{
  return index / 25 * 25;
}

static double
stamp_now_and_then (guint index)
{
  return index / 10 * 10;
}

static double
stamp_random (guint index)
{
  return (double) (index * 2654435761u % 100000u);
}

/* Three B-frames between two P-frames: 0, 4 1 2 3, 8 5 6 7. */
static double
stamp_b_frames (guint index)
{
  if (index == 0)
    return 0;
  return (index - 1) % 4 == 0 ? index + 3 : index - 1;
}

/* One B-frame: 0, 2 1, 4 3. */
static double
stamp_one_b_frame (guint index)
{
  if (index == 0)
    return 0;
  return index % 2 == 1 ? index + 1 : index - 1;
}

/* A pyramid of eight: 0, 8 4 2 1 3 6 5 7. */
static double
stamp_pyramid (guint index)
{
  static const guint order[] = { 8, 4, 2, 1, 3, 6, 5, 7 };

  return index == 0 ? 0 : (index - 1) / 8 * 8 + order[(index - 1) % 8];
}

/* A pyramid of sixteen, as H.265 and H.266 have it. */
static double
stamp_deep_pyramid (guint index)
{
  static const guint order[] = { 16, 8, 4, 2, 1, 3, 6, 5, 7, 12, 10, 9, 11, 14, 13, 15 };

  return index == 0 ? 0 : (index - 1) / 16 * 16 + order[(index - 1) % 16];
}

/* An encoder that takes as many B-frames as pay. */
static double
stamp_as_many_as_pay (guint index)
{
  static const guint order[] = { 1, 2, 5, 3, 4, 6, 9, 7, 8, 10, 12, 11 };

  return index == 0 ? 0 : (index - 1) / 12 * 12 + order[(index - 1) % 12];
}

/* Five frames a second, each sent evenly over all its time. */
static Station
station_slow_frames (void)
{
  Station station = station_video ();

  station.frame_ns = 200 * MSECOND;
  station.per_frame = 40;
  return station;
}

static const Row rows[] = {
  { "as they should be", station_audio, .error = 1 },
  { "as they should be, video", station_video, .error = 1 },
  { "as they should be, key frames", station_lecture, .markers = TRUE, .error = 1 },
  { "as they should be, five frames a second", station_slow_frames, .markers = TRUE, .error = 1 },
  { "constant", station_audio, stamp_constant, .untimed = TRUE, .error = 2 },
  { "constant, of a studio", station_studio, stamp_constant, .untimed = TRUE, .error = 2 },
  { "constant, video", station_video, stamp_constant, .untimed = TRUE, .unplayed = 100,
    .error = 11 },
  { "constant, video with markers", station_lecture, stamp_constant, .markers = TRUE,
    .untimed = TRUE, .error = 11 },
  { "step every half second", station_audio, stamp_sometimes, .untimed = TRUE, .error = 2 },
  { "step every 200 ms", station_audio, stamp_now_and_then, .untimed = TRUE, .error = 2 },
  { "step every 400 ms, video with markers", station_lecture, stamp_now_and_then, .markers = TRUE,
    .untimed = TRUE, .error = 11 },
  { "random", station_audio, stamp_random, .untimed = TRUE, .error = 2 },
  { "random, video", station_video, stamp_random, .untimed = TRUE, .error = 11 },
  { "at 1000 Hz", station_video, .rate = 1.0 / 90, .untimed = TRUE, .error = 11 },
  { "at 48000 Hz", station_video, .rate = 48.0 / 90, .untimed = TRUE, .error = 11 },
  { "at 44100 Hz for 48000", station_studio, .rate = 44.1 / 48, .untimed = TRUE, .error = 2 },
  { "at 48000 Hz for 44100", station_studio, .rate = 48.0 / 44.1, .untimed = TRUE, .error = 2 },
  { "at twice the rate", station_audio, .rate = 2, .untimed = TRUE, .error = 2 },
  { "at eleven times the rate", station_audio, .rate = 11, .untimed = TRUE, .error = 2 },
  { "B-frames", station_video, stamp_b_frames, .reorders = TRUE, .error = 1 },
  { "one B-frame", station_video, stamp_one_b_frame, .reorders = TRUE, .error = 1 },
  { "B-frames, key frames", station_lecture, stamp_b_frames, .reorders = TRUE, .markers = TRUE,
    .error = 1 },
  { "a pyramid", station_video, stamp_pyramid, .reorders = TRUE, .error = 1 },
  { "a deep pyramid", station_video, stamp_deep_pyramid, .reorders = TRUE, .error = 1 },
  { "as many B-frames as pay", station_video, stamp_as_many_as_pay, .reorders = TRUE, .error = 1 },
  { "time jumps 10 s ahead", station_video, .stamp_far = 10, .restarts = 1, .error = 1 },
  { "time jumps 10 s back", station_video, .stamp_far = -10, .restarts = 1, .error = 1 },
  { "time jumps half a second ahead", station_audio, .stamp_far = 0.5, .restarts = 1, .error = 1 },
  { "time jumps half a second back", station_audio, .stamp_far = -0.5, .restarts = 1, .error = 1 },
  { "time jumps half a second back, video", station_video, .stamp_far = -0.5, .error = 11 },
  { "time jumps 100 ms back", station_audio, .stamp_far = -0.1, .restarts = 1, .error = 1 },
  { "time jumps 900 ms back", station_studio, .stamp_far = -0.9, .restarts = 1, .error = 1 },
  { "numbers jump", station_audio, .number_far = 20000, .restarts = 1, .error = 1 },
  { "numbers jump back", station_video, .number_far = 60000, .restarts = 1, .error = 1 },
  { "both jump", station_audio, .number_far = 20000, .stamp_far = 1000, .restarts = 1, .error = 1 },
  { "both jump back", station_video, .number_far = 60000, .stamp_far = -9, .restarts = 1,
    .error = 1 },
  { "both jump, a studio", station_studio, .number_far = 30000, .stamp_far = 5000, .restarts = 1,
    .error = 1 },
  { "both jump, B-frames", station_video, stamp_b_frames, .reorders = TRUE, .number_far = 30000,
    .stamp_far = 5000, .restarts = 1, .error = 1 },
  { "both jump after 40 ms", station_video, .number_far = 30000, .stamp_far = 7, .pause = 40,
    .restarts = 1, .error = 1 },
  { "both jump after 300 ms", station_audio, .number_far = 30000, .stamp_far = -7, .pause = 300,
    .restarts = 1, .error = 1 },
  { "both jump after 3 s", station_video, .number_far = 30000, .stamp_far = 7, .pause = 3000,
    .restarts = 1, .error = 1 },
  { "numbers a little back, time far", station_audio, .number_far = 65536 - 40, .stamp_far = 50,
    .restarts = 1, .error = 1 },
  { "numbers a little on, time far", station_audio, .number_far = 40, .stamp_far = 50,
    .restarts = 1, .error = 1 },
  { "both a little back", station_video, .number_far = 65536 - 60, .stamp_far = -0.6, .restarts = 1,
    .error = 1 },
};

static double
stamp_of (const Row *row, guint index)
{
  return row->stamp != NULL ? row->stamp (index) : index;
}

static void
tell (const Row *row, Trace *trace)
{
  Station station = row->station ();
  guint frames = row->station == station_studio ? 10 * FRAMES : FRAMES;
  double base = station.timestamp, step = (double) station.frame_ns * station.rate / SECOND;

  for (guint i = 0; i < frames; i++) {
    guint first = trace->arrivals->len;

    if (i == frames / 2) {
      station.sequence = (guint16) (station.sequence + row->number_far);
      base += row->stamp_far * station.rate;
      station.next_ns += row->pause * MSECOND;
    }
    trace_send (trace, &station, 1);
    for (guint j = first; j < trace->arrivals->len; j++) {
      Arrival *arrival = trace_at (trace, j);

      arrival->timestamp
          = (guint32) (gint64) (base + step * stamp_of (row, i) * (row->rate > 0 ? row->rate : 1));
      arrival->marker &= row->markers;
    }
  }
}

/* What is shown later than it should be. */
static guint64
count_unplayed (const Bench *bench)
{
  guint64 late = 0;

  for (guint i = 0; i < bench->outputs->len; i++) {
    const Output *output = bench_output (bench, i);

    late += output->out_ns > output->pts_ns + LATENCY * MSECOND;
  }
  return late;
}

/* How far PTS are from when the frames were sent. Those that are sent in another order are shown as
 * far apart as they say, and the one that is latest for that when it comes. */
static gint64
worst_error (const Bench *bench, const Row *row)
{
  gint64 worst = 0, least = G_MAXINT64;

  for (guint i = bench->outputs->len / 4 * 3; i < bench->outputs->len; i++) {
    const Output *output = bench_output (bench, i);
    const Output *before = bench_output (bench, i - 1);
    gint64 early = output->pts_ns - output->arrival.truth_ns;
    gint64 apart = (output->media - before->media) * SECOND / row->station ().rate;

    least = MIN (least, early);
    if (row->reorders)
      worst = MAX (worst, ABS (output->pts_ns - before->pts_ns - apart));
    else
      worst = MAX (worst, ABS (early));
  }
  return row->reorders ? MAX (worst, ABS (least)) : worst;
}

static void
run_row (gconstpointer data)
{
  const Row *row = data;
  gint64 longest_ns = 0;
  guint64 unplayed;
  gint64 error_ns;
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  tell (row, &trace);
  bench_init (&bench, row->station ().payload_type == 96 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO,
              LEC_KIND_RTP, 1, LEC_LATENCY_AUTO);
  bench.time_line_breaks = TRUE;
  for (guint i = 0; i < trace.arrivals->len; i++) {
    bench_advance (&bench, trace_at (&trace, i)->arrival_ns);
    bench_feed (&bench, packet_of_arrival (trace_at (&trace, i)), 0);
    longest_ns = MAX (longest_ns, lec_session_get_stats (bench.session).latency_ns);
  }
  bench_advance (&bench, bench.now_ns);
  unplayed = count_unplayed (&bench);
  error_ns = worst_error (&bench, row);
  stats = bench_finish (&bench);
  g_test_message ("latency %.0f ms, jitter %.1f ms, %" G_GUINT64_FORMAT
                  " unplayed, error %.1f ms, %" G_GUINT64_FORMAT " restarts, leg jitter %.1f ms",
                  (double) longest_ns / MSECOND, (double) stats.jitter_ns / MSECOND, unplayed,
                  (double) error_ns / MSECOND, stats.restarts,
                  (double) stats.legs[0].jitter_ns / MSECOND);
  trace_clear (&trace);
  g_assert_cmpint (longest_ns, <=, LATENCY * MSECOND);
  g_assert_cmpint (stats.untimed, ==, row->untimed);
  g_assert_cmpuint (stats.restarts, ==, row->restarts);
  g_assert_cmpuint (unplayed, <=, row->unplayed);
  g_assert_cmpint (error_ns, <=, row->error * MSECOND);
  g_assert_cmpint (stats.jitter_ns, <, 4 * MSECOND);
  g_assert_cmpint (stats.legs[0].jitter_ns, <, 4 * MSECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/session-stamps/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], run_row);
  }
  return g_test_run ();
}
