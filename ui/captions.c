/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/captions.h"

#include "ui/settings.h"

#define MAX_SIZE 3
#define MAX_GROUND 2

struct _LecCaptions
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel *label;

  GSettings *settings; /* owned (nullable) */
  char *text;          /* (nullable) */
  guint size, ground;
  guint forget; /* source that takes the text away; 0: none */
};

enum {
  PROP_TEXT = 1,
  PROP_SIZE,
  PROP_GROUND,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecCaptions, lec_captions, GTK_TYPE_WIDGET)

static gboolean
forget_cb (gpointer data)
{
  LecCaptions *self = data;

  self->forget = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  return G_SOURCE_REMOVE;
}

static void
set_text (LecCaptions *self, const char *text)
{
  g_autofree char *shown = g_strchomp (g_strdup (text != NULL ? text : ""));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_handle_id (&self->forget, g_source_remove);
  gtk_label_set_text (self->label, shown);
  gtk_widget_set_visible (GTK_WIDGET (self), *shown != '\0');
  if (*shown != '\0')
    self->forget = g_timeout_add_seconds (LEC_CAPTIONS_S, forget_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/* @names: CSS classes, NULL where there is none */
static void
set_class (LecCaptions *self, const char *const *names, guint n, guint chosen)
{
  for (guint i = 0; i < n; i++) {
    if (names[i] != NULL && i != chosen)
      gtk_widget_remove_css_class (GTK_WIDGET (self), names[i]);
  }
  if (names[chosen] != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), names[chosen]);
}

static void
set_size (LecCaptions *self, guint size)
{
  static const char *const names[MAX_SIZE + 1] = { "small", NULL, "large", "huge" };

  self->size = size;
  set_class (self, names, G_N_ELEMENTS (names), size);
}

static void
set_ground (LecCaptions *self, guint ground)
{
  static const char *const names[MAX_GROUND + 1] = { "bare", NULL, "opaque" };

  self->ground = ground;
  set_class (self, names, G_N_ELEMENTS (names), ground);
}

static void
lec_captions_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecCaptions *self = LEC_CAPTIONS (object);

  switch (id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_SIZE:
    g_value_set_uint (value, self->size);
    break;
  case PROP_GROUND:
    g_value_set_uint (value, self->ground);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_captions_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecCaptions *self = LEC_CAPTIONS (object);

  switch (id) {
  case PROP_TEXT:
    set_text (self, g_value_get_string (value));
    break;
  case PROP_SIZE:
    set_size (self, g_value_get_uint (value));
    break;
  case PROP_GROUND:
    set_ground (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_captions_dispose (GObject *object)
{
  LecCaptions *self = LEC_CAPTIONS (object);

  g_clear_handle_id (&self->forget, g_source_remove);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->settings);
  if (self->label != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->label)));

  G_OBJECT_CLASS (lec_captions_parent_class)->dispose (object);
}

static void
lec_captions_class_init (LecCaptionsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_captions_get_property;
  object_class->set_property = lec_captions_set_property;
  object_class->dispose = lec_captions_dispose;

  properties[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SIZE] = g_param_spec_uint ("size", NULL, NULL, 0, MAX_SIZE, 1,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_GROUND] = g_param_spec_uint ("ground", NULL, NULL, 0, MAX_GROUND, 1,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "captions");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/captions.ui");
  gtk_widget_class_bind_template_child (widget_class, LecCaptions, label);
}

static void
lec_captions_init (LecCaptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->size = self->ground = 1;
  self->settings = lec_settings_new ();
  if (self->settings != NULL) {
    g_settings_bind (self->settings, "caption-size", self, "size", G_SETTINGS_BIND_GET);
    g_settings_bind (self->settings, "caption-background", self, "ground", G_SETTINGS_BIND_GET);
  }
}
