/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture that can be looked at more closely: with the wheel and Ctrl, two fingers, or
 * lec_zoom_view_zoom(); what is enlarged can be dragged. It keeps its shape. */
#pragma once

#include <gtk/gtk.h>

#include "play/caption-picture.h"

G_BEGIN_DECLS

#define LEC_TYPE_ZOOM_VIEW (lec_zoom_view_get_type ())
G_DECLARE_FINAL_TYPE (LecZoomView, lec_zoom_view, LEC, ZOOM_VIEW, GtkWidget)

#define LEC_ZOOM_MOST 8.0
#define LEC_ZOOM_STEP 1.25 /* of a key, or a notch of the wheel */

GtkWidget *lec_zoom_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @paintable: (nullable) */
void lec_zoom_view_set_paintable (LecZoomView *self, GdkPaintable *paintable);
GdkPaintable *lec_zoom_view_get_paintable (LecZoomView *self); /* (transfer none) (nullable) */

/* @picture: (nullable): captions that lie on it, and are enlarged with it */
void lec_zoom_view_set_captions (LecZoomView *self, LecCaptionPicture *picture);

/**
 * lec_zoom_view_zoom:
 * @factor: by how much larger it becomes; 1.0 to #LEC_ZOOM_MOST is what comes of it
 * @x: [px] of the point of the widget that stays where it is
 * @y: [px] of it
 */
void lec_zoom_view_zoom (LecZoomView *self, double factor, double x, double y);

/* Moves what is enlarged by so many pixels, as far as there is something to be seen. */
void lec_zoom_view_pan (LecZoomView *self, double x, double y);

/* All of it is seen. */
void lec_zoom_view_reset (LecZoomView *self);

double lec_zoom_view_get_zoom (LecZoomView *self); /* 1.0: all of it is seen */

G_END_DECLS
