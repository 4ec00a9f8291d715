/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which subtitles an elementary stream has, by its descriptors (EN 300 468, sections 6.2.41 and
 * 6.2.43). */
#pragma once

#include "wire/ts-stats.h"

G_BEGIN_DECLS

/**
 * lec_ts_subtitles_list:
 * @descriptors: of an elementary stream; any bytes
 * @subtitles: (out) (array length=max): without `pid` and `out_pid`
 * @max: how many there is room for
 *
 * Pages of teletext that are no subtitles are left out.
 *
 * Returns: how many there are in @subtitles
 */
guint lec_ts_subtitles_list (const guint8 *descriptors,
                             guint length,
                             LecTsSubtitles *subtitles,
                             guint max);

G_END_DECLS
