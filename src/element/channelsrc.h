/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* channelsrc: the network front end as one live source element, one pad for each announced stream.
 *
 * `gst-inspect-1.0 channelsrc` describes it for those who use it in pipelines. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_SRC (lec_channel_src_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelSrc, lec_channel_src, LEC, CHANNEL_SRC, GstElement)

G_END_DECLS
