/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/player.h"

#include <glib/gi18n-lib.h>
#include <gst/gst.h>

#include "fetch/fetch.h"
#include "fetch/opener.h"
#include "fetch/origin.h"
#include "play/admission.h"
#include "play/playlist.h"
#include "play/rollover.h"
#include "play/script-commands.h"
#include "play/switcher.h"
#include "play/warm-up.h"
#include "report/explain.h"
#include "report/playback.h"
#include "wire/format.h"

#define TICK_MS 200
/* of multicast, then the next alternative has its turn */
#define SILENCE_US (3 * G_TIME_SPAN_SECOND)
#define DECODE_US (5 * G_TIME_SPAN_SECOND) /* packets but no picture: say so */
#define FOREIGN_US G_TIME_SPAN_SECOND      /* packets that nobody understands: say so */
#define TRIAL_US                                                                                   \
  (10 * G_TIME_SPAN_SECOND) /* packets, but no picture, of a way tried beside another */
#define STAY_US                                                                                    \
  (5 * G_TIME_SPAN_SECOND) /* the old channel, while nothing is seen of the new one                \
                            */
#define BEHIND_STEP_S 0.01 /* a smaller change of the latency is no news */

/* What the way that is being tried is for. */
typedef enum {
  TRIAL_AWAITED, /* the viewer waits for it, or it plays */
  TRIAL_INSTEAD, /* what plays has fallen silent: the next way is to take its place */
  TRIAL_AGAIN,   /* another way plays; this one was silent, and may have come back */
} Trial;

struct _LecPlayer
{
  GObject parent;

  LecSwitcher *switcher;
  GThread *warm_up;
  LecChannel *channel;
  LecAnnouncement *announcement; /* (nullable): the last one that was opened */
  LecPlaylist *playlist;         /* (nullable): of it */
  char *origin;                  /* (nullable): where what plays was announced */
  gboolean renewed;              /* it was opened again, as it was out of date */
  char *message;
  char *notice;
  char *caption;
  LecScriptCommands *script;
  char *problem;
  LecPipelineOptions options;

  LecPlayerState state;
  LecError error; /* that the message is about */
  double volume;
  double behind; /* [s] */
  gboolean muted;
  gboolean withdrawn; /* by whoever announced it */
  gboolean goes_on;   /* the list has come to what plays, and goes on where that is refused */
  gboolean has_video, has_second_video, has_audio, promises_video;
  gboolean asks;            /* before it joins what takes much of the network */
  gboolean insisted;        /* the viewer has said yes */
  LecPlayerKnownFunc known; /* (nullable) */
  gpointer known_data;

