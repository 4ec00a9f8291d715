/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The channels of a list that a search finds, in the order in which the list shows them: a
 * GListModel of LecChannelItem.
 *
 * Made for thousands, of which many change at once, where nothing may stand still: what changes is
 * looked at a little at a time, and takes its place a few rows at a time; a short list is at once
 * as it should be. Rows that keep their neighbours are not touched, so that views keep their place.
 * Belongs to the main thread. */
#pragma once

#include <gio/gio.h>

#include "discovery/channel-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_ORDERED_CHANNELS (lec_ordered_channels_get_type ())
G_DECLARE_FINAL_TYPE (LecOrderedChannels, lec_ordered_channels, LEC, ORDERED_CHANNELS, GObject)

LecOrderedChannels *lec_ordered_channels_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @list: (nullable): of LecChannelItem */
void lec_ordered_channels_set_list (LecOrderedChannels *self, GListModel *list);

/* @search: words that must all be found, see lec_words_match(); "": all */
void lec_ordered_channels_set_search (LecOrderedChannels *self, const char *search);

/* LecOrderedChannels:settled: whether all that has changed is in its place. */
gboolean lec_ordered_channels_is_settled (LecOrderedChannels *self);

/**
 * lec_ordered_channels_find_first:
 *
 * Returns: (transfer full) (nullable): the first channel that is found, whether or not it is in
 *   its place already
 */
LecChannelItem *lec_ordered_channels_find_first (LecOrderedChannels *self);

/* Signal `ordered` (): rows may have other neighbours than before, also where no item has come or
 * gone. */

G_END_DECLS
