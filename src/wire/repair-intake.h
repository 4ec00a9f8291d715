/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session has of repair: takes parity of any scheme, gives back what the network lost, and
 * says how long that is worth waiting for, and what became of it.
 *
 * A scheme that was not announced costs nothing before its first parity has come, and none costs
 * delay while it rescues nothing: the first packet that could have been rebuilt, in time or not,
 * makes play-out wait as long as such parity takes, until nothing could be for
 * %LEC_REPAIR_QUIET_NS. Knows no clock; not thread-safe. */
#pragma once

#include "wire/fec-decoder.h"
#include "wire/item.h"
#include "wire/stats.h"

G_BEGIN_DECLS

#define LEC_REPAIR_QUIET_NS (60 * G_GINT64_CONSTANT (1000000000))

typedef LecPacket *(*LecPacketAcquire) (gsize capacity, gpointer data);

/* A plain struct to be embedded; zeroed is ready. All fields are private. */
typedef struct
{
  LecFecDecoder *decoder;   /* (nullable): no parity was announced, or has come yet */
  LecPacketAcquire acquire; /* (nullable): packets come from the heap */
  gpointer data;
  LecRepairScheme scheme; /* of the newest parity */
  LecRepairScheme taken;  /* by which the packet was rebuilt that was taken last */
  LecRepairStats stats[LEC_STATS_REPAIRS];
} LecRepairIntake;

/**
 * lec_repair_intake_init:
 * @stream: what was announced; read during the call only
 * @acquire: (nullable): gives packets of at least #LEC_PACKET_SLOT bytes
 */
void lec_repair_intake_init (LecRepairIntake *self,
                             const LecStream *stream,
                             LecPacketAcquire acquire,
                             gpointer data);
void lec_repair_intake_clear (LecRepairIntake *self);

/* Another sender begins, or the same one anew; counters stay. */
void lec_repair_intake_reset (LecRepairIntake *self);

/* Media came, or was rebuilt and believed: @packet with extended_sequence set; borrowed. */
static inline void
lec_repair_intake_note (LecRepairIntake *self, const LecPacket *packet)
{
  if (self->decoder != NULL)
    lec_fec_decoder_note (self->decoder, packet);
}

/* Parity came that has number @number among the media. */
void lec_repair_intake_note_parity (LecRepairIntake *self, gint64 number);

/* As lec_fec_decoder_was_parity(). */
gboolean lec_repair_intake_was_parity (const LecRepairIntake *self, const LecGap *gap);

/**
 * lec_repair_intake_add:
 * @packet: parity of the sender of the media, parsed if its scheme has a whole RTP header; borrowed
 * @ssrc: of the media
 *
 * Returns: FALSE where it is none of that scheme, or does not fit what came
 */
gboolean lec_repair_intake_add (LecRepairIntake *self,
                                LecRepairScheme scheme,
                                const LecPacket *packet,
                                guint32 ssrc);

/**
 * lec_repair_intake_take:
 * @ssrc, @sender: of the media
 *
 * Returns: (transfer full) (nullable): the next packet that can be rebuilt, with recovered set; it
 *   is to be checked as any other, and noted where it is believed
 */
LecPacket *
lec_repair_intake_take (LecRepairIntake *self, guint32 ssrc, guint64 sender, gint64 now_ns);

/* What was taken last is packet @number; it goes out, or, where @late, its turn has passed. */
void
lec_repair_intake_note_result (LecRepairIntake *self, gint64 number, gboolean late, gint64 now_ns);

/* Returns: whether packet @number, which has come now, was rebuilt not long ago; asked once, it is
 * forgotten */
gboolean lec_repair_intake_take_back (LecRepairIntake *self, gint64 number);

/* @count packets are given up at @now_ns. */
void lec_repair_intake_note_loss (LecRepairIntake *self, guint64 count, gint64 now_ns);

/* As lec_fec_decoder_may_complete(). */
gboolean lec_repair_intake_may_complete (LecRepairIntake *self, gint64 first, gint64 end);

/* Returns: [ns] how much later than a packet comes what it may be rebuilt from; 0: nothing could be
 * for long */
gint64 lec_repair_intake_get_time (const LecRepairIntake *self, gint64 now_ns);

/* Adds what is known here. */
void lec_repair_intake_read (const LecRepairIntake *self, LecStats *stats);

G_END_DECLS
