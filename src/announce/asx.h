/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows Media metafiles: `<ASX>` tag soup, `[Reference]` lists, `ASF address` redirects. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_asx_is_asx:
 * @text: from its first word
 *
 * Returns: whether lec_asx_parse() is the one to ask
 */
gboolean lec_asx_is_asx (const char *text);

/**
 * lec_asx_parse:
 * @text: decoded by lec_encoding_decode(), from its first word
 * @base_uri: (nullable): where the text came from
 * @error: #LEC_ERROR_UNSUPPORTED where nothing is left to play
 *
 * Returns: (nullable) (transfer full): one channel an entry, its references the alternatives
 */
LecAnnouncement *
lec_asx_parse (const char *text, const char *base_uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_asx_print:
 * @error: #LEC_ERROR_UNSUPPORTED where no alternative of a channel is an address
 *
 * The inverse of lec_asx_parse(), in the third generation. Alternatives that are no address are
 * left out where others are.
 *
 * Returns: (nullable) (transfer full): the metafile, in UTF-8
 */
char *lec_asx_print (const LecAnnouncement *announcement, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
