/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Playlists in XSPF, version 1 (https://www.xspf.org/spec). */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_xspf_is_xspf:
 * @text: from its first word
 *
 * Returns: whether lec_xspf_parse() is the one to ask
 */
gboolean lec_xspf_is_xspf (const char *text);

/**
 * lec_xspf_parse:
 * @text: decoded by lec_encoding_decode(), from its first byte
 * @base_uri: (nullable): where the text came from
 * @error: #LEC_ERROR_MALFORMED with the number of the line where the XML breaks before any track
 *
 * Returns: (nullable) (transfer full): one channel a track, its locations the alternatives
 */
LecAnnouncement *
lec_xspf_parse (const char *text, const char *base_uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
