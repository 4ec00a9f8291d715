/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes streams into a file as they were sent, without decoding.
 *
 * A pipeline of its own beside the one that plays: what happens to the disk does not happen to the
 * picture. Streams are fed from their own threads. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecRecorder LecRecorder;

/**
 * lec_recorder_new:
 * @path: a file to write, as for lec_output_file_open(); its ending says what: .mkv, .ts, or .wmv
 *   for what comes as ASF. Where
 *   this process has written it before, "NAME-2.mkv" is next to it
 * @n_streams: how many streams are to be expected; those that have not begun two seconds after the
 *   first are left out
 * @error: #LEC_ERROR, naming @path
 */
LecRecorder *
lec_recorder_new (const char *path, guint n_streams, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes what is left and closes the file; takes no longer than some seconds. A file that holds
 * nothing does not stay. */
void lec_recorder_free (LecRecorder *self);

/**
 * lec_recorder_add_stream:
 * @pad: the pad behind a depayloader, or the source's own where a transport stream comes bare, or
 * ASF; its buffers are recorded from now on, pictures from the first on that can be decoded without
 * those before it
 *
 * Any thread.
 */
void lec_recorder_add_stream (LecRecorder *self, GstPad *pad);

/**
 * lec_recorder_prepare_pad:
 * @pad: as for lec_recorder_add_stream(), which nothing has passed yet
 *
 * What a file of such a stream begins with is kept when it passes, so that it is there if @pad is
 * recorded later.
 */
void lec_recorder_prepare_pad (GstPad *pad);

/* Returns: [µs] since the first buffer came; 0: none has */
gint64 lec_recorder_get_duration (LecRecorder *self);

/* Returns: which file it is, as of lec_recording_name_part() */
guint lec_recorder_get_part (LecRecorder *self);

/* Returns: [bytes] that are in the file */
guint64 lec_recorder_get_size (LecRecorder *self);

/* Whether nothing more can be written, as lec_recorder_dup_problem() has said. */
gboolean lec_recorder_has_failed (LecRecorder *self);

/**
 * lec_recorder_dup_problem:
 *
 * Returns: (transfer full) (nullable): what is wrong with the recording, as a sentence; the first
 *   that was
 */
char *lec_recorder_dup_problem (LecRecorder *self);

G_END_DECLS
