/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station would do by script commands and may not do by itself, as questions to the viewer:
 * slides from elsewhere, and another thing to play. */
#pragma once

#include "play/player.h"
#include "ui/notice-bar.h"

G_BEGIN_DECLS

/* Asks in @bar from now on; the answers are the actions allow-slides and accept-offer of @window.
 * All three live as long as @bar. */
void lec_script_questions_attach (LecNoticeBar *bar, LecPlayer *player, GActionMap *window);

G_END_DECLS
