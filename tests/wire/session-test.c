/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/session.h"

#include "support/bench.h"

#define LATENCY (200 * MSECOND)
#define HEADROOM (40 * MSECOND) /* of the session: what a hole may not use of the latency */
#define PATIENCE (25 * MSECOND) /* of the jitter buffer: least that a hole waits */
#define ANY G_MAXUINT64

/* A story of one channel: what arrives, and what is to be made of it. */
typedef struct
{
  const char *name;
  void (*tell) (Trace *trace);
  LecMedia media;
  guint64 out, lost, late, duplicate, discarded, restarts; /* exactly; ANY: whatever */
  gint64 silence_ns; /* longest time with nothing out; 0: not looked at */
  gint64 error_ns;   /* furthest that a PTS may be from the truth; 0: not looked at */
  gint64 settled_ns; /* ... from this time on */
  gboolean steps;    /* the sender's time line does not go on smoothly */
  double drift_ppm;  /* of the clocks, to be known at the end */
} Story;

static void
check_count (const char *name, guint64 is, guint64 expected)
{
  if (expected != ANY && is != expected)
    g_test_fail_printf ("%s: %" G_GUINT64_FORMAT ", not %" G_GUINT64_FORMAT, name, is, expected);
}

static gint64
worst_error (const Bench *bench, gint64 settled_ns)
{
  gint64 worst = 0;

  for (guint i = 0; i < bench->outputs->len; i++) {
    const Output *output = bench_output (bench, i);
    gint64 error = output->pts_ns - output->arrival.truth_ns;

    if (output->arrival.truth_ns >= settled_ns && ABS (error) > ABS (worst))
      worst = error;
  }
  return worst;
}

static void
run_story (gconstpointer data)
{
  const Story *story = data;
  gint64 silence, error;
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  story->tell (&trace);
  trace_sort (&trace);
  bench_init (&bench, story->media, LEC_KIND_RTP, 1, LATENCY);
  bench.time_line_breaks = story->steps;
  bench_play (&bench, &trace);
  silence = bench_longest_silence (&bench);
  error = worst_error (&bench, story->settled_ns);
  stats = bench_finish (&bench);
  trace_clear (&trace);

  g_test_message ("out %" G_GUINT64_FORMAT " lost %" G_GUINT64_FORMAT " late %" G_GUINT64_FORMAT
                  " duplicate %" G_GUINT64_FORMAT " discarded %" G_GUINT64_FORMAT
                  " restarts %" G_GUINT64_FORMAT " silence %.1f ms, error %.3f ms, drift %.1f ppm",
                  stats.out, stats.lost, stats.late, stats.duplicate, stats.discarded,
                  stats.restarts, (double) silence / MSECOND, (double) error / MSECOND,
                  stats.drift_ppm);
  check_count ("out", stats.out, story->out);
  check_count ("lost", stats.lost, story->lost);
  check_count ("late", stats.late, story->late);
  check_count ("duplicate", stats.duplicate, story->duplicate);
  check_count ("discarded", stats.discarded, story->discarded);
  check_count ("restarts", stats.restarts, story->restarts);
  g_assert_cmpfloat (ABS (stats.drift_ppm - story->drift_ppm), <, 20);
  if (story->silence_ns > 0)
    g_assert_cmpint (silence, <=, story->silence_ns);
  if (story->error_ns > 0)
    g_assert_cmpint (ABS (error), <=, story->error_ns);
}

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
  trace_at (trace, 0)->arrival_ns = trace_at (trace, 2)->arrival_ns = trace_at (trace, 1)->arrival_ns;
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

/* -- the time line -- */

static void
tell_first_late (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  trace_delay (trace, SECOND, SECOND + 60 * MSECOND, 60 * MSECOND);
  for (guint i = 0; i < 3; i++)
    trace_at (trace, i)->arrival_ns = SECOND + 60 * MSECOND;
}

static void
tell_backlog (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 100; i++)
    trace_at (trace, i)->arrival_ns = SECOND + 100 * 20 * MSECOND;
}

