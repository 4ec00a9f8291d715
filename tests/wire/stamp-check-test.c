/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which time stamps do not run is told in tests/wire/session-stamps-test.c as well; here, that
 * those which do are never taken for others, whatever the network does. */
#include "wire/stamp-check.h"

#include "support/station.h"

typedef struct
{
  const char *name;
  void (*spoil) (Trace *trace, guint32 seed);
} Weather;

static void
spoil_nothing (Trace *trace, guint32 seed)
{
}

static void
spoil_little (Trace *trace, guint32 seed)
{
  trace_weather (trace, &(Impairment){ .jitter_ns = 5 * MSECOND }, seed);
}

static void
spoil_wireless (Trace *trace, guint32 seed)
{
  trace_weather (trace,
                 &(Impairment){ .jitter_ns = 4 * MSECOND,
                                .spike = 50.0 / trace->arrivals->len,
                                .spike_ns = { 20 * MSECOND, 200 * MSECOND },
                                .overtaken = 0.02,
                                .overtaken_ns = 60 * MSECOND,
                                .doubled = 0.1,
                                .doubled_ns = 20 * MSECOND },
                 seed);
}

static void
spoil_bursts (Trace *trace, guint32 seed)
{
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND, .burst = 0.02, .burst_end = 0.05 },
                 seed);
}

/* Multicast over Wi-Fi waits for a beacon. */
static void
spoil_beacons (Trace *trace, guint32 seed)
{
  for (guint i = 0; i < trace->arrivals->len; i++) {
    Arrival *arrival = trace_at (trace, i);

    arrival->arrival_ns = (arrival->arrival_ns / (300 * MSECOND) + 1) * 300 * MSECOND
                          + arrival->arrival_ns % (300 * MSECOND) / 50;
  }
}

/* Held up for a second, every five. */
static void
spoil_stalls (Trace *trace, guint32 seed)
{
  for (gint64 at_ns = SECOND + seed % 5 * SECOND; at_ns < 60 * SECOND; at_ns += 5 * SECOND) {
    for (guint i = 0; i < trace->arrivals->len; i++) {
      Arrival *arrival = trace_at (trace, i);

      if (arrival->arrival_ns >= at_ns && arrival->arrival_ns < at_ns + SECOND)
        arrival->arrival_ns = at_ns + SECOND + (arrival->arrival_ns - at_ns) / 100;
    }
  }
}

static void
spoil_congestion (Trace *trace, guint32 seed)
{
  trace_hump (trace, 10 * SECOND, 12 * SECOND, 400 * MSECOND);
  trace_weather (trace, &(Impairment){ .jitter_ns = MSECOND }, seed);
}

/* An encoder that works in fits: what is due in 1.6 s comes slowly at first, then all at once. */
static void
spoil_fits (Trace *trace, guint32 seed)
{
  const gint64 cycle = 1600 * MSECOND, slow = 1250 * MSECOND;

  for (guint i = 0; i < trace->arrivals->len; i++) {
    Arrival *arrival = trace_at (trace, i);
    gint64 at = arrival->arrival_ns % cycle, half = cycle / 2;

    arrival->arrival_ns -= at;
    arrival->arrival_ns += at < half
                               ? at * (slow / MSECOND) / (half / MSECOND)
                               : slow + (at - half) * ((cycle - slow) / MSECOND) / (half / MSECOND);
  }
}

static const Weather weathers[] = {
  { "clean", spoil_nothing },         { "jitter", spoil_little },   { "wireless", spoil_wireless },
  { "burst loss", spoil_bursts },     { "beacons", spoil_beacons }, { "stalls", spoil_stalls },
  { "congestion", spoil_congestion }, { "fits", spoil_fits },
};

static Station
station_slides (void)
{
  Station station = station_video ();

  station.frame_ns = SECOND;
  station.per_frame = 30;
  return station;
}

static Station
station_slow_frames (void)
{
  Station station = station_video ();

  station.frame_ns = 300 * MSECOND;
  station.per_frame = 60;
  return station;
}

static Station
station_fast_clock (void)
{
  Station station = station_audio ();

  station.drift_ppm = -4500;
  return station;
}

static Station (*const stations[]) (void)
    = { station_audio,  station_video,       station_lecture,   station_studio,
        station_slides, station_slow_frames, station_fast_clock };

