/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "playback.h"
#include "support/bench.h"

#define LONG (20 * SECOND) /* after the last packet */

gboolean
playback_has_auto (void)
{
  return TRUE;
}

/* Outputs since the last look had the latency that the session has now. */
static void
look (Playback *playback, const Bench *bench)
{
  gint64 latency_ns = lec_session_get_stats (bench->session).latency_ns;

  for (guint i = playback->deliveries->len; i < bench->outputs->len; i++) {
    const Output *output = bench_output (bench, i);
    Delivery delivery = {
      .arrival = output->arrival,
      .pts_ns = output->pts_ns,
      .out_ns = output->out_ns,
      .latency_ns = latency_ns,
      .discont = output->discont,
    };

    g_array_append_val (playback->deliveries, delivery);
  }
  playback->final_latency_ns = latency_ns;
  playback->longest_latency_ns = MAX (playback->longest_latency_ns, latency_ns);
}

Playback
playback_ours (const Trace *trace, LecMedia media, gint64 latency_ns)
{
  Playback playback = { .deliveries = g_array_new (FALSE, FALSE, sizeof (Delivery)) };
  LecStats stats;
  Bench bench;

  bench_init (&bench, media, LEC_KIND_RTP, 1, latency_ns);
  lec_playout_set_smooth (&bench.playout, TRUE); /* as by the sender's clock... */
  lec_playout_set_quick (&bench.playout, TRUE);  /* ...where sound can be made shorter */
  bench.time_line_breaks = TRUE;
  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);

    bench_await (&bench, arrival);
    look (&playback, &bench);
    bench_feed (&bench, packet_of_arrival (arrival), arrival->leg);
  }
  bench_advance (&bench, bench.now_ns + LONG);
  look (&playback, &bench);
  stats = bench_finish (&bench);
  playback.lost = stats.lost;
  playback.late = stats.late;
  playback.duplicate = stats.duplicate;
  playback.discarded = stats.discarded;
  return playback;
}

void
playback_clear (Playback *playback)
{
  g_array_unref (playback->deliveries);
}
