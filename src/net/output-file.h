/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that this process writes: never over one that is there without being told, and never
 * through a link, which may lead anywhere.
 *
 * What this process has begun is its own: the next way to receive a channel goes on with it. What
 * was there before stays until something is written, and nothing stays behind that holds nothing.
 * Any thread. */
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
 * Makes the file, empty where there is none, so that one that cannot be written is refused before
 * anything else is done. What is no file, as a device, is only looked at.
 */
gboolean lec_output_file_claim (const char *path, LecOutputFileMode mode, GError **error);

/* As lec_output_file_claim() with %LEC_OUTPUT_FILE_OVERWRITE; what this process has written there
 * may go as well, and is not gone on with. */
gboolean lec_output_file_replace (const char *path, GError **error);

/**
 * lec_output_file_open:
 * @continues: (out): the file was opened before, by this process
 * @error: #LEC_ERROR_UNREACHABLE, naming @path
 *
 * Claims the file as new if it is not claimed yet. What may go is still there.
 *
 * Returns: a descriptor, where writing begins; -1 on failure
 */
int lec_output_file_open (const char *path, gboolean *continues, GError **error);

/* Something is about to be written to @fd, of lec_output_file_open(): what was to go goes. */
void lec_output_file_begin (int fd);

/* Nobody writes to @path any more. Where this process has made it and nothing was written it goes;
 * what was there before and is still there stays, for as long as nobody else begins. */
void lec_output_file_discard (const char *path);

G_END_DECLS
