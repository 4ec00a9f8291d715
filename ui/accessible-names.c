/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/accessible-names.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Calls @changed now, and at each @signal. */
static void
follow (GtkWidget *widget, const char *signal, void (*changed) (GtkWidget *))
{
  g_signal_connect (widget, signal, G_CALLBACK (changed), NULL);
  changed (widget);
}

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_hidden (GtkWidget *widget, gboolean hidden)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

/* ---- names ---- */

/* The button gives itself its label, underscore and all, as a name, beside the text that is seen.
 */
static void
forget_mnemonic_cb (GtkWidget *button)
{
  gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* An icon has no name: its button has that of the tooltip. */
static void
name_by_tooltip_cb (GtkWidget *button)
{
  const char *tooltip = gtk_widget_get_tooltip_text (button);

  if (tooltip != NULL)
    set_name (button, tooltip);
}

static void
mend_button (GtkButton *button)
{
  GtkWidget *widget = GTK_WIDGET (button);

  if (gtk_button_get_use_underline (button)) {
    follow (widget, "notify::label", forget_mnemonic_cb);
  } else if (gtk_widget_has_css_class (widget, "close")) {
    set_name (widget, _ ("Close"));
  } else if (gtk_button_get_icon_name (button) != NULL) {
    follow (widget, "notify::tooltip-text", name_by_tooltip_cb);
  }
}

/* ---- what is not shown ---- */

static void
hide_other_pages_cb (GtkStack *stack)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (guint i = 0; i < n; i++) {
    g_autoptr (GObject) page = g_list_model_get_item (G_LIST_MODEL (pages), i);
    GtkWidget *child = gtk_stack_page_get_child (GTK_STACK_PAGE (page));
    const gboolean hidden = child != gtk_stack_get_visible_child (stack);

    /* else it would have the name of its class */
    gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
    set_hidden (child, hidden);
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
  }
}

static void
hide_flap_cb (AdwFlap *flap)
{
  set_hidden (adw_flap_get_flap (flap), !adw_flap_get_reveal_flap (flap));
}

/* The bar itself would keep its role, of which nothing is said. */
static void
hide_bar_cb (GtkInfoBar *bar)
{
  set_hidden (gtk_widget_get_first_child (GTK_WIDGET (bar)), !gtk_info_bar_get_revealed (bar));
}

static void
mend (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    follow (widget, "notify::tooltip-text", name_by_tooltip_cb);
  else if (GTK_IS_BUTTON (widget))
    mend_button (GTK_BUTTON (widget));
  else if (GTK_IS_STACK (widget))
    follow (widget, "notify::visible-child", (void (*) (GtkWidget *)) hide_other_pages_cb);
  else if (ADW_IS_FLAP (widget))
    follow (widget, "notify::reveal-flap", (void (*) (GtkWidget *)) hide_flap_cb);
  else if (GTK_IS_INFO_BAR (widget))
    follow (widget, "notify::revealed", (void (*) (GtkWidget *)) hide_bar_cb);
}

void
lec_accessible_names_mend (GtkWidget *root)
{
  mend (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lec_accessible_names_mend (child);
}
