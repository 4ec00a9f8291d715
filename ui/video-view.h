/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The picture on black, as large as its shape allows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_VIDEO_VIEW (lec_video_view_get_type ())
G_DECLARE_FINAL_TYPE (LecVideoView, lec_video_view, LEC, VIDEO_VIEW, GtkWidget)

/* Properties:
 *
 *   paintable  GdkPaintable, nullable: the picture
 *   stale      boolean: the picture is an old one; it is dimmed
 *   sentence   string, nullable: why it is stale
 *
 * A double click activates `win.fullscreen`. */

G_END_DECLS
