/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Order and loss. */
#include "support/scenarios.h"

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
  trace_weather (trace, &(Impairment){ .doubled = 1, .doubled_ns = 100 * MSECOND }, 1);
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
  { "given up, then late", tell_late, AUDIO, .out = 99, .late = 1, .error_ns = 1 },
  { "ten seconds lost", tell_big_hole, AUDIO, .out = 200, .lost = 489, .error_ns = 1 },
  { "15 000 lost at once", tell_hole_of_15000, VIDEO, .out = 32000, .lost = 15000, .error_ns = 1 },
  { "40 000 behind one hole", tell_40000_behind_a_hole, VIDEO, .out = 43999, .lost = 1,
    .error_ns = 1,
    .why = "the hole is waited for as long as it can be filled, with room for all behind it" },
};

const StoryList stories_order = { stories, G_N_ELEMENTS (stories) };
