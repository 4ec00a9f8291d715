/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/caption-picture.h"

G_DEFINE_BOXED_TYPE (LecCaptionPicture,
                     lec_caption_picture,
                     lec_caption_picture_ref,
                     lec_caption_picture_unref)

LecCaptionPicture *
lec_caption_picture_new (guint x,
                         guint y,
                         guint width,
                         guint height,
                         guint display_width,
                         guint display_height,
                         GBytes *rgba)
{
  LecCaptionPicture *self = g_atomic_rc_box_new (LecCaptionPicture);

  g_return_val_if_fail (g_bytes_get_size (rgba) == (gsize) width * height * 4, NULL);

  *self = (LecCaptionPicture){ x, y, width, height, display_width, display_height, rgba };
  return self;
}

LecCaptionPicture *
lec_caption_picture_ref (LecCaptionPicture *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_bytes_unref (((LecCaptionPicture *) data)->rgba);
}

void
lec_caption_picture_unref (LecCaptionPicture *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
