/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report.h"

#include <stdio.h>

const gint64 report_latencies[REPORT_LATENCIES]
    = { 20 * MSECOND, 50 * MSECOND, 100 * MSECOND, 200 * MSECOND, 500 * MSECOND };

static const int widths[SCORE_MEASURES] = { 9, 8, 7, 7, 7, 8, 8, 8, 9, 7, 8, 9, 8 };

static void
report_head (void)
{
  printf ("  %6s  %-5s%7s", "T ms", "who", "out");
  for (ScoreMeasure m = 0; m < SCORE_MEASURES; m++)
    printf ("%*s", widths[m], score_name (m));
  putchar ('\n');
}

static void
report_line (const char *latency, const char *who, const Score *score)
{
  printf ("  %6s  %-5s%7" G_GUINT64_FORMAT, latency, who, score->out);
  for (ScoreMeasure m = 0; m < SCORE_MEASURES; m++) {
    gboolean counted = m < SCORE_HOLD || m == SCORE_REBASES;

    printf ("%*.*f", widths[m], counted ? 0 : 2,
            m == SCORE_ERROR ? score->mean_error_ms : score->is[m]);
  }
}

/* Who puts off its time line has every packet in time, and a jump in the sound. */
static gboolean
is_traded (const Score *ours, const Score *peers, ScoreMeasure measure)
{
  return (measure == SCORE_UNSEEN || measure == SCORE_MISSED)
         && peers->is[SCORE_REBASES] > ours->is[SCORE_REBASES]
         && peers->is[SCORE_BEHIND] >= ours->is[SCORE_BEHIND];
}

static void
report_worse (const Score *ours, const Score *peers, Summary *summary)
{
  gboolean worse = FALSE, traded = FALSE;

  for (ScoreMeasure m = 0; m < SCORE_MEASURES; m++) {
    if (!score_is_worse (ours, peers, m))
      continue;
    printf ("%s %s", worse ? "," : "  <-- worse:", score_name (m));
    traded |= is_traded (ours, peers, m);
    summary->by_measure[m]++;
    worse = TRUE;
  }
  if (traded)
    printf (" (the peer broke its time line instead)");
  summary->lines++;
  summary->worse += worse;
  summary->traded += traded;
}

static void
report_auto (const Result *result, Summary *summary)
{
  gboolean worse = result->final_ns > result->peers_needed_ns;
  g_autofree char *found = g_strdup_printf ("%.0f", (double) result->final_ns / MSECOND);

  report_line (found, "auto", &result->found);
  printf ("\n          %.0f ms at the end, %.0f ms at most; ", (double) result->final_ns / MSECOND,
          (double) result->found_ns / MSECOND);
  if (result->peers_needed_ns < REPORT_LONGEST)
    printf ("the peer shows as much, in time, with %.0f ms%s\n",
            (double) result->peers_needed_ns / MSECOND, worse ? "  <-- worse: latency" : "");
  else
    printf ("the peer does not show as much with any latency\n");
  summary->automatic++;
  summary->automatic_worse += worse;
}

void
report_result (const char *title, const Result *result, Summary *summary)
{
  printf ("\n%s: %u packets sent, %u datagrams came\n", title, result->sent, result->came);
  if (!result->done) {
    printf ("  it did not come to an end\n");
    summary->failed++;
    return;
  }
  report_head ();
  for (guint i = 0; i < REPORT_LATENCIES; i++) {
    g_autofree char *latency = g_strdup_printf ("%d", (int) (report_latencies[i] / MSECOND));

    report_line (latency, "ours", &result->ours[i]);
    report_worse (&result->ours[i], &result->peers[i], summary);
    putchar ('\n');
    report_line ("", "peer", &result->peers[i]);
    putchar ('\n');
  }
  if (result->has_auto)
    report_auto (result, summary);
  fflush (stdout);
}

void
report_summary (const Summary *summary)
{
  printf ("\nOurs is worse in some way on %u of %u lines", summary->worse, summary->lines);
  if (summary->automatic > 0)
    printf (", and finds a longer latency than the peer needs on %u of %u traces",
            summary->automatic_worse, summary->automatic);
  printf (".\nOn %u of these lines the peer shows more because it has broken its time line.\n",
          summary->traded);
  for (ScoreMeasure m = 0; m < SCORE_MEASURES; m++) {
    if (summary->by_measure[m] > 0)
      printf ("  %-9s worse on %u\n", score_name (m), summary->by_measure[m]);
  }
  if (summary->failed > 0)
    printf ("%u traces did not come to an end.\n", summary->failed);
}
