/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/lecture.h"

#include "ui/channel-memory.h"
#include "ui/projector.h"
#include "ui/visibility.h"

#define LAYOUT "layout" /* of the action, and in memory */
#define SCREEN "second-screen"

#define LEC_TYPE_LECTURE (lec_lecture_get_type ())
G_DECLARE_FINAL_TYPE (LecLecture, lec_lecture, LEC, LECTURE, GObject)

struct _LecLecture
{
  GObject parent_instance;

  GtkWindow *window;      /* (nullable) weak */
  LecVideoLayout *layout; /* (nullable) weak */
  LecPlayer *player;      /* (nullable) weak */
  GtkWindow *projector;   /* (nullable) weak: it is GTK's */
  gboolean recalls;       /* what is remembered is being set */
};

G_DEFINE_FINAL_TYPE (LecLecture, lec_lecture, G_TYPE_OBJECT)

static const char *
get_id (LecLecture *self)
{
  LecChannel *channel = self->player != NULL ? lec_player_get_channel (self->player) : NULL;

  return channel != NULL ? lec_channel_get_id (channel) : NULL;
}

static GSimpleAction *
get_action (LecLecture *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->window), name));
}

/* ---- arrangement ---- */

static void
arrangement_cb (LecLecture *self)
{
  g_autofree char *name = NULL;

  if (self->window == NULL)
    return;
  g_object_get (self->layout, "arrangement", &name, NULL);
  g_simple_action_set_state (get_action (self, LAYOUT), g_variant_new_string (name));
  if (!self->recalls)
    lec_channel_memory_set (get_id (self), LAYOUT, g_str_equal (name, "automatic") ? NULL : name);
}

static void
channel_cb (LecLecture *self)
{
  g_autofree char *name = lec_channel_memory_dup (get_id (self), LAYOUT);

  if (self->layout == NULL || get_id (self) == NULL)
    return;
  self->recalls = TRUE;
  g_object_set (self->layout, "arrangement", name, NULL);
  self->recalls = FALSE;
}

static void
layout_cb (LecLecture *self, GVariant *name)
{
  if (self->layout != NULL)
    g_object_set (self->layout, "arrangement", g_variant_get_string (name, NULL), NULL);
}

static void
next_layout_cb (LecLecture *self)
{
  if (self->layout != NULL)
    lec_video_layout_rearrange (self->layout);
}

/* ---- zoom ---- */

static void
zoom (LecLecture *self, double factor)
{
  GtkWidget *view
      = self->layout != NULL ? GTK_WIDGET (lec_video_layout_get_main (self->layout)) : NULL;

  if (view != NULL)
    lec_zoom_view_zoom (LEC_ZOOM_VIEW (view), factor, gtk_widget_get_width (view) / 2.0,
                        gtk_widget_get_height (view) / 2.0);
}

static void
zoom_in_cb (LecLecture *self)
{
  zoom (self, LEC_ZOOM_STEP);
}

static void
zoom_out_cb (LecLecture *self)
{
  zoom (self, 1.0 / LEC_ZOOM_STEP);
}

static void
zoom_reset_cb (LecLecture *self)
{
  if (self->layout != NULL)
    lec_zoom_view_reset (lec_video_layout_get_main (self->layout));
}

/* ---- second screen ---- */

static void
both_cb (LecLecture *self)
{
  if (self->window != NULL)
    g_simple_action_set_enabled (get_action (self, SCREEN),
                                 self->projector != NULL
                                     || lec_video_layout_get_second (self->layout) >= 0);
}

static void
closed_cb (LecLecture *self)
{
  g_clear_weak_pointer (&self->projector);
  if (self->layout == NULL || self->window == NULL)
    return;
  g_object_set (self->layout, "away", -1, NULL);
  g_simple_action_set_state (get_action (self, SCREEN), g_variant_new_boolean (FALSE));
  both_cb (self);
}

static void
slide_cb (LecLecture *self)
{
  int away;

  g_object_get (self->layout, "away", &away, NULL);
  if (self->projector != NULL && away == LEC_SLIDE_PICTURE)
    lec_projector_set_picture (self->projector,
                               lec_video_layout_get_picture (self->layout, LEC_SLIDE_PICTURE));
}

