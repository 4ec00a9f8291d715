/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How it goes with what is played. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LecPlayerState:
 * @LEC_PLAYER_STOPPED: nothing is being received
 * @LEC_PLAYER_WAITING: joined, and nothing has arrived yet
 * @LEC_PLAYER_PLAYING: media arrives and is being shown
 * @LEC_PLAYER_SILENT: nothing arrives any more, or never did; still listening
 * @LEC_PLAYER_REFUSED: it cannot be played; the message that comes with it says why
 */
typedef enum {
  LEC_PLAYER_STOPPED,
  LEC_PLAYER_WAITING,
  LEC_PLAYER_PLAYING,
  LEC_PLAYER_SILENT,
  LEC_PLAYER_REFUSED,
} LecPlayerState;

#define LEC_TYPE_PLAYER_STATE (lec_player_state_get_type ())
GType lec_player_state_get_type (void);

/* Returns: whether something is received in @state, or waited for */
static inline gboolean
lec_player_state_is_on (LecPlayerState state)
{
  return state == LEC_PLAYER_WAITING || state == LEC_PLAYER_PLAYING || state == LEC_PLAYER_SILENT;
}

G_END_DECLS
