/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/sound-tracks.h"

#include <glib/gi18n.h>

#include "play/language.h"

/* A number in front where others are called the same, or nobody says what it is. */
static void
add (GPtrArray *names, const char *label, const char *language)
{
  g_autofree char *spoken = lec_language_dup_name (language);
  const char *name = label != NULL && *label != '\0' ? label : spoken;
  const guint number = names->len + 1;

  if (name == NULL)
    g_ptr_array_add (names, g_strdup_printf (_ ("Sound %u"), number));
  else if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup_printf (_ ("Sound %1$u: %2$s"), number, name));
  else
    g_ptr_array_add (names, g_strdup (name));
}

static void
add_program (GPtrArray *names, const LecTsStats *ts)
{
  const LecTsProgramStats *program = ts->chosen >= 0 ? &ts->programs[ts->chosen] : NULL;

  for (guint i = 0; program != NULL && i < program->n_streams; i++) {
    if (program->streams[i].media == LEC_MEDIA_AUDIO)
      add (names, NULL, program->streams[i].language);
  }
}

static gboolean
has_program (const LecReport *report, guint stream)
{
  return report != NULL && stream < report->n_streams && report->streams[stream].ts.n_programs > 0;
}

GPtrArray *
lec_sound_tracks_list (const LecReport *report, const LecAlternative *playing)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; playing != NULL && i < playing->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (playing->streams, i);

    if (has_program (report, i))
      add_program (names, &report->streams[i].ts);
    else if (stream->media == LEC_MEDIA_AUDIO)
      add (names, stream->label, stream->language);
  }
  return names;
}
