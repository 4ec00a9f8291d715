/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/start-box.h"

#include <glib/gi18n.h>

#include "ui/recent-list.h"

struct _LecStartBox
{
  GtkBox parent_instance;

  /* template */
  GtkWidget *last_button;
  GtkLabel *last_label;
  GtkWidget *listening_label;

  /* owned */
  GSettings *settings;
  char *listening;
};

enum {
  PROP_SETTINGS = 1,
  PROP_LISTENING,
};

G_DEFINE_FINAL_TYPE (LecStartBox, lec_start_box, GTK_TYPE_BOX)

static void
update (LecStartBox *self)
{
  const char *title = "", *location = "";
  g_autoptr (GVariant) last = NULL;
  g_autofree char *label = NULL;

  if (self->settings != NULL) {
    last = g_settings_get_value (self->settings, "last-channel");
    g_variant_get (last, "(&s&s)", &title, &location);
  }
  gtk_widget_set_visible (self->last_button, *location != '\0');
  /* Translators: %s is the title of the channel that played last */
  label = g_strdup_printf (_ ("Continue with “%s”"), title);
  gtk_label_set_text (self->last_label, label);
}

static void
last_cb (LecStartBox *self)
{
  g_autoptr (GVariant) last = g_settings_get_value (self->settings, "last-channel");
  const char *title, *location;

  g_variant_get (last, "(&s&s)", &title, &location);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-location", "s", location);
}

static void
set_settings (LecStartBox *self, GSettings *settings)
{
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_func (self->settings, update, self);
  g_set_object (&self->settings, settings);
  if (settings != NULL)
    g_signal_connect_swapped (settings, "changed::last-channel", G_CALLBACK (update), self);
}

static void
lec_start_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecStartBox *self = LEC_START_BOX (object);

  switch (id) {
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  case PROP_LISTENING:
    g_value_set_string (value, self->listening);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_start_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecStartBox *self = LEC_START_BOX (object);

  switch (id) {
  case PROP_SETTINGS:
    set_settings (self, g_value_get_object (value));
    update (self);
    break;
  case PROP_LISTENING:
    g_free (self->listening);
    self->listening = g_value_dup_string (value);
    gtk_widget_set_visible (self->listening_label, self->listening != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_start_box_dispose (GObject *object)
{
  LecStartBox *self = LEC_START_BOX (object);

  set_settings (self, NULL);
  g_clear_pointer (&self->listening, g_free);

  G_OBJECT_CLASS (lec_start_box_parent_class)->dispose (object);
}

static void
lec_start_box_class_init (LecStartBoxClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_start_box_get_property;
  object_class->set_property = lec_start_box_set_property;
  object_class->dispose = lec_start_box_dispose;

  g_object_class_install_property (
      object_class, PROP_SETTINGS,
      g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags));
  g_object_class_install_property (object_class, PROP_LISTENING,
                                   g_param_spec_string ("listening", NULL, NULL, NULL, flags));

  g_type_ensure (LEC_TYPE_RECENT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/start-box.ui");
  gtk_widget_class_bind_template_child (widget_class, LecStartBox, last_button);
  gtk_widget_class_bind_template_child (widget_class, LecStartBox, last_label);
  gtk_widget_class_bind_template_child (widget_class, LecStartBox, listening_label);
  gtk_widget_class_bind_template_callback (widget_class, last_cb);
}

static void
lec_start_box_init (LecStartBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
