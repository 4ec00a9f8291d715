/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that play side by side: each of their encoded streams becomes one of the station.
 *
 * Belongs to the main thread. */
#pragma once

#include "cast/station.h"

G_BEGIN_DECLS

typedef struct _LecReel LecReel;

typedef enum {
  LEC_REEL_ONCE,
  LEC_REEL_LOOP, /* when the longest has ended, all begin again; time goes on */
} LecReelEnd;

/**
 * lec_reel_new:
 * @station: (transfer none): outlives the reel
 * @paths: at least one
 * @error: #LEC_ERROR_UNREACHABLE where a file cannot be opened
 *
 * Streams that no payloader takes are left out with a `warning` of the station.
 */
LecReel *lec_reel_new (LecStation *station, char *const *paths, LecReelEnd at_end, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void lec_reel_free (LecReel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReel, lec_reel_free)

G_END_DECLS
