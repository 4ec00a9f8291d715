/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much arrives, and whether something on the way lets no more through.
 *
 * What is lost at random is lost in proportion: more arrives when more is sent. Behind a link that
 * is too narrow as much arrives in each second that has losses, however much was sent. Where the
 * station always sends as much, the two look alike, and then nothing is said.
 *
 * Told the time and the counters. */
#pragma once

#include "wire/stats.h"

G_BEGIN_DECLS

#define LEC_THROUGHPUT_SECONDS 10

/* A second of it. */
typedef struct
{
  double rate; /* [bit/s] of UDP payload that came */
  double sent; /* [bit/s] that would have come without losses */
  double loss; /* of the packets */
} LecThroughputSecond;

/* A plain struct to be embedded; all zero: nothing is known. rate and is_capped may be read. */
typedef struct
{
  gint64 then_ns; /* when the present second began; 0: none has */
  guint64 bytes, received, lost;
  LecThroughputSecond seconds[LEC_THROUGHPUT_SECONDS];
  guint n;
  guint held;   /* seconds for which what was found still counts, as others come between */
  guint64 rate; /* [bit/s] in the last second */
  gboolean is_capped;
} LecThroughput;

/**
 * lec_throughput_note:
 * @sum: counters since the join, of all streams
 * @now_ns: session time, from 1 on; several times a second
 */
void lec_throughput_note (LecThroughput *self, const LecStats *sum, gint64 now_ns);

G_END_DECLS
