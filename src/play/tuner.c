/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/tuner.h"

#include <glib/gi18n-lib.h>

#include "play/approach.h"
#include "play/rollover.h"
#include "play/standby.h"
#include "play/trial.h"
#include "play/way-case.h"
#include "play/way-sentence.h"
#include "report/doctor.h"
#include "report/playback.h"

#define TICK_MS 200
/* The old channel stays, while nothing is seen of the new one; so does what is joined ahead. */
#define STAY_US (5 * G_TIME_SPAN_SECOND)

struct _LecTuner
{
  const LecPipelineOptions *options; /* (unowned) */
  const LecTunerCallbacks *callbacks;
  gpointer data;
  LecSwitcher *switcher;
  LecStandby *standby;
  LecAhead *ahead;
  LecApproach *approach;
  gboolean asks;    /* before it joins what takes much of the network */
  gboolean plays;   /* as was told last */
  guint generation; /* counts plays and stops */

  /* while something plays */
  LecRollover *rollover;
  gint64 position_us; /* where to begin in a file; 0: where it is announced to begin */
  gboolean insisted;  /* the viewer has said yes */
  LecTrial trial;
  LecWayCase way;       /* that the viewer is told of */
  gboolean last_resort; /* all ways have been tried; listening to one that was silent */
  gboolean troubled;    /* the notice tells of a medium that does not play */
  gboolean is_over;     /* it was told that the station has ended */
  gint64 began_us;      /* when something was seen or heard of it first; 0: nothing yet */
  gint64 left_us;       /* when what is still on the air was left */
  guint64 shown;        /* at the last tick, of what the viewer is told of */
  guint tick;
};

static void begin_pipeline (LecTuner *self);

/* ---- telling ---- */

static void
tell_error (LecTuner *self, LecPlayerState state, LecError error, const char *message)
{
  self->way.error = error;
  self->plays = state == LEC_PLAYER_PLAYING;
  if (!self->plays && state != LEC_PLAYER_WAITING)
    lec_ahead_leave (self->ahead);
  self->callbacks->state (state, error, message, self->data);
}

static void
tell (LecTuner *self, LecPlayerState state, const char *message)
{
  tell_error (self, state, LEC_ERROR_NONE, message);
}

/* Tells what is waited for. Returns: whether to go on: who was told may have stopped it, or may
 * play something else by now */
static gboolean
tell_waiting (LecTuner *self, const char *message)
{
  const guint generation = self->generation;

  tell (self, LEC_PLAYER_WAITING, message);
  return self->generation == generation;
}

static void
tell_no_media (LecTuner *self)
{
  static const LecTunerMedia none = { 0, FALSE };

  self->callbacks->media (&none, self->data);
  self->callbacks->behind (0, self->data);
}

/* ---- one way, and the next ---- */

/* The way that is being tried plays now. What was missed for it is told, and tried again later. */
static void
settle (LecTuner *self)
{
  const LecAlternative *missed;

  lec_trial_settle (&self->trial, self->rollover, g_get_monotonic_time ());
  missed = lec_rollover_get_missed (self->rollover);
  if (missed != NULL) {
    g_autofree char *notice
        = lec_way_sentence_playing (lec_rollover_get_alternative (self->rollover), missed);

    self->callbacks->notice (notice, self->data);
  }
}

/* What is tried beside what plays is given up. */
static void
end_trial (LecTuner *self)
{
  if (!lec_trial_is_on (&self->trial))
    return;
  lec_approach_cancel (self->approach);
  lec_switcher_cancel (self->switcher);
  lec_trial_give_up (&self->trial, self->rollover, g_get_monotonic_time ());
}

/* What is being tried ends; what the viewer has left, or what plays, stays on the air. */
static void
end_tried (LecTuner *self)
{
  if (lec_trial_is_on (&self->trial) || lec_switcher_has_left (self->switcher))
    lec_switcher_cancel (self->switcher);
  else
    lec_switcher_stop (self->switcher);
}

