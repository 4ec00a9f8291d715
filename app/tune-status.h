/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a channel was received in the last second: for somebody who reads it from two metres away,
 * and for programs. */
#pragma once

#include <json-glib/json-glib.h>

#include "report/report.h"

G_BEGIN_DECLS

/* Two looks at reception. */
typedef struct
{
  LecReport *now;    /* (nullable) */
  LecReport *before; /* (nullable): about a second ago; NULL: at the join */
  double passed;     /* [s] between them */
} LecTuneSecond;

/* Returns: (transfer none): what the columns of lec_tune_status_print() are */
const char *lec_tune_status_get_heading (void);

/**
 * lec_tune_status_print:
 * @coloured: whether trouble is set off by colours of a terminal
 *
 * Returns: (transfer full): what came, without time and line end; some 90 columns for two streams,
 *   more when something happens; empty when nothing has come yet
 */
char *lec_tune_status_print (const LecTuneSecond *second,
                             gboolean coloured) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_tune_status_to_json:
 *
 * Returns: (transfer full): the statistics, all counters since the join, each stream with an object
 *   `second` of those that have grown in that second, and the rate [Mbit/s]
 */
JsonObject *lec_tune_status_to_json (const LecTuneSecond *second) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
