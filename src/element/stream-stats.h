/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The statistics of one stream as they are shown to the outside: named fields of a structure, with
 * the names and units that lectern-tune prints too. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"
#include "receive/receiver.h"
#include "wire/stats.h"

G_BEGIN_DECLS

/**
 * lec_stream_stats_new:
 * @overrun: [packets] dropped behind the session, to be counted with its own
 * @interfaces: names of those joined on
 * @now_ns: session time, for how long it has been silent; -1: not known
 *
 * Returns: (transfer full): counters as uint64 [packets, bytes], times as double in the unit of
 *   their name, -1 for those that have not happened
 */
GstStructure *lec_stream_stats_new (LecKind kind,
                                    const LecStream *stream,
                                    const LecStats *stats,
                                    guint64 overrun,
                                    const char *interfaces,
                                    gint64 now_ns);

/* Puts what concerns the channel as a whole into @stats: rejoins, cut-offs, querier (seen, unseen
 * or unknown), wireless, and advice where there is one. */
void lec_stream_stats_set_network (GstStructure *stats, const LecReceiverStats *network);

G_END_DECLS
