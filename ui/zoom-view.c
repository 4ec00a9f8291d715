/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/zoom-view.h"

#include <math.h>

#include "ui/caption-image.h"

struct _LecZoomView
{
  GtkWidget parent_instance;

  GtkWidget *picture;
  GtkWidget *captions;
  double zoom;
  double x, y;                 /* what is hidden to the left, and above, in widths and heights */
  double pointer_x, pointer_y; /* [px] */
  double dragged_x, dragged_y; /* [px] of the drag that is going on, as far as it is done */
  double pinched;              /* zoom when two fingers were put down */
};

G_DEFINE_FINAL_TYPE (LecZoomView, lec_zoom_view, GTK_TYPE_WIDGET)

static void
move_to (LecZoomView *self, double x, double y)
{
  self->x = CLAMP (x, 0.0, self->zoom - 1.0);
  self->y = CLAMP (y, 0.0, self->zoom - 1.0);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->zoom > 1.0 ? "grab" : NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
lec_zoom_view_zoom (LecZoomView *self, double factor, double x, double y)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const double height = gtk_widget_get_height (GTK_WIDGET (self));
  const double before = self->zoom;
  double ratio;

  if (width <= 0 || height <= 0)
    return;
  self->zoom = CLAMP (before * factor, 1.0, LEC_ZOOM_MOST);
  ratio = self->zoom / before;
  move_to (self, (self->x + x / width) * ratio - x / width,
           (self->y + y / height) * ratio - y / height);
}

void
lec_zoom_view_pan (LecZoomView *self, double x, double y)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (width > 0 && height > 0)
    move_to (self, self->x - x / width, self->y - y / height);
}

void
lec_zoom_view_reset (LecZoomView *self)
{
  g_return_if_fail (LEC_IS_ZOOM_VIEW (self));

  self->zoom = 1.0;
  move_to (self, 0.0, 0.0);
}

double
lec_zoom_view_get_zoom (LecZoomView *self)
{
  g_return_val_if_fail (LEC_IS_ZOOM_VIEW (self), 1.0);

  return self->zoom;
}

void
lec_zoom_view_set_paintable (LecZoomView *self, GdkPaintable *paintable)
{
  g_return_if_fail (LEC_IS_ZOOM_VIEW (self));

  gtk_picture_set_paintable (GTK_PICTURE (self->picture), paintable);
}

GdkPaintable *
lec_zoom_view_get_paintable (LecZoomView *self)
{
  g_return_val_if_fail (LEC_IS_ZOOM_VIEW (self), NULL);

  return gtk_picture_get_paintable (GTK_PICTURE (self->picture));
}

void
lec_zoom_view_set_captions (LecZoomView *self, LecCaptionPicture *picture)
{
  g_return_if_fail (LEC_IS_ZOOM_VIEW (self));

  g_object_set (self->captions, "picture", picture, NULL);
}

/* ---- hands ---- */

static void
motion_cb (LecZoomView *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

/* Without Ctrl the wheel is somebody else's. A touchpad sends small parts of a step. */
static gboolean
scroll_cb (LecZoomView *self, double dx, double dy, GtkEventController *scroll)
{
  if ((gtk_event_controller_get_current_event_state (scroll) & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  lec_zoom_view_zoom (self, pow (LEC_ZOOM_STEP, CLAMP (-dy, -1.0, 1.0)), self->pointer_x,
                      self->pointer_y);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (LecZoomView *self)
{
  self->pinched = self->zoom;
}

static void
pinch_cb (LecZoomView *self, double scale, GtkGesture *pinch)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (pinch, &x, &y))
    lec_zoom_view_zoom (self, self->pinched * scale / self->zoom, x, y);
}

static void
drag_begin_cb (LecZoomView *self)
{
  self->dragged_x = self->dragged_y = 0.0;
}

static void
drag_cb (LecZoomView *self, double x, double y, GtkGesture *drag)
{
  if (self->zoom <= 1.0)
    return;
  lec_zoom_view_pan (self, x - self->dragged_x, y - self->dragged_y);
  self->dragged_x = x;
  self->dragged_y = y;
}

/* ---- widget ---- */

static void
lec_zoom_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gtk_widget_measure (LEC_ZOOM_VIEW (widget)->picture, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
lec_zoom_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecZoomView *self = LEC_ZOOM_VIEW (widget);
  const graphene_point_t corner
      = GRAPHENE_POINT_INIT ((float) (-self->x * width), (float) (-self->y * height));

  GtkWidget *const children[] = { self->picture, self->captions };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_allocate (children[i], (int) (width * self->zoom), (int) (height * self->zoom), -1,
                         self->zoom > 1.0 ? gsk_transform_translate (NULL, &corner) : NULL);
}

static void
lec_zoom_view_dispose (GObject *object)
{
  g_clear_pointer (&LEC_ZOOM_VIEW (object)->picture, gtk_widget_unparent);
  g_clear_pointer (&LEC_ZOOM_VIEW (object)->captions, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_zoom_view_parent_class)->dispose (object);
}

static void
lec_zoom_view_class_init (LecZoomViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_zoom_view_dispose;
  widget_class->measure = lec_zoom_view_measure;
  widget_class->size_allocate = lec_zoom_view_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "zoomview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lec_zoom_view_init (LecZoomView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->zoom = 1.0;
  self->picture
      = g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
  self->captions = g_object_new (LEC_TYPE_CAPTION_IMAGE, "over-picture", TRUE, NULL);
  gtk_widget_set_parent (self->captions, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
lec_zoom_view_new (void)
{
  return g_object_new (LEC_TYPE_ZOOM_VIEW, NULL);
}
