/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/doctor-media.h"
#include "report/explain.h"
#include "report/firewall.h"
#include "report/playback.h"
#include "report/text.h"

#define DECODE_US (5 * G_TIME_SPAN_SECOND) /* packets, and no picture yet */
#define FOREIGN_US G_TIME_SPAN_SECOND      /* packets of which none is understood */

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
is_gone (LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_GONE);
}

static gboolean
is_isolated (LecExam *exam)
{
  return has_link (exam, LEC_REPORT_LINK_NONE);
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

static gboolean
has_drop (LecExam *exam, LecReportDrop drop)
{
  return exam->facts->report != NULL && exam->facts->report->host.drop == drop;
}

static gboolean
is_filtered (LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_FIREWALL);
}

static gboolean
may_be_filtered (LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_FIREWALL_OR_GROUP);
}

static gboolean
is_unexpected (LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_REVERSE_PATH);
}

static gboolean
is_ignored (LecExam *exam)
{
  return has_drop (exam, LEC_REPORT_DROP_OTHER_PORT);
}

static gboolean
is_all_damaged (LecExam *exam)
{
  return exam->reception->sum.damaged > 0;
}

/* ---- the network ---- */

static gboolean
has_airing (LecExam *exam, LecAiring airing)
{
  const LecDoctorCase *facts = exam->facts;

  return facts->schedule != NULL && facts->wall_s != 0
         && lec_schedule_get_airing (facts->schedule, facts->wall_s, NULL) == airing;
}

static gboolean
is_later (LecExam *exam)
{
  return has_airing (exam, LEC_AIRING_LATER);
}

static gboolean
is_over (LecExam *exam)
{
  return has_airing (exam, LEC_AIRING_ENDED);
}

/* The first leg of what is received; NULL: there is none. */
static const LecLeg *
get_leg (const LecExam *exam)
{
  const LecAlternative *alternative = exam->facts->alternative;

  return alternative != NULL ? lec_alternative_get_leg (alternative) : NULL;
}

/* Nothing comes, and no rule of those that the present tables have knows why. */
static gboolean
is_unexplained (LecExam *exam)
{
  const LecReception *reception = exam->reception;
  const LecLeg *leg = get_leg (exam);

  return leg != NULL && lec_address_is_group (leg->group)
         && (leg->sources != NULL || !lec_address_needs_source (leg->group))
         && exam->facts->awaited_us >= LEC_DOCTOR_SILENCE_US
         && reception->msb != LEC_MSB_STATE_WAITING && !reception->withdrawn
         && reception->session == LEC_REPORT_SESSION_NONE && !lec_reception_is_attended (reception);
}

static gboolean
is_selective (LecExam *exam)
{
  return is_unexplained (exam) && get_leg (exam)->sources != NULL;
}

static gboolean
is_silent_asked (LecExam *exam)
{
  return is_unexplained (exam) && exam->reception->network.querier == LEC_REPORT_QUERIER_SEEN;
}

static gboolean
is_silent_unasked (LecExam *exam)
{
  return is_unexplained (exam) && exam->reception->network.querier == LEC_REPORT_QUERIER_UNSEEN;
}

/* Without a word, and where it may be the network. */
static gboolean
may_be_cut_off (LecExam *exam)
{
  const LecReception *reception = exam->reception;

  return !lec_reception_has_ended (reception) && !reception->withdrawn
         && reception->session == LEC_REPORT_SESSION_NONE && !lec_reception_is_attended (reception)
         && reception->network.querier != LEC_REPORT_QUERIER_SEEN
         && (reception->network.forwarding_losses > 0
             || reception->network.querier == LEC_REPORT_QUERIER_UNSEEN);
}

/* Told as long as nothing worse is. */
static gboolean
was_cut_off (LecExam *exam)
{
  return exam->reception->network.forwarding_losses > 0
         && exam->reception->network.querier != LEC_REPORT_QUERIER_SEEN
         && lec_doctor_is_well (exam);
}

/* ---- the table ---- */

#define TEXT_NOTHING                                                                               \
  N_ ("Nothing arrives from {place}: the station may not be sending, or the network is not "       \
      "forwarding multicast")

#define ABSENT (LEC_PHASE_NOTHING | LEC_PHASE_SILENT)

