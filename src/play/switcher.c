/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/switcher.h"

#include "play/output.h"
#include "report/reception.h"

#define N_PICTURES LEC_SWITCHER_PICTURES
/* What was on the air goes on for so long: its sound fades, and what of it is on its way to the
 * sound card by then, 100 ms, is heard to its end. */
#define FADING_MS 200
/* A picture that does not come so long after the first sound is not waited for. */
#define PICTURE_US (3 * G_TIME_SPAN_SECOND)

/* A pipeline with the outputs that it has: each side is on the air in turn. */
typedef struct
{
  LecSwitcher *switcher;            /* (unowned) */
  GstElement *pictures[N_PICTURES]; /* (nullable) */
  GstElement *sound;                /* (nullable) */

  LecPipeline *pipeline; /* (nullable) */
  char *notice;          /* (nullable): to be told at the cut */
  char *caption;         /* (nullable): likewise */
  gint64 heard_us;       /* when its first sound came; 0: none has */
  LecChannel *standby;   /* (nullable): what stands by here, and is told of to nobody */
  guint alternative;     /* of it */
  guint fading;          /* source; its sound fades, nothing is told of it; 0: it does not */
} Side;

struct _LecSwitcher
{
  const LecSwitcherCallbacks *callbacks;
  gpointer data;
  Side sides[2];
  Side *air;     /* of the sides: the one that is on the air, or was last */
  gboolean left; /* nothing is told of what is on the air */
  gboolean has_window;
  gboolean muted;
  gboolean is_hidden; /* the window */
};

static Side *
get_spare (LecSwitcher *self)
{
  return self->air == &self->sides[0] ? &self->sides[1] : &self->sides[0];
}

/* Whether it is being prepared: it does not only stand by, and was not just on the air. */
static gboolean
is_prepared (const Side *side)
{
  return side != side->switcher->air && side->standby == NULL && side->fading == 0
         && side->pipeline != NULL;
}

/* Returns: (nullable): what is being prepared */
static LecPipeline *
get_prepared (LecSwitcher *self)
{
  Side *spare = get_spare (self);

  return is_prepared (spare) ? spare->pipeline : NULL;
}

static gboolean
is_told (const Side *side)
{
  return side == side->switcher->air && !side->switcher->left;
}

/* ---- outputs ---- */

/* Sound of the spare side runs on unheard: it is in step when its time comes. */
static void
set_heard (LecSwitcher *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++) {
    Side *side = &self->sides[i];

    if (side->sound != NULL)
      lec_output_set_heard (side->sound, !self->muted && side == self->air);
  }
}

static void
hold (Side *side)
{
  for (guint i = 0; i < N_PICTURES; i++) {
    if (side->pictures[i] != NULL)
      lec_output_hold (side->pictures[i]);
  }
}

static void
release (Side *side)
{
  for (guint i = 0; i < N_PICTURES; i++) {
    if (side->pictures[i] != NULL)
      lec_output_release (side->pictures[i]);
  }
}

/* ---- the life of a side ---- */

static void
end_side (Side *side)
{
  g_clear_handle_id (&side->fading, g_source_remove);
  g_clear_pointer (&side->pipeline, lec_pipeline_free);
  release (side);
  g_clear_pointer (&side->notice, g_free);
  g_clear_pointer (&side->caption, g_free);
  g_clear_pointer (&side->standby, lec_channel_unref);
  side->heard_us = 0;
}

static gboolean
faded_cb (gpointer data)
{
  Side *side = data;

  side->fading = 0;
  end_side (side);
  return G_SOURCE_REMOVE;
}

/* Whether there is sound of @side just now. */
static gboolean
is_heard (const Side *side)
{
  g_autoptr (LecReport) report = NULL;
  LecReception reception;

  if (side->pipeline == NULL || side->sound == NULL || side->switcher->muted
      || lec_pipeline_get_shown (side->pipeline, GST_STREAM_TYPE_AUDIO, 0) == 0)
    return FALSE;
  report = lec_pipeline_dup_report (side->pipeline);
  reception = lec_reception_read (report);
  return !lec_reception_is_silent (&reception) && !lec_reception_has_ended (&reception);
}

/* Ends @side, once its sound has faded; its pictures stop at once. */
static void
fade (Side *side)
{
  if (!is_heard (side)) {
    end_side (side);
    return;
  }
  lec_pipeline_end_recording (side->pipeline);
  hold (side);
  side->fading = g_timeout_add (FADING_MS, faded_cb, side);
}

