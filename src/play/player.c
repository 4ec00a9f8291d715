/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/player.h"

#include <gst/gst.h>

#include "net/output-file.h"
#include "play/admission.h"
#include "play/lineup.h"
#include "play/script-commands.h"
#include "play/tuner.h"
#include "play/warm-up.h"

struct _LecPlayer
{
  LecNowPlaying parent;

  LecTuner *tuner;
  LecLineup *lineup;
  GThread *warm_up;
  LecPipelineOptions options;

  guint sound;
  LecScriptCommands *script;
  double volume;
  gboolean muted;
  gboolean is_hidden;
  guint link_speed;
  gboolean paused;
};

enum {
  PROP_CHANNEL = 1,
  PROP_CHANNELS,
  PROP_CAPTIONS,
  PROP_SOUND,
  PROP_SCRIPT,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_HIDDEN,
  PROP_LINK_SPEED,
  PROP_CHANNELS_AHEAD,
  PROP_PAUSED,
  PROP_HAS_LIST,
  PROP_HAS_PREVIOUS,
  PROP_HAS_NEXT,
  PROP_OPTIONS, /* the first of them, in their order */
  N_PROPS = PROP_OPTIONS + LEC_N_OPTIONS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecPlayer, lec_player, LEC_TYPE_NOW_PLAYING)

/* ---- telling ---- */

static LecNowPlaying *
now (LecPlayer *self)
{
  return LEC_NOW_PLAYING (self);
}

/* Returns: (transfer none) (nullable): what the viewer is told of */
static LecPipeline *
get_pipeline (LecPlayer *self)
{
  return lec_switcher_get_told (lec_tuner_get_switcher (self->tuner));
}

