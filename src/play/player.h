/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine: plays one channel at a time through one pipeline, and says in one sentence how it
 * goes.
 *
 * Lives on the thread that made it and tells it everything through property notifications there
 * (the thread-default main context of that thread must run). Knows nothing of GTK: the video sink
 * comes from outside. */
#pragma once

#include <glib-object.h>

#include "announce/announcement.h"
#include "channel/channel.h"
#include "channel/error.h"
#include "play/ahead-cost.h"
#include "play/now-playing.h"
#include "play/recording-progress.h"
#include "report/doctor-case.h"

G_BEGIN_DECLS

typedef struct _GstElement GstElement;
typedef struct _GstSample GstSample;

#define LEC_TYPE_PLAYER (lec_player_get_type ())
G_DECLARE_FINAL_TYPE (LecPlayer, lec_player, LEC, PLAYER, LecNowPlaying)

/* Properties beside those of LecNowPlaying, all notified on the player's thread:
 *
 *   channel           LecChannel, read-only, nullable: what is being played or was refused
 *   channels          GPtrArray of LecChannel, read-only, nullable: all that the last opened
 *                     announcement promises
 *   script            LecScriptCommands, read-only, not NULL, always the same: what the station
 *                     brings by script commands
 *   captions          uint, a LecCaptionKind, or LEC_CAPTIONS_SUBTITLES_ID(): which captions are
 *                     shown. At once
 *   sound             uint: index of the sound that is heard, where there are several; the first for
 *                     each channel. At once
 *   volume            double, 0.0 to 1.0 as on a slider (cubic), default 1.0
 *   muted             boolean
 *   interface         string, nullable: the network interface to join on; NULL: chosen. From the
 *                     next play on
 *   low-ports         boolean: listen on ports below 1024 without being asked. From the next play on
 *   repair            boolean: lost packets are rebuilt, where the station sends what for. From the
 *                     next play on
 *   latency           int, [ms] from arrival to play-out, -1: as needed. From the next play on
 *   capture           string, nullable: a file to write every received datagram to; one that is
 *                     there already is refused, unless this process has begun it. From the next
 *                     play on
 *   replay            string, nullable: such a file, that is played instead of what comes. From the
 *                     next play on
 *   record            string, nullable: a file to write the streams to as they were sent; likewise.
 *                     At once, and it plays on meanwhile; where that fails, `problem` says why, and
 *                     it is NULL
 *   reports           boolean: send receiver reports where the announcement asks for them. From the
 *                     next play on
 *   program           uint: number of the program to play of a transport stream, 0: the announced
 *                     one, or the first that can be played. At once
 *   station           string, nullable: address of the host to receive as long as it sends, where
 *                     several send to one group; NULL: any. At once
 *   has-list          boolean, read-only: what was opened last is a list of several channels
 *   has-previous      boolean, read-only: lec_player_play_previous() leads somewhere
 *   has-next          boolean, read-only: lec_player_play_next() leads somewhere
 *   paused            boolean: the file stands still; stays FALSE where it cannot, and is so again
 *                     for whatever is played next. At once
 *   hidden            boolean: nobody sees the pictures: they are not decoded (play/gop-store.h). At
 *                     once
 *   link-speed        uint, [Mbit/s] that is supposed of the network, for what is joined ahead; 0:
 *                     as the system says
 *   channels-ahead    uint, read-only: how many channels are joined ahead; notified also when
 *                     something else of lec_player_get_ahead_cost() changes
 */

/**
 * lec_player_new:
 * @video_sink: (nullable) (transfer floating): where pictures go; NULL: they are decoded and
 *   dropped
 */
LecPlayer *lec_player_new (GstElement *video_sink) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_player_set_second_sink:
 * @video_sink: (transfer floating): where the second picture of a channel goes: the slides beside
 *   the camera, say
 *
 * Without one, second pictures are not decoded. Once, before the first play.
 */
void lec_player_set_second_sink (LecPlayer *self, GstElement *video_sink);

/**
 * lec_player_set_spare_sinks:
 * @video_sink: (transfer floating): shows pictures where that of lec_player_new() does
 * @second_sink: (transfer floating) (nullable): likewise for lec_player_set_second_sink()
 *
 * With them a channel, or another way to receive it, is prepared while the one before is still seen
 * and heard, until the first picture of the new one. The sinks change their parts at each switch.
 * Once, before the first play, and behind lec_player_set_second_sink().
 */
void lec_player_set_spare_sinks (LecPlayer *self, GstElement *video_sink, GstElement *second_sink);

/**
 * lec_player_add_picture:
 * @video_sink: (transfer floating): where the next picture of a channel goes
 * @spare_sink: (transfer floating): likewise, as of lec_player_set_spare_sinks()
 *
 * Pictures behind the second one: up to #LEC_MAX_STREAMS in all. Behind
 * lec_player_set_spare_sinks(), before the first play. Pictures without sinks are not decoded.
 */
void lec_player_add_picture (LecPlayer *self, GstElement *video_sink, GstElement *spare_sink);

/**
 * LecPlayerKnownFunc:
 * @channel: what is to be played
 *
 * Returns: (transfer none) (nullable): what is known of it, where @channel is an address and no
 *   more; NULL: nothing else
 */
typedef LecChannel *(*LecPlayerKnownFunc) (const LecChannel *channel, gpointer data);

/* Who knows more than the announcement that was opened. @func: (nullable) */
void lec_player_set_known_func (LecPlayer *self, LecPlayerKnownFunc func, gpointer data);

/**
 * lec_player_new_without_output:
 * @decode: whether media is decoded (and then dropped), or packets are only received
 *
 * For programs without a window.
 */
