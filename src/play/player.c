/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/player.h"

#include <glib/gi18n-lib.h>
#include <gst/gst.h>

#include "fetch/fetch.h"
#include "fetch/opener.h"
#include "play/depayloader.h"
#include "play/output.h"
#include "play/pipeline.h"
#include "play/rollover.h"
#include "play/text-track.h"
#include "play/warm-up.h"
#include "report/explain.h"
#include "report/playback.h"
#include "wire/format.h"

#define TICK_MS 200
/* of multicast, then the next alternative has its turn */
#define SILENCE_US (3 * G_TIME_SPAN_SECOND)
#define DECODE_US (5 * G_TIME_SPAN_SECOND) /* packets but no picture: say so */
#define FOREIGN_US G_TIME_SPAN_SECOND      /* packets that nobody understands: say so */
#define BEHIND_STEP_S 0.01                 /* a smaller change of the latency is no news */

struct _LecPlayer
{
  GObject parent;

  GstElement *picture;        /* made once, for all channels */
  GstElement *second_picture; /* (nullable) */
  GstElement *sound;
  GThread *warm_up;
  LecChannel *channel;
  LecAnnouncement *announcement; /* (nullable): the last one that was opened */
  char *message;
  char *notice;
  char *caption;
  char *problem;
  LecPipelineOptions options;

  LecPlayerState state;
  LecError error; /* that the message is about */
  double volume;
  double behind; /* [s] */
  gboolean muted;
  gboolean withdrawn; /* by whoever announced it */
  gboolean has_video, has_second_video, has_audio, promises_video;
  gboolean asks;            /* before it joins what takes much of the network */
  gboolean insisted;        /* the viewer has said yes */
  LecPlayerKnownFunc known; /* (nullable) */
  gpointer known_data;

  /* while something plays */
  LecPipeline *pipeline;
  LecRollover *rollover;
  gboolean last_resort; /* all ways have been tried; listening to one that was silent */
  gint64 started_us;
  guint64 shown; /* at the last tick */
  guint tick;
  gboolean troubled; /* the notice tells of a medium that does not play */
  guint generation;  /* counts plays and stops */
  LecOpener *opener; /* (nullable) */
};

enum {
  PROP_CHANNEL = 1,
  PROP_CHANNELS,
  PROP_STATE,
  PROP_MESSAGE,
  PROP_ERROR,
  PROP_NOTICE,
  PROP_CAPTION,
  PROP_PROBLEM,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_INTERFACE,
  PROP_LOW_PORTS,
  PROP_LATENCY,
  PROP_CAPTURE,
  PROP_REPLAY,
  PROP_RECORD,
  PROP_REPORTS,
  PROP_PROGRAM,
  PROP_STATION,
  PROP_HAS_VIDEO,
  PROP_HAS_SECOND_VIDEO,
  PROP_HAS_AUDIO,
  PROP_PROMISES_VIDEO,
  PROP_BEHIND,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (LecPlayerState,
                    lec_player_state,
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_PLAYING, "playing"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_SILENT, "silent"),
                    G_DEFINE_ENUM_VALUE (LEC_PLAYER_REFUSED, "refused"))

G_DEFINE_FINAL_TYPE (LecPlayer, lec_player, G_TYPE_OBJECT)

static void try_alternative (LecPlayer *self);
static void begin_pipeline (LecPlayer *self);

/* ---- telling ---- */

