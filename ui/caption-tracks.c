/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/caption-tracks.h"

#include <glib/gi18n.h>

#include "play/caption-choice.h"
#include "play/language.h"

static void
free_track (gpointer data)
{
  LecCaptionTrack *track = data;

  g_free (track->name);
  g_free (track->key);
  g_free (track);
}

/* @name, @key: (transfer full) */
static void
add (GPtrArray *tracks, guint wanted, char *name, char *key)
{
  LecCaptionTrack *track = g_new (LecCaptionTrack, 1);

  *track = (LecCaptionTrack){ wanted, name, key };
  g_ptr_array_add (tracks, track);
}

static void
add_kinds (GPtrArray *tracks, guint kinds)
{
  static const struct
  {
    guint kind;
    const char *name, *key;
  } rows[] = {
    { LEC_CAPTIONS_TYPED, N_ ("Typed Text"), "typed" },
    { LEC_CAPTIONS_SCRIPT, N_ ("Captions of the Station"), "script" },
    { LEC_CAPTIONS_CLOSED, N_ ("Closed Captions (CC1)"), "cc1" },
    { LEC_CAPTIONS_CLOSED + 1, N_ ("Closed Captions (CC2)"), "cc2" },
    { LEC_CAPTIONS_CLOSED + 2, N_ ("Closed Captions (CC3)"), "cc3" },
    { LEC_CAPTIONS_CLOSED + 3, N_ ("Closed Captions (CC4)"), "cc4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if ((kinds & 1u << rows[i].kind) != 0)
      add (tracks, rows[i].kind, g_strdup (_ (rows[i].name)), g_strdup (rows[i].key));
  }
}

static const LecCaptionTrack *
get_track (const GPtrArray *tracks, guint index)
{
  return g_ptr_array_index (tracks, index);
}

static gboolean
has_name (const GPtrArray *tracks, const char *name)
{
  for (guint i = 0; i < tracks->len; i++) {
    if (g_str_equal (get_track (tracks, i)->name, name))
      return TRUE;
  }
  return FALSE;
}

static char *
dup_plain_name (const LecTsSubtitles *subtitles)
{
  g_autofree char *language = lec_language_dup_name (subtitles->language);

  if (language == NULL && subtitles->is_teletext)
    return g_strdup_printf (_ ("Subtitles (page %x)"), subtitles->page);
  if (language == NULL)
    return g_strdup (_ ("Subtitles"));
  if (subtitles->is_hard_of_hearing) /* Translators: %s is a language */
    return g_strdup_printf (_ ("%s, for the hard of hearing"), language);
  return g_steal_pointer (&language);
}

/* A number in front where others are called the same. */
static char *
dup_name (const GPtrArray *tracks, const LecTsSubtitles *subtitles)
{
  g_autofree char *name = dup_plain_name (subtitles);

  if (has_name (tracks, name))
    return g_strdup_printf (_ ("Subtitles %1$u: %2$s"), tracks->len + 1, name);
  return g_steal_pointer (&name);
}

static void
add_subtitles (GPtrArray *tracks, const LecTsStats *ts)
{
  const LecTsProgramStats *program
      = ts->n_programs > 0 && ts->chosen >= 0 ? &ts->programs[ts->chosen] : NULL;

  for (guint i = 0; program != NULL && i < program->n_subtitles; i++) {
    const LecTsSubtitles *subtitles = &program->subtitles[i];

    if (subtitles->out_pid != 0)
      add (tracks, LEC_CAPTIONS_SUBTITLES_ID (subtitles->out_pid, subtitles->page),
           dup_name (tracks, subtitles),
           g_strdup_printf ("%s %s%s %x", subtitles->is_teletext ? "teletext" : "dvb",
                            subtitles->language, subtitles->is_hard_of_hearing ? "+" : "",
                            subtitles->page));
  }
}

GPtrArray *
lec_caption_tracks_list (const LecReport *report, guint kinds)
{
  GPtrArray *tracks = g_ptr_array_new_with_free_func (free_track);

  add_kinds (tracks, kinds);
  for (guint i = 0; report != NULL && i < report->n_streams; i++)
    add_subtitles (tracks, &report->streams[i].ts);
  if (tracks->len > 0) {
    add (tracks, LEC_CAPTIONS_AUTOMATIC, g_strdup (_ ("Automatic")), g_strdup ("automatic"));
    add (tracks, LEC_CAPTIONS_OFF, g_strdup (_ ("Off")), g_strdup ("off"));
  }
  return tracks;
}

const LecCaptionTrack *
lec_caption_tracks_find (const GPtrArray *tracks, const char *key)
{
  for (guint i = 0; i < tracks->len; i++) {
    if (g_strcmp0 (get_track (tracks, i)->key, key) == 0)
      return get_track (tracks, i);
  }
  return NULL;
}

const LecCaptionTrack *
lec_caption_tracks_find_wanted (const GPtrArray *tracks, guint wanted)
{
  for (guint i = 0; i < tracks->len; i++) {
    if (get_track (tracks, i)->wanted == wanted)
      return get_track (tracks, i);
  }
  return NULL;
}

guint
lec_caption_tracks_next (const GPtrArray *tracks, guint wanted)
{
  for (guint i = 0; i + 1 < tracks->len; i++) {
    if (get_track (tracks, i)->wanted == wanted)
      return get_track (tracks, i + 1)->wanted;
  }
  return tracks->len > 0 ? get_track (tracks, 0)->wanted : wanted;
}
