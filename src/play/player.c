/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/player.h"

#include <gst/gst.h>

#include "net/output-file.h"
#include "play/admission.h"
#include "play/caption-choice.h"
#include "play/lineup.h"
#include "play/script-commands.h"
#include "play/tuner.h"
#include "play/warm-up.h"

#define BEHIND_STEP_S 0.01 /* a smaller change of the latency is no news */

struct _LecPlayer
{
  GObject parent;

  LecTuner *tuner;
  LecLineup *lineup;
  GThread *warm_up;
  LecPipelineOptions options;

  LecPlayerState state;
  LecError error; /* that the message is about */
  char *message;
  char *notice;
  LecCaptionChoice captions;
  char *caption;
  LecCaptionPicture *caption_picture;
  guint sound;
  char *problem;
  LecScriptCommands *script;
  double volume;
  double behind; /* [s] */
  gboolean muted;
  guint pictures; /* that are seen: a bit for each */
  gboolean has_audio, promises_video;
  gboolean is_hidden;
  guint link_speed;
  double duration; /* [s] of what is played, if it is a file */
  gboolean can_seek, can_pause, paused;
};

enum {
  PROP_CHANNEL = 1,
  PROP_CHANNELS,
  PROP_STATE,
  PROP_MESSAGE,
  PROP_ERROR,
  PROP_NOTICE,
  PROP_CAPTION,
  PROP_CAPTION_PICTURE,
  PROP_CAPTIONS,
  PROP_CAPTION_KINDS,
  PROP_SOUND,
  PROP_SCRIPT,
  PROP_PROBLEM,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_INTERFACE,
  PROP_LOW_PORTS,
  PROP_REPAIR,
  PROP_LATENCY,
  PROP_CAPTURE,
  PROP_REPLAY,
  PROP_RECORD,
  PROP_REPORTS,
  PROP_PROGRAM,
  PROP_STATION,
  PROP_HAS_VIDEO,
  PROP_HAS_SECOND_VIDEO,
  PROP_PICTURES,
  PROP_HAS_AUDIO,
  PROP_PROMISES_VIDEO,
  PROP_BEHIND,
  PROP_HIDDEN,
  PROP_LINK_SPEED,
  PROP_CHANNELS_AHEAD,
  PROP_DURATION,
  PROP_CAN_SEEK,
  PROP_CAN_PAUSE,
  PROP_PAUSED,
  PROP_HAS_LIST,
  PROP_HAS_PREVIOUS,
  PROP_HAS_NEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecPlayer, lec_player, G_TYPE_OBJECT)

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

static void
set_notice (LecPlayer *self, const char *notice)
{
  if (g_strcmp0 (self->notice, notice) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

static void
show_caption_picture (LecPlayer *self)
{
  LecCaptionPicture *picture = lec_caption_choice_get_picture (&self->captions);

  if (picture == self->caption_picture)
    return;
  g_clear_pointer (&self->caption_picture, lec_caption_picture_unref);
  if (picture != NULL)
    self->caption_picture = lec_caption_picture_ref (picture);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION_PICTURE]);
}

static void
show_caption (LecPlayer *self)
{
  const char *caption = lec_caption_choice_get (&self->captions);

  show_caption_picture (self);
  if (g_strcmp0 (self->caption, caption) == 0)
    return;
  g_free (self->caption);
  self->caption = g_strdup (caption);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION]);
}

/* @caption: (nullable) */
static void
say_caption (LecPlayer *self, LecCaptionKind kind, const char *caption)
{
  const guint heard = self->captions.heard;

  lec_caption_choice_say (&self->captions, kind, caption);
  if (heard != self->captions.heard)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION_KINDS]);
  show_caption (self);
}

static void
clear_captions (LecPlayer *self)
{
  lec_caption_choice_clear (&self->captions);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION_KINDS]);
  show_caption (self);
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

/* All at once, so that there is no moment with only some of them. */
static void
set_pictures (LecPlayer *self, guint pictures)
{
  const guint before = self->pictures;

  if (before == pictures)
    return;
  self->pictures = pictures;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURES]);
  if (((before ^ pictures) & 1) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_VIDEO]);
  if ((before > 1) != (pictures > 1))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_SECOND_VIDEO]);
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

