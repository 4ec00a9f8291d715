/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a stream takes of the network: b= lines (RFC 8866, RFC 3556, RFC 3890). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_bandwidth_read:
 * @stream: has its legs and payloads; gets its bandwidths, that of uncompressed media also where
 *   none is said
 */
void lec_sdp_bandwidth_read (const GstSDPMessage *message,
                             const GstSDPMedia *media,
                             LecStream *stream,
                             LecWarnings *warnings);

/* Appends the b= lines of @stream. */
void lec_sdp_bandwidth_print (const LecStream *stream, GString *text);

G_END_DECLS
