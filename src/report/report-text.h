/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A report as a text for whoever is asked for help: in English, by the names that programs know. */
#pragma once

#include "report/diagnosis.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct
{
  const char *versions;              /* of the program, and of what it runs on */
  const char *time;                  /* when it was made */
  const char *title;                 /* (nullable): of the channel */
  const LecAlternative *alternative; /* (nullable): what is received */
  const char *message;               /* (nullable): what the viewer is told */
  const char *home;                  /* (nullable): folder of a person, which is not told */
  LecReport *report;                 /* (nullable) */
  const LecDiagnosis *diagnosis;
} LecReportText;

/**
 * lec_report_text_print:
 *
 * Keys of the announcement are no part of it, nor are passwords and queries of addresses, and a
 * path below @home, or on a disk of that person's, is told by the name of its file alone.
 *
 * Returns: (transfer full): lines, each with its end
 */
char *lec_report_text_print (const LecReportText *self);

G_END_DECLS
