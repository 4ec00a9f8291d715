/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-media.h"

#include "channel/profile.h"
#include "report/fields.h"
#include "wire/units.h"

#define LASTING_NS (3 * SECOND) /* less may be an accident */
#define COMING_NS SECOND        /* since the newest packet */
#define COMFORT_NOISE 13        /* payload type */
#define UNDECIDED 64            /* packets that say whether they are encrypted */
#define TABLES_NS (2 * SECOND)  /* from the first packet: they are sent several times a second */
#define FOREIGN_US G_TIME_SPAN_SECOND /* packets of which none is understood */

/* ---- keys ---- */

gboolean
lec_doctor_is_locked (const LecExam *exam)
{
  const LecStats *stats = &exam->stream->stats;

  return stats->decrypt_failed > 0 && stats->out == 0 && stats->decrypt_failed > stats->discarded;
}

gboolean
lec_doctor_is_clear (const LecExam *exam)
{
  return lec_doctor_is_locked (exam) && exam->stream->stats.locked == LEC_LOCKED_CLEAR;
}

gboolean
lec_doctor_is_of_other_key (const LecExam *exam)
{
  return lec_doctor_is_locked (exam) && exam->stream->stats.locked == LEC_LOCKED_ENCRYPTED;
}

/* Since the first packet of the stream. */
static gint64
get_age_ns (const LecExam *exam)
{
  LecReport *report = exam->facts->report;

  return lec_report_get_age (report, report->joined_ns + exam->stream->stats.first_packet_ns);
}

gboolean
lec_doctor_is_undecided (const LecExam *exam)
{
  return lec_doctor_is_locked (exam) && exam->stream->stats.decrypt_failed < UNDECIDED
         && get_age_ns (exam) < LASTING_NS;
}

/* Whether something came at @then_ns, session time, but not for long any more; or is it there? 0:
 * it never came. */
static gboolean
has_gone (const LecExam *exam, gint64 then_ns)
{
  return then_ns > 0 && exam->facts->report->now_ns - then_ns >= LASTING_NS;
}

static gboolean
has_come (const LecExam *exam, gint64 then_ns)
{
  return then_ns > 0 && exam->facts->report->now_ns - then_ns < COMING_NS;
}

/* It was opened before. */
gboolean
lec_doctor_is_locked_now (const LecExam *exam)
{
  const LecStats *stats = &exam->stream->stats;

  return stats->out > 0 && has_come (exam, stats->last_locked_ns)
         && has_gone (exam, stats->last_packet_ns);
}

gboolean
lec_doctor_is_encrypted (const LecExam *exam)
{
  return exam->stream->stats.encrypted;
}

/* ---- kinds ---- */

const LecStream *
lec_doctor_get_promise (const LecExam *exam)
{
  const LecAlternative *alternative = exam->facts->alternative;
  const guint index = (guint) (exam->stream - exam->facts->report->streams);

  return alternative != NULL && alternative->kind == LEC_KIND_RTP
                 && index < alternative->streams->len
             ? g_ptr_array_index (alternative->streams, index)
             : NULL;
}

gboolean
lec_doctor_is_other (const LecExam *exam)
{
  const LecStats *stats = &exam->stream->stats;
  const LecStream *promise = lec_doctor_get_promise (exam);

  if (promise == NULL || promise->payloads->len == 0 || stats->out > 0
      || stats->decrypt_failed > stats->discarded || 2 * stats->malformed > stats->discarded
      || stats->discarded + stats->aside == 0)
    return FALSE;
  for (guint i = 0; i < promise->payloads->len; i++) {
    if (((LecPayload *) g_ptr_array_index (promise->payloads, i))->payload == stats->payload)
      return FALSE;
  }
  return TRUE;
}

/* What was announced came before. While nobody speaks, comfort noise may come instead (RFC 3389).
 */
gboolean
lec_doctor_is_other_now (const LecExam *exam)
{
  const LecStats *stats = &exam->stream->stats;
  const LecStream *promise = lec_doctor_get_promise (exam);

  return promise != NULL && promise->payloads->len > 0 && stats->strange != COMFORT_NOISE
         && has_come (exam, stats->last_strange_ns) && has_gone (exam, stats->last_media_ns);
}

/* A static payload type has a meaning of its own (RFC 3551, section 6). */
gboolean
lec_doctor_is_other_and_known (const LecExam *exam)
{
  return lec_doctor_is_other (exam) && lec_profile_lookup (exam->stream->stats.payload) != NULL;
}

/* Of the channel as a whole, its own rules say what it is instead. */
gboolean
lec_doctor_is_stream_malformed (const LecExam *exam)
{
  const LecStats *stats = &exam->stream->stats;

  return !lec_reception_is_foreign (exam->reception) && stats->out == 0 && stats->malformed > 0
         && 2 * stats->malformed > stats->discarded;
}

