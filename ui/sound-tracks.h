/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sounds that a channel has, by name: languages, mostly. */
#pragma once

#include "channel/channel.h"
#include "report/report.h"

G_BEGIN_DECLS

/**
 * lec_sound_tracks_list:
 * @report: (nullable): how it is received
 * @playing: (nullable): what is received
 *
 * Returns: (transfer full): of char *: a name for each sound, in the order of the property "sound"
 *   of LecPlayer, no two of them the same
 */
GPtrArray *lec_sound_tracks_list (const LecReport *report, const LecAlternative *playing);

G_END_DECLS
