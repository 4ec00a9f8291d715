/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a server sends, before it is known to be an announcement: packed or not, text or media. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_CONTENT_HEAD 512 /* [bytes] that are enough to tell media from text */

/**
 * lec_content_is_media:
 * @bytes: (array length=length): the first ones, or all
 *
 * Returns: whether they are certainly no text, whatever their name or type says
 */
gboolean lec_content_is_media (const guint8 *bytes, gsize length);

/* Returns: whether @bytes, the first #LEC_MPEG_SOUND_ENOUGH or all, begin as files of sound and
 * pictures do that may be played */
gboolean lec_content_is_playable (const guint8 *bytes, gsize length);

/**
 * lec_content_describe:
 * @type: (nullable): the type that a server gives, as in `video/mp4`
 *
 * Returns: (transfer none): "a video", "a picture" ..., for a sentence
 */
const char *lec_content_describe (const char *type);

/**
 * lec_content_unpack:
 * @packed: as it came
 * @encoding: (nullable): Content-Encoding of RFC 9110, section 8.4: `gzip`, `deflate`; more than
 *   one at once is refused
 * @limit: [bytes]; of more, one byte more than this is returned
 *
 * Returns: (nullable) (transfer full): the bytes themselves; NULL where they are not what @encoding
 *   says
 */
GBytes *lec_content_unpack (GBytes *packed, const char *encoding, gsize limit);

G_END_DECLS
