/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the pictures of a channel are looked at: the actions, keys and memory for them, and the
 * second screen. */
#pragma once

#include <gtk/gtk.h>

#include "play/player.h"
#include "ui/video-layout.h"

G_BEGIN_DECLS

/**
 * lec_lecture_attach:
 * @window: gets the actions `layout` (its state is the name of an arrangement), `next-layout`,
 *   `second-screen`, `zoom-in`, `zoom-out` and `zoom-reset`, and keys for them
 *
 * Lives as long as @window. What is chosen for a channel is chosen again when it plays again.
 */
void lec_lecture_attach (GtkApplicationWindow *window, LecVideoLayout *layout, LecPlayer *player);

G_END_DECLS
