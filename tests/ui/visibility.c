/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether anybody sees the pictures: as windows come and go. */
#include "ui/visibility.h"

#include <gst/gst.h>

#include "tests/ui/init.h"
#include "tests/ui/wait.h"
#include "ui/frame-paintable.h"

typedef struct
{
  LecPlayer *player;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->player = lec_player_new (NULL);
  self->window = GTK_WINDOW (gtk_window_new ());
  lec_visibility_attach (self->window, self->player);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->window != NULL)
    gtk_window_destroy (self->window);
  g_assert_finalize_object (self->player);
}

static gboolean
is_hidden (Fixture *self)
{
  gboolean hidden;

  g_object_get (self->player, "hidden", &hidden, NULL);
  return hidden;
}

static void
show (GtkWindow *window)
{
  gtk_window_present (window);
  WAIT_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (window)));
}

static void
test_window (Fixture *self, gconstpointer data)
{
  show (self->window);
  g_assert_false (is_hidden (self));
  gtk_widget_hide (GTK_WIDGET (self->window));
  g_assert_true (is_hidden (self));
  show (self->window);
  g_assert_false (is_hidden (self));
}

/* One window is enough. */
static void
test_two (Fixture *self, gconstpointer data)
{
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());

  lec_visibility_add (self->window, other);
  show (self->window);
  show (other);
  gtk_widget_hide (GTK_WIDGET (self->window));
  g_assert_false (is_hidden (self));
  gtk_window_destroy (other);
  g_assert_true (is_hidden (self));
  show (self->window);
  g_assert_false (is_hidden (self));
}

/* The main window goes first. */
static void
test_destroy (Fixture *self, gconstpointer data)
{
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());

  lec_visibility_add (self->window, other);
  show (self->window);
  show (other);
  gtk_window_destroy (self->window);
  self->window = NULL;
  gtk_widget_hide (GTK_WIDGET (other));
  gtk_window_destroy (other);
}

static void
stop_cb (GdkFrameClock *clock)
{
  g_signal_stop_emission_by_name (clock, "before-paint");
}

/* Before whoever else listens. */
static void
keep_still_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "before-paint", G_CALLBACK (stop_cb),
                    NULL);
}

/* What a desktop asks no frames of, nobody sees: covered, or on another workspace. */
static void
test_still (Fixture *self, gconstpointer data)
{
  g_autoptr (LecPlayer) player = lec_player_new (NULL);
  g_autoptr (GdkPaintable) picture = GDK_PAINTABLE (lec_frame_paintable_new ());
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  Fixture covered = { player, window };

  g_signal_connect (window, "realize", G_CALLBACK (keep_still_cb), NULL);
  lec_visibility_attach (window, player);
  lec_visibility_watch (window, picture);
  show (window);
  g_assert_false (is_hidden (&covered)); /* there was nothing to draw */
  gdk_paintable_invalidate_contents (picture);
  g_assert_false (is_hidden (&covered));
  WAIT_UNTIL (is_hidden (&covered));

  /* the desktop asks again */
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (GTK_WIDGET (window)), stop_cb,
                                        NULL);
  gtk_widget_queue_draw (GTK_WIDGET (window));
  WAIT_UNTIL (!is_hidden (&covered));
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/visibility/window", test_window);
  ADD ("/visibility/two", test_two);
  ADD ("/visibility/destroy", test_destroy);
  ADD ("/visibility/still", test_still);
  return g_test_run ();
}