/* Returns: (transfer none) (nullable): what the viewer is told of */
static LecPipeline *
get_pipeline (LecPlayer *self)
{
  return lec_switcher_get_told (lec_tuner_get_switcher (self->tuner));
}

/* What is so of a file, and of nothing else; nor of one that has failed. */
static void
tell_file (LecPlayer *self)
{
  LecPipeline *pipeline = lec_player_state_is_on (self->state) ? get_pipeline (self) : NULL;
  const double duration
      = pipeline != NULL ? (double) lec_pipeline_get_duration (pipeline) / G_USEC_PER_SEC : 0;

  if (self->duration != duration) {
    self->duration = duration;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DURATION]);
  }
  set_flag (self, &self->can_seek, pipeline != NULL && lec_pipeline_can_seek (pipeline),
            PROP_CAN_SEEK);
  set_flag (self, &self->can_pause, pipeline != NULL && lec_pipeline_can_pause (pipeline),
            PROP_CAN_PAUSE);
  set_flag (self, &self->paused, pipeline != NULL && lec_pipeline_is_paused (pipeline),
            PROP_PAUSED);
}

/* ---- what the lineup tells ---- */

static void
left_cb (gpointer data)
{
  LecPlayer *self = data;

  set_problem (self, NULL);
  set_notice (self, NULL);
  clear_captions (self);
  self->sound = 0;
  lec_script_commands_begin (self->script, NULL, NULL);
  set_error (self, LEC_ERROR_NONE);
}

static void
channel_cb (gpointer data)
{
  LecPlayer *self = data;

  set_flag (self, &self->promises_video,
            lec_admission_promises_video (lec_player_get_channel (self)), PROP_PROMISES_VIDEO);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

static void
begins_cb (gpointer data)
{
  LecPlayer *self = data;

  lec_script_commands_begin (self->script, lec_player_get_channel (self),
                             lec_player_get_announcement (self));
}

static void
moved_cb (gpointer data)
{
  for (guint i = PROP_HAS_LIST; i <= PROP_HAS_NEXT; i++)
    g_object_notify_by_pspec (G_OBJECT (data), properties[i]);
}

static void
announcement_cb (gpointer data)
{
  g_object_notify_by_pspec (G_OBJECT (data), properties[PROP_CHANNELS]);
  moved_cb (data);
}

static void
state_cb (LecPlayerState state, LecError error, const char *message, gpointer data)
{
  LecPlayer *self = data;

  set_error (self, error);
  set_message (self, message);
  if (self->state != state) {
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    tell_file (self);
  }
}

static void
notice_cb (const char *sentence, gpointer data)
{
  set_notice (data, sentence);
}

static const LecLineupCallbacks lineup_callbacks = {
  .left = left_cb,
  .channel = channel_cb,
  .begins = begins_cb,
  .announcement = announcement_cb,
  .moved = moved_cb,
  .state = state_cb,
  .notice = notice_cb,
};

/* ---- what the tuner tells ---- */

static void
refused_cb (gpointer data)
{
  LecPlayer *self = data;

  lec_lineup_refuse (self->lineup, self->message);
}

static void
ended_cb (LecPlaylistEnd end, gpointer data)
{
  LecPlayer *self = data;

  lec_lineup_end (self->lineup, end, end == LEC_PLAYLIST_FAILED ? self->message : NULL);
}

static void
over_cb (gpointer data)
{
  lec_lineup_go_on (((LecPlayer *) data)->lineup);
}

static void
outdated_cb (gpointer data)
{
  lec_lineup_renew (((LecPlayer *) data)->lineup);
}

static void
way_cb (const LecAlternative *alternative, gpointer data)
{
  lec_script_commands_receive (((LecPlayer *) data)->script, alternative);
}

static void
entered_cb (const char *uri, gpointer data)
{
  lec_script_commands_enter (((LecPlayer *) data)->script, uri);
}

static void
media_cb (const LecTunerMedia *media, gpointer data)
{
  LecPlayer *self = data;

  /* sound first: there is no moment at which it seems to go on without the pictures */
  set_flag (self, &self->has_audio, media->audio, PROP_HAS_AUDIO);
  set_pictures (self, media->pictures);
  tell_file (self);
}

static void
behind_cb (double behind, gpointer data)
{
  set_behind (data, behind);
}

static void
problem_cb (const char *sentence, gpointer data)
{
  set_problem (data, sentence);
}

static void
embedded_caption_cb (LecCaptionKind kind,
                     const char *text,
                     LecCaptionPicture *picture,
                     gpointer data)
{
  LecPlayer *self = data;

  if (kind == LEC_CAPTIONS_SUBTITLES)
    lec_caption_choice_show (&self->captions, picture);
  say_caption (self, kind, text);
}

static void
caption_cb (const char *text, gpointer data)
{
  say_caption (data, LEC_CAPTIONS_TYPED, text);
  for (guint i = LEC_CAPTIONS_TYPED + 1; text == NULL && i < LEC_N_CAPTIONS; i++)
    embedded_caption_cb (i, NULL, NULL, data);
}

static void
script_caption_cb (const char *text, gpointer data)
{
  say_caption (data, LEC_CAPTIONS_SCRIPT, text);
}

static void
ahead_cb (gpointer data)
{
  g_object_notify_by_pspec (G_OBJECT (data), properties[PROP_CHANNELS_AHEAD]);
}

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  lec_script_commands_take (((LecPlayer *) data)->script, type, parameter, is_due);
}

