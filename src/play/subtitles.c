/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/subtitles.h"

#include <gst/app/app.h>
#include <string.h>

#include "play/caption-choice.h"
#include "wire/dvb-subtitles.h"
#include "wire/teletext.h"

#define MAX_TRACKS 8
#define MAX_BUFFERS 200                 /* that wait for their time */
#define MOST_AHEAD_NS (20 * GST_SECOND) /* with more, damage has made its time */
#define TEXT_S 30 /* [s] after which a page of teletext goes away that nobody has cleared */

#define BITMAPS "subpicture/x-dvb"
#define TELETEXT "application/x-teletext"

typedef struct
{
  LecSubtitles *owner;
  GstElement *queue, *sink; /* borrowed from the pipeline */
  guint pid;
} Track;

struct _LecSubtitles
{
  GstBin *pipeline;

  GMutex mutex;      /* of all below */
  GPtrArray *tracks; /* of Track */
  guint id;          /* of the one that is chosen; 0: none */
  guint ancillary;   /* page of it */
  LecDvbSubtitles *bitmaps;
  LecTeletext *teletext;
  char *text;                 /* (nullable): to be read */
  LecCaptionPicture *picture; /* (nullable): likewise */
  gint64 until_us;            /* until when; 0: for ever */
  gboolean changed;           /* and the owner does not know yet */
};

gboolean
lec_subtitles_takes (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  return gst_structure_has_name (structure, BITMAPS)
         || gst_structure_has_name (structure, TELETEXT);
}

/* ---- reading, with the mutex held ---- */

static void
show (LecSubtitles *self, const char *text, LecCaptionPicture *picture, guint seconds)
{
  g_free (self->text);
  g_clear_pointer (&self->picture, lec_caption_picture_unref);
  self->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  self->picture = picture;
  self->until_us = seconds > 0 ? g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND : 0;
  self->changed = TRUE;
}

static LecCaptionPicture *
draw (LecDvbSubtitles *bitmaps)
{
  LecDvbPicture drawn;
  GBytes *rgba;

  lec_dvb_subtitles_draw (bitmaps, &drawn);
  if (drawn.width == 0)
    return NULL;
  rgba = g_bytes_new_take (drawn.rgba, (gsize) drawn.width * drawn.height * 4);
  return lec_caption_picture_new (drawn.x, drawn.y, drawn.width, drawn.height, drawn.display_width,
                                  drawn.display_height, rgba);
}

static void
read_bitmaps (LecSubtitles *self, const guint8 *data, gsize size)
{
  if (lec_dvb_subtitles_feed (self->bitmaps, data, size, self->id & 0xFFFF, self->ancillary))
    show (self, NULL, draw (self->bitmaps), lec_dvb_subtitles_get_timeout (self->bitmaps));
}

static void
read_teletext (LecSubtitles *self, const guint8 *data, gsize size)
{
  char text[LEC_TELETEXT_TEXT];

  if (!lec_teletext_feed (self->teletext, data, size))
    return;
  lec_teletext_print (self->teletext, text);
  if (g_strcmp0 (self->text != NULL ? self->text : "", text) != 0)
    show (self, text, NULL, TEXT_S);
}

/* ---- what comes ---- */

static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer data)
{
  Track *track = data;
  LecSubtitles *self = track->owner;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  GstCaps *caps = sample != NULL ? gst_sample_get_caps (sample) : NULL;
  GstMapInfo map;

  if (buffer == NULL || caps == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_FLOW_OK;
  g_mutex_lock (&self->mutex);
  if (self->id != 0 && LEC_CAPTIONS_SUBTITLES_PID (self->id) == track->pid) {
    if (gst_structure_has_name (gst_caps_get_structure (caps, 0), BITMAPS))
      read_bitmaps (self, map.data, map.size);
    else
      read_teletext (self, map.data, map.size);
  }
  g_mutex_unlock (&self->mutex);
  gst_buffer_unmap (buffer, &map);
  return GST_FLOW_OK;
}

/* The sink would wait for it, and all that follows with it. */
static GstPadProbeReturn
ahead_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  const GstClockTime now = gst_element_get_current_running_time (GST_ELEMENT (data));
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  GstClockTime due;

  if (event == NULL || !GST_CLOCK_TIME_IS_VALID (now))
    return GST_PAD_PROBE_OK;
  gst_event_parse_segment (event, &segment);
  due = gst_segment_to_running_time (segment, GST_FORMAT_TIME,
                                     GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_CLOCK_TIME_IS_VALID (due) && due > now + MOST_AHEAD_NS ? GST_PAD_PROBE_DROP
                                                                    : GST_PAD_PROBE_OK;
}

/* ---- tracks ---- */

static void
remove_element (LecSubtitles *self, GstElement *element)
{
  gst_element_set_locked_state (element, TRUE);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_bin_remove (self->pipeline, element);
}

static gboolean
is_left (const Track *track)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (track->queue, "sink");

  return !gst_pad_is_linked (pad);
}

/* Those whose program is gone. Without the mutex, which their threads may wait for. */
static void
remove_left (LecSubtitles *self)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);

  g_mutex_lock (&self->mutex);
  for (guint i = self->tracks->len; i > 0; i--) {
    if (is_left (g_ptr_array_index (self->tracks, i - 1)))
      g_ptr_array_add (left, g_ptr_array_steal_index (self->tracks, i - 1));
  }
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < left->len; i++) {
    const Track *track = g_ptr_array_index (left, i);

    remove_element (self, track->queue);
    remove_element (self, track->sink);
  }
}

