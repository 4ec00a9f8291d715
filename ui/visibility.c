/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/visibility.h"

#define KEY "lec-visibility" /* where a window keeps its own */

typedef struct
{
  GPtrArray *windows; /* of GtkWindow, unowned: each leaves when it is destroyed */
  LecPlayer *player;
} Visibility;

static gboolean
is_suspended (GdkToplevelState state)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return (state & GDK_TOPLEVEL_STATE_SUSPENDED) != 0;
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  return FALSE;
#endif
}

static gboolean
is_seen (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GdkToplevelState state;

  if (surface == NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return FALSE;
  state = gdk_toplevel_get_state (GDK_TOPLEVEL (surface));
  return (state & GDK_TOPLEVEL_STATE_MINIMIZED) == 0 && !is_suspended (state);
}

static void
update (Visibility *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->windows->len; i++)
    any |= is_seen (g_ptr_array_index (self->windows, i));
  g_object_set (self->player, "hidden", !any, NULL);
}

static void
realized_cb (GtkWidget *window, gpointer data)
{
  g_signal_connect_swapped (gtk_native_get_surface (GTK_NATIVE (window)), "notify::state",
                            G_CALLBACK (update), data);
}

static void
unrealized_cb (GtkWidget *window, gpointer data)
{
  g_signal_handlers_disconnect_by_data (gtk_native_get_surface (GTK_NATIVE (window)), data);
}

static void
destroyed_cb (GtkWidget *window, gpointer data)
{
  Visibility *self = data;

  g_signal_handlers_disconnect_by_data (window, self);
  g_ptr_array_remove (self->windows, window);
  update (self);
}

static void
add (Visibility *self, GtkWindow *window)
{
  g_ptr_array_add (self->windows, window);
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), self);
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealized_cb), self);
  g_signal_connect_swapped (window, "map", G_CALLBACK (update), self);
  g_signal_connect_data (window, "unmap", G_CALLBACK (update), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect (window, "destroy", G_CALLBACK (destroyed_cb), self);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realized_cb (GTK_WIDGET (window), self);
}

static void
free_visibility (gpointer data)
{
  Visibility *self = data;

  for (guint i = 0; i < self->windows->len; i++) {
    GtkWidget *window = g_ptr_array_index (self->windows, i);

    if (gtk_widget_get_realized (window))
      unrealized_cb (window, self);
    g_signal_handlers_disconnect_by_data (window, self);
  }
  g_ptr_array_unref (self->windows);
  g_object_unref (self->player);
  g_free (self);
}

void
lec_visibility_attach (GtkWindow *window, LecPlayer *player)
{
  Visibility *self = g_new0 (Visibility, 1);

  self->windows = g_ptr_array_new ();
  self->player = g_object_ref (player);
  g_object_set_data_full (G_OBJECT (window), KEY, self, free_visibility);
  add (self, window);
}

void
lec_visibility_add (GtkWindow *window, GtkWindow *other)
{
  Visibility *self = g_object_get_data (G_OBJECT (window), KEY);

  if (self != NULL)
    add (self, other);
}
