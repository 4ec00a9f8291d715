/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The latency that each channel has come to need, for when it is tuned in again: who zaps back
 * finds it as it was. Kept as long as the program runs. Any thread. */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_LATENCY_MEMORY_MAX 256 /* channels; with more of them all are forgotten */

/**
 * lec_latency_memory_recall:
 * @interface: (nullable): the one to join on
 *
 * Returns: [ns] as last kept; -1: nothing is known
 */
gint64 lec_latency_memory_recall (const LecAlternative *alternative, const char *interface);

/* Keeps the latency that reception ended with. */
void lec_latency_memory_keep (const char *key, gint64 latency_ns);

/* Returns: (transfer full) (nullable): what stands for such a reception; NULL: it cannot be known
 * again */
char *lec_latency_memory_dup_key (const LecAlternative *alternative, const char *interface);

G_END_DECLS