/* The new pictures are let go first, so that there is no moment without any. */
static void
cut_to (LecSwitcher *self, Side *side)
{
  Side *before = self->air;

  self->air = side;
  self->left = FALSE;
  set_heard (self);
  release (side);
  fade (before);
}

/* What it has said before it was heard. Who is told may end all. */
static void
tell_kept (LecSwitcher *self, Side *side)
{
  g_autofree char *notice = g_steal_pointer (&side->notice);
  g_autofree char *caption = g_steal_pointer (&side->caption);

  self->callbacks->cut (self->data);
  if (notice != NULL && side->pipeline != NULL && is_told (side))
    self->callbacks->notice (notice, self->data);
  if (caption != NULL && side->pipeline != NULL && is_told (side))
    self->callbacks->caption (caption, self->data);
}

static guint64
count_pictures (LecPipeline *pipeline)
{
  guint64 pictures = 0;

  for (guint i = 0; i < N_PICTURES; i++)
    pictures += lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_VIDEO, i);
  return pictures;
}

/* Whether a picture may still come. */
static gboolean
expects_picture (LecPipeline *pipeline)
{
  g_autoptr (LecReport) report = lec_pipeline_dup_report (pipeline);

  for (guint i = 0; report != NULL && i < report->n_tracks; i++) {
    const LecTrackReport *track = &report->tracks[i];

    if (track->media == LEC_MEDIA_VIDEO
        && (track->state == LEC_TRACK_WAITING || track->state == LEC_TRACK_STALLED))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_ready (const Side *side)
{
  if (!is_prepared (side))
    return FALSE;
  if (count_pictures (side->pipeline) > 0)
    return TRUE;
  return side->heard_us != 0
         && (g_get_monotonic_time () - side->heard_us >= PICTURE_US
             || !expects_picture (side->pipeline));
}

static void
cut_if_ready (LecSwitcher *self)
{
  Side *side = get_spare (self);

  if (!is_ready (side))
    return;
  cut_to (self, side);
  tell_kept (self, side);
}

/* ---- what pipelines ask and say ---- */

gboolean
lec_switcher_wants (const LecSwitcher *self, GstStreamType type, guint index)
{
  if (type == GST_STREAM_TYPE_VIDEO && index < N_PICTURES)
    return index == 0 || !self->has_window || self->sides[0].pictures[index] != NULL;
  return index == 0;
}

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  return lec_switcher_wants (((Side *) data)->switcher, type, index);
}

static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  const Side *side = data;

  return type == GST_STREAM_TYPE_VIDEO ? side->pictures[index] : side->sound;
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  Side *side = data;
  LecSwitcher *self = side->switcher;
  Side *other = get_spare (self);
  g_autofree char *kept = g_strdup (sentence);
  const gboolean is_lost = side == self->air && get_prepared (self) != NULL;
  const gboolean is_awaited = is_told (side) || is_prepared (side);

  if (is_lost)
    cut_to (self, other);
  end_side (side);
  if (is_lost)
    self->callbacks->lost (error, kept, self->data);
  else if (is_awaited)
    self->callbacks->failed (error, kept, self->data);
}

static void
shown_cb (gpointer data)
{
  Side *side = data;

  if (is_told (side)) {
    side->switcher->callbacks->shown (side->switcher->data);
  } else if (side != side->switcher->air && side->fading == 0) {
    if (side->heard_us == 0)
      side->heard_us = g_get_monotonic_time ();
    cut_if_ready (side->switcher);
  }
}

static void
keep (char **kept, const char *text)
{
  g_free (*kept);
  *kept = g_strdup (text);
}

static void
caption_cb (const char *text, gpointer data)
{
  Side *side = data;

  if (is_told (side))
    side->switcher->callbacks->caption (text, side->switcher->data);
  else
    keep (&side->caption, text);
}

static void
embedded_caption_cb (LecCaptionKind kind,
                     const char *text,
                     LecCaptionPicture *picture,
                     gpointer data)
{
  Side *side = data;

  if (is_told (side) && side->switcher->callbacks->embedded_caption != NULL)
    side->switcher->callbacks->embedded_caption (kind, text, picture, side->switcher->data);
}

static void
notice_cb (const char *sentence, gpointer data)
{
  Side *side = data;

  if (is_told (side))
    side->switcher->callbacks->notice (sentence, side->switcher->data);
  else
    keep (&side->notice, sentence);
}

