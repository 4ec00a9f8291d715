/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the doctor is told. */
#pragma once

#include "channel/schedule.h"
#include "report/diagnosis.h"
#include "report/reception.h"

G_BEGIN_DECLS

/* What is known; a plain struct to be filled in by designated initializers. */
typedef struct
{
  LecReport *report;                 /* (nullable): as of now; NULL: not begun */
  LecReception reception;            /* of @report, since the join */
  const LecReception *recent;        /* (nullable): of the last seconds; NULL: as @reception */
  const LecAlternative *alternative; /* (nullable): what is being received */
  const LecSchedule *schedule;       /* (nullable): of the channel */
  gint64 wall_s;                     /* [s since 1970]; 0: not known */
  gint64 awaited_us;                 /* since it began to wait for something to play */
  const char *refusal; /* (nullable): why it cannot be received at all: then little else matters */
  LecError refused;    /* and the code of that */
} LecDoctorCase;

G_END_DECLS
