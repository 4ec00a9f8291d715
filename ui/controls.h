/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bar below the picture: play or stop, how far behind it is, sound, full screen.
 *
 * Activates `win.play-stop`, `win.mute` and `win.fullscreen`. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_CONTROLS (lec_controls_get_type ())
G_DECLARE_FINAL_TYPE (LecControls, lec_controls, LEC, CONTROLS, GtkWidget)

/* Properties:
 *
 *   player  LecPlayer, nullable: whose state is shown and whose volume is moved
 */

G_END_DECLS
