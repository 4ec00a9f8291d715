/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the player and the list of channels in step.
 *
 * What is opened comes into the list; what is found out by playing is said there; and when the
 * station announces the playing channel anew, on another group say, the player goes along. */
#pragma once

#include "discovery/channel-list.h"
#include "play/player.h"

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_TRACKER (lec_channel_tracker_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelTracker, lec_channel_tracker, LEC, CHANNEL_TRACKER, GObject)

/* Properties:
 *
 *   playing  LecChannelItem, read-only, nullable: the row of what the player plays, or tries to
 *
 * Signal `went-along` (): the player has begun anew with what is announced now. */

LecChannelTracker *lec_channel_tracker_new (LecPlayer *player,
                                            LecChannelList *list) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_channel_tracker_get_channel:
 *
 * Returns: (transfer none) (nullable): what the player played last, as it is announced now
 */
LecChannel *lec_channel_tracker_get_channel (LecChannelTracker *self);

G_END_DECLS
