/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is called lost was sent and did not come, and nothing else: on networks that damage, delay,
 * double and drop, and with stations that begin anew. That each packet is counted once is asserted
 * by bench_finish(). */
#include "support/bench.h"

#define LATENCY (200 * MSECOND)
#define LIVES 12
#define JOIN (200 * MSECOND) /* what is missing from before is nobody's loss */

typedef struct
{
  const char *name;
  Impairment impairment;
  double mangled;       /* chance that one bit of the first twelve bytes is wrong */
  gboolean begins_anew; /* under another SSRC, after a second */
  guint64 restarts;     /* as nothing else makes any */
} Life;

static const Life lives[] = {
  { "calm", { 0 } },
  { "loss", { .loss = 0.05 } },
  { "bursts", { .burst = 0.01, .burst_end = 0.02 } },
  { "reordering", { .overtaken = 0.5, .overtaken_ns = 100 * MSECOND } },
  { "reordering beyond the latency", { .overtaken = 1, .overtaken_ns = 400 * MSECOND } },
  { "doubles", { .loss = 0.01, .doubled = 0.3, .doubled_ns = 60 * MSECOND } },
  { "all of it",
    { .loss = 0.02,
      .overtaken = 0.2,
      .overtaken_ns = 300 * MSECOND,
      .doubled = 0.1,
      .doubled_ns = 30 * MSECOND } },
  { "mangled", { 0 }, .mangled = 0.05 },
  { "mangled, lost and out of order",
    { .loss = 0.02, .overtaken = 0.1, .overtaken_ns = 20 * MSECOND },
    .mangled = 0.05 },
  { "begins anew", { .loss = 0.02 }, .begins_anew = TRUE, .restarts = 1 },
};

static void
tell (Trace *trace, const Life *life, guint32 seed)
{
  Station station = seed % 2 ? station_studio () : station_video ();
  guint frames = seed % 2 ? 10000 : 500;

  station.sequence = (guint16) (60000 + seed * 400);
  trace_send (trace, &station, frames);
  if (life->begins_anew) {
    station.ssrc++;
    station.sequence = (guint16) (station.sequence - 100);
    station.next_ns += SECOND;
    trace_send (trace, &station, frames);
  }
  trace_weather (trace, &life->impairment, seed);
}

/* One bit wrong, but not such that it counts as RTCP, which is not counted with media. */
static gboolean
mangle (LecPacket *packet, GRand *rng)
{
  guint8 *byte = &packet->data[g_rand_int_range (rng, 0, 12)];
  guint8 bit = (guint8) (1 << g_rand_int_range (rng, 0, 8));

  *byte ^= bit;
  if (!lec_format_rtp.is_control (packet->data, packet->size))
    return TRUE;
  *byte ^= bit;
  return FALSE;
}

static guint
play (Bench *bench, const Trace *trace, const Life *life, guint32 seed)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (seed);
  guint mangled = 0;

  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);
    LecPacket *packet = packet_of_arrival (arrival);

    if (g_rand_double (rng) < life->mangled)
      mangled += mangle (packet, rng);
    bench_advance (bench, arrival->arrival_ns);
    bench_feed (bench, packet, arrival->leg);
  }
  return mangled;
}

/* Packets from number @first on of which no copy has come: those that are really lost. The last
 * ones of all are, too, but nothing behind them tells so: @end is where they begin. */
static guint64
count_lost (const Trace *trace, guint first, guint *end)
{
  g_autofree guint8 *came = g_new0 (guint8, trace->sent);
  guint last = 0;
  guint64 lost = 0;

  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);

    came[arrival->number] = 1;
    last = MAX (last, arrival->number);
  }
  for (guint number = first; number < last; number++)
    lost += !came[number];
  *end = last + 1;
  return lost;
}

static void
test_life (gconstpointer data)
{
  const Life *life = data;

  for (guint32 seed = 1; seed <= LIVES; seed++) {
    guint mangled, early, end;
    guint64 lost;
    LecStats stats;
    Trace trace;
    Bench bench;

    trace_init (&trace);
    tell (&trace, life, seed);
    bench_init (&bench, seed % 2 ? LEC_MEDIA_AUDIO : LEC_MEDIA_VIDEO, LEC_KIND_RTP, 1, LATENCY);
    bench.time_line_breaks = TRUE;
    mangled = play (&bench, &trace, life, seed);
    stats = bench_finish (&bench);
    early = (guint) (seed % 2 ? JOIN / MSECOND : JOIN / MSECOND / 10);
    lost = count_lost (&trace, early, &end);
    g_test_message ("seed %u: lost %" G_GUINT64_FORMAT " of %u, really %" G_GUINT64_FORMAT
                    "; late %" G_GUINT64_FORMAT ", discarded %" G_GUINT64_FORMAT
                    ", out %" G_GUINT64_FORMAT ", mangled %u",
                    seed, stats.lost, trace.sent, lost, stats.late, stats.discarded, stats.out,
                    mangled);
    g_assert_cmpuint (stats.lost, <=, lost + mangled + (lost > 0 ? early : 0));
    g_assert_cmpuint (stats.lost + mangled, >=, lost);
    if (mangled == 0) {
      g_assert_cmpuint (stats.discarded, ==, 0);
      g_assert_cmpuint (stats.restarts, ==, life->restarts);
    }
    g_assert_cmpuint (stats.out + stats.late + lost + 2 * mangled + 2 * early, >=, end);
    trace_clear (&trace);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lives); i++) {
    g_autofree char *path = g_strconcat ("/session-loss/", lives[i].name, NULL);

    g_test_add_data_func (path, &lives[i], test_life);
  }
  return g_test_run ();
}