static const LecDoctorRule host_rules[] = {
  /* this computer: certain, and so before anything that is thought of the network */
  { ABSENT, is_down, LEC_DOCTOR_INTERFACE_DOWN, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer is switched off"),
    N_ ("Switch the network on in the settings of this computer"), LEC_ERROR_SILENT },
  { ABSENT, is_gone, LEC_DOCTOR_INTERFACE_DOWN, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer is gone"),
    N_ ("Plug the adapter in again, or use another network connection"), LEC_ERROR_SILENT },
  { ABSENT, is_isolated, LEC_DOCTOR_INTERFACE_DOWN, LEC_SEVERITY_FATAL,
    N_ ("This computer has no network interface"), N_ ("Plug an adapter in, or switch it on"),
    LEC_ERROR_SILENT },
  { ABSENT, has_no_carrier, LEC_DOCTOR_NO_CARRIER, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer is not connected (no carrier)"),
    N_ ("Check the cable and the socket in the wall, or join the Wi-Fi"), LEC_ERROR_SILENT },
  { ABSENT, has_no_multicast, LEC_DOCTOR_NO_MULTICAST, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer cannot receive multicast"),
    N_ ("Use another network connection, such as the cable"), LEC_ERROR_SILENT },
  { ABSENT, has_no_address, LEC_DOCTOR_NO_ADDRESS, LEC_SEVERITY_FATAL,
    N_ ("The network interface {links} of this computer has no address yet"),
    N_ ("Wait for the network (DHCP), or connect anew"), LEC_ERROR_SILENT },
  { ABSENT, is_unexpected, LEC_DOCTOR_REVERSE_PATH, LEC_SEVERITY_FATAL,
    N_ ("Nothing gets through from {place}, and this computer drops packets, probably these, as it "
        "has no route to their sender (reverse-path filter)"),
    N_ ("As administrator run “sysctl -w net.ipv4.conf.all.rp_filter=0 {rp-filters}”"),
    LEC_ERROR_SILENT },
  { ABSENT, is_filtered, LEC_DOCTOR_FIREWALL, LEC_SEVERITY_FATAL,
    N_ ("A firewall on this computer keeps out what is sent to {place}"),
    N_ ("As administrator let them in: {firewall}"), LEC_ERROR_SILENT },
  { LEC_PHASE_NOTHING, is_all_damaged, LEC_DOCTOR_DAMAGED, LEC_SEVERITY_FATAL,
    N_ ("All that arrives from {place} is damaged (wrong UDP checksum)"),
    N_ ("Check cable, plug and network card"), LEC_ERROR_SILENT },
  { ABSENT, is_later, LEC_DOCTOR_NOT_YET, LEC_SEVERITY_FATAL,
    N_ ("This channel has not begun: the announcement says it begins at {next}"),
    N_ ("Wait until then, or ask the sender for a newer announcement"), LEC_ERROR_SILENT },
  { ABSENT, is_over, LEC_DOCTOR_OVER, LEC_SEVERITY_FATAL,
    N_ ("This channel is over: the announcement says it ended at {end}"),
    N_ ("Ask the sender for a newer announcement"), LEC_ERROR_SILENT },
  { 0 }, /* then those of doctor-media.c */
};

/* What is likely where nothing of what comes tells more. */
static const LecDoctorRule network_rules[] = {
  { ABSENT, may_be_filtered, LEC_DOCTOR_FIREWALL, LEC_SEVERITY_FATAL,
    N_ ("Multicast reaches this computer, but nothing of {place} gets through: either a firewall "
        "on it drops that, or what comes is for other groups"),
    N_ ("If there is a firewall, let it in as administrator: {firewall}"), LEC_ERROR_SILENT },
  { ABSENT, is_ignored, LEC_DOCTOR_OTHER_PORT, LEC_SEVERITY_FATAL,
    N_ ("Nothing arrives from {place}, but multicast packets do at a port where nobody listens: "
        "the station probably sends to another port than was announced"),
    N_ ("Ask the sender for a newer announcement"), LEC_ERROR_SILENT },
  { LEC_PHASE_NOTHING, is_selective, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
    N_ ("Nothing arrives from {place}, of which only {sources} is listened to, as the announcement "
        "says (source filter): either that station is not sending, or the channel comes from "
        "another address, or the network is not forwarding multicast"),
    N_ ("Ask the sender for the address that it sends from"), LEC_ERROR_SILENT },
  { LEC_PHASE_NOTHING, is_silent_asked, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
    TEXT_NOTHING,
    N_ ("Ask the sender whether it is on; if so, the router has to forward multicast to here (it "
        "asks for members: a querier was seen)"),
    LEC_ERROR_SILENT },
  { LEC_PHASE_NOTHING, is_silent_unasked, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
    TEXT_NOTHING,
    N_ ("Ask the sender whether it is on; if so, the network needs a querier (IGMP or MLD): none "
        "was seen"),
    LEC_ERROR_SILENT },
  { LEC_PHASE_NOTHING, is_unexplained, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL, TEXT_NOTHING,
    N_ ("Ask the sender whether it is on, and the administrator whether multicast gets to here"),
    LEC_ERROR_SILENT },
  { LEC_PHASE_SILENT, may_be_cut_off, LEC_DOCTOR_FORWARDING_STOPPED, LEC_SEVERITY_FATAL,
    N_ ("Nothing has come for {seconds} s: either the station has stopped, or the network has "
        "stopped forwarding, as nobody asks for members (no {protocol} querier)"),
    N_ ("Enable a querier on the router or switch"), LEC_ERROR_SILENT },
  { LEC_PHASE_PLAYING, was_cut_off, LEC_DOCTOR_FORWARDING_STOPPED, LEC_SEVERITY_HINT,
    N_ ("The network stopped forwarding until the group was joined again, as nobody asks for "
        "members (no {protocol} querier)"),
    N_ ("Enable a querier on the router or switch"), LEC_ERROR_NONE },
  { 0 },
};

