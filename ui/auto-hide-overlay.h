/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A page or a picture, with a bar above and a bar below.
 *
 * A page lies between the bars. A picture has the whole room: the bars float over it, and go away
 * together with the pointer once nobody has moved it, or pressed a key, for a while. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_AUTO_HIDE_OVERLAY (lec_auto_hide_overlay_get_type ())
G_DECLARE_FINAL_TYPE (LecAutoHideOverlay, lec_auto_hide_overlay, LEC, AUTO_HIDE_OVERLAY, GtkWidget)

/* Properties:
 *
 *   content       GtkWidget
 *   captions      GtkWidget, nullable: over the content, above the lower bar
 *   top, bottom   GtkWidget: the bars
 *   over-picture  boolean: the content is a picture
 *   bars-shown    boolean, read-only: always while the content is a page
 */

/* Shows the bars, as if somebody had moved the pointer. */
void lec_auto_hide_overlay_wake (LecAutoHideOverlay *self);

G_END_DECLS
