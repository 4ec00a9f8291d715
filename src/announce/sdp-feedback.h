/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a station wants to be told what was lost: `a=rtcp-fb` (RFC 4585, section 4.2),
 * `a=rtcp-unicast` (RFC 5760, section 10) and `a=rtcp` (RFC 3605). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/* @stream: has its leg with its sources, and its payloads; gets its feedback as it is announced */
void
lec_sdp_feedback_read (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream);

/* All repair of @stream is known: without retransmission there is nothing to ask for. */
void lec_sdp_feedback_settle (LecStream *stream);

/* Appends what is said for @leg of @stream, its RTCP included. */
void lec_sdp_feedback_print (const LecStream *stream, const LecLeg *leg, GString *text);

G_END_DECLS
