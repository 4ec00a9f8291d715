/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/notice-bar.h"

#include "play/player.h"

#define NOTIFICATION_S 10

struct _LecNoticeBar
{
  GtkWidget parent_instance;

  /* template */
  GtkInfoBar *notice;
  GtkLabel *label;
  GtkButton *button;

  /* owned */
  LecPlayer *player;
  char *action;       /* (nullable): that the notification offers */
  char *notification; /* (nullable): of the window; shown before the notice of the player */

  guint forget;       /* source that ends the notification; 0: none */
  guint seen;         /* source that takes the player's notice for read; 0: none */
  gboolean dismissed; /* the viewer has closed the notice of the player */
};

enum {
  PROP_PLAYER = 1,
};

static guint notified_signal, told_signal;

G_DEFINE_FINAL_TYPE (LecNoticeBar, lec_notice_bar, GTK_TYPE_WIDGET)

/* The last sentence stays in the label while the bar closes over it. */
static void
update (LecNoticeBar *self)
{
  const char *notice = self->player != NULL ? lec_player_get_notice (self->player) : NULL;
  const char *text = self->notification;

  if (text == NULL && !self->dismissed)
    text = notice;
  gtk_info_bar_set_revealed (self->notice, text != NULL);
  if (text == NULL)
    return;

  gtk_info_bar_set_message_type (self->notice, self->notification != NULL ? GTK_MESSAGE_INFO
                                                                          : GTK_MESSAGE_WARNING);
  gtk_label_set_text (self->label, text);
  g_signal_emit (self, notified_signal, 0);
}

static void
forget (LecNoticeBar *self)
{
  g_clear_handle_id (&self->forget, g_source_remove);
  g_clear_pointer (&self->notification, g_free);
  g_clear_pointer (&self->action, g_free);
  if (self->button != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
}

static gboolean
forget_cb (gpointer data)
{
  LecNoticeBar *self = data;

  self->forget = 0;
  forget (self);
  update (self);
  return G_SOURCE_REMOVE;
}

void
lec_notice_bar_notify (LecNoticeBar *self, const char *sentence)
{
  g_return_if_fail (LEC_IS_NOTICE_BAR (self));
  g_return_if_fail (sentence != NULL);

  forget (self);
  self->notification = g_strdup (sentence);
  self->forget = g_timeout_add_seconds (NOTIFICATION_S, forget_cb, self);
  update (self);
  g_signal_emit (self, told_signal, 0, self->notification);
}

void
lec_notice_bar_offer (LecNoticeBar *self,
                      const char *sentence,
                      const char *label,
                      const char *action)
{
  g_return_if_fail (LEC_IS_NOTICE_BAR (self));
  g_return_if_fail (sentence != NULL && label != NULL && action != NULL);

  forget (self);
  self->notification = g_strdup (sentence);
  self->action = g_strdup (action);
  gtk_button_set_label (self->button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->button), TRUE);
  update (self);
  g_signal_emit (self, told_signal, 0, self->notification);
}

void
lec_notice_bar_withdraw (LecNoticeBar *self, const char *action)
{
  g_return_if_fail (LEC_IS_NOTICE_BAR (self));

  if (g_strcmp0 (self->action, action) != 0)
    return;
  forget (self);
  update (self);
}

static void
clicked_cb (LecNoticeBar *self)
{
  g_autofree char *action = g_strdup (self->action);

  forget (self);
  update (self);
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* It must not cover the picture each time the bars come. */
static gboolean
seen_cb (gpointer data)
{
  LecNoticeBar *self = data;

  self->seen = 0;
  self->dismissed = TRUE;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
notice_cb (LecNoticeBar *self)
{
  g_clear_handle_id (&self->seen, g_source_remove);
  if (lec_player_get_notice (self->player) != NULL)
    self->seen = g_timeout_add_seconds (NOTIFICATION_S, seen_cb, self);
  self->dismissed = FALSE;
  update (self);
}

static void
response_cb (LecNoticeBar *self)
{
  if (self->notification == NULL)
    self->dismissed = TRUE;
  forget (self);
  update (self);
}

static void
set_player (LecNoticeBar *self, LecPlayer *player)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_func (self->player, notice_cb, self);
  g_set_object (&self->player, player);
  if (player == NULL)
    return;

  g_signal_connect_swapped (player, "notify::notice", G_CALLBACK (notice_cb), self);
  notice_cb (self);
}

static void
lec_notice_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecNoticeBar *self = LEC_NOTICE_BAR (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_notice_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecNoticeBar *self = LEC_NOTICE_BAR (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_notice_bar_dispose (GObject *object)
{
  LecNoticeBar *self = LEC_NOTICE_BAR (object);

  forget (self);
  g_clear_handle_id (&self->seen, g_source_remove);
  set_player (self, NULL);
  self->button = NULL;
  if (self->notice != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->notice)));

  G_OBJECT_CLASS (lec_notice_bar_parent_class)->dispose (object);
}

static void
lec_notice_bar_class_init (LecNoticeBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_notice_bar_get_property;
  object_class->set_property = lec_notice_bar_set_property;
  object_class->dispose = lec_notice_bar_dispose;

  g_object_class_install_property (
      object_class, PROP_PLAYER,
      g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  notified_signal = g_signal_new ("notified", LEC_TYPE_NOTICE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  told_signal = g_signal_new ("told", LEC_TYPE_NOTICE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/notice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LecNoticeBar, notice);
  gtk_widget_class_bind_template_child (widget_class, LecNoticeBar, label);
  gtk_widget_class_bind_template_child (widget_class, LecNoticeBar, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
lec_notice_bar_init (LecNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
