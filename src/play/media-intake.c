/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/media-intake.h"

struct _LecMediaIntake
{
  GMutex mutex; /* of all below */
  guint64 buffers, bytes;
  GstClockTime newest_ns;
  guint n_media, n_ended;
};

/* Returns: [running time] of its end; GST_CLOCK_TIME_NONE: not known */
static GstClockTime
get_end (GstPad *pad, GstBuffer *buffer)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  GstClockTime end = GST_BUFFER_DTS_OR_PTS (buffer);
  const GstSegment *segment;

  if (event == NULL || !GST_CLOCK_TIME_IS_VALID (end))
    return GST_CLOCK_TIME_NONE;
  gst_event_parse_segment (event, &segment);
  if (segment->format != GST_FORMAT_TIME)
    return GST_CLOCK_TIME_NONE;
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end += GST_BUFFER_DURATION (buffer);
  return gst_segment_to_running_time (segment, GST_FORMAT_TIME, end);
}

static void
note_buffer (LecMediaIntake *self, GstPad *pad, GstBuffer *buffer)
{
  const GstClockTime end = get_end (pad, buffer);

  g_mutex_lock (&self->mutex);
  self->buffers++;
  self->bytes += gst_buffer_get_size (buffer);
  if (GST_CLOCK_TIME_IS_VALID (end))
    self->newest_ns = MAX (self->newest_ns, end);
  g_mutex_unlock (&self->mutex);
}

static void
note_event (LecMediaIntake *self, GstEvent *event)
{
  g_mutex_lock (&self->mutex);
  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    self->n_ended++;
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP) {
    self->newest_ns = 0;
    self->n_ended = 0; /* what was read to its end is read again */
  }
  g_mutex_unlock (&self->mutex);
}

static GstPadProbeReturn
medium_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  /* The source asks how much memory it is to use. Where no demultiplexer is between, the question
   * would wait behind what waits for its time, and that for more to come. */
  if (info->type & GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM)
    return GST_QUERY_IS_SERIALIZED (GST_PAD_PROBE_INFO_QUERY (info)) ? GST_PAD_PROBE_DROP
                                                                     : GST_PAD_PROBE_OK;
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    note_buffer (data, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    note_event (data, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

LecMediaIntake *
lec_media_intake_new (void)
{
  LecMediaIntake *self = g_new0 (LecMediaIntake, 1);

  g_mutex_init (&self->mutex);
  return self;
}

void
lec_media_intake_free (LecMediaIntake *self)
{
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
lec_media_intake_watch (LecMediaIntake *self, GstPad *pad)
{
  g_mutex_lock (&self->mutex);
  self->n_media++;
  g_mutex_unlock (&self->mutex);
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM
                         | GST_PAD_PROBE_TYPE_EVENT_FLUSH | GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM,
                     medium_cb, self, NULL);
}

LecMediaIntakeFacts
lec_media_intake_get_facts (LecMediaIntake *self)
{
  LecMediaIntakeFacts facts;

  g_mutex_lock (&self->mutex);
  facts = (LecMediaIntakeFacts){
    .buffers = self->buffers,
    .bytes = self->bytes,
    .newest_ns = self->newest_ns,
    .is_whole = self->n_media > 0 && self->n_ended >= self->n_media,
  };
  g_mutex_unlock (&self->mutex);
  return facts;
}
