/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/marker-list.h"

#include <glib/gi18n.h>

#include "play/script-commands.h"

struct _LecMarkerList
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *menu_button;
  GtkStringList *lines;

  GPtrArray *markers; /* (nullable) */
};

enum {
  PROP_MARKERS = 1,
};

G_DEFINE_FINAL_TYPE (LecMarkerList, lec_marker_list, GTK_TYPE_WIDGET)

/* As "0:05:07  Introduction". */
static char *
print_marker (const LecMarker *marker, guint number)
{
  const gint64 seconds = marker->time_ms / 1000;
  g_autofree char *unnamed = NULL;

  if (marker->name == NULL)
    unnamed = g_strdup_printf (_ ("Marker %u"), number);
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d  %s", seconds / 3600,
                          (int) (seconds / 60 % 60), (int) (seconds % 60),
                          unnamed != NULL ? unnamed : marker->name);
}

static void
set_markers (LecMarkerList *self, GPtrArray *markers)
{
  g_clear_pointer (&self->markers, g_ptr_array_unref);
  self->markers = markers != NULL ? g_ptr_array_ref (markers) : NULL;
  gtk_string_list_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                          NULL);
  for (guint i = 0; markers != NULL && i < markers->len; i++)
    gtk_string_list_take (self->lines, print_marker (g_ptr_array_index (markers, i), i + 1));
  gtk_widget_set_visible (GTK_WIDGET (self), markers != NULL && markers->len > 0);
}

static void
lec_marker_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecMarkerList *self = LEC_MARKER_LIST (object);

  switch (id) {
  case PROP_MARKERS:
    g_value_set_boxed (value, self->markers);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_marker_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecMarkerList *self = LEC_MARKER_LIST (object);

  switch (id) {
  case PROP_MARKERS:
    set_markers (self, g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_marker_list_dispose (GObject *object)
{
  LecMarkerList *self = LEC_MARKER_LIST (object);

  g_clear_pointer (&self->markers, g_ptr_array_unref);
  g_clear_pointer (&self->menu_button, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_marker_list_parent_class)->dispose (object);
}

static void
lec_marker_list_class_init (LecMarkerListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_marker_list_get_property;
  object_class->set_property = lec_marker_list_set_property;
  object_class->dispose = lec_marker_list_dispose;

  g_object_class_install_property (object_class, PROP_MARKERS,
                                   g_param_spec_boxed ("markers", NULL, NULL, G_TYPE_PTR_ARRAY,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/marker-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LecMarkerList, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LecMarkerList, lines);
}

static void
lec_marker_list_init (LecMarkerList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
