/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "report/verdict.h"

#define TITLE_MAX 120 /* characters */

/* Video that was announced is waited for, but not forever. */
static const char *
playing_page (gboolean has_picture, gboolean has_audio, gboolean promises_video, gboolean patient)
{
  if (has_picture)
    return "picture";
  if (has_audio && !(promises_video && patient))
    return "sound";
  return "waiting";
}

char *
lec_page_name (gpointer window,
               LecPlayerState state,
               gboolean has_video,
               gboolean has_second_video,
               gboolean has_audio,
               gboolean promises_video,
               gboolean patient,
               const LecChannel *channel)
{
  const gboolean has_picture = has_video || has_second_video;

  switch (state) {
  case LEC_PLAYER_WAITING: /* what was seen before stays until there is something new to see */
    return g_strdup (has_picture ? "picture" : "waiting");
  case LEC_PLAYER_PLAYING:
    return g_strdup (playing_page (has_picture, has_audio, promises_video, patient));
  case LEC_PLAYER_SILENT:
    return g_strdup (has_picture ? "picture" : "silent");
  case LEC_PLAYER_REFUSED:
    return g_strdup ("refused");
  case LEC_PLAYER_STOPPED:
  default:
    return g_strdup (channel != NULL ? "stopped" : "empty");
  }
}

/* What is written large must leave room for the sentence below it. */
static char *
dup_bounded (const char *title)
{
  g_autofree char *begin = NULL;

  if (g_utf8_strlen (title, -1) <= TITLE_MAX)
    return g_strdup (title);
  begin = g_utf8_substring (title, 0, TITLE_MAX - 1);
  return g_strconcat (begin, "…", NULL);
}

/* A channel that is being opened has a location before it has a title. */
char *
lec_page_title (gpointer window,
                LecPlayerState state,
                const LecChannel *channel,
                const char *location)
{
  if (channel != NULL)
    return dup_bounded (lec_channel_get_title (channel));
  /* the text of an announcement is no name */
  if (state == LEC_PLAYER_STOPPED || location == NULL || strchr (location, '\n') != NULL)
    return g_strdup (_ ("Lectern"));
  if (g_path_is_absolute (location)) {
    g_autofree char *name = g_filename_display_basename (location);

    return dup_bounded (name);
  }
  return dup_bounded (location);
}

char *
lec_page_subtitle (gpointer window,
                   LecPlayerState state,
                   const LecChannel *channel,
                   int verdict,
                   gboolean paused)
{
  switch (state) {
  case LEC_PLAYER_WAITING:
    return g_strdup (_ ("Waiting"));
  case LEC_PLAYER_PLAYING:
    return g_strdup (paused ? _ ("Paused") : _ ("Playing"));
  case LEC_PLAYER_SILENT:
    return g_strdup (verdict == LEC_VERDICT_ENDED ? _ ("Ended") : _ ("No signal"));
  case LEC_PLAYER_REFUSED:
    return g_strdup (_ ("Cannot be played"));
  case LEC_PLAYER_STOPPED:
  default:
    return g_strdup (channel != NULL ? _ ("Stopped") : "");
  }
}

/* A status page takes its description for markup, but file names and titles of channels are
 * arbitrary text. While audio plays already, the player has no message, and the viewer still waits
 * for video. */
char *
lec_page_sentence (gpointer window, LecPlayerState state, const char *message)
{
  if (state == LEC_PLAYER_PLAYING)
    return g_markup_escape_text (_ ("Connected, waiting for video"), -1);

  return g_markup_escape_text (message, -1);
}

gboolean
lec_page_needs_source (gpointer window, int error)
{
  return error == LEC_ERROR_NEEDS_SOURCE;
}

gboolean
lec_page_asks (gpointer window, int error)
{
  return error == LEC_ERROR_TOO_MUCH || error == LEC_ERROR_LOW_PORT;
}

char *
lec_page_sound (gpointer window, gboolean promises_video)
{
  return g_strdup (promises_video ? _ ("Only audio received so far.") : _ ("Audio-only channel."));
}
