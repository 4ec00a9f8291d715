/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Helps a decoder over references that are missing.
 *
 * For each reference that is missing in front of a picture FFmpeg makes a picture of its own, as at
 * the recovery point that decoding begins with, or behind a loss: max_num_ref_frames at most.
 * GStreamer before 1.28 takes these for pictures that are ready, and so loses the one that came;
 * all that refer to it are garbage. FFmpeg goes on where it has failed: given the picture some
 * times more it has it in the end. With a thread for each frame 1.22 is well, and with 1.26 it
 * depends on chance.
 *
 * findings/gst-libav-missing-references.sh */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Returns: whether @decoder is one of those */
gboolean lec_frame_gaps_are_trouble (GstElement *decoder);

/* Before @decoder starts: has it decode by slices, not by frames. Of H.264, it is given the
 * pictures behind a gap more than once; what it then has twice comes out once. It must get whole
 * access units.
 */
void lec_frame_gaps_mend (GstElement *decoder);

G_END_DECLS
