/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a stream arrives: c= lines, a=rtcp (RFC 3605) and a=rtcp-mux (RFC 5761). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_connection_read:
 * @stream: gets its leg
 * @error: #LEC_ERROR_MALFORMED where address or port are missing, as in descriptions that an RTSP
 *   server hands out
 *
 * Of several layers the first is taken.
 */
gboolean lec_sdp_connection_read (const GstSDPMessage *message,
                                  const GstSDPMedia *media,
                                  LecStream *stream,
                                  LecWarnings *warnings,
                                  GError **error);

/* Whether the address of @media is a name: that of a server that is asked for the real one, where
 * it is an RTSP server that describes it. */
gboolean lec_sdp_connection_is_named (const GstSDPMessage *message, const GstSDPMedia *media);

/* Where the RTCP of @leg arrives. */
void lec_sdp_rtcp_read (const GstSDPMedia *media, LecLeg *leg, LecWarnings *warnings);

/* Appends a c= line; @ttl: -1 where none is to be said. */
void lec_sdp_connection_print (const char *group, int ttl, GString *text);

/* Appends what a receiver would not take for granted. */
void lec_sdp_rtcp_print (const LecLeg *leg, GString *text);

G_END_DECLS
