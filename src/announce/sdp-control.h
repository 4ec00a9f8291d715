/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Descriptions that an RTSP server hands out (RFC 2326, appendix C): what they leave open of where
 * the streams arrive, the server says when it is asked for them. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/* Makes @alternative one that the server at @base is asked for. */
void
lec_sdp_control_begin (const GstSDPMessage *message, const char *base, LecAlternative *alternative);

/* What the server calls @stream, and the leg that is announced, or one that stands for what is left
 * open until lec_sdp_control_end(): it is told from others, and that is all. */
void lec_sdp_control_read (const GstSDPMessage *message,
                           const GstSDPMedia *media,
                           LecStream *stream,
                           LecWarnings *warnings);

/* Leaves no legs but those that can be received without the server, and not some of them only. */
void lec_sdp_control_end (LecAlternative *alternative);

G_END_DECLS