static void
open_projector (LecLecture *self)
{
  const int index = lec_video_layout_get_second (self->layout);

  if (index < 0)
    return;
  g_set_weak_pointer (&self->projector, lec_projector_new (lec_video_layout_get_picture (
                                            self->layout, (guint) index)));
  g_signal_connect_object (self->projector, "destroy", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  lec_visibility_add (self->window, self->projector);
  g_object_set (self->layout, "away", index, NULL);
  g_simple_action_set_state (get_action (self, SCREEN), g_variant_new_boolean (TRUE));
  lec_projector_present (self->projector, self->window);
}

static void
screen_cb (LecLecture *self)
{
  if (self->projector != NULL)
    gtk_window_destroy (self->projector);
  else if (self->layout != NULL && self->window != NULL)
    open_projector (self);
}

/* ---- life ---- */

static void
lec_lecture_dispose (GObject *object)
{
  LecLecture *self = LEC_LECTURE (object);

  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->layout);
  g_clear_weak_pointer (&self->player);
  if (self->projector != NULL)
    gtk_window_destroy (self->projector);
  g_clear_weak_pointer (&self->projector);

  G_OBJECT_CLASS (lec_lecture_parent_class)->dispose (object);
}

static void
lec_lecture_class_init (LecLectureClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_lecture_dispose;
}

static void
lec_lecture_init (LecLecture *self)
{
}

static void
add (LecLecture *self, GSimpleAction *action, const char *signal, GCallback callback)
{
  g_signal_connect_object (action, signal, callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->window), G_ACTION (action));
  g_object_unref (action);
}

static void
add_actions (LecLecture *self)
{
  add (self,
       g_simple_action_new_stateful (LAYOUT, G_VARIANT_TYPE_STRING,
                                     g_variant_new_string ("automatic")),
       "change-state", G_CALLBACK (layout_cb));
  add (self, g_simple_action_new_stateful (SCREEN, NULL, g_variant_new_boolean (FALSE)),
       "change-state", G_CALLBACK (screen_cb));
  add (self, g_simple_action_new ("next-layout", NULL), "activate", G_CALLBACK (next_layout_cb));
  add (self, g_simple_action_new ("zoom-in", NULL), "activate", G_CALLBACK (zoom_in_cb));
  add (self, g_simple_action_new ("zoom-out", NULL), "activate", G_CALLBACK (zoom_out_cb));
  add (self, g_simple_action_new ("zoom-reset", NULL), "activate", G_CALLBACK (zoom_reset_cb));
}

static void
add_keys (LecLecture *self)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_l, "win.next-layout" },        { GDK_KEY_d, "win.second-screen" },
    { GDK_KEY_plus, "win.zoom-in" },         { GDK_KEY_KP_Add, "win.zoom-in" },
    { GDK_KEY_equal, "win.zoom-in" },        { GDK_KEY_minus, "win.zoom-out" },
    { GDK_KEY_KP_Subtract, "win.zoom-out" }, { GDK_KEY_z, "win.zoom-reset" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self->window), controller);
}

void
lec_lecture_attach (GtkApplicationWindow *window, LecVideoLayout *layout, LecPlayer *player)
{
  LecLecture *self = g_object_new (LEC_TYPE_LECTURE, NULL);

  g_set_weak_pointer (&self->window, GTK_WINDOW (window));
  g_set_weak_pointer (&self->layout, layout);
  g_set_weak_pointer (&self->player, player);
  lec_visibility_attach (GTK_WINDOW (window), player);
  if (lec_video_layout_get_picture (layout, 0) != NULL)
    lec_visibility_watch (GTK_WINDOW (window), lec_video_layout_get_picture (layout, 0));
  add_actions (self);
  add_keys (self);
  g_signal_connect_object (layout, "notify::arrangement", G_CALLBACK (arrangement_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (layout, "notify::both", G_CALLBACK (both_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layout, "notify::slide", G_CALLBACK (slide_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::channel", G_CALLBACK (channel_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (g_object_run_dispose), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (window), "lectern-lecture", self, g_object_unref);
  both_cb (self);
}
