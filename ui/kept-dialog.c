/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/kept-dialog.h"

#define REST_S 3 /* until it has read its folder, and nothing in it waits to be done */

static gboolean
destroy_cb (gpointer dialog)
{
  gtk_native_dialog_destroy (dialog);
  return G_SOURCE_REMOVE;
}

static void
let_go (gpointer dialog)
{
  gtk_native_dialog_hide (dialog);
  gtk_native_dialog_set_transient_for (dialog, NULL);
  g_timeout_add_seconds_full (G_PRIORITY_LOW, REST_S, destroy_cb, dialog, g_object_unref);
}

void
lec_kept_dialog_set (GtkWindow *window, const char *key, GtkFileChooserNative *dialog)
{
  g_object_set_data_full (G_OBJECT (window), key, dialog, let_go);
}

GtkFileChooserNative *
lec_kept_dialog_get (GtkWindow *window, const char *key)
{
  return g_object_get_data (G_OBJECT (window), key);
}
