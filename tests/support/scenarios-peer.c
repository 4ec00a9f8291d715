/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What GStreamer tests its rtpjitterbuffer for, as far as no other story tells it. */
#include "support/scenarios.h"

/* The packet that comes at the last moment. */
static void
tell_at_its_deadline (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  trace_at (trace, 50)->arrival_ns += STORY_LATENCY;
}

static void
tell_just_before_the_deadline_of_its_frame (Trace *trace)
{
  Station station = station_video ();

  station.per_frame = 2;
  trace_send (trace, &station, 100);
  trace_at (trace, 101)->arrival_ns = trace_at (trace, 101)->truth_ns + STORY_LATENCY - 1;
}

/* Ten seconds of nothing, then the packet after two that are missing; its time stamp knows of no
 * pause. */
static void
tell_gap_and_delay (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  station.sequence += 2;
  station.timestamp += 2 * 160;
  station.next_ns += 10 * SECOND;
  trace_send (trace, &station, 100);
}

/* From the 200th on they are earlier: those before were late. */
static void
tell_earlier (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  trace_delay (trace, 0, SECOND + 200 * 20 * MSECOND, 15 * MSECOND);
}

/* Each hole is wider than the one before. */
static void
tell_growing_holes (Trace *trace)
{
  Station station = station_audio ();

  for (guint16 hole = 1; hole <= 40; hole++) {
    trace_send (trace, &station, 20);
    station.sequence += hole;
    station.timestamp += hole * 160;
    station.next_ns += hole * 20 * MSECOND;
  }
}

static void
tell_random_jumps (Trace *trace)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (50);
  Station station = station_audio ();

  for (guint i = 0; i < 50; i++) {
    trace_send (trace, &station, 40);
    station.sequence = (guint16) g_rand_int (rng);
    station.timestamp = g_rand_int (rng);
  }
}

static const Story stories[] = {
  { "at its deadline", tell_at_its_deadline, AUDIO, .out = 100, .error_ns = 1 },
  { "just before the deadline of its frame", tell_just_before_the_deadline_of_its_frame, VIDEO,
    .out = 200, .error_ns = 1 },
  { "ten seconds, and two lost", tell_gap_and_delay, AUDIO, .out = 200, .lost = 2, .restarts = 1,
    .error_ns = MSECOND, .steps = TRUE },
  { "all earlier than the first 200", tell_earlier, AUDIO, .out = 1000, .error_ns = 15 * MSECOND,
    .why = "so small a step is made so slowly that nobody hears it" },
  { "holes of 1 to 40", tell_growing_holes, AUDIO, .out = 800, .lost = 780, .error_ns = 1 },
  { "fifty senders in a row, of one SSRC", tell_random_jumps, AUDIO, .out = 2000, .restarts = ANY,
    .silence_ns = 100 * MSECOND, .steps = TRUE },
};

const StoryList stories_peer = { stories, G_N_ELEMENTS (stories) };
