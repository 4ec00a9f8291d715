/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows Media stations: `.nsc` files, which describe a multicast of MSB packets ([MS-MSB] 2.2.1).
 */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_nsc_is_nsc:
 * @text: from its first word
 *
 * Returns: whether lec_nsc_parse() is the one to ask
 */
gboolean lec_nsc_is_nsc (const char *text);

/**
 * lec_nsc_parse:
 * @text: decoded by lec_encoding_decode(), from its first word
 * @base_uri: (nullable): where the text came from
 * @error: #LEC_ERROR_MALFORMED where the group, the port or every format is missing
 *
 * Returns: (nullable) (transfer full): one channel; its first alternative is the multicast, the
 *   second one the server to go to when nothing arrives
 */
LecAnnouncement *
lec_nsc_parse (const char *text, const char *base_uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_nsc_print:
 * @error: #LEC_ERROR_UNSUPPORTED where @channel is no Windows Media station
 *
 * The inverse of lec_nsc_parse(), in the order and the encoding of Windows Media Services. What a
 * station file has no word for is left out.
 *
 * Returns: (nullable) (transfer full): the text, with CR LF
 */
char *lec_nsc_print (const LecChannel *channel, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
