/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/diagnosis.h"

static const char *const code_names[] = {
  "fine",
  "waiting",
  "interface-down",
  "no-carrier",
  "no-multicast",
  "no-address",
  "join-limit",
  "port-held",
  "refused",
  "firewall",
  "reverse-path",
  "buffer",
  "cpu",
  "interrupted",
  "needs-source",
  "other-source",
  "other-port",
  "damaged",
  "nothing-arrives",
  "forwarding-stopped",
  "network-loss",
  "burst-loss",
  "narrow-link",
  "late",
  "path-missing",
  "repaired",
  "paused",
  "ended",
  "not-yet",
  "over",
  "silent",
  "server-gone",
  "several-stations",
  "stream-missing",
  "irregular",
  "other-payload",
  "undescribed",
  "not-encrypted",
  "key-missing",
  "key-wrong",
  "scrambled",
  "protected",
  "unknown-codec",
  "no-decoder",
  "no-parameter-sets",
  "no-key-frame",
  "undecoded",
  "not-shown",
  "stalled",
};

G_STATIC_ASSERT (G_N_ELEMENTS (code_names) == LEC_DOCTOR_STALLED + 1);

const char *
lec_doctor_code_get_name (LecDoctorCode code)
{
  return code_names[code];
}

const char *
lec_severity_get_name (LecSeverity severity)
{
  static const char *const names[] = { "fine", "hint", "degraded", "fatal" };

  return names[severity];
}

void
lec_diagnosis_clear (LecDiagnosis *self)
{
  g_clear_pointer (&self->sentence, g_free);
  g_clear_pointer (&self->remedy, g_free);
}

char *
lec_diagnosis_dup_message (const LecDiagnosis *self)
{
  return self->remedy != NULL ? g_strdup_printf ("%s. %s", self->sentence, self->remedy)
                              : g_strdup (self->sentence);
}
