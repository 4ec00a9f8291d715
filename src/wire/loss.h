/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which of the numbers that were passed over are lost, and by whom?
 *
 * What was on its way when the stream was joined has come before, or never will, and nobody has
 * lost it; what this host's kernel dropped was not lost by the network; and what comes late was
 * not lost at all. Knows no clock; not thread-safe. */
#pragma once

#include "wire/item.h"

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed is ready. lost may be read. */
typedef struct
{
  guint64 lost; /* [packets] by the network: less again where some come late */

  guint64 local;   /* [packets] that the kernel dropped, whose gap was not given up yet */
  gint64 local_ns; /* when the last of them were noted */

  guint count;           /* of packets since the join, as far as that matters */
  gint64 first_ns;       /* arrival of the first of them */
  gint64 newest;         /* highest number of them */
  gint64 lowest;         /* number of all since the join */
  gint64 base;           /* what is missing below it was sent before the join, or may have been */
  guint64 lost_at_join;  /* of lost, since the join began */
  gboolean in_sequence;  /* two numbers in a row have come */
  gboolean out_of_order; /* packets overtake each other */
} LecLossMeter;

/* The stream is joined, or joined anew. */
void lec_loss_meter_join (LecLossMeter *self);

/* A packet came, and its number was not known before; whether or not it is in time. */
void lec_loss_meter_note_packet (LecLossMeter *self, gint64 sequence, gint64 arrival_ns);

/* Returns: whether @sequence is below all that came since the join, so that nobody has lost it */
gboolean lec_loss_meter_is_before_join (const LecLossMeter *self, gint64 sequence);

/* The kernel dropped @count packets; to be told before the packet that came after them. */
void lec_loss_meter_note_local (LecLossMeter *self, guint64 count, gint64 now_ns);

/**
 * lec_loss_meter_note_gap:
 * @gap: was given up at @now_ns
 * @latency_ns: from arrival to play-out: no gap is given up later than that
 */
void
lec_loss_meter_note_gap (LecLossMeter *self, const LecGap *gap, gint64 latency_ns, gint64 now_ns);

/* A packet came that was given up before. */
void lec_loss_meter_note_late (LecLossMeter *self, gint64 sequence);

G_END_DECLS