/* As a session has it: only what is ahead of all before. */
static void
check_runs (const Trace *trace, guint rate, gboolean frames)
{
  LecStampCheck check = { 0 };
  guint16 highest = 0;

  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);

    if (i > 0 && (gint16) (arrival->sequence - highest) <= 0)
      continue;
    highest = arrival->sequence;
    g_assert_false (lec_stamp_check_note (&check, arrival->timestamp, rate, arrival->arrival_ns,
                                          arrival->marker, frames));
  }
  g_assert_true (lec_stamp_check_runs (&check));
}

static void
test_legal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stations); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (weathers); j++) {
      for (guint32 seed = 0; seed < 10; seed++) {
        Station station = stations[i]();
        Trace trace;

        g_test_message ("station %u, %s, seed %u", i, weathers[j].name, seed);
        trace_init (&trace);
        trace_send (&trace, &station, (guint) (30 * SECOND / station.frame_ns));
        /* sound that is not sent while it is silent, its time goes on */
        station.next_ns += 7 * SECOND;
        station.timestamp += 7.0 * station.rate;
        trace_send (&trace, &station, (guint) (5 * SECOND / station.frame_ns));
        /* a sender that pauses, its time stops, and one that jumps */
        station.next_ns += 3 * SECOND;
        trace_send (&trace, &station, (guint) (5 * SECOND / station.frame_ns));
        station.timestamp += 100.0 * station.rate;
        trace_send (&trace, &station, (guint) (10 * SECOND / station.frame_ns));
        weathers[j].spoil (&trace, seed);
        trace_sort (&trace);
        check_runs (&trace, station.rate, station.payload_type == 96);
        trace_clear (&trace);
      }
    }
  }
}

/* @count packets, 20 ms apart, of a clock that runs at @pace. */
static guint
note_many (LecStampCheck *check, gint64 *now_ns, gint64 *media, guint count, double pace)
{
  guint changes = 0;

  for (guint i = 0; i < count; i++) {
    *now_ns += 20 * MSECOND;
    *media += (gint64) (160 * pace);
    changes += lec_stamp_check_note (check, *media, 8000, *now_ns, FALSE, FALSE);
  }
  return changes;
}

/* It is found out soon that they stand still, and that they run again; who goes back and forth is
 * believed less each time. */
static void
test_changes (void)
{
  LecStampCheck check = { 0 };
  gint64 now_ns = 0, media = 77;

  g_assert_cmpuint (note_many (&check, &now_ns, &media, 500, 1), ==, 0);
  g_assert_cmpuint (note_many (&check, &now_ns, &media, 55, 0), ==, 1);
  g_assert_false (lec_stamp_check_runs (&check));
  g_assert_cmpuint (note_many (&check, &now_ns, &media, 95, 1), ==, 0);
  g_assert_cmpuint (note_many (&check, &now_ns, &media, 60, 1), ==, 1);
  g_assert_true (lec_stamp_check_runs (&check));
  g_assert_cmpuint (note_many (&check, &now_ns, &media, 55, 0), ==, 1);
  g_assert_cmpuint (note_many (&check, &now_ns, &media, 180, 1), ==, 0);
  g_assert_cmpuint (note_many (&check, &now_ns, &media, 60, 1), ==, 1);
  lec_stamp_check_begin (&check);
  g_assert_true (lec_stamp_check_runs (&check));
  g_assert_cmpuint (note_many (&check, &now_ns, &media, 28, 0), ==, 1);
}

/* It is doubted before it is known, and one slow packet is no reason to. */
static void
test_doubt (void)
{
  LecStampCheck check = { 0 };
  gint64 now_ns = 0, media = 0;

  note_many (&check, &now_ns, &media, 3, 0);
  g_assert_false (lec_stamp_check_is_doubtful (&check));
  note_many (&check, &now_ns, &media, 6, 0);
  g_assert_true (lec_stamp_check_is_doubtful (&check));
  g_assert_true (lec_stamp_check_runs (&check));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/stamp-check/legal", test_legal);
  g_test_add_func ("/stamp-check/changes", test_changes);
  g_test_add_func ("/stamp-check/doubt", test_doubt);
  return g_test_run ();
}
