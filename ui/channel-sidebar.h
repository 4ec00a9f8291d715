/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The list of channels, with a search: a row is played by a click or Enter, never by being reached
 * with the arrow keys.
 *
 * Thousands of channels may come at once: sorting and searching is done a little at a time. */
#pragma once

#include <gtk/gtk.h>

#include "discovery/channel-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_SIDEBAR (lec_channel_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelSidebar, lec_channel_sidebar, LEC, CHANNEL_SIDEBAR, GtkWidget)

/* Properties:
 *
 *   list             GListModel of LecChannelItem, nullable
 *   playing          LecChannelItem, nullable: marked as the one that plays
 *   favourites       LecFavourites, nullable: rows have a star then
 *   listening        string, nullable: where channels are listened for; shown while there is none
 *   typed            string, read-only, nullable: the number of a channel, while it is typed
 *   discovery-error  string, nullable: why discovery does not work
 *   has-window-buttons boolean: whether the sidebar has the corner of the window
 *   pointed          LecChannelItem, read-only, nullable: whose row the pointer is over, or else
 * has the focus
 *
 * Signal `activated` (LecChannelItem): somebody wants to watch it.
 * Signal `likely-changed` (): lec_channel_sidebar_list_likely() may be another; a while after. */

/* Returns: (transfer full) (element-type LecChannel): what may be played next, the likeliest first:
 *   those to which lec_channel_sidebar_zap() leads, and the one that is pointed at */
GPtrArray *lec_channel_sidebar_list_likely (LecChannelSidebar *self);

/* Puts @widget below the list. */
void lec_channel_sidebar_append (LecChannelSidebar *self, GtkWidget *widget);

/* Lets the viewer type what to look for. */
void lec_channel_sidebar_search (LecChannelSidebar *self);

/* Goes to the next channel (1) or the one before (-1), as in lec_zapper_step(). */
void lec_channel_sidebar_zap (LecChannelSidebar *self, int step);

/* @digit: of the number of a channel, as in lec_zapper_type() */
void lec_channel_sidebar_type (LecChannelSidebar *self, guint digit);

G_END_DECLS
