/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which page the window shows, and its texts.
 *
 * Closures of the template: each is called again when one of its arguments changes, and returns a
 * new string. */
#pragma once

#include "play/player.h"

G_BEGIN_DECLS

/* Returns: the name of a page */
char *lec_page_name (gpointer window,
                     LecPlayerState state,
                     gboolean has_video,
                     gboolean has_second_video,
                     gboolean has_audio,
                     gboolean promises_video,
                     gboolean patient,
                     const LecChannel *channel);

/* @channel, @location: (nullable) */
char *lec_page_title (gpointer window,
                      LecPlayerState state,
                      const LecChannel *channel,
                      const char *location);

/* @channel: (nullable); @verdict: a #LecVerdict */
char *lec_page_subtitle (gpointer window,
                         LecPlayerState state,
                         const LecChannel *channel,
                         int verdict,
                         gboolean paused);

/* Returns: markup */
char *lec_page_sentence (gpointer window, LecPlayerState state, const char *message);

/* The remedies: whether the viewer may help by naming the sender, or has to say whether to join:
 * what takes much of the network, or comes on a port of the system. @error: a LecError */
gboolean lec_page_needs_source (gpointer window, int error);
gboolean lec_page_asks (gpointer window, int error);

/* The text of the page while there is only audio. */
char *lec_page_sound (gpointer window, gboolean promises_video);

G_END_DECLS
