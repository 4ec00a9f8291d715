/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/projector.h"

#include <glib/gi18n.h>

#include "ui/zoom-view.h"

static gboolean
fill_cb (GtkWidget *projector, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (projector)))
    gtk_window_unfullscreen (GTK_WINDOW (projector));
  else
    gtk_window_fullscreen (GTK_WINDOW (projector));
  return TRUE;
}

static gboolean
leave_cb (GtkWidget *projector, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (projector)))
    gtk_window_unfullscreen (GTK_WINDOW (projector));
  else
    gtk_window_close (GTK_WINDOW (projector));
  return TRUE;
}

static void
pressed_cb (GtkGesture *click, int presses, double x, double y, GtkWidget *projector)
{
  LecZoomView *view = LEC_ZOOM_VIEW (gtk_window_get_child (GTK_WINDOW (projector)));

  if (presses == 2 && lec_zoom_view_get_zoom (view) > 1.0)
    lec_zoom_view_reset (view);
  else if (presses == 2)
    fill_cb (projector, NULL, NULL);
}

static void
add_key (GtkEventController *controller, guint key, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, 0),
                        gtk_callback_action_new (func, NULL, NULL)));
}

GtkWindow *
lec_projector_new (GdkPaintable *picture)
{
  GtkWindow *self = GTK_WINDOW (gtk_window_new ());
  GtkWidget *view = lec_zoom_view_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_window_set_title (self, _ ("Second Screen"));
  gtk_window_set_default_size (self, 960, 540);
  gtk_widget_add_css_class (GTK_WIDGET (self), "projector");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture of the channel"), -1);
  gtk_window_set_child (self, view);
  lec_projector_set_picture (self, picture);
  add_key (keys, GDK_KEY_f, fill_cb);
  add_key (keys, GDK_KEY_F11, fill_cb);
  add_key (keys, GDK_KEY_Escape, leave_cb);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  return self;
}

void
lec_projector_set_picture (GtkWindow *projector, GdkPaintable *picture)
{
  lec_zoom_view_set_paintable (LEC_ZOOM_VIEW (gtk_window_get_child (projector)), picture);
}
