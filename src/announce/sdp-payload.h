/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the payload types of one m= section mean: a=rtpmap, a=fmtp and RFC 3551. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_sdp_payload_read_all:
 * @stream: gets every payload type of @media that is described; the others are warned of
 */
void lec_sdp_payload_read_all (const GstSDPMedia *media,
                               LecStream *stream,
                               LecAnnouncement *announcement);

/**
 * lec_sdp_payload_is_repair:
 * @scheme: (out): set where it is
 *
 * Returns: whether packets of this type only repair those of others
 */
gboolean lec_sdp_payload_is_repair (const LecPayload *payload, LecRepairScheme *scheme);

/**
 * lec_sdp_payload_get_rate:
 *
 * Returns: [bit/s] of uncompressed sound or pictures, which follows from their description; 0 for
 *   all others
 */
guint64 lec_sdp_payload_get_rate (const LecPayload *payload);

G_END_DECLS
