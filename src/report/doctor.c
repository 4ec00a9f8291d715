/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/doctor-rules.h"
#include "report/doctor-track.h"
#include "report/playback.h"

/* ---- asking a rule ---- */

static LecExam
examine_stream (const LecExam *exam, const LecStreamReport *stream)
{
  LecExam part = *exam;

  part.stream = stream;
  part.track = NULL;
  return part;
}

static LecExam
examine_track (const LecExam *exam, const LecTrackReport *track)
{
  LecReport *report = exam->facts->report;
  LecExam part = *exam;

  part.stream = track->stream < report->n_streams ? &report->streams[track->stream] : NULL;
  part.track = track;
  return part;
}

static gboolean
applies_to_a_stream (const LecDoctorRule *rule, LecExam *exam)
{
  LecReport *report = exam->facts->report;

  for (guint i = 0; report != NULL && i < report->n_streams; i++) {
    const LecExam part = examine_stream (exam, &report->streams[i]);

    if (rule->applies (&part)) {
      *exam = part;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
applies_to_a_track (const LecDoctorRule *rule, LecExam *exam)
{
  LecReport *report = exam->facts->report;

  for (guint i = 0; report != NULL && i < report->n_tracks; i++) {
    const LecExam part = examine_track (exam, &report->tracks[i]);

    if (lec_doctor_is_wanted (part.track) && rule->applies (&part)) {
      *exam = part;
      return TRUE;
    }
  }
  return FALSE;
}

/* @exam: (inout): becomes about what the rule applies to */
static gboolean
applies (const LecDoctorRule *rule, LecExam *exam)
{
  switch (rule->about) {
  case LEC_ABOUT_STREAM:
    return applies_to_a_stream (rule, exam);
  case LEC_ABOUT_TRACK:
    return applies_to_a_track (rule, exam);
  case LEC_ABOUT_CHANNEL:
  default:
    return rule->applies (exam);
  }
}

/* ---- what keeps a medium from being seen or heard ---- */

gboolean
lec_doctor_rule_is_of_media (const LecDoctorRule *rule)
{
  const guint phases = LEC_PHASE_UNSEEN | LEC_PHASE_PLAYING;

  return rule->about != LEC_ABOUT_CHANNEL && (rule->phases & phases) == phases
         && rule->severity >= LEC_SEVERITY_DEGRADED;
}

static const LecDoctorRule *
find_of (const LecExam *exam, LecAbout about)
{
  for (const LecDoctorRule *rule = lec_doctor_rules; rule->text != NULL; rule++) {
    if (rule->about == about && lec_doctor_rule_is_of_media (rule) && rule->applies (exam))
      return rule;
  }
  return NULL;
}

const LecDoctorRule *
lec_doctor_find_of_stream (const LecExam *exam)
{
  return find_of (exam, LEC_ABOUT_STREAM);
}

const LecDoctorRule *
lec_doctor_find_of_track (const LecExam *exam)
{
  return find_of (exam, LEC_ABOUT_TRACK);
}

/* @exam: (inout): becomes about what the rule applies to. Returns: (nullable): the first one */
static const LecDoctorRule *
find_trouble (LecExam *exam)
{
  for (const LecDoctorRule *rule = lec_doctor_rules; rule->text != NULL; rule++) {
    if (lec_doctor_rule_is_of_media (rule) && applies (rule, exam))
      return rule;
  }
  return NULL;
}

gboolean
lec_doctor_has_trouble (const LecExam *exam)
{
  LecExam part = *exam;

  return find_trouble (&part) != NULL;
}

/* ---- speaking ---- */

static char *
dup_sentence (const LecDoctorRule *rule, const LecExam *exam)
{
  const gboolean is_sound = exam->track != NULL && exam->track->media == LEC_MEDIA_AUDIO;

  return lec_doctor_fill (_ (is_sound && rule->sound != NULL ? rule->sound : rule->text), exam);
}

/* Returns: (nullable) */
static char *
dup_remedy (const LecDoctorRule *rule, const LecExam *exam)
{
  g_autofree char *remedy = rule->remedy != NULL ? lec_doctor_fill (_ (rule->remedy), exam) : NULL;

  return remedy != NULL && *remedy != '\0' ? g_steal_pointer (&remedy) : NULL;
}

static void
speak (const LecDoctorRule *rule, const LecExam *exam, LecDiagnosis *diagnosis)
{
  const LecSeverity worst
      = exam->phase == LEC_PHASE_PLAYING ? LEC_SEVERITY_DEGRADED : LEC_SEVERITY_FATAL;

  *diagnosis
      = (LecDiagnosis){ .code = rule->code,
                        .severity = MIN (rule->severity, worst),
                        .error = exam->facts->refusal != NULL ? exam->facts->refused : rule->error,
                        .sentence = dup_sentence (rule, exam),
                        .remedy = dup_remedy (rule, exam) };
}

/* Each sentence once. */
static void
add (char **texts, const char *text)
{
  char *both;

  if (text == NULL || (*texts != NULL && strstr (*texts, text) != NULL))
    return;
  both = *texts != NULL ? g_strdup_printf ("%s. %s", *texts, text) : g_strdup (text);
  g_free (*texts);
  *texts = both;
}

static void
add_rule (LecDiagnosis *diagnosis, const LecDoctorRule *rule, const LecExam *exam)
{
  g_autofree char *sentence = dup_sentence (rule, exam);
  g_autofree char *remedy = dup_remedy (rule, exam);

  add (&diagnosis->sentence, sentence);
  add (&diagnosis->remedy, remedy);
}

/* Of each stream, and of each track, what is in its way first. A track does not repeat in its words
 * what its stream lacks. */
static void
add_media (LecDiagnosis *diagnosis, const LecExam *exam)
{
  LecReport *report = exam->facts->report;

  for (guint i = 0; i < report->n_streams; i++) {
    const LecExam part = examine_stream (exam, &report->streams[i]);
    const LecDoctorRule *rule = lec_doctor_find_of_stream (&part);

    if (rule != NULL)
      add_rule (diagnosis, rule, &part);
  }
  for (guint i = 0; i < report->n_tracks; i++) {
    const LecExam part = examine_track (exam, &report->tracks[i]);
    const LecDoctorRule *rule = NULL;

    if (lec_doctor_is_wanted (part.track)
        && (part.stream == NULL || lec_doctor_find_of_stream (&part) == NULL))
      rule = lec_doctor_find_of_track (&part);
    if (rule != NULL)
      add_rule (diagnosis, rule, &part);
  }
}

/* ---- what applies ---- */

/* Whether anything is seen or heard of what has come. */
static LecPhase
find_phase_of_what_came (const LecDoctorCase *facts)
{
  const LecReception *reception = &facts->reception;
  const gboolean is_decoded = facts->report != NULL && facts->report->n_tracks > 0;

  if (reception->sum.received == 0)
    return LEC_PHASE_NOTHING;
  if (is_decoded && lec_playback_of (facts->report) != LEC_PLAYBACK_NOTHING)
    return LEC_PHASE_PLAYING;
  return is_decoded || lec_reception_is_foreign (reception) ? LEC_PHASE_UNSEEN : LEC_PHASE_PLAYING;
}

static LecPhase
find_phase (const LecDoctorCase *facts)
{
  const LecReception *reception = &facts->reception;

  if (facts->refusal != NULL)
    return LEC_PHASE_REFUSED;
  if (lec_reception_has_ended (reception) || lec_reception_is_silent (reception))
    return LEC_PHASE_SILENT;
  return find_phase_of_what_came (facts);
}

static LecExam
begin (const LecDoctorCase *facts, LecPhase phase)
{
  return (LecExam){ .facts = facts,
                    .reception = &facts->reception,
                    .recent = facts->recent != NULL ? facts->recent : &facts->reception,
                    .phase = phase };
}

/* @not: phases whose rules are not asked. Returns: the first rule, as the last of the table have
 *   always something to say */
static const LecDoctorRule *
find_rule (LecExam *exam, guint not )
{
  for (const LecDoctorRule *rule = lec_doctor_rules; rule->text != NULL; rule++) {
    if ((rule->phases & exam->phase) != 0 && (rule->phases & not ) == 0 && applies (rule, exam))
      return rule;
  }
  g_assert_not_reached ();
}

static void
examine (const LecDoctorCase *facts, LecPhase phase, guint not, LecDiagnosis *diagnosis)
{
  LecExam exam = begin (facts, phase);
  const LecExam whole = exam;
  const LecDoctorRule *rule = find_rule (&exam, not );

  speak (rule, &exam, diagnosis);
  if (lec_doctor_rule_is_of_media (rule))
    add_media (diagnosis, &whole);
}

void
lec_doctor_examine (const LecDoctorCase *facts, LecDiagnosis *diagnosis)
{
  examine (facts, find_phase (facts), 0, diagnosis);
}

void
lec_doctor_sum_up (const LecDoctorCase *facts, LecDiagnosis *diagnosis)
{
  examine (facts, find_phase_of_what_came (facts), LEC_PHASE_ADVICE, diagnosis);
}

gboolean
lec_doctor_examine_media (const LecDoctorCase *facts, LecDiagnosis *diagnosis)
{
  const gboolean is_playing
      = facts->report != NULL && lec_playback_of (facts->report) != LEC_PLAYBACK_NOTHING;
  const LecExam whole = begin (facts, is_playing ? LEC_PHASE_PLAYING : LEC_PHASE_UNSEEN);
  LecExam exam = whole;
  const LecDoctorRule *rule = find_trouble (&exam);

  *diagnosis = (LecDiagnosis){ .code = LEC_DOCTOR_FINE, .error = LEC_ERROR_NONE };
  if (rule == NULL)
    return FALSE;
  speak (rule, &exam, diagnosis);
  add_media (diagnosis, &whole);
  return TRUE;
}

char *
lec_doctor_dup_advice (const LecDoctorCase *facts)
{
  const LecExam exam = begin (facts, LEC_PHASE_ADVICE);
  char *advice = NULL;

  for (const LecDoctorRule *rule = lec_doctor_rules; rule->text != NULL; rule++) {
    if ((rule->phases & LEC_PHASE_ADVICE) != 0 && rule->applies (&exam)) {
      g_autofree char *sentence = dup_sentence (rule, &exam);
      g_autofree char *remedy = dup_remedy (rule, &exam);

      add (&advice, sentence);
      add (&advice, remedy);
    }
  }
  return advice;
}
