/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Session descriptions (RFC 8866) to channels. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

#define LEC_MAX_SDP (64 * 1024) /* [bytes] real ones have less than 4 KiB */

/**
 * lec_sdp_parse:
 * @text: decoded by lec_encoding_decode()
 * @error: #LEC_ERROR_MALFORMED or #LEC_ERROR_UNSUPPORTED, one sentence for a viewer
 *
 * What a receiver can do without is passed over with a warning; what it would have to guess is
 * refused.
 *
 * Returns: (nullable) (transfer full): one channel with one alternative
 */
LecAnnouncement *lec_sdp_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_sdp_parse_served:
 * @text: as above, of an RTSP server
 * @base: what it gives as the base of its controls
 *
 * As lec_sdp_parse(), but where the streams arrive may be left open: the server can be asked.
 */
LecAnnouncement *
lec_sdp_parse_served (const char *text, const char *base, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
