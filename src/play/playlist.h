/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In which order the channels of an announcement are played: which one follows, what is repeated,
 * what a viewer may skip, and what an event of the station breaks into.
 *
 * Plays nothing: its owner says how each went. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

typedef struct _LecPlaylist LecPlaylist;

/**
 * LecPlaylistEnd:
 * @LEC_PLAYLIST_PLAYED: something of it was seen or heard
 * @LEC_PLAYLIST_FAILED: nothing was
 *
 * How a channel has come to its end.
 */
typedef enum {
  LEC_PLAYLIST_PLAYED,
  LEC_PLAYLIST_FAILED,
} LecPlaylistEnd;

/**
 * lec_playlist_new:
 * @announcement: (transfer none): must outlive it
 *
 * Begins with the first channel.
 */
LecPlaylist *lec_playlist_new (const LecAnnouncement *announcement) G_GNUC_WARN_UNUSED_RESULT;
void lec_playlist_free (LecPlaylist *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecPlaylist, lec_playlist_free)

/**
 * lec_playlist_find_obstacle:
 * @channel: that a viewer wants to go to
 *
 * Returns: (transfer none) (nullable): a channel that would be skipped by this, and forbids it
 *   (CLIENTSKIP of an ASX): the way back is always free
 */
LecChannel *lec_playlist_find_obstacle (const LecPlaylist *self, const LecChannel *channel);

/* Goes to @channel, which a viewer has chosen; an event is over then. Returns: FALSE where it is
 * not in the list, which stays where it was, and does not go on by itself until it is gone back to
 */
gboolean lec_playlist_choose (LecPlaylist *self, const LecChannel *channel);

/* Whether lec_playlist_go_back() and lec_playlist_skip() lead somewhere. A viewer may not skip a
 * channel that forbids it (CLIENTSKIP of an ASX), nor an event. */
gboolean lec_playlist_has_previous (const LecPlaylist *self);
gboolean lec_playlist_has_next (const LecPlaylist *self);

/* The viewer goes to the channel before, or to the next one. Returns: (transfer none) (nullable) */
LecChannel *lec_playlist_go_back (LecPlaylist *self);
LecChannel *lec_playlist_skip (LecPlaylist *self);

/**
 * lec_playlist_go_on:
 * @end: how what has played came to its end
 *
 * What is repeated is begun again, unless nothing of it could be played in a whole round.
 *
 * Returns: (transfer none) (nullable): what follows; NULL: that was the end
 */
LecChannel *lec_playlist_go_on (LecPlaylist *self, LecPlaylistEnd end);

/* Returns: (transfer none) (nullable): what lec_playlist_begin_event() would begin with */
LecChannel *lec_playlist_find_event (const LecPlaylist *self, const char *name);

/**
 * lec_playlist_begin_event:
 * @name: compared without case
 * @position_us: [µs] where the channel is, to be gone back to
 *
 * Returns: (transfer none) (nullable): what is played now; NULL where there is no such event, or
 *   another one is being played: then nothing changes
 */
LecChannel *lec_playlist_begin_event (LecPlaylist *self, const char *name, gint64 position_us);

/* Returns: [µs] where the channel that was returned last is to begin, if it was broken into; 0: at
 *   its beginning */
gint64 lec_playlist_get_position (const LecPlaylist *self);

G_END_DECLS
