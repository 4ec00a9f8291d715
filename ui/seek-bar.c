/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/seek-bar.h"

#include <glib/gi18n.h>

#include "play/player.h"
#include "ui/clock-text.h"

#define LOOK_MS 250 /* from one look at where it is to the next */
#define PATIENCE_MS                                                                                \
  150 /* from one place that the slider is drawn to, to the next that is gone to */

struct _LecSeekBar
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *bar;
  GtkWidget *scale;
  GtkAdjustment *position;
  GtkLabel *elapsed;

  /* owned */
  LecPlayer *player;
  guint look;     /* source, while it is seen */
  guint seeking;  /* source: the slider has just been moved */
  gboolean moved; /* since it was gone to where it was */
};

enum {
  PROP_PLAYER = 1,
};

G_DEFINE_FINAL_TYPE (LecSeekBar, lec_seek_bar, GTK_TYPE_WIDGET)

static char *
print (double seconds)
{
  return lec_clock_text_print ((gint64) (seconds * G_TIME_SPAN_SECOND));
}

static char *
duration_cb (LecSeekBar *self, double duration)
{
  return print (duration);
}

static void
tell_elapsed (LecSeekBar *self)
{
  g_autofree char *elapsed = print (gtk_adjustment_get_value (self->position));
  g_autofree char *length = print (gtk_adjustment_get_upper (self->position));
  /* Translators: where a recording is, as in “1:05 of 42:00” */
  g_autofree char *text = g_strdup_printf (_ ("%1$s of %2$s"), elapsed, length);

  if (g_str_equal (gtk_label_get_label (self->elapsed), elapsed))
    return;
  gtk_label_set_label (self->elapsed, elapsed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

/* Where the viewer has put the slider it stays until it is gone there. */
static gboolean
look_cb (gpointer data)
{
  LecSeekBar *self = data;

  if (self->player != NULL && self->seeking == 0)
    gtk_adjustment_set_value (self->position,
                              (double) lec_player_get_position (self->player) / G_USEC_PER_SEC);
  tell_elapsed (self);
  return G_SOURCE_CONTINUE;
}

static void
seek (LecSeekBar *self)
{
  self->moved = FALSE;
  if (self->player != NULL)
    lec_player_seek (self->player,
                     (gint64) (gtk_adjustment_get_value (self->position) * G_USEC_PER_SEC));
}

static gboolean
seeking_cb (gpointer data)
{
  LecSeekBar *self = data;

  if (self->moved) {
    seek (self);
    return G_SOURCE_CONTINUE;
  }
  self->seeking = 0;
  return G_SOURCE_REMOVE;
}

/* At once, and then a few times a second while it is being drawn. */
static gboolean
moved_cb (LecSeekBar *self, GtkScrollType scroll, double value)
{
  gtk_adjustment_set_value (self->position, value);
  tell_elapsed (self);
  self->moved = TRUE;
  if (self->seeking == 0) {
    seek (self);
    self->seeking = g_timeout_add (PATIENCE_MS, seeking_cb, self);
  }
  return TRUE;
}

static void
length_cb (LecSeekBar *self)
{
  double duration = 0;

  if (self->player != NULL)
    g_object_get (self->player, "duration", &duration, NULL);
  gtk_adjustment_set_upper (self->position, duration);
  gtk_widget_set_visible (GTK_WIDGET (self), duration > 0);
}

static void
set_player (LecSeekBar *self, LecPlayer *player)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player != NULL)
    g_signal_connect_swapped (player, "notify::duration", G_CALLBACK (length_cb), self);
  length_cb (self);
}

static void
lec_seek_bar_map (GtkWidget *widget)
{
  LecSeekBar *self = LEC_SEEK_BAR (widget);

  GTK_WIDGET_CLASS (lec_seek_bar_parent_class)->map (widget);
  look_cb (self);
  self->look = g_timeout_add (LOOK_MS, look_cb, self);
}

static void
lec_seek_bar_unmap (GtkWidget *widget)
{
  LecSeekBar *self = LEC_SEEK_BAR (widget);

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->seeking, g_source_remove);
  GTK_WIDGET_CLASS (lec_seek_bar_parent_class)->unmap (widget);
}

static void
lec_seek_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecSeekBar *self = LEC_SEEK_BAR (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_seek_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecSeekBar *self = LEC_SEEK_BAR (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_seek_bar_dispose (GObject *object)
{
  LecSeekBar *self = LEC_SEEK_BAR (object);

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->seeking, g_source_remove);
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_seek_bar_parent_class)->dispose (object);
}

static void
lec_seek_bar_class_init (LecSeekBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_seek_bar_get_property;
  object_class->set_property = lec_seek_bar_set_property;
  object_class->dispose = lec_seek_bar_dispose;
  widget_class->map = lec_seek_bar_map;
  widget_class->unmap = lec_seek_bar_unmap;
  g_object_class_install_property (
      object_class, PROP_PLAYER,
      g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/seek-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LecSeekBar, bar);
  gtk_widget_class_bind_template_child (widget_class, LecSeekBar, scale);
  gtk_widget_class_bind_template_child (widget_class, LecSeekBar, position);
  gtk_widget_class_bind_template_child (widget_class, LecSeekBar, elapsed);
  gtk_widget_class_bind_template_callback (widget_class, duration_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
}

static void
lec_seek_bar_init (LecSeekBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  length_cb (self);
}
