/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which captions a channel has, as a viewer chooses among them. */
#pragma once

#include <glib.h>

#include "report/report.h"

G_BEGIN_DECLS

typedef struct
{
  guint wanted; /* as the player's `captions` has it */
  char *name;   /* for a viewer */
  char *key;    /* the same in each language of the window, to be remembered by */
} LecCaptionTrack;

/**
 * lec_caption_tracks_list:
 * @report: (nullable): as of now
 * @kinds: the player's `caption-kinds`: what has said something
 *
 * Where there are any, they can be chosen by themselves, and be off.
 *
 * Returns: (transfer full): of LecCaptionTrack, in the order of the menu
 */
GPtrArray *lec_caption_tracks_list (const LecReport *report, guint kinds);

/* Returns: (transfer none) (nullable): the one with that @key */
const LecCaptionTrack *lec_caption_tracks_find (const GPtrArray *tracks, const char *key);

/* Returns: (transfer none) (nullable): the one that is @wanted */
const LecCaptionTrack *lec_caption_tracks_find_wanted (const GPtrArray *tracks, guint wanted);

/* Returns: the @wanted of the one behind that of @wanted, and of the first behind the last */
guint lec_caption_tracks_next (const GPtrArray *tracks, guint wanted);

G_END_DECLS
