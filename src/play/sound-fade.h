/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sound that begins to be heard, or ends, does so with a short fade: a step in it would be a click.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LEC_SOUND_FADE_US 10000 /* how long it takes from one to the other */

typedef struct _LecSoundFade LecSoundFade;

/**
 * lec_sound_fade_attach:
 * @pad: that raw sound passes, as the sound card will have it
 *
 * What passes is heard, from a fade at its beginning on. Samples that are not known
 * (sound-samples.h) are heard, or are silent, without a fade.
 *
 * Returns: (transfer none): lives as long as @pad
 */
LecSoundFade *lec_sound_fade_attach (GstPad *pad);

/* @is_heard: FALSE: silence passes in its place. Any thread. */
void lec_sound_fade_set_heard (LecSoundFade *self, gboolean is_heard);

G_END_DECLS
