/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tune-report.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "channel-json.h"
#include "play/diagnosis-of.h"
#include "report/doctor.h"
#include "report/fields.h"
#include "stats-json.h"

static char *
dup_message (LecDiagnosis *diagnosis)
{
  char *message = lec_diagnosis_dup_message (diagnosis);

  lec_diagnosis_clear (diagnosis);
  return message;
}

/* What is not seen or heard matters more than how packets came. */
static char *
describe_reception (const LecTuneReport *self, const LecDoctorCase *facts)
{
  const LecStats *sum = &facts->reception.sum;
  const char *message = lec_player_get_message (self->player);
  LecDiagnosis diagnosis;

  if ((sum->received == 0 || sum->out == 0) && *message != '\0')
    return g_strdup (message);
  lec_doctor_sum_up (facts, &diagnosis);
  if (self->decode && sum->out > 0 && self->frames + self->sounds + self->texts == 0
      && diagnosis.severity <= LEC_SEVERITY_HINT) {
    lec_diagnosis_clear (&diagnosis);
    return g_strdup (_ ("Packets arrive, but nothing of them could be decoded"));
  }
  return dup_message (&diagnosis);
}

static char *
append_sentence (char *sentences, const char *sentence)
{
  char *both = g_strdup_printf ("%s. %s", sentences, sentence);

  g_free (sentences);
  return both;
}

/* How it was, why it is not any more, and what is worth knowing beside that. */
static char *
dup_verdict (const LecTuneReport *self)
{
  const LecDoctorCase facts = lec_player_open_case (self->player, self->report);
  char *verdict = describe_reception (self, &facts);
  g_autofree char *silence = NULL;
  g_autofree char *advice = lec_doctor_dup_advice (&facts);

  if (self->fell_silent) {
    LecDiagnosis diagnosis;

    lec_doctor_examine (&facts, &diagnosis);
    silence = dup_message (&diagnosis);
  }
  if (silence != NULL && strcmp (verdict, silence) != 0)
    verdict = append_sentence (verdict, silence);
  if (advice != NULL)
    verdict = append_sentence (verdict, advice);
  return verdict;
}

/* ---- for a person ---- */

static double
to_ms (gint64 ns)
{
  return (double) ns / 1e6;
}

/* Counters by the names that programs know them by, too; those of events where there were some. */
static void
print_counters (const LecStreamReport *stream)
{
  g_print (_ (" received %1$" PRIu64 ", lost %2$" PRIu64), stream->stats.received,
           stream->stats.lost);
  for (const LecField *field = lec_stream_fields; field->name != NULL; field++) {
    guint64 count = field->is_event ? lec_field_get_counter (field, stream) : 0;

    if (count > 0)
      g_print (", %s %" G_GUINT64_FORMAT, field->name, count);
  }
}

static void
print_stream (const LecStreamReport *stream)
{
  g_print ("  %s%s%s:", lec_media_get_name (stream->media), *stream->encoding != '\0' ? " " : "",
           stream->encoding);
  print_counters (stream);
  g_print (_ (", jitter %1$.2f ms, latency %2$.0f ms, drift %3$+.0f ppm"),
           to_ms (stream->stats.jitter_ns), to_ms (stream->latency_ns), stream->stats.drift_ppm);
  if (*stream->sender != '\0')
    g_print (_ (", from %s"), stream->sender);
  if (*stream->interfaces != '\0')
    g_print (_ (", on %s"), stream->interfaces);
  g_print ("\n");
}

static void
print_program (const LecTsProgramStats *program)
{
  g_print (_ ("    program %u"), program->number);
  if (*program->name != '\0')
    g_print (" “%s”", program->name);
  for (guint i = 0; i < program->n_streams; i++) {
    const LecTsStreamStats *stream = &program->streams[i];

    if (stream->codec != NULL)
      g_print (", %s", stream->codec);
    else
      g_print (_ (", unknown stream type 0x%02x"), stream->type);
    if (*stream->language != '\0')
      g_print (" [%s]", stream->language);
    if (stream->scrambled > 0)
      g_print (_ (" (scrambled)"));
  }
  g_print ("\n");
}

