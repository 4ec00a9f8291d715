/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a Windows Media server sends over HTTP, as a source for play/asf-demux: the header, and
 * packets that are whole, each with its time beside it as element/asf-feed has it; and messages of
 * its script commands, as channelsrc has them. It pushes as fast as it is taken, or as the server
 * sends. */
#pragma once

#include <gst/base/gstpushsrc.h>

G_BEGIN_DECLS

#define LEC_TYPE_WMS_SRC (lec_wms_src_get_type ())
G_DECLARE_FINAL_TYPE (LecWmsSrc, lec_wms_src, LEC, WMS_SRC, GstPushSrc)

/**
 * lec_wms_src_new:
 * @uri: of lec_wms_new()
 * @start_us: [µs] where to begin, if the server can
 *
 * Its errors have sentences for viewers.
 *
 * Returns: (transfer floating)
 */
GstElement *lec_wms_src_new (const char *uri, gint64 start_us);

/* Returns: [ns] up to which running time media have come. Any thread. */
GstClockTime lec_wms_src_get_newest (LecWmsSrc *self);

G_END_DECLS
