/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The picture that is seen just now: into a file, or onto the clipboard. Notifications say what has
 * become of it (`win.notify`). */
#pragma once

#include <gtk/gtk.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_snapshot_save:
 * @widget: of a window that is shown
 * @picture: (nullable)
 * @channel: (nullable): for the name of the file
 *
 * Into the folder for pictures; a file that is there already stays.
 */
void lec_snapshot_save (GtkWidget *widget, GdkPaintable *picture, const LecChannel *channel);

/* @picture: (nullable) */
void lec_snapshot_copy (GtkWidget *widget, GdkPaintable *picture);

G_END_DECLS
