/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel as the list shows it: title, how it stands, of which kind it is.
 *
 * Lists reuse their rows: a row shows one channel after another. */
#pragma once

#include <gtk/gtk.h>

#include "discovery/channel-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_ROW (lec_channel_row_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelRow, lec_channel_row, LEC, CHANNEL_ROW, GtkWidget)

GtkWidget *lec_channel_row_new (void);

/* @item: (nullable): follows it until the next one is set */
void lec_channel_row_set_item (LecChannelRow *self, LecChannelItem *item);
LecChannelItem *lec_channel_row_get_item (LecChannelRow *self); /* (nullable) */

/* Whether it is the channel that plays. */
void lec_channel_row_set_playing (LecChannelRow *self, gboolean playing);

/* Whether another channel of the list has the same title. */
void lec_channel_row_set_title_is_duplicate (LecChannelRow *self, gboolean is_duplicate);

/* @heading: (nullable): of the part of the list that begins with this row */
void lec_channel_row_set_heading (LecChannelRow *self, const char *heading);

/* Whether the row shows whether it is a favourite. */
void lec_channel_row_set_has_star (LecChannelRow *self, gboolean has_star);

/* An empty row keeps its size, its heading, and its name for screen readers, but has nothing in it
 * that would be styled and drawn. Rows begin filled, and remain so until they have been measured.
 */
void lec_channel_row_set_filled (LecChannelRow *self, gboolean filled);
gboolean lec_channel_row_is_filled (LecChannelRow *self);

/* Signal `star-clicked` (): it is to be one, or not any longer. */

G_END_DECLS
