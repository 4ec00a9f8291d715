/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/frame-paintable.h"

struct _LecFramePaintable
{
  GObject parent_instance;

  /* main thread */
  LecFrame *frame;            /* (nullable): what is shown */
  cairo_surface_t *converted; /* (nullable): one that was as decoded, last */
  gboolean is_converted;      /* it is that of the frame */

  /* any thread, under the lock */
  GMutex lock;
  LecFrame *posted; /* (nullable): the mailbox */
  gboolean waiting; /* an idle source is on its way to empty it */
  guint users;      /* that may show frames */
  guint begun;      /* number of the last of them */
  guint seen;       /* of the one whose frames are seen */
  guint64 overwritten;

  int by_cairo; /* atomic */
};

static void paintable_iface_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LecFramePaintable,
                               lec_frame_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_iface_init))

static void
layer_clear (LecLayer *layer)
{
  g_clear_object (&layer->texture);
  g_clear_pointer (&layer->surface, cairo_surface_destroy);
  if (layer->let_go != NULL)
    layer->let_go (layer->owner);
}

/* @video: (transfer full) */
static LecFrame *
frame_new (LecLayer video, int width, int height, double pixel_aspect)
{
  LecFrame *self = g_atomic_rc_box_new0 (LecFrame);

  video.area = GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) width, (float) height);
  self->width = width * pixel_aspect;
  self->height = height;
  self->layers = g_array_sized_new (FALSE, FALSE, sizeof (LecLayer), 1);
  g_array_set_clear_func (self->layers, (GDestroyNotify) layer_clear);
  g_array_append_val (self->layers, video);
  return self;
}

LecFrame *
lec_frame_new (GdkTexture *texture, double pixel_aspect)
{
  return frame_new ((LecLayer){ .texture = g_object_ref (texture) },
                    gdk_texture_get_width (texture), gdk_texture_get_height (texture),
                    pixel_aspect);
}

LecFrame *
lec_frame_new_from_surface (cairo_surface_t *surface, double pixel_aspect)
{
  return frame_new ((LecLayer){ .surface = cairo_surface_reference (surface) },
                    cairo_image_surface_get_width (surface),
                    cairo_image_surface_get_height (surface), pixel_aspect);
}

LecFrame *
lec_frame_new_planar (const LecPlanarPicture *picture,
                      double pixel_aspect,
                      GDestroyNotify let_go,
                      gpointer owner)
{
  return frame_new ((LecLayer){ .planar = *picture, .let_go = let_go, .owner = owner },
                    picture->width, picture->height, pixel_aspect);
}

static void
frame_clear (gpointer data)
{
  LecFrame *self = data;

  g_array_unref (self->layers);
}

void
lec_frame_unref (LecFrame *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, frame_clear);
}

void
lec_frame_add_layer (LecFrame *self, GdkTexture *texture, const graphene_rect_t *area)
{
  LecLayer layer = { .texture = g_object_ref (texture), .area = *area };

  g_array_append_val (self->layers, layer);
}

static const LecLayer *
frame_layer (const LecFrame *frame, guint index)
{
  return &g_array_index (frame->layers, LecLayer, index);
}

/* A picture of less than one pixel is still a picture. */
static int
frame_intrinsic_width (const LecFrame *frame)
{
  return frame == NULL ? 0 : MAX (1, (int) (frame->width + 0.5));
}

static int
frame_intrinsic_height (const LecFrame *frame)
{
  return frame == NULL ? 0 : (int) frame->height;
}

static double
frame_aspect_ratio (const LecFrame *frame)
{
  return frame == NULL ? 0.0 : frame->width / frame->height;
}

static gboolean
has_size (cairo_surface_t *surface, int width, int height)
{
  return surface != NULL && cairo_image_surface_get_width (surface) == width
         && cairo_image_surface_get_height (surface) == height;
}

/* Into the same surface each time: what was drawn of it is drawn once more by nobody, as it is told
 * that the contents are others. */
static void
convert (LecFramePaintable *self, const LecPlanarPicture *planar)
{
  if (!has_size (self->converted, planar->width, planar->height)) {
    g_clear_pointer (&self->converted, cairo_surface_destroy);
    self->converted
        = cairo_image_surface_create (CAIRO_FORMAT_RGB24, planar->width, planar->height);
  }
  cairo_surface_flush (self->converted);
  lec_planar_picture_convert (planar, cairo_image_surface_get_data (self->converted),
                              cairo_image_surface_get_stride (self->converted));
  cairo_surface_mark_dirty (self->converted);
  self->is_converted = TRUE;
}

/* Returns: (transfer none): of the picture that is shown, which has no texture */
static cairo_surface_t *
get_surface (LecFramePaintable *self, const LecLayer *layer)
{
  if (layer->surface != NULL)
    return layer->surface;
  if (!self->is_converted)
    convert (self, &layer->planar);
  return self->converted;
}

