/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/ui/player-double.h"

#include <stdio.h>
#include <string.h>

#include "report/fields.h"

struct _LecPlayer
{
  GObject parent_instance;

  GstElement *video_sink;
  GstElement *second_sink;
  LecChannel *channel;
  GPtrArray *channels;
  LecPlayerState state;
  char *message;
  LecError error;
  char *notice;
  char *interface;
  double volume;
  gboolean muted;
  gboolean has_video;
  gboolean has_second_video;
  gboolean has_audio;
  gboolean promises_video;
  double behind;
  LecReport *report;
  GString *calls;
};

enum {
  PROP_CHANNEL = 1,
  PROP_CHANNELS,
  PROP_STATE,
  PROP_MESSAGE,
  PROP_ERROR,
  PROP_NOTICE,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_INTERFACE,
  PROP_HAS_VIDEO,
  PROP_HAS_SECOND_VIDEO,
  PROP_HAS_AUDIO,
  PROP_PROMISES_VIDEO,
  PROP_BEHIND,
};

G_DEFINE_FINAL_TYPE (LecPlayer, lec_player, G_TYPE_OBJECT)

/* Remembers a call, and writes it down where PLAYER_DOUBLE_LOG says. */
static void
called (LecPlayer *self, const char *verb, const char *object)
{
  const char *log = g_getenv ("PLAYER_DOUBLE_LOG");
  g_autofree char *call = g_strjoin (object != NULL ? " " : NULL, verb, object, NULL);
  FILE *file = log != NULL ? fopen (log, "a") : NULL;

  g_string_append_printf (self->calls, "%s; ", call);
  if (file != NULL) {
    fprintf (file, "%s\n", call);
    fclose (file);
  }
}

GType
lec_player_state_get_type (void)
{
  static GType type;
  static const GEnumValue values[] = {
    { LEC_PLAYER_STOPPED, "LEC_PLAYER_STOPPED", "stopped" },
    { LEC_PLAYER_WAITING, "LEC_PLAYER_WAITING", "waiting" },
    { LEC_PLAYER_PLAYING, "LEC_PLAYER_PLAYING", "playing" },
    { LEC_PLAYER_SILENT, "LEC_PLAYER_SILENT", "silent" },
    { LEC_PLAYER_REFUSED, "LEC_PLAYER_REFUSED", "refused" },
    { 0, NULL, NULL },
  };

  if (type == 0)
    type = g_enum_register_static ("LecPlayerState", values);
  return type;
}

static void
set_channel (LecPlayer *self, LecChannel *channel)
{
  LecChannel *old = self->channel;

  self->channel = channel != NULL ? lec_channel_ref (channel) : NULL;
  if (old != NULL)
    lec_channel_unref (old);
  g_object_notify (G_OBJECT (self), "channel");
}

static void
lec_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecPlayer *self = LEC_PLAYER (object);

  switch (id) {
  case PROP_CHANNEL:
    g_value_set_boxed (value, self->channel);
    break;
  case PROP_CHANNELS:
    g_value_set_boxed (value, self->channels);
    break;
  case PROP_STATE:
    g_value_set_enum (value, (int) self->state);
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
  case PROP_VOLUME:
    g_value_set_double (value, self->volume);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, self->muted);
    break;
  case PROP_INTERFACE:
    g_value_set_string (value, self->interface);
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
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecPlayer *self = LEC_PLAYER (object);

  switch (id) {
  case PROP_VOLUME:
    self->volume = g_value_get_double (value);
    break;
  case PROP_MUTED:
    self->muted = g_value_get_boolean (value);
    break;
  case PROP_INTERFACE:
    g_free (self->interface);
    self->interface = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_player_finalize (GObject *object)
{
  LecPlayer *self = LEC_PLAYER (object);

  gst_clear_object (&self->video_sink);
  gst_clear_object (&self->second_sink);
  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_clear_pointer (&self->report, lec_report_unref);
  g_free (self->message);
  g_free (self->notice);
  g_free (self->interface);
  g_string_free (self->calls, TRUE);

  G_OBJECT_CLASS (lec_player_parent_class)->finalize (object);
}

static void
install (GObjectClass *class, guint id, GParamSpec *spec)
{
  g_object_class_install_property (class, id, spec);
}

static void
lec_player_class_init (LecPlayerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags rw = r | G_PARAM_WRITABLE;

  object_class->get_property = lec_player_get_property;
  object_class->set_property = lec_player_set_property;
  object_class->finalize = lec_player_finalize;

  install (object_class, PROP_CHANNEL,
           g_param_spec_boxed ("channel", NULL, NULL, LEC_TYPE_CHANNEL, r));
  install (object_class, PROP_CHANNELS,
           g_param_spec_boxed ("channels", NULL, NULL, G_TYPE_PTR_ARRAY, r));
  install (object_class, PROP_STATE,
           g_param_spec_enum ("state", NULL, NULL, LEC_TYPE_PLAYER_STATE, LEC_PLAYER_STOPPED, r));
  install (object_class, PROP_MESSAGE, g_param_spec_string ("message", NULL, NULL, "", r));
  install (object_class, PROP_ERROR,
           g_param_spec_int ("error", NULL, NULL, LEC_ERROR_NONE, G_MAXINT, LEC_ERROR_NONE, r));
  install (object_class, PROP_NOTICE, g_param_spec_string ("notice", NULL, NULL, NULL, r));
  install (object_class, PROP_VOLUME, g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, rw));
  install (object_class, PROP_MUTED, g_param_spec_boolean ("muted", NULL, NULL, FALSE, rw));
  install (object_class, PROP_INTERFACE, g_param_spec_string ("interface", NULL, NULL, NULL, rw));
  install (object_class, PROP_HAS_VIDEO, g_param_spec_boolean ("has-video", NULL, NULL, FALSE, r));
  install (object_class, PROP_HAS_SECOND_VIDEO,
           g_param_spec_boolean ("has-second-video", NULL, NULL, FALSE, r));
  install (object_class, PROP_PROMISES_VIDEO,
           g_param_spec_boolean ("promises-video", NULL, NULL, FALSE, r));
  install (object_class, PROP_BEHIND,
           g_param_spec_double ("behind", NULL, NULL, 0, G_MAXDOUBLE, 0, r));
  install (object_class, PROP_HAS_AUDIO, g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, r));
}

