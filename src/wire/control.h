/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The control protocol beside one stream: what RTCP says of its sender, who else is there, and what
 * we report.
 *
 * Anybody may write to the group. Of the stream and its end, its clock and its names only the host
 * is believed that the stream itself comes from, and that with suspicion too, as addresses can be
 * forged. Knows no clock; not thread-safe. */
#pragma once

#include "wire/clock.h"
#include "wire/reporter.h"
#include "wire/source-names.h"
#include "wire/source.h"
#include "wire/stats.h"
#include "wire/wall-clock.h"

G_BEGIN_DECLS

/* One of the texts with which a sender describes itself. */
typedef struct
{
  guint8 bytes[255]; /* as they came */
  guint8 length;     /* [bytes] of those; 0: none have */
  char text[LEC_STATS_NAME];
} LecControlName;

/* A plain struct to be embedded. reporter and wall_clock may be used, and cname and names read. */
typedef struct
{
  LecReporter reporter;
  LecWallClock wall_clock;
  LecControlName cname, name, tool; /* of the sender */
  guint32 ssrc;                     /* whom all that is of */
  LecSourceNames names;             /* of all sources of its host */

  /* sender reports */
  guint64 ntp; /* of the newest one; 0: none */
  gint64 report_ns;
  gint64 heard_ns; /* of the newest sign of a sender, whatever was believed of it; -1: none */
  guint64 reports; /* believed */

  /* what they count, beside what has come */
  guint32 packets;     /* by the newest one that came among packets */
  guint32 ahead;       /* the highest number by then, less that count */
  gboolean is_counter; /* the two have gone on together */
  LecSilence silence;  /* by the newest one that came in a silence */
  gint64 silence_ns;   /* and when that came; 0: none has */

  /* for reports of ours: what has come of the sender */
  gint64 shift; /* of the source, by which a restart is known */
  gint64 first; /* extended sequence number */
  guint64 received;
  gboolean counting;
} LecControl;

/* @secret: any number that strangers do not know */
void lec_control_init (LecControl *self, guint32 secret);
void lec_control_clear (LecControl *self);

/* Forgets everybody, as if the session had been joined just now; what was counted stays. */
void lec_control_reset (LecControl *self);

/* The sender's time stamps mean other times from now on. */
void lec_control_break_time (LecControl *self);

/**
 * lec_control_feed:
 * @data: any bytes at all
 * @sender: as for a LecPacket; 0: not known, and believed
 * @source: that of the stream; it is told when it says goodbye
 * @clock: (nullable): its time line; NULL: its time stamps mean nothing
 *
 * Returns: whether it is RTCP
 */
gboolean lec_control_feed (LecControl *self,
                           const guint8 *data,
                           gsize size,
                           guint64 sender,
                           gint64 now_ns,
                           LecSource *source,
                           const LecClock *clock);

/* Gives us a name, as lec_reporter_name(). */
static inline void
lec_control_name (LecControl *self, const LecStream *stream, const char *cname, guint32 seed)
{
  lec_reporter_name (&self->reporter, stream, cname, seed);
}

/* Returns: how many members are known, us excluded */
static inline guint
lec_control_count_members (const LecControl *self)
{
  return lec_participants_get_members (&self->reporter.participants);
}

/* Counts a packet of @source that did not come before. */
void lec_control_count (LecControl *self, const LecSource *source, gint64 now_ns);

/**
 * lec_control_write_report:
 * @jitter_ns: interarrival jitter
 * @again: (nullable): what is sent again
 *
 * As lec_reporter_write().
 */
gsize lec_control_write_report (LecControl *self,
                                const LecSource *source,
                                gint64 jitter_ns,
                                const LecReceptionReport *again,
                                gint64 now_ns,
                                guint8 *bytes);

/* Fills in the fields that are told by RTCP. */
void lec_control_read (const LecControl *self, const LecSource *source, LecStats *stats);

G_END_DECLS
