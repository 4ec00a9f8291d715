/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-view.h"

struct _LecVideoView
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *overlay;

  /* owned */
  GdkPaintable *paintable;
  char *sentence;
  gboolean stale;
};

enum {
  PROP_PAINTABLE = 1,
  PROP_STALE,
  PROP_SENTENCE,
};

G_DEFINE_FINAL_TYPE (LecVideoView, lec_video_view, GTK_TYPE_WIDGET)

static void
pressed_cb (LecVideoView *self, int presses)
{
  if (presses == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.fullscreen", NULL);
}

static void
set_stale (LecVideoView *self, gboolean stale)
{
  self->stale = stale;
  if (stale)
    gtk_widget_add_css_class (GTK_WIDGET (self), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "stale");
}

static void
lec_video_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecVideoView *self = LEC_VIDEO_VIEW (object);

  switch (id) {
  case PROP_PAINTABLE:
    g_value_set_object (value, self->paintable);
    break;
  case PROP_STALE:
    g_value_set_boolean (value, self->stale);
    break;
  case PROP_SENTENCE:
    g_value_set_string (value, self->sentence);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecVideoView *self = LEC_VIDEO_VIEW (object);

  switch (id) {
  case PROP_PAINTABLE:
    g_set_object (&self->paintable, g_value_get_object (value));
    break;
  case PROP_STALE:
    set_stale (self, g_value_get_boolean (value));
    break;
  case PROP_SENTENCE:
    g_free (self->sentence);
    self->sentence = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_view_dispose (GObject *object)
{
  LecVideoView *self = LEC_VIDEO_VIEW (object);

  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->paintable);
  g_clear_pointer (&self->sentence, g_free);

  G_OBJECT_CLASS (lec_video_view_parent_class)->dispose (object);
}

static void
lec_video_view_class_init (LecVideoViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_video_view_get_property;
  object_class->set_property = lec_video_view_set_property;
  object_class->dispose = lec_video_view_dispose;

  g_object_class_install_property (
      object_class, PROP_PAINTABLE,
      g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, flags));
  g_object_class_install_property (object_class, PROP_STALE,
                                   g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_SENTENCE,
                                   g_param_spec_string ("sentence", NULL, NULL, NULL, flags));

  gtk_widget_class_set_css_name (widget_class, "videoview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/video-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LecVideoView, overlay);
}

static void
lec_video_view_init (LecVideoView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