static void
set_error (LecPlayer *self, LecError error)
{
  if (self->error == error)
    return;
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_message (LecPlayer *self, const char *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

/* Who is told of the state can ask for the rest. */
static void
tell_error (LecPlayer *self, LecPlayerState state, LecError error, const char *message)
{
  set_error (self, error);
  set_message (self, message);
  if (self->state != state) {
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  }
}

static void
tell (LecPlayer *self, LecPlayerState state, const char *message)
{
  tell_error (self, state, LEC_ERROR_NONE, message);
}

/* Tells what is waited for. Returns: whether to go on: who was told may have stopped it, or may
 * play something else by now */
static gboolean
tell_waiting (LecPlayer *self, const char *message)
{
  const guint generation = self->generation;

  tell (self, LEC_PLAYER_WAITING, message);
  return self->generation == generation;
}

static void
set_notice (LecPlayer *self, const char *notice)
{
  if (g_strcmp0 (self->notice, notice) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

/* @caption: (nullable): "" is none either */
static void
set_caption (LecPlayer *self, const char *caption)
{
  if (caption != NULL && *caption == '\0')
    caption = NULL;
  if (g_strcmp0 (self->caption, caption) == 0)
    return;
  g_free (self->caption);
  self->caption = g_strdup (caption);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION]);
}

/* Whoever watches is told as well. */
static void
set_problem (LecPlayer *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (problem != NULL)
    set_notice (self, problem);
}

static void
set_flag (LecPlayer *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_behind (LecPlayer *self, double behind)
{
  const double change = behind > self->behind ? behind - self->behind : self->behind - behind;

  if (change == 0 || (behind != 0 && change < BEHIND_STEP_S))
    return;
  self->behind = behind;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEHIND]);
}

/* Streams in a container do not say what they carry, nor does what has to be opened first: they may
 * have a picture. */
static gboolean
promises_video (LecChannel *channel)
{
  const LecAlternative *best;
  const LecFormat *format;

  if (channel == NULL)
    return FALSE;
  best = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  format = lec_format_of (best->kind);
  if (format == NULL || format->container)
    return TRUE;
  for (guint i = 0; i < best->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (best->streams, i);

    if (stream->media == LEC_MEDIA_VIDEO || stream->payloads->len == 0)
      return TRUE;
  }
  return FALSE;
}

static void
set_channel (LecPlayer *self, LecChannel *channel)
{
  if (self->channel == channel)
    return;
  set_flag (self, &self->promises_video, promises_video (channel), PROP_PROMISES_VIDEO);
  g_clear_pointer (&self->channel, lec_channel_unref);
  self->channel = channel != NULL ? lec_channel_ref (channel) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

/* Takes @announcement. */
static void
set_announcement (LecPlayer *self, LecAnnouncement *announcement)
{
  g_clear_pointer (&self->announcement, lec_announcement_free);
  self->announcement = announcement;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNELS]);
}

/* ---- what the pipeline asks ---- */

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  LecPlayer *self = data;

  if (type == GST_STREAM_TYPE_VIDEO && index == 1)
    return self->picture == NULL || self->second_picture != NULL;
  return index == 0;
}

static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  LecPlayer *self = data;

  if (type == GST_STREAM_TYPE_VIDEO)
    return index == 0 ? self->picture : self->second_picture;
  return self->sound;
}

static void
end_pipeline (LecPlayer *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->pipeline, lec_pipeline_free);
}

/* All ways are used up. A silent one may still begin to send; a refused one will not. */
static void
end_with (LecPlayer *self, LecPlayerState state)
{
  const guint generation = self->generation;

  if (state == LEC_PLAYER_REFUSED) {
    end_pipeline (self);
    if (lec_rollover_return (self->rollover)) {
      begin_pipeline (self);
      state = LEC_PLAYER_SILENT;
    }
  }
  if (self->generation != generation)
    return;
  self->last_resort = TRUE;
  tell_error (self, state, lec_rollover_get_error (self->rollover),
              lec_rollover_get_reason (self->rollover));
}

/* The next way, or the end. */
static void
give_up_alternative (LecPlayer *self, LecError error, const char *reason)
{
  if (!lec_rollover_next (self->rollover, error, reason)) {
    end_with (self, lec_rollover_is_silent (error) ? LEC_PLAYER_SILENT : LEC_PLAYER_REFUSED);
    return;
  }
  end_pipeline (self);
  try_alternative (self);
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  LecPlayer *self = data;
  g_autofree char *kept = g_strdup (sentence);

  end_pipeline (self);
  give_up_alternative (self, error, kept);
}

static void
caption_cb (const char *text, gpointer data)
{
  set_caption (data, text);
}

static void
notice_cb (const char *sentence, gpointer data)
{
  set_notice (data, sentence);
}

/* ---- watching it play ---- */