/* Of a file that plays, and of none that has failed. */
static void
tell_file (LecPlayer *self)
{
  LecPipeline *pipeline
      = lec_player_state_is_on (lec_player_get_state (self)) ? get_pipeline (self) : NULL;
  const gboolean paused = pipeline != NULL && lec_pipeline_is_paused (pipeline);
  LecNowPlayingFile file = { 0 };

  if (pipeline != NULL)
    file = (LecNowPlayingFile){
      .duration = (double) lec_pipeline_get_duration (pipeline) / G_USEC_PER_SEC,
      .can_seek = lec_pipeline_can_seek (pipeline),
      .can_pause = lec_pipeline_can_pause (pipeline),
    };
  lec_now_playing_set_file (now (self), &file);
  if (self->paused == paused)
    return;
  self->paused = paused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

/* ---- what the lineup tells ---- */

static void
left_cb (gpointer data)
{
  LecPlayer *self = data;

  lec_now_playing_leave (now (self));
  self->sound = 0;
  lec_script_commands_begin (self->script, NULL, NULL);
}

static void
channel_cb (gpointer data)
{
  LecPlayer *self = data;

  lec_now_playing_set_promises_video (now (self),
                                      lec_admission_promises_video (lec_player_get_channel (self)));
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

  if (lec_now_playing_set_state (now (self), state, error, message))
    tell_file (self);
}

static void
notice_cb (const char *sentence, gpointer data)
{
  lec_now_playing_set_notice (data, sentence);
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

  lec_lineup_refuse (self->lineup, lec_player_get_message (self));
}

static void
ended_cb (LecPlaylistEnd end, gpointer data)
{
  LecPlayer *self = data;

  lec_lineup_end (self->lineup, end,
                  end == LEC_PLAYLIST_FAILED ? lec_player_get_message (self) : NULL);
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

  lec_now_playing_set_media (now (self), media->audio, media->pictures);
  tell_file (self);
}

static void
behind_cb (double behind, gpointer data)
{
  lec_now_playing_set_behind (data, behind);
}

static void
problem_cb (const char *sentence, gpointer data)
{
  lec_now_playing_set_problem (data, sentence);
}

static void
embedded_caption_cb (LecCaptionKind kind,
                     const char *text,
                     LecCaptionPicture *picture,
                     gpointer data)
{
  if (kind == LEC_CAPTIONS_SUBTITLES)
    lec_now_playing_say_subtitles (data, text, picture);
  else
    lec_now_playing_say_caption (data, kind, text);
}

static void
caption_cb (const char *text, gpointer data)
{
  lec_now_playing_say_caption (data, LEC_CAPTIONS_TYPED, text);
  for (guint i = LEC_CAPTIONS_TYPED + 1; text == NULL && i < LEC_N_CAPTIONS; i++)
    embedded_caption_cb (i, NULL, NULL, data);
}

static void
script_caption_cb (const char *text, gpointer data)
{
  lec_now_playing_say_caption (data, LEC_CAPTIONS_SCRIPT, text);
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

  return lec_player_get_state (self) == LEC_PLAYER_PLAYING
         && lec_lineup_play_event (self->lineup, name);
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

  if (lec_player_get_error (self) == LEC_ERROR_TOO_MUCH
      || lec_player_get_error (self) == LEC_ERROR_LOW_PORT)
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
  return lec_now_playing_get_state (now (self));
}

const char *
lec_player_get_message (LecPlayer *self)
{
  return lec_now_playing_get_message (now (self));
}

LecError
lec_player_get_error (LecPlayer *self)
{
  return lec_now_playing_get_error (now (self));
}

const char *
lec_player_get_notice (LecPlayer *self)
{
  return lec_now_playing_get_notice (now (self));
}

const char *
lec_player_get_caption (LecPlayer *self)
{
  return lec_now_playing_get_caption (now (self));
}

const char *
lec_player_get_problem (LecPlayer *self)
{
  return lec_now_playing_get_problem (now (self));
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

  if (lec_player_get_state (self) == LEC_PLAYER_REFUSED) {
    facts.refusal = lec_player_get_message (self);
    facts.refused = lec_player_get_error (self);
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

  lec_now_playing_set_problem (now (self), NULL);
  if (lec_switcher_record (get_switcher (self), path, &error)) {
    self->options.record = g_strdup (path);
  } else {
    lec_output_file_discard (path);
    lec_now_playing_set_problem (now (self), error->message);
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
  const gboolean are_others = self->options.subtitles != subtitles;

  self->options.subtitles = subtitles;
  if (are_others && get_pipeline (self) != NULL)
    lec_pipeline_set_subtitles (get_pipeline (self), subtitles);
  lec_now_playing_want_captions (now (self), wanted);
}

/* Some hold for what plays at once. */
static void
set_option (LecPlayer *self, LecPipelineOption option, const GValue *value)
{
  LecPipeline *pipeline = get_pipeline (self);

  if (option == LEC_OPTION_RECORD) {
    set_record (self, g_value_get_string (value));
    return;
  }
  lec_pipeline_options_set (&self->options, option, value);
  if (option == LEC_OPTION_PROGRAM && pipeline != NULL)
    lec_pipeline_set_program (pipeline, self->options.program);
  else if (option == LEC_OPTION_STATION && pipeline != NULL)
    lec_pipeline_set_station (pipeline, self->options.station);
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

  if (id >= PROP_OPTIONS) {
    set_option (self, id - PROP_OPTIONS, value);
    return;
  }
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
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LecPlayer *self = LEC_PLAYER (object);

  if (id >= PROP_OPTIONS) {
    lec_pipeline_options_get (&self->options, id - PROP_OPTIONS, value);
    return;
  }
  switch (id) {
  case PROP_CHANNEL:
    g_value_set_boxed (value, lec_player_get_channel (self));
    break;
  case PROP_CHANNELS:
    g_value_set_boxed (value, lec_player_get_channels (self));
    break;
  case PROP_CAPTIONS:
    g_value_set_uint (value, lec_now_playing_get_wanted_captions (now (self)));
    break;
  case PROP_SOUND:
    g_value_set_uint (value, self->sound);
    break;
  case PROP_SCRIPT:
    g_value_set_object (value, self->script);
    break;
  case PROP_VOLUME:
    g_value_set_double (value, self->volume);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, self->muted);
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
  lec_pipeline_options_clear (&self->options);
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
  properties[PROP_CAPTIONS]
      = g_param_spec_uint ("captions", NULL, NULL, 0, G_MAXUINT, LEC_CAPTIONS_AUTOMATIC, rw);
  properties[PROP_SOUND] = g_param_spec_uint ("sound", NULL, NULL, 0, G_MAXUINT, 0, rw);
  properties[PROP_SCRIPT] = g_param_spec_object ("script", NULL, NULL, LEC_TYPE_SCRIPT_COMMANDS, r);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, rw);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, rw);
  properties[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, rw);
  properties[PROP_LINK_SPEED] = g_param_spec_uint ("link-speed", NULL, NULL, 0, G_MAXUINT, 0, rw);
  properties[PROP_CHANNELS_AHEAD]
      = g_param_spec_uint ("channels-ahead", NULL, NULL, 0, LEC_AHEAD_MOST, 0, r);
  properties[PROP_PAUSED]
      = g_param_spec_boolean ("paused", NULL, NULL, FALSE, rw | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_HAS_LIST] = g_param_spec_boolean ("has-list", NULL, NULL, FALSE, r);
  properties[PROP_HAS_PREVIOUS] = g_param_spec_boolean ("has-previous", NULL, NULL, FALSE, r);
  properties[PROP_HAS_NEXT] = g_param_spec_boolean ("has-next", NULL, NULL, FALSE, r);
  for (guint i = 0; i < LEC_N_OPTIONS; i++)
    properties[PROP_OPTIONS + i] = lec_pipeline_option_new_param_spec (i);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lec_player_init (LecPlayer *self)
{
  self->script = lec_script_commands_new (&script_callbacks, self);
  self->volume = 1.0;
  lec_pipeline_options_init (&self->options);
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
