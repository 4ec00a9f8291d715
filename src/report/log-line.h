/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a player tells the station that asked for it, in the one line that Windows Media players
 * send ([MS-WMLOG] 2.2.1): how long the channel was received and how well. Nothing in it tells who
 * the viewer is, or on what computer.
 *
 * Any thread. */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/* What is known beside the report. */
typedef struct
{
  const char *address; /* (nullable): of the announcement, if it lies on the web */
  const char *group;   /* numeric, of the multicast */
  guint16 port;
  const char *uri;      /* (nullable): what was played in the place of the multicast */
  gint64 end_us;        /* time of day of the last picture [µs since 1970-01-01 UTC] */
  gint64 played_us;     /* how long it was played */
  guint64 session;      /* drawn at random for this reception; 48 bits are told */
  const char *language; /* "en-US" */
  const char *player;   /* version of this program */
} LecLogFacts;

/**
 * lec_log_line_print:
 *
 * Returns: (transfer full): the line as it is sent, without its end
 */
char *lec_log_line_print (LecReport *report, const LecLogFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
