/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is the matter with a reception, for a person and for a program. */
#pragma once

#include <glib.h>

#include "channel/error.h"

G_BEGIN_DECLS

/* How much it matters. */
typedef enum {
  LEC_SEVERITY_FINE,     /* nothing is wrong */
  LEC_SEVERITY_HINT,     /* worth knowing; nothing is missing for it */
  LEC_SEVERITY_DEGRADED, /* something is seen and heard, and something is missing */
  LEC_SEVERITY_FATAL,    /* nothing is seen or heard */
} LecSeverity;

/* The stage that fails, from this computer's plug to its screen. Names for programs are in
 * diagnosis.c, in this order. */
typedef enum {
  LEC_DOCTOR_FINE,
  LEC_DOCTOR_WAITING, /* too early to tell */
  /* this computer */
  LEC_DOCTOR_INTERFACE_DOWN,
  LEC_DOCTOR_NO_CARRIER,
  LEC_DOCTOR_NO_MULTICAST,
  LEC_DOCTOR_NO_ADDRESS,
  LEC_DOCTOR_JOIN_LIMIT,
  LEC_DOCTOR_PORT_HELD,
  LEC_DOCTOR_REFUSED, /* something else, that cannot be got over */
  LEC_DOCTOR_FIREWALL,
  LEC_DOCTOR_REVERSE_PATH,
  LEC_DOCTOR_BUFFER,
  LEC_DOCTOR_CPU,
  LEC_DOCTOR_INTERRUPTED, /* it kept all out for a while, and does no more */
  /* the network */
  LEC_DOCTOR_NEEDS_SOURCE,
  LEC_DOCTOR_OTHER_SOURCE,
  LEC_DOCTOR_OTHER_PORT,
  LEC_DOCTOR_DAMAGED,
  LEC_DOCTOR_NOTHING_ARRIVES,
  LEC_DOCTOR_FORWARDING_STOPPED,
  LEC_DOCTOR_NETWORK_LOSS,
  LEC_DOCTOR_BURST_LOSS,
  LEC_DOCTOR_NARROW_LINK,
  LEC_DOCTOR_LATE,
  LEC_DOCTOR_PATH_MISSING,
  LEC_DOCTOR_REPAIRED,
  /* the station */
  LEC_DOCTOR_PAUSED,
  LEC_DOCTOR_ENDED,
  LEC_DOCTOR_NOT_YET,
  LEC_DOCTOR_OVER,
  LEC_DOCTOR_SILENT,
  LEC_DOCTOR_SERVER_GONE,
  LEC_DOCTOR_SEVERAL_STATIONS,
  LEC_DOCTOR_STREAM_MISSING,
  LEC_DOCTOR_IRREGULAR, /* its numbers or time stamps do not run as they should */
  /* what it sends */
  LEC_DOCTOR_OTHER_PAYLOAD,
  LEC_DOCTOR_UNDESCRIBED,
  LEC_DOCTOR_NOT_ENCRYPTED,
  LEC_DOCTOR_KEY_MISSING,
  LEC_DOCTOR_KEY_WRONG,
  LEC_DOCTOR_SCRAMBLED,
  LEC_DOCTOR_PROTECTED, /* by rights management (DRM) */
  /* what becomes of it */
  LEC_DOCTOR_UNKNOWN_CODEC,
  LEC_DOCTOR_NO_DECODER,
  LEC_DOCTOR_NO_PARAMETER_SETS,
  LEC_DOCTOR_NO_KEY_FRAME,
  LEC_DOCTOR_UNDECODED,
  LEC_DOCTOR_NOT_SHOWN,
  LEC_DOCTOR_STALLED,
} LecDoctorCode;

/* Returns: (transfer none): "no-carrier"; never changes once it is there */
const char *lec_doctor_code_get_name (LecDoctorCode code);

/* Returns: (transfer none): "fine", "hint", "degraded" or "fatal" */
const char *lec_severity_get_name (LecSeverity severity);

/* A plain struct to be zeroed; the texts belong to it. */
typedef struct
{
  LecDoctorCode code;
  LecSeverity severity;
  LecError error; /* what a program would do something about */
  char *sentence; /* translated, without a full stop: what is the matter, and where */
  char *remedy;   /* (nullable): likewise: the thing to try; NULL: nothing, or @sentence says it */
} LecDiagnosis;

void lec_diagnosis_clear (LecDiagnosis *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LecDiagnosis, lec_diagnosis_clear)

/* Returns: (transfer full): both texts, without the full stop of the last */
char *lec_diagnosis_dup_message (const LecDiagnosis *self);

G_END_DECLS
