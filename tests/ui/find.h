/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds widgets in a window, by what they are or by what they show. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first widget below @root, @root included, for which @matches says yes. */
GtkWidget *
find (GtkWidget *root, gboolean (*matches) (GtkWidget *widget, const char *what), const char *what);

gboolean has_id (GtkWidget *widget, const char *id);
gboolean has_type (GtkWidget *widget, const char *type);

/* These three: and is on the screen. */
gboolean shows_text (GtkWidget *widget, const char *text);
gboolean shows_button (GtkWidget *widget, const char *label);
gboolean shows_icon_button (GtkWidget *widget, const char *icon);

G_END_DECLS
