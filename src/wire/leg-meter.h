/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one leg of a stream brings, whatever other legs bring: so that a technician sees which of
 * two paths is the bad one, and how far apart they are. */
#pragma once

#include "wire/interarrival.h"
#include "wire/packet.h"
#include "wire/sequence-window.h"
#include "wire/stats.h"

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed is empty. All fields are private. */
typedef struct
{
  gboolean running;
  LecInterarrival interarrival;
  LecSequenceWindow window;
  guint64 missing; /* numbers passed over and not come yet */
  gint64 delay_ns; /* usual one of its packets */
  gint64 last_ns;
  guint64 received, bytes;
} LecLegMeter;

/* Counts a datagram, whatever it is. */
void lec_leg_meter_count (LecLegMeter *self, gsize size, gint64 arrival_ns);

/**
 * lec_leg_meter_note:
 * @packet: one of the current source, its number set; a copy of one that came on another leg counts
 *   here all the same
 * @media: when it was sent by the sender's clock: its media time or, where frames are sent in
 *   another order, the time of decoding
 * @rate: [Hz] of @media
 * @delay_ns: how much later than an undelayed one it came
 */
void lec_leg_meter_note (LecLegMeter *self,
                         const LecPacket *packet,
                         gint64 media,
                         guint rate,
                         gint64 delay_ns);

/* Number @sequence was no media, and says nothing of time. */
void lec_leg_meter_note_aside (LecLegMeter *self, gint64 sequence);

/* Another epoch begins. */
void lec_leg_meter_break (LecLegMeter *self);

/* Returns: whether one of the legs is behind number @sequence, so that it may still bring it */
gboolean
lec_leg_meter_may_bring (const LecLegMeter *meters, guint n_meters, gint64 sequence, gint64 now_ns);

/**
 * lec_leg_meter_read:
 * @meters: of all legs of the stream
 * @stats: (out) (array length=n_meters)
 */
void lec_leg_meter_read (const LecLegMeter *meters, guint n_meters, LecLegStats *stats);

G_END_DECLS
