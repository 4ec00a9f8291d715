/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/explain.h"

#include <glib/gi18n-lib.h>

#include "report/verdict.h"

#define LITTLE_NS                                                                                  \
  G_GINT64_CONSTANT (100000000) /* of a receive buffer: a busy computer is away as long */

static gboolean
needs_source (const LecReception *reception, const LecAlternative *alternative)
{
  const LecLeg *leg = lec_alternative_get_leg (alternative);

  return leg != NULL && leg->sources == NULL && lec_address_needs_source (leg->group);
}

static gboolean
is_encrypted (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->encrypted > 0;
}

static gboolean
is_understood (const LecReception *reception, const LecAlternative *alternative)
{
  return !lec_reception_is_foreign (reception);
}

static gboolean
is_locked (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->sum.decrypt_failed > reception->sum.discarded;
}

/* An address alone was given, and nothing says what is sent there. */
static gboolean
is_unknown (const LecReception *reception, const LecAlternative *alternative)
{
  return alternative->kind == LEC_KIND_RTP
         && ((LecStream *) g_ptr_array_index (alternative->streams, 0))->payloads->len == 0;
}

static gboolean
has_said_bye (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->speaking == 0 || reception->parted > 0;
}

static gboolean
has_ended_msb (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->msb == LEC_MSB_STATE_ENDED;
}

/* Between two entries, say. */
static gboolean
is_idle_msb (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->msb == LEC_MSB_STATE_PLAYING && lec_reception_is_attended (reception);
}

static gboolean
is_withdrawn (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->withdrawn;
}

static gboolean
has_lost_server (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->session == LEC_REPORT_SESSION_GONE;
}

static gboolean
is_served (const LecReception *reception, const LecAlternative *alternative)
{
  return alternative->rtsp != NULL && !lec_alternative_is_complete (alternative);
}

static const LecRule nothing_rules[] = {
  { lec_rule_is_msb_waiting, LEC_TEXT_MSB_WAITING, LEC_ERROR_SILENT, LEC_DOCTOR_PAUSED,
    LEC_SEVERITY_FATAL },
  { is_withdrawn, N_ ("Nothing arrives from {place}: the station has withdrawn this channel"),
    LEC_ERROR_SILENT, LEC_DOCTOR_ENDED, LEC_SEVERITY_FATAL },
  { needs_source,
    N_ ("Nothing arrives from {place}: this is a source-specific (SSM) address and the "
        "announcement has no source filter"),
    LEC_ERROR_NEEDS_SOURCE, LEC_DOCTOR_NEEDS_SOURCE, LEC_SEVERITY_FATAL },
  { has_lost_server, N_ ("Nothing arrives from {place}: the server does not answer any more"),
    LEC_ERROR_SILENT, LEC_DOCTOR_SERVER_GONE, LEC_SEVERITY_FATAL },
  { is_served,
    N_ ("Nothing arrives from {place}: the server has agreed to send, but it sends nothing, or the "
        "network keeps it back"),
    LEC_ERROR_SILENT, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL },
  { lec_rule_always,
    N_ ("Nothing arrives from {place}: the station may not be sending, or the network is not "
        "forwarding multicast"),
    LEC_ERROR_SILENT, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL },
  { NULL },
};

