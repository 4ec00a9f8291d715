/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The window: opens channels, and shows in which state the player is. */
#pragma once

#include <adwaita.h>

#include "discovery/channel-list.h"
#include "play/player.h"

G_BEGIN_DECLS

#define LEC_TYPE_WINDOW (lec_window_get_type ())
G_DECLARE_FINAL_TYPE (LecWindow, lec_window, LEC, WINDOW, AdwApplicationWindow)

/**
 * lec_window_new:
 * @player: stopped when the window closes
 * @list: the channels that one can choose from; what is opened is added to it
 * @picture: where @player shows the first picture of a channel
 * @second_picture: (nullable): where it shows the second one
 */
GtkWidget *lec_window_new (GtkApplication *application,
                           LecPlayer *player,
                           LecChannelList *list,
                           GdkPaintable *picture,
                           GdkPaintable *second_picture);

/* @sink: (transfer floating): of lec_video_sink_new(): where a channel of the list that is pointed
 * at is shown, small */
void lec_window_add_preview (LecWindow *self, GstElement *sink);

/* @index: 2 or more: where the player shows the next picture of a channel */
void lec_window_set_picture (LecWindow *self, guint index, GdkPaintable *picture);

/**
 * lec_window_open:
 * @location: a path, URI or address as lec_player_open() takes it
 */
void lec_window_open (LecWindow *self, const char *location);

/**
 * lec_window_remember:
 * @list: of the window; favourites are added to it
 * @settings: of lec_settings_new(): all is as the viewer left it, and is kept so from then on
 */
void lec_window_remember (LecWindow *self, LecChannelList *list, GSettings *settings);

/* @error: (nullable): why discovery does not work; shown where the list is empty */
void lec_window_set_discovery_error (LecWindow *self, const char *error);

/* @sentence: (nullable): where channels are listened for, and since when */
void lec_window_set_listening (LecWindow *self, const char *sentence);

G_END_DECLS