LecPlayer *lec_player_new_without_output (gboolean decode) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_player_open:
 * @location: a path, URI or address as lec_fetch_announcement() takes it
 *
 * Stops what plays, reads the announcement on another thread and plays its first channel; when it
 * cannot be read, the state becomes refused with the reason as message. Returns at once.
 */
void lec_player_open (LecPlayer *self, const char *location);

/* Plays @channel instead of whatever plays now, which stays until the first picture of @channel is
 * there, or its first sound, or until it is clear that it does not come. */
void lec_player_play (LecPlayer *self, LecChannel *channel);

/* Goes to the channel before that of the list that was opened last, or to the next one. Without
 * effect where the properties has-previous and has-next say that there is none. */
void lec_player_play_previous (LecPlayer *self);
void lec_player_play_next (LecPlayer *self);

/**
 * lec_player_play_event:
 * @name: of an event of the announcement that was opened last
 *
 * A station calls it up (a script command): it is played instead of what plays, and then what the
 * announcement says follows it.
 *
 * Returns: FALSE where there is no such event, or another one is playing; then nothing happens
 */
gboolean lec_player_play_event (LecPlayer *self, const char *name);

/**
 * lec_player_play_uri:
 * @uri: absolute, of an announcement or of media
 *
 * A station wants it to be played instead of what plays (a script command).
 *
 * Returns: FALSE where a station may not lead there, as to files and into this computer; then
 *   nothing happens
 */
gboolean lec_player_play_uri (LecPlayer *self, const char *uri);

/* Plays what was refused because it would take more than #LEC_MUCH_BANDWIDTH of the network or listen
 * on a port of the system: a viewer wants it so. Without effect unless the error is
 * #LEC_ERROR_TOO_MUCH or #LEC_ERROR_LOW_PORT. Programs without a window are not asked for the
 * former, and have the property low-ports for the latter. */
void lec_player_override_limits (LecPlayer *self);

/* Ends reception; the groups are left when it returns. The channel stays what it was, to be played
 * again. */
void lec_player_stop (LecPlayer *self);

/* Returns: [µs] where in a file it is; 0: it is none */
gint64 lec_player_get_position (LecPlayer *self);

/* @position_us: where in the file it is to go on, in a moment; what is before or behind it means its
 * beginning or end. Nothing happens where `can-seek` is FALSE. */
void lec_player_seek (LecPlayer *self, gint64 position_us);

/* @channel is about to be played: it is joined at once, and kept until then, where nobody is to be
 * asked (lec_ahead_join_soon()). */
void lec_player_join_soon (LecPlayer *self, LecChannel *channel);

/**
 * lec_player_want_ahead:
 * @channels: (element-type LecChannel): to which the viewer may go next, the likeliest first
 *
 * While a channel plays some of them are joined ahead, as far as that disturbs nobody
 * (play/ahead.h), and show at once when they are played. Of an empty list nothing is.
 */
void lec_player_want_ahead (LecPlayer *self, const GPtrArray *channels);

LecAheadCost lec_player_get_ahead_cost (LecPlayer *self);

/* Returns: (transfer full) (nullable): a picture of @channel, coded, with which a decoder can begin,
 *   where it is joined ahead */
GstSample *lec_player_dup_key_picture (LecPlayer *self, LecChannel *channel);

/* Says whether the channel that it plays was withdrawn by whoever announces it. That may be untrue,
 * and ends nothing; but where nothing arrives the reason is known. */
void lec_player_set_withdrawn (LecPlayer *self, gboolean withdrawn);

LecChannel *lec_player_get_channel (LecPlayer *self); /* (transfer none) (nullable) */
GPtrArray *lec_player_get_channels (LecPlayer *self); /* (transfer none) (nullable) */

/* (transfer none) (nullable): what lec_player_open() has opened last, with its warnings, events and
 * repetitions. */
const LecAnnouncement *lec_player_get_announcement (LecPlayer *self);

LecPlayerState lec_player_get_state (LecPlayer *self);
const char *lec_player_get_message (LecPlayer *self); /* (transfer none) (not nullable) */
LecError lec_player_get_error (LecPlayer *self);
const char *lec_player_get_notice (LecPlayer *self); /* (transfer none) (nullable) */
const char *lec_player_get_caption (LecPlayer *self); /* (transfer none) (nullable) */

const char *lec_player_get_problem (LecPlayer *self); /* (transfer none) (nullable) */

/* Returns: FALSE where nothing is recorded just now */
gboolean lec_player_get_recording (LecPlayer *self, LecRecordingProgress *progress);

/* Index of the alternative being tried in the channel's list; that of the outer announcement where
 * one leads to another. */
guint lec_player_get_alternative (LecPlayer *self);

/* (transfer none) (nullable): the alternative that plays, or was tried last: of the channel, or of
 * one that an alternative of it has led to. */
const LecAlternative *lec_player_get_playing (LecPlayer *self);

/* (transfer none) (nullable): the one in whose place that plays, as nothing came of it. */
const LecAlternative *lec_player_get_missed (LecPlayer *self);

/* Video frames, audio buffers or texts decoded since the last play. */
guint64 lec_player_get_decoded (LecPlayer *self, LecMedia media);

/**
 * lec_player_dup_report:
 *
 * Returns: (transfer full) (nullable): how reception is, what was ignored of the announcement and
 *   what is wrong; NULL when nothing is received
 */
LecReport *lec_player_dup_report (LecPlayer *self);

/**
 * lec_player_open_case:
 * @report: (nullable): of lec_player_dup_report(); is to live as long as what is returned
 *
 * Returns: what the doctor is to be told of what it plays; its texts belong to the player
 */
LecDoctorCase lec_player_open_case (LecPlayer *self, LecReport *report);

G_END_DECLS
