/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which kind of text is this, and what does it promise?
 *
 * Opens nothing and resolves no names: bytes in, channels out. Every text is hostile. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/* Returns: whether @text is the text of an announcement rather than something that names one: it
 *   has several lines, and the first begins as those of a format do */
gboolean lec_announcement_is_likely (const char *text);

/**
 * lec_announcement_parse:
 * @text: the bytes of a file or an answer; need not end in NUL, may contain one
 * @length: [bytes]
 * @base_uri: (nullable): where the text came from; relative references are resolved against it
 * @error: #LEC_ERROR_MALFORMED or #LEC_ERROR_UNSUPPORTED
 *
 * Content decides what the text is, not its name.
 *
 * Returns: (nullable) (transfer full): what it promises
 */
LecAnnouncement *lec_announcement_parse (const char *text,
                                         gsize length,
                                         const char *base_uri,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
