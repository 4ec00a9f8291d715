/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether anybody sees the pictures: as windows come and go. */
#include "ui/visibility.h"

#include <gst/gst.h>

#include "tests/ui/init.h"
#include "tests/ui/wait.h"

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

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/visibility/window", test_window);
  ADD ("/visibility/two", test_two);
  ADD ("/visibility/destroy", test_destroy);
  return g_test_run ();
}