  /* while something plays */
  LecRollover *rollover;
  Trial trial;
  gboolean last_resort; /* all ways have been tried; listening to one that was silent */
  gint64 started_us;    /* what the viewer is told of */
  gint64 tried_us;      /* what is tried beside it */
  gint64 retry_us;      /* when a way that was missed is tried again; 0: never */
  gint64 left_us;       /* when what is still on the air was left */
  guint64 shown;        /* at the last tick, of what the viewer is told of */
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
  PROP_SCRIPT,
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
  PROP_HAS_LIST,
  PROP_HAS_PREVIOUS,
  PROP_HAS_NEXT,
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
static void end_entry (LecPlayer *self, LecPlaylistEnd end);
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

static void
set_channel (LecPlayer *self, LecChannel *channel)
{
  if (self->channel == channel)
    return;
  set_flag (self, &self->promises_video, lec_admission_promises_video (channel),
            PROP_PROMISES_VIDEO);
  g_clear_pointer (&self->channel, lec_channel_unref);
  self->channel = channel != NULL ? lec_channel_ref (channel) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

static void
tell_list (LecPlayer *self)
{
  for (guint i = PROP_HAS_LIST; i <= PROP_HAS_NEXT; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Takes @announcement. */
static void
set_announcement (LecPlayer *self, LecAnnouncement *announcement)
{
  g_clear_pointer (&self->playlist, lec_playlist_free);
  g_clear_pointer (&self->announcement, lec_announcement_free);
  self->announcement = announcement;
  if (announcement != NULL)
    self->playlist = lec_playlist_new (announcement);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNELS]);
  tell_list (self);
}

/* ---- one way, and the next ---- */

static gboolean
is_multicast (const LecAlternative *alternative)
{
  const LecStream *stream
      = alternative->streams->len > 0 ? g_ptr_array_index (alternative->streams, 0) : NULL;
  const LecLeg *leg
      = stream != NULL && stream->legs->len > 0 ? g_ptr_array_index (stream->legs, 0) : NULL;

  return leg != NULL && lec_address_is_group (leg->group);
}

/* @to: what is played, or tried, instead of @missed */
static char *
explain_rollover (const LecAlternative *missed, const LecAlternative *to, gboolean plays)
{
  g_autofree char *place = lec_alternative_dup_address (missed);
  g_autofree char *shown = lec_alternative_dup_address (to);

  if (!is_multicast (missed))
    return g_strdup_printf (plays ? _ ("Nothing arrives from %1$s: playing from %2$s")
                                  : _ ("Nothing arrives from %1$s: trying %2$s …"),
                            place, shown);
  return g_strdup_printf (plays ? _ ("Multicast does not arrive here (%1$s): playing from %2$s")
                                : _ ("Multicast does not arrive here (%1$s): trying %2$s …"),
                          place, shown);
}

/* The way that is being tried plays now. What was missed for it is told, and tried again later. */
static void
settle (LecPlayer *self)
{
  const LecAlternative *missed;

  self->trial = TRIAL_AWAITED;
  self->retry_us = 0;
  lec_rollover_settle (self->rollover);
  missed = lec_rollover_get_missed (self->rollover);
  if (missed != NULL) {
    g_autofree char *notice
        = explain_rollover (missed, lec_rollover_get_alternative (self->rollover), TRUE);

    self->retry_us = g_get_monotonic_time () + lec_rollover_get_pause (self->rollover);
    set_notice (self, notice);
  }
}

/* What is tried beside what plays is given up. */
static void
end_trial (LecPlayer *self)
{
  if (self->trial == TRIAL_AWAITED)
    return;
  g_clear_pointer (&self->opener, lec_opener_free);
  lec_switcher_cancel (self->switcher);
  if (self->trial == TRIAL_AGAIN)
    self->retry_us = g_get_monotonic_time () + lec_rollover_get_pause (self->rollover);
  lec_rollover_stay (self->rollover);
  self->trial = TRIAL_AWAITED;
}

/* What is being tried ends; what the viewer has left, or what plays, stays on the air. */
static void
end_tried (LecPlayer *self)
{
  if (self->trial != TRIAL_AWAITED || lec_switcher_has_left (self->switcher))
    lec_switcher_cancel (self->switcher);
  else
    lec_switcher_stop (self->switcher);
}

static void
clear_media (LecPlayer *self)
{
  set_flag (self, &self->has_video, FALSE, PROP_HAS_VIDEO);
  set_flag (self, &self->has_second_video, FALSE, PROP_HAS_SECOND_VIDEO);
  set_flag (self, &self->has_audio, FALSE, PROP_HAS_AUDIO);
  set_behind (self, 0);
}

/* What the viewer has left ends, though nothing is seen yet of what is wanted. */
static void
drop_left (LecPlayer *self)
{
  if (!lec_switcher_has_left (self->switcher))
    return;
  lec_switcher_cut (self->switcher);
  clear_media (self);
}

/* All ways are used up. A silent one may still begin to send; a refused one will not. */
static void
end_with (LecPlayer *self, LecPlayerState state)
{
  const guint generation = self->generation;

  if (state == LEC_PLAYER_REFUSED) {
    end_tried (self);
    drop_left (self);
    if (self->generation == generation && lec_rollover_return (self->rollover)) {
      begin_pipeline (self);
      state = LEC_PLAYER_SILENT;
    }
  } else {
    drop_left (self);
  }
  if (self->generation != generation)
    return;
  self->last_resort = TRUE;
  tell_error (self, state, lec_rollover_get_error (self->rollover),
              lec_rollover_get_reason (self->rollover));
  if (self->generation == generation && state == LEC_PLAYER_REFUSED && self->goes_on)
    end_entry (self, LEC_PLAYLIST_FAILED);
}

/* The next way, or the end. */
static void
give_up_alternative (LecPlayer *self, LecError error, const char *reason)
{
  if (self->trial == TRIAL_AGAIN) {
    end_trial (self);
    return;
  }
  if (lec_rollover_next (self->rollover, error, reason)) {
    end_tried (self);
    try_alternative (self);
  } else if (self->trial == TRIAL_INSTEAD) {
    end_trial (self);
    self->retry_us = g_get_monotonic_time () + lec_rollover_get_pause (self->rollover);
  } else {
    end_with (self, lec_rollover_is_silent (error) ? LEC_PLAYER_SILENT : LEC_PLAYER_REFUSED);
  }
}

/* ---- what the switcher tells ---- */

/* Media that were opened and break off are over: there is no other way to them by then (ASX: REF).
 */
static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  LecPlayer *self = data;

  if (self->trial == TRIAL_AWAITED && self->shown > 0
      && lec_rollover_get_alternative (self->rollover)->is_media) {
    tell_error (self, LEC_PLAYER_REFUSED, error, sentence);
    end_entry (self, LEC_PLAYLIST_FAILED);
  } else {
    give_up_alternative (self, error, sentence);
  }
}

/* What has been tried beside it is all that there is, now. */
static void
lost_cb (LecError error, const char *sentence, gpointer data)
{
  LecPlayer *self = data;

  if (self->trial != TRIAL_AWAITED) {
    self->trial = TRIAL_AWAITED;
    self->started_us = self->tried_us;
  }
  self->shown = 0;
  clear_media (self);
}

static void
caption_cb (const char *text, gpointer data)
{
  set_caption (data, text);
}

/* Why another way plays stays told. */
static void
notice_cb (const char *sentence, gpointer data)
{
  LecPlayer *self = data;

  if (lec_rollover_get_missed (self->rollover) == NULL)
    set_notice (self, sentence);
}

/* ---- watching it play ---- */

/* Nothing is seen or heard. */
static void
watch_silence (LecPlayer *self, LecReport *report, const LecReception *reception, gint64 age_us)
{
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  g_autofree char *reason = NULL;
  LecError error;

  if (reception->msb == LEC_MSB_STATE_WAITING) {
    reason = lec_explain_nothing (reception, alternative, &error);
    tell (self, LEC_PLAYER_WAITING, reason);
    return;
  }
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
  if (lec_reception_is_attended (reception))
    return; /* it is there, and has not begun */
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

  if ((trouble == NULL && !self->troubled) || lec_rollover_get_missed (self->rollover) != NULL)
    return; /* why another way plays stays told */
  self->troubled = trouble != NULL;
  set_notice (self, trouble);
}

/* What plays has fallen silent: is there another way? */
static void
try_instead (LecPlayer *self, const LecReception *reception)
{
  g_autofree char *reason = NULL;
  LecError error;

  if (self->trial != TRIAL_AWAITED || self->last_resort || g_get_monotonic_time () < self->retry_us
      || !lec_reception_is_silent (reception) || lec_reception_is_attended (reception)
      || !lec_rollover_has_next (self->rollover)
      || !lec_switcher_can_prepare (self->switcher, &self->options))
    return;
  reason = lec_explain_nothing (reception, lec_rollover_get_alternative (self->rollover), &error);
  lec_rollover_settle (self->rollover);
  self->trial = TRIAL_INSTEAD;
  lec_rollover_next (self->rollover, LEC_ERROR_SILENT, reason);
  try_alternative (self);
}

/* While something else plays, what was missed is looked for now and then. */
static void
try_again (LecPlayer *self)
{
  if (self->retry_us == 0 || g_get_monotonic_time () < self->retry_us
      || self->trial != TRIAL_AWAITED || !lec_switcher_can_prepare (self->switcher, &self->options)
      || !lec_rollover_retry (self->rollover))
    return;
  self->trial = TRIAL_AGAIN;
  begin_pipeline (self);
}

/* What is tried beside what plays is not told of until it is seen. */
static void
watch_trial (LecPlayer *self)
{
  LecPipeline *tried = lec_switcher_get_prepared (self->switcher);
  g_autoptr (LecReport) report = NULL;
  g_autofree char *reason = NULL;
  LecReception reception;
  gint64 age_us;
  LecError error;

  if (self->trial == TRIAL_AWAITED || tried == NULL)
    return;
  report = lec_pipeline_dup_report (tried);
  reception = lec_reception_read (report);
  if (reception.session == LEC_REPORT_SESSION_OPENING)
    self->tried_us = g_get_monotonic_time (); /* nothing can come yet */
  age_us = g_get_monotonic_time () - self->tried_us;
  if (age_us < (reception.sum.received > 0 ? TRIAL_US : SILENCE_US)
      && !lec_playback_is_hopeless (report))
    return;
  reason = lec_explain_nothing (&reception, lec_rollover_get_alternative (self->rollover), &error);
  give_up_alternative (self, LEC_ERROR_SILENT, reason);
}

static void
tell_silence (LecPlayer *self, const LecReception *reception)
{
  g_autofree char *sentence = NULL;

  try_instead (self, reception);
  if (self->trial == TRIAL_INSTEAD)
    sentence = explain_rollover (lec_rollover_get_playing (self->rollover),
                                 lec_rollover_get_alternative (self->rollover), FALSE);
  else
    sentence = lec_explain_silence (reception);
  tell_error (self, LEC_PLAYER_SILENT, LEC_ERROR_SILENT, sentence);
}

/* It plays, again or for the first time. */
static void
tell_playing (LecPlayer *self)
{
  if (self->trial == TRIAL_INSTEAD)
    end_trial (self);
  if (self->shown == 0)
    settle (self);
  self->last_resort = FALSE;
  tell (self, LEC_PLAYER_PLAYING, "");
}

static void
tell_problem (LecPlayer *self, LecPipeline *pipeline, LecReport *report)
{
  g_autofree char *problem = lec_pipeline_dup_problem (pipeline);

  if (report != NULL && report->capture_error != 0) {
    g_free (problem);
    problem = g_strdup_printf (_ ("Writing the packets to “%1$s” failed: %2$s"),
                               self->options.capture, g_strerror (report->capture_error));
  }
  if (problem != NULL)
    set_problem (self, problem);
}

/* The file of a station that sends what it does not describe is out of date: it is fetched again,
 * once. Returns: whether it is */
static gboolean
renew (LecPlayer *self, const LecReception *reception)
{
  g_autofree char *origin = NULL;

  if (reception->msb != LEC_MSB_STATE_UNDESCRIBED || self->renewed || self->origin == NULL
      || self->announcement == NULL || self->announcement->channels->len > 1)
    return FALSE;
  origin = g_strdup (self->origin);
  lec_player_open (self, origin);
  self->renewed = TRUE;
  return TRUE;
}

/* What the viewer is told of: @pipeline. */
static void
watch (LecPlayer *self, LecPipeline *pipeline)
{
  g_autoptr (LecReport) report = lec_pipeline_dup_report (pipeline);
  LecReception reception = lec_reception_read (report);
  guint64 pictures = lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_VIDEO, 0);
  guint64 seconds = lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_VIDEO, 1);
  guint64 sounds = lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_AUDIO, 0);
  guint64 texts = lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_TEXT, 0);
  guint64 shown = self->options.decode ? pictures + seconds + sounds + texts : reception.sum.out;
  const guint generation = self->generation;

  if (self->options.decode && lec_playback_is_hopeless (report)) {
    LecError error;
    g_autofree char *reason = lec_playback_explain (report, &error);

    give_up_alternative (self, error, reason);
    return;
  }
  reception.withdrawn = self->withdrawn;
  if (reception.session == LEC_REPORT_SESSION_OPENING)
    self->started_us = g_get_monotonic_time (); /* nothing can come yet */
  if (renew (self, &reception))
    return;
  tell_problem (self, pipeline, report);
  if (!lec_switcher_has_left (self->switcher)) {
    set_flag (self, &self->has_video, pictures > 0, PROP_HAS_VIDEO);
    set_flag (self, &self->has_second_video, seconds > 0, PROP_HAS_SECOND_VIDEO);
    set_flag (self, &self->has_audio, sounds > 0, PROP_HAS_AUDIO);
  }
  if (self->generation != generation)
    return;
  if (lec_reception_has_ended (&reception) || lec_reception_is_silent (&reception))
    tell_silence (self, &reception);
  else if (shown > self->shown)
    tell_playing (self);
  else if (shown == 0)
    watch_silence (self, report, &reception, g_get_monotonic_time () - self->started_us);
  if (self->generation != generation || lec_switcher_get_told (self->switcher) != pipeline)
    return; /* who was just told has stopped it */
  self->shown = shown;
  if (shown > 0 && self->options.decode)
    watch_media (self, report);
  if (lec_switcher_get_told (self->switcher) == pipeline)
    set_behind (self, (double) lec_pipeline_get_latency (pipeline, report) / GST_SECOND);
}

