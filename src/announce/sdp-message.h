/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lines of a session description, sorted into a GstSDPMessage.
 *
 * GStreamer's own parser takes any version, wraps numbers around and cuts long values, so the lines
 * are read here and the message is filled through its setters. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_MAX_SDP_MEDIA 64 /* m= sections that are looked at */

/**
 * lec_sdp_message_read:
 * @text: of valid UTF-8
 * @warnings: gets what is ignored
 *
 * Numbers of ports and bandwidths are checked; all other values stay as they are written, and an
 * address that is missing is an empty text.
 *
 * Returns: (nullable) (transfer full): free with gst_sdp_message_free()
 */
GstSDPMessage *lec_sdp_message_read (const char *text,
                                     LecWarnings *warnings,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
