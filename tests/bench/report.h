/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The comparison as text, two lines a latency: ours and rtpjitterbuffer's. */
#pragma once

#include "score.h"

#define REPORT_LATENCIES 5
#define REPORT_LONGEST (2 * SECOND) /* that the peer is tried with */

extern const gint64 report_latencies[REPORT_LATENCIES]; /* [ns] */

/* What is known of one trace. Plain: it is filled in by another process. */
typedef struct
{
  gboolean done;
  guint sent, came; /* [packets] */
  Score ours[REPORT_LATENCIES];
  Score peers[REPORT_LATENCIES];

  gboolean has_auto;
  Score found;            /* ours with the latency that it finds itself */
  gint64 found_ns;        /* that latency, the longest */
  gint64 final_ns;        /* and at the end */
  gint64 peers_needed_ns; /* least at which the peer shows as much */
} Result;

/* Counts of lines where ours is worse, by measure. */
typedef struct
{
  guint lines, worse;
  guint traded; /* of the worse ones, those on which the peer broke its time line for it */
  guint by_measure[SCORE_MEASURES];
  guint automatic, automatic_worse;
  guint failed;
} Summary;

void report_result (const char *title, const Result *result, Summary *summary);
void report_summary (const Summary *summary);