static gboolean
tick_cb (gpointer data)
{
  LecPlayer *self = data;
  const guint generation = self->generation;

  lec_switcher_tick (self->switcher);
  if (self->generation == generation)
    watch_trial (self);
  if (self->generation == generation && lec_switcher_get_told (self->switcher) != NULL)
    watch (self, lec_switcher_get_told (self->switcher));
  if (self->generation == generation)
    try_again (self);
  if (self->generation == generation && lec_switcher_has_left (self->switcher)
      && g_get_monotonic_time () - self->left_us >= STAY_US)
    drop_left (self);
  return G_SOURCE_CONTINUE;
}

/* Whoever waits for the picture shall not wait for the next tick. */
static void
shown_cb (gpointer data)
{
  tick_cb (data);
}

static void
cut_cb (gpointer data)
{
  LecPlayer *self = data;

  if (self->trial == TRIAL_AWAITED)
    clear_media (self); /* of another channel: they are told anew */
  else if (self->trial == TRIAL_AGAIN)
    set_notice (self, NULL);
  self->trial = TRIAL_AWAITED;
  self->shown = 0;
  self->started_us = g_get_monotonic_time ();
  set_caption (self, NULL);
  tick_cb (self);
}

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  lec_script_commands_take (((LecPlayer *) data)->script, type, parameter, is_due);
}

