/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/zap-keys.h"

static gboolean
step_cb (GtkWidget *widget, GVariant *step, gpointer sidebar)
{
  lec_channel_sidebar_zap (sidebar, g_variant_get_int32 (step));
  return TRUE;
}

static gboolean
digit_cb (GtkWidget *widget, GVariant *digit, gpointer sidebar)
{
  lec_channel_sidebar_type (sidebar, (guint) g_variant_get_int32 (digit));
  return TRUE;
}

static void
add (GtkEventController *keys,
     guint key,
     GtkShortcutFunc callback,
     LecChannelSidebar *sidebar,
     int number)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, 0),
                                            gtk_callback_action_new (callback, sidebar, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (number));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

GtkEventController *
lec_zap_keys_new (LecChannelSidebar *sidebar)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  add (keys, GDK_KEY_Page_Up, step_cb, sidebar, -1);
  add (keys, GDK_KEY_Page_Down, step_cb, sidebar, 1);
  for (guint i = 0; i < 10; i++) {
    add (keys, GDK_KEY_0 + i, digit_cb, sidebar, (int) i);
    add (keys, GDK_KEY_KP_0 + i, digit_cb, sidebar, (int) i);
  }
  return keys;
}