static void
tell_backlog_at_double_speed (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 100; i++)
    trace_at (trace, i)->arrival_ns = 3 * SECOND - (100 - i) * 10 * MSECOND;
}

static void
tell_backlog_of_slides (Trace *trace)
{
  Station station = station_video ();

  station.frame_ns = 200 * MSECOND;
  trace_send (trace, &station, 100);
  for (guint i = 0; i < 40; i++)
    trace_at (trace, i)->arrival_ns = 3 * SECOND;
}

static void
tell_drift (Trace *trace, double ppm)
{
  Station station = station_audio ();

  station.drift_ppm = ppm;
  trace_send (trace, &station, 30 * 60 * 50);
  trace_weather (trace, &(Weather){ .jitter_ns = 2 * MSECOND }, 7);
}

static void
tell_slow_clock (Trace *trace)
{
  tell_drift (trace, 200);
}

static void
tell_fast_clock (Trace *trace)
{
  tell_drift (trace, -200);
}

static void
tell_congestion (Trace *trace)
{
  Station station = station_video ();

  trace_send (trace, &station, 3000);
  trace_hump (trace, 60 * SECOND, 80 * SECOND, 150 * MSECOND);
  trace_weather (trace, &(Weather){ .jitter_ns = MSECOND }, 3);
}

static void
tell_route_longer (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 6000);
  for (guint i = 3000; i < 6000; i++) {
    trace_at (trace, i)->arrival_ns += 40 * MSECOND;
    trace_at (trace, i)->truth_ns += 40 * MSECOND;
  }
}

static void
tell_route_shorter (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 6000);
  for (guint i = 0; i < 3000; i++) {
    trace_at (trace, i)->arrival_ns += 40 * MSECOND;
    trace_at (trace, i)->truth_ns += 40 * MSECOND;
  }
}

static void
tell_stall (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 15; i++)
    trace_at (trace, 500 + i)->arrival_ns = trace_at (trace, 515)->arrival_ns;
}

/* Packets of a millisecond, held up for 300 of them. */
static void
tell_stall_of_many (Trace *trace)
{
  Station station = station_audio ();

  station.frame_ns = MSECOND;
  trace_send (trace, &station, 10000);
  for (guint i = 0; i < 300; i++)
    trace_at (trace, 5000 + i)->arrival_ns = trace_at (trace, 5300)->arrival_ns;
}

static void
tell_queue_that_empties (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 100; i++)
    trace_at (trace, 500 + i)->arrival_ns = trace_at (trace, 600)->arrival_ns - (100 - i) * 10 * MSECOND;
}

static void
tell_jump (Trace *trace, double seconds)
{
  Station station = station_audio ();

  station.timestamp += 8000 * 100;
  trace_send (trace, &station, 500);
  station.timestamp += 8000 * seconds;
  trace_send (trace, &station, 500);
}

static void
tell_jump_forward (Trace *trace)
{
  tell_jump (trace, 10);
}

static void
tell_jump_back (Trace *trace)
{
  tell_jump (trace, -10);
}

static void
tell_half_a_second_forward (Trace *trace)
{
  tell_jump (trace, 0.5);
}

static void
tell_half_a_second_back (Trace *trace)
{
  tell_jump (trace, -0.5);
}

static void
tell_pause (Trace *trace, gint64 pause_ns)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.next_ns += pause_ns;
  trace_send (trace, &station, 500);
}

static void
tell_short_pause (Trace *trace)
{
  tell_pause (trace, 500 * MSECOND);
}

static void
tell_pause_of_10 (Trace *trace)
{
  tell_pause (trace, 10 * SECOND);
}

static void
tell_pause_of_400 (Trace *trace)
{
  tell_pause (trace, 400 * SECOND);
}

static void
tell_silence_of_400 (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.next_ns += 400 * SECOND;
  station.timestamp += 400 * 8000;
  trace_send (trace, &station, 500);
}

