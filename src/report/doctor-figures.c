/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the names in braces stand for. */
#include "report/doctor-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "channel/profile.h"
#include "report/doctor-media.h"
#include "report/doctor-network.h"
#include "report/fields.h"
#include "report/firewall.h"
#include "report/text.h"
#include "wire/units.h"

static int
to_seconds (gint64 ns)
{
  return (int) (ns / (gint64) SECOND);
}

/* ---- of a refusal: what is the matter, and what it says after that ---- */

static void
append_refusal (GString *sentence, const char *refusal)
{
  const char *end = strstr (refusal, ". ");

  g_string_append_len (sentence, refusal, end != NULL ? end - refusal : -1);
}

static void
append_refusal_remedy (GString *sentence, const char *refusal)
{
  const char *end = strstr (refusal, ". ");

  if (end != NULL)
    g_string_append (sentence, end + strlen (". "));
}

/* ---- of the last seconds ---- */

static guint64
count_all (const LecReception *reception)
{
  return lec_stats_count_good (&reception->sum) + reception->sum.recovered
         + lec_stats_count_missing (&reception->sum);
}

static gboolean
append_number (GString *sentence, const char *name, const LecReception *reception)
{
  const LecStats *sum = &reception->sum;
  const struct
  {
    const char *name;
    guint64 value;
  } numbers[] = {
    { "lost", sum->lost },
    { "lost-local", sum->lost_local },
    { "damaged", sum->damaged },
    { "late", sum->late },
    { "recovered", sum->recovered },
    { "all", count_all (reception) },
    { "legs", reception->legs },
    { "silent-legs", reception->silent_legs },
    { "payload", reception->payload },
    { "run", sum->lost / MAX (sum->gaps, 1) },
    { "speed", reception->network.speed },
    { "more-others", reception->others - 1 },
    { "seconds", (guint64) MAX (reception->silent_us, 0) / G_USEC_PER_SEC },
    { "buffer", reception->network.buffer_refused / 2 }, /* the kernel counts its own needs too */
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    if (g_str_equal (name, numbers[i].name)) {
      g_string_append_printf (sentence, "%" G_GUINT64_FORMAT, numbers[i].value);
      return TRUE;
    }
  }
  return FALSE;
}

static void
append_percent (GString *sentence, guint64 part, guint64 all)
{
  g_string_append_printf (sentence, "%.2f %%", 100.0 * (double) part / (double) MAX (all, 1));
}

static gboolean
append_of_seconds (GString *sentence, const char *name, const LecReception *reception)
{
  if (append_number (sentence, name, reception))
    return TRUE;
  if (g_str_equal (name, "foreign"))
    g_string_append (sentence, lec_foreign_get_name (reception->foreign));
  else if (g_str_equal (name, "loss"))
    append_percent (sentence, reception->sum.lost, count_all (reception));
  else if (g_str_equal (name, "lateness"))
    append_percent (sentence, reception->sum.late, count_all (reception));
  else if (g_str_equal (name, "repaired"))
    append_percent (sentence, reception->sum.recovered, count_all (reception));
  else if (g_str_equal (name, "repair-delay"))
    g_string_append_printf (sentence, "%d", (int) (reception->repair_ns / MSECOND));
  else if (g_str_equal (name, "other"))
    g_string_append (sentence, reception->other);
  else if (g_str_equal (name, "stranger"))
    g_string_append (sentence, reception->network.stranger);
  else if (g_str_equal (name, "protocol"))
    g_string_append (sentence,
                     reception->network.protocol == LEC_REPORT_PROTOCOL_MLD ? "MLD" : "IGMP");
  else if (g_str_equal (name, "rate"))
    g_string_append_printf (sentence, _ ("%.1f Mbit/s"), (double) reception->network.rate / 1e6);
  else
    return FALSE;
  return TRUE;
}

/* ---- of what was announced, and of this computer ---- */

static void
append_time (GString *sentence, gint64 time_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_s);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%x %H:%M") : NULL;

  g_string_append (sentence, text != NULL ? text : "?");
}

static void
append_next (GString *sentence, const LecDoctorCase *facts)
{
  gint64 next_s = 0;

  lec_schedule_get_airing (facts->schedule, facts->wall_s, &next_s);
  append_time (sentence, next_s);
}

static void
append_address (GString *sentence, const LecExam *exam)
{
  g_autofree char *address = lec_alternative_dup_address (exam->facts->alternative);

  g_string_append (sentence, address);
}

static void
append_place (GString *sentence, const LecExam *exam)
{
  g_autofree char *address = lec_alternative_dup_address (exam->facts->alternative);

  if (*exam->recent->interfaces != '\0')
    g_string_append_printf (sentence, _ ("%1$s on %2$s"), address, exam->recent->interfaces);
  else
    g_string_append (sentence, address);
}

static void
append_sources (GString *sentence, const LecExam *exam)
{
  g_autofree char *sources = g_strjoinv (", ", lec_doctor_get_leg (exam)->sources);

  g_string_append (sentence, sources);
}

/* For each interface that is joined on, since the larger of its value and that of all counts. A
 * name that has a dot itself is told from the rest by slashes. */
static void
append_rp_filters (GString *sentence, const LecReception *reception)
{
  g_auto (GStrv) names = g_strsplit (reception->interfaces, ", ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (sentence,
                            strchr (names[i], '.') != NULL ? "%snet/ipv4/conf/%s/rp_filter=0"
                                                           : "%snet.ipv4.conf.%s.rp_filter=0",
                            i > 0 ? " " : "", names[i]);
}

