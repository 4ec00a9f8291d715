/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Dialogs of files that a window keeps, and that are hidden rather than ended: GTK 4.18 does not
 * survive each end of one, least of all while it still reads a folder. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @dialog: (transfer full): it goes some time after @window
 * @key: a string literal; under which lec_kept_dialog_get() has it */
void lec_kept_dialog_set (GtkWindow *window, const char *key, GtkFileChooserNative *dialog);

/* Returns: (transfer none) (nullable) */
GtkFileChooserNative *lec_kept_dialog_get (GtkWindow *window, const char *key);

G_END_DECLS
