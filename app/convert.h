/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Announcements of one format written in another. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/* Whether @format is one that lec_convert() writes. */
gboolean lec_convert_knows (const char *format);

/**
 * lec_convert:
 * @format: `sdp`, `asx`, `nsc` or `m3u`
 * @number: which of the channels is written, from 1; 0: all, or the only one where the format has
 *   room for no more
 * @error: #LEC_ERROR_UNSUPPORTED where the format cannot say it, or no channel is chosen
 *
 * Returns: (nullable) (transfer full): the text
 */
char *lec_convert (const LecAnnouncement *announcement,
                   const char *format,
                   guint number,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
