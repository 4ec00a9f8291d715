/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures on black; over old ones, a sentence that says why they are. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_VIDEO_VIEW (lec_video_view_get_type ())
G_DECLARE_FINAL_TYPE (LecVideoView, lec_video_view, LEC, VIDEO_VIEW, GtkWidget)

/* Properties:
 *
 *   content   GtkWidget, nullable: the pictures
 *   stale     boolean: what is shown is old; it is dimmed
 *   passing   boolean: what is shown is about to make room for something else; it is dimmed after a
 *             moment, and the sentence shown after another
 *   told      boolean: there is a sentence to be shown
 *   says      boolean, read-only: it is shown
 *   poor      boolean: a mark in a corner says that much of it has been lost for a while
 *   sentence  string, nullable: why it is stale, or what is waited for
 */

G_END_DECLS
