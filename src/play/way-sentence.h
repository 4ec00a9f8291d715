/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a viewer is told of the ways to receive a channel, as sentences. */
#pragma once

#include "channel/channel.h"
#include "report/report.h"

G_BEGIN_DECLS

/* All (transfer full). */

/* @alternative is fetched. */
char *lec_way_sentence_opening (const LecAlternative *alternative);

/* @way plays, or is tried, as nothing comes by @missed. */
char *lec_way_sentence_playing (const LecAlternative *way, const LecAlternative *missed);
char *lec_way_sentence_trying (const LecAlternative *way, const LecAlternative *missed);

/**
 * lec_way_sentence_awaiting:
 * @report: (nullable): of its reception, if there is any
 * @awaited_us: [µs] for how long it has been waited for
 *
 * Returns: (transfer full): why nothing is seen or heard of @alternative, as far as is known
 */
char *lec_way_sentence_awaiting (const LecAlternative *alternative,
                                 LecReport *report,
                                 gint64 awaited_us);

G_END_DECLS
