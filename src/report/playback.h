/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is seen and heard of a channel, all media together. */
#pragma once

#include "report/verdict.h"

G_BEGIN_DECLS

/**
 * LecPlayback:
 * @LEC_PLAYBACK_NOTHING: nothing is decoded
 * @LEC_PLAYBACK_PART: some of what was announced is decoded, or was for a while only
 * @LEC_PLAYBACK_ALL: all media that are wanted are decoded as they come
 */
typedef enum {
  LEC_PLAYBACK_NOTHING,
  LEC_PLAYBACK_PART,
  LEC_PLAYBACK_ALL,
} LecPlayback;

/* How @report, of a reception that is decoded, is to be judged. */
LecPlayback lec_playback_of (LecReport *report);

/**
 * lec_playback_judge:
 * @report: (nullable): as of now
 * @verdict: of how packets came
 *
 * Returns: @verdict, or #LEC_VERDICT_BAD where it is better than what is seen and heard
 */
LecVerdict lec_playback_judge (LecReport *report, LecVerdict verdict);

/* Returns: whether none of the media will ever be decoded here, as they are */
gboolean lec_playback_is_hopeless (LecReport *report);

G_END_DECLS