/* What was prepared is not recorded before it is on the air: it goes on in a file of its own. */
static void
record (LecTuner *self)
{
  LecPipeline *pipeline = lec_switcher_get_told (self->switcher);
  LecRecordingProgress progress;
  g_autoptr (GError) error = NULL;

  if (self->options->record != NULL && pipeline != NULL
      && !lec_pipeline_get_recording (pipeline, &progress)
      && !lec_pipeline_begin_recording (pipeline, self->options->record, &error))
    self->callbacks->problem (error->message, self->data);
}

/* What the viewer has left ends, though nothing is seen yet of what is wanted. */
static void
drop_left (LecTuner *self)
{
  if (!lec_switcher_has_left (self->switcher))
    return;
  lec_switcher_cut (self->switcher);
  record (self);
  tell_no_media (self);
}

/* All ways are used up. A silent one may still begin to send; a refused one will not. */
static void
end_with (LecTuner *self, LecPlayerState state)
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
  if (self->generation == generation && state == LEC_PLAYER_REFUSED)
    self->callbacks->refused (self->data);
}

/* The next way, or the end. */
static void
give_up_alternative (LecTuner *self, LecError error, const char *reason)
{
  if (self->trial.kind == LEC_TRIAL_AGAIN) {
    end_trial (self);
    return;
  }
  if (lec_rollover_next (self->rollover, error, reason)) {
    end_tried (self);
    lec_approach_try (self->approach);
  } else if (self->trial.kind == LEC_TRIAL_INSTEAD) {
    end_trial (self);
    lec_trial_pause (&self->trial, self->rollover, g_get_monotonic_time ());
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
  LecTuner *self = data;

  if (!lec_trial_is_on (&self->trial) && self->shown > 0
      && lec_rollover_get_alternative (self->rollover)->is_media) {
    const guint generation = self->generation;

    tell_error (self, LEC_PLAYER_REFUSED, error, sentence);
    if (self->generation == generation)
      self->callbacks->ended (LEC_PLAYLIST_FAILED, self->data);
  } else {
    give_up_alternative (self, error, sentence);
  }
}

/* What has been tried beside it is all that there is, now. */
static void
lost_cb (LecError error, const char *sentence, gpointer data)
{
  LecTuner *self = data;

  if (lec_trial_is_on (&self->trial))
    self->way.started_us = self->trial.tried_us;
  lec_trial_end (&self->trial);
  self->shown = 0;
  record (self);
  tell_no_media (self);
}

static void
caption_cb (const char *text, gpointer data)
{
  LecTuner *self = data;

  self->callbacks->caption (text, self->data);
}

static void
embedded_caption_cb (LecCaptionKind kind,
                     const char *text,
                     LecCaptionPicture *picture,
                     gpointer data)
{
  LecTuner *self = data;

  if (self->callbacks->embedded_caption != NULL)
    self->callbacks->embedded_caption (kind, text, picture, self->data);
}

/* Why another way plays stays told. */
static void
notice_cb (const char *sentence, gpointer data)
{
  LecTuner *self = data;

  if (lec_rollover_get_missed (self->rollover) == NULL)
    self->callbacks->notice (sentence, self->data);
}

/* ---- watching it play ---- */

/* Returns: (transfer full): what the doctor says of what the viewer is told of */
static char *
diagnose (LecTuner *self, LecReport *report, LecDiagnosis *diagnosis)
{
  const LecDoctorCase facts = lec_tuner_open_case (self, report);

  lec_doctor_examine (&facts, diagnosis);
  return lec_diagnosis_dup_message (diagnosis);
}

/* Nothing is seen or heard. */
static void
watch_silence (LecTuner *self, LecReport *report, const LecReception *reception, gint64 age_us)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *reason = diagnose (self, report, &diagnosis);

  if (reception->msb == LEC_MSB_STATE_WAITING) {
    tell (self, LEC_PLAYER_WAITING, reason);
    return;
  }
  /* where the station is there, it has not begun */
  if (reception->sum.received > 0 || age_us < LEC_DOCTOR_SILENCE_US
      || lec_reception_is_attended (reception)) {
    if (diagnosis.severity != LEC_SEVERITY_FINE)
      tell_error (self, LEC_PLAYER_WAITING, diagnosis.error, reason);
    return;
  }
  if (self->last_resort)
    tell_error (self, LEC_PLAYER_SILENT, diagnosis.error, reason);
  else
    give_up_alternative (self, diagnosis.error, reason);
}