static void
ended_cb (gpointer data)
{
  LecPlayer *self = data;

  end_entry (self, self->shown > 0 ? LEC_PLAYLIST_PLAYED : LEC_PLAYLIST_FAILED);
}

static const LecSwitcherCallbacks switcher_callbacks = {
  .shown = shown_cb,
  .cut = cut_cb,
  .failed = failed_cb,
  .lost = lost_cb,
  .ended = ended_cb,
  .caption = caption_cb,
  .notice = notice_cb,
  .cue = cue_cb,
};

/* ---- beginning ---- */

static void
begin_pipeline (LecPlayer *self)
{
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  g_autofree char *address = lec_alternative_dup_address (alternative);
  g_autofree char *waiting = alternative->is_media ? g_strdup_printf (_ ("Opening %s …"), address)
                                                   : lec_explain_waiting (alternative);
  LecPipelineOptions options = self->options;

  self->tried_us = g_get_monotonic_time ();
  if (self->trial == TRIAL_AWAITED) {
    if (!tell_waiting (self, waiting))
      return;
    self->shown = 0;
    self->started_us = self->tried_us;
  }
  lec_script_commands_receive (self->script, lec_rollover_get_alternative (self->rollover));
  options.low_ports |= self->insisted;
  lec_switcher_prepare (self->switcher, lec_rollover_get_channel (self->rollover),
                        lec_rollover_get_index (self->rollover), &options);
}

