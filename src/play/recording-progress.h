/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A recording as its viewer sees it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a recording has come. */
typedef struct
{
  gint64 duration_us; /* since the first of it came; 0: nothing has */
  guint64 bytes;      /* in the file */
  guint part;         /* which file it is, as of lec_recording_name_part(); 0: not known yet */
  gboolean failed;    /* nothing more can be written */
} LecRecordingProgress;

/**
 * lec_recording_replace:
 * @error: #LEC_ERROR_UNREACHABLE, naming @path
 *
 * Whoever uses the program has said that what is at @path may go, as soon as the next recording has
 * something to write there.
 */
gboolean lec_recording_replace (const char *path, GError **error);

/* Returns: (transfer full): where the file number @part of a recording to @path is: what is
 * received by another way goes on in a file of its own, "NAME-2.mkv" for the second */
char *lec_recording_name_part (const char *path, guint part);

G_END_DECLS
