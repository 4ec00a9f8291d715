/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which RTP payloader takes a stream as it is, without transcoding. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_payloaders_take:
 * @caps: of a stream as it comes out of its file
 *
 * Returns: whether lec_payloaders_make() has a payloader for it
 */
gboolean lec_payloaders_take (const GstCaps *caps);

/**
 * lec_payloaders_make:
 * @caps: what lec_payloaders_take() took
 * @dynamic: payload type to use where the encoding has none of its own, 96 to 127
 * @error: #LEC_ERROR_UNREACHABLE where an element is not installed
 *
 * Returns: (nullable) (transfer floating): a bin with the pads `sink` and `src`
 */
GstElement *lec_payloaders_make (const GstCaps *caps, guint dynamic, GError **error);

/**
 * lec_payloaders_make_bin:
 * @description: as for gst-launch, with one free end on either or both sides
 *
 * Returns: (nullable) (transfer floating): NULL with a sentence that names the element which
 *   is not installed
 */
GstElement *lec_payloaders_make_bin (const char *description, GError **error);

G_END_DECLS