/* What the announcement says of the media belongs to them. */
static LecChannel *
narrow (const LecAlternative *alternative, LecChannel *channel)
{
  LecChannelInfo *info = lec_channel_info_copy (lec_channel_get_info (channel));
  LecAlternative *media = g_ptr_array_index (info->alternatives, 0);

  if (media->is_media) {
    media->start_us = alternative->start_us;
    media->duration_us = alternative->duration_us;
  }
  return lec_channel_new (info, NULL);
}

/* An alternative that is itself an announcement: its first channel takes the alternative's place.
 */
static void
nested_opened_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  LecPlayer *self = data;
  g_autoptr (LecAnnouncement) nested = announcement;
  const LecAlternative *outer = lec_rollover_get_alternative (self->rollover);
  g_autoptr (LecChannel) channel = NULL;

  g_clear_pointer (&self->opener, lec_opener_free);
  if (nested == NULL) {
    give_up_alternative (self, lec_error_get_code (error), error->message);
    return;
  }
  lec_script_commands_enter (self->script, nested->uri);
  g_free (self->origin);
  self->origin = g_strdup (outer->uri);
  channel = narrow (outer, g_ptr_array_index (nested->channels, 0));
  if (lec_rollover_enter (self->rollover, channel))
    try_alternative (self);
  else
    give_up_alternative (self, LEC_ERROR_MALFORMED,
                         _ ("The announcements of this channel only lead to each other"));
}

