/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a viewer may want otherwise, for all channels. */
#pragma once

#include <adwaita.h>

#include "play/player.h"
#include "ui/ahead-policy.h"
#include "ui/channel-tracker.h"

G_BEGIN_DECLS

/* Shows them over @window; what is changed is set at @player and @tracker, for what plays next, and
 * at @ahead. */
void lec_preferences_show (GtkWindow *window,
                           LecPlayer *player,
                           LecChannelTracker *tracker,
                           LecAheadPolicy *ahead);

G_END_DECLS
