/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What gtk_test_init() does, without the locale that it wants. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sets up GLib's tests and GTK: in English, and with a point in numbers, whatever the environment
 * says. */
void ui_test_init (int *argc, char ***argv);

G_END_DECLS
