/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-layout.h"

#include <glib/gi18n.h>

#define USUAL_ASPECT (16.0 / 9.0)
#define NONE (-1)

struct _LecVideoLayout
{
  GtkWidget parent_instance;

  GtkWidget *views[LEC_MAX_PICTURES];
  GdkPaintable *paintables[LEC_MAX_PICTURES]; /* (nullable) (owned) */
  double pixels[LEC_MAX_PICTURES];            /* that it had last */
  guint shown;                                /* a bit for each: something is to be seen of it */
  guint held;                                 /* likewise: a still of it is shown */
  int chosen;                                 /* main one, as the viewer wants it; or NONE */
  int away;
  LecArrangement arrangement;
  char *slide_name; /* (nullable) */
  gboolean captioned;
  gboolean alone;
  gboolean pressed_on_picture; /* the first press of a double click */
};

enum {
  PROP_PICTURES = 1,
  PROP_SLIDE,
  PROP_SLIDE_NAME,
  PROP_BOTH,
  PROP_ALONE,
  PROP_ARRANGEMENT,
  PROP_AWAY,
  PROP_CAPTIONS,
  PROP_CAPTIONED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecVideoLayout, lec_video_layout, GTK_TYPE_WIDGET)

/* ---- which there are ---- */

static guint
get_seen (LecVideoLayout *self)
{
  return self->shown != 0 ? self->shown : self->held;
}

/* Those that may lie here. */
static guint
get_here (LecVideoLayout *self)
{
  const guint seen = get_seen (self);
  const guint here = self->away != NONE ? seen & ~(1u << self->away) : seen;

  return here != 0 ? here : seen;
}

static guint
count (guint mask)
{
  guint n = 0;

  for (; mask != 0; mask &= mask - 1)
    n++;
  return n;
}

static gboolean
has_several (LecVideoLayout *self)
{
  return count (self->shown) > 1;
}

static guint
get_main (LecVideoLayout *self)
{
  const guint here = get_here (self);
  guint main = LEC_MAX_PICTURES;

  if (self->chosen != NONE && (here & 1u << self->chosen) != 0)
    return (guint) self->chosen;
  for (guint i = 0; i < LEC_MAX_PICTURES; i++) {
    if ((here & 1u << i) != 0 && (main == LEC_MAX_PICTURES || self->pixels[i] > self->pixels[main]))
      main = i;
  }
  return main < LEC_MAX_PICTURES ? main : 0;
}

/* Fills @order with those that are here, the main one first. Returns: how many */
static guint
list_pictures (LecVideoLayout *self, guint order[LEC_MAX_PICTURES])
{
  const guint here = get_here (self);
  guint n = 0;

  order[n++] = get_main (self);
  for (guint i = 0; i < LEC_MAX_PICTURES && !self->alone; i++) {
    if ((here & 1u << i) != 0 && i != order[0])
      order[n++] = i;
  }
  return n;
}

static LecArrangement
get_arrangement (LecVideoLayout *self)
{
  return self->alone ? LEC_ARRANGEMENT_ONE : self->arrangement;
}

/* ---- names ---- */

static void
set_name (GtkWidget *view, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_pictures (LecVideoLayout *self, const guint *order, guint n)
{
  set_name (self->views[order[0]],
            n > 1 ? _ ("Main picture of the channel") : _ ("Picture of the channel"));
  for (guint i = 1; i < n; i++) {
    g_autofree char *numbered = g_strdup_printf (_ ("Picture %u of the channel"), i + 1);

    set_name (self->views[order[i]], n == 2 ? _ ("Second picture of the channel") : numbered);
  }
  if (self->slide_name != NULL)
    set_name (self->views[LEC_SLIDE_PICTURE], self->slide_name);
}

static void
set_captioned (LecVideoLayout *self, gboolean captioned)
{
  if (self->captioned == captioned)
    return;
  self->captioned = captioned;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAPTIONED]);
}

