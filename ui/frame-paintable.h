/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The picture that a video sink last showed, as a GdkPaintable, and the way it takes from the
 * streaming thread to the main thread.
 *
 * A mailbox holds the newest picture only: however late the main loop is, one picture and one idle
 * source wait for it, and the thread that posts never waits at all. */
#pragma once

#include <gtk/gtk.h>

#include "ui/planar-picture.h"

G_BEGIN_DECLS

/* Part of a picture: a texture, or instead what Cairo draws, and where it lies in pixels of the
 * picture. */
typedef struct
{
  GdkTexture *texture;      /* (nullable) */
  cairo_surface_t *surface; /* (nullable): of CAIRO_FORMAT_RGB24 */
  LecPlanarPicture planar;  /* where there is neither: as it was decoded */
  GDestroyNotify let_go;    /* (nullable): of who owns that */
  gpointer owner;
  graphene_rect_t area;
} LecLayer;

/* One picture: layers from the bottom up; the first one is the video. */
typedef struct
{
  double width;   /* as shown, after correction for the shape of the pixels */
  double height;  /* [lines] */
  GArray *layers; /* of LecLayer */
} LecFrame;

/**
 * lec_frame_new:
 * @pixel_aspect: width of a pixel divided by its height
 */
LecFrame *lec_frame_new (GdkTexture *texture, double pixel_aspect) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_frame_new_from_surface:
 * @surface: an image of CAIRO_FORMAT_RGB24, which is not written to any more
 * @pixel_aspect: width of a pixel divided by its height
 *
 * For lec_frame_paintable_is_drawn_by_cairo().
 */
LecFrame *lec_frame_new_from_surface (cairo_surface_t *surface,
                                      double pixel_aspect) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_frame_new_planar:
 * @picture: is converted when it is drawn
 * @let_go, @owner: called once, on any thread, when what @picture points to is not needed any more
 *
 * Likewise.
 */
LecFrame *lec_frame_new_planar (const LecPlanarPicture *picture,
                                double pixel_aspect,
                                GDestroyNotify let_go,
                                gpointer owner) G_GNUC_WARN_UNUSED_RESULT;

void lec_frame_unref (LecFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFrame, lec_frame_unref)

/* Puts @texture over the picture; @area is in pixels of the video. */
void lec_frame_add_layer (LecFrame *self, GdkTexture *texture, const graphene_rect_t *area);

#define LEC_TYPE_FRAME_PAINTABLE (lec_frame_paintable_get_type ())
G_DECLARE_FINAL_TYPE (LecFramePaintable, lec_frame_paintable, LEC, FRAME_PAINTABLE, GObject)

LecFramePaintable *lec_frame_paintable_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_frame_paintable_draw_in:
 * @window: where it is drawn; realized or not
 *
 * On the main thread. Where GskCairoRenderer draws the window, frames are not to be made of
 * textures: it copies each texture before it draws it, and draws a surface as it is. Frames as they
 * were decoded will do, too.
 */
void lec_frame_paintable_draw_in (LecFramePaintable *self, GtkWidget *window);

/* From any thread: whether frames are not to be made of textures. */
gboolean lec_frame_paintable_is_drawn_by_cairo (LecFramePaintable *self);

/**
 * lec_frame_paintable_begin:
 *
 * From any thread: somebody may show frames from now on. There may be several, of whom the one who
 * began last and has a frame is seen.
 *
 * Returns: a number, for lec_frame_paintable_post()
 */
guint lec_frame_paintable_begin (LecFramePaintable *self);

/* From any thread: one of those who have begun shows nothing any more. Black, if nobody else does.
 */
void lec_frame_paintable_end (LecFramePaintable *self);

/**
 * lec_frame_paintable_post:
 * @number: of who shows it; nothing happens if somebody who began later has shown something
 * @frame: (transfer full): what to show from now on
 *
 * From any thread. The main thread takes it as soon as its loop runs.
 */
void lec_frame_paintable_post (LecFramePaintable *self, guint number, LecFrame *frame);

/* From any thread: how many frames were posted and never taken. */
guint64 lec_frame_paintable_get_overwritten (LecFramePaintable *self);

/**
 * lec_frame_paintable_release:
 * @self: (transfer full)
 *
 * From any thread: gives up a reference such that the paintable, when it was the last one, is
 * finalized by the main thread.
 */
void lec_frame_paintable_release (LecFramePaintable *self);

G_END_DECLS
