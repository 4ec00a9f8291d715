/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be done with a channel of the list, in a menu: by the other mouse button, a long touch,
 * or the menu key. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_MENU (lec_channel_menu_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelMenu, lec_channel_menu, LEC, CHANNEL_MENU, GObject)

/**
 * lec_channel_menu_new:
 * @list: whose rows have a LecChannelRow each
 * @parent: a box around @list, which the menu is shown over; it must outlive the menu
 * @model: its items, with the actions `channel.play`, `channel.save`, `channel.copy` and
 *   `channel.favourite`
 */
LecChannelMenu *lec_channel_menu_new (GtkWidget *list,
                                      GtkWidget *parent,
                                      GMenuModel *model) G_GNUC_WARN_UNUSED_RESULT;

/* There is somebody who keeps favourites. */
void lec_channel_menu_allow_favourites (LecChannelMenu *self);

/* Signal `play` (LecChannelItem): somebody wants to watch it.
 * Signal `favourite` (LecChannelItem): it is to be one, or not any longer. */

G_END_DECLS
