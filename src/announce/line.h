/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of a text, and the `key = value` in them, as INI files and old playlists have them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_line_next:
 * @text: (inout): where to read on; moved behind the line
 *
 * Lines end in CR LF, LF or CR; blank ones are passed over.
 *
 * Returns: (nullable) (transfer full): the next line, trimmed; NULL at the end of the text
 */
char *lec_line_next (const char **text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_line_split:
 * @line: cut in two at its first equals sign
 * @value: (out) (transfer none): the trimmed rest, a part of @line; unset where there is no sign
 *
 * Returns: whether @line is now a trimmed key
 */
gboolean lec_line_split (char *line, char **value);

/**
 * lec_line_get_number:
 * @key: such as `File12`
 * @word: what it begins with, compared without case
 * @max: the greatest number that makes sense
 *
 * Returns: the number behind @word, 1 to @max; 0 where @key is another one
 */
guint lec_line_get_number (const char *key, const char *word, guint max);

G_END_DECLS
