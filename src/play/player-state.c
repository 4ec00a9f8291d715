/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/player-state.h"

G_DEFINE_ENUM_TYPE (LecPlayerState,
                    lec_player_state,
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_PLAYING, "playing"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_SILENT, "silent"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_REFUSED, "refused"))
