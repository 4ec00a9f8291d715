/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a report says of the streams of a channel taken together. */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

typedef struct
{
  LecStats sum;  /* the counters of all streams, since the join or in some span of time; the rest is
                  * not set */
  guint payload; /* of the newest packet, where there were some that could not be used */
  gint64 silent_us; /* since the newest packet of any stream; -1: none yet */
  gint64
      rest_us; /* all streams stay away for so long again and again; 0: they do not; -1: none yet */
  gint64 attended_us; /* since the newest sign of life of a station, that is no medium: a sender
                       * report, a beacon; -1: none yet */
  gint64 reported_us; /* and since the newest RTCP of a sender, whatever is believed of it; -1: none
                       * yet */
  LecFound found;     /* of the first stream that is sent in another way than was announced */
  LecForeign foreign; /* of the first stream that could be named, though it cannot be received */
  gint64 repair_ns;   /* of the latency, what repair takes */
  guint encrypted;    /* streams whose payloads are ciphertext, though no key was announced */
  guint missing;    /* pictures and sounds of which nothing has come, for long, while others come */
  guint untimed;    /* streams whose time stamps do not run */
  guint unnumbered; /* streams whose sequence numbers tell no order */
  guint speaking;   /* streams whose sender has not said goodbye, of those that have come */
  guint parted;     /* streams whose sender has */
  guint legs;       /* of the streams that come on more than one */
  guint silent_legs; /* of those that bring nothing while another one of their stream does */
  char interfaces[LEC_REPORT_INTERFACES]; /* joined on, as told for the first stream */
  guint others;                   /* stations that send to the same addresses, and are not played */
  char other[LEC_REPORT_ADDRESS]; /* address of the one that sends most; "": there is none */
  LecReportSession session;
  LecMsbState msb;    /* of a Windows Media station */
  gboolean withdrawn; /* whoever announced the channel has said that it is over */
  LecNetworkReport network;
} LecReception;

/* @report: (nullable) */
LecReception lec_reception_read (LecReport *report);

/* Returns: legs of @stream that bring nothing while another one does */
guint lec_reception_count_silent_legs (LecReport *report, const LecStreamReport *stream);

/* Returns: whether the station has said that it is over, and nothing has come for so long that it
 *   can be believed: anybody can say so */
gboolean lec_reception_has_ended (const LecReception *self);

/* Returns: whether something has come, and for long nothing any more: for longer than it stays away
 *   again and again */
gboolean lec_reception_is_silent (const LecReception *self);

/* Returns: whether the station shows that it is there, whether or not it sends media just now */
gboolean lec_reception_is_attended (const LecReception *self);

/* Returns: whether it still reports (RTCP) as one that sends, while no media come. Anybody may have
 * said so: nothing is to be decided by it */
gboolean lec_reception_is_paused (const LecReception *self);

/* Returns: whether nothing has come of @stream, a picture or a sound, for long, while others come
 */
gboolean lec_reception_is_missing (LecReport *report, const LecStreamReport *stream);

#define LEC_RECEPTION_BAD_LOSS 0.01 /* a glitch every few seconds, whatever the medium */

/* Returns: what is missing of all packets that were sent, for whatever reason; from 0 to 1 */
double lec_reception_get_loss (const LecReception *self);

/* @part: lost, lost_local, late or damaged of the sum. Returns: whether it is the greatest of these
 *   reasons why something is missing */
gboolean lec_reception_is_greatest (const LecReception *self, guint64 part);

/* Returns: whether packets arrive of which none is understood */
gboolean lec_reception_is_foreign (const LecReception *self);

/* Returns: whether that is since they are neither RTP nor a transport stream */
gboolean lec_reception_is_malformed (const LecReception *self);

G_END_DECLS
