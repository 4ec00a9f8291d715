/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sequence numbers that tell no order, through a whole session. */
#include "wire/number-check.h"

#include "support/bench.h"

#define FRAMES 500

/* What packet @index has for a number, of those that arrive. */
static guint16
number_constant (guint index)
{
  return 0;
}

static guint16
number_by_two (guint index)
{
  return (guint16) (index * 2);
}

static guint16
number_swapped (guint index)
{
  return GUINT16_SWAP_LE_BE ((guint16) (index + 1));
}

static guint16
number_down (guint index)
{
  return (guint16) (10000 - index);
}

static guint16
number_right (guint index)
{
  return (guint16) (65500 + index);
}

static guint16
number_doubled (guint index)
{
  return (guint16) (index / 20);
}

static const struct
{
  const char *story;
  guint16 (*number) (guint index);
  gboolean still; /* time stamps stand still, too */
  gboolean unnumbered;
  guint least; /* packets that are played */
} rows[] = {
  { "right", number_right, FALSE, FALSE, FRAMES },
  { "constant", number_constant, FALSE, TRUE, FRAMES - 10 },
  { "constant, as time stamps are", number_constant, TRUE, TRUE, FRAMES - 70 },
  { "in steps of two", number_by_two, FALSE, TRUE, FRAMES },
  { "bytes swapped", number_swapped, FALSE, TRUE, FRAMES - 140 },
  { "counted down", number_down, FALSE, TRUE, FRAMES - 140 },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Station station = station_audio ();
    LecStats stats;
    Trace trace;
    Bench bench;

    g_test_message ("%s", rows[i].story);
    trace_init (&trace);
    trace_send (&trace, &station, FRAMES);
    for (guint j = 0; j < FRAMES; j++) {
      trace_at (&trace, j)->sequence = rows[i].number (j);
      if (rows[i].still)
        trace_at (&trace, j)->timestamp = 0;
    }
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LEC_LATENCY_AUTO);
    bench.time_line_breaks = TRUE;
    bench_play (&bench, &trace);
    bench_advance (&bench, bench.now_ns + SECOND);
    for (guint j = bench.outputs->len - 100; j < bench.outputs->len; j++)
      g_assert_cmpuint (bench_output (&bench, j)->arrival.number, ==,
                        bench_output (&bench, j - 1)->arrival.number + 1);
    stats = bench_finish (&bench);
    trace_clear (&trace);
    g_test_message ("%" G_GUINT64_FORMAT " out, latency %.0f ms", stats.out,
                    (double) stats.latency_ns / MSECOND);
    g_assert_cmpint (stats.unnumbered, ==, rows[i].unnumbered);
    g_assert_cmpint (stats.untimed, ==, rows[i].still);
    g_assert_cmpuint (stats.out, >=, rows[i].least);
    g_assert_cmpint (stats.latency_ns, <=, LEC_LATENCY_FIRST_NS);
  }
}

static LecPacket
packet_of (guint16 sequence, guint32 timestamp, guint64 sender, gint64 at_ns, guint8 *bytes)
{
  return (LecPacket){ .sequence = sequence,
                      .timestamp = timestamp,
                      .sender = sender,
                      .ssrc = 1,
                      .arrival_ns = at_ns,
                      .data = bytes };
}

/* Copies that the network makes, losses and packets of others are no reason. */
static void
test_network (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (9);
  LecNumberCheck check = { 0 };
  guint8 bytes[12] = { 0 };
  guint16 sequence = 0;

  for (guint i = 0; i < 100000; i++) {
    LecPacket packet;

    sequence = (guint16) (sequence + (g_rand_double (rng) < 0.5 ? 1 : 2));
    packet = packet_of (i % 2 == 0 ? number_doubled (i / 2) : sequence, i / 40, 1 + i / 50000,
                        i * MSECOND, bytes);
    if (i < 50000)
      packet.sequence = number_doubled (i);
    lec_number_check_apply (&check, &lec_format_rtp, &packet);
    g_assert_false (lec_number_check_is_useless (&check));
  }
}

/* They may be right after all, and another sender's are. */
static void
test_returns (void)
{
  LecNumberCheck check = { 0 };
  guint8 bytes[12] = { 0 };
  gint64 now_ns = 0;

  for (guint i = 0; i < 30; i++) {
    LecPacket packet = packet_of (7, i * 160, 1, now_ns += 20 * MSECOND, bytes);

    lec_number_check_apply (&check, &lec_format_rtp, &packet);
    g_assert_cmpuint (packet.sequence, ==, i < 8 ? 7 : i);
    g_assert_cmpuint (bytes[3], ==, i < 8 ? 0 : packet.sequence);
  }
  for (guint i = 0; i < 70; i++) {
    LecPacket packet = packet_of ((guint16) (8 + i), i * 160, 1, now_ns += 20 * MSECOND, bytes);
    LecPacket other = packet_of (500, 0, 2, now_ns, bytes);

    lec_number_check_apply (&check, &lec_format_rtp, &packet);
    lec_number_check_apply (&check, &lec_format_rtp, &other);
    g_assert_cmpuint (other.sequence, ==, 500);
  }
  g_assert_false (lec_number_check_is_useless (&check));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/number-check/rows", test_rows);
  g_test_add_func ("/number-check/network", test_network);
  g_test_add_func ("/number-check/returns", test_returns);
  return g_test_run ();
}
