/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Says which channels are joined ahead: those to which a key leads from the one that plays, and the
 * one in the list that is pointed at. Whether and when is the engine's to decide (play/ahead.h). */
#pragma once

#include "play/player.h"
#include "ui/channel-sidebar.h"

G_BEGIN_DECLS

#define LEC_TYPE_AHEAD_POLICY (lec_ahead_policy_get_type ())
G_DECLARE_FINAL_TYPE (LecAheadPolicy, lec_ahead_policy, LEC, AHEAD_POLICY, GObject)

/* Properties:
 *
 *   joins    boolean: channels may be joined ahead; default TRUE
 *   metered  boolean: somebody pays for what comes over the network: nothing is joined then
 *   cost     string, read-only, not NULL: what is joined ahead, or why nothing is, as a sentence
 */

LecAheadPolicy *lec_ahead_policy_new (LecPlayer *player,
                                      LecChannelSidebar *sidebar) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
