/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames in, a GdkPaintable out: the end of a pipeline, to be shown by a GtkPicture.
 *
 * Make it on the main thread. From then on it may be used, and die, on any thread: it never waits
 * for the main loop. The paintable belongs to the main thread. */
#pragma once

#include <gdk/gdk.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define LEC_TYPE_VIDEO_SINK (lec_video_sink_get_type ())
GType lec_video_sink_get_type (void);

/* Properties:
 *
 *   overwritten  uint64, read-only: frames that a newer one replaced before the main loop took them
 */

/**
 * lec_video_sink_new:
 *
 * Returns: (transfer floating): a sink that takes RGB frames, with or without subtitles attached
 */
GstElement *lec_video_sink_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_video_sink_new_beside:
 * @sink: made by lec_video_sink_new()
 *
 * Both show their frames in the same place. With its first frame, the one that has left
 * %GST_STATE_NULL last takes it over, and nothing of the other is seen any more.
 *
 * Returns: (transfer floating): a sink with the paintable of @sink
 */
GstElement *lec_video_sink_new_beside (GstElement *sink) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_video_sink_get_paintable:
 * @sink: made by lec_video_sink_new()
 *
 * Its intrinsic size is that of the picture after correction for the shape of its pixels; zero, and
 * black, before the first frame and after the sink has gone to %GST_STATE_NULL.
 *
 * Returns: (transfer none): where the newest frame is to be seen
 */
GdkPaintable *lec_video_sink_get_paintable (GstElement *sink);

G_END_DECLS
