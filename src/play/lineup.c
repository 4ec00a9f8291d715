/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/lineup.h"

#include <glib/gi18n-lib.h>

#include "fetch/fetch.h"
#include "fetch/opener.h"
#include "fetch/origin.h"

struct _LecLineup
{
  LecTuner *tuner; /* (unowned) */
  const LecLineupCallbacks *callbacks;
  gpointer data;
  LecLineupKnownFunc known; /* (nullable) */
  gpointer known_data;

  LecOpener *opener;             /* (nullable) */
  LecAnnouncement *announcement; /* (nullable): the last one that was opened */
  LecPlaylist *playlist;         /* (nullable): of it */
  char *origin;                  /* (nullable): where it was opened */
  gboolean renewed;              /* it was opened again, as it was out of date */
  LecChannel *channel;           /* (nullable) */
  gboolean goes_on;    /* the list has come to what plays, and goes on where that is refused */
  gboolean is_refused; /* it cannot be played */
  guint generation;    /* counts plays and stops */
};

/* ---- one after the other ---- */

static void
set_channel (LecLineup *self, LecChannel *channel)
{
  if (self->channel == channel)
    return;
  g_clear_pointer (&self->channel, lec_channel_unref);
  self->channel = channel != NULL ? lec_channel_ref (channel) : NULL;
  self->callbacks->channel (self->data);
}

/* Takes @announcement. */
static void
set_announcement (LecLineup *self, LecAnnouncement *announcement)
{
  g_clear_pointer (&self->playlist, lec_playlist_free);
  g_clear_pointer (&self->announcement, lec_announcement_free);
  self->announcement = announcement;
  if (announcement != NULL)
    self->playlist = lec_playlist_new (announcement);
  self->callbacks->announcement (self->data);
}

/* What is on the air stays there, if there is something to be seen or heard. */
static void
leave (LecLineup *self)
{
  self->generation++;
  self->is_refused = FALSE;
  g_clear_pointer (&self->opener, lec_opener_free);
  lec_tuner_leave (self->tuner);
  self->callbacks->left (self->data);
}

void
lec_lineup_forget (LecLineup *self)
{
  lec_tuner_stop (self->tuner);
  leave (self);
}

void
lec_lineup_stop (LecLineup *self)
{
  lec_lineup_forget (self);
  self->callbacks->state (LEC_PLAYER_STOPPED, LEC_ERROR_NONE, "", self->data);
}

/* Returns: whether to go on: who was told of the channel may have stopped it */
static gboolean
change_channel (LecLineup *self, LecChannel *channel)
{
  guint generation;

  leave (self);
  generation = self->generation;
  set_channel (self, channel);
  if (self->generation != generation)
    return FALSE;
  self->callbacks->begins (self->data);
  return TRUE;
}

LecChannel *
lec_lineup_find_known (LecLineup *self, LecChannel *channel)
{
  LecChannel *known = self->known != NULL ? self->known (channel, self->known_data) : NULL;

  return known != NULL ? known : channel;
}

/* @position_us: [µs] where to begin in a file; 0: where it is announced to begin */
static void
begin (LecLineup *self, LecChannel *channel, gint64 position_us)
{
  if (change_channel (self, lec_lineup_find_known (self, channel)))
    lec_tuner_play (self->tuner, self->channel, self->origin, position_us);
  self->callbacks->moved (self->data);
}

/* Plays @channel, to which the list has come. @why: (nullable): what was in the way of the one
 * before */
static void
play_entry (LecLineup *self, LecChannel *channel, const char *why)
{
  g_autofree char *notice = g_strdup (why);

  self->goes_on = TRUE;
  begin (self, channel, lec_playlist_get_position (self->playlist));
  if (notice != NULL && self->goes_on)
    self->callbacks->notice (notice, self->data);
}

/* Only a metafile is a programme: in any other list a channel that cannot be played, or has ended,
 * is for the viewer to see. */
static gboolean
is_programme (LecLineup *self)
{
  return self->playlist != NULL && g_strcmp0 (self->announcement->format, "asx") == 0;
}

void
lec_lineup_end (LecLineup *self, LecPlaylistEnd end, const char *why)
{
  const gboolean goes_on
      = is_programme (self) || (self->playlist != NULL && end == LEC_PLAYLIST_PLAYED);
  LecChannel *next = goes_on ? lec_playlist_go_on (self->playlist, end) : NULL;

  if (next != NULL)
    play_entry (self, next, why);
  else if (end == LEC_PLAYLIST_PLAYED && !lec_tuner_listen (self->tuner))
    lec_lineup_stop (self);
}

void
lec_lineup_go_on (LecLineup *self)
{
  LecChannel *next
      = is_programme (self) ? lec_playlist_go_on (self->playlist, LEC_PLAYLIST_PLAYED) : NULL;

  if (next != NULL)
    play_entry (self, next, NULL);
}

void
lec_lineup_refuse (LecLineup *self, const char *why)
{
  self->is_refused = TRUE;
  if (self->goes_on)
    lec_lineup_end (self, LEC_PLAYLIST_FAILED, why);
}

/* ---- what the viewer wants ---- */

static void
opened_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  LecLineup *self = data;

  g_clear_pointer (&self->opener, lec_opener_free);
  if (announcement == NULL) {
    self->callbacks->state (LEC_PLAYER_REFUSED, lec_error_get_code (error), error->message,
                            self->data);
    return;
  }
  set_announcement (self, announcement);
  play_entry (self, g_ptr_array_index (announcement->channels, 0), NULL);
}

