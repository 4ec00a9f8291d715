/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/leg-meter.h"

#include "support/station.h"

#define RATE 8000

static void
note (LecLegMeter *meter, gint64 number, gint64 late_ns)
{
  LecPacket packet = {
    .extended_sequence = number,
    .media_time = number * 160,
    .arrival_ns = SECOND + number * 20 * MSECOND + late_ns,
  };

  lec_leg_meter_count (meter, 172, packet.arrival_ns);
  lec_leg_meter_note (meter, &packet, packet.media_time, RATE, late_ns);
}

/* Two legs of one stream: each tells of itself. */
static void
test_two (void)
{
  LecLegMeter meters[2] = { 0 };
  LecLegStats stats[2];

  for (gint64 number = 500; number < 2500; number++) {
    if (number % 10 != 3)
      note (&meters[0], number, number % 2 * 8 * MSECOND);
    note (&meters[1], number, 40 * MSECOND);
  }
  lec_leg_meter_read (meters, 2, stats);
  g_assert_cmpuint (stats[0].received, ==, 1800);
  g_assert_cmpuint (stats[0].bytes, ==, 1800 * 172);
  g_assert_cmpuint (stats[0].lost, ==, 200);
  g_assert_cmpint (stats[0].jitter_ns, >, 5 * MSECOND);
  g_assert_cmpint (stats[0].skew_ns, ==, 0);
  g_assert_cmpuint (stats[1].received, ==, 2000);
  g_assert_cmpuint (stats[1].lost, ==, 0);
  g_assert_cmpint (stats[1].jitter_ns, ==, 0);
  g_assert_cmpint (ABS (stats[1].skew_ns - 36 * MSECOND), <, 2 * MSECOND);
  g_assert_cmpint (stats[1].last_packet_ns, ==, SECOND + 2499 * 20 * MSECOND + 40 * MSECOND);
}

/* What comes late is not lost, and what comes twice makes up for nothing. */
static void
test_order (void)
{
  LecLegMeter meters[1] = { 0 };
  LecLegStats stats[1];

  note (meters, 0, 0);
  note (meters, 3, 0);
  note (meters, 3, 0);
  note (meters, 0, 0);
  lec_leg_meter_read (meters, 1, stats);
  g_assert_cmpuint (stats[0].lost, ==, 2);
  note (meters, 1, 90 * MSECOND);
  lec_leg_meter_read (meters, 1, stats);
  g_assert_cmpuint (stats[0].lost, ==, 1);
}

/* A leg that died misses all that the other one brings. */
static void
test_dead (void)
{
  LecLegMeter meters[3] = { 0 };
  LecLegStats stats[3];

  for (gint64 number = 0; number < 1000; number++) {
    note (&meters[0], number, 0);
    if (number < 400)
      note (&meters[1], number, 0);
    if (number == 420) {
      lec_leg_meter_read (meters, 3, stats);
      g_assert_cmpuint (stats[1].lost, ==, 0);
    }
  }
  lec_leg_meter_read (meters, 3, stats);
  g_assert_cmpuint (stats[0].lost, ==, 0);
  g_assert_cmpuint (stats[1].lost, ==, 600);
  g_assert_cmpuint (stats[2].lost, ==, 0);
  g_assert_cmpint (stats[2].last_packet_ns, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/leg-meter/two", test_two);
  g_test_add_func ("/leg-meter/order", test_order);
  g_test_add_func ("/leg-meter/dead", test_dead);
  return g_test_run ();
}
