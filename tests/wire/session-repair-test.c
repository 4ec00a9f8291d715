/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is not media, and what did not come but was rebuilt: a session learns nothing from either.
 */
#include "wire/session.h"

#include "support/bench.h"
#include "wire/rtcp.h"

#define LATENCY (200 * MSECOND)
#define RTX 99
#define FEC 100
#define RED 101
#define ULPFEC 102

/* -- rebuilt packets -- */

typedef struct
{
  LecStats stats;
  guint8 report[LEC_RTCP_MAX];
  gsize report_size;
  guint lost;
  GArray *outputs; /* of Output */
} Ending;

static void
allow_reports (LecSession *session)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004)->rtcp_port = 5005;
  stream->rtcp_receivers = 100000;
  lec_session_allow_reports (session, stream, "nobody", 3);
}

/* A minute of sound in bad impairment, of which each tenth packet is lost. With @rebuild they are
 * rebuilt as soon as the next one has come. */
static Ending
play (gint64 latency_ns, gboolean rebuild)
{
  const Impairment impairment = { .jitter_ns = 4 * MSECOND };
  Station station = station_audio ();
  Ending ending = { 0 };
  Bench bench;
  Trace trace;

  station.drift_ppm = 80;
  trace_init (&trace);
  trace_send (&trace, &station, 3000);
  trace_weather (&trace, &impairment, 1);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, latency_ns);
  allow_reports (bench.session);
  for (guint i = 0; i < trace.arrivals->len; i++) {
    Arrival *arrival = trace_at (&trace, i);

    if (arrival->number % 10 == 3)
      continue;
    bench_advance (&bench, arrival->arrival_ns);
    bench_feed (&bench, packet_of_arrival (arrival), 0);
    if (arrival->number % 10 != 4)
      continue;
    ending.lost++;
    arrival[-1].arrival_ns = arrival->arrival_ns;
    if (rebuild)
      bench_feed_recovered (&bench, packet_of_arrival (&arrival[-1]));
  }
  ending.stats = lec_session_get_stats (bench.session);
  ending.report_size = lec_session_write_report (
      bench.session, lec_session_get_report_time (bench.session), ending.report);
  bench_advance (&bench, bench.now_ns + SECOND);
  ending.outputs = g_array_copy (bench.outputs);
  bench_finish (&bench);
  trace_clear (&trace);
  return ending;
}

/* Whatever a session estimates, and tells of the network, is the same; only what comes out is not.
 */
static void
check_nothing_learnt (gint64 latency_ns)
{
  Ending without = play (latency_ns, FALSE);
  Ending with = play (latency_ns, TRUE);

  g_assert_cmpuint (with.lost, ==, 300);
  g_assert_cmpuint (with.stats.recovered, ==, with.lost);
  g_assert_cmpuint (with.stats.lost, ==, 0);
  g_assert_cmpuint (with.stats.gaps, ==, 0);
  g_assert_cmpuint (with.outputs->len, ==, 3000);
  g_assert_cmpuint (without.stats.recovered, ==, 0);
  g_assert_cmpuint (without.outputs->len, ==, 2700);

  g_assert_cmpuint (with.stats.received, ==, without.stats.received);
  g_assert_cmpuint (with.stats.bytes, ==, without.stats.bytes);
  g_assert_cmpuint (with.stats.reordered, ==, without.stats.reordered);
  g_assert_cmpint (with.stats.jitter_ns, ==, without.stats.jitter_ns);
  g_assert_cmpint (with.stats.delay_ns, ==, without.stats.delay_ns);
  g_assert_cmpint (with.stats.wanted_ns, ==, without.stats.wanted_ns);
  g_assert_cmpfloat (with.stats.drift_ppm, ==, without.stats.drift_ppm);
  g_assert_cmpuint (with.stats.legs[0].received, ==, without.stats.legs[0].received);
  g_assert_cmpuint (with.stats.legs[0].lost, ==, 300);
  g_assert_cmpuint (without.stats.legs[0].lost, ==, 300);
  g_assert_cmpint (with.stats.legs[0].jitter_ns, ==, without.stats.legs[0].jitter_ns);
  g_assert_cmpuint (with.report_size, >, 0);
  g_assert_cmpmem (with.report, with.report_size, without.report, without.report_size);
  for (guint i = 0, j = 0; i < with.outputs->len; i++) {
    const Output *output = &g_array_index (with.outputs, Output, i);

    g_assert_cmpint (output->discont, ==, i == 0);
    if (output->arrival.number % 10 != 3)
      g_assert_cmpint (output->pts_ns, ==, g_array_index (without.outputs, Output, j++).pts_ns);
  }
  g_array_unref (with.outputs);
  g_array_unref (without.outputs);
}