/* What is inside a transport stream: its rate, what is played of it, and what else there is. */
static void
print_ts (const LecStreamReport *stream)
{
  const LecTsStats *ts = &stream->ts;
  const LecTsProgramStats *chosen = lec_stream_report_get_program (stream);

  if (ts->packets == 0)
    return;
  g_print (_ ("    %1$.2f Mbit/s, %2$.0f %% stuffing"), (double) ts->bit_rate / 1e6,
           ts->null_share * 100);
  for (const LecField *field = lec_ts_fields; field->name != NULL; field++) {
    guint64 count = field->is_event ? lec_field_get_counter (field, ts) : 0;

    if (count > 0)
      g_print (", %s %" G_GUINT64_FORMAT, field->name, count);
  }
  if (ts->n_programs > 1)
    g_print (ngettext (", %u program", ", %u programs", ts->n_programs), ts->n_programs);
  g_print ("\n");
  if (chosen != NULL)
    print_program (chosen);
}

/* The legs of a stream that has several: which of the paths is the bad one. */
static void
print_legs (const LecStreamReport *stream)
{
  for (guint i = 0; stream->n_legs > 1 && i < stream->n_legs; i++) {
    const LecLegReport *leg = &stream->legs[i];

    g_print (_ ("    %1$s port %2$u: received %3$" PRIu64 ", lost %4$" PRIu64
                ", jitter %5$.2f ms, %6$.1f ms behind the first\n"),
             leg->group, leg->port, leg->stats.received, leg->stats.lost,
             to_ms (leg->stats.jitter_ns), to_ms (leg->stats.skew_ns));
  }
}

/* Who sends, and who else listens: of the first stream that tells. */
static void
print_sender (LecReport *report)
{
  for (guint i = 0; i < report->n_streams; i++) {
    const LecStats *stats = &report->streams[i].stats;

    if (*stats->station == '\0' && *stats->tool == '\0')
      continue;
    g_print (_ ("  sent by %s"), *stats->station != '\0' ? stats->station : _ ("unknown sender"));
    if (*stats->tool != '\0')
      g_print (_ (" with %s"), stats->tool);
    if (stats->participants > 0)
      g_print (ngettext (", %u participant", ", %u participants", stats->participants),
               stats->participants);
    g_print ("\n");
    return;
  }
}

static void
print_streams (LecReport *report)
{
  print_sender (report);
  for (guint i = 0; i < report->n_streams; i++) {
    print_stream (&report->streams[i]);
    print_legs (&report->streams[i]);
    print_ts (&report->streams[i]);
  }
}

void
lec_tune_report_print (const LecTuneReport *self)
{
  g_autofree char *verdict = dup_verdict (self);

  g_print ("%s, %.1f s\n", lec_channel_get_title (lec_player_get_channel (self->player)),
           self->seconds);
  if (self->report != NULL)
    print_streams (self->report);
  if (self->decode)
    g_print (_ ("  decoded %1$" PRIu64 " video frames, %2$" PRIu64 " audio buffers\n"),
             self->frames, self->sounds);
  if (self->texts > 0)
    g_print (_ ("  decoded %" PRIu64 " changes of text\n"), self->texts);
  g_print ("%s\n", verdict);
}

/* ---- for programs ---- */

JsonObject *
lec_tune_report_to_json (const LecTuneReport *self)
{
  JsonObject *object = lec_report_to_json (self->report);
  LecChannel *channel = lec_player_get_channel (self->player);
  g_autofree char *verdict = dup_verdict (self);
  g_auto (LecDiagnosis) diagnosis = { 0 };

  if (channel != NULL)
    json_object_set_object_member (object, "channel", lec_channel_to_json (channel));
  json_object_set_int_member (object, "alternative", lec_player_get_alternative (self->player));
  json_object_set_double_member (object, "seconds", round (self->seconds * 1000) / 1000);
  json_object_set_object_member (object, "decoded",
                                 lec_decoded_to_json (self->frames, self->sounds, self->texts));
  lec_player_diagnose (self->player, self->report, NULL, &diagnosis);
  json_object_set_object_member (object, "diagnosis", lec_diagnosis_to_json (&diagnosis));
  if (lec_player_get_caption (self->player) != NULL)
    json_object_set_string_member (object, "caption", lec_player_get_caption (self->player));
  if (lec_player_get_problem (self->player) != NULL)
    json_object_set_string_member (object, "problem", lec_player_get_problem (self->player));
  json_object_set_string_member (object, "verdict", verdict);
  return object;
}
