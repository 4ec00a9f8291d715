/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session has of repair: takes parity of any scheme, and what is sent again; gives back what
 * the network lost, and says how long that is worth waiting for, and what became of it. What parity
 * may still bring in time is not asked for.
 *
 * A scheme that was not announced costs nothing before its first parity has come, and none costs
 * delay while it rescues nothing: the first packet that could have been rebuilt, in time or not,
 * makes play-out wait as long as such parity takes, until nothing could be for
 * %LEC_REPAIR_QUIET_NS. Knows no clock; not thread-safe. */
#pragma once

#include "wire/fec-decoder.h"
#include "wire/item.h"
#include "wire/leg-meter.h"
#include "wire/retransmission.h"
#include "wire/shared-parity.h"
#include "wire/stats.h"

G_BEGIN_DECLS

#define LEC_REPAIR_QUIET_NS (60 * G_GINT64_CONSTANT (1000000000))

typedef LecPacket *(*LecPacketAcquire) (gsize capacity, gpointer data);

/* A plain struct to be embedded; zeroed is ready. All fields are private, but that retransmission
 * may be allowed. */
typedef struct
{
  LecFecDecoder *decoder;  /* (nullable): no parity was announced, or has come yet */
  LecSharedParity *shared; /* (nullable): none has come that is for other streams too */
  LecRetransmission retransmission;
  LecPacketAcquire acquire; /* (nullable): packets come from the heap */
  gpointer data;
  LecRepairScheme scheme; /* of the newest parity */
  LecRepairScheme taken;  /* by which the packet was rebuilt that was taken last */
  guint64 taken_host;     /* and, where it was sent again, who has sent it */
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
  if (self->shared != NULL)
    lec_shared_parity_note_ours (self->shared);
}

/* Returns: whether packets of other streams of the same sender are to be noted */
static inline gboolean
lec_repair_intake_wants_others (const LecRepairIntake *self)
{
  return self->shared != NULL;
}

/* @packet: parsed, of another stream of the sender of the media; borrowed */
void lec_repair_intake_note_other (LecRepairIntake *self, const LecPacket *packet);

/* Returns: whether what came is to be told to lec_retransmission_note() as well */
static inline gboolean
lec_repair_intake_has_retransmission (const LecRepairIntake *self)
{
  return self->retransmission.is_on;
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

/**
 * lec_repair_intake_unwrap:
 * @packet: of retransmission, as it came
 * @is_inside: among the media
 *
 * Returns: whether it has become one that was lost, which is taken and to be checked as any other;
 *   it is of use where lec_repair_intake_is_missing() says so
 */
gboolean lec_repair_intake_unwrap (LecRepairIntake *self,
                                   LecPacket *packet,
                                   gboolean is_inside,
                                   const LecSource *source);

/* Returns: whether what was taken last, packet @number, has not come so far. Where it was sent
 * again, that shows in any case that somebody answers. */
gboolean lec_repair_intake_is_missing (LecRepairIntake *self, gint64 number);

/* What was taken last is packet @number; it goes out, or, where @late, its turn has passed. */
void
lec_repair_intake_note_result (LecRepairIntake *self, gint64 number, gboolean late, gint64 now_ns);

/* Returns: whether packet @number, which has come now, was rebuilt not long ago; asked once, it is
 * forgotten */
gboolean lec_repair_intake_take_back (LecRepairIntake *self, gint64 number);

/* Those of @gap are given up at @now_ns; @count of them were lost by the network. */
void lec_repair_intake_note_loss (LecRepairIntake *self,
                                  const LecGap *gap,
                                  guint64 count,
                                  gint64 now_ns);

/* Returns: whether any of the packets from @first to before @end may still be rebuilt, or sent
 * again
 */
gboolean
lec_repair_intake_may_complete (LecRepairIntake *self, gint64 first, gint64 end, gint64 now_ns);

/**
 * lec_repair_intake_take_requests:
 * @legs: what they may still bring is not asked for either
 * @members: that are known to report
 * @fields: (out): room for #LEC_RTCP_NACKS
 *
 * Returns: how many are to be asked for now
 */
guint lec_repair_intake_take_requests (LecRepairIntake *self,
                                       const LecSource *source,
                                       const LecPlayoutStream *playout,
                                       const LecLegMeter *legs,
                                       guint n_legs,
                                       guint members,
                                       gint64 now_ns,
                                       LecNackField *fields);

/* Returns: [ns] how much later than a packet comes what it may be rebuilt from; 0: nothing could be
 * for long */
gint64 lec_repair_intake_get_time (const LecRepairIntake *self, gint64 now_ns);

/* Adds what is known here. */
void lec_repair_intake_read (const LecRepairIntake *self, LecStats *stats);

G_END_DECLS
