/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saves and copies a channel as an announcement: an SDP file, or text for the clipboard.
 *
 * `win.notify` shows the result, or the reason of a failure, in one sentence. */
#pragma once

#include <gtk/gtk.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_save_propose_name:
 *
 * Returns: (transfer full): the title of @channel as a file name that every system takes, with
 *   `.sdp` at its end
 */
char *lec_save_propose_name (const LecChannel *channel);

/* Returns: (transfer full): likewise, without an ending */
char *lec_save_propose_title (const LecChannel *channel) G_GNUC_WARN_UNUSED_RESULT;

/* Asks where @channel is to be saved, and does it. One dialog at a time for each @window. */
void lec_save_show_dialog (GtkWindow *window, LecChannel *channel);

/**
 * lec_save_to:
 * @widget: in a window that has `win.notify`; may go away before the file is written
 *
 * Writes over what @file was.
 */
void lec_save_to (GtkWidget *widget, const LecChannel *channel, GFile *file);

/* Puts @channel into the clipboard of @widget. */
void lec_save_copy (GtkWidget *widget, const LecChannel *channel);

G_END_DECLS
