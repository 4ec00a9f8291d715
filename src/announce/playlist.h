/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Playlists of lines: M3U with the extensions of IPTV, bare lists of addresses, PLS. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_m3u_is_m3u:
 * @text: from its first word
 *
 * Returns: whether lec_m3u_parse() is the one to ask: an `#EXTM3U` list, or lines of which the
 *   first that is no comment is an address
 */
gboolean lec_m3u_is_m3u (const char *text);

/**
 * lec_m3u_parse:
 * @text: decoded by lec_encoding_decode(), from its first word
 * @base_uri: (nullable): where the text came from
 * @error: #LEC_ERROR_UNSUPPORTED for HLS, which is M3U in name only, and where nothing is left
 *
 * Returns: (nullable) (transfer full): one channel an entry
 */
LecAnnouncement *
lec_m3u_parse (const char *text, const char *base_uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_m3u_print:
 * @error: #LEC_ERROR_UNSUPPORTED where a channel cannot be said by an address
 *
 * The inverse of lec_m3u_parse(). An entry has one address: the first alternative that is one.
 *
 * Returns: (nullable) (transfer full): the list, in UTF-8
 */
char *lec_m3u_print (const LecAnnouncement *announcement, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As above, for `[playlist]`, `File1=`, `Title1=`. */
gboolean lec_pls_is_pls (const char *text);
LecAnnouncement *
lec_pls_parse (const char *text, const char *base_uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
