/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The header of an ASF file that is played: told of on the bus (LEC_ASF_HEADER_MESSAGE), and read
 * for the markers between which the file is played.
 *
 * It is read before the demultiplexer has what lies behind it, by the thread that pushes. Made,
 * asked and freed on the owner's thread. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"

G_BEGIN_DECLS

typedef struct _LecMediaHeader LecMediaHeader;

/**
 * lec_media_header_new:
 * @element: whose message it is; must outlive it
 * @alternative: with the address of the file, and the markers; likewise
 */
LecMediaHeader *lec_media_header_new (GstElement *element,
                                      const LecAlternative *alternative) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing must push any more. */
void lec_media_header_free (LecMediaHeader *self);

/* It comes by @pad, if the file has one. */
void lec_media_header_watch (LecMediaHeader *self, GstPad *pad);

/* It is read from the disk, where a demultiplexer reads by itself, and nothing comes by. */
void lec_media_header_read (LecMediaHeader *self);

/**
 * lec_media_header_take_span:
 * @start_us: (out): [µs] where the file is to begin
 * @duration_us: (out): [µs]; 0: to its end
 *
 * Returns: whether markers have been read since it was asked last
 */
gboolean lec_media_header_take_span (LecMediaHeader *self, gint64 *start_us, gint64 *duration_us);

G_END_DECLS