/* Nothing is seen or heard. */
static void
watch_silence (LecPlayer *self, LecReport *report, const LecReception *reception, gint64 age_us)
{
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  g_autofree char *reason = NULL;
  LecError error;

  if (reception->sum.received > 0 || age_us < SILENCE_US) {
    if (age_us >= (lec_reception_is_foreign (reception) ? FOREIGN_US : DECODE_US))
      reason = lec_explain_no_picture (reception, alternative, &error);
    if (reason == NULL || error == LEC_ERROR_NONE) {
      g_autofree char *trouble = lec_playback_explain (report, &error);

      if (trouble != NULL) {
        g_free (reason);
        reason = g_steal_pointer (&trouble);
      }
    }
    if (reason != NULL)
      tell_error (self, LEC_PLAYER_WAITING, error, reason);
    return;
  }
  reason = lec_explain_nothing (reception, alternative, &error);
  if (self->last_resort)
    tell_error (self, LEC_PLAYER_SILENT, error, reason);
  else
    give_up_alternative (self, error, reason);
}

/* Some of it is seen or heard; what is missing is told beside it, until it is there. */
static void
watch_media (LecPlayer *self, LecReport *report)
{
  LecError error;
  g_autofree char *trouble = lec_playback_explain (report, &error);

  if (trouble == NULL && !self->troubled)
    return;
  self->troubled = trouble != NULL;
  set_notice (self, trouble);
}

static gboolean
tick_cb (gpointer data)
{
  LecPlayer *self = data;
  g_autoptr (LecReport) report = lec_pipeline_dup_report (self->pipeline);
  g_autofree char *problem = lec_pipeline_dup_problem (self->pipeline);
  LecReception reception = lec_reception_read (report);
  guint64 pictures = lec_pipeline_get_shown (self->pipeline, GST_STREAM_TYPE_VIDEO, 0);
  guint64 seconds = lec_pipeline_get_shown (self->pipeline, GST_STREAM_TYPE_VIDEO, 1);
  guint64 sounds = lec_pipeline_get_shown (self->pipeline, GST_STREAM_TYPE_AUDIO, 0);
  guint64 texts = lec_pipeline_get_shown (self->pipeline, GST_STREAM_TYPE_TEXT, 0);
  guint64 shown = self->options.decode ? pictures + seconds + sounds + texts : reception.sum.out;
  const guint generation = self->generation;

  if (self->options.decode && lec_playback_is_hopeless (report)) {
    LecError error;
    g_autofree char *reason = lec_playback_explain (report, &error);

    give_up_alternative (self, error, reason);
    return G_SOURCE_CONTINUE;
  }
  reception.withdrawn = self->withdrawn;
  if (reception.session == LEC_REPORT_SESSION_OPENING)
    self->started_us = g_get_monotonic_time (); /* nothing can come yet */
  if (report != NULL && report->capture_error != 0) {
    g_free (problem);
    problem = g_strdup_printf (_ ("Writing the packets to “%1$s” failed: %2$s"),
                               self->options.capture, g_strerror (report->capture_error));
  }
  if (problem != NULL)
    set_problem (self, problem);
  set_flag (self, &self->has_video, pictures > 0, PROP_HAS_VIDEO);
  set_flag (self, &self->has_second_video, seconds > 0, PROP_HAS_SECOND_VIDEO);
  set_flag (self, &self->has_audio, sounds > 0, PROP_HAS_AUDIO);
  if (lec_reception_has_ended (&reception) || lec_reception_is_silent (&reception)) {
    g_autofree char *sentence = lec_explain_silence (&reception);

    tell_error (self, LEC_PLAYER_SILENT, LEC_ERROR_SILENT, sentence);
  } else if (shown > self->shown) {
    tell (self, LEC_PLAYER_PLAYING, "");
  } else if (shown == 0) {
    watch_silence (self, report, &reception, g_get_monotonic_time () - self->started_us);
  }
  self->shown = shown;
  if (self->generation != generation || self->pipeline == NULL)
    return G_SOURCE_CONTINUE; /* who was just told has stopped it */
  if (shown > 0 && self->options.decode)
    watch_media (self, report);
  if (self->pipeline != NULL)
    set_behind (self, (double) lec_pipeline_get_latency (self->pipeline, report) / GST_SECOND);
  return G_SOURCE_CONTINUE;
}

/* Whoever waits for the picture shall not wait for the next tick. */
static void
shown_cb (gpointer data)
{
  tick_cb (data);
}

static const LecPipelineCallbacks pipeline_callbacks
    = { wants_cb, sink_cb, failed_cb, shown_cb, caption_cb, notice_cb };

/* ---- beginning ---- */