static void
try_alternative (LecPlayer *self)
{
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  LecError error;
  g_autofree char *refusal = lec_admission_refuse (alternative, self->options.decode,
                                                   self->asks && !self->insisted, &error);
  g_autofree char *address = NULL;
  g_autofree char *waiting = NULL;

  if (refusal != NULL) {
    give_up_alternative (self, error, refusal);
    return;
  }
  if (lec_format_of (alternative->kind) != NULL || alternative->is_media) {
    begin_pipeline (self);
    return;
  }
  if (lec_origin_is_on_server (self->origin)
      && !lec_origin_may_lead (self->origin, alternative->uri)) {
    give_up_alternative (self, LEC_ERROR_UNSUPPORTED,
                         _ ("A web page may not refer to local files or hosts"));
    return;
  }
  address = lec_alternative_dup_address (alternative);
  waiting = g_strdup_printf (_ ("Opening %s …"), address);
  if (self->trial != TRIAL_AWAITED || tell_waiting (self, waiting))
    self->opener = lec_opener_new (alternative->uri, nested_opened_cb, self);
}

/* What is on the air stays there, if there is something to be seen or heard. */
static void
leave (LecPlayer *self)
{
  self->generation++;
  g_clear_pointer (&self->opener, lec_opener_free);
  if (self->state == LEC_PLAYER_PLAYING)
    lec_switcher_leave (self->switcher);
  else if (!lec_switcher_has_left (self->switcher))
    lec_switcher_stop (self->switcher);
  else
    lec_switcher_cancel (self->switcher);
  self->left_us = g_get_monotonic_time ();
  g_clear_pointer (&self->rollover, lec_rollover_free);
  self->trial = TRIAL_AWAITED;
  self->retry_us = 0;
  self->last_resort = FALSE;
  self->troubled = FALSE;
  set_problem (self, NULL);
  set_notice (self, NULL);
  set_caption (self, NULL);
  lec_script_commands_begin (self->script, NULL, NULL);
  if (!lec_switcher_has_left (self->switcher))
    clear_media (self);
  set_error (self, LEC_ERROR_NONE);
}

static void
forget (LecPlayer *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  lec_switcher_stop (self->switcher);
  leave (self);
}

static void
begin (LecPlayer *self, LecChannel *channel, gboolean insisted)
{
  guint generation;

  leave (self);
  generation = self->generation;
  self->insisted = insisted;
  set_channel (self, channel);
  if (self->generation != generation)
    return; /* who was told of the channel has stopped it */
  lec_script_commands_begin (self->script, channel, self->announcement);
  self->rollover = lec_rollover_new (channel);
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  try_alternative (self);
}

/* ---- lists ---- */

static LecChannel *
get_known (LecPlayer *self, LecChannel *channel)
{
  LecChannel *known = self->known != NULL ? self->known (channel, self->known_data) : NULL;

  return known != NULL ? known : channel;
}

/* Plays @channel, to which the list has come. @why: (nullable): what was in the way of the one
 * before */
static void
play_entry (LecPlayer *self, LecChannel *channel, const char *why)
{
  g_autofree char *notice = g_strdup (why);

  self->goes_on = TRUE;
  begin (self, get_known (self, channel), FALSE);
  tell_list (self);
  if (notice != NULL && self->goes_on)
    set_notice (self, notice);
}

