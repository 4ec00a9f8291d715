/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time line: joining, drift, congestion, steps of the route and of the sender. */
#include "support/scenarios.h"

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
  trace_weather (trace, &(Impairment){ .jitter_ns = 2 * MSECOND }, 7);
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
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND }, 3);
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
    trace_at (trace, 500 + i)->arrival_ns
        = trace_at (trace, 600)->arrival_ns - (100 - i) * 10 * MSECOND;
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

static const Story stories[] = {
  { "the first 60 ms late", tell_first_late, AUDIO, .out = 500, .error_ns = MSECOND,
    .settled_ns = 2 * SECOND },
  { "two seconds at once on joining", tell_backlog, AUDIO, .out = 1000, .restarts = ANY,
    .error_ns = 5 * MSECOND, .settled_ns = 6 * SECOND },
  { "a backlog at double speed", tell_backlog_at_double_speed, AUDIO, .out = 1000,
    .error_ns = 5 * MSECOND, .settled_ns = 6 * SECOND },
  { "two seconds of slides at once", tell_backlog_of_slides, VIDEO, .out = 400,
    .error_ns = 5 * MSECOND, .settled_ns = 6 * SECOND },
  { "clock 200 ppm slow for half an hour", tell_slow_clock, AUDIO, .out = 90000, .drift_ppm = 200,
    .error_ns = MSECOND / 10, .settled_ns = 120 * SECOND },
  { "clock 200 ppm fast for half an hour", tell_fast_clock, AUDIO, .out = 90000, .drift_ppm = -200,
    .error_ns = MSECOND / 10, .settled_ns = 120 * SECOND },
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
  { "the sender stops for 0.5 s, its time too", tell_short_pause, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 520 * MSECOND, .error_ns = MSECOND, .settled_ns = 12 * SECOND, .steps = TRUE },
  { "the sender stops for 10 s, its time too", tell_pause_of_10, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 10020 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "the sender stops for 400 s, its time too", tell_pause_of_400, AUDIO, .out = 1000,
    .restarts = 1, .silence_ns = 400020 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "silence of 400 s, time goes on", tell_silence_of_400, AUDIO, .out = 1000,
    .silence_ns = 400020 * MSECOND, .error_ns = MSECOND },
  { "one time stamp far off", tell_stray_timestamp, AUDIO, .out = 500, .silence_ns = 20 * MSECOND,
    .error_ns = MSECOND, .settled_ns = SECOND, .steps = TRUE },
};

const StoryList stories_time = { stories, G_N_ELEMENTS (stories) };
