/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/accessible-names.h"

#include <adwaita.h>

#include "tests/ui/init.h"

static GtkWidget *box;

static GtkWidget *
add (GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (box), widget);
  return widget;
}

static void
assert_name (GtkWidget *widget, const char *name)
{
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
assert_hidden (GtkWidget *widget, gboolean hidden)
{
  gtk_test_accessible_assert_state (widget, GTK_ACCESSIBLE_STATE_HIDDEN, hidden);
}

/* By its words, which it may change: without a name of its own that says them again. */
static void
test_buttons (void)
{
  GtkWidget *mnemonic = add (gtk_button_new_with_mnemonic ("_Play"));
  GtkWidget *icon = add (gtk_button_new_from_icon_name ("open-menu-symbolic"));
  GtkWidget *deep = add (gtk_button_new ()), *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (inner), gtk_image_new ());
  gtk_box_append (GTK_BOX (inner), gtk_label_new ("Hall 1"));
  gtk_button_set_child (GTK_BUTTON (deep), inner);
  gtk_widget_set_tooltip_text (icon, "Play");
  gtk_widget_realize (box);
  gtk_widget_realize (mnemonic);
  g_assert_false (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (mnemonic), GTK_ACCESSIBLE_PROPERTY_LABEL));
  gtk_button_set_label (GTK_BUTTON (mnemonic), "_Stop");
  g_assert_false (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (mnemonic), GTK_ACCESSIBLE_PROPERTY_LABEL));
  gtk_widget_realize (icon);
  assert_name (icon, "Play");
  gtk_widget_set_tooltip_text (icon, "Stop");
  assert_name (icon, "Stop");
  gtk_widget_realize (deep);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (deep),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

/* What holds or adorns has none, and what has one keeps it. */
static void
test_nameless (void)
{
  GtkWidget *image = add (gtk_image_new ()), *named = add (gtk_image_new ());
  GtkWidget *search = add (gtk_search_entry_new ());

  gtk_accessible_update_property (GTK_ACCESSIBLE (named), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Poor reception", -1);
  gtk_widget_realize (image);
  gtk_widget_realize (named);
  gtk_widget_realize (search);
  assert_name (image, "");
  assert_name (named, "Poor reception");
  assert_name (search, "Search");
}

/* Pages, panels and bars are there while they are shown. */
static void
test_hidden (void)
{
  GtkWidget *stack = add (gtk_stack_new ()), *first = gtk_button_new (),
            *second = gtk_button_new ();
  GtkWidget *flap = add (adw_flap_new ()), *panel = gtk_button_new ();
  GtkWidget *bar = add (gtk_search_bar_new ());

  gtk_stack_add_named (GTK_STACK (stack), first, "first");
  gtk_stack_add_named (GTK_STACK (stack), second, "second");
  adw_flap_set_flap (ADW_FLAP (flap), panel);
  adw_flap_set_reveal_flap (ADW_FLAP (flap), FALSE);
  gtk_widget_realize (stack);
  gtk_widget_realize (flap);
  gtk_widget_realize (bar);
  assert_hidden (first, FALSE);
  assert_hidden (second, TRUE);
  gtk_stack_set_visible_child (GTK_STACK (stack), second);
  assert_hidden (first, TRUE);
  assert_hidden (second, FALSE);

  assert_hidden (panel, TRUE);
  adw_flap_set_reveal_flap (ADW_FLAP (flap), TRUE);
  assert_hidden (panel, FALSE);

  assert_hidden (gtk_widget_get_first_child (bar), TRUE);
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (bar), TRUE);
  assert_hidden (gtk_widget_get_first_child (bar), FALSE);
}

int
main (int argc, char *argv[])
{
  GtkWidget *window;
  int status;

  ui_test_init (&argc, &argv);
  lec_accessible_names_init ();
  lec_accessible_names_init ();
  window = gtk_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_widget_realize (window);
  g_test_add_func ("/accessible-names/buttons", test_buttons);
  g_test_add_func ("/accessible-names/nameless", test_nameless);
  g_test_add_func ("/accessible-names/hidden", test_hidden);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  return status;
}