/* Some of it is seen or heard; what is missing is told beside it, until it is there. */
static void
watch_media (LecTuner *self, LecReport *report)
{
  const LecDoctorCase facts = lec_tuner_open_case (self, report);
  g_auto (LecDiagnosis) diagnosis = { 0 };
  const gboolean is_troubled = lec_doctor_examine_media (&facts, &diagnosis);
  g_autofree char *trouble = is_troubled ? lec_diagnosis_dup_message (&diagnosis) : NULL;

  if ((!is_troubled && !self->troubled) || lec_rollover_get_missed (self->rollover) != NULL)
    return; /* why another way plays stays told */
  self->troubled = is_troubled;
  self->callbacks->notice (trouble, self->data);
}

/* Its station sends what its announcement does not describe. What was asked for is its owner's to
 * open again.
 * Returns: whether to go on */
static gboolean
tell_outdated (LecTuner *self)
{
  const guint generation = self->generation;

  if (lec_trial_is_on (&self->trial))
    return TRUE;
  if (lec_rollover_get_origin (self->rollover) != NULL)
    lec_approach_renew (self->approach);
  else
    self->callbacks->outdated (self->data);
  return self->generation == generation;
}

/* What plays has fallen silent: is there another way? */
static void
try_instead (LecTuner *self, const LecReception *reception)
{
  g_autofree char *reason = NULL;

  if (!lec_trial_may_begin_instead (&self->trial, g_get_monotonic_time ()) || self->last_resort
      || !lec_reception_is_silent (reception) || lec_reception_is_attended (reception)
      || !lec_rollover_has_next (self->rollover)
      || !lec_switcher_can_prepare (self->switcher, self->options))
    return;
  reason = lec_way_sentence_awaiting (lec_rollover_get_alternative (self->rollover), NULL,
                                      LEC_DOCTOR_SILENCE_US);
  lec_trial_begin_instead (&self->trial, self->rollover, reason);
  lec_approach_try (self->approach);
}

/* While something else plays, what was missed is looked for now and then; not while the viewer has
 * paused that, who would be torn away from it. */
static void
try_again (LecTuner *self)
{
  LecPipeline *pipeline = lec_switcher_get_told (self->switcher);

  if (pipeline != NULL && lec_pipeline_is_paused (pipeline))
    return;
  if (lec_trial_is_due_again (&self->trial, g_get_monotonic_time ())
      && lec_switcher_can_prepare (self->switcher, self->options)
      && lec_trial_begin_again (&self->trial, self->rollover))
    begin_pipeline (self);
}

/* What is tried beside what plays is not told of until it is seen. */
static void
watch_trial (LecTuner *self)
{
  LecPipeline *tried = lec_switcher_get_prepared (self->switcher);
  g_autoptr (LecReport) report = NULL;
  g_autofree char *reason = NULL;
  LecReception reception;
  gint64 age_us;

  if (!lec_trial_is_on (&self->trial) || tried == NULL)
    return;
  report = lec_pipeline_dup_report (tried);
  reception = lec_reception_read (report);
  if (reception.msb == LEC_MSB_STATE_UNDESCRIBED)
    lec_approach_renew (self->approach);
  if (!lec_trial_watch (&self->trial, &reception, lec_playback_is_hopeless (report),
                        g_get_monotonic_time (), &age_us))
    return;
  reason
      = lec_way_sentence_awaiting (lec_rollover_get_alternative (self->rollover), report, age_us);
  give_up_alternative (self, LEC_ERROR_SILENT, reason);
}

