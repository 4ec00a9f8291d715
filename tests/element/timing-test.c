/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/timing.h"

#include <gst/check/gsttestclock.h>

#define LATENCY (150 * (gint64) GST_MSECOND)

static gboolean
set_latency (LecTiming *timing, gint64 latency_ns, gboolean smooth)
{
  return lec_timing_set_playout (
      timing, &(LecPlayout){ .latency_ns = latency_ns, .automatic = smooth, .smooth = TRUE });
}

/* By a clock of the pipeline's, session time is its running time, and what arrives is played as it
 * is. */
static void
test_pipeline_clock (void)
{
  g_autoptr (LecTiming) timing = lec_timing_new ();
  g_autoptr (GstClock) clock = gst_test_clock_new_with_start_time (5 * GST_SECOND);
  LecTimeMap map;

  lec_timing_open (timing, LATENCY);
  lec_timing_begin (timing, clock, 3 * GST_SECOND);
  g_assert_false (lec_timing_follows_sender (timing));
  g_assert_cmpint (lec_timing_now (timing), ==, 2 * GST_SECOND);
  lec_timing_follow (timing, &(LecSenderTime){ 7, 100e-6, 1 }, 2 * GST_SECOND);
  lec_timing_get_map (timing, &map);
  g_assert_cmpint (map.position_ns, ==, 2 * (gint64) GST_SECOND - LATENCY);
  for (gint64 at = -(gint64) GST_SECOND; at < 100 * (gint64) GST_SECOND; at += 777777777)
    g_assert_cmpint (lec_time_map_apply (&map, at), ==, at);

  g_assert_false (set_latency (timing, LATENCY, TRUE));
  g_assert_true (set_latency (timing, LATENCY / 2, TRUE));
  g_assert_cmpint (lec_timing_get_latency (timing), ==, LATENCY / 2);
  g_assert_cmpint (lec_timing_get_delay (timing), ==, LATENCY / 2);
}

/* Lets a sender whose clock is 100 ppm slow go on for @seconds. Its time is even, ours is not. */
static void
follow (LecTiming *timing, gint64 *now_ns, guint seconds)
{
  for (guint i = 0; i < 2 * seconds; i++) {
    LecSenderTime time = { .media_ns = *now_ns - *now_ns / 10000, .drift = 100e-6, .epoch = 1 };

    lec_timing_follow (timing, &time, *now_ns);
    *now_ns += GST_SECOND / 2;
  }
}

static void
test_sender_clock (void)
{
  g_autoptr (LecTiming) timing = lec_timing_new ();
  GstClock *clock = lec_timing_get_sender_clock (timing);
  gint64 now_ns = (gint64) gst_clock_get_internal_time (clock);
  gint64 latency_ns;
  LecTimeMap map;

  lec_timing_open (timing, LATENCY);
  lec_timing_begin (timing, clock, gst_clock_get_time (clock));
  g_assert_true (lec_timing_follows_sender (timing));
  follow (timing, &now_ns, 60);
  lec_timing_get_map (timing, &map);
  g_assert_cmpint (ABS (lec_time_map_apply (&map, now_ns + 10000 * (gint64) GST_SECOND)
                        - lec_time_map_apply (&map, now_ns) - 9999 * (gint64) GST_SECOND),
                   <, GST_MSECOND);

  /* less latency comes slowly, and nobody is told; what is played stays as even */
  g_assert_false (set_latency (timing, LATENCY - 100 * (gint64) GST_MSECOND, TRUE));
  g_assert_cmpint (lec_timing_get_delay (timing), ==, LATENCY);
  follow (timing, &now_ns, 40);
  latency_ns = lec_timing_get_delay (timing);
  g_assert_cmpint (latency_ns, <=, LATENCY - 35 * (gint64) GST_MSECOND);
  g_assert_cmpint (latency_ns, >=, LATENCY - 45 * (gint64) GST_MSECOND);
  lec_timing_get_map (timing, &map);
  g_assert_cmpfloat (ABS (map.rate - 1 + 100e-6), <, 30e-6);
  follow (timing, &now_ns, 100);
  g_assert_cmpint (lec_timing_get_delay (timing), ==, LATENCY - 100 * (gint64) GST_MSECOND);
  g_assert_cmpint (lec_timing_get_latency (timing), ==, LATENCY);

  /* more of it is there at once; as long as the pipeline has it, nobody need be told */
  g_assert_false (set_latency (timing, LATENCY - 20 * (gint64) GST_MSECOND, TRUE));
  g_assert_cmpint (lec_timing_get_delay (timing), ==, LATENCY - 20 * (gint64) GST_MSECOND);
  g_assert_true (set_latency (timing, 2 * LATENCY, TRUE));
  g_assert_cmpint (lec_timing_get_delay (timing), ==, 2 * LATENCY);
  g_assert_cmpint (lec_timing_get_latency (timing), ==, 2 * LATENCY);

  /* what a person sets is set */
  g_assert_true (set_latency (timing, LATENCY, FALSE));
  g_assert_cmpint (lec_timing_get_delay (timing), ==, LATENCY);
}

/* Whatever happens to the estimate, the clock itself neither jumps nor goes back. */
static void
test_clock_goes_on (void)
{
  g_autoptr (LecTiming) timing = lec_timing_new ();
  GstClock *clock = lec_timing_get_sender_clock (timing);
  GstClockTime before = gst_clock_get_time (clock);

  lec_timing_open (timing, LATENCY);
  lec_timing_begin (timing, clock, before);
  for (guint i = 0; i < 1000; i++) {
    LecSenderTime time
        = { .media_ns = i * 40 * (gint64) GST_SECOND, .epoch = i / 100, .drift = i % 2 ? 1 : -1 };
    gint64 now_ns = lec_timing_now (timing);
    GstClockTime now;

    set_latency (timing, i % 7 * LATENCY, TRUE);
    lec_timing_follow (timing, &time, now_ns);
    now = gst_clock_get_time (clock);
    g_assert_cmpuint (now, >=, before);
    g_assert_cmpuint (now - before, <, GST_SECOND);
    before = now;
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/timing/pipeline-clock", test_pipeline_clock);
  g_test_add_func ("/timing/sender-clock", test_sender_clock);
  g_test_add_func ("/timing/clock-goes-on", test_clock_goes_on);
  return g_test_run ();
}
