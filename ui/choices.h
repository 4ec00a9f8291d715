/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a viewer chooses of the sounds and captions of a channel: it is set, and remembered for the
 * channel. */
#pragma once

#include <gtk/gtk.h>

#include "play/player.h"
#include "ui/caption-tracks.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the captions that there are, as of lec_caption_tracks_list() */
GPtrArray *lec_choices_list_captions (LecPlayer *player);

/* Returns: (transfer full): the sounds that there are, as of lec_sound_tracks_list() */
GPtrArray *lec_choices_list_sounds (LecPlayer *player);

void lec_choices_set_captions (LecPlayer *player, guint wanted);
void lec_choices_set_sound (LecPlayer *player, guint index);

/* Returns: (transfer full) (nullable): what was chosen for the channel that plays */
char *lec_choices_dup_captions (LecPlayer *player);
char *lec_choices_dup_sound (LecPlayer *player);

/* Returns: (transfer floating): keys that go from one to the next: `c` captions, `a` sounds. What
 * comes is told with the action `win.notify`. */
GtkEventController *lec_choices_keys_new (LecPlayer *player);

G_END_DECLS
