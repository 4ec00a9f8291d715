/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the top of a list in sight while rows come above it, for those who have not moved it.
 *
 * A GtkListView by itself keeps its first visible row where it is: of a list that fills in no order
 * one would see some rows from its middle. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @list: has its model, for good */
void lec_scroll_anchor_keep (GtkListView *list);

G_END_DECLS
