/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/visibility.h"

#define KEY "lec-visibility" /* where a window keeps its own */

#define STILL_MS 1000 /* from a change of the picture, without a frame */

typedef struct
{
  GPtrArray *windows;  /* of Watched, owned: each leaves when its window is destroyed */
  GPtrArray *pictures; /* of GdkPaintable, owned */
  LecPlayer *player;
} Visibility;

typedef struct
{
  Visibility *visibility;
  GtkWindow *window;    /* unowned */
  GdkFrameClock *clock; /* (nullable): while it is realized */
  guint waiting;        /* source; 0: it draws, or has nothing to draw */
  gboolean is_still;    /* it has not drawn what it should have */
} Watched;

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
is_seen (const Watched *one)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (one->window));
  GdkToplevelState state;

  if (surface == NULL || !gtk_widget_get_mapped (GTK_WIDGET (one->window)) || one->is_still)
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

/* ---- whether it draws ---- */

static gboolean
still_cb (gpointer data)
{
  Watched *one = data;

  one->waiting = 0;
  one->is_still = TRUE;
  update (one->visibility);
  return G_SOURCE_REMOVE;
}

static void
frame_cb (Watched *one)
{
  g_clear_handle_id (&one->waiting, g_source_remove);
  if (!one->is_still)
    return;
  one->is_still = FALSE;
  update (one->visibility);
}

/* A main loop that comes late draws first. */
static void
changed_cb (Visibility *self)
{
  for (guint i = 0; i < self->windows->len; i++) {
    Watched *one = g_ptr_array_index (self->windows, i);

    if (one->clock != NULL && one->waiting == 0 && !one->is_still)
      one->waiting = g_timeout_add_full (G_PRIORITY_LOW, STILL_MS, still_cb, one, NULL);
  }
}

/* ---- windows ---- */

static void
realized_cb (GtkWidget *window, Watched *one)
{
  one->clock = g_object_ref (gtk_widget_get_frame_clock (window));
  g_signal_connect_swapped (one->clock, "before-paint", G_CALLBACK (frame_cb), one);
  g_signal_connect_swapped (gtk_native_get_surface (GTK_NATIVE (window)), "notify::state",
                            G_CALLBACK (update), one->visibility);
}

static void
unrealized_cb (GtkWidget *window, Watched *one)
{
  g_signal_handlers_disconnect_by_data (one->clock, one);
  g_clear_object (&one->clock);
  g_clear_handle_id (&one->waiting, g_source_remove);
  one->is_still = FALSE;
  g_signal_handlers_disconnect_by_data (gtk_native_get_surface (GTK_NATIVE (window)),
                                        one->visibility);
}

static void
watched_free (Watched *one)
{
  if (one->clock != NULL)
    unrealized_cb (GTK_WIDGET (one->window), one);
  g_signal_handlers_disconnect_by_data (one->window, one);
  g_signal_handlers_disconnect_by_data (one->window, one->visibility);
  g_free (one);
}

static void
destroyed_cb (GtkWidget *window, Watched *one)
{
  Visibility *self = one->visibility;

  g_ptr_array_remove (self->windows, one);
  update (self);
}

static void
add (Visibility *self, GtkWindow *window)
{
  Watched *one = g_new0 (Watched, 1);

  one->visibility = self;
  one->window = window;
  g_ptr_array_add (self->windows, one);
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), one);
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealized_cb), one);
  g_signal_connect_swapped (window, "map", G_CALLBACK (update), self);
  g_signal_connect_data (window, "unmap", G_CALLBACK (update), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect (window, "destroy", G_CALLBACK (destroyed_cb), one);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realized_cb (GTK_WIDGET (window), one);
}

static void
free_visibility (gpointer data)
{
  Visibility *self = data;

  for (guint i = 0; i < self->pictures->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->pictures, i), self);
  g_ptr_array_unref (self->pictures);
  g_ptr_array_unref (self->windows);
  g_object_unref (self->player);
  g_free (self);
}

void
lec_visibility_attach (GtkWindow *window, LecPlayer *player)
{
  Visibility *self = g_new0 (Visibility, 1);

  self->windows = g_ptr_array_new_with_free_func ((GDestroyNotify) watched_free);
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);
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

void
lec_visibility_watch (GtkWindow *window, GdkPaintable *picture)
{
  Visibility *self = g_object_get_data (G_OBJECT (window), KEY);

  if (self == NULL)
    return;
  g_ptr_array_add (self->pictures, g_object_ref (picture));
  g_signal_connect_swapped (picture, "invalidate-contents", G_CALLBACK (changed_cb), self);
}
