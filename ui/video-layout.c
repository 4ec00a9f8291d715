/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-layout.h"

#include <glib/gi18n.h>

#define GAP 6          /* [px] between two pictures */
#define MAIN_SHARE 0.7 /* of the room, where the shapes of the pictures leave the choice */
#define USUAL_ASPECT (16.0 / 9.0)

struct _LecVideoLayout
{
  GtkWidget parent_instance;

  GtkWidget *pictures[2];
  gboolean has[2];
  char *second_name;         /* (nullable) */
  gboolean second_is_larger; /* in pixels */
  gboolean swapped;
  gboolean alone;
  gboolean pressed_on_picture; /* the first press of a double click */
};

enum {
  PROP_FIRST = 1,
  PROP_SECOND,
  PROP_HAS_FIRST,
  PROP_HAS_SECOND,
  PROP_SECOND_NAME,
  PROP_BOTH,
  PROP_ALONE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecVideoLayout, lec_video_layout, GTK_TYPE_WIDGET)

static gboolean
has_both (LecVideoLayout *self)
{
  return self->has[0] && self->has[1];
}

static gboolean
shows_both (LecVideoLayout *self)
{
  return has_both (self) && !self->alone;
}

static guint
main_index (LecVideoLayout *self)
{
  if (!has_both (self))
    return self->has[1] ? 1 : 0;

  return self->second_is_larger != self->swapped ? 1 : 0;
}

static GdkPaintable *
get_paintable (LecVideoLayout *self, guint index)
{
  return gtk_picture_get_paintable (GTK_PICTURE (self->pictures[index]));
}

static void
set_name (GtkWidget *picture, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
update (LecVideoLayout *self)
{
  const guint first = main_index (self);

  gtk_widget_set_visible (self->pictures[first], TRUE);
  gtk_widget_set_visible (self->pictures[1 - first], shows_both (self));
  set_name (self->pictures[first],
            shows_both (self) ? _ ("Main picture of the channel") : _ ("Picture of the channel"));
  set_name (self->pictures[1 - first], _ ("Second picture of the channel"));
  if (self->second_name != NULL)
    set_name (self->pictures[1], self->second_name);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static double
pixels (GdkPaintable *paintable)
{
  return paintable == NULL ? 0.0
                           : (double) gdk_paintable_get_intrinsic_width (paintable)
                                 * gdk_paintable_get_intrinsic_height (paintable);
}

/* A picture that is gone for a moment has no size, and that does not change its place. */
static void
resized_cb (LecVideoLayout *self)
{
  const double first = pixels (get_paintable (self, 0));
  const double second = pixels (get_paintable (self, 1));

  if (first > 0.0 && second > 0.0)
    self->second_is_larger = second > first;
  update (self);
}

static void
set_paintable (LecVideoLayout *self, guint index, GdkPaintable *paintable)
{
  GdkPaintable *old = get_paintable (self, index);

  if (old == paintable)
    return;

  if (old != NULL)
    g_signal_handlers_disconnect_by_func (old, resized_cb, self);
  gtk_picture_set_paintable (GTK_PICTURE (self->pictures[index]), paintable);
  if (paintable != NULL)
    g_signal_connect_object (paintable, "invalidate-size", G_CALLBACK (resized_cb), self,
                             G_CONNECT_SWAPPED);
  resized_cb (self);
}

static void
set_alone (LecVideoLayout *self, gboolean alone)
{
  if (self->alone == alone)
    return;

  self->alone = alone;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ALONE]);
}

/* The next lecture is looked at as if it were the first. */
static void
set_has (LecVideoLayout *self, guint index, gboolean has)
{
  const gboolean both = has_both (self);

  self->has[index] = has;
  if (both != has_both (self)) {
    self->swapped = FALSE;
    set_alone (self, FALSE);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BOTH]);
  }
  update (self);
}

void
lec_video_layout_swap (LecVideoLayout *self)
{
  g_return_if_fail (LEC_IS_VIDEO_LAYOUT (self));

  if (!has_both (self))
    return;

  self->swapped = !self->swapped;
  update (self);
}

