/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/property-list.h"

struct _LecPropertyList
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  int n_rows;
};

G_DEFINE_FINAL_TYPE (LecPropertyList, lec_property_list, GTK_TYPE_WIDGET)

/* Returns: the row of the fact, -1: none yet */
static int
find_row (LecPropertyList *self, const char *name)
{
  for (int i = 0; i < self->n_rows; i++) {
    GtkWidget *label = gtk_grid_get_child_at (GTK_GRID (self->grid), 0, i);

    if (g_str_equal (gtk_label_get_label (GTK_LABEL (label)), name))
      return i;
  }
  return -1;
}

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  return label;
}

static int
add_row (LecPropertyList *self, const char *name)
{
  GtkWidget *title = label_new (name);
  GtkWidget *value = label_new (NULL);

  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_set_hexpand (value, TRUE);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  title, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), title, 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), value, 1, self->n_rows, 1, 1);
  return self->n_rows++;
}

void
lec_property_list_set (LecPropertyList *self, const char *name, const char *value)
{
  const gboolean known = value != NULL && *value != '\0';
  int row;

  g_return_if_fail (LEC_IS_PROPERTY_LIST (self));

  row = find_row (self, name);
  if (row < 0)
    row = add_row (self, name);
  gtk_label_set_label (GTK_LABEL (gtk_grid_get_child_at (GTK_GRID (self->grid), 1, row)),
                       known ? value : "");
  for (int i = 0; i < 2; i++)
    gtk_widget_set_visible (gtk_grid_get_child_at (GTK_GRID (self->grid), i, row), known);
}

static void
lec_property_list_dispose (GObject *object)
{
  g_clear_pointer (&LEC_PROPERTY_LIST (object)->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_property_list_parent_class)->dispose (object);
}

static void
lec_property_list_class_init (LecPropertyListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_property_list_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "propertylist");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
lec_property_list_init (LecPropertyList *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 3);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
lec_property_list_new (void)
{
  return g_object_new (LEC_TYPE_PROPERTY_LIST, NULL);
}
