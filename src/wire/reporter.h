/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When and what we report in an RTP session as one of those who receive it: RFC 3550, sections 6.2
 * and 6.3.
 *
 * All members together take a small share of the session's bandwidth, so each has to know how many
 * there are; and each takes its turn at random. Knows no clock; not thread-safe. */
#pragma once

#include "channel/channel.h"
#include "wire/format.h"
#include "wire/packet.h"
#include "wire/participants.h"
#include "wire/rtcp.h"

G_BEGIN_DECLS

/* What has come of the stream that a report is about. */
typedef struct
{
  guint32 ssrc;
  gint64 first, highest;   /* extended sequence numbers */
  guint64 received;        /* [packets] of them, repetitions excluded */
  guint32 jitter;          /* [1/clock rate s] */
  guint64 sender_ntp;      /* of the newest sender report; 0: none */
  gint64 sender_report_ns; /* when that came */
} LecReceptionReport;

/* What of that the report before was about. */
typedef struct
{
  guint32 ssrc;
  gint64 first, highest;
  guint64 received;
} LecPastReport;

/* A plain struct to be embedded. Only participants and sent may be read. */
typedef struct
{
  LecParticipants participants;
  guint64 sent; /* [reports] */

  /* what is allowed */
  double receivers_rate; /* [bytes/s] for all receivers' reports */
  double senders_rate;   /* [bytes/s] for all senders' */
  GRand *rng;            /* NULL: we are silent */
  char cname[LEC_RTCP_NAME_MAX + 1];
  guint overhead; /* [bytes] of headers below RTCP */

  /* ourselves */
  guint32 ssrc;
  gboolean present;      /* something was sent under this SSRC */
  gboolean collided;     /* somebody else has it too */
  guint64 collided_with; /* sender of that; 0: nobody yet */

  /* RFC 3550, section 6.3, by its names: tp, tn, pmembers, avg_rtcp_size, initial */
  gint64 past_ns, next_ns; /* next: G_MAXINT64 while nothing is to be reported */
  guint past_members;      /* us included */
  double usual_size;       /* [bytes] */
  gboolean initial;

  LecPastReport past, past_again; /* of the media, and of what is sent again */
} LecReporter;

/**
 * lec_reporter_is_wanted:
 *
 * A receiver that was not asked is silent: a lecture has many of them, and nobody may be there who
 * reads reports. Who wants them says so with a bandwidth for them, `b=RR` of RFC 3556, which this
 * asks for in so many words. Of an encrypted session they are to be encrypted too.
 *
 * Returns: whether the announcement asks for receiver reports
 */
gboolean lec_reporter_is_wanted (const LecFormat *format, const LecStream *stream);

/* Returns: whether anybody may send RTCP of @leg to a group. */
gboolean lec_reporter_is_open_group (const LecLeg *leg);

/**
 * lec_reporter_init:
 * @secret: any number that strangers do not know
 *
 * Counts members, and is silent.
 */
void lec_reporter_init (LecReporter *self, guint32 secret);
void lec_reporter_clear (LecReporter *self);

/**
 * lec_reporter_name:
 *
 * Gives us a name and a number, so that something can be said; no report is sent for that. All as
 * for lec_reporter_allow().
 */
void
lec_reporter_name (LecReporter *self, const LecStream *stream, const char *cname, guint32 seed);

/**
 * lec_reporter_allow:
 * @stream: of which lec_reporter_is_wanted(); read during the call only
 * @cname: our canonical name, random (RFC 7022), at most #LEC_RTCP_NAME_MAX bytes
 * @seed: of all that is left to chance
 */
void
lec_reporter_allow (LecReporter *self, const LecStream *stream, const char *cname, guint32 seed);

/* Something is received from now on, so that there is something to report. */
void lec_reporter_begin (LecReporter *self, gint64 now_ns);

/* Forgets all members and that it began, as if everybody had left. */
void lec_reporter_reset (LecReporter *self);

/**
 * lec_reporter_process:
 * @data: from others, found good by lec_rtcp_check()
 * @sender: as for a LecPacket
 */
void lec_reporter_process (LecReporter *self,
                           const guint8 *data,
                           gsize size,
                           guint64 sender,
                           gint64 now_ns);

/* When to ask lec_reporter_write(); %G_MAXINT64: not before something changes. */
gint64 lec_reporter_get_wake (const LecReporter *self);

/**
 * lec_reporter_write:
 * @reception: (nullable): NULL: nothing is received at all
 * @again: (nullable): likewise, of what is sent again in the same session (RFC 4588, section 6.2)
 * @bytes: (out): room for #LEC_RTCP_MAX
 *
 * To be called at lec_reporter_get_wake() or later. More members may have come meanwhile, and then
 * it is not time yet.
 *
 * Returns: [bytes] of a report to be sent now; 0: none
 */
gsize lec_reporter_write (LecReporter *self,
                          const LecReceptionReport *reception,
                          const LecReceptionReport *again,
                          gint64 now_ns,
                          guint8 *bytes);

/**
 * lec_reporter_write_request:
 * @media_ssrc: whose packets are asked for
 * @bytes: (out): room for #LEC_RTCP_REQUEST_MAX
 *
 * Of who has a name.
 *
 * Returns: [bytes] of a request, which is to be sent now
 */
gsize lec_reporter_write_request (LecReporter *self,
                                  guint32 media_ssrc,
                                  const LecNackField *fields,
                                  guint count,
                                  gint64 now_ns,
                                  guint8 *bytes);

/**
 * lec_reporter_write_bye:
 * @bytes: (out): room for #LEC_RTCP_MAX
 *
 * Who was never heard need not say goodbye; who leaves a large crowd would have to wait for its
 * turn, so it does not either (section 6.3.7).
 *
 * Returns: [bytes] of a goodbye to be sent now; 0: none
 */
gsize lec_reporter_write_bye (LecReporter *self, guint8 *bytes);

G_END_DECLS
