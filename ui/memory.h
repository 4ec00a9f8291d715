/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps player and window as the viewer left them, from one start to the next: volume, size, the
 * list, the channel that played last, the preferences. */
#pragma once

#include "play/player.h"
#include "ui/channel-tracker.h"
#include "ui/sidebar-policy.h"

G_BEGIN_DECLS

/**
 * lec_memory_attach:
 * @settings: of lec_settings_new()
 * @window: with a property `location`: what was opened last
 *
 * Sets everything as it was; from then on, what changes is remembered. Ends with the window.
 */
void lec_memory_attach (GSettings *settings,
                        GtkWindow *window,
                        LecPlayer *player,
                        LecChannelTracker *tracker,
                        LecSidebarPolicy *sidebar_policy);

G_END_DECLS
