/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A row of the list of channels: what one can watch, where it is known from, and how it stands.
 *
 * Belongs to the main thread. Changed by its LecChannelList only; everybody else watches its
 * properties. */
#pragma once

#include "discovery/advertisement.h"

G_BEGIN_DECLS

/**
 * LecChannelState:
 * @LEC_CHANNEL_STATE_NOW: on the air, as far as its announcement says
 * @LEC_CHANNEL_STATE_NOT_REACHING: it should be on the air, but nothing of it arrives here, or its
 *   station has fallen silent
 * @LEC_CHANNEL_STATE_LATER: it will be
 * @LEC_CHANNEL_STATE_ENDED: it was, or its station has withdrawn it
 *
 * How a channel stands now, in the order in which a viewer wants to see them.
 */
typedef enum {
  LEC_CHANNEL_STATE_NOW,
  LEC_CHANNEL_STATE_NOT_REACHING,
  LEC_CHANNEL_STATE_LATER,
  LEC_CHANNEL_STATE_ENDED,
} LecChannelState;

#define LEC_TYPE_CHANNEL_STATE (lec_channel_state_get_type ())
GType lec_channel_state_get_type (void);

#define LEC_TYPE_CHANNEL_ITEM (lec_channel_item_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelItem, lec_channel_item, LEC, CHANNEL_ITEM, GObject)

/* LecChannelItem:channel: the newest description of it. */
LecChannel *lec_channel_item_get_channel (LecChannelItem *self);

/* LecChannelItem:title */
const char *lec_channel_item_get_title (LecChannelItem *self);

/* LecChannelItem:state */
LecChannelState lec_channel_item_get_state (LecChannelItem *self);

/* Whether it has ended because its station said so; it goes from the list soon. */
gboolean lec_channel_item_is_withdrawn (LecChannelItem *self);

/**
 * lec_channel_item_get_newer:
 *
 * LecChannelItem:newer
 *
 * Returns: (transfer none) (nullable): what is announced on the network of a channel that is shown
 *   as the viewer has opened it, where that is a newer version, and says something else
 */
LecChannel *lec_channel_item_get_newer (LecChannelItem *self);

/* LecChannelItem:origins */
LecChannelOrigin lec_channel_item_get_origins (LecChannelItem *self);

/**
 * lec_channel_item_get_announcer:
 *
 * LecChannelItem:announcer
 *
 * Returns: (nullable): numeric address of the host that announces it, to tell two of one name
 * apart; NULL for what nobody announces
 */
const char *lec_channel_item_get_announcer (LecChannelItem *self);

/* Returns: higher than that of all rows that came before it */
gint64 lec_channel_item_get_number (LecChannelItem *self);

/**
 * lec_channel_item_get_changes:
 *
 * LecChannelItem:changes
 *
 * Returns: [s since 1970] when it begins (%LEC_CHANNEL_STATE_LATER) or ends
 *   (%LEC_CHANNEL_STATE_NOW); 0: not said
 */
gint64 lec_channel_item_get_changes (LecChannelItem *self);

G_END_DECLS
