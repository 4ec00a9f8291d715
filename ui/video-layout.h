/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One picture, or two: the speaker and the slides.
 *
 * One has all the room. Of two, the main one has the larger share: to begin with, that is the one
 * with more pixels. They lie side by side where there is more width than height, else one above the
 * other; each keeps its shape, and none covers the other.
 *
 * A click on the other picture makes it the main one. A double click on either shows it alone, or
 * both again; elsewhere, or where there is only one, it activates `win.fullscreen`. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_VIDEO_LAYOUT (lec_video_layout_get_type ())
G_DECLARE_FINAL_TYPE (LecVideoLayout, lec_video_layout, LEC, VIDEO_LAYOUT, GtkWidget)

/* Properties:
 *
 *   first, second          GdkPaintable, nullable
 *   has-first, has-second  boolean: there is something to be seen of it
 *   second-name            string, nullable: what the second one is, for those who do not see it;
 *                          NULL: the second picture of the channel
 *   both                   boolean, read-only: there are two, whether or not both are shown
 *   alone                  boolean: of two, only the main one is shown
 */

/* Makes the other picture the main one; nothing happens where there is only one. */
void lec_video_layout_swap (LecVideoLayout *self);

G_END_DECLS