void
lec_lineup_open (LecLineup *self, const char *location)
{
  g_autofree char *waiting = NULL;
  g_autofree char *shown = NULL;
  guint generation;

  lec_lineup_forget (self);
  set_channel (self, NULL);
  set_announcement (self, NULL);
  self->renewed = FALSE;
  g_free (self->origin);
  self->origin = lec_fetch_is_text (location) ? NULL : g_strdup (location);
  shown = lec_text_hide_password (location);
  waiting = lec_fetch_is_text (location) ? g_strdup (_ ("Opening the text …"))
                                         : g_strdup_printf (_ ("Opening %s …"), shown);
  generation = self->generation;
  self->callbacks->state (LEC_PLAYER_WAITING, LEC_ERROR_NONE, waiting, self->data);
  if (self->generation == generation)
    self->opener = lec_opener_new (location, opened_cb, self);
}

/* Returns: (transfer none) (nullable): what plays, or would have to be skipped, and is not to be */
static LecChannel *
find_obstacle (LecLineup *self, LecChannel *channel)
{
  return self->playlist != NULL && !self->is_refused && lec_tuner_get_playing (self->tuner) != NULL
             ? lec_playlist_find_obstacle (self->playlist, channel)
             : NULL;
}

void
lec_lineup_play (LecLineup *self, LecChannel *channel)
{
  LecChannel *obstacle = find_obstacle (self, channel);

  if (obstacle != NULL) {
    g_autofree char *notice = g_strdup_printf (_ ("This list does not let “%s” be skipped"),
                                               lec_channel_get_title (obstacle));

    self->callbacks->notice (notice, self->data);
    return;
  }
  self->goes_on = FALSE;
  if (self->playlist != NULL)
    lec_playlist_choose (self->playlist, channel);
  begin (self, channel, 0);
}

void
lec_lineup_play_previous (LecLineup *self)
{
  LecChannel *channel = self->playlist != NULL ? lec_playlist_go_back (self->playlist) : NULL;

  if (channel != NULL)
    play_entry (self, channel, NULL);
}

void
lec_lineup_play_next (LecLineup *self)
{
  LecChannel *channel = self->playlist != NULL ? lec_playlist_skip (self->playlist) : NULL;

  if (channel != NULL)
    play_entry (self, channel, NULL);
}

void
lec_lineup_play_anyway (LecLineup *self)
{
  if (self->channel != NULL && change_channel (self, self->channel))
    lec_tuner_play_anyway (self->tuner, self->channel, self->origin);
}

/* ---- what the station wants ---- */

void
lec_lineup_fetch_event (LecLineup *self, const char *name)
{
  LecChannel *channel
      = self->playlist != NULL ? lec_playlist_find_event (self->playlist, name) : NULL;

  if (channel != NULL)
    lec_tuner_stand_by (self->tuner, lec_lineup_find_known (self, channel), self->origin);
}

gboolean
lec_lineup_play_event (LecLineup *self, const char *name)
{
  LecChannel *channel
      = self->playlist != NULL
            ? lec_playlist_begin_event (self->playlist, name, lec_tuner_get_position (self->tuner))
            : NULL;

  if (channel != NULL)
    play_entry (self, channel, NULL);
  return channel != NULL;
}

static gboolean
may_lead (const char *from, const char *to)
{
  return lec_origin_may_lead (lec_origin_is_on_server (from) ? from : LEC_ORIGIN_NETWORK, to);
}

gboolean
lec_lineup_play_uri (LecLineup *self, const char *uri)
{
  LecChannelInfo *info;
  g_autoptr (LecChannel) channel = NULL;

  if (!may_lead (lec_tuner_get_origin (self->tuner), uri))
    return FALSE;
  info = lec_channel_info_new ();
  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = g_strdup (uri);
  channel = lec_channel_new (info, NULL);
  if (channel == NULL)
    return FALSE;
  lec_lineup_play (self, channel);
  return TRUE;
}

void
lec_lineup_renew (LecLineup *self)
{
  g_autofree char *origin = g_strdup (lec_tuner_get_origin (self->tuner));

  if (self->renewed || origin == NULL || self->announcement == NULL
      || self->announcement->channels->len > 1)
    return;
  lec_lineup_open (self, origin);
  self->renewed = TRUE;
}

/* ---- life ---- */

LecLineup *
lec_lineup_new (LecTuner *tuner, const LecLineupCallbacks *callbacks, gpointer data)
{
  LecLineup *self = g_new0 (LecLineup, 1);

  self->tuner = tuner;
  self->callbacks = callbacks;
  self->data = data;
  return self;
}

void
lec_lineup_free (LecLineup *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->opener, lec_opener_free);
  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->playlist, lec_playlist_free);
  g_clear_pointer (&self->announcement, lec_announcement_free);
  g_free (self->origin);
  g_free (self);
}

void
lec_lineup_set_known_func (LecLineup *self, LecLineupKnownFunc func, gpointer data)
{
  self->known = func;
  self->known_data = data;
}

/* ---- what is known ---- */

LecChannel *
lec_lineup_get_channel (LecLineup *self)
{
  return self->channel;
}

const LecAnnouncement *
lec_lineup_get_announcement (LecLineup *self)
{
  return self->announcement;
}

gboolean
lec_lineup_is_announced (LecLineup *self)
{
  return self->announcement != NULL
         && g_ptr_array_find (self->announcement->channels, self->channel, NULL);
}

gboolean
lec_lineup_has_previous (LecLineup *self)
{
  return self->playlist != NULL && lec_playlist_has_previous (self->playlist);
}

gboolean
lec_lineup_has_next (LecLineup *self)
{
  return self->playlist != NULL && lec_playlist_has_next (self->playlist);
}
