/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes sound a little shorter where it has to catch up, so that nobody hears it.
 *
 * Where what is decoded begins before what came before has ended, as many samples are taken out: at
 * a place where the sound resembles itself, with a short fade from one side to the other (what is
 * taken out is then a period of the voice, or silence). Other sound passes as it is. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_sound_splice_attach:
 * @pad: that raw sound goes out by; it keeps what is needed for as long as it lives
 */
void lec_sound_splice_attach (GstPad *pad);

G_END_DECLS
