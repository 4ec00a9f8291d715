/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that this process writes: never over one that is there without being told, and never
 * through a link, which may lead anywhere.
 *
 * What this process has begun is its own: the next way to receive a channel goes on with it. Any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LecOutputFileMode:
 * @LEC_OUTPUT_FILE_NEW: no such file is there yet, unless it is this process's own
 * @LEC_OUTPUT_FILE_OVERWRITE: whoever uses the program has said that what is there may go
 */
typedef enum {
  LEC_OUTPUT_FILE_NEW,
  LEC_OUTPUT_FILE_OVERWRITE,
} LecOutputFileMode;

/**
 * lec_output_file_claim:
 * @error: #LEC_ERROR_UNREACHABLE, naming @path
 *
 * Makes the file, empty, so that one that cannot be written is refused before anything else is
 * done. What is no file, as a device, is only looked at.
 */
gboolean lec_output_file_claim (const char *path, LecOutputFileMode mode, GError **error);

/**
 * lec_output_file_open:
 * @continues: (out): the file was written to before, by this process
 * @error: #LEC_ERROR_UNREACHABLE, naming @path
 *
 * Claims the file as new if it is not claimed yet.
 *
 * Returns: a descriptor, at the end of what is there; -1 on failure
 */
int lec_output_file_open (const char *path, gboolean *continues, GError **error);

G_END_DECLS