static void
test_nothing_learnt (void)
{
  check_nothing_learnt (LATENCY);
}

/* What may be rebuilt, and when, after frames 0 to 49 and 51 to 99 of a talk have come in time. */
static void
test_use (void)
{
  static const struct
  {
    const char *story;
    guint frame;
    gint64 after_ns;
    guint32 ssrc;
    gint payload;
    gint64 later; /* [ticks] of its time stamp */
    gboolean used;
  } rows[] = {
    { "at once", 50, 0, 1, 0, 0, TRUE },
    { "just in time", 50, LATENCY - 40 * MSECOND, 1, 0, 0, TRUE },
    { "too late", 50, LATENCY + 40 * MSECOND, 1, 0, 0, FALSE },
    { "what came itself", 49, 0, 1, 0, 0, FALSE },
    { "of somebody else", 50, 0, 2, 0, 0, FALSE },
    { "of a type that is not announced", 50, 0, 1, 77, 0, FALSE },
    { "of a type with another clock rate", 50, 0, 1, 96, 0, FALSE },
    { "from another time", 50, 0, 1, 0, 8000 * 60, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Station station = station_audio ();
    Arrival rebuilt;
    LecStats stats;
    Trace trace;
    Bench bench;

    g_test_message ("%s", rows[i].story);
    trace_init (&trace);
    trace_send (&trace, &station, 100);
    rebuilt = *trace_at (&trace, rows[i].frame);
    rebuilt.arrival_ns = trace_at (&trace, 50)->truth_ns + 20 * MSECOND + rows[i].after_ns;
    rebuilt.ssrc = rows[i].ssrc;
    rebuilt.payload_type = (guint8) rows[i].payload;
    rebuilt.timestamp += (guint32) rows[i].later;
    trace_drop (&trace, 50);
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
    for (guint j = 0, fed = 0; j < trace.arrivals->len; j++) {
      const Arrival *arrival = trace_at (&trace, j);

      if (!fed && arrival->arrival_ns > rebuilt.arrival_ns) {
        bench_advance (&bench, rebuilt.arrival_ns);
        bench_feed_recovered (&bench, packet_of_arrival (&rebuilt));
        fed = TRUE;
      }
      bench_advance (&bench, arrival->arrival_ns);
      bench_feed (&bench, packet_of_arrival (arrival), 0);
    }
    stats = bench_finish (&bench);
    trace_clear (&trace);
    g_assert_cmpuint (stats.recovered, ==, rows[i].used);
    g_assert_cmpuint (stats.lost, ==, !rows[i].used);
    g_assert_cmpuint (stats.out, ==, 99 + rows[i].used);
    g_assert_cmpuint (stats.late + stats.duplicate + stats.discarded + stats.restarts, ==, 0);
  }
}

/* Before anything has come there is nothing that it could belong to. */
static void
test_first (void)
{
  Station station = station_audio ();
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 10);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  bench_feed_recovered (&bench, packet_of_arrival (trace_at (&trace, 0)));
  bench_feed_recovered (&bench, packet_of_bytes ((const guint8 *) "x", 1, SECOND, 1));
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_assert_cmpuint (stats.recovered + stats.received + stats.out, ==, 0);
  g_assert_cmpint (stats.first_packet_ns, ==, -1);
}

/* -- roles -- */

static LecSession *
session_with_repair (LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, 0, "PCMU", 8000);
  lec_stream_add_payload (stream, RTX, "rtx", 8000);
  lec_stream_add_payload (stream, FEC, "flexfec", 8000);
  lec_stream_add_repair (stream, LEC_REPAIR_RTX, "239.1.1.1", 5004)->payload = RTX;
  lec_stream_add_repair (stream, LEC_REPAIR_FLEXFEC, "239.1.1.1", 5004)->payload = FEC;
  lec_stream_add_repair (stream, LEC_REPAIR_2022_1, "239.1.1.1", 5006)->payload = 0;
  return lec_session_new (stream,
                          &(LecSessionConfig){ .format = &lec_format_rtp, .playout = playout });
}

/* While the stream pauses, its repair goes on, under an SSRC of its own: that is no new sender.
 * Before the stream, it is not the sender either. */
