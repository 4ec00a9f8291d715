/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station with parity sends, and a session that hears it over a network that loses, in
 * virtual time. What comes out is compared with what was sent, to the byte. */
#pragma once

#include "support/fec-station.h"
#include "wire/session.h"

typedef struct
{
  FecStation station;
  gint64 latency_ns; /* LEC_LATENCY_AUTO: as needed */
  gboolean without_repair;

  GArray *sent;    /* of FecDatagram; what is taken out before fec_hall_play() is lost */
  guint8 *lost;    /* by index of sent: not 0 */
  gint64 *late_ns; /* by index: how much later it comes */

  LecPlayout playout;
  LecSession *session;
  gint64 now_ns;
  guint at;                 /* index of what came last */
  guint out;                /* packets that came out */
  gint64 first;             /* number that the first of them was given */
  guint differing;          /* of those, otherwise than they were sent */
  GArray *gaps;             /* of FecGap */
  gint64 latencies_ns[600]; /* in force at the end of each second */
} FecHall;

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
/* Plays all of it, and some seconds. */
void fec_hall_play (FecHall *self);
LecStats fec_hall_get_stats (const FecHall *self);
/* Returns: media packets that were taken out */
guint fec_hall_count_lost (const FecHall *self);
void fec_hall_close (FecHall *self);
