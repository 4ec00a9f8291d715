/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decides when the sidebar is open.
 *
 * By itself it opens when there is something to choose from and nothing plays, or when more than
 * one channel has been opened at once, but not over a picture, and not when the viewer has closed
 * it. In a narrow window, and in full screen, it is shown only when the viewer asks for it, and
 * goes away once something is chosen. */
#pragma once

#include <adwaita.h>

#include "discovery/channel-list.h"
#include "play/player.h"

G_BEGIN_DECLS

#define LEC_TYPE_SIDEBAR_POLICY (lec_sidebar_policy_get_type ())
G_DECLARE_FINAL_TYPE (LecSidebarPolicy, lec_sidebar_policy, LEC, SIDEBAR_POLICY, GObject)

/* Properties:
 *
 *   choice  string: "shown" or "hidden", as the viewer has left it; "auto": nobody has opened or
 *           closed it by hand. Set to what another policy had, it goes on from there
 */

/**
 * lec_sidebar_policy_new:
 * @flap: locked, in a window; the policy does not hold a reference
 */
LecSidebarPolicy *lec_sidebar_policy_new (AdwFlap *flap,
                                          LecPlayer *player,
                                          LecChannelList *list) G_GNUC_WARN_UNUSED_RESULT;

/* The viewer has chosen a channel. */
void lec_sidebar_policy_chosen (LecSidebarPolicy *self);

G_END_DECLS
