/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/way-sentence.h"

#include <glib/gi18n-lib.h>

#include "report/doctor.h"

char *
lec_way_sentence_opening (const LecAlternative *alternative)
{
  g_autofree char *address = lec_alternative_dup_address (alternative);

  return g_strdup_printf (_ ("Opening %s …"), address);
}

static gboolean
is_multicast (const LecAlternative *alternative)
{
  const LecLeg *leg = lec_alternative_get_leg (alternative);

  return leg != NULL && lec_address_is_group (leg->group);
}

char *
lec_way_sentence_playing (const LecAlternative *way, const LecAlternative *missed)
{
  g_autofree char *place = lec_alternative_dup_address (missed);
  g_autofree char *shown = lec_alternative_dup_address (way);

  return g_strdup_printf (is_multicast (missed)
                              ? _ ("Multicast does not arrive here (%1$s): playing from %2$s")
                              : _ ("Nothing arrives from %1$s: playing from %2$s"),
                          place, shown);
}

char *
lec_way_sentence_trying (const LecAlternative *way, const LecAlternative *missed)
{
  g_autofree char *place = lec_alternative_dup_address (missed);
  g_autofree char *shown = lec_alternative_dup_address (way);

  return g_strdup_printf (is_multicast (missed)
                              ? _ ("Multicast does not arrive here (%1$s): trying %2$s …")
                              : _ ("Nothing arrives from %1$s: trying %2$s …"),
                          place, shown);
}

char *
lec_way_sentence_awaiting (const LecAlternative *alternative, LecReport *report, gint64 awaited_us)
{
  const LecDoctorCase facts = { .report = report,
                                .reception = lec_reception_read (report),
                                .alternative = alternative,
                                .awaited_us = awaited_us };
  g_auto (LecDiagnosis) diagnosis = { 0 };

  lec_doctor_examine (&facts, &diagnosis);
  return lec_diagnosis_dup_message (&diagnosis);
}
