/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: how a rule of its table looks, and the predicates in files of their own.
 */
#pragma once

#include "report/doctor-case.h"
#include "report/rules.h"

G_BEGIN_DECLS

/* A case as it is gone through. */
typedef struct
{
  const LecDoctorCase *facts;
  const LecReception *reception; /* of @facts */
  const LecReception *recent;    /* likewise; never NULL */
  LecPhase phase;
  /* (nullable): what a predicate has found, for the figures of its sentence */
  const LecStreamReport *stream;
  const LecTrackReport *track;
} LecExam;

typedef struct
{
  guint phases; /* of LecPhase */
  gboolean (*applies) (LecExam *exam);
  LecDoctorCode code;
  LecSeverity severity;
  const char *text;   /* to be translated; {figures} as in rules.c, and those of doctor.c */
  const char *remedy; /* (nullable): likewise */
  LecError error;
} LecDoctorRule;

G_END_DECLS
