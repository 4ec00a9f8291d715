/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/ui/pipeline-double.h"

#include "tests/ui/calls.h"

#define PACKETS 100
#define BEGIN_NS G_GINT64_CONSTANT (1000000000000) /* session time when it is made */

struct _LecPipeline
{
  char *name; /* of the channel and the alternative */
  const LecPipelineCallbacks *callbacks;
  gpointer data;
  LecReportDraft *report;
  guint64 shown[3 + LEC_MAX_STREAMS - 2]; /* in the order of PipelineDoubleMedia */
  gint64 latency_ns;
  gint64 position_us, duration_us;
  gboolean is_paused;
  gboolean started;
  gboolean fetches; /* it is not to begin yet */
  gboolean failed;
  gboolean records;
  gboolean writes; /* it was made to write a file from its start on */
};

static LecRecordingProgress progress; /* of what is recorded */
static GstSample *key_picture;        /* (nullable): that is kept of all */

/* One that plays, one that is prepared beside it, and three that are joined ahead. */
static LecPipeline *all[5];
static LecPipeline *current; /* (nullable): the one that was made last, until it is freed */

/* ---- what the player asks ---- */

/* Returns: where @pipeline (nullable) is */
static LecPipeline **
find_place (LecPipeline *pipeline)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    if (all[i] == pipeline)
      return &all[i];
  }
  g_assert_not_reached ();
}

static LecPipeline *
find_other (void)
{
  LecPipeline *other = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all) && other == NULL; i++)
    other = all[i];
  return other;
}

/* Joined, and nothing has come. */
static LecReportDraft *
new_report (const LecAlternative *alternative)
{
  LecReportDraft *report = lec_report_draft_new (alternative->streams->len);

  report->now_ns = BEGIN_NS;
  for (guint i = 0; i < report->n_streams; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);
    LecStreamReport *to = &report->streams[i];

    to->media = stream->media;
    to->n_legs = stream->legs->len;
    for (guint j = 0; j < to->n_legs; j++) {
      const LecLeg *leg = g_ptr_array_index (stream->legs, j);

      g_strlcpy (to->legs[j].group, leg->group, sizeof to->legs[j].group);
      to->legs[j].port = leg->port;
      to->legs[j].stats.last_packet_ns = -1;
    }
  }
  return report;
}

LecPipeline *
lec_pipeline_new (LecChannel *channel,
                  guint alternative,
                  const LecPipelineOptions *options,
                  const LecPipelineCallbacks *callbacks,
                  gpointer data)
{
  const char *title = lec_channel_get_title (channel);
  const LecAlternative *way
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, alternative);

  current = g_new0 (LecPipeline, 1);
  *find_place (NULL) = current;
  current->name
      = alternative > 0 ? g_strdup_printf ("%s #%u", title, alternative) : g_strdup (title);
  if (way->start_us > 0) {
    g_autofree char *name = g_steal_pointer (&current->name);

    current->name = g_strdup_printf ("%s from %" G_GINT64_FORMAT " s", name,
                                     way->start_us / G_TIME_SPAN_SECOND);
  }
  current->callbacks = callbacks;
  current->data = data;
  current->writes = options->record != NULL || options->capture != NULL;
  current->report = new_report (way);
  return current;
}

void
lec_pipeline_free (LecPipeline *self)
{
  if (self == NULL)
    return;

  calls_add ("free", NULL);
  *find_place (self) = NULL;
  if (self == current)
    current = find_other ();
  lec_report_unref (lec_report_draft_finish (self->report));
  g_free (self->name);
  g_free (self);
}

void
lec_pipeline_set_program (LecPipeline *self, guint number)
{
}

void
lec_pipeline_set_station (LecPipeline *self, const char *address)
{
}

void
lec_pipeline_set_subtitles (LecPipeline *self, guint id)
{
  g_autofree char *number = g_strdup_printf ("%x", id);

  calls_add ("subtitles", number);
}

void
lec_pipeline_set_sound (LecPipeline *self, guint index)
{
  g_autofree char *number = g_strdup_printf ("%u", index);

  calls_add ("sound", number);
}

gboolean
lec_pipeline_begin_recording (LecPipeline *self, const char *path, GError **error)
{
  if (g_str_has_prefix (path, "/nonexistent/")) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, "Cannot write");
    return FALSE;
  }
  calls_add ("record", self->name);
  progress = (LecRecordingProgress){ 0 };
  self->records = TRUE;
  return TRUE;
}

void
lec_pipeline_end_recording (LecPipeline *self)
{
  if (self->records)
    calls_add ("end-recording", self->name);
  self->records = FALSE;
}

gboolean
lec_pipeline_get_recording (LecPipeline *self, LecRecordingProgress *to)
{
  *to = progress;
  return self->records;
}

void
lec_pipeline_start (LecPipeline *self)
{
  g_assert (!self->started || self->fetches);

  calls_add ("start", self->name);
  self->started = TRUE;
  self->fetches = FALSE;
}

void
lec_pipeline_fetch (LecPipeline *self)
{
  g_assert (!self->started);

  calls_add ("fetch", self->name);
  self->started = self->fetches = TRUE;
}

void
lec_pipeline_join_ahead (LecPipeline *self)
{
  g_assert (!self->started);

  calls_add ("join", self->name);
  self->started = TRUE;
}

void
lec_pipeline_call_up (LecPipeline *self, const LecPipelineCallbacks *callbacks, gpointer data)
{
  calls_add ("call-up", self->name);
  self->callbacks = callbacks;
  self->data = data;
  current = self;
}

void
lec_pipeline_hide (LecPipeline *self)
{
  calls_add ("hide", self->name);
}