/* What took the place of a way that was silent is over: that one is listened to. */
static void
listen (LecPlayer *self)
{
  lec_switcher_stop (self->switcher);
  clear_media (self);
  set_notice (self, NULL);
  self->last_resort = TRUE;
  begin_pipeline (self);
}

/* What plays is over: the list goes on. Only a metafile goes on where nothing could be played; in
 * any other list that is for the viewer to see. */
static void
end_entry (LecPlayer *self, LecPlaylistEnd end)
{
  const gboolean goes_on
      = self->playlist != NULL
        && (end == LEC_PLAYLIST_PLAYED || g_strcmp0 (self->announcement->format, "asx") == 0);
  LecChannel *next = goes_on ? lec_playlist_go_on (self->playlist, end) : NULL;

  if (next != NULL)
    play_entry (self, next, end == LEC_PLAYLIST_FAILED ? self->message : NULL);
  else if (end == LEC_PLAYLIST_PLAYED && lec_rollover_retry (self->rollover))
    listen (self);
  else if (end == LEC_PLAYLIST_PLAYED)
    lec_player_stop (self);
}

void
lec_player_play_previous (LecPlayer *self)
{
  LecChannel *channel;

  g_return_if_fail (LEC_IS_PLAYER (self));

  channel = self->playlist != NULL ? lec_playlist_go_back (self->playlist) : NULL;
  if (channel != NULL)
    play_entry (self, channel, NULL);
}

void
lec_player_play_next (LecPlayer *self)
{
  LecChannel *channel;

  g_return_if_fail (LEC_IS_PLAYER (self));

  channel = self->playlist != NULL ? lec_playlist_skip (self->playlist) : NULL;
  if (channel != NULL)
    play_entry (self, channel, NULL);
}