static void
update (LecVideoLayout *self)
{
  guint order[LEC_MAX_PICTURES];
  const guint n = list_pictures (self, order);
  guint visible = 0;

  for (guint i = 0; i < n && (i == 0 || get_arrangement (self) != LEC_ARRANGEMENT_ONE); i++)
    visible |= 1u << order[i];
  for (guint i = 0; i < LEC_MAX_PICTURES; i++)
    gtk_widget_set_visible (self->views[i], (visible & 1u << i) != 0);
  name_pictures (self, order, n);
  set_captioned (self, get_seen (self) != 0 && (visible & 1) != 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- what is in them ---- */

static double
count_pixels (GdkPaintable *paintable)
{
  return paintable == NULL ? 0.0
                           : (double) gdk_paintable_get_intrinsic_width (paintable)
                                 * gdk_paintable_get_intrinsic_height (paintable);
}

/* A picture that is gone for a moment has no size, and that does not change its place. */
static void
resized_cb (LecVideoLayout *self)
{
  for (guint i = 0; i < LEC_MAX_PICTURES; i++) {
    const double pixels = count_pixels (self->paintables[i]);

    if (pixels > 0.0)
      self->pixels[i] = pixels;
  }
  update (self);
}

static void
set_paintable (LecVideoLayout *self, guint index, GdkPaintable *paintable)
{
  GdkPaintable **place = &self->paintables[index];

  if (*place == paintable)
    return;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, resized_cb, self);
  g_set_object (place, paintable);
  if (paintable != NULL)
    g_signal_connect_object (paintable, "invalidate-size", G_CALLBACK (resized_cb), self,
                             G_CONNECT_SWAPPED);
  lec_zoom_view_set_paintable (LEC_ZOOM_VIEW (self->views[index]), paintable);
  resized_cb (self);
}

/* ---- stills ---- */

/* Returns: (transfer full) (nullable): @paintable as it is now */
static GdkPaintable *
new_still (GdkPaintable *paintable)
{
  const graphene_size_t size
      = GRAPHENE_SIZE_INIT ((float) gdk_paintable_get_intrinsic_width (paintable),
                            (float) gdk_paintable_get_intrinsic_height (paintable));
  GtkSnapshot *snapshot;

  if (size.width <= 0.0f || size.height <= 0.0f)
    return NULL;
  snapshot = gtk_snapshot_new ();
  /* so that there is something, whatever it is */
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0.0f, 0.0f, 0.0f, 1.0f },
                             &GRAPHENE_RECT_INIT (0.0f, 0.0f, size.width, size.height));
  gdk_paintable_snapshot (paintable, snapshot, size.width, size.height);
  return gtk_snapshot_free_to_paintable (snapshot, &size);
}

static void
let_go (LecVideoLayout *self)
{
  for (guint i = 0; i < LEC_MAX_PICTURES; i++) {
    if ((self->held & 1u << i) != 0)
      lec_zoom_view_set_paintable (LEC_ZOOM_VIEW (self->views[i]), self->paintables[i]);
  }
  self->held = 0;
}

/* Before the sinks are told to show nothing. */
static void
hold (LecVideoLayout *self)
{
  for (guint i = 0; i < LEC_MAX_PICTURES; i++) {
    g_autoptr (GdkPaintable) still = (self->shown & 1u << i) != 0 && self->paintables[i] != NULL
                                         ? new_still (self->paintables[i])
                                         : NULL;

    if (still == NULL)
      continue;
    self->held |= 1u << i;
    lec_zoom_view_set_paintable (LEC_ZOOM_VIEW (self->views[i]), still);
  }
}

/* ---- what the viewer wants ---- */

static void
set_alone (LecVideoLayout *self, gboolean alone)
{
  if (self->alone == alone)
    return;

  self->alone = alone;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ALONE]);
}

static void
set_arrangement (LecVideoLayout *self, const char *name)
{
  const LecArrangement arrangement = lec_arrangement_from_name (name);

  set_alone (self, FALSE);
  if (self->arrangement == arrangement)
    return;
  self->arrangement = arrangement;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ARRANGEMENT]);
}

/* The next lecture is looked at as if it were the first. */
static void
forget_wishes (LecVideoLayout *self)
{
  self->chosen = NONE;
  set_alone (self, FALSE);
  for (guint i = 0; i < LEC_MAX_PICTURES; i++)
    lec_zoom_view_reset (LEC_ZOOM_VIEW (self->views[i]));
}

static void
set_pictures (LecVideoLayout *self, guint shown)
{
  const gboolean both = has_several (self);

  shown &= (1u << LEC_MAX_PICTURES) - 1;
  if (shown == self->shown)
    return;
  if (shown == 0)
    hold (self);
  else
    let_go (self);
  self->shown = shown;
  if (both != has_several (self)) {
    forget_wishes (self);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BOTH]);
  }
  update (self);
}

void
lec_video_layout_set_picture (LecVideoLayout *self, guint index, GdkPaintable *paintable)
{
  g_return_if_fail (LEC_IS_VIDEO_LAYOUT (self));
  g_return_if_fail (index < LEC_SLIDE_PICTURE);

  set_paintable (self, index, paintable);
}