static cairo_surface_t *
acquire_cb (cairo_pattern_t *pattern,
            void *surface,
            cairo_surface_t *target,
            const cairo_rectangle_int_t *extents)
{
  return cairo_surface_reference (surface);
}

static void
release_cb (cairo_pattern_t *pattern, void *surface, cairo_surface_t *acquired)
{
  cairo_surface_destroy (acquired);
}

static cairo_status_t
copy_cb (cairo_pattern_t *pattern, void *surface, const cairo_pattern_t *other)
{
  cairo_surface_reference (surface);
  return CAIRO_STATUS_SUCCESS;
}

static void
finish_cb (cairo_pattern_t *pattern, void *surface)
{
  cairo_surface_destroy (surface);
}

/* GTK has what is drawn recorded, and of a surface in a recording Cairo makes a copy when the
 * surface ends, whether anybody still needs it or not: a third of what drawing costs. What is only
 * asked for its surface when it is drawn is not copied; whoever may ask has a reference. */
static cairo_pattern_t *
pattern_new (cairo_surface_t *surface)
{
  cairo_pattern_t *pattern = cairo_pattern_create_raster_source (
      cairo_surface_reference (surface), CAIRO_CONTENT_COLOR,
      cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));

  cairo_raster_source_pattern_set_acquire (pattern, acquire_cb, release_cb);
  cairo_raster_source_pattern_set_copy (pattern, copy_cb);
  cairo_raster_source_pattern_set_finish (pattern, finish_cb);
  return pattern;
}

/* Cairo's own choice of a filter makes a picture of less than three quarters of its size four times
 * as expensive as the whole rest of playing. */
static void
draw_surface (GtkSnapshot *snapshot,
              cairo_surface_t *surface,
              const graphene_rect_t *area,
              double x_scale,
              double y_scale)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);
  cairo_pattern_t *pattern = pattern_new (surface);

  cairo_translate (cr, (double) area->origin.x, (double) area->origin.y);
  cairo_scale (cr, x_scale, y_scale);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_set_source (cr, pattern);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_pattern_destroy (pattern);
}

static void
lec_frame_paintable_snapshot (GdkPaintable *paintable,
                              GdkSnapshot *snapshot,
                              double width,
                              double height)
{
  LecFramePaintable *self = LEC_FRAME_PAINTABLE (paintable);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) width, (float) height);
  const LecLayer *video;
  graphene_rect_t area;
  double x_scale, y_scale;

  if (self->frame == NULL) {
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0.0f, 0.0f, 0.0f, 1.0f }, &bounds);
    return;
  }

  video = frame_layer (self->frame, 0);
  x_scale = width / (double) video->area.size.width;
  y_scale = height / (double) video->area.size.height;
  for (guint i = 0; i < self->frame->layers->len; i++) {
    const LecLayer *layer = frame_layer (self->frame, i);

    graphene_rect_scale (&layer->area, (float) x_scale, (float) y_scale, &area);
    if (layer->texture != NULL)
      gtk_snapshot_append_texture (snapshot, layer->texture, &area);
    else
      draw_surface (snapshot, get_surface (self, layer), &area, x_scale, y_scale);
  }
}

/* The fourth byte of each pixel is undefined. */
static GdkTexture *
copy_to_texture (cairo_surface_t *surface)
{
  const int width = cairo_image_surface_get_width (surface);
  const int height = cairo_image_surface_get_height (surface);
  const gsize stride = 4 * (gsize) width, size = stride * (gsize) height;
  guint32 *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, size);

  for (int y = 0; y < height; y++) {
    const guint8 *line = cairo_image_surface_get_data (surface)
                         + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

    memcpy (pixels + (gsize) y * (gsize) width, line, stride);
  }
  for (gsize i = 0; i < size / 4; i++)
    pixels[i] |= 0xff000000;
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static GdkPaintable *
lec_frame_paintable_get_current_image (GdkPaintable *paintable)
{
  LecFramePaintable *self = LEC_FRAME_PAINTABLE (paintable);
  const LecLayer *video;

  if (self->frame == NULL)
    return gdk_paintable_new_empty (0, 0);

  video = frame_layer (self->frame, 0);
  return GDK_PAINTABLE (video->texture != NULL ? g_object_ref (video->texture)
                                               : copy_to_texture (get_surface (self, video)));
}

static int
lec_frame_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  return frame_intrinsic_width (LEC_FRAME_PAINTABLE (paintable)->frame);
}

static int
lec_frame_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  return frame_intrinsic_height (LEC_FRAME_PAINTABLE (paintable)->frame);
}

static double
lec_frame_paintable_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  return frame_aspect_ratio (LEC_FRAME_PAINTABLE (paintable)->frame);
}

static void
paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = lec_frame_paintable_snapshot;
  iface->get_current_image = lec_frame_paintable_get_current_image;
  iface->get_intrinsic_width = lec_frame_paintable_get_intrinsic_width;
  iface->get_intrinsic_height = lec_frame_paintable_get_intrinsic_height;
  iface->get_intrinsic_aspect_ratio = lec_frame_paintable_get_intrinsic_aspect_ratio;
}

