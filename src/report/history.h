/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a channel was received in the last two minutes, second by second: for each stream, and for
 * each leg of a stream that has several.
 *
 * Knows no clock: it is given a report about once a second, with the time. Not thread-safe.
 * What it holds is bounded by the number of streams. */
#pragma once

#include "report/reception.h"

G_BEGIN_DECLS

#define LEC_HISTORY_LENGTH 120 /* samples, one a second */
#define LEC_HISTORY_WHOLE (-1) /* in place of a leg: the stream, whatever it came on */

/**
 * LecMeasure:
 * @LEC_MEASURE_LATENCY: [ms] from the arrival of an undelayed packet to play-out; of a leg, how
 *   much later than the first leg to bring it a packet comes there
 * @LEC_MEASURE_DELAY: [ms] that the most delayed packet was behind an undelayed one; not of legs
 * @LEC_MEASURE_LOSS: [%] of the packets of that second
 * @LEC_MEASURE_JITTER: [ms] interarrival jitter
 * @LEC_MEASURE_RATE: [Mbit/s] of UDP payload
 */
typedef enum {
  LEC_MEASURE_LATENCY,
  LEC_MEASURE_DELAY,
  LEC_MEASURE_LOSS,
  LEC_MEASURE_JITTER,
  LEC_MEASURE_RATE,
  LEC_N_MEASURES,
} LecMeasure;

typedef struct _LecHistory LecHistory;

LecHistory *lec_history_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_history_free (LecHistory *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecHistory, lec_history_free)

/* Forgets everything. */
void lec_history_clear (LecHistory *self);

/**
 * lec_history_add:
 * @report: (nullable): NULL: nothing is being received
 * @now_ns: monotonic time
 *
 * Adds a sample, or several when it is late: a moment's worth is shared among its seconds, and of a
 * longer pause nothing is known but its end. Other streams than the last time are another channel:
 * everything before is forgotten.
 */
void lec_history_add (LecHistory *self, LecReport *report, gint64 now_ns);

/* Changes with every lec_history_add() that has found other streams than before. */
guint lec_history_get_generation (const LecHistory *self);

/**
 * lec_history_copy:
 * @leg: index, or #LEC_HISTORY_WHOLE
 * @values: (out): oldest first, the newest in the last place; NAN: not known
 *
 * Returns: whether there is such a stream and leg; legs are there only where there are several
 */
gboolean lec_history_copy (const LecHistory *self,
                           guint stream,
                           int leg,
                           LecMeasure measure,
                           double values[LEC_HISTORY_LENGTH]);

/* Returns: what has come in the last @seconds, all streams together; the whole history if there is
 *   no more */
LecReception lec_history_get_recent (const LecHistory *self, guint seconds);

G_END_DECLS