static void
header_cb (GBytes *header, gpointer data)
{
  lec_script_commands_read_header (((LecPlayer *) data)->script, header);
}

static const LecTunerCallbacks tuner_callbacks = {
  .state = state_cb,
  .refused = refused_cb,
  .ended = ended_cb,
  .over = over_cb,
  .outdated = outdated_cb,
  .way = way_cb,
  .entered = entered_cb,
  .media = media_cb,
  .behind = behind_cb,
  .notice = notice_cb,
  .problem = problem_cb,
  .caption = caption_cb,
  .ahead = ahead_cb,
  .embedded_caption = embedded_caption_cb,
  .cue = cue_cb,
  .header = header_cb,
};

/* ---- what is wanted ---- */

void
lec_player_open (LecPlayer *self, const char *location)
{
  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (location != NULL);

  lec_lineup_open (self->lineup, location);
}

void
lec_player_play (LecPlayer *self, LecChannel *channel)
{
  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (channel != NULL);

  lec_lineup_play (self->lineup, channel);
}

void
lec_player_play_previous (LecPlayer *self)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_lineup_play_previous (self->lineup);
}

void
lec_player_play_next (LecPlayer *self)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_lineup_play_next (self->lineup);
}

gboolean
lec_player_play_event (LecPlayer *self, const char *name)
{
  g_return_val_if_fail (LEC_IS_PLAYER (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return self->state == LEC_PLAYER_PLAYING && lec_lineup_play_event (self->lineup, name);
}

gboolean
lec_player_play_uri (LecPlayer *self, const char *uri)
{
  g_return_val_if_fail (LEC_IS_PLAYER (self), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  return lec_lineup_play_uri (self->lineup, uri);
}

void
lec_player_override_limits (LecPlayer *self)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  if (self->error == LEC_ERROR_TOO_MUCH || self->error == LEC_ERROR_LOW_PORT)
    lec_lineup_play_anyway (self->lineup);
}

void
lec_player_stop (LecPlayer *self)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_lineup_stop (self->lineup);
}

gint64
lec_player_get_position (LecPlayer *self)
{
  g_return_val_if_fail (LEC_IS_PLAYER (self), 0);

  return lec_tuner_get_position (self->tuner);
}

void
lec_player_seek (LecPlayer *self, gint64 position_us)
{
  LecPipeline *pipeline;

  g_return_if_fail (LEC_IS_PLAYER (self));

  pipeline = get_pipeline (self);
  if (pipeline != NULL)
    lec_pipeline_seek (pipeline, position_us);
}

void
lec_player_want_ahead (LecPlayer *self, const GPtrArray *channels)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (channels != NULL);

  for (guint i = 0; i < channels->len; i++)
    g_ptr_array_add (known, lec_lineup_find_known (self->lineup, g_ptr_array_index (channels, i)));
  lec_ahead_want (lec_tuner_get_ahead (self->tuner), known);
}