gboolean
lec_player_play_event (LecPlayer *self, const char *name)
{
  LecChannel *channel;

  g_return_val_if_fail (LEC_IS_PLAYER (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  channel = self->playlist != NULL && self->state == LEC_PLAYER_PLAYING
                ? lec_playlist_begin_event (self->playlist, name, 0)
                : NULL;
  if (channel != NULL)
    play_entry (self, channel, NULL);
  return channel != NULL;
}

/* A station on the network leads where a page of the web may. */
#define STATION_URI "http://station.invalid/"

static gboolean
may_lead (LecPlayer *self, const char *from, const char *to)
{
  return lec_origin_may_lead (lec_origin_is_on_server (from) ? from : STATION_URI, to);
}

gboolean
lec_player_play_uri (LecPlayer *self, const char *uri)
{
  LecChannelInfo *info;
  g_autoptr (LecChannel) channel = NULL;

  g_return_val_if_fail (LEC_IS_PLAYER (self), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  if (!may_lead (self, self->origin, uri))
    return FALSE;
  info = lec_channel_info_new ();
  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = g_strdup (uri);
  channel = lec_channel_new (info, NULL);
  if (channel == NULL)
    return FALSE;
  lec_player_play (self, channel);
  return TRUE;
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
  g_return_if_fail (LEC_IS_PLAYER (self));
  g_return_if_fail (channel != NULL);

  self->goes_on = FALSE;
  if (self->playlist != NULL)
    lec_playlist_choose (self->playlist, channel);
  begin (self, get_known (self, channel), FALSE);
  tell_list (self);
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
  play_entry (self, g_ptr_array_index (announcement->channels, 0), NULL);
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
  self->renewed = FALSE;
  g_free (self->origin);
  self->origin = lec_fetch_is_text (location) ? NULL : g_strdup (location);
  shown = lec_text_hide_password (location);
  waiting = lec_fetch_is_text (location) ? g_strdup (_ ("Opening the text …"))
                                         : g_strdup_printf (_ ("Opening %s …"), shown);
  if (tell_waiting (self, waiting))
    self->opener = lec_opener_new (location, opened_cb, self);
}

static void
script_caption_cb (const char *text, gpointer data)
{
  set_caption (data, text);
}

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

static const LecScriptCallbacks script_callbacks
    = { script_caption_cb, script_open_cb, script_event_cb };

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

const LecAlternative *
lec_player_get_playing (LecPlayer *self)
{
  return self->rollover != NULL ? lec_rollover_get_playing (self->rollover) : NULL;
}

guint64
lec_player_get_decoded (LecPlayer *self, LecMedia media)
{
  static const GstStreamType types[] = {
    [LEC_MEDIA_VIDEO] = GST_STREAM_TYPE_VIDEO,
    [LEC_MEDIA_AUDIO] = GST_STREAM_TYPE_AUDIO,
    [LEC_MEDIA_TEXT] = GST_STREAM_TYPE_TEXT,
  };

  LecPipeline *pipeline = lec_switcher_get_told (self->switcher);

  if (pipeline == NULL || media >= G_N_ELEMENTS (types))
    return 0;
  return lec_pipeline_get_shown (pipeline, types[media], 0)
         + lec_pipeline_get_shown (pipeline, types[media], 1);
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
  LecPipeline *pipeline = lec_switcher_get_told (self->switcher);
  g_autoptr (LecReport) report = NULL;
  LecReportDraft *draft;

  if (pipeline == NULL)
    return NULL;
  report = lec_pipeline_dup_report (pipeline);
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
    lec_switcher_set_volume (self->switcher, self->volume);
    break;
  case PROP_MUTED:
    self->muted = g_value_get_boolean (value);
    lec_switcher_set_muted (self->switcher, self->muted);
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
    if (lec_switcher_get_told (self->switcher) != NULL)
      lec_pipeline_set_program (lec_switcher_get_told (self->switcher), self->options.program);
    break;
  case PROP_STATION:
    g_free (self->options.station);
    self->options.station = g_value_dup_string (value);
    if (lec_switcher_get_told (self->switcher) != NULL)
      lec_pipeline_set_station (lec_switcher_get_told (self->switcher), self->options.station);
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
  case PROP_HAS_LIST:
    g_value_set_boolean (value,
                         self->announcement != NULL && self->announcement->channels->len > 1);
    break;
  case PROP_HAS_PREVIOUS:
    g_value_set_boolean (value,
                         self->playlist != NULL && lec_playlist_has_previous (self->playlist));
    break;
  case PROP_HAS_NEXT:
    g_value_set_boolean (value, self->playlist != NULL && lec_playlist_has_next (self->playlist));
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
  G_OBJECT_CLASS (lec_player_parent_class)->dispose (object);
}

static void
lec_player_finalize (GObject *object)
{
  LecPlayer *self = LEC_PLAYER (object);

  g_clear_pointer (&self->switcher, lec_switcher_free);
  g_clear_object (&self->script);
  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->playlist, lec_playlist_free);
  g_clear_pointer (&self->announcement, lec_announcement_free);
  g_free (self->origin);
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
  properties[PROP_SCRIPT] = g_param_spec_object ("script", NULL, NULL, LEC_TYPE_SCRIPT_COMMANDS, r);
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
  self->options.latency_ms = -1;
  self->options.decode = TRUE;
  self->options.reports = TRUE;
  self->switcher = lec_switcher_new (&switcher_callbacks, self);
  self->warm_up = lec_warm_up_start ();
}

LecPlayer *
lec_player_new (GstElement *video_sink)
{
  LecPlayer *self = g_object_new (LEC_TYPE_PLAYER, NULL);

  lec_switcher_add_sink (self->switcher, 0, video_sink);
  if (video_sink == NULL)
    lec_switcher_add_spare (self->switcher, 0, NULL);
  lec_switcher_add_sound (self->switcher);
  self->asks = TRUE;
  return self;
}

void
lec_player_set_second_sink (LecPlayer *self, GstElement *video_sink)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_switcher_add_sink (self->switcher, 1, video_sink);
}

void
lec_player_set_spare_sinks (LecPlayer *self, GstElement *video_sink, GstElement *second_sink)
{
  g_return_if_fail (LEC_IS_PLAYER (self));

  lec_switcher_add_spare (self->switcher, 0, video_sink);
  if (second_sink != NULL)
    lec_switcher_add_spare (self->switcher, 1, second_sink);
}

LecPlayer *
lec_player_new_without_output (gboolean decode)
{
  LecPlayer *self = g_object_new (LEC_TYPE_PLAYER, NULL);

  self->options.decode = decode;
  return self;
}
