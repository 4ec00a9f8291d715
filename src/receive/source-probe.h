/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds out who sends a channel of which only some sources are listened to, while nothing comes of
 * them: whether the announcement names the wrong ones cannot be known in another way.
 *
 * The group that was announced is joined from any source for a second, now and then; what comes is
 * counted, and played by nobody. Told the time; used by one thread. */
#pragma once

#include "net/socket.h"
#include "receive/endpoints.h"
#include "report/report.h"

G_BEGIN_DECLS

#define LEC_SOURCE_PROBE_NS G_GINT64_CONSTANT (1000000000)        /* that it listens */
#define LEC_SOURCE_PROBE_PAUSE_NS G_GINT64_CONSTANT (10000000000) /* between two times */

/* A plain struct to be embedded; zeroed listens to nothing. All fields are private. */
typedef struct
{
  LecSocket *socket; /* (nullable): while it listens */
  gint64 changed_ns; /* since then it listens, or does not */
  gint64 pause_ns;
  char stranger[LEC_REPORT_ADDRESS];
} LecSourceProbe;

void lec_source_probe_start (LecSourceProbe *self, gint64 now_ns);
void lec_source_probe_stop (LecSourceProbe *self);

/**
 * lec_source_probe_poll:
 * @interface: (nullable): the one that is pinned
 *
 * Begins to listen, or ends, when it is time; several times a second.
 */
void lec_source_probe_poll (LecSourceProbe *self,
                            const LecEndpoints *endpoints,
                            const char *interface,
                            gint64 now_ns);

/* Returns: (transfer none): the address that others are sent from than are listened to; "": nothing
 *   comes from there */
const char *lec_source_probe_get_stranger (const LecSourceProbe *self);

G_END_DECLS
