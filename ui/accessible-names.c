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

/* The tabs of GtkStackSwitcher keep the underscore, and the window of shortcuts has a button
 * without a word. */
static void
mend_child (GtkWidget *button, GtkWidget *child)
{
  if (GTK_IS_LABEL (child) && GTK_IS_STACK_SWITCHER (gtk_widget_get_parent (button)))
    set_name (button, gtk_label_get_text (GTK_LABEL (child)));
  else if (GTK_IS_IMAGE (child) && GTK_IS_SHORTCUTS_WINDOW (gtk_widget_get_root (button)))
    set_name (button, _ ("Search"));
}

/* The first one that has something to read. */
static GtkWidget *
find_label (GtkWidget *root)
{
  GtkWidget *found
      = GTK_IS_LABEL (root) && *gtk_label_get_text (GTK_LABEL (root)) != '\0' ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

/* GTK looks for no label below the child of a button, and for none in a row. */
static void
name_by_label (GtkWidget *widget)
{
  GtkWidget *label = find_label (widget);

  if (label != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    label, NULL, -1);
}

static void
mend_button (GtkButton *button)
{
  GtkWidget *widget = GTK_WIDGET (button);

  mend_child (widget, gtk_button_get_child (button));
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
hide_search_cb (GtkSearchBar *bar)
{
  set_hidden (gtk_widget_get_first_child (GTK_WIDGET (bar)), !gtk_search_bar_get_search_mode (bar));
}

/* ---- what has no name ---- */

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* The name of the button that opens it. */
static void
name_menu (GtkWidget *menu)
{
  const char *tooltip = gtk_widget_get_tooltip_text (gtk_widget_get_parent (menu));

  set_name (menu, tooltip != NULL ? tooltip : "");
}

/* The value of a row, which is a list with one item of its own. */
static void
name_value (GtkWidget *list)
{
  GtkWidget *row = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_ROW);

  set_name (list, row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : "");
}

/* What only holds or adorns others would have the name of its class. */
static gboolean
is_nameless (GtkAccessibleRole role)
{
  switch ((int) role) {
  case GTK_ACCESSIBLE_ROLE_GENERIC:
  case GTK_ACCESSIBLE_ROLE_GROUP:
  case GTK_ACCESSIBLE_ROLE_IMG:
  case GTK_ACCESSIBLE_ROLE_LIST:
  case GTK_ACCESSIBLE_ROLE_SCROLLBAR:
  case GTK_ACCESSIBLE_ROLE_SEPARATOR:
  case GTK_ACCESSIBLE_ROLE_TAB_LIST:
  case GTK_ACCESSIBLE_ROLE_WIDGET:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Rows of other lists give themselves a name. */
static gboolean
is_value (GtkWidget *widget)
{
  return gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget))
             == GTK_ACCESSIBLE_ROLE_LIST_ITEM
         && gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW) != NULL;
}

static void
name_otherwise (GtkWidget *widget)
{
  if (GTK_IS_POPOVER_MENU (widget))
    name_menu (widget);
  else if (GTK_IS_SEARCH_ENTRY (widget))
    set_name (widget, _ ("Search"));
  else if (GTK_IS_LIST_VIEW (widget))
    name_value (widget);
  else if (GTK_IS_BUTTON (widget) || is_value (widget))
    name_by_label (widget);
  else if (is_nameless (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget))))
    set_name (widget, "");
}

static gboolean
is_menu_item (GtkWidget *widget)
{
  switch ((int) gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget))) {
  case GTK_ACCESSIBLE_ROLE_MENU_ITEM:
  case GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX:
  case GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO:
    return TRUE;
  default:
    return FALSE;
  }
}

/* The labels that it refers to, anew when it gets a key, have no name with GTK 4.18. */
static void
name_item_cb (GtkWidget *item)
{
  GtkWidget *label = find_label (item);

  if (label == NULL)
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  set_name (item, gtk_label_get_text (GTK_LABEL (label)));
}

static void
mend_widget (GtkWidget *widget)
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
  else if (GTK_IS_SEARCH_BAR (widget))
    follow (widget, "notify::search-mode-enabled", (void (*) (GtkWidget *)) hide_search_cb);
  else if (is_menu_item (widget))
    follow (widget, "notify", name_item_cb);
  if (!is_named (widget))
    name_otherwise (widget);
}

/* Once each, though it may be taken out of its window and put into it again. */
static void
mend (GtkWidget *root)
{
  static GQuark mended;

  if (mended == 0)
    mended = g_quark_from_static_string ("lec-accessible-names");
  if (g_object_get_qdata (G_OBJECT (root), mended) == NULL) {
    g_object_set_qdata (G_OBJECT (root), mended, GINT_TO_POINTER (TRUE));
    mend_widget (root);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    mend (child);
}

static gboolean
realized_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  mend (g_value_get_object (values));
  return TRUE;
}

void
lec_accessible_names_init (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    /* its signals are there once its class is */
    g_autoptr (GTypeClass) class = g_type_class_ref (GTK_TYPE_WIDGET);

    g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, realized_cb, NULL,
                                NULL);
    g_once_init_leave (&done, 1);
  }
}
