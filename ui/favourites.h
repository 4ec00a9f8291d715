/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The channels that a viewer keeps: they are in the list whether anybody announces them or not,
 * with %LEC_CHANNEL_ORIGIN_KEPT among their origins. */
#pragma once

#include "discovery/channel-list.h"

G_BEGIN_DECLS

#define LEC_TYPE_FAVOURITES (lec_favourites_get_type ())
G_DECLARE_FINAL_TYPE (LecFavourites, lec_favourites, LEC, FAVOURITES, GObject)

/* @settings: of lec_settings_new(); what it knows is put into @list */
LecFavourites *lec_favourites_new (LecChannelList *list,
                                   GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_favourites_toggle:
 * @item: of the list
 *
 * Keeps it, as it is described now, or keeps it no longer.
 *
 * Returns: FALSE where it cannot be kept: it cannot be described, or there are too many
 */
gboolean lec_favourites_toggle (LecFavourites *self, LecChannelItem *item);

G_END_DECLS