void
lec_player_join_soon (LecPlayer *self, LecChannel *channel)
{
  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (channel != NULL);

  lec_ahead_join_soon (lec_tuner_get_ahead (self->tuner), channel);
}

LecAheadCost
lec_player_get_ahead_cost (LecPlayer *self)
{
  return lec_ahead_get_cost (lec_tuner_get_ahead (self->tuner));
}

GstSample *
lec_player_dup_key_picture (LecPlayer *self, LecChannel *channel)
{
  g_return_val_if_fail (LEC_IS_PLAYER (self), NULL);

  return lec_ahead_dup_key_picture (lec_tuner_get_ahead (self->tuner),
                                    lec_lineup_find_known (self->lineup, channel));
}

void
lec_player_set_known_func (LecPlayer *self, LecPlayerKnownFunc func, gpointer data)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_lineup_set_known_func (self->lineup, func, data);
}

void
lec_player_set_withdrawn (LecPlayer *self, gboolean withdrawn)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_tuner_set_withdrawn (self->tuner, withdrawn);
}

/* ---- what script commands want ---- */

static void
script_open_cb (const char *uri, gpointer data)
{
  lec_player_play_uri (data, uri);
}

static void
script_event_cb (const char *name, gpointer data)
{
  lec_player_play_event (data, name);
}

static void
script_event_ahead_cb (const char *name, gpointer data)
{
  lec_lineup_fetch_event (((LecPlayer *) data)->lineup, name);
}

static const LecScriptCallbacks script_callbacks
    = { script_caption_cb, script_open_cb, script_event_cb, script_event_ahead_cb };

/* ---- properties ---- */

LecChannel *
lec_player_get_channel (LecPlayer *self)
{
  return lec_lineup_get_channel (self->lineup);
}

GPtrArray *
lec_player_get_channels (LecPlayer *self)
{
  const LecAnnouncement *announcement = lec_player_get_announcement (self);

  return announcement != NULL ? announcement->channels : NULL;
}

const LecAnnouncement *
lec_player_get_announcement (LecPlayer *self)
{
  return lec_lineup_get_announcement (self->lineup);
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
  return lec_tuner_get_outer_index (self->tuner);
}

const LecAlternative *
lec_player_get_playing (LecPlayer *self)
{
  return lec_tuner_get_playing (self->tuner);
}

const LecAlternative *
lec_player_get_missed (LecPlayer *self)
{
  return lec_tuner_get_missed (self->tuner);
}

static LecSwitcher *
get_switcher (LecPlayer *self)
{
  return lec_tuner_get_switcher (self->tuner);
}

guint64
lec_player_get_decoded (LecPlayer *self, LecMedia media)
{
  static const GstStreamType types[] = {
    [LEC_MEDIA_VIDEO] = GST_STREAM_TYPE_VIDEO,
    [LEC_MEDIA_AUDIO] = GST_STREAM_TYPE_AUDIO,
    [LEC_MEDIA_TEXT] = GST_STREAM_TYPE_TEXT,
  };

  LecPipeline *pipeline = get_pipeline (self);
  guint64 decoded = 0;

  if (pipeline == NULL || media >= G_N_ELEMENTS (types))
    return 0;
  for (guint i = 0; i < LEC_SWITCHER_PICTURES; i++)
    decoded += lec_pipeline_get_shown (pipeline, types[media], i);
  return decoded;
}

/* What the tuner cannot know is added. */
LecReport *
lec_player_dup_report (LecPlayer *self)
{
  g_autoptr (LecReport) report = lec_tuner_dup_report (self->tuner);
  LecReportDraft *draft;

  if (report == NULL || !lec_lineup_is_announced (self->lineup))
    return g_steal_pointer (&report);
  draft = lec_report_draft_copy (report);
  lec_report_draft_set_warnings (draft, lec_player_get_announcement (self)->warnings);
  return lec_report_draft_finish (draft);
}

