/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How it stands with a Windows Media station ([MS-MSB] 3.2): it sends beacons before it begins, and
 * formats that have to be known; and says nothing when it ends. */
#pragma once

#include "wire/stats.h"

G_BEGIN_DECLS

/**
 * LecMsbState:
 * @LEC_MSB_STATE_NONE: it is no such station
 * @LEC_MSB_STATE_JOINING: nothing of it was heard yet
 * @LEC_MSB_STATE_MISSING: neither media nor beacons have come for 20 s
 * @LEC_MSB_STATE_WAITING: it is there, and has not begun
 * @LEC_MSB_STATE_UNDESCRIBED: for 5 s nothing but formats that its station file does not describe:
 *   that is to be fetched again, once
 * @LEC_MSB_STATE_PLAYING: media come
 * @LEC_MSB_STATE_ENDED: media came, and none for 30 s, whether or not beacons do
 */
typedef enum {
  LEC_MSB_STATE_NONE,
  LEC_MSB_STATE_JOINING,
  LEC_MSB_STATE_MISSING,
  LEC_MSB_STATE_WAITING,
  LEC_MSB_STATE_UNDESCRIBED,
  LEC_MSB_STATE_PLAYING,
  LEC_MSB_STATE_ENDED,
} LecMsbState;

/**
 * lec_msb_state_find:
 * @stats: of the station's stream
 * @joined_ns: session time when it was joined
 * @now_ns: session time
 */
LecMsbState lec_msb_state_find (const LecStats *stats, gint64 joined_ns, gint64 now_ns);

G_END_DECLS
