/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a screen reader is told of widgets where GTK 4.8 tells it wrong: names with the underscore
 * of their mnemonic or twice, names of classes, and pages and panels that are not shown. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts right all widgets of the program, of GTK's own dialogs too, as soon as they are in a window,
 * and follows stacks, flaps and bars from then on. May be called again. */
void lec_accessible_names_init (void);

G_END_DECLS