static void
begin_pipeline (LecPlayer *self)
{
  g_autofree char *waiting = lec_explain_waiting (lec_rollover_get_alternative (self->rollover));
  LecPipelineOptions options = self->options;

  if (!tell_waiting (self, waiting))
    return;
  options.low_ports |= self->insisted;
  self->shown = 0;
  self->started_us = g_get_monotonic_time ();
  self->pipeline = lec_pipeline_new (lec_rollover_get_channel (self->rollover),
                                     lec_rollover_get_index (self->rollover), &options,
                                     &pipeline_callbacks, self);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  lec_pipeline_start (self->pipeline);
}

/* An alternative that is itself an announcement: its first channel takes the alternative's place.
 */
static void
nested_opened_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  LecPlayer *self = data;
  g_autoptr (LecAnnouncement) nested = announcement;

  g_clear_pointer (&self->opener, lec_opener_free);
  if (nested == NULL) {
    give_up_alternative (self, lec_error_get_code (error), error->message);
    return;
  }
  if (lec_rollover_enter (self->rollover, g_ptr_array_index (nested->channels, 0)))
    try_alternative (self);
  else
    give_up_alternative (self, LEC_ERROR_MALFORMED,
                         _ ("The announcements of this channel only lead to each other"));
}

/* What is sent as something that nothing here takes is not worth a join. Returns the encoding of
 * the first such stream when there is no other; NULL when there may be something to play. */
static const char *
find_unplayable (const LecAlternative *alternative)
{
  const LecFormat *format = lec_format_of (alternative->kind);
  const char *encoding = NULL;

  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    if (format == NULL || format->container || stream->payloads->len == 0)
      return NULL;
    for (guint j = 0; j < stream->payloads->len; j++) {
      const LecPayload *payload = g_ptr_array_index (stream->payloads, j);

      if (lec_depayloader_knows (payload->encoding) || lec_text_track_knows (payload->encoding))
        return NULL;
      if (encoding == NULL && g_ascii_strcasecmp (payload->encoding, "red") != 0)
        encoding = payload->encoding;
    }
  }
  return encoding;
}

/* What would surprise a network is joined only when somebody insists. */
static gboolean
is_too_much (LecPlayer *self, const LecAlternative *alternative)
{
  guint64 bandwidth = lec_alternative_get_bandwidth (alternative);
  g_autofree char *reason = NULL;

  if (!self->asks || self->insisted || bandwidth <= LEC_MUCH_BANDWIDTH)
    return FALSE;
  reason = g_strdup_printf (
      _ ("This channel takes about %d Mbit/s, more than many networks carry; others may be "
         "disturbed"),
      (int) (bandwidth / 1000000));
  give_up_alternative (self, LEC_ERROR_TOO_MUCH, reason);
  return TRUE;
}

static void
try_alternative (LecPlayer *self)
{
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  const char *unplayable = self->options.decode ? find_unplayable (alternative) : NULL;

  if (unplayable != NULL) {
    g_autofree char *reason = lec_depayloader_explain (unplayable);

    give_up_alternative (self, LEC_ERROR_UNSUPPORTED, reason);
  } else if (lec_format_of (alternative->kind) != NULL) {
    if (!is_too_much (self, alternative))
      begin_pipeline (self);
  } else if (alternative->kind == LEC_KIND_URI) {
    g_autofree char *address = lec_alternative_dup_address (alternative);
    g_autofree char *waiting = g_strdup_printf (_ ("Opening %s …"), address);

    if (tell_waiting (self, waiting))
      self->opener = lec_opener_new (alternative->uri, nested_opened_cb, self);
  } else {
    give_up_alternative (self, LEC_ERROR_UNSUPPORTED,
                         _ ("This channel is sent as Windows Media multicast, which cannot be "
                            "played here; ask the sender for an .sdp announcement"));
  }
}

static void
forget (LecPlayer *self)
{
  self->generation++;
  g_clear_pointer (&self->opener, lec_opener_free);
  end_pipeline (self);
  g_clear_pointer (&self->rollover, lec_rollover_free);
  self->last_resort = FALSE;
  self->troubled = FALSE;
  set_problem (self, NULL);
  set_notice (self, NULL);
  set_caption (self, NULL);
  set_flag (self, &self->has_video, FALSE, PROP_HAS_VIDEO);
  set_flag (self, &self->has_second_video, FALSE, PROP_HAS_SECOND_VIDEO);
  set_flag (self, &self->has_audio, FALSE, PROP_HAS_AUDIO);
  set_behind (self, 0);
  set_error (self, LEC_ERROR_NONE);
}