static void
ended_cb (gpointer data)
{
  Side *side = data;

  if (is_told (side))
    side->switcher->callbacks->ended (side->switcher->data);
}

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  Side *side = data;

  if (is_told (side))
    side->switcher->callbacks->cue (type, parameter, is_due, side->switcher->data);
}

/* What is prepared has its header before it is seen. */
static void
header_cb (GBytes *header, gpointer data)
{
  Side *side = data;

  if ((is_told (side) || (side != side->switcher->air && side->fading == 0))
      && side->switcher->callbacks->header != NULL)
    side->switcher->callbacks->header (header, side->switcher->data);
}

static const LecPipelineCallbacks pipeline_callbacks = {
  .wants = wants_cb,
  .sink = sink_cb,
  .failed = failed_cb,
  .shown = shown_cb,
  .caption = caption_cb,
  .embedded_caption = embedded_caption_cb,
  .notice = notice_cb,
  .ended = ended_cb,
  .cue = cue_cb,
  .header = header_cb,
};

/* ---- life ---- */

LecSwitcher *
lec_switcher_new (const LecSwitcherCallbacks *callbacks, gpointer data)
{
  LecSwitcher *self = g_new0 (LecSwitcher, 1);

  self->callbacks = callbacks;
  self->data = data;
  self->sides[0].switcher = self->sides[1].switcher = self;
  self->air = &self->sides[0];
  return self;
}

void
lec_switcher_free (LecSwitcher *self)
{
  if (self == NULL)
    return;

  lec_switcher_stop (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++) {
    for (guint j = 0; j < N_PICTURES; j++)
      gst_clear_object (&self->sides[i].pictures[j]);
    gst_clear_object (&self->sides[i].sound);
  }
  g_free (self);
}

static void
add_sink (LecSwitcher *self, Side *side, guint index, GstElement *sink)
{
  g_return_if_fail (index < N_PICTURES);
  g_return_if_fail (side->pictures[index] == NULL);

  self->has_window = TRUE;
  side->pictures[index] = lec_output_new_picture (sink);
}

void
lec_switcher_add_sink (LecSwitcher *self, guint index, GstElement *sink)
{
  add_sink (self, &self->sides[0], index, sink);
}

gboolean
lec_switcher_has_sink (LecSwitcher *self, guint index)
{
  return index < N_PICTURES && self->sides[0].pictures[index] != NULL;
}

void
lec_switcher_add_spare (LecSwitcher *self, guint index, GstElement *sink)
{
  add_sink (self, &self->sides[1], index, sink);
}

void
lec_switcher_add_sound (LecSwitcher *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    self->sides[i].sound = lec_output_new_sound ();
  set_heard (self);
}

void
lec_switcher_set_volume (LecSwitcher *self, double volume)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++) {
    if (self->sides[i].sound != NULL)
      lec_output_set_volume (self->sides[i].sound, volume);
  }
}

void
lec_switcher_set_muted (LecSwitcher *self, gboolean muted)
{
  self->muted = muted;
  set_heard (self);
}

/* ---- switching ---- */

static void
begin (Side *side, LecChannel *channel, guint alternative, const LecPipelineOptions *options)
{
  side->pipeline = lec_pipeline_new (channel, alternative, options, &pipeline_callbacks, side);
  if (side->switcher->is_hidden)
    lec_pipeline_hide (side->pipeline);
  lec_pipeline_start (side->pipeline);
}

void
lec_switcher_play (LecSwitcher *self,
                   LecChannel *channel,
                   guint alternative,
                   const LecPipelineOptions *options)
{
  lec_switcher_stop (self);
  begin (self->air, channel, alternative, options);
}

static gboolean
has_spares (LecSwitcher *self)
{
  for (guint i = 0; i < N_PICTURES; i++) {
    if ((self->sides[0].pictures[i] == NULL) != (self->sides[1].pictures[i] == NULL))
      return FALSE;
  }
  return TRUE;
}

/* A capture is written, or played, by one at a time. */
gboolean
lec_switcher_can_prepare (LecSwitcher *self, const LecPipelineOptions *options)
{
  return self->air->pipeline != NULL && has_spares (self) && options->decode
         && options->capture == NULL && options->replay == NULL;
}

/* What stands by is wanted. */
static void
call_up (Side *side)
{
  g_clear_pointer (&side->standby, lec_channel_unref);
  if (side->heard_us != 0)
    side->heard_us = g_get_monotonic_time ();
  lec_pipeline_start (side->pipeline);
}

