/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the list of channels does with its rows. */
#pragma once

#include "discovery/channel-item.h"

G_BEGIN_DECLS

/* A row without advertisements; lec_channel_item_update() follows the first
 * lec_channel_item_add(). */
LecChannelItem *lec_channel_item_new (gint64 number) G_GNUC_WARN_UNUSED_RESULT;

/* Advertisements of a row have a channel, and these one identity. The newest is added last. */
void lec_channel_item_add (LecChannelItem *self, LecAdvertisement *advertisement);

/* Returns: whether any is left */
gboolean lec_channel_item_remove (LecChannelItem *self, LecAdvertisement *advertisement);

/* @after is another version of @before, which is one of the row. */
void
lec_channel_item_replace (LecChannelItem *self, LecAdvertisement *before, LecAdvertisement *after);

/**
 * lec_channel_item_suits:
 * @except: (nullable): one of the row that is about to be replaced by @advertisement
 *
 * Returns: whether @advertisement may stand in this row
 */
gboolean lec_channel_item_suits (LecChannelItem *self,
                                 const LecAdvertisement *advertisement,
                                 const LecAdvertisement *except);

/* Whether that is the identity of its channels. */
gboolean lec_channel_item_has_id (LecChannelItem *self, const char *id);

/* (nullable): another row; kept for its list. */
LecChannelItem *lec_channel_item_get_next (LecChannelItem *self);
void lec_channel_item_set_next (LecChannelItem *self, LecChannelItem *next);

/* @now: [s since 1970] */
void lec_channel_item_set_reaching (LecChannelItem *self, gboolean reaching, gint64 now);

/* Nobody looks any more whether it arrives. */
void lec_channel_item_leave (LecChannelItem *self);

/* Whether it is known that nothing of it arrives, and @since when [s since 1970]. */
gboolean lec_channel_item_is_unreached (LecChannelItem *self, gint64 *since);

/* Whether lec_channel_item_update() may find something new by now, where no advertisement is. */
gboolean lec_channel_item_is_due (LecChannelItem *self, gint64 now);

/**
 * lec_channel_item_update:
 * @now: [s since 1970]
 *
 * Finds channel and state from the advertisements, and notifies of what has changed.
 *
 * Returns: whether anything has that a list is sorted or filtered by
 */
gboolean lec_channel_item_update (LecChannelItem *self, gint64 now);

G_END_DECLS