LecDoctorCase
lec_player_open_case (LecPlayer *self, LecReport *report)
{
  LecDoctorCase facts = lec_tuner_open_case (self->tuner, report);

  if (self->state == LEC_PLAYER_REFUSED) {
    facts.refusal = self->message;
    facts.refused = self->error;
  }
  return facts;
}

static gboolean
has_list (LecPlayer *self)
{
  const GPtrArray *channels = lec_player_get_channels (self);

  return channels != NULL && channels->len > 1;
}

static void
set_record (LecPlayer *self, const char *path)
{
  g_autofree char *before = g_steal_pointer (&self->options.record);
  g_autoptr (GError) error = NULL;

  set_problem (self, NULL);
  if (lec_switcher_record (get_switcher (self), path, &error)) {
    self->options.record = g_strdup (path);
  } else {
    lec_output_file_discard (path);
    set_problem (self, error->message);
  }
  if (before != NULL)
    lec_output_file_discard (before);
}

gboolean
lec_player_get_recording (LecPlayer *self, LecRecordingProgress *progress)
{
  LecPipeline *pipeline;

  g_return_val_if_fail (LEC_IS_PLAYER (self), FALSE);

  pipeline = get_pipeline (self);
  return pipeline != NULL && lec_pipeline_get_recording (pipeline, progress);
}

static void
want_captions (LecPlayer *self, guint wanted)
{
  const guint subtitles = LEC_CAPTIONS_ARE_SUBTITLES (wanted) ? wanted : 0;

  self->captions.wanted = wanted;
  if (self->options.subtitles != subtitles) {
    self->options.subtitles = subtitles;
    lec_caption_choice_say (&self->captions, LEC_CAPTIONS_SUBTITLES, NULL);
    lec_caption_choice_show (&self->captions, NULL);
    if (get_pipeline (self) != NULL)
      lec_pipeline_set_subtitles (get_pipeline (self), subtitles);
  }
  show_caption (self);
}

static void
set_hidden (LecPlayer *self, gboolean is_hidden)
{
  if (self->is_hidden == is_hidden)
    return;
  self->is_hidden = is_hidden;
  if (is_hidden)
    lec_switcher_hide (get_switcher (self));
  else
    lec_switcher_unhide (get_switcher (self));
}

static void
set_paused (LecPlayer *self, gboolean paused)
{
  if (get_pipeline (self) != NULL)
    lec_pipeline_set_paused (get_pipeline (self), paused);
  tell_file (self);
}

