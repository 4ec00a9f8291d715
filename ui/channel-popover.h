/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The channels of the opened announcement, to choose from. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_POPOVER (lec_channel_popover_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelPopover, lec_channel_popover, LEC, CHANNEL_POPOVER, GtkPopover)

/* Properties:
 *
 *   player  LecPlayer, nullable: whose channels are listed and who plays the chosen one
 */

G_END_DECLS
