/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the mouse does over a picture beside clicks on it: the wheel is the volume
 * (`win.change-volume`), the other button opens a menu. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @view: has one child at least, which lays out the menu as well; @menu: with actions of the window
 */
void lec_picture_input_attach (GtkWidget *view, GMenuModel *menu);

G_END_DECLS
