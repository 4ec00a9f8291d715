/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/playlist.h"

struct _LecPlaylist
{
  const LecAnnouncement *announcement; /* (unowned) */
  guint at;                            /* of its channels */
  gboolean is_elsewhere;               /* something plays that is not in the list */
  guint failures;                      /* in a row */
  const LecEvent *event;               /* (nullable) (unowned): that has broken in */
  guint event_at;                      /* of its channels */
  gint64 position_us;                  /* of the channel at the time it was broken into */
  gboolean resumes;                    /* it goes on there */
};

LecPlaylist *
lec_playlist_new (const LecAnnouncement *announcement)
{
  LecPlaylist *self = g_new0 (LecPlaylist, 1);

  self->announcement = announcement;
  return self;
}

void
lec_playlist_free (LecPlaylist *self)
{
  g_free (self);
}

static LecChannel *
get_channel (const LecPlaylist *self)
{
  return g_ptr_array_index (self->announcement->channels, self->at);
}

static LecChannel *
go_to (LecPlaylist *self, guint index)
{
  self->at = index;
  self->event = NULL;
  self->is_elsewhere = FALSE;
  self->resumes = FALSE;
  return get_channel (self);
}

/* What is repeated a number of times is in the list as often. */
gboolean
lec_playlist_choose (LecPlaylist *self, const LecChannel *channel)
{
  guint index;

  if (get_channel (self) == channel) {
    go_to (self, self->at);
    self->failures = 0;
    return TRUE;
  }
  self->is_elsewhere = !g_ptr_array_find (self->announcement->channels, channel, &index);
  if (self->is_elsewhere) {
    self->event = NULL;
    return FALSE;
  }
  go_to (self, index);
  self->failures = 0;
  return TRUE;
}

static gboolean
is_repeated (const LecPlaylist *self)
{
  return self->at >= self->announcement->repeat_from && self->at < self->announcement->repeat_to;
}

/* Returns: index of what follows; that of no channel at the end */
static guint
get_following (const LecPlaylist *self)
{
  const LecAnnouncement *list = self->announcement;
  const gboolean is_fruitless = self->failures >= list->repeat_to - list->repeat_from;

  if (is_repeated (self) && self->at + 1 == list->repeat_to && !is_fruitless)
    return list->repeat_from;
  return self->at + 1;
}

static gboolean
may_be_skipped (const LecChannel *channel)
{
  return (lec_channel_get_info (channel)->flags & LEC_ENTRY_NO_SKIP) == 0;
}

LecChannel *
lec_playlist_find_obstacle (const LecPlaylist *self, const LecChannel *channel)
{
  guint index;

  if (self->is_elsewhere || !g_ptr_array_find (self->announcement->channels, channel, &index))
    return NULL;
  for (guint i = self->at; i < index; i++) {
    LecChannel *skipped = g_ptr_array_index (self->announcement->channels, i);

    if (!may_be_skipped (skipped))
      return skipped;
  }
  return NULL;
}

gboolean
lec_playlist_has_previous (const LecPlaylist *self)
{
  return self->event == NULL && !self->is_elsewhere && self->at > 0;
}

gboolean
lec_playlist_has_next (const LecPlaylist *self)
{
  return self->event == NULL && !self->is_elsewhere && may_be_skipped (get_channel (self))
         && get_following (self) < self->announcement->channels->len
         && get_following (self) != self->at;
}

LecChannel *
lec_playlist_go_back (LecPlaylist *self)
{
  return lec_playlist_has_previous (self) ? go_to (self, self->at - 1) : NULL;
}

LecChannel *
lec_playlist_skip (LecPlaylist *self)
{
  return lec_playlist_has_next (self) ? go_to (self, get_following (self)) : NULL;
}

static LecChannel *
follow (LecPlaylist *self, guint index)
{
  return index < self->announcement->channels->len ? go_to (self, index) : NULL;
}

static LecChannel *
end_event (LecPlaylist *self)
{
  const LecWhenDone when_done = self->event->when_done;

  self->event = NULL;
  if (when_done == LEC_WHEN_DONE_RESUME) {
    self->resumes = TRUE;
    return get_channel (self);
  }
  if (when_done == LEC_WHEN_DONE_NEXT)
    return follow (self, get_following (self));
  return is_repeated (self) ? follow (self, self->announcement->repeat_to) : NULL;
}

LecChannel *
lec_playlist_go_on (LecPlaylist *self, LecPlaylistEnd end)
{
  if (self->is_elsewhere)
    return NULL;
  if (self->event != NULL) {
    if (++self->event_at < self->event->channels->len)
      return g_ptr_array_index (self->event->channels, self->event_at);
    return end_event (self);
  }
  self->failures = end == LEC_PLAYLIST_FAILED ? self->failures + 1 : 0;
  return follow (self, get_following (self));
}

static const LecEvent *
find_event (const LecPlaylist *self, const char *name)
{
  for (guint i = 0; i < self->announcement->events->len; i++) {
    const LecEvent *event = g_ptr_array_index (self->announcement->events, i);

    if (g_ascii_strcasecmp (event->name, name) == 0)
      return event;
  }
  return NULL;
}

/* Returns: (nullable): the one that may break in now */
static const LecEvent *
find_event_to_begin (const LecPlaylist *self, const char *name)
{
  const LecEvent *event
      = self->event == NULL && !self->is_elsewhere ? find_event (self, name) : NULL;

  return event != NULL && event->channels->len > 0 ? event : NULL;
}

LecChannel *
lec_playlist_find_event (const LecPlaylist *self, const char *name)
{
  const LecEvent *event = find_event_to_begin (self, name);

  return event != NULL ? g_ptr_array_index (event->channels, 0) : NULL;
}

LecChannel *
lec_playlist_begin_event (LecPlaylist *self, const char *name, gint64 position_us)
{
  const LecEvent *event = find_event_to_begin (self, name);

  if (event == NULL)
    return NULL;
  self->event = event;
  self->event_at = 0;
  self->position_us = position_us;
  self->resumes = FALSE;
  return g_ptr_array_index (event->channels, 0);
}

gint64
lec_playlist_get_position (const LecPlaylist *self)
{
  return self->resumes ? self->position_us : 0;
}
