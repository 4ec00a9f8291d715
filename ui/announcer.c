/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/announcer.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 1000 /* shorter waits are not told: what follows them is */

struct _LecAnnouncer
{
  GtkWidget parent_instance;

  LecPlayer *player; /* (nullable) */
  char *said;        /* (nullable) */
  char *told;        /* (nullable): of the channel, how it stands */
  char *noticed;     /* (nullable): the notice of the player */
  guint look;        /* source; 0: nothing has changed */
  guint patience;    /* source; 0: nothing is waited for, or that is told */
  gboolean was_on;   /* the channel, since it was chosen */
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

/* What is said again is another event to who listens. */
static void
speak (LecAnnouncer *self, const char *sentence)
{
  if (g_strcmp0 (self->said, sentence) == 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  g_free (self->said);
  self->said = g_strdup (sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->said,
                                  -1);
  announce (GTK_WIDGET (self), self->said);
}

void
lec_announcer_say (LecAnnouncer *self, const char *sentence)
{
  g_return_if_fail (LEC_IS_ANNOUNCER (self));
  g_return_if_fail (sentence != NULL);

  if (self->said == NULL || differs_in_words (self->said, sentence))
    speak (self, sentence);
}

void
lec_announcer_tell (LecAnnouncer *self, const char *sentence)
{
  g_return_if_fail (LEC_IS_ANNOUNCER (self));
  g_return_if_fail (sentence != NULL);

  speak (self, sentence);
}

const char *
lec_announcer_get_said (LecAnnouncer *self)
{
  g_return_val_if_fail (LEC_IS_ANNOUNCER (self), NULL);

  return self->said;
}

/* Unless it is what was said of this before. */
static void
speak_once (LecAnnouncer *self, char **before, const char *sentence)
{
  if (*before != NULL && !differs_in_words (*before, sentence))
    return;
  g_free (*before);
  *before = g_strdup (sentence);
  speak (self, sentence);
}

/* The message of the player has the reason where something is wrong. */
static char *
dup_sentence (LecAnnouncer *self)
{
  const LecPlayerState state = lec_player_get_state (self->player);
  const LecChannel *channel = lec_player_get_channel (self->player);
  const char *message = lec_player_get_message (self->player);

  if (message != NULL && *message != '\0')
    return g_strdup (message);
  if (channel != NULL && state == LEC_PLAYER_PLAYING)
    /* Translators: %s is the title of a channel */
    return g_strdup_printf (_ ("Playing: %s"), lec_channel_get_title (channel));
  if (channel != NULL && state == LEC_PLAYER_STOPPED && self->was_on)
    return g_strdup_printf (_ ("Stopped: %s"), lec_channel_get_title (channel));
  return NULL;
}

static void
tell (LecAnnouncer *self)
{
  g_autofree char *sentence = dup_sentence (self);

  if (sentence != NULL)
    speak_once (self, &self->told, sentence);
}

static gboolean
patience_cb (gpointer data)
{
  LecAnnouncer *self = data;

  self->patience = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

/* Not in between: a channel changes before the state does. */
static gboolean
look_cb (gpointer data)
{
  LecAnnouncer *self = data;
  const LecPlayerState state = lec_player_get_state (self->player);

  self->look = 0;
  self->was_on = self->was_on || lec_player_state_is_on (state);
  if (state != LEC_PLAYER_WAITING) {
    g_clear_handle_id (&self->patience, g_source_remove);
    tell (self);
  } else if (self->patience == 0) {
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  }
  return G_SOURCE_REMOVE;
}

static void
player_cb (LecAnnouncer *self)
{
  if (self->look == 0)
    self->look = g_idle_add (look_cb, self);
}

/* Of another one all is new, though it may be called the same but for a number. */
static void
channel_cb (LecAnnouncer *self)
{
  g_clear_pointer (&self->told, g_free);
  self->was_on = FALSE;
  player_cb (self);
}

static void
notice_cb (LecAnnouncer *self)
{
  const char *notice = lec_player_get_notice (self->player);

  if (notice != NULL)
    speak_once (self, &self->noticed, notice);
}

static void
set_player (LecAnnouncer *self, LecPlayer *player)
{
  if (self->player != NULL) {
    g_signal_handlers_disconnect_by_data (self->player, self);
    g_clear_handle_id (&self->look, g_source_remove);
    g_clear_handle_id (&self->patience, g_source_remove);
  }
  g_set_object (&self->player, player);
  if (player == NULL)
    return;

  g_signal_connect_swapped (player, "notify::state", G_CALLBACK (player_cb), self);
  g_signal_connect_swapped (player, "notify::message", G_CALLBACK (player_cb), self);
  g_signal_connect_swapped (player, "notify::channel", G_CALLBACK (channel_cb), self);
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
  LecAnnouncer *self = LEC_ANNOUNCER (object);

  g_free (self->said);
  g_free (self->told);
  g_free (self->noticed);

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
