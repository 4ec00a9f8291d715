/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/record-button.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "play/player.h"
#include "ui/clock-text.h"

#define LOOK_S 1

struct _LecRecordButton
{
  GtkButton parent_instance;

  /* template */
  GtkWidget *icon;
  GtkWidget *labels; /* of which one that fits is shown */
  GtkWidget *label;
  GtkWidget *short_label;

  /* owned */
  LecPlayer *player;
  char *path;    /* (nullable): what is recorded to */
  char *channel; /* (nullable): identity of what is recorded */

  LecRecordingProgress progress; /* when it was looked at last */
  gint64 earlier_us;             /* that is recorded in the files before this one */
  guint64 earlier_bytes;         /* likewise */
  guint look;                    /* source */
};

enum {
  PROP_PLAYER = 1,
};

G_DEFINE_FINAL_TYPE (LecRecordButton, lec_record_button, GTK_TYPE_BUTTON)

static void
show_progress (LecRecordButton *self)
{
  g_autofree char *duration = lec_clock_text_print (self->earlier_us + self->progress.duration_us);
  g_autofree char *size = g_format_size (self->earlier_bytes + self->progress.bytes);
  g_autofree char *text = NULL;

  /* Translators: how long has been recorded, and how large the file is, as in “1:05 · 12.3 MB” */
  text = g_strdup_printf (_ ("%1$s · %2$s"), duration, size);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_label_set_text (GTK_LABEL (self->short_label), duration);
}

/* The channel is received by another way. */
static void
tell_part (LecRecordButton *self)
{
  g_autofree char *name = lec_recording_name_part (self->path, self->progress.part);
  g_autofree char *sentence = NULL;

  /* Translators: %s is the name of a file */
  sentence = g_strdup_printf (_ ("The recording goes on in “%s”."), name);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.notify", "s", sentence);
}

static void
take_progress (LecRecordButton *self, const LecRecordingProgress *progress)
{
  const gboolean is_further = self->progress.part != 0 && progress->part != self->progress.part;

  if (is_further) {
    self->earlier_us += self->progress.duration_us;
    self->earlier_bytes += self->progress.bytes;
  }
  self->progress = *progress;
  if (is_further)
    tell_part (self);
  show_progress (self);
}

static char *
dup_end (LecRecordButton *self, const char *path)
{
  g_autofree char *duration = lec_clock_text_print (self->earlier_us + self->progress.duration_us);
  g_autofree char *size = g_format_size (self->earlier_bytes + self->progress.bytes);
  g_autofree char *last = lec_recording_name_part (path, self->progress.part);

  if (self->progress.part > 1)
    /* Translators: how long, the size, and the names of the first and the last of several files */
    return g_strdup_printf (_ ("Recorded %1$s (%2$s) to “%3$s” … “%4$s”."), duration, size, path,
                            last);
  /* Translators: how long, the size, and the name of a file */
  return g_strdup_printf (_ ("Recorded %1$s (%2$s) to “%3$s”."), duration, size, path);
}

/* What plays instead cannot be recorded: that is told with what has been. */
static char *
dup_problem (LecRecordButton *self, gboolean is_recorded)
{
  const char *problem = lec_player_get_problem (self->player);
  g_autofree char *end = NULL;

  if (problem == NULL || is_recorded)
    return g_strdup (problem);
  end = dup_end (self, self->path);
  return g_strconcat (end, " ", problem, NULL);
}

/* Why nothing more can be written stands behind what was said when it began: it is said again. */
static gboolean
look_cb (gpointer data)
{
  LecRecordButton *self = data;
  LecRecordingProgress progress;
  g_autofree char *problem = NULL;
  const gboolean is_recorded = lec_player_get_recording (self->player, &progress);

  if (is_recorded)
    take_progress (self, &progress);
  if (is_recorded ? !progress.failed : lec_player_get_problem (self->player) == NULL)
    return G_SOURCE_CONTINUE;
  self->look = 0;
  problem = dup_problem (self, is_recorded);
  g_object_set (self->player, "record", NULL, NULL);
  if (problem != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.notify", "s", problem);
  return G_SOURCE_REMOVE;
}

static void
tell_end (LecRecordButton *self, const char *path)
{
  g_autofree char *sentence = NULL;

  if (self->progress.failed)
    return;
  sentence = dup_end (self, path);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.notify", "s", sentence);
}

static void
name (LecRecordButton *self)
{
  const char *text = self->path != NULL ? _ ("End the recording") : _ ("Record…");

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (self->labels, self->path != NULL);
  if (self->path != NULL)
    gtk_widget_add_css_class (self->icon, "recording");
  else
    gtk_widget_remove_css_class (self->icon, "recording");
}

static const char *
get_channel_id (LecRecordButton *self)
{
  const LecChannel *channel = lec_player_get_channel (self->player);

  return channel != NULL ? lec_channel_get_id (channel) : NULL;
}

static void
record_cb (LecRecordButton *self)
{
  g_autofree char *ended = self->path;

  self->path = NULL;
  g_object_get (self->player, "record", &self->path, NULL);
  g_clear_handle_id (&self->look, g_source_remove);
  if (self->path != NULL) {
    g_free (self->channel);
    self->channel = g_strdup (get_channel_id (self));
    self->progress = (LecRecordingProgress){ 0 };
    self->earlier_us = 0;
    self->earlier_bytes = 0;
    self->look = g_timeout_add_seconds (LOOK_S, look_cb, self);
    show_progress (self);
  } else if (ended != NULL) {
    tell_end (self, ended);
  }
  name (self);
}

static void
channel_cb (LecRecordButton *self)
{
  if (self->path != NULL && g_strcmp0 (get_channel_id (self), self->channel) != 0)
    g_object_set (self->player, "record", NULL, NULL);
}

static void
state_cb (LecRecordButton *self)
{
  if (self->path != NULL && !lec_player_state_is_on (lec_player_get_state (self->player)))
    g_object_set (self->player, "record", NULL, NULL);
}

static void
set_player (LecRecordButton *self, LecPlayer *player)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_handle_id (&self->look, g_source_remove);
  g_set_object (&self->player, player);
  if (player == NULL)
    return;

  g_signal_connect_swapped (player, "notify::record", G_CALLBACK (record_cb), self);
  g_signal_connect_swapped (player, "notify::channel", G_CALLBACK (channel_cb), self);
  g_signal_connect_swapped (player, "notify::state", G_CALLBACK (state_cb), self);
  record_cb (self);
}

static void
lec_record_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecRecordButton *self = LEC_RECORD_BUTTON (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_record_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecRecordButton *self = LEC_RECORD_BUTTON (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_record_button_dispose (GObject *object)
{
  LecRecordButton *self = LEC_RECORD_BUTTON (object);

  set_player (self, NULL);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->channel, g_free);

  G_OBJECT_CLASS (lec_record_button_parent_class)->dispose (object);
}

static void
lec_record_button_class_init (LecRecordButtonClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_record_button_get_property;
  object_class->set_property = lec_record_button_set_property;
  object_class->dispose = lec_record_button_dispose;

  g_object_class_install_property (
      object_class, PROP_PLAYER,
      g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lectern/Lectern/record-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LecRecordButton, labels);
  gtk_widget_class_bind_template_child (widget_class, LecRecordButton, label);
  gtk_widget_class_bind_template_child (widget_class, LecRecordButton, short_label);
  gtk_widget_class_bind_template_child (widget_class, LecRecordButton, icon);
}

static void
lec_record_button_init (LecRecordButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name (self);
}
