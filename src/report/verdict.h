/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a channel is received well, in a word. */
#pragma once

#include "report/reception.h"

G_BEGIN_DECLS

/**
 * LecVerdict:
 * @LEC_VERDICT_NOTHING: no packet, or none that could be used
 * @LEC_VERDICT_ENDED: the station has said that it is over
 * @LEC_VERDICT_SILENT: nothing comes any more, and nobody has said why
 * @LEC_VERDICT_BAD: so much is missing that everybody sees or hears it
 * @LEC_VERDICT_FAIR: something is missing, or was missing on one of several paths
 * @LEC_VERDICT_GOOD: everything that was sent is there
 */
typedef enum {
  LEC_VERDICT_NOTHING,
  LEC_VERDICT_ENDED,
  LEC_VERDICT_SILENT,
  LEC_VERDICT_BAD,
  LEC_VERDICT_FAIR,
  LEC_VERDICT_GOOD,
} LecVerdict;

/* @reception: since the join, or of the last seconds */
LecVerdict lec_verdict_of (const LecReception *reception);

G_END_DECLS
