/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams of Windows Media in RTP ([MS-RTSP] 2.2.5): which ASF header their packets belong to. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_asf_read:
 * @stream: with its payload types
 *
 * Servers of Windows Media give the header once for all streams (`a=pgmpu`), GStreamer gives it as
 * the parameter `config` of each. Here it becomes that parameter, with the start of its Data Object
 * behind it, and without the streams that are sent elsewhere; where there is no header that can be
 * read, there is no such parameter.
 */
void lec_sdp_asf_read (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream);

G_END_DECLS