static void
lec_frame_paintable_finalize (GObject *object)
{
  LecFramePaintable *self = LEC_FRAME_PAINTABLE (object);

  lec_frame_unref (self->frame);
  lec_frame_unref (self->posted);
  g_clear_pointer (&self->converted, cairo_surface_destroy);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (lec_frame_paintable_parent_class)->finalize (object);
}

static void
lec_frame_paintable_class_init (LecFramePaintableClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_frame_paintable_finalize;
}

static void
lec_frame_paintable_init (LecFramePaintable *self)
{
  g_mutex_init (&self->lock);
}

LecFramePaintable *
lec_frame_paintable_new (void)
{
  return g_object_new (LEC_TYPE_FRAME_PAINTABLE, NULL);
}

static gboolean
take_cb (gpointer data)
{
  LecFramePaintable *self = data;
  g_autoptr (LecFrame) old = g_steal_pointer (&self->frame);

  g_mutex_lock (&self->lock);
  self->frame = g_steal_pointer (&self->posted);
  self->waiting = FALSE;
  g_mutex_unlock (&self->lock);
  self->is_converted = FALSE;
  if (self->frame == NULL)
    g_clear_pointer (&self->converted, cairo_surface_destroy);

  /* Layout is done again only when the shape of the picture changes, not 25 times a second. */
  if (frame_intrinsic_width (old) != frame_intrinsic_width (self->frame)
      || frame_intrinsic_height (old) != frame_intrinsic_height (self->frame)
      || frame_aspect_ratio (old) != frame_aspect_ratio (self->frame))
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  return G_SOURCE_REMOVE;
}

/* With the lock held. @frame: (nullable) (transfer full). Returns: (transfer full) (nullable): what
 * it has replaced */
static LecFrame *
replace_posted (LecFramePaintable *self, LecFrame *frame)
{
  LecFrame *old = g_steal_pointer (&self->posted);

  self->posted = frame;
  if (old != NULL && frame != NULL)
    self->overwritten++;
  if (!self->waiting)
    g_idle_add_full (G_PRIORITY_DEFAULT, take_cb, g_object_ref (self), g_object_unref);
  self->waiting = TRUE;
  return old;
}

static void
realized_cb (GtkWidget *window, gpointer data)
{
  LecFramePaintable *self = data;
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));

  g_atomic_int_set (&self->by_cairo, GSK_IS_CAIRO_RENDERER (renderer));
}

void
lec_frame_paintable_draw_in (LecFramePaintable *self, GtkWidget *window)
{
  g_return_if_fail (LEC_IS_FRAME_PAINTABLE (self));
  g_return_if_fail (GTK_IS_NATIVE (window));

  g_signal_connect_object (window, "realize", G_CALLBACK (realized_cb), self, G_CONNECT_DEFAULT);
  if (gtk_widget_get_realized (window))
    realized_cb (window, self);
}

gboolean
lec_frame_paintable_is_drawn_by_cairo (LecFramePaintable *self)
{
  g_return_val_if_fail (LEC_IS_FRAME_PAINTABLE (self), FALSE);

  return g_atomic_int_get (&self->by_cairo);
}

guint
lec_frame_paintable_begin (LecFramePaintable *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (LEC_IS_FRAME_PAINTABLE (self), 0);

  locker = g_mutex_locker_new (&self->lock);
  self->users++;
  return ++self->begun;
}

void
lec_frame_paintable_end (LecFramePaintable *self)
{
  g_autoptr (LecFrame) old = NULL;

  g_return_if_fail (LEC_IS_FRAME_PAINTABLE (self));

  g_mutex_lock (&self->lock);
  self->users--;
  if (self->users == 0)
    old = replace_posted (self, NULL);
  g_mutex_unlock (&self->lock);
}

void
lec_frame_paintable_post (LecFramePaintable *self, guint number, LecFrame *frame)
{
  g_autoptr (LecFrame) old = NULL;

  g_return_if_fail (LEC_IS_FRAME_PAINTABLE (self));

  g_mutex_lock (&self->lock);
  if (number >= self->seen) {
    self->seen = number;
    old = replace_posted (self, frame);
  } else {
    old = frame;
  }
  g_mutex_unlock (&self->lock);
}

guint64
lec_frame_paintable_get_overwritten (LecFramePaintable *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (LEC_IS_FRAME_PAINTABLE (self), 0);

  locker = g_mutex_locker_new (&self->lock);
  return self->overwritten;
}

static gboolean
let_go_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
lec_frame_paintable_release (LecFramePaintable *self)
{
  g_return_if_fail (LEC_IS_FRAME_PAINTABLE (self));

  g_idle_add_full (G_PRIORITY_DEFAULT, let_go_cb, self, g_object_unref);
}
