/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts that the programs write: into files, and on standard output. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_text_output_write:
 * @error: #GFileError, in a sentence that names @path
 *
 * Into a file through a temporary one and a rename: a program that waits for it never reads half of
 * it. A device or a pipe, such as /dev/stdout, is written to, and stays.
 */
gboolean lec_text_output_write (const char *path, const char *text, GError **error);

/**
 * lec_text_output_end:
 * @program: whose sentence it is, "lectern-guide"
 *
 * Returns: whether all that was printed has been written; otherwise that was said
 */
gboolean lec_text_output_end (const char *program);

G_END_DECLS