GdkPaintable *
lec_video_layout_get_picture (LecVideoLayout *self, guint index)
{
  g_return_val_if_fail (LEC_IS_VIDEO_LAYOUT (self), NULL);
  g_return_val_if_fail (index < LEC_MAX_PICTURES, NULL);

  return self->paintables[index];
}

LecZoomView *
lec_video_layout_get_main (LecVideoLayout *self)
{
  g_return_val_if_fail (LEC_IS_VIDEO_LAYOUT (self), NULL);

  return LEC_ZOOM_VIEW (self->views[get_main (self)]);
}

GdkPaintable *
lec_video_layout_get_main_picture (LecVideoLayout *self)
{
  g_return_val_if_fail (LEC_IS_VIDEO_LAYOUT (self), NULL);

  return self->paintables[get_main (self)];
}

int
lec_video_layout_get_second (LecVideoLayout *self)
{
  g_return_val_if_fail (LEC_IS_VIDEO_LAYOUT (self), NONE);

  return has_several (self) ? (int) get_main (self) : NONE;
}

void
lec_video_layout_swap (LecVideoLayout *self)
{
  guint here, next;

  g_return_if_fail (LEC_IS_VIDEO_LAYOUT (self));

  if (!has_several (self))
    return;
  here = get_here (self);
  next = get_main (self);
  do
    next = (next + 1) % LEC_MAX_PICTURES;
  while ((here & 1u << next) == 0);
  self->chosen = (int) next;
  update (self);
}

void
lec_video_layout_rearrange (LecVideoLayout *self)
{
  g_return_if_fail (LEC_IS_VIDEO_LAYOUT (self));

  set_arrangement (self, lec_arrangement_get_name (
                             (LecArrangement) ((self->arrangement + 1) % LEC_N_ARRANGEMENTS)));
}

static gboolean
is_at (GtkWidget *view, double x, double y)
{
  graphene_rect_t bounds;

  return gtk_widget_get_visible (view)
         && gtk_widget_compute_bounds (view, gtk_widget_get_parent (view), &bounds)
         && graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

/* Those that lie in the main one are asked first. */
static int
find_at (LecVideoLayout *self, double x, double y)
{
  guint order[LEC_MAX_PICTURES];

  for (guint i = list_pictures (self, order); i > 0; i--) {
    if (is_at (self->views[order[i - 1]], x, y))
      return (int) order[i - 1];
  }
  return NONE;
}

static void
pressed_twice (LecVideoLayout *self)
{
  LecZoomView *main = lec_video_layout_get_main (self);

  if (lec_zoom_view_get_zoom (main) > 1.0)
    lec_zoom_view_reset (main);
  else if (self->pressed_on_picture)
    set_alone (self, !self->alone);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.fullscreen", NULL);
}

/* The first press of a double click may have swapped what lies below the second one: what counts is
 * where the first one went. */
static void
pressed_cb (LecVideoLayout *self, int presses, double x, double y)
{
  const int at = find_at (self, x, y);

  if (presses == 1) {
    self->pressed_on_picture = has_several (self) && at != NONE;
    if (at != NONE && (guint) at != get_main (self)) {
      self->chosen = at;
      update (self);
    }
  } else if (presses == 2) {
    pressed_twice (self);
  }
}

/* ---- room ---- */

static double
get_aspect (LecVideoLayout *self, guint index)
{
  GdkPaintable *paintable = lec_zoom_view_get_paintable (LEC_ZOOM_VIEW (self->views[index]));
  const double ratio
      = paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (paintable) : 0.0;

  return ratio > 0.0 ? ratio : USUAL_ASPECT;
}

/* What has all the room keeps its shape by itself. */
static void
lec_video_layout_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (widget);
  guint order[LEC_MAX_PICTURES];
  const guint n = list_pictures (self, order);
  double aspects[LEC_MAX_PICTURES];
  LecPlace places[LEC_MAX_PICTURES];

  for (guint i = 0; i < n; i++)
    aspects[i] = get_aspect (self, order[i]);
  lec_video_geometry_place (get_arrangement (self), aspects, n, width, height, places);
  if (lec_video_geometry_choose (get_arrangement (self), aspects, n, width, height)
      >= LEC_ARRANGEMENT_INSET)
    places[0] = (LecPlace){ 0.0, 0.0, width, height };
  for (guint i = 0; i < n; i++) {
    const GtkAllocation to
        = { (int) places[i].x, (int) places[i].y, (int) places[i].width, (int) places[i].height };

    gtk_widget_size_allocate (self->views[order[i]], &to, -1);
  }
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

  gtk_widget_measure (self->views[get_main (self)], orientation, for_size, minimum, natural, NULL,
                      NULL);
}

