/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a screen reader is told of widgets where GTK 4.8 tells it wrong: names with the underscore
 * of their mnemonic or twice, names of classes, and pages and panels that are not shown. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts right all below @root, and follows its stacks, flaps and bars from now on. What is added
 * below
 * @root later is not looked at. */
void lec_accessible_names_mend (GtkWidget *root);

G_END_DECLS
