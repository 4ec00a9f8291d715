/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Coded pictures as GStreamer hands them over, for the readers of `wire`. */
#pragma once

#include <gst/gst.h>

#include "wire/picture-reader.h"

G_BEGIN_DECLS

/* Makes @reader one for what @caps call, with the parameter sets of their `codec_data`. It forgets
 * those that it knows when the codec is another one only: caps change for small reasons too.
 *
 * Returns: how many those were */
guint lec_coded_buffer_read_caps (const GstCaps *caps, LecPictureReader *reader);

/* @buffer with @memory at @at.
 *
 * @buffer: (transfer full)
 * @memory: (transfer full) */
GstBuffer *lec_coded_buffer_insert (GstBuffer *buffer, gsize at, GstMemory *memory);

G_END_DECLS
