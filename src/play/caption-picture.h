/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is to be read where a station sends it as a picture: DVB subtitles. Immutable, counted. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LEC_TYPE_CAPTION_PICTURE (lec_caption_picture_get_type ())

typedef struct
{
  guint x, y;                          /* [pixels] its upper left corner on the display */
  guint width, height;                 /* [pixels] */
  guint display_width, display_height; /* [pixels] that it is cut out of */
  GBytes *rgba;                        /* four bytes a pixel, not premultiplied */
} LecCaptionPicture;

GType lec_caption_picture_get_type (void);

/* @rgba: (transfer full) */
LecCaptionPicture *lec_caption_picture_new (guint x,
                                            guint y,
                                            guint width,
                                            guint height,
                                            guint display_width,
                                            guint display_height,
                                            GBytes *rgba) G_GNUC_WARN_UNUSED_RESULT;

LecCaptionPicture *lec_caption_picture_ref (LecCaptionPicture *self);
void lec_caption_picture_unref (LecCaptionPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecCaptionPicture, lec_caption_picture_unref)

G_END_DECLS