void
lec_switcher_prepare (LecSwitcher *self,
                      LecChannel *channel,
                      guint alternative,
                      const LecPipelineOptions *options)
{
  LecPipelineOptions beside = *options;

  if (!lec_switcher_can_prepare (self, options)) {
    lec_switcher_play (self, channel, alternative, options);
    return;
  }
  if (get_spare (self)->standby == channel && get_spare (self)->alternative == alternative) {
    call_up (get_spare (self));
    return;
  }
  lec_switcher_cancel (self);
  hold (get_spare (self));
  beside.record = NULL;
  begin (get_spare (self), channel, alternative, &beside);
}

void
lec_switcher_prepare_joined (LecSwitcher *self,
                             LecPipeline *pipeline,
                             const LecPipelineOptions *options)
{
  Side *side;

  if (lec_switcher_can_prepare (self, options)) {
    side = get_spare (self);
    lec_switcher_cancel (self);
    hold (side);
  } else {
    lec_switcher_stop (self);
    side = self->air;
  }
  side->pipeline = pipeline;
  if (self->is_hidden)
    lec_pipeline_hide (pipeline);
  lec_pipeline_call_up (pipeline, &pipeline_callbacks, side);
}

void
lec_switcher_hide (LecSwitcher *self)
{
  self->is_hidden = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++) {
    if (self->sides[i].pipeline != NULL)
      lec_pipeline_hide (self->sides[i].pipeline);
  }
}

void
lec_switcher_unhide (LecSwitcher *self)
{
  self->is_hidden = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++) {
    if (self->sides[i].pipeline != NULL)
      lec_pipeline_unhide (self->sides[i].pipeline);
  }
}

void
lec_switcher_stand_by (LecSwitcher *self,
                       LecChannel *channel,
                       guint alternative,
                       const LecPipelineOptions *options)
{
  Side *side = get_spare (self);

  if (!lec_switcher_can_prepare (self, options) || self->left || get_prepared (self) != NULL)
    return;
  end_side (side);
  hold (side);
  side->standby = lec_channel_ref (channel);
  side->alternative = alternative;
  side->pipeline = lec_pipeline_new (channel, alternative, options, &pipeline_callbacks, side);
  lec_pipeline_fetch (side->pipeline);
}

void
lec_switcher_stand_down (LecSwitcher *self)
{
  if (get_spare (self)->standby != NULL)
    lec_switcher_cancel (self);
}

static gboolean
has_shown (LecPipeline *pipeline)
{
  return count_pictures (pipeline) > 0
         || lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_AUDIO, 0) > 0;
}

void
lec_switcher_leave (LecSwitcher *self)
{
  if (get_prepared (self) != NULL)
    lec_switcher_cancel (self);
  if (self->air->pipeline == NULL)
    return;
  if (has_spares (self) && has_shown (self->air->pipeline))
    self->left = TRUE;
  else
    lec_switcher_stop (self);
}

gboolean
lec_switcher_has_left (LecSwitcher *self)
{
  return self->left;
}

void
lec_switcher_cut (LecSwitcher *self)
{
  if (get_prepared (self) != NULL)
    cut_to (self, get_spare (self));
  else if (self->left)
    lec_switcher_stop (self);
}

void
lec_switcher_cancel (LecSwitcher *self)
{
  end_side (get_spare (self));
}

void
lec_switcher_stop (LecSwitcher *self)
{
  end_side (get_spare (self));
  end_side (self->air);
  self->left = FALSE;
}

void
lec_switcher_tick (LecSwitcher *self)
{
  cut_if_ready (self);
}

LecPipeline *
lec_switcher_get_on_air (LecSwitcher *self)
{
  return self->air->pipeline;
}

LecPipeline *
lec_switcher_get_prepared (LecSwitcher *self)
{
  return get_prepared (self);
}

LecPipeline *
lec_switcher_get_told (LecSwitcher *self)
{
  return self->left ? get_prepared (self) : self->air->pipeline;
}

gboolean
lec_switcher_record (LecSwitcher *self, const char *path, GError **error)
{
  LecPipeline *told = lec_switcher_get_told (self);

  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++) {
    if (self->sides[i].pipeline != NULL)
      lec_pipeline_end_recording (self->sides[i].pipeline);
  }
  return path == NULL || told == NULL || lec_pipeline_begin_recording (told, path, error);
}
