/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/bench.h"

#define LONG (20 * SECOND) /* longer than any deadline */
#define PULLS_MAX 200000   /* at one time; more is a session that does not get on */

LecSession *
session_of_media (LecMedia media, LecKind kind, guint legs, LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, kind);
  LecStream *stream = lec_alternative_add_stream (alternative, media);

  for (guint i = 0; i < legs; i++)
    lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, 0, "PCMU", 8000);
  lec_stream_add_payload (stream, 8, "L16", 16000);
  lec_stream_add_payload (stream, 96, "H264", 90000);
  lec_stream_add_payload (stream, 98, "L24", 48000);
  return lec_session_new (
      stream, &(LecSessionConfig){ .format = lec_format_of (kind), .playout = playout, .seed = 1 });
}

void
bench_init (Bench *bench, LecMedia media, LecKind kind, guint legs, gint64 latency_ns)
{
  g_assert_cmpint (packets_alive (), ==, 0);
  *bench = (Bench){
    .outputs = g_array_new (FALSE, FALSE, sizeof (Output)),
    .holes = g_array_new (FALSE, FALSE, sizeof (Hole)),
  };
  lec_playout_init (&bench->playout, latency_ns, LEC_LATENCY_FIRST_NS);
  bench->session = session_of_media (media, kind, legs, &bench->playout);
}

Output *
bench_output (const Bench *bench, guint index)
{
  return &g_array_index (bench->outputs, Output, index);
}

/* Time does not go back in the order of sending, unless the sender's does. */
static void
check_time (const Bench *bench, const Output *output)
{
  const Output *last;

  if (bench->outputs->len == 0 || output->discont)
    return;
  last = bench_output (bench, bench->outputs->len - 1);
  if (output->media == last->media && !bench->time_line_breaks)
    g_assert_cmpint (output->pts_ns, ==, last->pts_ns);
  if (output->media >= last->media)
    g_assert_cmpint (output->pts_ns, >=, last->pts_ns);
}

/* Where nothing was given up, a depayloader sees no hole either. */
static void
check_number (const Bench *bench, const Output *output)
{
  if (!bench->begun || output->discont || bench->outputs->len == 0)
    return;
  g_assert_cmpuint (output->sequence, ==,
                    (guint16) (bench_output (bench, bench->outputs->len - 1)->sequence + 1));
}

static void
take_packet (Bench *bench, LecPacket *packet)
{
  Output output = {
    .arrival = *arrival_of_packet (packet),
    .extended = packet->extended_sequence,
    .media = packet->media_time,
    .pts_ns = packet->pts_ns,
    .out_ns = bench->now_ns,
    .discont = bench->discont,
    .sequence = (guint16) (packet->data[2] << 8 | packet->data[3]),
  };

  output.arrival.bare = packet->bare;
  if (bench->begun)
    g_assert_cmpint (output.extended, ==, bench->next);
  bench->next = output.extended + 1;
  bench->begun = TRUE;
  check_time (bench, &output);
  if (!packet->bare)
    check_number (bench, &output);
  g_array_append_val (bench->outputs, output);
  lec_packet_release (packet);
}

static void
take_gap (Bench *bench, const LecGap *gap)
{
  Hole hole = { *gap, bench->now_ns };

  if (bench->begun)
    g_assert_cmpint (gap->first, ==, bench->next);
  g_assert_cmpuint (gap->count, >, 0);
  g_assert_cmpint (gap->duration_ns, >=, 0);
  bench->next = gap->first + (gint64) gap->count;
  bench->begun = TRUE;
  g_array_append_val (bench->holes, hole);
}

/* Takes what is there now. Returns when to ask again. */
static gint64
pull_all (Bench *bench)
{
  for (guint i = 0; i < PULLS_MAX; i++) {
    gint64 wake_ns = G_MAXINT64;
    LecItem item;

    if (!lec_session_pull (bench->session, bench->now_ns, &item, &wake_ns)) {
      g_assert_cmpint (wake_ns, >, bench->now_ns);
      return wake_ns;
    }
    if (item.kind == LEC_ITEM_PACKET)
      take_packet (bench, item.packet);
    else if (item.kind == LEC_ITEM_GAP)
      take_gap (bench, &item.gap);
    bench->discont = item.kind != LEC_ITEM_PACKET;
  }
  g_assert_not_reached ();
}

void
bench_advance (Bench *bench, gint64 until_ns)
{
  gint64 wake_ns;

  while ((wake_ns = pull_all (bench)) < until_ns)
    bench->now_ns = wake_ns;
  bench->now_ns = until_ns;
}

void
bench_hold_up (Bench *bench, gint64 until_ns)
{
  bench->now_ns = MAX (bench->now_ns, until_ns);
}

void
bench_await (Bench *bench, const Arrival *arrival)
{
  if (arrival->arrival_ns > bench->now_ns)
    bench_advance (bench, arrival->arrival_ns);
  bench_hold_up (bench, arrival->read_ns);
}

void
bench_feed (Bench *bench, LecPacket *packet, guint leg)
{
  bench->fed++;
  lec_session_feed (bench->session, packet, leg);
}

void
bench_feed_recovered (Bench *bench, LecPacket *packet)
{
  packet->recovered = TRUE;
  lec_session_feed (bench->session, packet, 0);
}

void
bench_play (Bench *bench, const Trace *trace)
{
  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);

    bench_await (bench, arrival);
    bench_feed (bench, packet_of_arrival (arrival), arrival->leg);
  }
  pull_all (bench);
}

LecStats
bench_finish (Bench *bench)
{
  LecStats stats;

  bench_advance (bench, bench->now_ns + LONG);
  stats = lec_session_get_stats (bench->session);
  g_assert_cmpuint (stats.held, ==, (guint) packets_alive ());
  g_assert_cmpuint (stats.received, ==, bench->fed);
  g_assert_cmpuint (stats.received + stats.recovered, ==,
                    stats.out + stats.aside + stats.merged + stats.late + stats.duplicate
                        + stats.stale + stats.discarded + stats.overrun + stats.held);
  g_assert_cmpuint (stats.out, ==, bench->outputs->len);
  g_assert_cmpuint (stats.gaps, ==, bench->holes->len);
  lec_session_free (bench->session);
  g_assert_cmpint (packets_alive (), ==, 0);
  g_array_unref (bench->outputs);
  g_array_unref (bench->holes);
  return stats;
}

gint64
bench_longest_silence (const Bench *bench)
{
  gint64 longest = 0;

  for (guint i = 1; i < bench->outputs->len; i++)
    longest = MAX (longest, bench_output (bench, i)->out_ns - bench_output (bench, i - 1)->out_ns);
  return longest;
}
