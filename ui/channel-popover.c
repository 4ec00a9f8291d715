/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-popover.h"

#include "play/player.h"

struct _LecChannelPopover
{
  GtkPopover parent_instance;

  /* template */
  GtkListBox *list;

  /* owned */
  LecPlayer *player;
};

enum {
  PROP_PLAYER = 1,
};

G_DEFINE_FINAL_TYPE (LecChannelPopover, lec_channel_popover, GTK_TYPE_POPOVER)

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
row_new (const LecChannel *channel, gboolean current)
{
  const char *description = lec_channel_get_info (channel)->description;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_box_append (GTK_BOX (texts), label_new (lec_channel_get_title (channel), NULL));
  if (description != NULL && *description != '\0') {
    GtkWidget *label = label_new (description, "caption");

    gtk_widget_add_css_class (label, "dim-label");
    gtk_box_append (GTK_BOX (texts), label);
  }
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_opacity (mark, current ? 1.0 : 0.0); /* keeps its room: rows stay aligned */
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lec_channel_get_title (channel), -1);
  return row;
}

static void
fill (LecChannelPopover *self)
{
  GPtrArray *channels = self->player != NULL ? lec_player_get_channels (self->player) : NULL;
  const LecChannel *current = self->player != NULL ? lec_player_get_channel (self->player) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; channels != NULL && i < channels->len; i++) {
    const LecChannel *channel = g_ptr_array_index (channels, i);

    gtk_list_box_append (
        self->list, row_new (channel, current != NULL && lec_channel_equal (channel, current)));
  }
}

static void
row_activated_cb (LecChannelPopover *self, GtkListBoxRow *row)
{
  GPtrArray *channels = lec_player_get_channels (self->player);
  g_autoptr (LecChannel) channel
      = lec_channel_ref (g_ptr_array_index (channels, (guint) gtk_list_box_row_get_index (row)));

  gtk_popover_popdown (GTK_POPOVER (self));
  lec_player_play (self->player, channel);
}

static void
set_player (LecChannelPopover *self, LecPlayer *player)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_func (self->player, fill, self);
  g_set_object (&self->player, player);
  if (player == NULL)
    return;

  g_signal_connect_swapped (player, "notify::channels", G_CALLBACK (fill), self);
  g_signal_connect_swapped (player, "notify::channel", G_CALLBACK (fill), self);
  fill (self);
}

static void
lec_channel_popover_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecChannelPopover *self = LEC_CHANNEL_POPOVER (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_channel_popover_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecChannelPopover *self = LEC_CHANNEL_POPOVER (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_channel_popover_dispose (GObject *object)
{
  set_player (LEC_CHANNEL_POPOVER (object), NULL);

  G_OBJECT_CLASS (lec_channel_popover_parent_class)->dispose (object);
}

static void
lec_channel_popover_class_init (LecChannelPopoverClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_channel_popover_get_property;
  object_class->set_property = lec_channel_popover_set_property;
  object_class->dispose = lec_channel_popover_dispose;

  g_object_class_install_property (
      object_class, PROP_PLAYER,
      g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lectern/Lectern/channel-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LecChannelPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
lec_channel_popover_init (LecChannelPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
