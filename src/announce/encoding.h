/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bytes of an announcement to text that can be worked with. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_encoding_decode:
 * @bytes: (array length=length): hostile bytes
 * @charset: (out) (transfer none): what they were read as, "UTF-8" in a modern text
 *
 * A byte order mark decides, or the zeros of UTF-16 and UTF-32; else UTF-8, of which few bytes may
 * be damaged; else the character set the text itself names, if it is a known one; else what its
 * letters look like (announce/charset.h); else Windows-1252, which has a meaning for every byte.
 * NUL bytes at the end are dropped. Control characters but line ends and tabs become U+FFFD, marks
 * that turn the writing direction vanish, so that any piece may be quoted in a message.
 *
 * Returns: (transfer full) (nullable): valid UTF-8; NULL where a NUL inside shows that it is none
 */
char *lec_encoding_decode (const char *bytes, gsize length, const char **charset);

/* Returns: whether a text is UTF-16 or UTF-32, with a byte order mark or without: it is full of NUL
 * bytes all the same */
gboolean lec_encoding_is_wide (const guint8 *bytes, gsize length);

/**
 * lec_encoding_decode_utf16:
 * @bytes: (array length=length): hostile bytes, low byte first, without a byte order mark
 *
 * The text ends at the first NUL; it is cleaned as by lec_encoding_decode().
 *
 * Returns: (transfer full): valid UTF-8
 */
char *lec_encoding_decode_utf16 (const guint8 *bytes, gsize length);

/**
 * lec_encoding_repair_error:
 * @error: (inout) (nullable): as a reader left it; may be unset
 *
 * Messages quote hostile text cut to a number of bytes, which may end inside a character: what is
 * left of it becomes U+FFFD.
 */
void lec_encoding_repair_error (GError **error);

G_END_DECLS
