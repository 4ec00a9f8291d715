/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/recent-list.h"

#include <glib/gi18n.h>

#define APPLICATION "Lectern" /* in the file that all programs share */
#define MAX_SHOWN 5
#define URI_KEY "lec-recent-uri" /* where a row keeps its own */

struct _LecRecentList
{
  GtkBox parent_instance;

  /* template */
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (LecRecentList, lec_recent_list, GTK_TYPE_BOX)

/* ---- what is kept ---- */

static char *
dup_uri (const char *location)
{
  if (g_path_is_absolute (location))
    return g_filename_to_uri (location, NULL, NULL);
  return g_uri_is_valid (location, G_URI_FLAGS_NONE, NULL) ? g_strdup (location) : NULL;
}

void
lec_recent_add (const char *location, const char *title)
{
  g_autofree char *uri = dup_uri (location);
  g_autofree char *type = g_content_type_guess (location, NULL, 0, NULL);
  g_autofree char *mime_type = g_content_type_get_mime_type (type);
  GtkRecentData data = {
    .display_name = (char *) title,
    .mime_type = mime_type,
    .app_name = (char *) APPLICATION,
    .app_exec = (char *) "lectern %u",
  };

  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

/* GTK says of whatever is no file that it does not exist. */
static gboolean
is_ours (GtkRecentInfo *info)
{
  return gtk_recent_info_has_application (info, APPLICATION)
         && (!gtk_recent_info_is_local (info) || gtk_recent_info_exists (info));
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

/* Returns: (transfer full): of GtkRecentInfo, the newest first */
static GPtrArray *
find_ours (void)
{
  GPtrArray *ours = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  g_autolist (GtkRecentInfo) all = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  all = g_list_sort (all, compare_times);
  for (GList *i = all; i != NULL; i = i->next) {
    if (is_ours (i->data))
      g_ptr_array_add (ours, gtk_recent_info_ref (i->data));
  }
  return ours;
}

/* ---- what is shown ---- */

/* As the viewer would write it. */
static char *
dup_location (const char *uri)
{
  g_autofree char *path = g_filename_from_uri (uri, NULL, NULL);

  return path != NULL ? g_steal_pointer (&path) : g_strdup (uri);
}

static void
close_popover (GtkWidget *widget)
{
  GtkWidget *popover = gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
clicked_cb (GtkWidget *row)
{
  g_autofree char *location = dup_location (g_object_get_data (G_OBJECT (row), URI_KEY));

  close_popover (row);
  gtk_widget_activate_action (row, "win.open-location", "s", location);
}

static GtkWidget *
line_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (class != NULL) {
    gtk_widget_add_css_class (label, class);
    gtk_widget_add_css_class (label, "dim-label");
  }
  return label;
}

static GtkWidget *
row_new (GtkRecentInfo *info)
{
  const char *uri = gtk_recent_info_get_uri (info);
  g_autofree char *location = dup_location (uri);
  g_autofree char *shown = g_filename_display_name (location);
  GtkWidget *row = gtk_button_new (), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (lines), line_new (gtk_recent_info_get_display_name (info), NULL));
  gtk_box_append (GTK_BOX (lines), line_new (shown, "caption"));
  gtk_button_set_child (GTK_BUTTON (row), lines);
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_set_tooltip_text (row, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_recent_info_get_display_name (info),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, shown, -1);
  g_object_set_data_full (G_OBJECT (row), URI_KEY, g_strdup (uri), g_free);
  g_signal_connect (row, "clicked", G_CALLBACK (clicked_cb), NULL);
  return row;
}

static void
update (LecRecentList *self)
{
  g_autoptr (GPtrArray) ours = find_ours ();
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (guint i = 0; i < MIN (ours->len, MAX_SHOWN); i++)
    gtk_box_append (GTK_BOX (self->rows), row_new (g_ptr_array_index (ours, i)));
  gtk_widget_set_visible (GTK_WIDGET (self), ours->len > 0);
}

/* Those of other programs stay. */
static void
clear_cb (LecRecentList *self)
{
  g_autoptr (GPtrArray) ours = find_ours ();

  close_popover (GTK_WIDGET (self));
  for (guint i = 0; i < ours->len; i++)
    gtk_recent_manager_remove_item (gtk_recent_manager_get_default (),
                                    gtk_recent_info_get_uri (g_ptr_array_index (ours, i)), NULL);
}

static void
lec_recent_list_class_init (LecRecentListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/recent-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LecRecentList, rows);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
lec_recent_list_init (LecRecentList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
