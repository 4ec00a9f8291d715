/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Records what plays into a file that the viewer chooses, as it was sent. */
#pragma once

#include <gtk/gtk.h>

#include "play/player.h"

G_BEGIN_DECLS

/**
 * lec_record_toggle:
 *
 * Asks where to, and begins; or ends what is being recorded. The channel plays on meanwhile.
 */
void lec_record_toggle (GtkWindow *window, LecPlayer *player);

/* Records to @path; a file that is there was to be replaced. @window: is notified */
void lec_record_begin (GtkWidget *window, LecPlayer *player, const char *path);

G_END_DECLS
