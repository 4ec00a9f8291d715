/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lets a sound card follow a clock that is not its own sample by sample, where GStreamer's sinks
 * would jump by 20 ms now and then. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_sound_clock_attach:
 * @sink: (transfer none): a sink that has just been made; nothing happens to one that is no
 *   #GstAudioBaseSink
 *
 * The sink is to have little sound ahead of the card. Once it has played for a while by a clock
 * that follows somebody else's, the sink is made to resample. By its own clock, or by the
 * computer's, it is left as it is.
 */
void lec_sound_clock_attach (GstElement *sink);

G_END_DECLS
