/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bars around a page, and over a picture. */
#include "ui/auto-hide-overlay.h"

#include "tests/ui/init.h"
#include "tests/ui/wait.h"

#define WIDTH 400
#define HEIGHT 300
#define BAR 40

typedef struct
{
  GtkWidget *window;
  LecAutoHideOverlay *overlay;
  GtkWidget *content;
  GtkWidget *top; /* a button, to be focused */
  GtkWidget *bottom;
} Fixture;

static GtkWidget *
bar_new (void)
{
  GtkWidget *bar = gtk_button_new ();

  gtk_widget_set_size_request (bar, -1, BAR);
  return bar;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->content = gtk_drawing_area_new ();
  fixture->top = bar_new ();
  fixture->bottom = bar_new ();
  fixture->overlay = g_object_new (LEC_TYPE_AUTO_HIDE_OVERLAY, "content", fixture->content, "top",
                                   fixture->top, "bottom", fixture->bottom, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->overlay));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_height (fixture->content) > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *overlay = GTK_WIDGET (fixture->overlay);

  g_object_add_weak_pointer (G_OBJECT (overlay), (gpointer *) &overlay);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (overlay == NULL);
}

static gboolean
bars_shown (Fixture *fixture)
{
  gboolean shown;

  g_object_get (fixture->overlay, "bars-shown", &shown, NULL);
  return shown;
}

static void
set_over_picture (Fixture *fixture, gboolean over)
{
  g_object_set (fixture->overlay, "over-picture", over, NULL);
}

/* Where the content begins, below the top of the whole. */
static double
get_top_of_content (Fixture *fixture)
{
  graphene_rect_t bounds;

  g_assert_true (
      gtk_widget_compute_bounds (fixture->content, GTK_WIDGET (fixture->overlay), &bounds));
  return bounds.origin.y;
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  const int whole = gtk_widget_get_height (GTK_WIDGET (fixture->overlay));

  g_assert_cmpfloat (get_top_of_content (fixture), >=, BAR);
  g_assert_cmpint (gtk_widget_get_height (fixture->content), <=, whole - 2 * BAR);
}

static void
test_picture (Fixture *fixture, gconstpointer data)
{
  const int whole = gtk_widget_get_height (GTK_WIDGET (fixture->overlay));

  set_over_picture (fixture, TRUE);
  WAIT_UNTIL (gtk_widget_get_height (fixture->content) == whole);
  g_assert_cmpfloat (get_top_of_content (fixture), ==, 0);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->overlay), "over-picture"));
  set_over_picture (fixture, FALSE);
  WAIT_UNTIL (gtk_widget_get_height (fixture->content) <= whole - 2 * BAR);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->overlay), "over-picture"));
}

/* Its height does not change with what is over it, so that a window does not resize itself. */
static void
test_measure (Fixture *fixture, gconstpointer data)
{
  int page, picture;

  gtk_widget_set_size_request (fixture->content, 160, 90);
  gtk_widget_measure (GTK_WIDGET (fixture->overlay), GTK_ORIENTATION_VERTICAL, WIDTH, &page, NULL,
                      NULL, NULL);
  set_over_picture (fixture, TRUE);
  gtk_widget_measure (GTK_WIDGET (fixture->overlay), GTK_ORIENTATION_VERTICAL, WIDTH, &picture,
                      NULL, NULL, NULL);
  g_assert_cmpint (page, >=, 90 + 2 * BAR);
  g_assert_cmpint (picture, ==, 90);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_hide (Fixture *fixture, gconstpointer data)
{
  guint changes = 0;

  g_signal_connect_swapped (fixture->overlay, "notify::bars-shown", G_CALLBACK (count_cb),
                            &changes);
  set_over_picture (fixture, TRUE);
  g_assert_true (bars_shown (fixture));
  WAIT_UNTIL (!bars_shown (fixture));
  lec_auto_hide_overlay_wake (fixture->overlay);
  g_assert_true (bars_shown (fixture));
  lec_auto_hide_overlay_wake (fixture->overlay);
  g_assert_cmpuint (changes, ==, 2);
  WAIT_UNTIL (!bars_shown (fixture));
  set_over_picture (fixture, FALSE); /* a page has its bars */
  g_assert_true (bars_shown (fixture));
}

/* Who walks through the buttons with the keyboard keeps them; without that, a hidden button is not
 * left in the focus, where Space would press it. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  const gint64 begun_us = g_get_monotonic_time ();
  const guint tick = g_timeout_add (50, wait_tick_cb, NULL);

  gtk_window_set_focus (GTK_WINDOW (fixture->window), fixture->top);
  gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), TRUE);
  set_over_picture (fixture, TRUE);
  while (g_get_monotonic_time () - begun_us < 4 * G_TIME_SPAN_SECOND) {
    /* the ring goes by itself when no key is pressed for some seconds */
    gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), TRUE);
    g_main_context_iteration (NULL, TRUE);
    g_assert_true (bars_shown (fixture));
  }
  g_source_remove (tick);
  gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), FALSE);
  WAIT_UNTIL (!bars_shown (fixture));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) != fixture->top);
}

/* What it is given it shows in place of what it had, and lets that go. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  GtkWidget *old = fixture->content;

  g_object_add_weak_pointer (G_OBJECT (old), (gpointer *) &old);
  fixture->content = gtk_drawing_area_new ();
  g_object_set (fixture->overlay, "content", fixture->content, NULL);
  g_assert_null (old);
  WAIT_UNTIL (gtk_widget_get_height (fixture->content) > 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/auto-hide-overlay/page", test_page },       { "/auto-hide-overlay/picture", test_picture },
    { "/auto-hide-overlay/measure", test_measure }, { "/auto-hide-overlay/hide", test_hide },
    { "/auto-hide-overlay/focus", test_focus },     { "/auto-hide-overlay/replace", test_replace },
  };

  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
