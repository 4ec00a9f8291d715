/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/now-playing.h"

#define BEHIND_STEP_S 0.01 /* a smaller change of the latency is no news */

typedef struct
{
  LecPlayerState state;
  LecError error; /* that the message is about */
  char *message;
  char *notice;
  char *problem;
  LecCaptionChoice captions;
  char *caption;
  LecCaptionPicture *caption_picture;
  double behind;  /* [s] */
  guint pictures; /* that are seen: a bit for each */
  gboolean has_audio, promises_video;
  LecNowPlayingFile file;
} LecNowPlayingPrivate;

enum {
  PROP_STATE = 1,
  PROP_MESSAGE,
  PROP_ERROR,
  PROP_NOTICE,
  PROP_PROBLEM,
  PROP_CAPTION,
  PROP_CAPTION_PICTURE,
  PROP_CAPTION_KINDS,
  PROP_HAS_VIDEO,
  PROP_HAS_SECOND_VIDEO,
  PROP_PICTURES,
  PROP_HAS_AUDIO,
  PROP_PROMISES_VIDEO,
  PROP_BEHIND,
  PROP_DURATION,
  PROP_CAN_SEEK,
  PROP_CAN_PAUSE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (LecNowPlaying, lec_now_playing, G_TYPE_OBJECT)

static LecNowPlayingPrivate *
get (LecNowPlaying *self)
{
  return lec_now_playing_get_instance_private (self);
}

/* ---- telling ---- */

static void
notify (LecNowPlaying *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* @text: (nullable). Returns: whether it is another one */
static gboolean
set_text (LecNowPlaying *self, char **field, const char *text, guint property)
{
  if (g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  notify (self, property);
  return TRUE;
}

static void
set_flag (LecNowPlaying *self, gboolean *field, gboolean value, guint property)
{
  if (*field == value)
    return;
  *field = value;
  notify (self, property);
}

static void
set_error (LecNowPlaying *self, LecError error)
{
  if (get (self)->error == error)
    return;
  get (self)->error = error;
  notify (self, PROP_ERROR);
}

gboolean
lec_now_playing_set_state (LecNowPlaying *self,
                           LecPlayerState state,
                           LecError error,
                           const char *message)
{
  set_error (self, error);
  set_text (self, &get (self)->message, message, PROP_MESSAGE);
  if (get (self)->state == state)
    return FALSE;
  get (self)->state = state;
  notify (self, PROP_STATE);
  return TRUE;
}

void
lec_now_playing_set_notice (LecNowPlaying *self, const char *notice)
{
  set_text (self, &get (self)->notice, notice, PROP_NOTICE);
}

void
lec_now_playing_set_problem (LecNowPlaying *self, const char *problem)
{
  if (set_text (self, &get (self)->problem, problem, PROP_PROBLEM) && problem != NULL)
    lec_now_playing_set_notice (self, problem);
}

/* All at once, so that there is no moment with only some of them. */
static void
set_pictures (LecNowPlaying *self, guint pictures)
{
  const guint before = get (self)->pictures;

  if (before == pictures)
    return;
  get (self)->pictures = pictures;
  notify (self, PROP_PICTURES);
  if (((before ^ pictures) & 1) != 0)
    notify (self, PROP_HAS_VIDEO);
  if ((before > 1) != (pictures > 1))
    notify (self, PROP_HAS_SECOND_VIDEO);
}

void
lec_now_playing_set_media (LecNowPlaying *self, gboolean has_audio, guint pictures)
{
  set_flag (self, &get (self)->has_audio, has_audio, PROP_HAS_AUDIO);
  set_pictures (self, pictures);
}

void
lec_now_playing_set_promises_video (LecNowPlaying *self, gboolean promises_video)
{
  set_flag (self, &get (self)->promises_video, promises_video, PROP_PROMISES_VIDEO);
}

void
lec_now_playing_set_behind (LecNowPlaying *self, double behind)
{
  const double before = get (self)->behind;
  const double change = behind > before ? behind - before : before - behind;

  if (change == 0 || (behind != 0 && change < BEHIND_STEP_S))
    return;
  get (self)->behind = behind;
  notify (self, PROP_BEHIND);
}

void
lec_now_playing_set_file (LecNowPlaying *self, const LecNowPlayingFile *file)
{
  LecNowPlayingFile *kept = &get (self)->file;

  if (kept->duration != file->duration) {
    kept->duration = file->duration;
    notify (self, PROP_DURATION);
  }
  set_flag (self, &kept->can_seek, file->can_seek, PROP_CAN_SEEK);
  set_flag (self, &kept->can_pause, file->can_pause, PROP_CAN_PAUSE);
}

/* ---- captions ---- */

static void
show_caption_picture (LecNowPlaying *self)
{
  LecNowPlayingPrivate *priv = get (self);
  LecCaptionPicture *picture = lec_caption_choice_get_picture (&priv->captions);

  if (picture == priv->caption_picture)
    return;
  g_clear_pointer (&priv->caption_picture, lec_caption_picture_unref);
  if (picture != NULL)
    priv->caption_picture = lec_caption_picture_ref (picture);
  notify (self, PROP_CAPTION_PICTURE);
}

static void
show_caption (LecNowPlaying *self)
{
  const char *caption = lec_caption_choice_get (&get (self)->captions);

  show_caption_picture (self);
  set_text (self, &get (self)->caption, caption, PROP_CAPTION);
}

void
lec_now_playing_say_caption (LecNowPlaying *self, LecCaptionKind kind, const char *caption)
{
  LecCaptionChoice *captions = &get (self)->captions;
  const guint heard = captions->heard;

  lec_caption_choice_say (captions, kind, caption);
  if (heard != captions->heard)
    notify (self, PROP_CAPTION_KINDS);
  show_caption (self);
}

void
lec_now_playing_say_subtitles (LecNowPlaying *self, const char *caption, LecCaptionPicture *picture)
{
  lec_caption_choice_show (&get (self)->captions, picture);
  lec_now_playing_say_caption (self, LEC_CAPTIONS_SUBTITLES, caption);
}

void
lec_now_playing_want_captions (LecNowPlaying *self, guint wanted)
{
  LecCaptionChoice *captions = &get (self)->captions;
  const gboolean are_others
      = captions->wanted != wanted
        && (LEC_CAPTIONS_ARE_SUBTITLES (wanted) || LEC_CAPTIONS_ARE_SUBTITLES (captions->wanted));

  captions->wanted = wanted;
  if (are_others) {
    lec_caption_choice_say (captions, LEC_CAPTIONS_SUBTITLES, NULL);
    lec_caption_choice_show (captions, NULL);
  }
  show_caption (self);
}

guint
lec_now_playing_get_wanted_captions (LecNowPlaying *self)
{
  return get (self)->captions.wanted;
}

void
lec_now_playing_leave (LecNowPlaying *self)
{
  lec_now_playing_set_problem (self, NULL);
  lec_now_playing_set_notice (self, NULL);
  lec_caption_choice_clear (&get (self)->captions);
  notify (self, PROP_CAPTION_KINDS);
  show_caption (self);
  set_error (self, LEC_ERROR_NONE);
}

/* ---- asking ---- */

LecPlayerState
lec_now_playing_get_state (LecNowPlaying *self)
{
  return get (self)->state;
}

const char *
lec_now_playing_get_message (LecNowPlaying *self)
{
  return get (self)->message;
}

LecError
lec_now_playing_get_error (LecNowPlaying *self)
{
  return get (self)->error;
}

const char *
lec_now_playing_get_notice (LecNowPlaying *self)
{
  return get (self)->notice;
}

const char *
lec_now_playing_get_problem (LecNowPlaying *self)
{
  return get (self)->problem;
}

const char *
lec_now_playing_get_caption (LecNowPlaying *self)
{
  return get (self)->caption;
}

/* ---- the object ---- */

static void
lec_now_playing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const LecNowPlayingPrivate *priv = get (LEC_NOW_PLAYING (object));

  switch (id) {
  case PROP_STATE:
    g_value_set_enum (value, priv->state);
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, priv->message);
    break;
  case PROP_ERROR:
    g_value_set_int (value, (int) priv->error);
    break;
  case PROP_NOTICE:
    g_value_set_string (value, priv->notice);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, priv->problem);
    break;
  case PROP_CAPTION:
    g_value_set_string (value, priv->caption);
    break;
  case PROP_CAPTION_PICTURE:
    g_value_set_boxed (value, priv->caption_picture);
    break;
  case PROP_CAPTION_KINDS:
    g_value_set_uint (value, priv->captions.heard);
    break;
  case PROP_HAS_VIDEO:
    g_value_set_boolean (value, (priv->pictures & 1) != 0);
    break;
  case PROP_HAS_SECOND_VIDEO:
    g_value_set_boolean (value, priv->pictures > 1);
    break;
  case PROP_PICTURES:
    g_value_set_uint (value, priv->pictures);
    break;
  case PROP_HAS_AUDIO:
    g_value_set_boolean (value, priv->has_audio);
    break;
  case PROP_PROMISES_VIDEO:
    g_value_set_boolean (value, priv->promises_video);
    break;
  case PROP_BEHIND:
    g_value_set_double (value, priv->behind);
    break;
  case PROP_DURATION:
    g_value_set_double (value, priv->file.duration);
    break;
  case PROP_CAN_SEEK:
    g_value_set_boolean (value, priv->file.can_seek);
    break;
  case PROP_CAN_PAUSE:
    g_value_set_boolean (value, priv->file.can_pause);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lec_now_playing_finalize (GObject *object)
{
  LecNowPlayingPrivate *priv = get (LEC_NOW_PLAYING (object));

  g_free (priv->message);
  g_free (priv->notice);
  g_free (priv->problem);
  lec_caption_choice_clear (&priv->captions);
  g_free (priv->caption);
  g_clear_pointer (&priv->caption_picture, lec_caption_picture_unref);
  G_OBJECT_CLASS (lec_now_playing_parent_class)->finalize (object);
}

static void
lec_now_playing_class_init (LecNowPlayingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = lec_now_playing_get_property;
  object_class->finalize = lec_now_playing_finalize;

  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, LEC_TYPE_PLAYER_STATE, LEC_PLAYER_STOPPED, r);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, "", r);
  properties[PROP_ERROR] = g_param_spec_int ("error", NULL, NULL, LEC_ERROR_NONE,
                                             LEC_ERROR_LOW_PORT, LEC_ERROR_NONE, r);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, r);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, r);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, r);
  properties[PROP_CAPTION_PICTURE]
      = g_param_spec_boxed ("caption-picture", NULL, NULL, LEC_TYPE_CAPTION_PICTURE, r);
  properties[PROP_CAPTION_KINDS]
      = g_param_spec_uint ("caption-kinds", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_HAS_VIDEO] = g_param_spec_boolean ("has-video", NULL, NULL, FALSE, r);
  properties[PROP_HAS_SECOND_VIDEO]
      = g_param_spec_boolean ("has-second-video", NULL, NULL, FALSE, r);
  properties[PROP_PICTURES] = g_param_spec_uint ("pictures", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_HAS_AUDIO] = g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, r);
  properties[PROP_PROMISES_VIDEO] = g_param_spec_boolean ("promises-video", NULL, NULL, FALSE, r);
  properties[PROP_BEHIND] = g_param_spec_double ("behind", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, r);
  properties[PROP_DURATION]
      = g_param_spec_double ("duration", NULL, NULL, 0.0, G_MAXDOUBLE, 0.0, r);
  properties[PROP_CAN_SEEK] = g_param_spec_boolean ("can-seek", NULL, NULL, FALSE, r);
  properties[PROP_CAN_PAUSE] = g_param_spec_boolean ("can-pause", NULL, NULL, FALSE, r);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lec_now_playing_init (LecNowPlaying *self)
{
  get (self)->message = g_strdup ("");
  get (self)->error = LEC_ERROR_NONE;
  get (self)->captions.wanted = LEC_CAPTIONS_AUTOMATIC;
}
