/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where decoded media ends: the branches behind the decoders, made once and used for many channels.
 */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_output_new_picture:
 * @sink: (nullable): a video sink; NULL: pictures keep time and are dropped
 *
 * Returns: (transfer full): takes raw video of any format
 */
GstElement *lec_output_new_picture (GstElement *sink);

/**
 * lec_output_new_sound:
 *
 * Returns: (transfer full): takes raw audio of any format to the default sound device. Where there
 *   is none the sound keeps time and is dropped, with a warning on the bus.
 */
GstElement *lec_output_new_sound (void);

/**
 * lec_output_find_device:
 * @cancellable: (nullable): then @found does not come any more
 * @found: told whether there is a sound device now; in the thread-default main context
 *
 * Tries the default sound device, on a thread of its own, as that may take a second.
 */
void lec_output_find_device (GCancellable *cancellable,
                             void (*found) (gboolean is_there, gpointer data),
                             gpointer data);

/* Lets no picture through until lec_output_release(): the first one waits in front of @picture. */
void lec_output_hold (GstElement *picture);
void lec_output_release (GstElement *picture);

/* @volume: 0.0 to 1.0, as on a slider that feels even */
void lec_output_set_volume (GstElement *sound, double volume);

/* As lec_sound_fade_set_heard(). What is on its way to the sound card then is heard to its end. */
void lec_output_set_heard (GstElement *sound, gboolean is_heard);

G_END_DECLS