static void
tell_stray_timestamp (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  trace_at (trace, 250)->timestamp ^= 0x40000000;
  trace_at (trace, 250)->truth_ns = 0;
}

/* -- the sender begins anew -- */

static void
tell_sequence_jump (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.sequence += 20000;
  trace_send (trace, &station, 500);
}

static void
tell_restart (Trace *trace, guint16 lower, double far, gint64 pause_ns)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.sequence -= lower;
  station.timestamp += far;
  station.next_ns += pause_ns;
  trace_send (trace, &station, 500);
}

static void
tell_restart_1 (Trace *trace)
{
  tell_restart (trace, 1, 1e9, 0);
}

static void
tell_restart_100 (Trace *trace)
{
  tell_restart (trace, 100, 1e9, 0);
}

static void
tell_restart_1000 (Trace *trace)
{
  tell_restart (trace, 1000, 0, 0);
}

static void
tell_restart_30000 (Trace *trace)
{
  tell_restart (trace, 30000, 1e9, 0);
}

static void
tell_restart_50_on (Trace *trace)
{
  tell_restart (trace, 50, 0, 0);
}

static void
tell_restart_after_3_s (Trace *trace)
{
  tell_restart (trace, 100, 1e9, 3 * SECOND);
}

static void
tell_restart_after_3_s_on (Trace *trace)
{
  tell_restart (trace, 50, 0, 3 * SECOND);
}

static void
tell_new_ssrc (Trace *trace, gint64 pause_ns)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.ssrc = 99;
  station.sequence = 65000;
  station.timestamp = 12345;
  station.next_ns += pause_ns;
  trace_send (trace, &station, 500);
}

static void
tell_new_ssrc_at_once (Trace *trace)
{
  tell_new_ssrc (trace, 0);
}

static void
tell_new_ssrc_after_3_s (Trace *trace)
{
  tell_new_ssrc (trace, 3 * SECOND);
}

static void
tell_slow_new_ssrc (Trace *trace)
{
  Station station = station_audio ();

  station.frame_ns = 2 * SECOND;
  trace_send (trace, &station, 10);
  station.ssrc = 99;
  trace_send (trace, &station, 10);
}

static void
tell_new_address (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.sender = 2;
  trace_send (trace, &station, 500);
}

static void
tell_new_payload (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.payload_type = 8;
  station.rate = 16000;
  trace_send (trace, &station, 500);
}

/* -- intruders -- */

static void
tell_two_senders (Trace *trace)
{
  Station one = station_audio ();
  Station two = station_audio ();

  two.ssrc = 99;
  two.sender = 2;
  two.next_ns += 7 * MSECOND;
  trace_send (trace, &one, 1000);
  trace_send (trace, &two, 1000);
}

/* Bursts of packets of the same SSRC, far off in sequence. */
static void
tell_forged (Trace *trace, guint64 sender, guint at_once)
{
  Station station = station_audio ();
  Station forger = station;

  forger.sender = sender;
  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 200; i++) {
    for (guint j = 0; j < at_once; j++)
      trace_put (trace, &forger, 1500 * MSECOND + i * 90 * MSECOND + j,
                 (guint16) (30000 + i * at_once + j), 5);
  }
}

static void
tell_forged_far (Trace *trace)
{
  tell_forged (trace, 1, 1);
}

static void
tell_forged_far_in_bursts (Trace *trace)
{
  tell_forged (trace, 1, 4);
}

static void
tell_forged_elsewhere (Trace *trace)
{
  tell_forged (trace, 2, 4);
}

static void
tell_forged_near (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  trace_put (trace, &station, trace_at (trace, 500)->arrival_ns + 1, (guint16) (1500 + 90), 5);
}

static void
tell_forged_ahead (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  trace_put (trace, &station, trace_at (trace, 500)->arrival_ns + 1, (guint16) (1500 + 90),
             trace_at (trace, 500)->timestamp + 90 * 160);
}

