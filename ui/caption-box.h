/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A column over a picture, of which only the children can be clicked: what lies between them is the
 * picture's. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_CAPTION_BOX (lec_caption_box_get_type ())
G_DECLARE_FINAL_TYPE (LecCaptionBox, lec_caption_box, LEC, CAPTION_BOX, GtkBox)

G_END_DECLS
