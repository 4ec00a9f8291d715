/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be recorded of a pipeline, and the recorder while something is.
 *
 * It may begin and end at any time: streams are looked at where they pass, and whoever plays them
 * does not notice. Streams turn up on threads of their own; all else belongs to the owner's. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"
#include "play/recording-progress.h"

G_BEGIN_DECLS

typedef struct _LecRecording LecRecording;

/* @alternative: what is received; must outlive it */
LecRecording *lec_recording_new (const LecAlternative *alternative) G_GNUC_WARN_UNUSED_RESULT;

/* Ends what is recorded. */
void lec_recording_free (LecRecording *self);

/* A stream is there, behind @pad, as for lec_recorder_add_stream(). Any thread. */
void lec_recording_add_pad (LecRecording *self, GstPad *pad);

/**
 * lec_recording_begin:
 * @path: as for lec_recorder_new()
 * @error: #LEC_ERROR: the station forbids it, or @path cannot be written
 *
 * Streams that are there, and those that turn up, go into the file from now on, pictures from the
 * next on that can be decoded without those before it. Ends what was recorded before.
 */
gboolean lec_recording_begin (LecRecording *self, const char *path, GError **error);

/* Completes the file; takes no longer than some seconds. Nothing happens where there is none. */
void lec_recording_end (LecRecording *self);

/* Returns: FALSE where nothing is recorded */
gboolean lec_recording_get_progress (LecRecording *self, LecRecordingProgress *progress);

/* Returns: (transfer full) (nullable): as of lec_recorder_dup_problem() */
char *lec_recording_dup_problem (LecRecording *self);

G_END_DECLS
