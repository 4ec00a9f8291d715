/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/verdict.h"

#include <glib/gi18n-lib.h>

LecVerdict
lec_verdict_of (const LecReception *reception)
{
  double loss = lec_reception_get_loss (reception);

  if (lec_reception_has_ended (reception))
    return LEC_VERDICT_ENDED;
  if (lec_reception_is_silent (reception))
    return LEC_VERDICT_SILENT;
  if (reception->sum.received == 0 || lec_reception_is_foreign (reception))
    return LEC_VERDICT_NOTHING;
  if (loss >= LEC_RECEPTION_BAD_LOSS || reception->missing > 0)
    return LEC_VERDICT_BAD;
  return loss > 0 || reception->silent_legs > 0 ? LEC_VERDICT_FAIR : LEC_VERDICT_GOOD;
}

/* ---- where the problem is ---- */

static gboolean
has_nothing (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->sum.received == 0;
}

static gboolean
is_foreign (const LecReception *reception, const LecAlternative *alternative)
{
  return lec_reception_is_foreign (reception);
}

/* The greatest of the reasons why something is missing speaks. */
static gboolean
is_lost (const LecReception *reception, const LecAlternative *alternative)
{
  return lec_reception_is_greatest (reception, reception->sum.lost);
}

static gboolean
is_late (const LecReception *reception, const LecAlternative *alternative)
{
  return lec_reception_is_greatest (reception, reception->sum.late);
}

static gboolean
is_damaged (const LecReception *reception, const LecAlternative *alternative)
{
  return lec_reception_is_greatest (reception, reception->sum.damaged);
}

static gboolean
is_lost_here (const LecReception *reception, const LecAlternative *alternative)
{
  return lec_reception_is_greatest (reception, reception->sum.lost_local);
}

static gboolean
lacks_streams (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->missing > 0;
}

static gboolean
has_silent_legs (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->silent_legs > 0;
}

static gboolean
is_repaired (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->sum.recovered > 0;
}

static const LecRule rules[] = {
  { lec_rule_is_msb_waiting, LEC_TEXT_MSB_WAITING, LEC_ERROR_SILENT, LEC_DOCTOR_PAUSED,
    LEC_SEVERITY_FATAL },
  { has_nothing, N_ ("Nothing has arrived"), LEC_ERROR_SILENT, LEC_DOCTOR_NOTHING_ARRIVES,
    LEC_SEVERITY_FATAL },
  { lec_rule_is_msb_undescribed, LEC_TEXT_MSB_UNDESCRIBED, LEC_ERROR_UNSUPPORTED,
    LEC_DOCTOR_UNDESCRIBED, LEC_SEVERITY_FATAL },
  { lec_rule_is_no_msb, LEC_TEXT_NO_MSB, LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD,
    LEC_SEVERITY_FATAL },
  { lec_rule_is_named, LEC_TEXT_NAMED, LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD,
    LEC_SEVERITY_FATAL },
  { lec_rule_is_malformed, LEC_TEXT_MALFORMED, LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD,
    LEC_SEVERITY_FATAL },
  { is_foreign, N_ ("Packets arrive, but none of the kind that was announced"),
    LEC_ERROR_UNSUPPORTED, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_FATAL },
  { lacks_streams,
    N_ ("Nothing has come of {missing} of the channel's streams, while others arrive"),
    LEC_ERROR_NONE, LEC_DOCTOR_STREAM_MISSING, LEC_SEVERITY_DEGRADED },
  { is_late,
    N_ ("{late} of {all} packets came too late to be played ({lateness}): increase the latency"),
    LEC_ERROR_NONE, LEC_DOCTOR_LATE, LEC_SEVERITY_DEGRADED },
  { is_damaged,
    N_ ("{damaged} of {all} packets arrived damaged (wrong UDP checksum): check cable, plug and "
        "network card"),
    LEC_ERROR_NONE, LEC_DOCTOR_DAMAGED, LEC_SEVERITY_DEGRADED },
  { is_lost, N_ ("The network lost {lost} of {all} packets ({loss})"), LEC_ERROR_NONE,
    LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED },
  { is_lost_here,
    N_ ("This computer dropped {lost-local} packets: CPU overloaded or socket buffer too small"),
    LEC_ERROR_NONE, LEC_DOCTOR_BUFFER, LEC_SEVERITY_DEGRADED },
  { has_silent_legs,
    N_ ("Everything has arrived, but {silent-legs} of {legs} redundant paths deliver nothing; "
        "protection is reduced"),
    LEC_ERROR_NONE, LEC_DOCTOR_PATH_MISSING, LEC_SEVERITY_HINT },
  { is_repaired, N_ ("Everything is there: {recovered} lost packets were rebuilt from repair data"),
    LEC_ERROR_NONE, LEC_DOCTOR_REPAIRED, LEC_SEVERITY_FINE },
  { lec_rule_always, N_ ("Everything sent has arrived"), LEC_ERROR_NONE, LEC_DOCTOR_FINE,
    LEC_SEVERITY_FINE },
  { NULL },
};

const LecRule *
lec_verdict_find (const LecReception *reception)
{
  return lec_rules_find (rules, reception, NULL);
}

char *
lec_verdict_explain (const LecReception *reception)
{
  return lec_rule_explain (lec_verdict_find (reception), reception, NULL);
}
