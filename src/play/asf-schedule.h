/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When what comes out of asfdemux is to be played.
 *
 * asfdemux gives times that begin at 0 with the earliest object it has when it shows its pads. A
 * station sends each object some time before it is to be presented, and how long before varies from
 * object to object by seconds: so each is due that long after its packet was sent, not when
 * something else began. What all objects have been early by so far is of no use and is taken off:
 * so the first picture is shown at once. Where a later object is less early, it is given back, once
 * and for all streams together.
 *
 * Told the packets and the times; touches nothing else. */
#pragma once

#include <glib.h>

#include "wire/asf-header.h"
#include "wire/asf-packet.h"

G_BEGIN_DECLS

/* The newest object of a stream, as asfdemux queues it. */
typedef struct
{
  guint32 earliest; /* [ms] presentation of the earliest whole one, where there is one */
  gboolean has_whole;
  guint32 presentation; /* [ms] of the newest */
  guint32 size, filled; /* [bytes] of the newest, while it is in pieces */
  guint object;
} LecAsfQueued;

/* What all objects are played before their time by. */
typedef struct
{
  gboolean is_known;    /* since the last beginning */
  gint64 ns;            /* that objects are early by, and need not be */
  gboolean has_stepped; /* some of that has been given back */
} LecAsfLead;

typedef struct
{
  gboolean is_active; /* asfdemux has shown its pads */
  gint64 running_ns;  /* of the newest packet... */
  guint32 send_time;  /* ...and when it was sent [ms] */
  gint64 behind_ns;   /* that packets come after those of a stream they belong to */
  guint32 origin;     /* [ms] presentation that asfdemux makes 0 of */
  LecAsfLead lead;
  gint64 most_early_ns;                 /* of late: by how much those are that come first */
  gint64 last_ns;                       /* what is played last, of all that was told; -1: nothing */
  LecAsfQueued queued[LEC_ASF_STREAMS]; /* until it is active */
} LecAsfSchedule;

void lec_asf_schedule_init (LecAsfSchedule *self);

/* There is another asfdemux, which begins its times anew. */
void lec_asf_schedule_begin (LecAsfSchedule *self);

/**
 * lec_asf_schedule_add:
 * @header: that asfdemux has
 * @packet: that it is given next; read to its end
 * @running_ns: running time that its send time stands for
 */
void lec_asf_schedule_add (LecAsfSchedule *self,
                           const LecAsfHeader *header,
                           LecAsfPacket *packet,
                           gint64 running_ns);

/* asfdemux shows its pads, with the packet that was added last. */
void lec_asf_schedule_activate (LecAsfSchedule *self);

/**
 * lec_asf_schedule_place:
 * @time_ns: of an object that comes out of asfdemux with the packet that was added last
 *
 * Returns: [ns] running time at which it is due, the latency aside
 */
gint64 lec_asf_schedule_place (LecAsfSchedule *self, gint64 time_ns);

/* Returns: [ns] how long what a station sends as soon as it can waits until it is due, of late */
gint64 lec_asf_schedule_get_hold (const LecAsfSchedule *self);

G_END_DECLS