static void
lec_player_init (LecPlayer *self)
{
  self->message = g_strdup ("");
  self->error = LEC_ERROR_NONE;
  self->volume = 1.0;
  self->calls = g_string_new (NULL);
}

LecPlayer *
lec_player_new (GstElement *video_sink)
{
  LecPlayer *self = g_object_new (LEC_TYPE_PLAYER, NULL);

  self->video_sink = video_sink != NULL ? gst_object_ref_sink (video_sink) : NULL;
  return self;
}

void
lec_player_set_second_sink (LecPlayer *self, GstElement *video_sink)
{
  g_assert (self->second_sink == NULL);

  self->second_sink = gst_object_ref_sink (video_sink);
}

void
lec_player_open (LecPlayer *self, const char *location)
{
  called (self, "open", location);
  player_double_set_channels (self, NULL);
  player_double_set_second_video (self, FALSE);
  player_double_set_media (self, FALSE, FALSE);
  player_double_set_state (self, LEC_PLAYER_WAITING, "Opening…");
}

void
lec_player_play (LecPlayer *self, LecChannel *channel)
{
  called (self, "play", lec_channel_get_title (channel));
  player_double_set_second_video (self, FALSE);
  player_double_set_media (self, FALSE, FALSE);
  set_channel (self, channel);
  player_double_set_state (self, LEC_PLAYER_WAITING, "Joining…");
}

void
lec_player_override_bandwidth_limit (LecPlayer *self)
{
  called (self, "insist", NULL);
  player_double_set_error (self, LEC_ERROR_NONE);
  player_double_set_state (self, LEC_PLAYER_WAITING, "Joining…");
}

void
lec_player_stop (LecPlayer *self)
{
  if (self->state == LEC_PLAYER_STOPPED)
    return;

  called (self, "stop", NULL);
  player_double_set_second_video (self, FALSE);
  player_double_set_media (self, FALSE, FALSE);
  player_double_set_state (self, LEC_PLAYER_STOPPED, "");
}

LecChannel *
lec_player_get_channel (LecPlayer *self)
{
  return self->channel;
}

GPtrArray *
lec_player_get_channels (LecPlayer *self)
{
  return self->channels;
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

const char *
lec_player_get_notice (LecPlayer *self)
{
  return self->notice;
}

LecReport *
lec_player_dup_report (LecPlayer *self)
{
  return self->report != NULL ? lec_report_ref (self->report) : NULL;
}

void
player_double_set_state (LecPlayer *self, LecPlayerState state, const char *message)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify (G_OBJECT (self), "state");
  g_object_notify (G_OBJECT (self), "message");
  g_object_thaw_notify (G_OBJECT (self));
}

void
player_double_set_media (LecPlayer *self, gboolean has_video, gboolean has_audio)
{
  self->has_video = has_video;
  self->has_audio = has_audio;
  g_object_notify (G_OBJECT (self), "has-video");
  g_object_notify (G_OBJECT (self), "has-audio");
}