/* tsdemux has it in the names of its pads, private_0_0042 and the like. */
static guint
get_pid (GstPad *pad)
{
  g_autoptr (GstPad) target = GST_IS_GHOST_PAD (pad)
                                  ? gst_ghost_pad_get_target (GST_GHOST_PAD (pad))
                                  : gst_object_ref (pad);
  const char *number = target != NULL ? strrchr (GST_OBJECT_NAME (target), '_') : NULL;

  return number != NULL ? (guint) g_ascii_strtoull (number + 1, NULL, 16) : 0;
}

static Track *
new_track (LecSubtitles *self, guint pid)
{
  GstAppSinkCallbacks callbacks = { .new_sample = sample_cb };
  Track *track = g_new0 (Track, 1);
  g_autoptr (GstPad) pad = NULL;

  track->owner = self;
  track->pid = pid;
  track->queue = gst_element_factory_make ("queue", NULL);
  track->sink = gst_element_factory_make ("appsink", NULL);
  /* pictures and sound come by the same thread: it never waits for words */
  g_object_set (track->queue, "max-size-buffers", MAX_BUFFERS, "max-size-bytes", 0, "max-size-time",
                (guint64) 0, NULL);
  gst_util_set_object_arg (G_OBJECT (track->queue), "leaky", "downstream");
  g_object_set (track->sink, "sync", TRUE, "async", FALSE, "max-buffers", MAX_BUFFERS, "drop", TRUE,
                NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (track->sink), &callbacks, track, NULL);
  pad = gst_element_get_static_pad (track->queue, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, ahead_cb, self->pipeline, NULL);
  gst_bin_add_many (self->pipeline, track->queue, track->sink, NULL);
  gst_element_link (track->queue, track->sink);
  gst_element_sync_state_with_parent (track->sink);
  gst_element_sync_state_with_parent (track->queue);
  return track;
}

void
lec_subtitles_add (LecSubtitles *self, GstPad *pad)
{
  g_autoptr (GstPad) sink = NULL;
  Track *track;
  gboolean is_full;

  remove_left (self);
  g_mutex_lock (&self->mutex);
  is_full = self->tracks->len >= MAX_TRACKS;
  g_mutex_unlock (&self->mutex);
  if (is_full)
    return;
  track = new_track (self, get_pid (pad));
  sink = gst_element_get_static_pad (track->queue, "sink");
  gst_pad_link (pad, sink);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->tracks, track);
  g_mutex_unlock (&self->mutex);
}

/* ---- what the owner wants ---- */

void
lec_subtitles_choose (LecSubtitles *self, guint id)
{
  g_mutex_lock (&self->mutex);
  if (self->id != id) {
    self->id = id;
    self->ancillary = id & 0xFFFF;
    lec_dvb_subtitles_reset (self->bitmaps);
    lec_teletext_init (self->teletext, id & 0xFFFF);
    show (self, NULL, NULL, 0);
  }
  g_mutex_unlock (&self->mutex);
}

gboolean
lec_subtitles_is_chosen (LecSubtitles *self)
{
  gboolean chosen;

  g_mutex_lock (&self->mutex);
  chosen = self->id != 0;
  g_mutex_unlock (&self->mutex);
  return chosen;
}

static const LecTsProgramStats *
get_program (const LecReport *report, guint stream)
{
  const LecTsStats *ts = &report->streams[stream].ts;

  return ts->n_programs > 0 && ts->chosen >= 0 ? &ts->programs[ts->chosen] : NULL;
}

void
lec_subtitles_describe (LecSubtitles *self, const LecReport *report)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; report != NULL && self->id != 0 && i < report->n_streams; i++) {
    const LecTsProgramStats *program = get_program (report, i);

    for (guint j = 0; program != NULL && j < program->n_subtitles; j++) {
      if (LEC_CAPTIONS_SUBTITLES_ID (program->subtitles[j].out_pid, program->subtitles[j].page)
          != self->id)
        continue;
      self->ancillary = program->subtitles[j].ancillary;
      lec_teletext_set_language (self->teletext, program->subtitles[j].language);
    }
  }
  g_mutex_unlock (&self->mutex);
}

gboolean
lec_subtitles_take (LecSubtitles *self, char **text, LecCaptionPicture **picture)
{
  gboolean changed;

  g_mutex_lock (&self->mutex);
  if (self->until_us != 0 && g_get_monotonic_time () >= self->until_us)
    show (self, NULL, NULL, 0);
  changed = self->changed;
  self->changed = FALSE;
  if (changed) {
    *text = g_strdup (self->text);
    *picture = self->picture != NULL ? lec_caption_picture_ref (self->picture) : NULL;
  }
  g_mutex_unlock (&self->mutex);
  return changed;
}

/* ---- life ---- */

LecSubtitles *
lec_subtitles_new (GstBin *pipeline)
{
  LecSubtitles *self = g_new0 (LecSubtitles, 1);

  self->pipeline = pipeline;
  self->tracks = g_ptr_array_new_with_free_func (g_free);
  self->bitmaps = lec_dvb_subtitles_new ();
  self->teletext = g_new0 (LecTeletext, 1);
  g_mutex_init (&self->mutex);
  return self;
}

void
lec_subtitles_free (LecSubtitles *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->tracks);
  lec_dvb_subtitles_free (self->bitmaps);
  g_free (self->teletext);
  g_free (self->text);
  g_clear_pointer (&self->picture, lec_caption_picture_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
