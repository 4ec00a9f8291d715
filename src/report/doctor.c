/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor.h"

#include <glib/gi18n-lib.h>

#include "report/doctor-media.h"
#include "report/explain.h"
#include "report/playback.h"
#include "report/text.h"

#define SILENCE_US (3 * G_TIME_SPAN_SECOND) /* nothing may come for so long before it is told */
#define DECODE_US (5 * G_TIME_SPAN_SECOND)  /* packets, and no picture yet */
#define FOREIGN_US G_TIME_SPAN_SECOND       /* packets of which none is understood */

/* ---- this computer ---- */

static gboolean
has_link (LecExam *exam, LecReportLink link)
{
  return exam->facts->report != NULL && exam->facts->report->host.link == link;
}

static gboolean
is_down (LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_DOWN);
}

static gboolean
has_no_carrier (LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NO_CARRIER);
}

static gboolean
has_no_multicast (LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NO_MULTICAST);
}

static gboolean
has_no_address (LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NO_ADDRESS);
}

/* ---- the table ---- */

#define ABSENT (LEC_PHASE_NOTHING | LEC_PHASE_SILENT)

static const LecDoctorRule host_rules[] = {
  /* this computer: certain, and so before anything that is thought of the network */
  { ABSENT, is_down, LEC_DOCTOR_INTERFACE_DOWN, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer is switched off"),
    N_ ("Switch the network on in the settings of this computer"), LEC_ERROR_UNREACHABLE },
  { ABSENT, has_no_carrier, LEC_DOCTOR_NO_CARRIER, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer is not connected (no carrier)"),
    N_ ("Check the cable and the socket in the wall, or join the Wi-Fi"), LEC_ERROR_UNREACHABLE },
  { ABSENT, has_no_multicast, LEC_DOCTOR_NO_MULTICAST, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer cannot receive multicast"),
    N_ ("Use another network connection, such as the cable"), LEC_ERROR_UNREACHABLE },
  { ABSENT, has_no_address, LEC_DOCTOR_NO_ADDRESS, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer has no address yet"),
    N_ ("Wait for the network (DHCP), or connect anew"), LEC_ERROR_UNREACHABLE },
  { 0 }, /* then those of doctor-media.c */
};

/* ---- sentences ---- */

static void
append_figure (GString *sentence, const char *name, gconstpointer data)
{
  const LecExam *exam = data;
  LecReport *report = exam->facts->report;

  if (g_str_equal (name, "links") && report != NULL)
    g_string_append (sentence, report->host.links);
  else if (!lec_doctor_media_append_figure (sentence, name, exam))
    lec_rule_append_figure (sentence, name, exam->recent, exam->facts->alternative);
}

static void
speak (const LecDoctorRule *rule, const LecExam *exam, LecDiagnosis *diagnosis)
{
  const LecSeverity worst
      = exam->phase == LEC_PHASE_PLAYING ? LEC_SEVERITY_DEGRADED : LEC_SEVERITY_FATAL;

  *diagnosis = (LecDiagnosis){ rule->code, MIN (rule->severity, worst), rule->error, NULL, NULL };
  diagnosis->sentence = lec_text_fill (_ (rule->text), append_figure, exam);
  if (rule->remedy != NULL)
    diagnosis->remedy = lec_text_fill (_ (rule->remedy), append_figure, exam);
}

/* ---- what applies ---- */

static LecPhase
find_phase (const LecDoctorCase *facts)
{
  const LecReception *reception = &facts->reception;
  const gboolean is_decoded = facts->report != NULL && facts->report->n_tracks > 0;

  if (lec_reception_has_ended (reception) || lec_reception_is_silent (reception))
    return LEC_PHASE_SILENT;
  if (reception->sum.received == 0)
    return LEC_PHASE_NOTHING;
  if (is_decoded && lec_playback_of (facts->report) != LEC_PLAYBACK_NOTHING)
    return LEC_PHASE_PLAYING;
  return is_decoded || lec_reception_is_foreign (reception) ? LEC_PHASE_UNSEEN : LEC_PHASE_PLAYING;
}

static const LecDoctorRule *
find_rule (LecExam *exam, const LecDoctorRule *rules)
{
  for (const LecDoctorRule *rule = rules; rule->text != NULL; rule++) {
    exam->stream = NULL;
    exam->track = NULL;
    if ((rule->phases & exam->phase) != 0 && rule->applies (exam))
      return rule;
  }
  return NULL;
}

/* Something may come any moment. */
static gboolean
is_early (const LecExam *exam)
{
  const gint64 awaited_us = exam->facts->awaited_us;

  switch (exam->phase) {
  case LEC_PHASE_NOTHING:
    return awaited_us < SILENCE_US;
  case LEC_PHASE_UNSEEN:
    return awaited_us < (lec_reception_is_foreign (exam->reception) ? FOREIGN_US : DECODE_US);
  case LEC_PHASE_SILENT:
  case LEC_PHASE_PLAYING:
  default:
    return FALSE;
  }
}

static void
wait (const LecExam *exam, LecDiagnosis *diagnosis)
{
  *diagnosis = (LecDiagnosis){ LEC_DOCTOR_WAITING, LEC_SEVERITY_HINT, LEC_ERROR_NONE, NULL, NULL };
  diagnosis->sentence = exam->facts->alternative != NULL
                            ? lec_explain_waiting (exam->facts->alternative)
                            : g_strdup (_ ("Waiting for the channel …"));
}

/* What is said of packets, and of what becomes of them: of a fault in packets before. */
static void
explain (const LecExam *exam, LecDiagnosis *diagnosis)
{
  const LecReception *reception = exam->phase == LEC_PHASE_PLAYING ? exam->recent : exam->reception;
  const LecRule *rule = lec_explain_find (exam->phase, reception, exam->facts->alternative);
  const gboolean may_lack = exam->phase == LEC_PHASE_PLAYING
                            || (exam->phase == LEC_PHASE_UNSEEN && rule->error == LEC_ERROR_NONE);

  if (may_lack && exam->facts->report != NULL
      && lec_playback_diagnose (exam->facts->report, diagnosis))
    return;
  if (is_early (exam)) {
    wait (exam, diagnosis);
    return;
  }
  *diagnosis = (LecDiagnosis){ rule->code, rule->severity, rule->error, NULL, NULL };
  diagnosis->sentence = lec_rule_explain (rule, reception, exam->facts->alternative);
}

void
lec_doctor_examine (const LecDoctorCase *facts, LecDiagnosis *diagnosis)
{
  LecExam exam = { .facts = facts,
                   .reception = &facts->reception,
                   .recent = facts->recent != NULL ? facts->recent : &facts->reception,
                   .phase = find_phase (facts) };
  const LecDoctorRule *rule = find_rule (&exam, host_rules);

  if (rule == NULL)
    rule = find_rule (&exam, lec_doctor_media_rules);
  if (rule != NULL)
    speak (rule, &exam, diagnosis);
  else
    explain (&exam, diagnosis);
}
