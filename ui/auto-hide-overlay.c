/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/auto-hide-overlay.h"

#define IDLE_S 3

struct _LecAutoHideOverlay
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *captions; /* (nullable) */
  GtkWidget *top;
  GtkWidget *bottom;
  GtkWidget *top_revealer;
  GtkWidget *bottom_revealer;
  gboolean over_picture;

  GtkEventController *keys; /* (nullable): of the root */
  guint idle;               /* source that hides the bars; 0: none */
  double pointer_x;
  double pointer_y;
};

enum {
  PROP_CONTENT = 1,
  PROP_CAPTIONS,
  PROP_TOP,
  PROP_BOTTOM,
  PROP_OVER_PICTURE,
  PROP_BARS_SHOWN,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecAutoHideOverlay, lec_auto_hide_overlay, GTK_TYPE_WIDGET)

static gboolean
bars_shown (LecAutoHideOverlay *self)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->top_revealer));
}

static void
set_bars_shown (LecAutoHideOverlay *self, gboolean shown)
{
  if (bars_shown (self) == shown)
    return;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->top_revealer), shown);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->bottom_revealer), shown);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), shown ? NULL : "none");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BARS_SHOWN]);
}

static gboolean
has_pointer (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_PRELIGHT) != 0;
}

/* Whether the focus is in one of the bars. */
static gboolean
has_focus (LecAutoHideOverlay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL
         && (gtk_widget_is_ancestor (focus, self->top_revealer)
             || gtk_widget_is_ancestor (focus, self->bottom_revealer));
}

/* Whether somebody uses the bars: points at them, has a menu of theirs open, or walks through them
 * with the keyboard. */
static gboolean
bars_in_use (LecAutoHideOverlay *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (has_pointer (self->top_revealer) || has_pointer (self->bottom_revealer))
    return TRUE;
  if (focus == NULL)
    return FALSE;
  if (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return TRUE;

  return gtk_window_get_focus_visible (GTK_WINDOW (root)) && has_focus (self);
}

static gboolean
idle_cb (gpointer data)
{
  LecAutoHideOverlay *self = data;

  if (bars_in_use (self))
    return G_SOURCE_CONTINUE;

  /* Space must not press a hidden button. */
  if (has_focus (self))
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  self->idle = 0;
  set_bars_shown (self, FALSE);
  return G_SOURCE_REMOVE;
}

void
lec_auto_hide_overlay_wake (LecAutoHideOverlay *self)
{
  g_return_if_fail (LEC_IS_AUTO_HIDE_OVERLAY (self));

  g_clear_handle_id (&self->idle, g_source_remove);
  set_bars_shown (self, TRUE);
  if (self->over_picture)
    self->idle = g_timeout_add_seconds (IDLE_S, idle_cb, self);
}

/* Before whatever the key does: Tab, for one, finds only what is shown. */
static gboolean
key_cb (LecAutoHideOverlay *self)
{
  lec_auto_hide_overlay_wake (self);
  return GDK_EVENT_PROPAGATE;
}

/* Keys go to the focus, which need not be in here. */
static void
lec_auto_hide_overlay_root (GtkWidget *widget)
{
  LecAutoHideOverlay *self = LEC_AUTO_HIDE_OVERLAY (widget);

  GTK_WIDGET_CLASS (lec_auto_hide_overlay_parent_class)->root (widget);

  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
}

static void
lec_auto_hide_overlay_unroot (GtkWidget *widget)
{
  LecAutoHideOverlay *self = LEC_AUTO_HIDE_OVERLAY (widget);

  gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
  self->keys = NULL;

  GTK_WIDGET_CLASS (lec_auto_hide_overlay_parent_class)->unroot (widget);
}

/* GTK repeats the pointer's place when something moves below it; only a hand shows the bars. */
static void
motion_cb (LecAutoHideOverlay *self, double x, double y)
{
  if (x == self->pointer_x && y == self->pointer_y)
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  lec_auto_hide_overlay_wake (self);
}

static void
set_over_picture (LecAutoHideOverlay *self, gboolean over_picture)
{
  if (self->over_picture == over_picture)
    return;

  self->over_picture = over_picture;
  if (over_picture)
    gtk_widget_add_css_class (GTK_WIDGET (self), "over-picture");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "over-picture");
  gtk_widget_queue_resize (GTK_WIDGET (self));
  lec_auto_hide_overlay_wake (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OVER_PICTURE]);
}

static int
natural_height (GtkWidget *widget, int width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
lec_auto_hide_overlay_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  LecAutoHideOverlay *self = LEC_AUTO_HIDE_OVERLAY (widget);
  GtkWidget *bars[] = { self->top_revealer, self->bottom_revealer };
  const gboolean stacked = orientation == GTK_ORIENTATION_VERTICAL && !self->over_picture;

  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++) {
    int bar_minimum, bar_natural;

    gtk_widget_measure (bars[i], orientation, for_size, &bar_minimum, &bar_natural, NULL, NULL);
    *minimum = stacked ? *minimum + bar_minimum : MAX (*minimum, bar_minimum);
    *natural = stacked ? *natural + bar_natural : MAX (*natural, bar_natural);
  }
}