static void
append_firewall (GString *sentence, const LecDoctorCase *facts)
{
  const LecHostReport unknown = { 0 };

  lec_firewall_append (sentence, facts->report != NULL ? &facts->report->host : &unknown,
                       facts->alternative);
}

static gboolean
append_of_channel (GString *sentence, const char *name, const LecExam *exam)
{
  const LecDoctorCase *facts = exam->facts;

  if (g_str_equal (name, "links") && facts->report != NULL)
    g_string_append (sentence, facts->report->host.links);
  else if (g_str_equal (name, "next"))
    append_next (sentence, facts);
  else if (g_str_equal (name, "end"))
    append_time (sentence, lec_schedule_get_end (facts->schedule));
  else if (g_str_equal (name, "address"))
    append_address (sentence, exam);
  else if (g_str_equal (name, "place"))
    append_place (sentence, exam);
  else if (g_str_equal (name, "sources"))
    append_sources (sentence, exam);
  else if (g_str_equal (name, "rp-filters"))
    append_rp_filters (sentence, exam->reception);
  else if (g_str_equal (name, "firewall"))
    append_firewall (sentence, facts);
  else if (g_str_equal (name, "refusal"))
    append_refusal (sentence, facts->refusal);
  else if (g_str_equal (name, "refusal-remedy"))
    append_refusal_remedy (sentence, facts->refusal);
  else
    return FALSE;
  return TRUE;
}

/* ---- of a stream ---- */

static void
append_announced (GString *sentence, const LecExam *exam)
{
  const LecStream *promise = lec_doctor_get_promise (exam);

  for (guint i = 0; promise != NULL && i < promise->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (promise->payloads, i);

    g_string_append_printf (sentence, "%s%u (%.40s)", i > 0 ? ", " : "", payload->payload,
                            payload->encoding);
  }
}

static void
append_stream_place (GString *sentence, const LecStreamReport *stream)
{
  g_autofree char *place = lec_address_format (stream->legs[0].group, stream->legs[0].port);

  g_string_append (sentence, place);
}

static void
append_silence (GString *sentence, const LecExam *exam)
{
  const gint64 age_ns
      = lec_report_get_age (exam->facts->report, exam->stream->stats.last_packet_ns);

  g_string_append_printf (sentence, "%d", to_seconds (age_ns));
}

static void
append_programs (GString *sentence, const LecTsStats *ts)
{
  for (guint i = 0; i < ts->n_programs; i++)
    g_string_append_printf (sentence, "%s%u", i > 0 ? ", " : "", ts->programs[i].number);
}

static gboolean
append_of_stream (GString *sentence, const char *name, const LecExam *exam)
{
  const LecStreamReport *stream = exam->stream;

  if (g_str_equal (name, "stream"))
    g_string_append (sentence, lec_media_get_label (stream->media));
  else if (g_str_equal (name, "stream-place"))
    append_stream_place (sentence, stream);
  else if (g_str_equal (name, "stream-silent"))
    append_silence (sentence, exam);
  else if (g_str_equal (name, "arriving"))
    g_string_append_printf (sentence, "%u", stream->stats.payload);
  else if (g_str_equal (name, "strange"))
    g_string_append_printf (sentence, "%u", stream->stats.strange);
  else if (g_str_equal (name, "arriving-name"))
    g_string_append (sentence, lec_profile_lookup (stream->stats.payload)->encoding);
  else if (g_str_equal (name, "announced"))
    append_announced (sentence, exam);
  else if (g_str_equal (name, "wanted"))
    g_string_append_printf (sentence, "%u", stream->ts.wanted);
  else if (g_str_equal (name, "chosen"))
    g_string_append_printf (sentence, "%u", stream->ts.programs[stream->ts.chosen].number);
  else if (g_str_equal (name, "programs"))
    append_programs (sentence, &stream->ts);
  else
    return FALSE;
  return TRUE;
}

/* ---- of a track ---- */

static void
append_of_track (GString *sentence, const char *name, const LecTrackReport *track)
{
  if (g_str_equal (name, "codec"))
    g_string_append (sentence, *track->codec != '\0' ? track->codec : _ ("unknown"));
  else if (g_str_equal (name, "ca"))
    g_string_append (sentence, track->ca_system);
  else if (g_str_equal (name, "package"))
    g_string_append (sentence, track->package);
  else if (g_str_equal (name, "waited"))
    g_string_append_printf (sentence, "%d", to_seconds (track->wait_ns));
  else if (g_str_equal (name, "still"))
    g_string_append_printf (sentence, "%d", MAX (to_seconds (track->still_ns), 1));
  else if (g_str_equal (name, "unseen"))
    g_string_append_printf (sentence, "%d", to_seconds (track->unseen_ns));
}

/* ---- all of them ---- */

static void
append_figure (GString *sentence, const char *name, gconstpointer data)
{
  const LecExam *exam = data;

  if (append_of_channel (sentence, name, exam) || append_of_seconds (sentence, name, exam->recent)
      || (exam->stream != NULL && append_of_stream (sentence, name, exam)))
    return;
  if (exam->track != NULL)
    append_of_track (sentence, name, exam->track);
}

char *
lec_doctor_fill (const char *text, const LecExam *exam)
{
  return lec_text_fill (text, append_figure, exam);
}