/* Where nothing is decoded, nobody else says so. */
gboolean
lec_doctor_is_stream_scrambled (const LecExam *exam)
{
  const LecTsProgramStats *program = lec_stream_report_get_program (exam->stream);

  for (guint i = 0; program != NULL && exam->facts->report->n_tracks == 0 && i < program->n_streams;
       i++) {
    const LecTsStreamStats *inside = &program->streams[i];

    if ((inside->media == LEC_MEDIA_VIDEO || inside->media == LEC_MEDIA_AUDIO)
        && inside->scrambled > 0 && inside->scrambled * 2 > inside->packets)
      return TRUE;
  }
  return FALSE;
}

/* ---- that it is not there ---- */

gboolean
lec_doctor_is_missing (const LecExam *exam)
{
  return lec_reception_is_missing (exam->facts->report, exam->stream);
}

/* ---- transport streams ---- */

/* Returns: (nullable): what is known of it, once its tables should have come */
static const LecTsStats *
get_ts (const LecExam *exam)
{
  const LecTsStats *ts = &exam->stream->ts;

  return (ts->packets > 0 || ts->is_program_stream) && exam->stream->stats.first_packet_ns >= 0
                 && get_age_ns (exam) >= TABLES_NS
             ? ts
             : NULL;
}

gboolean
lec_doctor_is_program_stream (const LecExam *exam)
{
  const LecTsStats *ts = get_ts (exam);

  return ts != NULL && ts->is_program_stream;
}

gboolean
lec_doctor_has_no_tables (const LecExam *exam)
{
  const LecTsStats *ts = get_ts (exam);

  return ts != NULL && !ts->has_pat;
}

gboolean
lec_doctor_lacks_wanted (const LecExam *exam)
{
  const LecTsStats *ts = get_ts (exam);

  return ts != NULL && ts->chosen < 0 && ts->wanted != 0 && ts->n_programs > 0;
}

gboolean
lec_doctor_has_no_map (const LecExam *exam)
{
  const LecTsStats *ts = get_ts (exam);

  return ts != NULL && !ts->has_pmt;
}

gboolean
lec_doctor_is_empty (const LecExam *exam)
{
  const LecTsStats *ts = get_ts (exam);

  return ts != NULL && ts->chosen >= 0 && ts->programs[ts->chosen].n_streams == 0;
}

/* ---- channels of which nothing is understood ---- */

gboolean
lec_doctor_is_foreign (const LecExam *exam)
{
  return lec_reception_is_foreign (exam->reception);
}

gboolean
lec_doctor_is_just_foreign (const LecExam *exam)
{
  return lec_doctor_is_foreign (exam) && exam->facts->awaited_us < FOREIGN_US;
}

gboolean
lec_doctor_is_no_msb (const LecExam *exam)
{
  return exam->reception->msb != LEC_MSB_STATE_NONE && lec_doctor_is_foreign (exam);
}

gboolean
lec_doctor_is_undescribed_msb (const LecExam *exam)
{
  return lec_doctor_is_no_msb (exam) && exam->reception->sum.unknown_formats > 0;
}

gboolean
lec_doctor_is_malformed (const LecExam *exam)
{
  return lec_reception_is_malformed (exam->reception);
}

gboolean
lec_doctor_is_named (const LecExam *exam)
{
  return lec_doctor_is_malformed (exam) && exam->reception->foreign != LEC_FOREIGN_UNKNOWN;
}

/* An address alone was given, and nothing says what is sent there. */
gboolean
lec_doctor_is_of_unknown_kind (const LecExam *exam)
{
  const LecAlternative *alternative = exam->facts->alternative;

  return lec_doctor_is_foreign (exam) && alternative != NULL && alternative->kind == LEC_KIND_RTP
         && ((LecStream *) g_ptr_array_index (alternative->streams, 0))->payloads->len == 0;
}

/* ---- channels that are played all the same ---- */

gboolean
lec_doctor_is_bare_ts (const LecExam *exam)
{
  return exam->reception->found == LEC_FOUND_BARE_TS;
}

gboolean
lec_doctor_is_other_ts (const LecExam *exam)
{
  return exam->reception->found == LEC_FOUND_OTHER_TS;
}

gboolean
lec_doctor_is_rtp (const LecExam *exam)
{
  return exam->reception->found == LEC_FOUND_RTP;
}

/* What came before was described. */
gboolean
lec_doctor_is_undescribed_now (const LecExam *exam)
{
  return exam->reception->msb == LEC_MSB_STATE_UNDESCRIBED && exam->reception->sum.out > 0;
}
