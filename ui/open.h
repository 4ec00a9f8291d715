/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ways to name what is to be opened: a file dialog, dropping it on a widget, and pasting. All end
 * in `win.open-location`. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for an announcement. One dialog at a time for each @window. */
void lec_open_show_dialog (GtkWindow *window);

/* Opens what is on the clipboard: an address, or the text of an announcement. @widget: of a window
 */
void lec_open_paste (GtkWidget *widget);

/**
 * lec_open_drop_target_new:
 *
 * Returns: (transfer full): for gtk_widget_add_controller(); takes files, URI lists and text, and
 * of several the first
 */
GtkEventController *lec_open_drop_target_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