static void
tell_10000_ssrcs (Trace *trace)
{
  Station station = station_audio ();
  Station forger = station;

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 30000; i++) {
    forger.ssrc = 1000 + i / 3;
    forger.sender = 2 + i % 2;
    trace_put (trace, &forger, 1500 * MSECOND + i * MSECOND / 2, (guint16) i, i);
  }
}

static void
tell_stray_first (Trace *trace)
{
  Station station = station_audio ();
  Station stray = station;

  stray.ssrc = 99;
  trace_put (trace, &stray, 990 * MSECOND, 7, 7);
  trace_send (trace, &station, 500);
}

static void
tell_stray_first_same_ssrc (Trace *trace)
{
  Station station = station_audio ();
  Station stray = station;

  trace_put (trace, &stray, 990 * MSECOND, 30007, 7);
  trace_send (trace, &station, 500);
}

/* The last packet of the old type comes behind the first ones of the new. */
static void
tell_new_payload_reordered (Trace *trace)
{
  tell_new_payload (trace);
  trace_at (trace, 499)->arrival_ns += 50 * MSECOND;
}

static void
tell_unknown_payload (Trace *trace)
{
  Station station = station_audio ();
  Station other = station;

  trace_send (trace, &station, 100);
  other.payload_type = 101;
  trace_send (trace, &other, 50);
}

#define VIDEO .media = LEC_MEDIA_VIDEO
#define AUDIO .media = LEC_MEDIA_AUDIO

