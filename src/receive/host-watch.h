/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds out what keeps packets from the sockets within this computer: its interfaces, its firewall,
 * its filters. Told the time and the facts; used by one thread.
 *
 * The counters are of the whole host, so nothing is concluded from them unless a socket is silent
 * while they show a clear excess, in each of two seconds on end, that was not there before the
 * join. A firewall, which they show only where little else comes, is put to the test besides. */
#pragma once

#include "net/host-facts.h"
#include "net/loop-probe.h"
#include "receive/endpoints.h"
#include "report/report.h"

G_BEGIN_DECLS

/* For so long nothing comes before the firewall is tried, with empty datagrams (net/loop-probe.h).
 */
#define LEC_HOST_SILENT_NS G_GINT64_CONSTANT (1000000000)

#define LEC_HOST_WATCH_SAMPLES 3

/* What was counted before the join, or while all came last. */
typedef struct
{
  LecHostCounters grown; /* of the counters */
  gint64 passed_ns;      /* meanwhile; 0: not known */
} LecHostBefore;

/* A plain struct to be embedded; zeroed has seen nothing. All fields are private. */
typedef struct
{
  struct
  {
    LecHostCounters counters;
    gint64 at_ns;
  } samples[LEC_HOST_WATCH_SAMPLES]; /* the newest first */
  guint n_samples;
  LecHostBefore before;
  guint64 filtered;                    /* as in the report */
  guint64 damaged_before;              /* what the host had counted by the first of them */
  char heard_on[LEC_REPORT_INTERFACE]; /* interface that packets came in on; "": not known */
  gint64 interrupted_ns;               /* as in the report */
  LecLoopProbe *probe;                 /* (nullable): on its way */
  LecHostReport report;
} LecHostWatch;

/* What is listened to. */
typedef struct
{
  gboolean v4, v6;       /* groups of that family are joined, and something is silent */
  const char *interface; /* (nullable): the only one that is joined on */
  const char *route;     /* (nullable): where there is none, the one that what is sent goes by */
  LecLoopState loop;     /* whether its firewall lets in what is sent to one of them */
} LecHostSubject;

/* Remembers what the host has counted when the program began, to compare with it what is counted
 * after a join; from any thread. */
void lec_host_watch_remember (void);

/* To be called before something is joined. */
void lec_host_watch_prepare (LecHostWatch *self);

/* Begins anew: what was counted is past. */
void lec_host_watch_start (LecHostWatch *self);

/* Ends what lec_host_watch_poll() has begun. */
void lec_host_watch_stop (LecHostWatch *self);

/* Whether a second has passed since the last sample. */
gboolean lec_host_watch_is_due (const LecHostWatch *self, gint64 now_ns);

/**
 * lec_host_watch_note:
 * @subject: (nullable): NULL: everything comes, and nothing is to be explained
 * @counters: (nullable): as of now; NULL: the system does not tell
 * @links: (element-type LecHostLink): as of now
 */
void lec_host_watch_note (LecHostWatch *self,
                          const LecHostSubject *subject,
                          const LecHostCounters *counters,
                          const GArray *links,
                          gint64 now_ns);

/**
 * lec_host_watch_poll:
 * @interface: (nullable): the one that is pinned
 *
 * Reads and notes what is due, once a second.
 */
void lec_host_watch_poll (LecHostWatch *self,
                          const LecEndpoints *endpoints,
                          const char *interface,
                          gint64 now_ns);

/* Returns: whether an empty datagram from there is one that a firewall is tried with just now */
gboolean lec_host_watch_has_sent (const LecHostWatch *self, const struct sockaddr_storage *from);

G_END_DECLS