static const LecRule no_picture_rules[] = {
  { is_encrypted,
    N_ ("Packets arrive encrypted (SRTP), but the announcement gives no key: ask the sender for "
        "one with a=crypto"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_KEY_MISSING, LEC_SEVERITY_FATAL },
  { is_understood, N_ ("Packets arrive; waiting for the first complete picture or sound"),
    LEC_ERROR_NONE, LEC_DOCTOR_WAITING, LEC_SEVERITY_HINT },
  { is_locked,
    N_ ("Packets arrive, but they cannot be decrypted with the announced key: ask the sender for "
        "the newest one"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_KEY_WRONG, LEC_SEVERITY_FATAL },
  { lec_rule_is_msb_undescribed, LEC_TEXT_MSB_UNDESCRIBED, LEC_ERROR_UNSUPPORTED,
    LEC_DOCTOR_UNDESCRIBED, LEC_SEVERITY_FATAL },
  { lec_rule_is_no_msb, LEC_TEXT_NO_MSB, LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD,
    LEC_SEVERITY_FATAL },
  { lec_rule_is_named, LEC_TEXT_NAMED, LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD,
    LEC_SEVERITY_FATAL },
  { lec_rule_is_malformed, LEC_TEXT_MALFORMED, LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD,
    LEC_SEVERITY_FATAL },
  { is_unknown,
    N_ ("Packets arrive, but their address alone does not tell what they are (payload type "
        "{payload}): open the channel's .sdp file instead"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_UNDESCRIBED, LEC_SEVERITY_FATAL },
  { lec_rule_always,
    N_ ("Packets arrive, but not of the kind that was announced (payload type {payload}): the "
        "announcement may be out of date"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_FATAL },
  { NULL },
};

static const LecRule silence_rules[] = {
  { has_ended_msb,
    N_ ("The station has sent nothing to be played for {seconds} s, so what it sent has ended; "
        "still listening, in case it begins again"),
    LEC_ERROR_SILENT, LEC_DOCTOR_ENDED, LEC_SEVERITY_FATAL },
  { is_idle_msb,
    N_ ("The station is there, but sends nothing to be played at the moment (beacons); still "
        "listening"),
    LEC_ERROR_SILENT, LEC_DOCTOR_PAUSED, LEC_SEVERITY_FATAL },
  { has_lost_server,
    N_ ("The server of this channel does not answer any more; still trying, in case it comes back"),
    LEC_ERROR_SILENT, LEC_DOCTOR_SERVER_GONE, LEC_SEVERITY_FATAL },
  { has_said_bye,
    N_ ("The station ended the session (RTCP BYE); still listening, in case it comes back"),
    LEC_ERROR_SILENT, LEC_DOCTOR_ENDED, LEC_SEVERITY_FATAL },
  { is_withdrawn,
    N_ ("The station has withdrawn this channel; still listening, in case it comes back"),
    LEC_ERROR_SILENT, LEC_DOCTOR_ENDED, LEC_SEVERITY_FATAL },
  { lec_rule_always, N_ ("The station has been silent for {seconds} s; still listening"),
    LEC_ERROR_SILENT, LEC_DOCTOR_SILENT, LEC_SEVERITY_FATAL },
  { NULL },
};

char *
lec_explain_waiting (const LecAlternative *alternative)
{
  g_autofree char *address = lec_alternative_dup_address (alternative);

  return g_strdup_printf (_ ("Waiting for %s …"), address);
}

const LecRule *
lec_explain_find (LecPhase phase, const LecReception *self, const LecAlternative *alternative)
{
  switch (phase) {
  case LEC_PHASE_NOTHING:
    return lec_rules_find (nothing_rules, self, alternative);
  case LEC_PHASE_UNSEEN:
    return lec_rules_find (no_picture_rules, self, alternative);
  case LEC_PHASE_SILENT:
    return lec_rules_find (silence_rules, self, alternative);
  case LEC_PHASE_PLAYING:
  default:
    return lec_verdict_find (self);
  }
}

char *
lec_explain (LecPhase phase,
             const LecReception *self,
             const LecAlternative *alternative,
             LecError *error)
{
  const LecRule *rule = lec_explain_find (phase, self, alternative);

  if (error != NULL)
    *error = rule->error;
  return lec_rule_explain (rule, self, alternative);
}

/* ---- advice ---- */

static gboolean
has_no_querier (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->network.forwarding_losses > 0
         && reception->network.querier == LEC_REPORT_QUERIER_UNSEEN;
}

static gboolean
may_have_no_querier (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->network.forwarding_losses > 0
         && reception->network.querier == LEC_REPORT_QUERIER_UNKNOWN;
}

static gboolean
has_small_buffer (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->network.buffer_refused > 0
         && (reception->sum.lost_local > 0 || reception->network.buffer_ns < LITTLE_NS);
}

/* Where nothing can be played of what comes, it is the station itself that sends it. */
static gboolean
has_other (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->others == 1 && !lec_reception_is_foreign (reception);
}

static gboolean
has_others (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->others > 1 && !lec_reception_is_foreign (reception);
}

/* What came before was described. */
static gboolean
is_undescribed_now (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->msb == LEC_MSB_STATE_UNDESCRIBED && reception->sum.out > 0;
}

static gboolean
is_unnumbered (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->unnumbered > 0;
}

static gboolean
is_untimed (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->untimed > 0 && reception->unnumbered == 0
         && reception->msb == LEC_MSB_STATE_NONE;
}

static gboolean
is_untimed_msb (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->untimed > 0 && reception->msb != LEC_MSB_STATE_NONE;
}

static gboolean
is_bare_ts (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->found == LEC_FOUND_BARE_TS;
}

static gboolean
is_other_ts (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->found == LEC_FOUND_OTHER_TS;
}

static gboolean
is_rtp (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->found == LEC_FOUND_RTP;
}

/* All that apply are said. */
static const LecRule advice_rules[] = {
  { has_no_querier,
    N_ ("Forwarding stopped until the group was rejoined: no {protocol} querier. Enable one on the "
        "router or switch"),
    LEC_ERROR_NONE },
  { may_have_no_querier,
    N_ ("Forwarding stopped until the group was rejoined: probably no {protocol} querier. Enable "
        "one on the router or switch"),
    LEC_ERROR_NONE },
  { has_small_buffer,
    N_ ("This computer's receive buffer is too small for this channel. As administrator run "
        "“sysctl -w net.core.rmem_max={buffer}”"),
    LEC_ERROR_NONE },
  { has_other,
    N_ ("Another station, {other}, sends to the same address; it is kept out. Give one of them "
        "another group"),
    LEC_ERROR_NONE },
  { has_others,
    N_ ("Other stations, {other} and {more-others} more, send to the same address; they are kept "
        "out. Give each a group of its own"),
    LEC_ERROR_NONE },
  { is_undescribed_now,
    N_ ("What the station sends now is of a format that the station file (.nsc) does not describe: "
        "ask for the newest one"),
    LEC_ERROR_NONE },
  { is_unnumbered,
    N_ ("The station's RTP sequence numbers do not count its packets, so they are played in the "
        "order in which they arrive, and losses cannot be seen"),
    LEC_ERROR_NONE },
  { is_untimed,
    N_ ("The station's RTP time stamps do not run, so its packets are played as they arrive"),
    LEC_ERROR_NONE },
  { is_untimed_msb,
    N_ ("The station's send times do not run, so its packets are played as they arrive"),
    LEC_ERROR_NONE },
  { is_bare_ts, N_ ("The announcement says RTP; the station sends a transport stream without RTP"),
    LEC_ERROR_NONE },
  { is_other_ts,
    N_ ("The announcement does not say so, but the station sends a transport stream (payload type "
        "{payload})"),
    LEC_ERROR_NONE },
  { is_rtp, N_ ("The announcement says a transport stream without RTP; the station sends RTP"),
    LEC_ERROR_NONE },
  { NULL },
};

char *
lec_explain_advice (const LecReception *self)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  for (const LecRule *rule = advice_rules; rule->text != NULL; rule++) {
    if (rule->applies (self, NULL))
      g_ptr_array_add (sentences, lec_rule_explain (rule, self, NULL));
  }
  g_ptr_array_add (sentences, NULL);
  return sentences->len > 1 ? g_strjoinv (". ", (GStrv) sentences->pdata) : NULL;
}