static void
begin (LecPlayer *self, LecChannel *channel, gboolean insisted)
{
  guint generation;

  forget (self);
  generation = self->generation;
  self->insisted = insisted;
  set_channel (self, channel);
  if (self->generation != generation)
    return; /* who was told of the channel has stopped it */
  self->rollover = lec_rollover_new (channel);
  try_alternative (self);
}

void
lec_player_set_known_func (LecPlayer *self, LecPlayerKnownFunc func, gpointer data)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  self->known = func;
  self->known_data = data;
}

void
lec_player_play (LecPlayer *self, LecChannel *channel)
{
  LecChannel *known;

  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (channel != NULL);

  known = self->known != NULL ? self->known (channel, self->known_data) : NULL;
  begin (self, known != NULL ? known : channel, FALSE);
}

void
lec_player_override_limits (LecPlayer *self)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  if (self->error == LEC_ERROR_TOO_MUCH || self->error == LEC_ERROR_LOW_PORT)
    begin (self, self->channel, TRUE);
}

static void
opened_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  LecPlayer *self = data;

  g_clear_pointer (&self->opener, lec_opener_free);
  if (announcement == NULL) {
    tell_error (self, LEC_PLAYER_REFUSED, lec_error_get_code (error), error->message);
    return;
  }
  set_announcement (self, announcement);
  lec_player_play (self, g_ptr_array_index (announcement->channels, 0));
}

void
lec_player_open (LecPlayer *self, const char *location)
{
  g_autofree char *waiting = NULL;
  g_autofree char *shown = NULL;

  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (location != NULL);

  forget (self);
  set_channel (self, NULL);
  set_announcement (self, NULL);
  shown = lec_text_hide_password (location);
  waiting = lec_fetch_is_text (location) ? g_strdup (_ ("Opening the text …"))
                                         : g_strdup_printf (_ ("Opening %s …"), shown);
  if (tell_waiting (self, waiting))
    self->opener = lec_opener_new (location, opened_cb, self);
}

void
lec_player_stop (LecPlayer *self)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  forget (self);
  tell (self, LEC_PLAYER_STOPPED, "");
}

void
lec_player_set_withdrawn (LecPlayer *self, gboolean withdrawn)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  self->withdrawn = withdrawn;
}

/* ---- properties ---- */

LecChannel *
lec_player_get_channel (LecPlayer *self)
{
  return self->channel;
}

GPtrArray *
lec_player_get_channels (LecPlayer *self)
{
  return self->announcement != NULL ? self->announcement->channels : NULL;
}

const LecAnnouncement *
lec_player_get_announcement (LecPlayer *self)
{
  return self->announcement;
}

LecPlayerState
lec_player_get_state (LecPlayer *self)
{
  return self->state;
}

const char *
lec_player_get_message (LecPlayer *self)
{
  return self->message;
}

LecError
lec_player_get_error (LecPlayer *self)
{
  return self->error;
}

const char *
lec_player_get_notice (LecPlayer *self)
{
  return self->notice;
}

const char *
lec_player_get_caption (LecPlayer *self)
{
  return self->caption;
}

const char *
lec_player_get_problem (LecPlayer *self)
{
  return self->problem;
}

guint
lec_player_get_alternative (LecPlayer *self)
{
  return self->rollover != NULL ? lec_rollover_get_outer_index (self->rollover) : 0;
}

guint64
lec_player_get_decoded (LecPlayer *self, LecMedia media)
{
  static const GstStreamType types[] = {
    [LEC_MEDIA_VIDEO] = GST_STREAM_TYPE_VIDEO,
    [LEC_MEDIA_AUDIO] = GST_STREAM_TYPE_AUDIO,
    [LEC_MEDIA_TEXT] = GST_STREAM_TYPE_TEXT,
  };

  if (self->pipeline == NULL || media >= G_N_ELEMENTS (types))
    return 0;
  return lec_pipeline_get_shown (self->pipeline, types[media], 0)
         + lec_pipeline_get_shown (self->pipeline, types[media], 1);
}

/* Whether what plays is of the announcement that was opened last. */
static gboolean
is_announced (LecPlayer *self)
{
  return self->announcement != NULL
         && g_ptr_array_find (self->announcement->channels, self->channel, NULL);
}

