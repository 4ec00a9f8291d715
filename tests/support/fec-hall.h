/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station with parity sends, and a session that hears it over a network that loses, in
 * virtual time. What comes out is compared with what was sent, to the byte. */
#pragma once

#include "support/fec-station.h"
#include "wire/session.h"

#define FEC_HALL_RTX 97         /* payload type of what is sent again */
#define FEC_HALL_RTX_SSRC 0x777 /* where it comes among the media */

/* A station that sends packets again when it is asked. */
typedef struct
{
  gboolean is_on;
  gboolean without_parity;
  gboolean is_inside;   /* it sends them among the media */
  gboolean is_stranger; /* another computer is asked, and answers... */
  gboolean is_trusted;  /* ...which the viewer has let be asked */
  gboolean is_silent;   /* it never answers */
  gint64 round_trip_ns; /* from question to answer */
  double answers_lost;  /* share */
} FecHallRtx;

typedef struct
{
  FecStation station;
  gint64 latency_ns; /* LEC_LATENCY_AUTO: as needed */
  gboolean without_repair;
  FecHallRtx rtx;
  gint64 second_ns; /* so much later another leg brings the same; 0: there is none */

  GArray *sent;        /* of FecDatagram; what is taken out before fec_hall_play() is lost */
  guint8 *lost;        /* by index of sent: not 0 */
  gint64 *late_ns;     /* by index: how much later it comes */
  guint8 *lost_second; /* by index: the other leg loses it, too */

  LecPlayout playout;
  LecSession *session;
  gint64 now_ns;
  guint at;                 /* index of what came last */
  guint out;                /* packets that came out */
  gint64 first;             /* number that the first of them was given */
  guint differing;          /* of those, otherwise than they were sent */
  GArray *gaps;             /* of FecGap */
  gint64 latencies_ns[600]; /* in force at the end of each second */

  GArray *answers;     /* of FecHallAnswer, on their way */
  guint16 rtx_number;  /* of the next one */
  GRand *rand;         /* which of them are lost */
  GArray *requests_ns; /* of gint64: when somebody was asked */
  guint asked;         /* numbers that were asked for */
} FecHall;

typedef struct
{
  guint index; /* of sent */
  gint64 at_ns;
} FecHallAnswer;

typedef struct
{
  gint64 number; /* of the first one, as it was sent, where parity has none of them */
  guint count;
  gint64 at_ns; /* when it was given up */
} FecGap;

/* With station, latency_ns and without_repair set. */
void fec_hall_open (FecHall *self);
/* Loses a packet of media, or its parity, by its number: columns, rows and groups begin with it. */
void fec_hall_lose (FecHall *self, gint64 number);
void fec_hall_lose_parity (FecHall *self, gint64 base, guint stride);
/* Each with chance @loss, or in bursts that begin with chance @begin and end with @end. */
void fec_hall_lose_at_random (FecHall *self, double loss, double begin, double end, guint32 seed);
/* Makes the packet in which the one of @index is sent again. */
LecPacket *fec_hall_send_again (FecHall *self, guint index);
/* Plays all of it, and some seconds. */
void fec_hall_play (FecHall *self);
LecStats fec_hall_get_stats (const FecHall *self);
/* Returns: media packets that were taken out */
guint fec_hall_count_lost (const FecHall *self);
void fec_hall_close (FecHall *self);