void
player_double_set_second_video (LecPlayer *self, gboolean has_second_video)
{
  self->has_second_video = has_second_video;
  g_object_notify (G_OBJECT (self), "has-second-video");
}

void
player_double_set_error (LecPlayer *self, LecError error)
{
  self->error = error;
  g_object_notify (G_OBJECT (self), "error");
}

void
player_double_set_behind (LecPlayer *self, double behind)
{
  self->behind = behind;
  g_object_notify (G_OBJECT (self), "behind");
}

#define NOW_NS G_GINT64_CONSTANT (1000000000000)

/* What lec_field_get_value() does, the other way round. */
static void
set_field (const LecField *field, gpointer item, const GValue *value)
{
  gpointer at = G_STRUCT_MEMBER_P (item, field->offset);

  switch (field->kind) {
  case LEC_FIELD_COUNTER:
    *(guint64 *) at = g_value_get_uint64 (value);
    break;
  case LEC_FIELD_NUMBER:
  case LEC_FIELD_ID:
    *(guint *) at = g_value_get_uint (value);
    break;
  case LEC_FIELD_PORT:
    *(guint16 *) at = (guint16) g_value_get_uint (value);
    break;
  case LEC_FIELD_FLAG:
    *(gboolean *) at = g_value_get_boolean (value);
    break;
  case LEC_FIELD_TEXT:
    strcpy (at, g_value_get_string (value));
    break;
  case LEC_FIELD_WORD:
    while (!g_str_equal (field->words[*(guint *) at].name, g_value_get_string (value)))
      ++*(guint *) at;
    break;
  case LEC_FIELD_DURATION:
  case LEC_FIELD_DIFFERENCE:
    *(gint64 *) at = (gint64) (g_value_get_double (value) * 1e6);
    break;
  case LEC_FIELD_AGE:
    *(gint64 *) at = NOW_NS - (gint64) (g_value_get_double (value) * 1e6);
    break;
  case LEC_FIELD_RATIO:
    *(double *) at = g_value_get_double (value);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
set_fields (const LecField *fields, gpointer item, const GstStructure *structure)
{
  for (const LecField *field = fields; field->name != NULL; field++) {
    if (gst_structure_has_field (structure, field->name))
      set_field (field, item, gst_structure_get_value (structure, field->name));
  }
}

static void
set_stream (LecStreamReport *report, const GstStructure *structure)
{
  const GValue *legs = gst_structure_get_value (structure, "legs");

  set_fields (lec_stream_fields, report, structure);
  report->n_legs = legs != NULL ? gst_value_list_get_size (legs) : 0;
  for (guint i = 0; i < report->n_legs; i++)
    set_fields (lec_leg_fields, &report->legs[i],
                gst_value_get_structure (gst_value_list_get_value (legs, i)));
}

void
player_double_set_stats (LecPlayer *self, const char *streams)
{
  g_autofree char *text = g_strdup_printf ("channelsrc-stats, streams=(structure){ %s };", streams);
  g_autoptr (GstStructure) stats = gst_structure_from_string (text, NULL);
  const GValue *list = gst_structure_get_value (stats, "streams");
  LecReportDraft *draft = lec_report_draft_new (gst_value_list_get_size (list));

  draft->now_ns = NOW_NS;
  for (guint i = 0; i < draft->n_streams; i++)
    set_stream (&draft->streams[i], gst_value_get_structure (gst_value_list_get_value (list, i)));
  g_clear_pointer (&self->report, lec_report_unref);
  self->report = lec_report_draft_finish (draft);
}

void
player_double_set_promises_video (LecPlayer *self, gboolean promises_video)
{
  self->promises_video = promises_video;
  g_object_notify (G_OBJECT (self), "promises-video");
}

void
player_double_set_notice (LecPlayer *self, const char *notice)
{
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify (G_OBJECT (self), "notice");
}

void
player_double_set_channels (LecPlayer *self, GPtrArray *channels)
{
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  self->channels = channels != NULL ? g_ptr_array_ref (channels) : NULL;
  set_channel (self, channels != NULL ? g_ptr_array_index (channels, 0) : NULL);
  g_object_notify (G_OBJECT (self), "channels");
}

char *
player_double_take_calls (LecPlayer *self)
{
  char *calls = g_strdup (self->calls->str);

  g_string_truncate (self->calls, 0);
  return calls;
}

GstElement *
player_double_get_video_sink (LecPlayer *self)
{
  return self->video_sink;
}

GstElement *
player_double_get_second_sink (LecPlayer *self)
{
  return self->second_sink;
}
