/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Knows whether anybody can see the pictures: in a window that is not there, minimized or (from GTK
 * 4.12 on, where the desktop tells) wholly covered, nobody can. The player then decodes none. */
#pragma once

#include <gtk/gtk.h>

#include "play/player.h"

G_BEGIN_DECLS

/* Sets the player's property `hidden`, for as long as @window lives. */
void lec_visibility_attach (GtkWindow *window, LecPlayer *player);

/* @other shows pictures as well. @window: that it was attached to */
void lec_visibility_add (GtkWindow *window, GtkWindow *other);

G_END_DECLS