/* In the middle above the lower bar, as high as they are. */
static void
allocate_captions (LecAutoHideOverlay *self, int width, int bottom)
{
  int minimum, natural, height;

  if (self->captions == NULL || !gtk_widget_should_layout (self->captions))
    return;
  gtk_widget_measure (self->captions, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  natural = MAX (minimum, MIN (natural, width));
  height = natural_height (self->captions, natural);
  gtk_widget_size_allocate (
      self->captions, &(GtkAllocation){ (width - natural) / 2, bottom - height, natural, height },
      -1);
}

static void
lec_auto_hide_overlay_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LecAutoHideOverlay *self = LEC_AUTO_HIDE_OVERLAY (widget);
  const int top = natural_height (self->top_revealer, width);
  const int bottom = natural_height (self->bottom_revealer, width);
  GtkAllocation page = { 0, top, width, MAX (0, height - top - bottom) };
  GtkAllocation all = { 0, 0, width, height };

  gtk_widget_size_allocate (self->content, self->over_picture ? &all : &page, -1);
  gtk_widget_size_allocate (self->top_revealer, &(GtkAllocation){ 0, 0, width, top }, -1);
  gtk_widget_size_allocate (self->bottom_revealer,
                            &(GtkAllocation){ 0, height - bottom, width, bottom }, -1);
  allocate_captions (self, width, height - bottom);
}

static void
set_content (LecAutoHideOverlay *self, GtkWidget *content)
{
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->content = content;
  if (content != NULL)
    gtk_widget_insert_after (content, GTK_WIDGET (self), NULL); /* below the bars */
}

static void
set_captions (LecAutoHideOverlay *self, GtkWidget *captions)
{
  g_clear_pointer (&self->captions, gtk_widget_unparent);
  self->captions = captions;
  if (captions != NULL)
    gtk_widget_insert_before (captions, GTK_WIDGET (self), self->top_revealer); /* over content */
}

static void
lec_auto_hide_overlay_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecAutoHideOverlay *self = LEC_AUTO_HIDE_OVERLAY (object);

  switch (id) {
  case PROP_CONTENT:
    g_value_set_object (value, self->content);
    break;
  case PROP_CAPTIONS:
    g_value_set_object (value, self->captions);
    break;
  case PROP_TOP:
    g_value_set_object (value, gtk_revealer_get_child (GTK_REVEALER (self->top_revealer)));
    break;
  case PROP_BOTTOM:
    g_value_set_object (value, gtk_revealer_get_child (GTK_REVEALER (self->bottom_revealer)));
    break;
  case PROP_OVER_PICTURE:
    g_value_set_boolean (value, self->over_picture);
    break;
  case PROP_BARS_SHOWN:
    g_value_set_boolean (value, bars_shown (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_auto_hide_overlay_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *spec)
{
  LecAutoHideOverlay *self = LEC_AUTO_HIDE_OVERLAY (object);

  switch (id) {
  case PROP_CONTENT:
    set_content (self, g_value_get_object (value));
    break;
  case PROP_CAPTIONS:
    set_captions (self, g_value_get_object (value));
    break;
  case PROP_TOP:
    gtk_revealer_set_child (GTK_REVEALER (self->top_revealer), g_value_get_object (value));
    break;
  case PROP_BOTTOM:
    gtk_revealer_set_child (GTK_REVEALER (self->bottom_revealer), g_value_get_object (value));
    break;
  case PROP_OVER_PICTURE:
    set_over_picture (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_auto_hide_overlay_dispose (GObject *object)
{
  LecAutoHideOverlay *self = LEC_AUTO_HIDE_OVERLAY (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  set_content (self, NULL);
  set_captions (self, NULL);
  g_clear_pointer (&self->top_revealer, gtk_widget_unparent);
  g_clear_pointer (&self->bottom_revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_auto_hide_overlay_parent_class)->dispose (object);
}

static void
lec_auto_hide_overlay_class_init (LecAutoHideOverlayClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_auto_hide_overlay_get_property;
  object_class->set_property = lec_auto_hide_overlay_set_property;
  object_class->dispose = lec_auto_hide_overlay_dispose;
  widget_class->root = lec_auto_hide_overlay_root;
  widget_class->unroot = lec_auto_hide_overlay_unroot;
  widget_class->measure = lec_auto_hide_overlay_measure;
  widget_class->size_allocate = lec_auto_hide_overlay_size_allocate;

  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_CAPTIONS] = g_param_spec_object ("captions", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_TOP] = g_param_spec_object ("top", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_BOTTOM] = g_param_spec_object ("bottom", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_OVER_PICTURE]
      = g_param_spec_boolean ("over-picture", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_BARS_SHOWN] = g_param_spec_boolean ("bars-shown", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "autohideoverlay");
}

static GtkWidget *
revealer_new (LecAutoHideOverlay *self, GtkRevealerTransitionType transition)
{
  GtkWidget *revealer = gtk_revealer_new ();

  gtk_revealer_set_transition_type (GTK_REVEALER (revealer), transition);
  gtk_revealer_set_reveal_child (GTK_REVEALER (revealer), TRUE);
  gtk_widget_set_parent (revealer, GTK_WIDGET (self));
  return revealer;
}

static void
lec_auto_hide_overlay_init (LecAutoHideOverlay *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *bottom_focus = gtk_event_controller_focus_new ();

  self->top_revealer = revealer_new (self, GTK_REVEALER_TRANSITION_TYPE_SLIDE_DOWN);
  self->bottom_revealer = revealer_new (self, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  /* A finger does not hover: it shows the bars by touching. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (lec_auto_hide_overlay_wake), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (lec_auto_hide_overlay_wake), self);
  gtk_widget_add_controller (self->top_revealer, focus);
  g_signal_connect_swapped (bottom_focus, "enter", G_CALLBACK (lec_auto_hide_overlay_wake), self);
  gtk_widget_add_controller (self->bottom_revealer, bottom_focus);
}