/* What the source cannot know is added. */
LecReport *
lec_player_dup_report (LecPlayer *self)
{
  g_autoptr (LecReport) report = NULL;
  LecReportDraft *draft;

  if (self->pipeline == NULL)
    return NULL;
  report = lec_pipeline_dup_report (self->pipeline);
  if (!is_announced (self) && self->error == LEC_ERROR_NONE && !self->withdrawn)
    return g_steal_pointer (&report);
  draft = lec_report_draft_copy (report);
  if (is_announced (self))
    lec_report_draft_set_warnings (draft, self->announcement->warnings);
  draft->error = self->error;
  draft->withdrawn = self->withdrawn;
  return lec_report_draft_finish (draft);
}

static void
lec_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LecPlayer *self = LEC_PLAYER (object);

  switch (id) {
  case PROP_VOLUME:
    self->volume = g_value_get_double (value);
    if (self->sound != NULL)
      lec_output_set_volume (self->sound, self->volume);
    break;
  case PROP_MUTED:
    self->muted = g_value_get_boolean (value);
    if (self->sound != NULL)
      lec_output_set_muted (self->sound, self->muted);
    break;
  case PROP_LOW_PORTS:
    self->options.low_ports = g_value_get_boolean (value);
    break;
  case PROP_INTERFACE:
    g_free (self->options.interface);
    self->options.interface = g_value_dup_string (value);
    break;
  case PROP_LATENCY:
    self->options.latency_ms = g_value_get_int (value);
    break;
  case PROP_CAPTURE:
    g_free (self->options.capture);
    self->options.capture = g_value_dup_string (value);
    break;
  case PROP_REPLAY:
    g_free (self->options.replay);
    g_free (self->options.station);
    self->options.replay = g_value_dup_string (value);
    break;
  case PROP_RECORD:
    g_free (self->options.record);
    self->options.record = g_value_dup_string (value);
    break;
  case PROP_REPORTS:
    self->options.reports = g_value_get_boolean (value);
    break;
  case PROP_PROGRAM:
    self->options.program = g_value_get_uint (value);
    if (self->pipeline != NULL)
      lec_pipeline_set_program (self->pipeline, self->options.program);
    break;
  case PROP_STATION:
    g_free (self->options.station);
    self->options.station = g_value_dup_string (value);
    if (self->pipeline != NULL)
      lec_pipeline_set_station (self->pipeline, self->options.station);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LecPlayer *self = LEC_PLAYER (object);

  switch (id) {
  case PROP_CHANNEL:
    g_value_set_boxed (value, self->channel);
    break;
  case PROP_CHANNELS:
    g_value_set_boxed (value, lec_player_get_channels (self));
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, self->message);
    break;
  case PROP_ERROR:
    g_value_set_int (value, (int) self->error);
    break;
  case PROP_NOTICE:
    g_value_set_string (value, self->notice);
    break;
  case PROP_CAPTION:
    g_value_set_string (value, self->caption);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  case PROP_VOLUME:
    g_value_set_double (value, self->volume);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, self->muted);
    break;
  case PROP_LOW_PORTS:
    g_value_set_boolean (value, self->options.low_ports);
    break;
  case PROP_INTERFACE:
    g_value_set_string (value, self->options.interface);
    break;
  case PROP_LATENCY:
    g_value_set_int (value, self->options.latency_ms);
    break;
  case PROP_CAPTURE:
    g_value_set_string (value, self->options.capture);
    break;
  case PROP_REPLAY:
    g_value_set_string (value, self->options.replay);
    break;
  case PROP_RECORD:
    g_value_set_string (value, self->options.record);
    break;
  case PROP_REPORTS:
    g_value_set_boolean (value, self->options.reports);
    break;
  case PROP_PROGRAM:
    g_value_set_uint (value, self->options.program);
    break;
  case PROP_STATION:
    g_value_set_string (value, self->options.station);
    break;
  case PROP_HAS_VIDEO:
    g_value_set_boolean (value, self->has_video);
    break;
  case PROP_HAS_SECOND_VIDEO:
    g_value_set_boolean (value, self->has_second_video);
    break;
  case PROP_HAS_AUDIO:
    g_value_set_boolean (value, self->has_audio);
    break;
  case PROP_PROMISES_VIDEO:
    g_value_set_boolean (value, self->promises_video);
    break;
  case PROP_BEHIND:
    g_value_set_double (value, self->behind);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_player_dispose (GObject *object)
{
  LecPlayer *self = LEC_PLAYER (object);

  forget (self);
  g_clear_pointer (&self->warm_up, g_thread_join);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->picture);
  gst_clear_object (&self->second_picture);
  G_OBJECT_CLASS (lec_player_parent_class)->dispose (object);
}