static void
lec_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LecPlayer *self = LEC_PLAYER (object);

  switch (id) {
  case PROP_VOLUME:
    self->volume = g_value_get_double (value);
    lec_switcher_set_volume (get_switcher (self), self->volume);
    break;
  case PROP_MUTED:
    self->muted = g_value_get_boolean (value);
    lec_switcher_set_muted (get_switcher (self), self->muted);
    break;
  case PROP_CAPTIONS:
    want_captions (self, g_value_get_uint (value));
    break;
  case PROP_SOUND:
    self->sound = g_value_get_uint (value);
    if (get_pipeline (self) != NULL)
      lec_pipeline_set_sound (get_pipeline (self), self->sound);
    break;
  case PROP_PAUSED:
    set_paused (self, g_value_get_boolean (value));
    break;
  case PROP_HIDDEN:
    set_hidden (self, g_value_get_boolean (value));
    break;
  case PROP_LINK_SPEED:
    self->link_speed = g_value_get_uint (value);
    lec_ahead_set_speed (lec_tuner_get_ahead (self->tuner), self->link_speed);
    break;
  case PROP_LOW_PORTS:
    self->options.low_ports = g_value_get_boolean (value);
    break;
  case PROP_REPAIR:
    self->options.repair = g_value_get_boolean (value);
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
    self->options.replay = g_value_dup_string (value);
    break;
  case PROP_RECORD:
    set_record (self, g_value_get_string (value));
    break;
  case PROP_REPORTS:
    self->options.reports = g_value_get_boolean (value);
    break;
  case PROP_PROGRAM:
    self->options.program = g_value_get_uint (value);
    if (get_pipeline (self) != NULL)
      lec_pipeline_set_program (get_pipeline (self), self->options.program);
    break;
  case PROP_STATION:
    g_free (self->options.station);
    self->options.station = g_value_dup_string (value);
    if (get_pipeline (self) != NULL)
      lec_pipeline_set_station (get_pipeline (self), self->options.station);
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
    g_value_set_boxed (value, lec_player_get_channel (self));
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
  case PROP_CAPTION_PICTURE:
    g_value_set_boxed (value, self->caption_picture);
    break;
  case PROP_CAPTIONS:
    g_value_set_uint (value, self->captions.wanted);
    break;
  case PROP_CAPTION_KINDS:
    g_value_set_uint (value, self->captions.heard);
    break;
  case PROP_SOUND:
    g_value_set_uint (value, self->sound);
    break;
  case PROP_SCRIPT:
    g_value_set_object (value, self->script);
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
  case PROP_DURATION:
    g_value_set_double (value, self->duration);
    break;
  case PROP_CAN_SEEK:
    g_value_set_boolean (value, self->can_seek);
    break;
  case PROP_CAN_PAUSE:
    g_value_set_boolean (value, self->can_pause);
    break;
  case PROP_PAUSED:
    g_value_set_boolean (value, self->paused);
    break;
  case PROP_HIDDEN:
    g_value_set_boolean (value, self->is_hidden);
    break;
  case PROP_LINK_SPEED:
    g_value_set_uint (value, self->link_speed);
    break;
  case PROP_CHANNELS_AHEAD:
    g_value_set_uint (value, lec_player_get_ahead_cost (self).n_channels);
    break;
  case PROP_LOW_PORTS:
    g_value_set_boolean (value, self->options.low_ports);
    break;
  case PROP_REPAIR:
    g_value_set_boolean (value, self->options.repair);
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
    g_value_set_boolean (value, (self->pictures & 1) != 0);
    break;
  case PROP_HAS_SECOND_VIDEO:
    g_value_set_boolean (value, self->pictures > 1);
    break;
  case PROP_PICTURES:
    g_value_set_uint (value, self->pictures);
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
  case PROP_HAS_LIST:
    g_value_set_boolean (value, has_list (self));
    break;
  case PROP_HAS_PREVIOUS:
    g_value_set_boolean (value, lec_lineup_has_previous (self->lineup));
    break;
  case PROP_HAS_NEXT:
    g_value_set_boolean (value, lec_lineup_has_next (self->lineup));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_player_dispose (GObject *object)
{
  LecPlayer *self = LEC_PLAYER (object);

  lec_lineup_forget (self->lineup);
  g_clear_pointer (&self->warm_up, g_thread_join);
  G_OBJECT_CLASS (lec_player_parent_class)->dispose (object);
}

static void
lec_player_finalize (GObject *object)
{
  LecPlayer *self = LEC_PLAYER (object);

  g_clear_pointer (&self->lineup, lec_lineup_free);
  g_clear_pointer (&self->tuner, lec_tuner_free);
  g_clear_object (&self->script);
  g_free (self->message);
  g_free (self->problem);
  g_free (self->notice);
  lec_caption_choice_clear (&self->captions);
  g_free (self->caption);
  g_clear_pointer (&self->caption_picture, lec_caption_picture_unref);
  g_free (self->options.interface);
  g_free (self->options.capture);
  g_free (self->options.replay);
  g_free (self->options.record);
  g_free (self->options.station);
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
  properties[PROP_CAPTION_PICTURE]
      = g_param_spec_boxed ("caption-picture", NULL, NULL, LEC_TYPE_CAPTION_PICTURE, r);
  properties[PROP_CAPTIONS]
      = g_param_spec_uint ("captions", NULL, NULL, 0, G_MAXUINT, LEC_CAPTIONS_AUTOMATIC, rw);
  properties[PROP_CAPTION_KINDS]
      = g_param_spec_uint ("caption-kinds", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_SOUND] = g_param_spec_uint ("sound", NULL, NULL, 0, G_MAXUINT, 0, rw);
  properties[PROP_SCRIPT] = g_param_spec_object ("script", NULL, NULL, LEC_TYPE_SCRIPT_COMMANDS, r);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, r);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, rw);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, rw);
  properties[PROP_INTERFACE] = g_param_spec_string ("interface", NULL, NULL, NULL, rw);
  properties[PROP_LOW_PORTS] = g_param_spec_boolean ("low-ports", NULL, NULL, FALSE, rw);
  properties[PROP_REPAIR] = g_param_spec_boolean ("repair", NULL, NULL, TRUE, rw);
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
  properties[PROP_PICTURES] = g_param_spec_uint ("pictures", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_PROMISES_VIDEO] = g_param_spec_boolean ("promises-video", NULL, NULL, FALSE, r);
  properties[PROP_HAS_AUDIO] = g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, r);
  properties[PROP_BEHIND] = g_param_spec_double ("behind", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, r);
  properties[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, rw);
  properties[PROP_LINK_SPEED] = g_param_spec_uint ("link-speed", NULL, NULL, 0, G_MAXUINT, 0, rw);
  properties[PROP_CHANNELS_AHEAD]
      = g_param_spec_uint ("channels-ahead", NULL, NULL, 0, LEC_AHEAD_MOST, 0, r);
  properties[PROP_DURATION]
      = g_param_spec_double ("duration", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, r);
  properties[PROP_CAN_SEEK] = g_param_spec_boolean ("can-seek", NULL, NULL, FALSE, r);
  properties[PROP_CAN_PAUSE] = g_param_spec_boolean ("can-pause", NULL, NULL, FALSE, r);
  properties[PROP_PAUSED]
      = g_param_spec_boolean ("paused", NULL, NULL, FALSE, rw | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_HAS_LIST] = g_param_spec_boolean ("has-list", NULL, NULL, FALSE, r);
  properties[PROP_HAS_PREVIOUS] = g_param_spec_boolean ("has-previous", NULL, NULL, FALSE, r);
  properties[PROP_HAS_NEXT] = g_param_spec_boolean ("has-next", NULL, NULL, FALSE, r);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lec_player_init (LecPlayer *self)
{
  self->message = g_strdup ("");
  self->script = lec_script_commands_new (&script_callbacks, self);
  self->error = LEC_ERROR_NONE;
  self->volume = 1.0;
  self->captions.wanted = LEC_CAPTIONS_AUTOMATIC;
  self->options.latency_ms = -1;
  self->options.decode = TRUE;
  self->options.reports = TRUE;
  self->options.repair = TRUE;
  self->tuner = lec_tuner_new (&self->options, &tuner_callbacks, self);
  self->lineup = lec_lineup_new (self->tuner, &lineup_callbacks, self);
  self->warm_up = lec_warm_up_start ();
}

