/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/cue.h"

#include <string.h>

/* The first bytes of it, and no part of a letter. */
static char *
dup_start (const char *text, gsize most)
{
  const gsize length = strlen (text);
  const char *end = text + MIN (length, most);

  if (length > most)
    end = g_utf8_find_prev_char (text, end + 1);
  return g_strndup (text, (gsize) (end - text));
}

LecCue *
lec_cue_new (gint64 pts_ns, gboolean is_ahead, const char *type, const char *parameter)
{
  LecCue *cue = g_new (LecCue, 1);

  cue->pts_ns = pts_ns;
  cue->is_ahead = is_ahead;
  cue->type = dup_start (type, LEC_CUE_TYPE_MAX);
  cue->parameter = dup_start (parameter, LEC_CUE_PARAMETER_MAX);
  return cue;
}

void
lec_cue_free (LecCue *cue)
{
  if (cue == NULL)
    return;
  g_free (cue->type);
  g_free (cue->parameter);
  g_free (cue);
}
