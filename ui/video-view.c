/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-view.h"

#define DIM_MS 100    /* what is there by then is no change that is to be seen */
#define WORDS_MS 1000 /* likewise, to be read */

struct _LecVideoView
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *overlay;

  /* owned */
  char *sentence;
  gboolean stale, passing, told, poor;
  gboolean says;    /* the sentence is seen */
  guint dim, words; /* sources; 0: it is no passing, or has been one for so long */
};

enum {
  PROP_CONTENT = 1,
  PROP_STALE,
  PROP_PASSING,
  PROP_TOLD,
  PROP_POOR,
  PROP_SENTENCE,
  PROP_SAYS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecVideoView, lec_video_view, GTK_TYPE_WIDGET)

static void
set_class (LecVideoView *self, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
update_says (LecVideoView *self)
{
  const gboolean says = self->told && self->words == 0;

  if (self->says == says)
    return;
  self->says = says;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SAYS]);
}

static gboolean
dim_cb (gpointer data)
{
  LecVideoView *self = data;

  self->dim = 0;
  set_class (self, "dim", TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
words_cb (gpointer data)
{
  LecVideoView *self = data;

  self->words = 0;
  update_says (self);
  return G_SOURCE_REMOVE;
}

/* Timers, as a delay of an animation does not hold in GTK 4.8 where the widget becomes visible. */
static void
set_passing (LecVideoView *self, gboolean passing)
{
  if (self->passing == passing)
    return;
  self->passing = passing;
  set_class (self, "passing", passing);
  set_class (self, "dim", FALSE);
  g_clear_handle_id (&self->dim, g_source_remove);
  g_clear_handle_id (&self->words, g_source_remove);
  if (passing) {
    self->dim = g_timeout_add (DIM_MS, dim_cb, self);
    self->words = g_timeout_add (WORDS_MS, words_cb, self);
  }
  update_says (self);
}

static void
lec_video_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecVideoView *self = LEC_VIDEO_VIEW (object);

  switch (id) {
  case PROP_CONTENT:
    g_value_set_object (value, gtk_overlay_get_child (GTK_OVERLAY (self->overlay)));
    break;
  case PROP_STALE:
    g_value_set_boolean (value, self->stale);
    break;
  case PROP_PASSING:
    g_value_set_boolean (value, self->passing);
    break;
  case PROP_TOLD:
    g_value_set_boolean (value, self->told);
    break;
  case PROP_POOR:
    g_value_set_boolean (value, self->poor);
    break;
  case PROP_SENTENCE:
    g_value_set_string (value, self->sentence);
    break;
  case PROP_SAYS:
    g_value_set_boolean (value, self->says);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecVideoView *self = LEC_VIDEO_VIEW (object);

  switch (id) {
  case PROP_CONTENT:
    gtk_overlay_set_child (GTK_OVERLAY (self->overlay), g_value_get_object (value));
    break;
  case PROP_STALE:
    self->stale = g_value_get_boolean (value);
    set_class (self, "stale", self->stale);
    break;
  case PROP_PASSING:
    set_passing (self, g_value_get_boolean (value));
    break;
  case PROP_TOLD:
    self->told = g_value_get_boolean (value);
    update_says (self);
    break;
  case PROP_POOR:
    self->poor = g_value_get_boolean (value);
    break;
  case PROP_SENTENCE:
    g_free (self->sentence);
    self->sentence = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_view_dispose (GObject *object)
{
  LecVideoView *self = LEC_VIDEO_VIEW (object);

  g_clear_handle_id (&self->dim, g_source_remove);
  g_clear_handle_id (&self->words, g_source_remove);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_pointer (&self->sentence, g_free);

  G_OBJECT_CLASS (lec_video_view_parent_class)->dispose (object);
}

static void
lec_video_view_class_init (LecVideoViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_video_view_get_property;
  object_class->set_property = lec_video_view_set_property;
  object_class->dispose = lec_video_view_dispose;

  g_object_class_install_property (
      object_class, PROP_CONTENT,
      g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags));
  g_object_class_install_property (object_class, PROP_STALE,
                                   g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_PASSING,
                                   g_param_spec_boolean ("passing", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_TOLD,
                                   g_param_spec_boolean ("told", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_POOR,
                                   g_param_spec_boolean ("poor", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_SENTENCE,
                                   g_param_spec_string ("sentence", NULL, NULL, NULL, flags));

  props[PROP_SAYS]
      = g_param_spec_boolean ("says", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_SAYS, props[PROP_SAYS]);

  gtk_widget_class_set_css_name (widget_class, "videoview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/lectern/Lectern/video-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LecVideoView, overlay);
}

static void
animations_cb (LecVideoView *self)
{
  gboolean moves;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);
  set_class (self, "still", !moves);
}

static void
lec_video_view_init (LecVideoView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)),
                           "notify::gtk-enable-animations", G_CALLBACK (animations_cb), self,
                           G_CONNECT_SWAPPED);
  animations_cb (self);
}
