/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Knows whether anybody can see the pictures: in a window that is not there, minimized or wholly
 * covered, nobody can. The player then decodes none.
 *
 * Desktops tell of that in two ways. Some say so (GTK 4.12: GDK_TOPLEVEL_STATE_SUSPENDED). And under
 * Wayland all of them no longer ask for frames: that is what counts, as GTK (4.18) hears what is said
 * with the next frame only, and so not at all where it waits for one, as pictures make it do. */
#pragma once

#include <gtk/gtk.h>

#include "play/player.h"

G_BEGIN_DECLS

/* Sets the player's property `hidden`, for as long as @window lives. */
void lec_visibility_attach (GtkWindow *window, LecPlayer *player);

/* @other shows pictures as well. @window: that it was attached to */
void lec_visibility_add (GtkWindow *window, GtkWindow *other);

/* @picture: a window that draws no frame for a second after it has changed is not seen, until it
 *   draws one. @window: likewise */
void lec_visibility_watch (GtkWindow *window, GdkPaintable *picture);

G_END_DECLS
