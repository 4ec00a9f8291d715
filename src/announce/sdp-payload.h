/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the payload types of one m= section mean: a=rtpmap, a=fmtp and RFC 3551. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_payload_read_all:
 * @stream: gets every payload type of @media that is described; the others are warned of
 */
void lec_sdp_payload_read_all (const GstSDPMedia *media, LecStream *stream, LecWarnings *warnings);

/* Appends what the formats of an m= line mean; @parameters: as of a LecPayload. */
void lec_sdp_payload_print (guint payload,
                            const char *encoding,
                            guint clock_rate,
                            guint channels,
                            GStrv parameters,
                            GString *text);

/**
 * lec_sdp_payload_is_repair:
 * @scheme: (out) (optional): set where it is
 *
 * Returns: whether packets of this type only repair those of others
 */
gboolean lec_sdp_payload_is_repair (const LecPayload *payload, LecRepairScheme *scheme);

/* (transfer none): the name under which repair of @scheme is announced. */
const char *lec_sdp_payload_get_encoding (LecRepairScheme scheme);

G_END_DECLS