/* What lies in the main one is over it. */
static void
lec_video_layout_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (widget);
  guint order[LEC_MAX_PICTURES];
  const guint n = list_pictures (self, order);

  for (guint i = 0; i < n; i++)
    gtk_widget_snapshot_child (widget, self->views[order[i]], snapshot);
}

/* Nobody looks: a still is not to be there when somebody does. */
static void
lec_video_layout_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lec_video_layout_parent_class)->unmap (widget);

  let_go (LEC_VIDEO_LAYOUT (widget));
}

/* ---- properties ---- */

static void
lec_video_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (object);

  switch (id) {
  case PROP_PICTURES:
    g_value_set_uint (value, self->shown);
    break;
  case PROP_SLIDE:
    g_value_set_object (value, self->paintables[LEC_SLIDE_PICTURE]);
    break;
  case PROP_SLIDE_NAME:
    g_value_set_string (value, self->slide_name);
    break;
  case PROP_BOTH:
    g_value_set_boolean (value, has_several (self));
    break;
  case PROP_ALONE:
    g_value_set_boolean (value, self->alone);
    break;
  case PROP_ARRANGEMENT:
    g_value_set_string (value, lec_arrangement_get_name (self->arrangement));
    break;
  case PROP_AWAY:
    g_value_set_int (value, self->away);
    break;
  case PROP_CAPTIONED:
    g_value_set_boolean (value, self->captioned);
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
  case PROP_PICTURES:
    set_pictures (self, g_value_get_uint (value));
    break;
  case PROP_SLIDE:
    set_paintable (self, LEC_SLIDE_PICTURE, g_value_get_object (value));
    break;
  case PROP_SLIDE_NAME:
    g_free (self->slide_name);
    self->slide_name = g_value_dup_string (value);
    update (self);
    break;
  case PROP_ALONE:
    set_alone (self, g_value_get_boolean (value));
    break;
  case PROP_ARRANGEMENT:
    set_arrangement (self, g_value_get_string (value));
    break;
  case PROP_AWAY:
    self->away = g_value_get_int (value);
    update (self);
    break;
  case PROP_CAPTIONS:
    lec_zoom_view_set_captions (LEC_ZOOM_VIEW (self->views[0]), g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_layout_dispose (GObject *object)
{
  LecVideoLayout *self = LEC_VIDEO_LAYOUT (object);

  for (guint i = 0; i < LEC_MAX_PICTURES; i++) {
    if (self->paintables[i] != NULL)
      g_signal_handlers_disconnect_by_func (self->paintables[i], resized_cb, self);
    g_clear_object (&self->paintables[i]);
    g_clear_pointer (&self->views[i], gtk_widget_unparent);
  }
  g_clear_pointer (&self->slide_name, g_free);

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
  widget_class->snapshot = lec_video_layout_snapshot;
  widget_class->unmap = lec_video_layout_unmap;

  props[PROP_PICTURES] = g_param_spec_uint ("pictures", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SLIDE] = g_param_spec_object ("slide", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  props[PROP_SLIDE_NAME] = g_param_spec_string ("slide-name", NULL, NULL, NULL, flags);
  props[PROP_BOTH]
      = g_param_spec_boolean ("both", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ALONE]
      = g_param_spec_boolean ("alone", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_ARRANGEMENT]
      = g_param_spec_string ("arrangement", NULL, NULL, NULL, flags | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_AWAY] = g_param_spec_int ("away", NULL, NULL, NONE, LEC_MAX_PICTURES - 1, NONE, flags);
  props[PROP_CAPTIONS] = g_param_spec_boxed ("captions", NULL, NULL, LEC_TYPE_CAPTION_PICTURE,
                                             G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAPTIONED] = g_param_spec_boolean ("captioned", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "videolayout");
}

static void
lec_video_layout_init (LecVideoLayout *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->chosen = self->away = NONE;
  for (guint i = 0; i < LEC_MAX_PICTURES; i++) {
    self->views[i] = lec_zoom_view_new ();
    gtk_widget_set_parent (self->views[i], GTK_WIDGET (self));
  }
  update (self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