static void
tell_silence (LecTuner *self, LecReport *report, const LecReception *reception)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *sentence = NULL;

  if (self->trial.kind == LEC_TRIAL_INSTEAD && lec_reception_is_attended (reception))
    end_trial (self); /* it is there after all */
  try_instead (self, reception);
  if (self->trial.kind == LEC_TRIAL_INSTEAD)
    sentence = lec_way_sentence_trying (lec_rollover_get_alternative (self->rollover),
                                        lec_rollover_get_playing (self->rollover));
  else
    sentence = diagnose (self, report, &diagnosis);
  tell_error (self, LEC_PLAYER_SILENT, LEC_ERROR_SILENT, sentence);
}

/* It plays, again or for the first time. */
static void
tell_playing (LecTuner *self)
{
  if (self->trial.kind == LEC_TRIAL_INSTEAD)
    end_trial (self);
  if (self->shown == 0)
    settle (self);
  if (self->began_us == 0)
    self->began_us = g_get_monotonic_time ();
  self->is_over = FALSE;
  self->last_resort = FALSE;
  tell (self, LEC_PLAYER_PLAYING, "");
}

static void
tell_problem (LecTuner *self, LecPipeline *pipeline, LecReport *report)
{
  g_autofree char *problem = lec_pipeline_dup_problem (pipeline);

  if (report != NULL && report->capture_error != 0) {
    g_free (problem);
    problem = g_strdup_printf (_ ("Writing the packets to “%1$s” failed: %2$s"),
                               self->options->capture, g_strerror (report->capture_error));
  }
  if (problem != NULL)
    self->callbacks->problem (problem, self->data);
}

/* A file knows itself how much of it is to be played (media-file.h). */
static gboolean
has_had_its_time (LecTuner *self)
{
  const LecAlternative *alternative = lec_rollover_get_playing (self->rollover);

  return !alternative->is_media && alternative->duration_us > 0 && self->began_us != 0
         && g_get_monotonic_time () - self->began_us >= alternative->duration_us;
}

/* Tells it once, though it may be so for long. Returns: whether to go on */
static gboolean
tell_end (LecTuner *self, const LecReception *reception)
{
  const guint generation = self->generation;

  if (has_had_its_time (self)) {
    self->callbacks->ended (LEC_PLAYLIST_PLAYED, self->data);
    return FALSE;
  }
  if (self->is_over || !lec_reception_has_ended (reception))
    return TRUE;
  self->is_over = TRUE;
  self->callbacks->over (self->data);
  return self->generation == generation;
}

/* @seen: (out): of which pictures, a bit for each. Returns: how many frames of all there have been
 */
static guint64
count_pictures (LecPipeline *pipeline, guint *seen)
{
  guint64 sum = 0;

  *seen = 0;
  for (guint i = 0; i < LEC_SWITCHER_PICTURES; i++) {
    const guint64 count = lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_VIDEO, i);

    sum += count;
    *seen |= (count > 0 ? 1u : 0u) << i;
  }
  return sum;
}

