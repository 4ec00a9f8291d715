/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Joins what the program was started with while there is no window yet: that takes a third of a
 * second, and the key frame that a viewer waits for may come in it. */
#pragma once

#include "play/player.h"

G_BEGIN_DECLS

#define LEC_HEAD_START_MAX (64 * 1024) /* [bytes] of an announcement that is read at once */

/**
 * lec_head_start:
 * @location: a path, a URI or an address: what will be opened soon
 *
 * Only what needs nobody else is read, an address or an announcement in a file of this computer,
 * and only what may be joined without a word is (lec_player_join_soon()).
 */
void lec_head_start (LecPlayer *player, const char *location);

G_END_DECLS
