/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/choices.h"

#include <glib/gi18n.h>

#include "play/caption-choice.h"
#include "ui/channel-memory.h"
#include "ui/sound-tracks.h"

#define SOUND "sound" /* in memory */
#define CAPTIONS "captions"

static const char *
get_id (LecPlayer *player)
{
  LecChannel *channel = lec_player_get_channel (player);

  return channel != NULL ? lec_channel_get_id (channel) : NULL;
}

GPtrArray *
lec_choices_list_captions (LecPlayer *player)
{
  g_autoptr (LecReport) report = lec_player_dup_report (player);
  guint kinds;

  g_object_get (player, "caption-kinds", &kinds, NULL);
  return lec_caption_tracks_list (report, kinds);
}

GPtrArray *
lec_choices_list_sounds (LecPlayer *player)
{
  g_autoptr (LecReport) report = lec_player_dup_report (player);

  return lec_sound_tracks_list (report, lec_player_get_playing (player));
}

void
lec_choices_set_captions (LecPlayer *player, guint wanted)
{
  g_autoptr (GPtrArray) tracks = lec_choices_list_captions (player);
  const LecCaptionTrack *track = lec_caption_tracks_find_wanted (tracks, wanted);

  g_object_set (player, "captions", wanted, NULL);
  if (track != NULL)
    lec_channel_memory_set (get_id (player), CAPTIONS,
                            wanted != LEC_CAPTIONS_AUTOMATIC ? track->key : NULL);
}

void
lec_choices_set_sound (LecPlayer *player, guint index)
{
  g_autoptr (GPtrArray) sounds = lec_choices_list_sounds (player);

  g_object_set (player, "sound", index, NULL);
  if (index < sounds->len)
    lec_channel_memory_set (get_id (player), SOUND, g_ptr_array_index (sounds, index));
}

char *
lec_choices_dup_captions (LecPlayer *player)
{
  return lec_channel_memory_dup (get_id (player), CAPTIONS);
}

char *
lec_choices_dup_sound (LecPlayer *player)
{
  return lec_channel_memory_dup (get_id (player), SOUND);
}

/* ---- keys ---- */

/* @format: with one %s */
static void
tell (GtkWidget *widget, const char *format, const char *name)
{
  g_autoptr (GString) sentence = g_string_new (format);

  g_string_replace (sentence, "%s", name, 1);
  gtk_widget_activate_action (widget, "win.notify", "s", sentence->str);
}

static gboolean
captions_cb (GtkWidget *widget, GVariant *nothing, gpointer player)
{
  g_autoptr (GPtrArray) tracks = lec_choices_list_captions (player);
  guint wanted;

  if (tracks->len == 0) {
    gtk_widget_activate_action (widget, "win.notify", "s",
                                _ ("This channel has no captions so far."));
    return TRUE;
  }
  g_object_get (player, "captions", &wanted, NULL);
  wanted = lec_caption_tracks_next (tracks, wanted);
  lec_choices_set_captions (player, wanted);
  /* Translators: %s is which captions are shown from now on */
  tell (widget, _ ("Captions: %s"), lec_caption_tracks_find_wanted (tracks, wanted)->name);
  return TRUE;
}

static gboolean
sound_cb (GtkWidget *widget, GVariant *nothing, gpointer player)
{
  g_autoptr (GPtrArray) sounds = lec_choices_list_sounds (player);
  guint index;

  if (sounds->len < 2) {
    gtk_widget_activate_action (widget, "win.notify", "s", _ ("This channel has no other sound."));
    return TRUE;
  }
  g_object_get (player, "sound", &index, NULL);
  index = (index + 1) % sounds->len;
  lec_choices_set_sound (player, index);
  /* Translators: %s is the sound that is heard from now on */
  tell (widget, _ ("Sound: %s"), g_ptr_array_index (sounds, index));
  return TRUE;
}

GtkEventController *
lec_choices_keys_new (LecPlayer *player)
{
  static const struct
  {
    guint key;
    GtkShortcutFunc callback;
  } keys[] = { { GDK_KEY_c, captions_cb }, { GDK_KEY_a, sound_cb } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (
            gtk_keyval_trigger_new (keys[i].key, 0),
            gtk_callback_action_new (keys[i].callback, g_object_ref (player), g_object_unref)));
  return controller;
}