/* What the viewer is told of: @pipeline. */
static void
watch (LecTuner *self, LecPipeline *pipeline)
{
  g_autoptr (LecReport) report = lec_pipeline_dup_report (pipeline);
  LecReception reception = lec_reception_read (report);
  guint pictures;
  guint64 frames = count_pictures (pipeline, &pictures);
  guint64 sounds = lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_AUDIO, 0);
  guint64 texts = lec_pipeline_get_shown (pipeline, GST_STREAM_TYPE_TEXT, 0);
  guint64 shown = self->options->decode ? frames + sounds + texts : reception.sum.out;
  const guint generation = self->generation;

  if (self->options->decode && lec_playback_is_hopeless (report)) {
    const LecDoctorCase facts = lec_tuner_open_case (self, report);
    g_auto (LecDiagnosis) diagnosis = { 0 };
    g_autofree char *reason = NULL;

    lec_doctor_examine_media (&facts, &diagnosis);
    reason = lec_diagnosis_dup_message (&diagnosis);
    give_up_alternative (self, diagnosis.error, reason);
    return;
  }
  reception.withdrawn = self->way.withdrawn;
  if (reception.session == LEC_REPORT_SESSION_OPENING)
    self->way.started_us = g_get_monotonic_time (); /* nothing can come yet */
  if (reception.msb == LEC_MSB_STATE_UNDESCRIBED && !tell_outdated (self))
    return;
  if (!tell_end (self, &reception))
    return;
  tell_problem (self, pipeline, report);
  if (!lec_switcher_has_left (self->switcher)) {
    const LecTunerMedia media = { pictures, sounds > 0 };

    self->callbacks->media (&media, self->data);
  }
  if (self->generation != generation)
    return;
  if (lec_reception_has_ended (&reception) || lec_reception_is_silent (&reception))
    tell_silence (self, report, &reception);
  else if (shown > self->shown)
    tell_playing (self);
  else if (shown == 0)
    watch_silence (self, report, &reception, g_get_monotonic_time () - self->way.started_us);
  if (self->generation != generation || lec_switcher_get_told (self->switcher) != pipeline)
    return; /* who was just told has stopped it */
  self->shown = shown;
  if (shown > 0 && self->options->decode)
    watch_media (self, report);
  if (lec_switcher_get_told (self->switcher) == pipeline)
    self->callbacks->behind ((double) lec_pipeline_get_latency (pipeline, report) / GST_SECOND,
                             self->data);
}

/* Others are joined beside what plays, and only then. */
static void
watch_ahead (LecTuner *self)
{
  LecPipeline *pipeline = lec_switcher_get_told (self->switcher);
  g_autoptr (LecReport) report = NULL;

  if (self->plays && !lec_trial_is_on (&self->trial) && pipeline != NULL && self->shown > 0
      && self->options->decode) {
    report = lec_pipeline_dup_report (pipeline);
    lec_ahead_watch (self->ahead, lec_rollover_get_channel (self->rollover), report,
                     g_get_monotonic_time ());
  } else if (g_get_monotonic_time () - self->way.started_us >= STAY_US) {
    lec_ahead_leave (self->ahead);
  }
}

static gboolean
tick_cb (gpointer data)
{
  LecTuner *self = data;
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
  if (self->generation == generation)
    watch_ahead (self);
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
  LecTuner *self = data;

  if (!lec_trial_is_on (&self->trial))
    tell_no_media (self); /* of another channel: they are told anew */
  else if (self->trial.kind == LEC_TRIAL_AGAIN)
    self->callbacks->notice (NULL, self->data);
  lec_trial_end (&self->trial);
  self->shown = 0;
  self->way.started_us = g_get_monotonic_time ();
  record (self);
  self->callbacks->caption (NULL, self->data);
  tick_cb (self);
}

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  LecTuner *self = data;

  self->callbacks->cue (type, parameter, is_due, self->data);
}

static void
header_cb (GBytes *header, gpointer data)
{
  LecTuner *self = data;

  if (self->callbacks->header != NULL)
    self->callbacks->header (header, self->data);
}

static void
ended_cb (gpointer data)
{
  LecTuner *self = data;

  self->callbacks->ended (self->shown > 0 ? LEC_PLAYLIST_PLAYED : LEC_PLAYLIST_FAILED, self->data);
}

static const LecSwitcherCallbacks switcher_callbacks = {
  .shown = shown_cb,
  .cut = cut_cb,
  .failed = failed_cb,
  .lost = lost_cb,
  .ended = ended_cb,
  .caption = caption_cb,
  .embedded_caption = embedded_caption_cb,
  .notice = notice_cb,
  .cue = cue_cb,
  .header = header_cb,
};

/* ---- beginning ---- */

