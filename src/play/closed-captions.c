/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/closed-captions.h"

#include <gst/video/video.h>

#include "play/caption-choice.h"
#include "wire/cea608.h"

#define MAX_CUES 256 /* that wait for their time: a few seconds of two characters a picture */

typedef struct
{
  GstClockTime due; /* running time of the picture */
  char *text;
} Cue;

typedef struct
{
  LecCea608 captions; /* the thread that pushes */
  char *last;         /* likewise (nullable): what was put into the queue last */
  GQueue cues;        /* under the mutex: of Cue */
} Channel;

struct _LecClosedCaptions
{
  Channel channels[LEC_N_CLOSED_CAPTIONS];
  GMutex mutex;
};

static void
free_cue (gpointer data)
{
  Cue *cue = data;

  g_free (cue->text);
  g_free (cue);
}

/* ---- what a picture has ---- */

/* SMPTE S334-1, annex A: line and field, then the pair. */
static gboolean
feed_lines (LecCea608 *captions, const guint8 *data, gsize size)
{
  gboolean changed = FALSE;

  for (gsize i = 0; i + 3 <= size; i += 3) {
    if (((data[i] & 0x80) != 0) == (captions->channel < 2))
      changed = lec_cea608_feed (captions, data[i + 1], data[i + 2]) || changed;
  }
  return changed;
}

/* Of the first field. */
static gboolean
feed_pairs (LecCea608 *captions, const guint8 *data, gsize size)
{
  gboolean changed = FALSE;

  for (gsize i = 0; captions->channel < 2 && i + 2 <= size; i += 2)
    changed = lec_cea608_feed (captions, data[i], data[i + 1]) || changed;
  return changed;
}

/* A caption distribution packet (SMPTE S334-2): its header, a time code perhaps, and cc_data. */
static gboolean
feed_cdp (LecCea608 *captions, const guint8 *data, gsize size)
{
  gsize at = 7, count;

  if (size < 9 || data[0] != 0x96 || data[1] != 0x69)
    return FALSE;
  if (data[at] == 0x71)
    at += 5;
  if (at + 2 > size || data[at] != 0x72)
    return FALSE;
  count = data[at + 1] & 0x1Fu;
  at += 2;
  return lec_cea608_feed_cc_data (captions, data + at, MIN (count * 3, size - at));
}

static gboolean
feed (LecCea608 *captions, const GstVideoCaptionMeta *meta)
{
  switch (meta->caption_type) {
  case GST_VIDEO_CAPTION_TYPE_CEA608_RAW:
    return feed_pairs (captions, meta->data, meta->size);
  case GST_VIDEO_CAPTION_TYPE_CEA608_S334_1A:
    return feed_lines (captions, meta->data, meta->size);
  case GST_VIDEO_CAPTION_TYPE_CEA708_RAW:
    return lec_cea608_feed_cc_data (captions, meta->data, meta->size);
  case GST_VIDEO_CAPTION_TYPE_CEA708_CDP:
    return feed_cdp (captions, meta->data, meta->size);
  case GST_VIDEO_CAPTION_TYPE_UNKNOWN:
  default:
    return FALSE;
  }
}

static GstClockTime
get_due (GstPad *pad, GstBuffer *buffer)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  if (event == NULL)
    return GST_CLOCK_TIME_NONE;
  gst_event_parse_segment (event, &segment);
  return gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
}

static void
put (LecClosedCaptions *self, Channel *channel, GstClockTime due)
{
  char text[LEC_CEA608_TEXT];
  Cue *cue;

  lec_cea608_print (&channel->captions, text);
  if (g_strcmp0 (text, channel->last) == 0)
    return;
  g_free (channel->last);
  channel->last = g_strdup (text);
  cue = g_new (Cue, 1);
  *cue = (Cue){ due, g_strdup (text) };
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&channel->cues, cue);
  if (g_queue_get_length (&channel->cues) > MAX_CUES)
    free_cue (g_queue_pop_head (&channel->cues));
  g_mutex_unlock (&self->mutex);
}

static gboolean
feed_buffer (Channel *channel, GstBuffer *buffer)
{
  gpointer state = NULL;
  gboolean changed = FALSE;
  GstMeta *meta;

  while ((meta = gst_buffer_iterate_meta_filtered (buffer, &state, GST_VIDEO_CAPTION_META_API_TYPE))
         != NULL)
    changed
        = feed (&channel->captions, (const GstVideoCaptionMeta *) (gconstpointer) meta) || changed;
  return changed;
}

static GstPadProbeReturn
picture_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecClosedCaptions *self = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);

  for (guint i = 0; i < LEC_N_CLOSED_CAPTIONS; i++) {
    if (feed_buffer (&self->channels[i], buffer))
      put (self, &self->channels[i], get_due (pad, buffer));
  }
  return GST_PAD_PROBE_OK;
}

/* ---- life ---- */

LecClosedCaptions *
lec_closed_captions_new (GstPad *pad)
{
  LecClosedCaptions *self = g_new0 (LecClosedCaptions, 1);

  for (guint i = 0; i < LEC_N_CLOSED_CAPTIONS; i++) {
    lec_cea608_init (&self->channels[i].captions, i);
    g_queue_init (&self->channels[i].cues);
  }
  g_mutex_init (&self->mutex);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, picture_cb, self, NULL);
  return self;
}

void
lec_closed_captions_free (LecClosedCaptions *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < LEC_N_CLOSED_CAPTIONS; i++) {
    g_queue_clear_full (&self->channels[i].cues, free_cue);
    g_free (self->channels[i].last);
  }
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* A picture is seen a latency after its running time. */
static GstClockTime
get_latency (GstElement *pipeline)
{
  g_autoptr (GstQuery) query = gst_query_new_latency ();
  GstClockTime least = 0;
  gboolean live = FALSE;

  if (gst_element_query (pipeline, query))
    gst_query_parse_latency (query, &live, &least, NULL);
  return live && GST_CLOCK_TIME_IS_VALID (least) ? least : 0;
}

static gboolean
is_due (const Cue *cue, GstClockTime now, GstClockTime latency)
{
  return !GST_CLOCK_TIME_IS_VALID (cue->due) || !GST_CLOCK_TIME_IS_VALID (now)
         || cue->due + latency <= now;
}

char *
lec_closed_captions_take (LecClosedCaptions *self, guint index, GstElement *pipeline)
{
  const GstClockTime now = gst_element_get_current_running_time (pipeline);
  GQueue *cues = &self->channels[index].cues;
  char *text = NULL;
  GstClockTime latency;
  gboolean is_empty;

  g_mutex_lock (&self->mutex);
  is_empty = g_queue_is_empty (cues);
  g_mutex_unlock (&self->mutex);
  if (is_empty)
    return NULL;
  latency = get_latency (pipeline);
  g_mutex_lock (&self->mutex);
  while (!g_queue_is_empty (cues) && is_due (g_queue_peek_head (cues), now, latency)) {
    Cue *cue = g_queue_pop_head (cues);

    g_free (text);
    text = g_steal_pointer (&cue->text);
    free_cue (cue);
  }
  g_mutex_unlock (&self->mutex);
  return text;
}