static const Story stories[] = {
  /* order */
  { "in order", tell_in_order, AUDIO, .out = 20000, .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "frames of four packets", tell_video, VIDEO, .out = 20000, .error_ns = 1 },
  { "two swapped", tell_swapped, AUDIO, .out = 100, .error_ns = 1 },
  /* on purpose: two of audio are enough to begin, so the one before them comes too late */
  { "the first three backwards", tell_begins_backwards, AUDIO, .out = 49, .late = 1 },
  { "the first three of video backwards", tell_video_begins_backwards, VIDEO, .out = 200,
    .error_ns = 6 * MSECOND },
  { "everything comes twice", tell_twice, AUDIO, .out = 10000, .duplicate = 10000 },
  { "both counters wrap at once", tell_both_wrap, AUDIO, .out = 300,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "pictures in the order of decoding", tell_pictures_out_of_order, VIDEO, .out = 1800,
    .silence_ns = 40 * MSECOND },
  { "all time stamps equal", tell_all_timestamps_equal, AUDIO, .out = 1000, .restarts = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = SECOND + 20 * MSECOND, .steps = TRUE },
  /* loss */
  { "one lost", tell_one_lost, AUDIO, .out = 99, .lost = 1, .error_ns = 1,
    .silence_ns = 20 * MSECOND + 2 * 20 * MSECOND + 20 * MSECOND },
  { "of two missing one comes in time", tell_one_of_two_in_time, AUDIO, .out = 99, .lost = 1,
    .error_ns = 1 },
  { "lost, then late", tell_late, AUDIO, .out = 99, .lost = 1, .late = 1, .error_ns = 1 },
  { "ten seconds lost", tell_big_hole, AUDIO, .out = 200, .lost = 489, .error_ns = 1 },
  { "15 000 lost at once", tell_hole_of_15000, VIDEO, .out = 32000, .lost = 15000, .error_ns = 1 },
  { "40 000 behind one hole", tell_40000_behind_a_hole, VIDEO, .out = 43999, .lost = 1,
    .error_ns = 1 },
  /* the time line */
  { "the first 60 ms late", tell_first_late, AUDIO, .out = 500, .error_ns = MSECOND,
    .settled_ns = 2 * SECOND },
  { "two seconds at once on joining", tell_backlog, AUDIO, .out = 1000, .restarts = ANY,
    .error_ns = 5 * MSECOND, .settled_ns = 6 * SECOND },
  { "a backlog at double speed", tell_backlog_at_double_speed, AUDIO, .out = 1000,
    .error_ns = 5 * MSECOND, .settled_ns = 6 * SECOND },
  { "two seconds of slides at once", tell_backlog_of_slides, VIDEO, .out = 400,
    .error_ns = 5 * MSECOND, .settled_ns = 6 * SECOND },
  { "clock 200 ppm slow for half an hour", tell_slow_clock, AUDIO, .out = 90000,
    .drift_ppm = 200, .error_ns = MSECOND / 10, .settled_ns = 120 * SECOND },
  { "clock 200 ppm fast for half an hour", tell_fast_clock, AUDIO, .out = 90000,
    .drift_ppm = -200, .error_ns = MSECOND / 10, .settled_ns = 120 * SECOND },
  { "congestion of 150 ms", tell_congestion, VIDEO, .out = 12000, .error_ns = 45 * MSECOND,
    .settled_ns = 10 * SECOND },
  { "a route 40 ms longer", tell_route_longer, AUDIO, .out = 6000, .error_ns = 2 * MSECOND,
    .settled_ns = 115 * SECOND },
  { "a route 40 ms shorter", tell_route_shorter, AUDIO, .out = 6000, .error_ns = 2 * MSECOND,
    .settled_ns = 115 * SECOND },
  { "nothing for 300 ms, then all of it", tell_stall, AUDIO, .out = 1000,
    .silence_ns = 320 * MSECOND, .error_ns = MSECOND },
  { "nothing for 300 ms, then 300 packets", tell_stall_of_many, AUDIO, .out = 10000,
    .silence_ns = 301 * MSECOND, .error_ns = MSECOND },
  { "a queue of a second empties slowly", tell_queue_that_empties, AUDIO, .out = 1000,
    .silence_ns = 1040 * MSECOND, .error_ns = 2 * MSECOND },
  { "time stamps jump 10 s ahead", tell_jump_forward, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 20 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "time stamps jump 10 s back", tell_jump_back, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 20 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "time stamps jump 0.5 s ahead", tell_half_a_second_forward, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 20 * MSECOND, .error_ns = MSECOND, .settled_ns = 11500 * MSECOND, .steps = TRUE },
  { "time stamps jump 0.5 s back", tell_half_a_second_back, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 20 * MSECOND, .error_ns = MSECOND, .settled_ns = 12 * SECOND, .steps = TRUE },
  { "the sender stops for 0.5 s, its time too", tell_short_pause, AUDIO, .out = 1000,
    .restarts = 1, .silence_ns = 520 * MSECOND, .error_ns = MSECOND, .settled_ns = 12 * SECOND,
    .steps = TRUE },
  { "the sender stops for 10 s, its time too", tell_pause_of_10, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 10020 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "the sender stops for 400 s, its time too", tell_pause_of_400, AUDIO, .out = 1000,
    .restarts = 1, .silence_ns = 400020 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "silence of 400 s, time goes on", tell_silence_of_400, AUDIO, .out = 1000,
    .silence_ns = 400020 * MSECOND, .error_ns = MSECOND },
  { "one time stamp far off", tell_stray_timestamp, AUDIO, .out = 500, .silence_ns = 20 * MSECOND,
    .error_ns = MSECOND, .settled_ns = SECOND, .steps = TRUE },
  /* the sender begins anew */
  { "sequence jumps 20 000 ahead", tell_sequence_jump, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND },
  /* the first one might be from the past; the second one just goes on */
  { "restart, sequence lower by 1", tell_restart_1, AUDIO, .out = 999, .restarts = 1,
    .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  { "restart, sequence lower by 100", tell_restart_100, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  { "restart, sequence lower by 1000, time goes on", tell_restart_1000, AUDIO, .out = 1000,
    .restarts = 1, .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  { "restart, sequence lower by 30 000", tell_restart_30000, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  /* here nothing tells the first of them from packets that come again */
  { "restart, sequence lower by 50, time goes on", tell_restart_50_on, AUDIO, .out = ANY,
    .duplicate = ANY, .restarts = 1, .silence_ns = 400 * MSECOND, .steps = TRUE },
  { "restart after 3 s, sequence lower by 100", tell_restart_after_3_s, AUDIO, .out = 1000,
    .restarts = 1, .silence_ns = 3040 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "restart after 3 s, sequence lower by 50, time goes on", tell_restart_after_3_s_on, AUDIO,
    .out = 1000, .restarts = ANY, .silence_ns = 3040 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "another SSRC at once", tell_new_ssrc_at_once, AUDIO, .out = ANY, .discarded = ANY,
    .restarts = 1, .silence_ns = 300 * MSECOND, .steps = TRUE },
  { "another SSRC after 3 s", tell_new_ssrc_after_3_s, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 3040 * MSECOND, .steps = TRUE },
  { "another SSRC, a packet each two seconds", tell_slow_new_ssrc, AUDIO, .out = 20,
    .restarts = 1, .silence_ns = 4 * SECOND, .steps = TRUE },
  { "another address", tell_new_address, AUDIO, .out = ANY, .discarded = ANY, .restarts = 1,
    .silence_ns = 1100 * MSECOND, .steps = TRUE },
  { "another payload type of another clock rate", tell_new_payload, AUDIO, .out = 1000,
    .silence_ns = 20 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "likewise, the last of the old type late", tell_new_payload_reordered, AUDIO, .out = 999,
    .lost = 1, .discarded = 1, .silence_ns = 80 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  /* intruders */
  { "two senders: the second is not heard", tell_two_senders, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "forged, far in sequence", tell_forged_far, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "forged, far in sequence, four at once", tell_forged_far_in_bursts, AUDIO, .out = 1000,
    .discarded = ANY, .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "forged, from another address", tell_forged_elsewhere, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  /* a packet that fits is believed; what must not happen is that all others are late for it */
  { "forged, near in sequence", tell_forged_near, AUDIO, .out = ANY, .lost = ANY, .late = ANY,
    .duplicate = ANY, .restarts = ANY, .silence_ns = 500 * MSECOND, .steps = TRUE },
  { "forged, near in sequence and in time", tell_forged_ahead, AUDIO, .out = ANY, .lost = ANY,
    .late = ANY, .duplicate = ANY, .restarts = ANY, .silence_ns = 500 * MSECOND, .steps = TRUE },
  { "10 000 forged SSRCs", tell_10000_ssrcs, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "a stray packet before all others", tell_stray_first, AUDIO, .out = ANY, .discarded = ANY,
    .restarts = 1, .silence_ns = 40 * MSECOND, .steps = TRUE },
  { "a stray packet of that SSRC first", tell_stray_first_same_ssrc, AUDIO, .out = 501,
    .restarts = 1, .silence_ns = 80 * MSECOND, .steps = TRUE },
  { "a payload type nobody announced", tell_unknown_payload, AUDIO, .out = 100, .discarded = 50,
    .error_ns = 1 },
};

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
    { .jitter_ns = 3 * MSECOND, .loss = 0.02, .burst = 0.005, .burst_end = 0.3, .overtaken = 0.05,
      .overtaken_ns = 80 * MSECOND, .doubled = 0.1, .doubled_ns = 50 * MSECOND } },
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
      g_assert_cmpint (hole->out_ns, >=,
                       MIN (output->pts_ns + LATENCY - HEADROOM, output->arrival.arrival_ns + PATIENCE));
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
    bench_init (&bench, seed % 2 ? LEC_MEDIA_AUDIO : LEC_MEDIA_VIDEO, LEC_KIND_RTP, 1, LATENCY);
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
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/session/story/%s", stories[i].name);

    g_test_add_data_func (path, &stories[i], run_story);
  }
  for (guint i = 0; i < G_N_ELEMENTS (seasons); i++) {
    g_autofree char *path = g_strdup_printf ("/session/season/%s", seasons[i].name);

    g_test_add_data_func (path, &seasons[i], run_season);
  }
  return g_test_run ();
}
