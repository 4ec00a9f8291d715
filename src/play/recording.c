/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/recording.h"

#include <glib/gi18n-lib.h>

#include "channel/error.h"
#include "play/recorder.h"

struct _LecRecording
{
  const LecAlternative *alternative; /* (unowned) */

  GMutex mutex;
  GPtrArray *pads;       /* of GstPad */
  LecRecorder *recorder; /* (nullable) */
};

LecRecording *
lec_recording_new (const LecAlternative *alternative)
{
  LecRecording *self = g_new0 (LecRecording, 1);

  self->alternative = alternative;
  g_mutex_init (&self->mutex);
  self->pads = g_ptr_array_new_with_free_func (gst_object_unref);
  return self;
}

void
lec_recording_free (LecRecording *self)
{
  if (self == NULL)
    return;

  lec_recording_end (self);
  g_ptr_array_unref (self->pads);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
lec_recording_add_pad (LecRecording *self, GstPad *pad)
{
  lec_recorder_prepare_pad (pad);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->pads, gst_object_ref (pad));
  if (self->recorder != NULL)
    lec_recorder_add_stream (self->recorder, pad);
  g_mutex_unlock (&self->mutex);
}

gboolean
lec_recording_begin (LecRecording *self, const char *path, GError **error)
{
  const LecMsb *msb = self->alternative->msb;
  LecRecorder *recorder;

  lec_recording_end (self);
  if (msb != NULL && !msb->may_record) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("The station does not permit what it sends to be recorded"));
    return FALSE;
  }
  recorder = lec_recorder_new (path, self->alternative->streams->len, error);
  if (recorder == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->pads->len; i++)
    lec_recorder_add_stream (recorder, g_ptr_array_index (self->pads, i));
  self->recorder = recorder;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* Not with the mutex held: who feeds it may have to be waited for. */
void
lec_recording_end (LecRecording *self)
{
  LecRecorder *recorder;

  g_mutex_lock (&self->mutex);
  recorder = g_steal_pointer (&self->recorder);
  g_mutex_unlock (&self->mutex);
  lec_recorder_free (recorder);
}

gboolean
lec_recording_get_progress (LecRecording *self, LecRecordingProgress *progress)
{
  if (self->recorder == NULL)
    return FALSE;
  progress->duration_us = lec_recorder_get_duration (self->recorder);
  progress->bytes = lec_recorder_get_size (self->recorder);
  progress->part = lec_recorder_get_part (self->recorder);
  progress->failed = lec_recorder_has_failed (self->recorder);
  return TRUE;
}

char *
lec_recording_dup_problem (LecRecording *self)
{
  return self->recorder != NULL ? lec_recorder_dup_problem (self->recorder) : NULL;
}
