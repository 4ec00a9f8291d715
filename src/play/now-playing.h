/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is told of what plays just now: properties that are read, and notify when they change.
 *
 * What a player is derived from, so that they are the player's properties; the player says how it
 * stands, and this keeps it, and tells only what is news. Who is told may ask for anything, and may
 * say anything again. One thread's, as the player. */
#pragma once

#include <glib-object.h>

#include "channel/error.h"
#include "play/caption-choice.h"
#include "play/player-state.h"

G_BEGIN_DECLS

#define LEC_TYPE_NOW_PLAYING (lec_now_playing_get_type ())
G_DECLARE_DERIVABLE_TYPE (LecNowPlaying, lec_now_playing, LEC, NOW_PLAYING, GObject)

struct _LecNowPlayingClass
{
  GObjectClass parent_class;
};

/* Properties, all of them read-only:
 *
 *   state             LecPlayerState
 *   message           string, not NULL: the state as a sentence for a viewer ("Waiting for
 *                     239.1.2.3:5004 on eth0 ..."); empty while playing or stopped
 *   error             int, a LecError: what kind of trouble the message tells of, for the remedy
 *                     that fits; LEC_ERROR_NONE while there is none
 *   notice            string, nullable: a sentence about what is missing although it plays ("No
 *                     sound device was found: the picture plays without sound")
 *   problem           string, nullable: a sentence about what cannot be written as it was asked
 *                     for, as soon as that is known
 *   caption           string, nullable: what is to be read with the channel just now, in lines
 *   caption-picture   LecCaptionPicture, nullable: likewise, where it comes as a picture
 *   caption-kinds     uint: which there have been; a bit for each LecCaptionKind
 *   has-video         boolean: a picture has been shown since the last play
 *   has-second-video  boolean: likewise on a sink behind the first
 *   pictures          uint: on which sinks, a bit for each in the order of the sinks
 *   has-audio         boolean: the channel has a sound track that plays
 *   promises-video    boolean: the channel is said to have a picture, or may have one
 *   behind            double: [s] how far what is shown is behind its arrival from the station; 0:
 *                     not known. Notified when it changes by 10 ms
 *   duration          double: [s] where the file that is played ends; 0: it is none, but something
 *                     live, or has no end that is known
 *   can-seek          boolean: one can go about in it
 *   can-pause         boolean: it is a file, and nothing that is live
 */

/* What is so of a file, and of nothing else. */
typedef struct
{
  double duration; /* [s]; 0: not known */
  gboolean can_seek, can_pause;
} LecNowPlayingFile;

/**
 * lec_now_playing_set_state:
 * @message: what kind of trouble it tells of is @error
 *
 * Error and message are told before the state, so that who hears of that knows why.
 *
 * Returns: whether it is another state than before
 */
gboolean lec_now_playing_set_state (LecNowPlaying *self,
                                    LecPlayerState state,
                                    LecError error,
                                    const char *message);

/* What played has been left: of what was told of it there is no problem, notice, caption or error
 * any more. */
void lec_now_playing_leave (LecNowPlaying *self);

void lec_now_playing_set_notice (LecNowPlaying *self, const char *notice); /* (nullable) */

/* @problem: (nullable): it is the notice as well, for whoever watches */
void lec_now_playing_set_problem (LecNowPlaying *self, const char *problem);

/**
 * lec_now_playing_set_media:
 * @pictures: that are seen: a bit for each
 *
 * Sound is told first: there is no moment at which it seems to go on without the pictures.
 */
void lec_now_playing_set_media (LecNowPlaying *self, gboolean has_audio, guint pictures);

void lec_now_playing_set_promises_video (LecNowPlaying *self, gboolean promises_video);

/* @behind: [s]; a change of less than 10 ms is no news */
void lec_now_playing_set_behind (LecNowPlaying *self, double behind);

void lec_now_playing_set_file (LecNowPlaying *self, const LecNowPlayingFile *file);

/* @caption: (nullable): what @kind says now */
void
lec_now_playing_say_caption (LecNowPlaying *self, LecCaptionKind kind, const char *caption);

/* As lec_now_playing_say_caption() of subtitles, and the @picture (nullable) in the place of it. */
void lec_now_playing_say_subtitles (LecNowPlaying *self,
                                    const char *caption,
                                    LecCaptionPicture *picture);

/* @wanted: one of LecCaptionKind, or subtitles by their id. Of other subtitles than before nothing
 * has been said. */
void lec_now_playing_want_captions (LecNowPlaying *self, guint wanted);
guint lec_now_playing_get_wanted_captions (LecNowPlaying *self);

/* Texts: (transfer none), valid until another one is said. */
LecPlayerState lec_now_playing_get_state (LecNowPlaying *self);
const char *lec_now_playing_get_message (LecNowPlaying *self); /* (not nullable) */
LecError lec_now_playing_get_error (LecNowPlaying *self);
const char *lec_now_playing_get_notice (LecNowPlaying *self);  /* (nullable) */
const char *lec_now_playing_get_problem (LecNowPlaying *self); /* (nullable) */
const char *lec_now_playing_get_caption (LecNowPlaying *self); /* (nullable) */

G_END_DECLS
