/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The search for a sound device where there is none, or the one that there was has failed.
 *
 * Looks now and then until there is one; owner's thread, by its default main context. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LecSoundSearch LecSoundSearch;

/* @found: there is a device; nothing is looked for any more by then */
LecSoundSearch *lec_sound_search_new (void (*found) (gpointer data),
                                      gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_sound_search_free (LecSoundSearch *self);

/* The sound device has failed, or there is none. At once, unless one that was found before has
 * failed soon: that is not tried again and again. */
void lec_sound_search_begin (LecSoundSearch *self);

/* What was found is in use now. */
void lec_sound_search_note_use (LecSoundSearch *self);

void lec_sound_search_stop (LecSoundSearch *self);

G_END_DECLS
