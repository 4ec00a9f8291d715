/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the list of channels does with its rows. */
#pragma once

#include "discovery/channel-item.h"

G_BEGIN_DECLS

/* One voice about a channel, as kept; it belongs to its row. */
typedef struct
{
  LecChannelOrigin origin;
  char *key; /* unique in the list, the origin included */
  LecChannel *channel;
  char *announcer; /* (nullable) */
  gboolean withdrawn;
  gboolean silent;
  guint64 age;          /* greater is newer */
  LecChannelItem *item; /* the row */
} LecVoice;

/* A row without voices; lec_channel_item_update() follows the first lec_channel_item_add(). */
LecChannelItem *lec_channel_item_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @voice belongs to the row from now on. */
void lec_channel_item_add (LecChannelItem *self, LecVoice *voice);

/* Frees @voice. Returns: whether any is left */
gboolean lec_channel_item_remove (LecChannelItem *self, LecVoice *voice);

/**
 * lec_channel_item_suits:
 * @announcer: (nullable): who speaks of @channel
 * @except: (nullable): a voice of the row that is about to be replaced by this one
 *
 * Returns: whether it may stand in this row
 */
gboolean lec_channel_item_suits (LecChannelItem *self,
                                 LecChannelOrigin origin,
                                 const LecChannel *channel,
                                 const char *announcer,
                                 const LecVoice *except);

/* Where it stands in its list. */
guint lec_channel_item_get_position (LecChannelItem *self);
void lec_channel_item_set_position (LecChannelItem *self, guint position);

void lec_channel_item_set_reaching (LecChannelItem *self, gboolean reaching);

/**
 * lec_channel_item_update:
 * @now: [s since 1970]
 *
 * Finds channel and state from the voices, and notifies of what has changed.
 *
 * Returns: whether anything has that a list is sorted or filtered by
 */
gboolean lec_channel_item_update (LecChannelItem *self, gint64 now);

G_END_DECLS
