/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/projector.h"

#include <glib/gi18n.h>

#include "ui/upload-memory.h"
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

static gboolean
close_cb (GtkWidget *projector, GVariant *parameter, gpointer data)
{
  gtk_window_close (GTK_WINDOW (projector));
  return TRUE;
}

static void
zoom (GtkWidget *projector, double factor)
{
  GtkWidget *view = gtk_window_get_child (GTK_WINDOW (projector));

  lec_zoom_view_zoom (LEC_ZOOM_VIEW (view), factor, gtk_widget_get_width (view) / 2.0,
                      gtk_widget_get_height (view) / 2.0);
}

static gboolean
zoom_in_cb (GtkWidget *projector, GVariant *parameter, gpointer data)
{
  zoom (projector, LEC_ZOOM_STEP);
  return TRUE;
}

static gboolean
zoom_out_cb (GtkWidget *projector, GVariant *parameter, gpointer data)
{
  zoom (projector, 1.0 / LEC_ZOOM_STEP);
  return TRUE;
}

static gboolean
zoom_reset_cb (GtkWidget *projector, GVariant *parameter, gpointer data)
{
  lec_zoom_view_reset (LEC_ZOOM_VIEW (gtk_window_get_child (GTK_WINDOW (projector))));
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

/* Those of the main window that mean the picture here. */
static void
add_keys (GtkWindow *self)
{
  static const struct
  {
    guint key;
    GtkShortcutFunc func;
  } keys[] = {
    { GDK_KEY_f, fill_cb },
    { GDK_KEY_F11, fill_cb },
    { GDK_KEY_Escape, leave_cb },
    { GDK_KEY_d, close_cb },
    { GDK_KEY_plus, zoom_in_cb },
    { GDK_KEY_KP_Add, zoom_in_cb },
    { GDK_KEY_equal, zoom_in_cb },
    { GDK_KEY_minus, zoom_out_cb },
    { GDK_KEY_KP_Subtract, zoom_out_cb },
    { GDK_KEY_z, zoom_reset_cb },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                          gtk_callback_action_new (keys[i].func, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

GtkWindow *
lec_projector_new (GdkPaintable *picture)
{
  GtkWindow *self = GTK_WINDOW (gtk_window_new ());
  GtkWidget *view = lec_zoom_view_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_window_set_title (self, _ ("Second Screen"));
  gtk_window_set_default_size (self, 960, 540);
  gtk_widget_add_css_class (GTK_WIDGET (self), "projector");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture of the channel"), -1);
  gtk_window_set_child (self, view);
  lec_projector_set_picture (self, picture);
  add_keys (self);
  lec_upload_memory_keep (GTK_WIDGET (self));
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  return self;
}

void
lec_projector_set_picture (GtkWindow *projector, GdkPaintable *picture)
{
  lec_zoom_view_set_paintable (LEC_ZOOM_VIEW (gtk_window_get_child (projector)), picture);
}

void
lec_projector_present (GtkWindow *projector, GtkWindow *beside)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (beside));
  GListModel *monitors = gdk_display_get_monitors (display);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (beside));
  GdkMonitor *taken
      = surface != NULL ? gdk_display_get_monitor_at_surface (display, surface) : NULL;

  gtk_window_present (projector);
  for (guint i = 0; taken != NULL && i < g_list_model_get_n_items (monitors); i++) {
    g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

    if (monitor != taken) {
      gtk_window_fullscreen_on_monitor (projector, monitor);
      return;
    }
  }
}
