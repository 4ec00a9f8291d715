/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What menus, buttons and keys do in the window: its actions, all named "win.", and its single
 * keys. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* @class: of LecWindow, while it is initialised */
void lec_window_install_actions (GtkWidgetClass *class);

/* Single keys, for when nothing that takes text has the focus; those with Ctrl are the
 * application's. */
void lec_window_add_keys (LecWindow *self);

G_END_DECLS