static void
begin_pipeline (LecTuner *self)
{
  g_autoptr (LecChannel) channel = lec_rollover_dup_resumed (self->rollover, self->position_us);
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  g_autofree char *waiting = alternative->is_media
                                 ? lec_way_sentence_opening (alternative)
                                 : lec_way_sentence_awaiting (alternative, NULL, 0);
  LecPipelineOptions options = *self->options;
  LecPipeline *joined;

  lec_trial_restart (&self->trial, g_get_monotonic_time ());
  if (!lec_trial_is_on (&self->trial)) {
    if (!tell_waiting (self, waiting))
      return;
    self->shown = 0;
    self->way.started_us = self->trial.tried_us;
  }
  self->callbacks->way (alternative, self->data);
  options.low_ports |= self->insisted;
  joined = lec_ahead_take (self->ahead, channel, lec_rollover_get_index (self->rollover));
  if (joined != NULL)
    lec_switcher_prepare_joined (self->switcher, joined, &options);
  else
    lec_switcher_prepare (self->switcher, channel, lec_rollover_get_index (self->rollover),
                          &options);
}

static void
arrived_cb (gpointer data)
{
  begin_pipeline (data);
}

static void
refused_cb (LecError error, const char *reason, gpointer data)
{
  give_up_alternative (data, error, reason);
}

static gboolean
opening_cb (const char *sentence, gpointer data)
{
  LecTuner *self = data;

  return lec_trial_is_on (&self->trial) || tell_waiting (self, sentence);
}

static void
entered_cb (const char *uri, gpointer data)
{
  LecTuner *self = data;

  self->callbacks->entered (uri, self->data);
}

static void
renewed_cb (gpointer data)
{
  end_tried (data);
}

static const LecApproachCallbacks approach_callbacks
    = { arrived_cb, refused_cb, opening_cb, entered_cb, renewed_cb };

void
lec_tuner_leave (LecTuner *self)
{
  self->generation++;
  lec_approach_end (self->approach);
  if (self->plays)
    lec_switcher_leave (self->switcher);
  else if (!lec_switcher_has_left (self->switcher))
    lec_switcher_stop (self->switcher);
  else
    lec_switcher_cancel (self->switcher);
  self->left_us = g_get_monotonic_time ();
  self->way.rollover = NULL;
  g_clear_pointer (&self->rollover, lec_rollover_free);
  self->plays = FALSE;
  self->way.error = LEC_ERROR_NONE;
  self->trial = (LecTrial){ 0 };
  self->last_resort = FALSE;
  self->troubled = FALSE;
  self->is_over = FALSE;
  self->began_us = 0;
  if (!lec_switcher_has_left (self->switcher))
    tell_no_media (self);
}

void
lec_tuner_stop (LecTuner *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  lec_standby_end (self->standby);
  lec_ahead_leave (self->ahead);
  lec_switcher_stop (self->switcher);
  lec_tuner_leave (self);
}

void
lec_tuner_stand_by (LecTuner *self, LecChannel *channel, const char *origin)
{
  if (self->plays && !lec_trial_is_on (&self->trial))
    lec_standby_fetch (self->standby, channel, origin);
}

/* Goes the way to @channel that was found while it stood by, which began at @origin. */
static void
find_way (LecTuner *self, LecChannel *channel, const char *origin)
{
  const gboolean asks = self->asks && !self->insisted;
  LecStandbyFind found = { 0 };
  const gboolean is_found = lec_standby_take (self->standby, channel, &found);

  self->rollover = is_found ? found.rollover : lec_rollover_new (channel);
  self->way.rollover = self->rollover;
  lec_approach_begin (self->approach, self->rollover, is_found ? found.origin : origin, origin,
                      self->options->decode, asks);
  if (is_found && found.entered != NULL)
    self->callbacks->entered (found.entered, self->data);
  g_free (found.origin);
  g_free (found.entered);
}

static void
begin (LecTuner *self, LecChannel *channel, const char *origin, gint64 position_us)
{
  const guint generation = self->generation;

  g_return_if_fail (self->rollover == NULL);

  self->position_us = position_us;
  find_way (self, channel, origin);
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  lec_approach_try (self->approach);
  if (self->generation == generation)
    lec_switcher_tick (self->switcher); /* what stood by is there already */
}

