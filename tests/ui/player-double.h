/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A LecPlayer that receives nothing: the test says what it is to claim, and sees what it was told.
 */
#pragma once

#include <gst/gst.h>

#include "play/player.h"

G_BEGIN_DECLS

void player_double_set_state (LecPlayer *self, LecPlayerState state, const char *message);
void player_double_set_media (LecPlayer *self, gboolean has_video, gboolean has_audio);
void player_double_set_second_video (LecPlayer *self, gboolean has_second_video);
void player_double_set_promises_video (LecPlayer *self, gboolean promises_video);
void player_double_set_error (LecPlayer *self, LecError error);
void player_double_set_behind (LecPlayer *self, double behind);

/* @streams: the statistics of the streams, in the text form of structures, with commas between. */
void player_double_set_stats (LecPlayer *self, const char *streams);
void player_double_set_notice (LecPlayer *self, const char *notice);

/* @channels may be %NULL; the first one, if any, becomes the channel. */
void player_double_set_channels (LecPlayer *self, GPtrArray *channels);

/* The calls since this was asked last, as in "open x.sdp; stop; ". */
char *player_double_take_calls (LecPlayer *self);

/* (transfer none) (nullable): as given to lec_player_new(). */
GstElement *player_double_get_video_sink (LecPlayer *self);

/* (transfer none) (nullable): as given to lec_player_set_second_sink(). */
GstElement *player_double_get_second_sink (LecPlayer *self);

G_END_DECLS