static gboolean
is_at (GtkWidget *picture, double x, double y)
{
  graphene_rect_t bounds;

  return gtk_widget_get_visible (picture)
         && gtk_widget_compute_bounds (picture, gtk_widget_get_parent (picture), &bounds)
         && graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

/* The first press of a double click may have swapped what lies below the second one: what counts is
 * where the first one went. */
static void
pressed_cb (LecVideoLayout *self, int presses, double x, double y)
{
  const guint first = main_index (self);

  if (presses == 1) {
    const gboolean on_other = is_at (self->pictures[1 - first], x, y);

    self->pressed_on_picture = has_both (self) && (on_other || is_at (self->pictures[first], x, y));
    if (on_other)
      lec_video_layout_swap (self);
  } else if (presses == 2 && self->pressed_on_picture) {
    set_alone (self, !self->alone);
  } else if (presses == 2) {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.fullscreen", NULL);
  }
}

static double
aspect (LecVideoLayout *self, guint index)
{
  GdkPaintable *paintable = get_paintable (self, index);
  const double ratio
      = paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (paintable) : 0.0;

  return ratio > 0.0 ? ratio : USUAL_ASPECT;
}

/* Lengths along the line on which two pictures lie: the main one has its share, the other one what
 * is left but never more than the main one, and what it cannot use for lack of breadth comes back
 * to the main one. */
static void
share (double length, const double most[2], double lengths[2])
{
  const double room = MAX (0.0, length - GAP);

  lengths[0] = MIN (room * MAIN_SHARE, most[0]);
  lengths[1] = MIN (room - lengths[0], MIN (lengths[0], most[1]));
  lengths[0] = MIN (room - lengths[1], most[0]);
}

/* Side by side, with their upper edges in one line; the black is around them both. */
static void
allocate_row (GtkWidget *pictures[2], const double aspects[2], int width, int height)
{
  const double most[2] = { height * aspects[0], height * aspects[1] };
  double lengths[2], x, y;

  share (width, most, lengths);
  x = (width - lengths[0] - lengths[1] - GAP) / 2.0;
  y = (height - MAX (lengths[0] / aspects[0], lengths[1] / aspects[1])) / 2.0;
  for (guint i = 0; i < 2; i++) {
    gtk_widget_size_allocate (
        pictures[i],
        &(GtkAllocation){ (int) x, (int) y, (int) lengths[i], (int) (lengths[i] / aspects[i]) },
        -1);
    x += lengths[i] + GAP;
  }
}

static void
allocate_column (GtkWidget *pictures[2], const double aspects[2], int width, int height)
{
  const double most[2] = { width / aspects[0], width / aspects[1] };
  double lengths[2], y;

  share (height, most, lengths);
  y = (height - lengths[0] - lengths[1] - GAP) / 2.0;
  for (guint i = 0; i < 2; i++) {
    const double breadth = lengths[i] * aspects[i];

    gtk_widget_size_allocate (pictures[i],
                              &(GtkAllocation){ (int) ((width - breadth) / 2.0), (int) y,
                                                (int) breadth, (int) lengths[i] },
                              -1);
    y += lengths[i] + GAP;
  }
}

static void
lec_video_layout_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (widget);
  const guint first = main_index (self);
  GtkWidget *pictures[2] = { self->pictures[first], self->pictures[1 - first] };
  const double aspects[2] = { aspect (self, first), aspect (self, 1 - first) };

  if (!shows_both (self))
    gtk_widget_size_allocate (pictures[0], &(GtkAllocation){ 0, 0, width, height }, -1);
  else if (width > height)
    allocate_row (pictures, aspects, width, height);
  else
    allocate_column (pictures, aspects, width, height);
}

/* Pictures take what room there is. */
static void
lec_video_layout_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (widget);

  gtk_widget_measure (self->pictures[main_index (self)], orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
lec_video_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (object);

  switch (id) {
  case PROP_FIRST:
  case PROP_SECOND:
    g_value_set_object (value, get_paintable (self, id - PROP_FIRST));
    break;
  case PROP_HAS_FIRST:
  case PROP_HAS_SECOND:
    g_value_set_boolean (value, self->has[id - PROP_HAS_FIRST]);
    break;
  case PROP_SECOND_NAME:
    g_value_set_string (value, self->second_name);
    break;
  case PROP_BOTH:
    g_value_set_boolean (value, has_both (self));
    break;
  case PROP_ALONE:
    g_value_set_boolean (value, self->alone);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (object);

  switch (id) {
  case PROP_FIRST:
  case PROP_SECOND:
    set_paintable (self, id - PROP_FIRST, g_value_get_object (value));
    break;
  case PROP_HAS_FIRST:
  case PROP_HAS_SECOND:
    set_has (self, id - PROP_HAS_FIRST, g_value_get_boolean (value));
    break;
  case PROP_SECOND_NAME:
    g_free (self->second_name);
    self->second_name = g_value_dup_string (value);
    update (self);
    break;
  case PROP_ALONE:
    set_alone (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_layout_dispose (GObject *object)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (object);

  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&self->pictures[i], gtk_widget_unparent);
  g_clear_pointer (&self->second_name, g_free);

  G_OBJECT_CLASS (lec_video_layout_parent_class)->dispose (object);
}

static void
lec_video_layout_class_init (LecVideoLayoutClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_video_layout_get_property;
  object_class->set_property = lec_video_layout_set_property;
  object_class->dispose = lec_video_layout_dispose;
  widget_class->measure = lec_video_layout_measure;
  widget_class->size_allocate = lec_video_layout_size_allocate;

  props[PROP_FIRST] = g_param_spec_object ("first", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  props[PROP_SECOND] = g_param_spec_object ("second", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  props[PROP_HAS_FIRST] = g_param_spec_boolean ("has-first", NULL, NULL, FALSE, flags);
  props[PROP_HAS_SECOND] = g_param_spec_boolean ("has-second", NULL, NULL, FALSE, flags);
  props[PROP_SECOND_NAME] = g_param_spec_string ("second-name", NULL, NULL, NULL, flags);
  props[PROP_BOTH]
      = g_param_spec_boolean ("both", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ALONE]
      = g_param_spec_boolean ("alone", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "videolayout");
}

static void
lec_video_layout_init (LecVideoLayout *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  for (guint i = 0; i < 2; i++) {
    self->pictures[i] = gtk_picture_new ();
    gtk_widget_set_parent (self->pictures[i], GTK_WIDGET (self));
  }
  update (self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