static void
test_repair_is_no_sender (void)
{
  static const guint8 payloads[] = { RTX, FEC };

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++) {
    Station station = station_audio ();
    Station repair = { .ssrc = 77, .sender = 1, .rate = 8000, .payload_type = payloads[i] };
    LecStats stats;
    Trace trace;
    Bench bench;

    trace_init (&trace);
    for (guint j = 0; j < 10; j++)
      trace_put (&trace, &repair, SECOND - (10 - j) * 20 * MSECOND, (guint16) j, j);
    trace_send (&trace, &station, 100);
    for (guint j = 0; j < 100; j++)
      trace_put (&trace, &repair, station.next_ns + j * 20 * MSECOND, (guint16) j, j);
    station.next_ns += 2 * SECOND;
    station.timestamp += 2 * 8000;
    trace_send (&trace, &station, 100);
    trace_sort (&trace);
    bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
    lec_session_free (bench.session);
    bench.session = session_with_repair (&bench.playout);
    bench_play (&bench, &trace);
    stats = bench_finish (&bench);
    trace_clear (&trace);
    g_assert_cmpuint (stats.out, ==, 200);
    g_assert_cmpuint (stats.aside, ==, 110);
    g_assert_cmpuint (stats.discarded, ==, 0);
    g_assert_cmpuint (stats.ssrc, ==, station.ssrc);
    g_assert_cmpuint (stats.restarts, ==, 0);
  }
}

/* -- redundancy -- */

static LecSession *
session_with_red (LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, RED, "red", 8000);
  lec_stream_add_payload (stream, 0, "PCMU", 8000);
  lec_stream_add_payload (stream, ULPFEC, "ulpfec", 8000);
  lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, "239.1.1.1", 5004)->payload = ULPFEC;
  return lec_session_new (stream,
                          &(LecSessionConfig){ .format = &lec_format_rtp, .playout = playout });
}

/* A packet of the trace that says it is redundant, with @headers and what else is inside. */
static LecPacket *
redundant (const Arrival *arrival, const char *inside, gsize length)
{
  g_autoptr (LecPacket) plain = packet_of_arrival (arrival);
  g_autofree guint8 *bytes = g_malloc (12 + length + plain->size - 12);

  memcpy (bytes, plain->data, 12);
  memcpy (bytes + 12, inside, length);
  memcpy (bytes + 12 + length, plain->data + 12, plain->size - 12);
  bytes[1] = RED;
  return packet_of_bytes (bytes, length + plain->size, arrival->arrival_ns, arrival->sender);
}

/* The sound is in redundant packets, every fourth has correction of errors inside, every tenth is
 * damaged: what is sound plays, and nothing was lost. */
static void
test_red (void)
{
  static const char sound[] = "\x80\x02\x80\x02\x00xy", fec[] = "\x66",
                    damaged[] = "\x80\xff\xff\xff";
  Station station = station_audio ();
  guint n_sound = 0;
  LecStats stats;
  Trace trace;
  Bench bench;

  trace_init (&trace);
  trace_send (&trace, &station, 200);
  bench_init (&bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
  lec_session_free (bench.session);
  bench.session = session_with_red (&bench.playout);
  for (guint i = 0; i < trace.arrivals->len; i++) {
    const Arrival *arrival = trace_at (&trace, i);
    LecPacket *packet;

    if (i % 10 == 9)
      packet = redundant (arrival, damaged, sizeof damaged - 1);
    else if (i % 4 == 3)
      packet = redundant (arrival, fec, sizeof fec - 1);
    else
      packet = redundant (arrival, sound, sizeof sound - 1);
    n_sound += i % 10 != 9 && i % 4 != 3;
    bench_advance (&bench, arrival->arrival_ns);
    bench_feed (&bench, packet, 0);
  }
  stats = bench_finish (&bench);
  trace_clear (&trace);
  g_assert_cmpuint (stats.payload, ==, 0);
  g_assert_cmpuint (stats.out, ==, n_sound);
  g_assert_cmpuint (stats.aside, ==, 200 - n_sound);
  g_assert_cmpuint (stats.lost + stats.gaps + stats.discarded + stats.restarts, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/repair/nothing-learnt", test_nothing_learnt);
  g_test_add_func ("/session/repair/use", test_use);
  g_test_add_func ("/session/repair/first", test_first);
  g_test_add_func ("/session/repair/is-no-sender", test_repair_is_no_sender);
  g_test_add_func ("/session/repair/red", test_red);
  return g_test_run ();
}