LecPlayer *
lec_player_new (GstElement *video_sink)
{
  LecPlayer *self = g_object_new (LEC_TYPE_PLAYER, NULL);

  lec_switcher_add_sink (get_switcher (self), 0, video_sink);
  if (video_sink == NULL)
    lec_switcher_add_spare (get_switcher (self), 0, NULL);
  lec_switcher_add_sound (get_switcher (self));
  lec_tuner_set_asks (self->tuner);
  return self;
}

void
lec_player_set_second_sink (LecPlayer *self, GstElement *video_sink)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_switcher_add_sink (get_switcher (self), 1, video_sink);
}

void
lec_player_set_spare_sinks (LecPlayer *self, GstElement *video_sink, GstElement *second_sink)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_switcher_add_spare (get_switcher (self), 0, video_sink);
  if (second_sink != NULL)
    lec_switcher_add_spare (get_switcher (self), 1, second_sink);
}

void
lec_player_add_picture (LecPlayer *self, GstElement *video_sink, GstElement *spare_sink)
{
  guint index = 0;

  g_return_if_fail (LEC_IS_PLAYER (self));

  while (lec_switcher_has_sink (get_switcher (self), index))
    index++;
  lec_switcher_add_sink (get_switcher (self), index, video_sink);
  lec_switcher_add_spare (get_switcher (self), index, spare_sink);
}

LecPlayer *
lec_player_new_without_output (gboolean decode)
{
  LecPlayer *self = g_object_new (LEC_TYPE_PLAYER, NULL);

  self->options.decode = decode;
  return self;
}