/* ---- sentences ---- */

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
append_sources (GString *sentence, const LecExam *exam)
{
  const LecLeg *leg = get_leg (exam);
  g_autofree char *sources = g_strjoinv (", ", leg->sources);

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
append_figure (GString *sentence, const char *name, gconstpointer data)
{
  const LecExam *exam = data;
  LecReport *report = exam->facts->report;

  if (g_str_equal (name, "links") && report != NULL)
    g_string_append (sentence, report->host.links);
  else if (g_str_equal (name, "next"))
    append_next (sentence, exam->facts);
  else if (g_str_equal (name, "end"))
    append_time (sentence, lec_schedule_get_end (exam->facts->schedule));
  else if (g_str_equal (name, "sources"))
    append_sources (sentence, exam);
  else if (g_str_equal (name, "rp-filters"))
    append_rp_filters (sentence, exam->reception);
  else if (g_str_equal (name, "firewall") && report != NULL)
    lec_firewall_append (sentence, &report->host, exam->facts->alternative);
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

/* It is not known yet what is to be received, or a server is asked, which says itself what is
 * wrong.
 */
static gboolean
is_opening (const LecExam *exam)
{
  const LecAlternative *alternative = exam->facts->alternative;

  return alternative == NULL || alternative->kind == LEC_KIND_URI;
}

/* Something may come any moment. */
static gboolean
is_early (const LecExam *exam)
{
  const gint64 awaited_us = exam->facts->awaited_us;

  switch (exam->phase) {
  case LEC_PHASE_NOTHING:
    return awaited_us < LEC_DOCTOR_SILENCE_US && exam->reception->msb != LEC_MSB_STATE_WAITING;
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
  *diagnosis = (LecDiagnosis){ LEC_DOCTOR_WAITING, LEC_SEVERITY_FINE, LEC_ERROR_NONE, NULL, NULL };
  diagnosis->sentence = exam->facts->alternative != NULL
                            ? lec_explain_waiting (exam->facts->alternative)
                            : g_strdup (_ ("Waiting for the channel …"));
}

/* What is said of packets, and of what becomes of them: of a fault in packets before. */
static void
explain (const LecExam *exam, LecDiagnosis *diagnosis)
{
  const LecReception *reception = exam->phase == LEC_PHASE_PLAYING ? exam->recent : exam->reception;
  const LecRule *rule;
  gboolean may_lack;

  if (exam->phase == LEC_PHASE_NOTHING && is_opening (exam)) {
    wait (exam, diagnosis);
    return;
  }
  rule = lec_explain_find (exam->phase, reception, exam->facts->alternative);
  may_lack = exam->phase == LEC_PHASE_PLAYING
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

/* Nothing is received of what was refused. */
static void
refuse (const LecDoctorCase *facts, LecDiagnosis *diagnosis)
{
  LecDoctorCode code = LEC_DOCTOR_REFUSED;

  if (facts->report != NULL && facts->refused == LEC_ERROR_UNSUPPORTED
      && lec_playback_diagnose (facts->report, diagnosis))
    return;
  if (facts->refused == LEC_ERROR_JOIN_LIMIT)
    code = LEC_DOCTOR_JOIN_LIMIT;
  else if (facts->refused == LEC_ERROR_PORT_HELD)
    code = LEC_DOCTOR_PORT_HELD;
  else if (facts->refused == LEC_ERROR_NEEDS_SOURCE)
    code = LEC_DOCTOR_NEEDS_SOURCE;
  *diagnosis = (LecDiagnosis){ code, LEC_SEVERITY_FATAL, facts->refused, NULL, NULL };
  diagnosis->sentence = g_strdup (facts->refusal);
}

void
lec_doctor_examine (const LecDoctorCase *facts, LecDiagnosis *diagnosis)
{
  LecExam exam = { .facts = facts,
                   .reception = &facts->reception,
                   .recent = facts->recent != NULL ? facts->recent : &facts->reception,
                   .phase = find_phase (facts) };
  const LecDoctorRule *rule = NULL;

  if (facts->refusal == NULL) {
    rule = find_rule (&exam, host_rules);
    if (rule == NULL)
      rule = find_rule (&exam, lec_doctor_media_rules);
    if (rule == NULL)
      rule = find_rule (&exam, network_rules);
  }
  if (facts->refusal != NULL)
    refuse (facts, diagnosis);
  else if (rule != NULL)
    speak (rule, &exam, diagnosis);
  else
    explain (&exam, diagnosis);
}
