/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/link-card.h"

struct _LecLinkCard
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkLinkButton *link_button;
  GtkLabel *host_label;

  char *link;   /* (nullable) */
  char *host;   /* (nullable) */
  guint forget; /* source that takes it away; 0: none */
};

enum {
  PROP_LINK = 1,
  PROP_HOST,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecLinkCard, lec_link_card, GTK_TYPE_WIDGET)

static void
hide (LecLinkCard *self)
{
  g_clear_handle_id (&self->forget, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
forget_cb (gpointer data)
{
  LecLinkCard *self = data;

  self->forget = 0;
  hide (self);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (LecLinkCard *self)
{
  hide (self);
}

static void
set_link (LecLinkCard *self, const char *link)
{
  if (g_strcmp0 (self->link, link) == 0)
    return;
  g_free (self->link);
  self->link = g_strdup (link);
  hide (self);
  if (link != NULL) {
    gtk_link_button_set_uri (self->link_button, link);
    gtk_link_button_set_visited (self->link_button, FALSE);
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
    self->forget = g_timeout_add_seconds (LEC_LINK_CARD_S, forget_cb, self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINK]);
}

static void
set_host (LecLinkCard *self, const char *host)
{
  g_free (self->host);
  self->host = g_strdup (host);
  gtk_label_set_text (self->host_label, host != NULL ? host : "");
}

void
lec_link_card_open (LecLinkCard *self)
{
  gboolean handled;

  g_return_if_fail (LEC_IS_LINK_CARD (self));

  if (self->link != NULL)
    g_signal_emit_by_name (self->link_button, "activate-link", &handled);
}

static void
lec_link_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecLinkCard *self = LEC_LINK_CARD (object);

  switch (id) {
  case PROP_LINK:
    g_value_set_string (value, self->link);
    break;
  case PROP_HOST:
    g_value_set_string (value, self->host);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_link_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecLinkCard *self = LEC_LINK_CARD (object);

  switch (id) {
  case PROP_LINK:
    set_link (self, g_value_get_string (value));
    break;
  case PROP_HOST:
    set_host (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_link_card_dispose (GObject *object)
{
  LecLinkCard *self = LEC_LINK_CARD (object);

  g_clear_handle_id (&self->forget, g_source_remove);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_link_card_parent_class)->dispose (object);
}

static void
lec_link_card_class_init (LecLinkCardClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = lec_link_card_get_property;
  object_class->set_property = lec_link_card_set_property;
  object_class->dispose = lec_link_card_dispose;

  properties[PROP_LINK] = g_param_spec_string ("link", NULL, NULL, NULL, flags);
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "linkcard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/link-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LecLinkCard, box);
  gtk_widget_class_bind_template_child (widget_class, LecLinkCard, link_button);
  gtk_widget_class_bind_template_child (widget_class, LecLinkCard, host_label);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
lec_link_card_init (LecLinkCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
