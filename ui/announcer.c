/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/announcer.h"

#include <glib/gi18n.h>

struct _LecAnnouncer
{
  GtkWidget parent_instance;

  LecPlayer *player; /* (nullable) */
  char *said;        /* (nullable) */
};

enum {
  PROP_PLAYER = 1,
};

G_DEFINE_FINAL_TYPE (LecAnnouncer, lec_announcer, GTK_TYPE_WIDGET)

/* The only call here that GTK 4.8 does not have. */
static void
announce (GtkWidget *widget, const char *sentence)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* it is newer than what the rest is built for */
      gtk_accessible_announce (GTK_ACCESSIBLE (widget), sentence,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}

static gboolean
differs_in_words (const char *a, const char *b)
{
  for (;; a++, b++) {
    while (g_ascii_isdigit (*a))
      a++;
    while (g_ascii_isdigit (*b))
      b++;
    if (*a != *b)
      return TRUE;
    if (*a == '\0')
      return FALSE;
  }
}

void
lec_announcer_say (LecAnnouncer *self, const char *sentence)
{
  g_return_if_fail (LEC_IS_ANNOUNCER (self));
  g_return_if_fail (sentence != NULL);

  if (self->said != NULL && !differs_in_words (self->said, sentence))
    return;
  g_free (self->said);
  self->said = g_strdup (sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->said,
                                  -1);
  announce (GTK_WIDGET (self), self->said);
}

const char *
lec_announcer_get_said (LecAnnouncer *self)
{
  g_return_val_if_fail (LEC_IS_ANNOUNCER (self), NULL);

  return self->said;
}

/* The message of the player has the reason where something is wrong. */
static void
player_cb (LecAnnouncer *self)
{
  const LecPlayerState state = lec_player_get_state (self->player);
  const LecChannel *channel = lec_player_get_channel (self->player);
  const char *message = lec_player_get_message (self->player);
  g_autofree char *sentence = NULL;

  if (message != NULL && *message != '\0')
    sentence = g_strdup (message);
  else if (channel == NULL)
    return;
  else if (state == LEC_PLAYER_PLAYING)
    /* Translators: %s is the title of a channel */
    sentence = g_strdup_printf (_ ("Playing: %s"), lec_channel_get_title (channel));
  else if (state == LEC_PLAYER_STOPPED)
    sentence = g_strdup_printf (_ ("Stopped: %s"), lec_channel_get_title (channel));
  if (sentence != NULL)
    lec_announcer_say (self, sentence);
}

static void
notice_cb (LecAnnouncer *self)
{
  const char *notice = lec_player_get_notice (self->player);

  if (notice != NULL)
    lec_announcer_say (self, notice);
}

static void
set_player (LecAnnouncer *self, LecPlayer *player)
{
  if (self->player != NULL) {
    g_signal_handlers_disconnect_by_func (self->player, player_cb, self);
    g_signal_handlers_disconnect_by_func (self->player, notice_cb, self);
  }
  g_set_object (&self->player, player);
  if (player == NULL)
    return;

  g_signal_connect_swapped (player, "notify::state", G_CALLBACK (player_cb), self);
  g_signal_connect_swapped (player, "notify::message", G_CALLBACK (player_cb), self);
  g_signal_connect_swapped (player, "notify::channel", G_CALLBACK (player_cb), self);
  g_signal_connect_swapped (player, "notify::notice", G_CALLBACK (notice_cb), self);
}

static void
lec_announcer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  switch (id) {
  case PROP_PLAYER:
    set_player (LEC_ANNOUNCER (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_announcer_dispose (GObject *object)
{
  set_player (LEC_ANNOUNCER (object), NULL);

  G_OBJECT_CLASS (lec_announcer_parent_class)->dispose (object);
}

static void
lec_announcer_finalize (GObject *object)
{
  g_free (LEC_ANNOUNCER (object)->said);

  G_OBJECT_CLASS (lec_announcer_parent_class)->finalize (object);
}

static void
lec_announcer_class_init (LecAnnouncerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->set_property = lec_announcer_set_property;
  object_class->dispose = lec_announcer_dispose;
  object_class->finalize = lec_announcer_finalize;

  g_object_class_install_property (object_class, PROP_PLAYER,
                                   g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  /* not status: GTK 4.18 has no name for it */
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
lec_announcer_init (LecAnnouncer *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}
