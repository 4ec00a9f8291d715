/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Captions that come as a picture, as large as their station made them for the whole of the
 * screen; over the picture of the channel, where it has put them there. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_CAPTION_IMAGE (lec_caption_image_get_type ())
G_DECLARE_FINAL_TYPE (LecCaptionImage, lec_caption_image, LEC, CAPTION_IMAGE, GtkWidget)

/* Properties:
 *
 *   picture       LecCaptionPicture, nullable: NULL: it is invisible
 *   over-picture  boolean: the widget lies over the whole picture of the channel; otherwise it is
 *                 as high as the captions are, which are in its middle
 *   elsewhere     boolean: another one has them: it is invisible
 */

G_END_DECLS
