/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "impairment.h"

#define SEED 20 /* another one is another network of the same kind */

const Programme programmes[] = {
  { "talk, 50/s", LEC_MEDIA_AUDIO, station_audio, 60 },
  { "lecture, 25 frames/s of 4..40", LEC_MEDIA_VIDEO, station_lecture, 60 },
  { "studio, 1000/s", LEC_MEDIA_AUDIO, station_studio, 40 },
};
const guint n_programmes = G_N_ELEMENTS (programmes);

static void
send_for (Trace *trace, Station *station, gint64 time_ns)
{
  trace_send (trace, station, (guint) (time_ns / station->frame_ns));
}

static void
tell_clean (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 20 }, SEED);
}

static void
tell_wifi (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_weather (trace,
                 &(Impairment){ .jitter_ns = 4 * MSECOND,
                                .spike = 0.01,
                                .spike_ns = { 20 * MSECOND, 60 * MSECOND } },
                 SEED);
}

static void
tell_loss (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 2, .loss = 0.01 }, SEED);
}

static void
tell_burst_loss (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 2, .burst = 0.01, .burst_end = 0.25 },
                 SEED);
}

static void
tell_hump (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_hump (trace, 13 * SECOND, 33 * SECOND, 150 * MSECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND }, SEED);
}

static void
tell_longer_route (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_reroute (trace, 16 * SECOND, G_MAXINT64, 40 * MSECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 2 }, SEED);
}

static void
tell_shorter_route (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_reroute (trace, 0, 16 * SECOND, 40 * MSECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 2 }, SEED);
}

static void
tell_reordering (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_weather (
      trace,
      &(Impairment){ .jitter_ns = MSECOND / 2, .overtaken = 0.02, .overtaken_ns = 50 * MSECOND },
      SEED);
}

static void
tell_doubles (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND);
  trace_weather (
      trace, &(Impairment){ .jitter_ns = MSECOND / 2, .doubled = 0.1, .doubled_ns = 40 * MSECOND },
      SEED);
}

/* Its time stamps stop with it. */
static void
tell_pause (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND / 2);
  station->next_ns += 3 * SECOND;
  send_for (trace, station, seconds * SECOND / 2);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 2 }, SEED);
}

/* Its time stamps go on. */
static void
tell_silence (Trace *trace, Station *station, guint seconds)
{
  send_for (trace, station, seconds * SECOND / 2);
  station->next_ns += 3 * SECOND;
  station->timestamp += 3.0 * station->rate;
  send_for (trace, station, seconds * SECOND / 2);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 2 }, SEED);
}

static void
tell_slow_clock (Trace *trace, Station *station, guint seconds)
{
  station->drift_ppm = 200;
  send_for (trace, station, 2 * seconds * SECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = 2 * MSECOND }, SEED);
}

static void
tell_fast_clock (Trace *trace, Station *station, guint seconds)
{
  station->drift_ppm = -200;
  send_for (trace, station, 2 * seconds * SECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = 2 * MSECOND }, SEED);
}

/* This computer stands still, then reads all that has arrived meanwhile. */
static void
tell_stop (Trace *trace, Station *station, guint seconds, gint64 stop_ns)
{
  send_for (trace, station, seconds * SECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 20 }, SEED);
  trace_hold_up (trace, 15 * SECOND, 15 * SECOND + stop_ns);
}

static void
tell_short_stop (Trace *trace, Station *station, guint seconds)
{
  tell_stop (trace, station, seconds, SECOND);
}

static void
tell_long_stop (Trace *trace, Station *station, guint seconds)
{
  tell_stop (trace, station, seconds, 10 * SECOND);
}

/* It is kept from running again and again. */
static void
tell_starved (Trace *trace, Station *station, guint seconds)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (SEED);

  send_for (trace, station, seconds * SECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND / 20 }, SEED);
  for (gint64 at_ns = 15 * SECOND; at_ns < 25 * SECOND; at_ns += 10 * MSECOND) {
    gint64 end_ns = at_ns + g_rand_int_range (rng, 20, 400) * MSECOND;

    trace_hold_up (trace, at_ns, end_ns);
    at_ns = end_ns;
  }
}

const Scene scenes[] = {
  { "clean LAN", tell_clean },
  { "Wi-Fi, jitter of 4 ms and 1 % spikes of 20..60 ms", tell_wifi },
  { "loss, 1 %", tell_loss },
  { "burst loss, Gilbert-Elliott 1 % / 25 %", tell_burst_loss },
  { "congestion, hump of 150 ms over 20 s", tell_hump },
  { "route 40 ms longer", tell_longer_route },
  { "route 40 ms shorter", tell_shorter_route },
  { "reordering, 2 % by up to 50 ms", tell_reordering },
  { "duplicates, 10 %", tell_doubles },
  { "sender pauses 3 s, its time stamps too", tell_pause },
  { "sender pauses 3 s, its time stamps go on", tell_silence },
  { "clock 200 ppm slow, jitter of 2 ms", tell_slow_clock },
  { "clock 200 ppm fast, jitter of 2 ms", tell_fast_clock },
  { "this computer stops for 1 s", tell_short_stop },
  { "this computer stops for 10 s", tell_long_stop },
  { "this computer is starved for 10 s", tell_starved },
};
const guint n_scenes = G_N_ELEMENTS (scenes);
