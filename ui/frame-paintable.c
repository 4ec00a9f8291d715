/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/frame-paintable.h"

struct _LecFramePaintable
{
  GObject parent_instance;

  /* main thread */
  LecFrame *frame; /* (nullable): what is shown */

  /* any thread, under the lock */
  GMutex lock;
  LecFrame *posted; /* (nullable): the mailbox */
  gboolean waiting; /* an idle source is on its way to empty it */
  guint users;      /* that may show frames */
  guint begun;      /* number of the last of them */
  guint seen;       /* of the one whose frames are seen */
  guint64 overwritten;
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
}

LecFrame *
lec_frame_new (GdkTexture *texture, double pixel_aspect)
{
  LecFrame *self = g_new0 (LecFrame, 1);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) gdk_texture_get_width (texture),
                                             (float) gdk_texture_get_height (texture));

  self->width = gdk_texture_get_width (texture) * pixel_aspect;
  self->height = gdk_texture_get_height (texture);
  self->layers = g_array_sized_new (FALSE, FALSE, sizeof (LecLayer), 1);
  g_array_set_clear_func (self->layers, (GDestroyNotify) layer_clear);
  lec_frame_add_layer (self, texture, &area);
  return self;
}

void
lec_frame_free (LecFrame *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->layers);
  g_free (self);
}

void
lec_frame_add_layer (LecFrame *self, GdkTexture *texture, const graphene_rect_t *area)
{
  LecLayer layer = { g_object_ref (texture), *area };

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
  x_scale = width / gdk_texture_get_width (video->texture);
  y_scale = height / gdk_texture_get_height (video->texture);
  for (guint i = 0; i < self->frame->layers->len; i++) {
    const LecLayer *layer = frame_layer (self->frame, i);

    graphene_rect_scale (&layer->area, (float) x_scale, (float) y_scale, &area);
    gtk_snapshot_append_texture (snapshot, layer->texture, &area);
  }
}

static GdkPaintable *
lec_frame_paintable_get_current_image (GdkPaintable *paintable)
{
  LecFramePaintable *self = LEC_FRAME_PAINTABLE (paintable);

  if (self->frame == NULL)
    return gdk_paintable_new_empty (0, 0);

  return GDK_PAINTABLE (g_object_ref (frame_layer (self->frame, 0)->texture));
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

  lec_frame_free (self->frame);
  lec_frame_free (self->posted);
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
release_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
lec_frame_paintable_release (LecFramePaintable *self)
{
  g_return_if_fail (LEC_IS_FRAME_PAINTABLE (self));

  g_idle_add_full (G_PRIORITY_DEFAULT, release_cb, self, g_object_unref);
}
