/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pictures of a channel: the speaker, the slides, and whatever else there is.
 *
 * One has all the room. Of several, the main one is the largest: to begin with, that is the one
 * with most pixels. How they lie is an arrangement of ui/video-geometry.h; each keeps its shape.
 *
 * A click on another picture makes it the main one. A double click on one shows it alone, or all
 * again; or all of it where it is enlarged; elsewhere, or where there is only one, it activates
 * `win.fullscreen`.
 *
 * What was seen last stays, as a still, while nothing else is to be seen and the widget is. */
#pragma once

#include <gtk/gtk.h>

#include "ui/video-geometry.h"
#include "ui/zoom-view.h"

G_BEGIN_DECLS

#define LEC_TYPE_VIDEO_LAYOUT (lec_video_layout_get_type ())
G_DECLARE_FINAL_TYPE (LecVideoLayout, lec_video_layout, LEC, VIDEO_LAYOUT, GtkWidget)

#define LEC_SLIDE_PICTURE (LEC_MAX_PICTURES - 1) /* index of the slide among the pictures */

/* Properties:
 *
 *   pictures     uint: of which picture there is something to be seen; a bit for each, by its index
 *   slide        GdkPaintable, nullable: a picture beside those of streams; NULL: none
 *   slide-name   string, nullable: what it is, for those who do not see it
 *   both         boolean, read-only: there are several, whether or not all are shown
 *   alone        boolean: of several, only the main one is shown, for now
 *   arrangement  string: how they lie, by its name
 *   away         int: index of the picture that is shown elsewhere; -1: none
 *   captions     LecCaptionPicture, nullable: that lie on the first picture, where that is shown
 *   captioned    boolean, read-only: it is
 */

/* @index: 0 to #LEC_SLIDE_PICTURE - 1 */
void lec_video_layout_set_picture (LecVideoLayout *self, guint index, GdkPaintable *paintable);

/* Makes the next picture the main one; nothing happens where there is only one. */
void lec_video_layout_swap (LecVideoLayout *self);

/* Goes to the next arrangement. */
void lec_video_layout_rearrange (LecVideoLayout *self);

/* Returns: (transfer none): the main picture */
LecZoomView *lec_video_layout_get_main (LecVideoLayout *self);

/* Returns: (transfer none) (nullable): what the main picture shows */
GdkPaintable *lec_video_layout_get_main_picture (LecVideoLayout *self);

/* Returns: index of the picture that a second screen is for: the main one; -1: there is only one */
int lec_video_layout_get_second (LecVideoLayout *self);

/* Returns: (transfer none) (nullable) */
GdkPaintable *lec_video_layout_get_picture (LecVideoLayout *self, guint index);

G_END_DECLS