void
lec_pipeline_unhide (LecPipeline *self)
{
  calls_add ("unhide", self->name);
}

GstSample *
lec_pipeline_dup_key_picture (LecPipeline *self)
{
  return key_picture != NULL ? gst_sample_ref (key_picture) : NULL;
}

guint64
lec_pipeline_get_shown (LecPipeline *self, GstStreamType type, guint index)
{
  if (type == GST_STREAM_TYPE_VIDEO)
    return self->shown[index < 2 ? index : index + 1];
  return type == GST_STREAM_TYPE_AUDIO && index == 0 ? self->shown[2] : 0;
}

gint64
lec_pipeline_get_latency (LecPipeline *self, LecReport *report)
{
  return self->latency_ns;
}

gint64
lec_pipeline_get_position (LecPipeline *self)
{
  return self->position_us;
}

gint64
lec_pipeline_get_duration (LecPipeline *self)
{
  return self->duration_us;
}

gboolean
lec_pipeline_can_seek (LecPipeline *self)
{
  return self->duration_us > 0;
}

gboolean
lec_pipeline_seek (LecPipeline *self, gint64 position_us)
{
  if (self->duration_us > 0)
    self->position_us = position_us;
  return self->duration_us > 0;
}

gboolean
lec_pipeline_can_pause (LecPipeline *self)
{
  return self->duration_us > 0;
}

void
lec_pipeline_set_paused (LecPipeline *self, gboolean paused)
{
  self->is_paused = paused && self->duration_us > 0;
}

gboolean
lec_pipeline_is_paused (LecPipeline *self)
{
  return self->is_paused;
}

char *
lec_pipeline_dup_problem (LecPipeline *self)
{
  return self->records && progress.failed ? g_strdup ("The disk is full") : NULL;
}

LecReport *
lec_pipeline_dup_report (LecPipeline *self)
{
  return lec_report_draft_finish (lec_report_draft_copy (self->report));
}

/* ---- what the test says ---- */

static LecPipeline *
get_started (void)
{
  g_assert (current != NULL && current->started && !current->failed);

  return current;
}

void
pipeline_double_receive (void)
{
  LecReportDraft *report = get_started ()->report;

  for (guint i = 0; i < report->n_streams; i++) {
    LecStreamReport *stream = &report->streams[i];

    stream->stats.received += PACKETS;
    stream->stats.out += PACKETS;
    stream->stats.ended = FALSE;
    stream->stats.last_packet_ns = report->now_ns;
    for (guint j = 0; j < stream->n_legs; j++) {
      stream->legs[j].stats.received += PACKETS;
      stream->legs[j].stats.last_packet_ns = report->now_ns;
    }
  }
}

void
pipeline_double_show (PipelineDoubleMedia media)
{
  LecPipeline *self = get_started ();
  gboolean first = FALSE;

  pipeline_double_receive ();
  for (guint i = 0; i < G_N_ELEMENTS (self->shown); i++) {
    if ((media & 1 << i) != 0)
      first |= self->shown[i]++ == 0;
  }
  if (first)
    self->callbacks->shown (self->data);
}

void
pipeline_double_pass (guint seconds)
{
  get_started ()->report->now_ns += seconds * GST_SECOND;
}

void
pipeline_double_end (void)
{
  LecReportDraft *report = get_started ()->report;

  for (guint i = 0; i < report->n_streams; i++)
    report->streams[i].stats.ended = TRUE;
}

LecReportDraft *
pipeline_double_get_report (void)
{
  return get_started ()->report;
}

void
pipeline_double_record (const LecRecordingProgress *to)
{
  progress = *to;
}

gboolean
pipeline_double_is_told_to_write (void)
{
  return get_started ()->writes;
}

void
pipeline_double_keep (GstSample *picture)
{
  key_picture = picture;
}

void
pipeline_double_set_latency (gint64 latency_ns)
{
  get_started ()->latency_ns = latency_ns;
}

void
pipeline_double_set_position (gint64 position_us)
{
  get_started ()->position_us = position_us;
}

void
pipeline_double_set_duration (gint64 duration_us)
{
  get_started ()->duration_us = duration_us;
}

void
pipeline_double_finish (void)
{
  LecPipeline *self = get_started ();

  self->callbacks->ended (self->data);
}

void
pipeline_double_fail (LecError error, const char *sentence)
{
  LecPipeline *self = get_started ();

  self->failed = TRUE;
  self->callbacks->failed (error, sentence, self->data);
}

void
pipeline_double_notice (const char *sentence)
{
  LecPipeline *self = get_started ();

  self->callbacks->notice (sentence, self->data);
}

void
pipeline_double_caption (const char *text)
{
  LecPipeline *self = get_started ();

  self->callbacks->caption (text, self->data);
}

void
pipeline_double_closed_caption (const char *text)
{
  LecPipeline *self = get_started ();

  self->callbacks->embedded_caption (LEC_CAPTIONS_CLOSED, text, NULL, self->data);
}

void
pipeline_double_subtitles (const char *text, LecCaptionPicture *picture)
{
  LecPipeline *self = get_started ();

  self->callbacks->embedded_caption (LEC_CAPTIONS_SUBTITLES, text, picture, self->data);
}

void
pipeline_double_cue (const char *type, const char *parameter, gboolean is_due)
{
  LecPipeline *self = get_started ();

  self->callbacks->cue (type, parameter, is_due, self->data);
}

GstElement *
pipeline_double_get_sink (GstStreamType type, guint index)
{
  LecPipeline *self = get_started ();

  return self->callbacks->wants (type, index, self->data)
             ? self->callbacks->sink (type, index, self->data)
             : NULL;
}
