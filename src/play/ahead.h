/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels that are joined ahead: those beside what plays, to which a viewer may go next.
 *
 * Nobody has clicked them, so little is joined, and only where it disturbs nobody: what plays comes
 * over a cable whose speed is known, and all that is joined ahead takes a quarter of that at most.
 * One that takes more, or is silent, is left again. Nothing of it is decoded: the last group of
 * pictures is kept (play/gop-store.h), and decoded when the channel is played.
 *
 * Lives on the thread of its switcher. */
#pragma once

#include "play/ahead-cost.h"
#include "play/switcher.h"

G_BEGIN_DECLS

#define LEC_AHEAD_MOST 3  /* channels: two neighbours, one that is pointed at */
#define LEC_AHEAD_SHARE 4 /* of this many parts of the link, one */
#define LEC_AHEAD_SETTLE_US (300 * (gint64) 1000) /* for so long the viewer goes on to no other */
#define LEC_AHEAD_SOON_S 10 /* what is about to be played is waited for so long */
#define LEC_AHEAD_SILENCE_US                                                                       \
  (3 * (gint64) 1000000) /* then it is left, if nothing has come of it                             \
                          */

typedef struct _LecAhead LecAhead;

/**
 * lec_ahead_new:
 * @switcher: (unowned): plays what is taken
 * @options: (unowned): read whenever a channel is joined
 * @changed: told when lec_ahead_get_cost() has changed by what anybody would see
 */
LecAhead *lec_ahead_new (LecSwitcher *switcher,
                         const LecPipelineOptions *options,
                         void (*changed) (gpointer data),
                         gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_ahead_free (LecAhead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAhead, lec_ahead_free)

/**
 * lec_ahead_want:
 * @channels: (element-type LecChannel): the most important first; of more than #LEC_AHEAD_MOST the
 *   others are left out
 *
 * lec_ahead_watch() joins them, and leaves others; where nothing is wanted, at once.
 */
void lec_ahead_want (LecAhead *self, const GPtrArray *channels);

/**
 * lec_ahead_join_soon:
 * @channel: that is about to be played
 *
 * Joins it at once, whatever plays or is wanted, if nobody is to be asked for that, and keeps it
 * until something is played, or for #LEC_AHEAD_SOON_S: lec_ahead_take() gives it for any
 * description that says the same.
 */
void lec_ahead_join_soon (LecAhead *self, LecChannel *channel);

/* @speed: [Mbit/s] of the link; 0: as the system says */
void lec_ahead_set_speed (LecAhead *self, guint speed);

/**
 * lec_ahead_watch:
 * @playing: what plays
 * @report: of it
 *
 * A few times a second, while something plays: joins what is wanted, and leaves what takes too
 * much.
 */
void
lec_ahead_watch (LecAhead *self, const LecChannel *playing, const LecReport *report, gint64 now_us);

/* All is left, until lec_ahead_watch() is called again. */
void lec_ahead_leave (LecAhead *self);

/* Returns: (transfer full) (nullable): what is joined of this way, for
 *   lec_switcher_prepare_joined() */
LecPipeline *lec_ahead_take (LecAhead *self, const LecChannel *channel, guint alternative);

/* Returns: (transfer full) (nullable): as of lec_pipeline_dup_key_picture(), where @channel is
 *   joined ahead */
GstSample *lec_ahead_dup_key_picture (LecAhead *self, const LecChannel *channel);

LecAheadCost lec_ahead_get_cost (const LecAhead *self);

G_END_DECLS
