/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The slide that a station shows by a script command, from its bytes to something to be painted.
 * Decoded on another thread; until it is there, the one before is shown. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_SLIDE (lec_slide_get_type ())
G_DECLARE_FINAL_TYPE (LecSlide, lec_slide, LEC, SLIDE, GObject)

/* Properties:
 *
 *   script     LecScriptCommands, nullable: what it is told by
 *   paintable  GdkPaintable, read-only, nullable: what is to be seen of it
 *   shown      boolean, read-only: there is something to be seen
 *   name       string, read-only, nullable: what it is, for those who do not see it
 */

G_END_DECLS
