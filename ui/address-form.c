/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/address-form.h"

struct _LecAddressForm
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (LecAddressForm, lec_address_form, GTK_TYPE_WIDGET)

static gboolean
has_text_cb (LecAddressForm *self, const char *text)
{
  g_autofree char *address = g_strstrip (g_strdup (text));

  return *address != '\0';
}

/* Addresses are pasted from mails and web pages, with white space around them. */
static void
open_cb (LecAddressForm *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (*address == '\0') {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return;
  }

  gtk_editable_set_text (self->entry, "");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-location", "s", address);
}

static gboolean
lec_address_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LEC_ADDRESS_FORM (widget)->entry));
}

static void
lec_address_form_dispose (GObject *object)
{
  LecAddressForm *self = LEC_ADDRESS_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_address_form_parent_class)->dispose (object);
}

static void
lec_address_form_class_init (LecAddressFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_address_form_dispose;
  widget_class->grab_focus = lec_address_form_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lectern/Lectern/address-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LecAddressForm, box);
  gtk_widget_class_bind_template_child (widget_class, LecAddressForm, entry);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
lec_address_form_init (LecAddressForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