static void
lec_player_finalize (GObject *object)
{
  LecPlayer *self = LEC_PLAYER (object);

  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->announcement, lec_announcement_free);
  g_free (self->message);
  g_free (self->problem);
  g_free (self->notice);
  g_free (self->caption);
  g_free (self->options.interface);
  g_free (self->options.capture);
  g_free (self->options.replay);
  g_free (self->options.record);
  G_OBJECT_CLASS (lec_player_parent_class)->finalize (object);
}

static void
lec_player_class_init (LecPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lec_player_set_property;
  object_class->get_property = lec_player_get_property;
  object_class->dispose = lec_player_dispose;
  object_class->finalize = lec_player_finalize;

  properties[PROP_CHANNEL] = g_param_spec_boxed ("channel", NULL, NULL, LEC_TYPE_CHANNEL, r);
  properties[PROP_CHANNELS] = g_param_spec_boxed ("channels", NULL, NULL, G_TYPE_PTR_ARRAY, r);
  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, LEC_TYPE_PLAYER_STATE, LEC_PLAYER_STOPPED, r);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, "", r);
  properties[PROP_ERROR] = g_param_spec_int ("error", NULL, NULL, LEC_ERROR_NONE,
                                             LEC_ERROR_LOW_PORT, LEC_ERROR_NONE, r);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, r);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, r);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, r);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, rw);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, rw);
  properties[PROP_INTERFACE] = g_param_spec_string ("interface", NULL, NULL, NULL, rw);
  properties[PROP_LOW_PORTS] = g_param_spec_boolean ("low-ports", NULL, NULL, FALSE, rw);
  properties[PROP_LATENCY] = g_param_spec_int ("latency", NULL, NULL, -1, 10000, -1, rw);
  properties[PROP_CAPTURE] = g_param_spec_string ("capture", NULL, NULL, NULL, rw);
  properties[PROP_REPLAY] = g_param_spec_string ("replay", NULL, NULL, NULL, rw);
  properties[PROP_RECORD] = g_param_spec_string ("record", NULL, NULL, NULL, rw);
  properties[PROP_REPORTS] = g_param_spec_boolean ("reports", NULL, NULL, TRUE, rw);
  properties[PROP_STATION] = g_param_spec_string ("station", NULL, NULL, NULL, rw);
  properties[PROP_PROGRAM] = g_param_spec_uint ("program", NULL, NULL, 0, G_MAXUINT16, 0, rw);
  properties[PROP_HAS_VIDEO] = g_param_spec_boolean ("has-video", NULL, NULL, FALSE, r);
  properties[PROP_HAS_SECOND_VIDEO]
      = g_param_spec_boolean ("has-second-video", NULL, NULL, FALSE, r);
  properties[PROP_PROMISES_VIDEO] = g_param_spec_boolean ("promises-video", NULL, NULL, FALSE, r);
  properties[PROP_HAS_AUDIO] = g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, r);
  properties[PROP_BEHIND] = g_param_spec_double ("behind", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, r);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lec_player_init (LecPlayer *self)
{
  self->message = g_strdup ("");
  self->error = LEC_ERROR_NONE;
  self->volume = 1.0;
  self->options.latency_ms = -1;
  self->options.decode = TRUE;
  self->options.reports = TRUE;
  self->warm_up = lec_warm_up_start ();
}

LecPlayer *
lec_player_new (GstElement *video_sink)
{
  LecPlayer *self = g_object_new (LEC_TYPE_PLAYER, NULL);

  self->picture = lec_output_new_picture (video_sink);
  self->sound = lec_output_new_sound ();
  self->asks = TRUE;
  return self;
}

void
lec_player_set_second_sink (LecPlayer *self, GstElement *video_sink)
{
  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (self->second_picture == NULL);

  self->second_picture = lec_output_new_picture (video_sink);
}

LecPlayer *
lec_player_new_without_output (gboolean decode)
{
  LecPlayer *self = g_object_new (LEC_TYPE_PLAYER, NULL);

  self->options.decode = decode;
  return self;
}
