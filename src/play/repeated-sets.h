/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hides parameter sets that are repeated between the slices of a picture from a depayloader.
 *
 * Between slices they have no place (H.264, 7.4.1.2.3); but GStreamer's rtph264pay with
 * config-interval=-1 puts them in front of each slice of a key frame, and x264 cuts pictures into
 * slices where it is to be quick. A depayloader takes such a picture for two, and a decoder then
 * shows halves. A set that has been sent before, byte for byte, becomes filler data there
 * (H.264, table 7-1; H.265, table 7-1), which everybody skips. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_repeated_sets_hide:
 * @pad: sink pad of a depayloader; it works in its streaming thread, as long as the pad lives
 * @caps: `application/x-rtp` caps: nothing is done for encodings other than H264 (RFC 6184) and
 *   H265 (RFC 7798)
 */
void lec_repeated_sets_hide (GstPad *pad, const GstCaps *caps);

G_END_DECLS
