/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fills the rows of a list of channels that are in sight, and those around them that will be next;
 * the others are left empty, and so cost little.
 *
 * A GtkListView (4.8) keeps 200 rows, of which it shows some ten, and styles and measures them all
 * for each frame in which it has moved. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @list: of LecChannelRow. No frame is drawn in which a row in sight is empty. */
void lec_row_filler_keep (GtkListView *list);

G_END_DECLS
