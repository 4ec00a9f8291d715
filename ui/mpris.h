/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The player on the session bus (MPRIS 2.2): media keys, the controls of a desktop and of a lock
 * screen find it there.
 *
 * A channel is live: what MPRIS calls to pause is to stop here. Next and Previous are the entries
 * of a list that was opened, else the channels of the network. */
#pragma once

#include "play/player.h"
#include "ui/window.h"

G_BEGIN_DECLS

/**
 * lec_mpris_attach:
 * @id: of the application; the name on the bus is "org.mpris.MediaPlayer2." with @id behind
 * @window: what is asked for becomes actions of it; ends with it
 * @list: the channels that @window has
 *
 * Without a session bus nothing happens.
 */
void lec_mpris_attach (const char *id, LecWindow *window, LecPlayer *player, LecChannelList *list);

G_END_DECLS