void
lec_tuner_play (LecTuner *self, LecChannel *channel, const char *origin, gint64 position_us)
{
  self->insisted = FALSE;
  begin (self, channel, origin, position_us);
}

void
lec_tuner_play_anyway (LecTuner *self, LecChannel *channel, const char *origin)
{
  self->insisted = TRUE;
  begin (self, channel, origin, 0);
}

gboolean
lec_tuner_listen (LecTuner *self)
{
  if (!lec_rollover_retry (self->rollover))
    return FALSE;
  lec_switcher_stop (self->switcher);
  tell_no_media (self);
  self->callbacks->notice (NULL, self->data);
  self->last_resort = TRUE;
  begin_pipeline (self);
  return TRUE;
}

/* ---- life ---- */

static void
ahead_cb (gpointer data)
{
  LecTuner *self = data;

  if (self->callbacks->ahead != NULL)
    self->callbacks->ahead (self->data);
}

LecTuner *
lec_tuner_new (const LecPipelineOptions *options, const LecTunerCallbacks *callbacks, gpointer data)
{
  LecTuner *self = g_new0 (LecTuner, 1);

  self->options = options;
  self->callbacks = callbacks;
  self->data = data;
  self->way.error = LEC_ERROR_NONE;
  self->switcher = lec_switcher_new (&switcher_callbacks, self);
  self->standby = lec_standby_new (self->switcher, options);
  self->approach = lec_approach_new (&approach_callbacks, self);
  self->ahead = lec_ahead_new (self->switcher, options, ahead_cb, self);
  return self;
}

void
lec_tuner_free (LecTuner *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->tick, g_source_remove);
  lec_approach_free (self->approach);
  lec_standby_free (self->standby);
  lec_ahead_free (self->ahead);
  lec_switcher_free (self->switcher);
  lec_rollover_free (self->rollover);
  g_free (self);
}

void
lec_tuner_set_asks (LecTuner *self)
{
  self->asks = TRUE;
}

void
lec_tuner_set_withdrawn (LecTuner *self, gboolean withdrawn)
{
  self->way.withdrawn = withdrawn;
}

/* ---- what is known ---- */

LecSwitcher *
lec_tuner_get_switcher (LecTuner *self)
{
  return self->switcher;
}

LecAhead *
lec_tuner_get_ahead (LecTuner *self)
{
  return self->ahead;
}

const char *
lec_tuner_get_origin (LecTuner *self)
{
  return lec_approach_get_origin (self->approach);
}

gint64
lec_tuner_get_position (LecTuner *self)
{
  LecPipeline *pipeline = lec_switcher_get_told (self->switcher);

  return pipeline != NULL ? lec_pipeline_get_position (pipeline) : 0;
}

guint
lec_tuner_get_outer_index (LecTuner *self)
{
  return self->rollover != NULL ? lec_rollover_get_outer_index (self->rollover) : 0;
}

const LecAlternative *
lec_tuner_get_playing (LecTuner *self)
{
  return self->rollover != NULL ? lec_rollover_get_playing (self->rollover) : NULL;
}

const LecAlternative *
lec_tuner_get_missed (LecTuner *self)
{
  return self->rollover != NULL ? lec_rollover_get_missed (self->rollover) : NULL;
}

LecDoctorCase
lec_tuner_open_case (LecTuner *self, LecReport *report)
{
  return lec_way_case_open (&self->way, report, g_get_monotonic_time (),
                            g_get_real_time () / G_USEC_PER_SEC);
}

LecReport *
lec_tuner_dup_report (LecTuner *self)
{
  LecPipeline *pipeline = lec_switcher_get_told (self->switcher);

  return pipeline != NULL ? lec_way_case_complete (&self->way, lec_pipeline_dup_report (pipeline))
                          : NULL;
}
