/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the player and the list of channels in step.
 *
 * Channels that are opened are added to the list, which also shows whether the playing one is
 * received; when the station announces changes of the playing channel, another group for example,
 * the player follows; and when it withdraws that channel, the player is told. */
#pragma once

#include "discovery/channel-list.h"
#include "play/player.h"

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_TRACKER (lec_channel_tracker_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelTracker, lec_channel_tracker, LEC, CHANNEL_TRACKER, GObject)

/* Properties:
 *
 *   playing  LecChannelItem, read-only, nullable: the row of what the player plays, or tries to
 *   follows  boolean: it goes along with changes; default TRUE
 *
 * Signal `channel-updated` (): the player has started again with the channel as announced now.
 * Signal `newer-announced` (): of the channel, which was opened, a newer version is announced.
 *
 * Of an address alone, that which is announced for it is played. */

LecChannelTracker *lec_channel_tracker_new (LecPlayer *player,
                                            LecChannelList *list) G_GNUC_WARN_UNUSED_RESULT;

/* Plays the newer version that is announced, if there is one, instead of the one that was opened.
 */
void lec_channel_tracker_use_newer (LecChannelTracker *self);

/**
 * lec_channel_tracker_get_channel:
 *
 * Returns: (transfer none) (nullable): what the player played last, as it is announced now
 */
LecChannel *lec_channel_tracker_get_channel (LecChannelTracker *self);

G_END_DECLS
