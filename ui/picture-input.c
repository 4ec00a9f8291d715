/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/picture-input.h"

#define VOLUME_STEP 0.05 /* of a notch of the wheel */

/* With a key it is another gesture. */
static gboolean
scroll_cb (GtkEventController *scroll, double dx, double dy)
{
  GtkWidget *view = gtk_event_controller_get_widget (scroll);
  const GdkModifierType keys = gtk_event_controller_get_current_event_state (scroll)
                               & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);

  if (keys != 0 || dy == 0.0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (view, "win.change-volume", "d", -VOLUME_STEP * CLAMP (dy, -3.0, 3.0));
  return GDK_EVENT_STOP;
}

static void
click_cb (GtkGesture *gesture, int presses, double x, double y, GtkPopover *popover)
{
  const GdkRectangle place = { (int) x, (int) y, 1, 1 };

  gtk_popover_set_pointing_to (popover, &place);
  gtk_popover_popup (popover);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
destroy_cb (GtkWidget *view, GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

void
lec_picture_input_attach (GtkWidget *view, GMenuModel *menu)
{
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), NULL);
  gtk_widget_add_controller (view, scroll);

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, view);
  g_signal_connect_object (view, "destroy", G_CALLBACK (destroy_cb), popover, 0);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (click_cb), popover, 0);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
}
