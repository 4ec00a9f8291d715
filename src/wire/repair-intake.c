/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/repair-intake.h"

#include "wire/fec-layout.h"

void
lec_repair_intake_init (LecRepairIntake *self,
                        const LecStream *stream,
                        LecPacketAcquire acquire,
                        gpointer data)
{
  *self = (LecRepairIntake){ .acquire = acquire, .data = data };
  for (guint i = 0; i < stream->repairs->len && self->decoder == NULL; i++) {
    if (((LecRepair *) g_ptr_array_index (stream->repairs, i))->scheme != LEC_REPAIR_RTX)
      self->decoder = lec_fec_decoder_new ();
  }
}

void
lec_repair_intake_clear (LecRepairIntake *self)
{
  g_clear_pointer (&self->decoder, lec_fec_decoder_free);
}

void
lec_repair_intake_reset (LecRepairIntake *self)
{
  if (self->decoder != NULL)
    lec_fec_decoder_reset (self->decoder);
}

void
lec_repair_intake_note_parity (LecRepairIntake *self, gint64 number)
{
  if (self->decoder != NULL)
    lec_fec_decoder_note_parity (self->decoder, number);
}

gboolean
lec_repair_intake_was_parity (const LecRepairIntake *self, const LecGap *gap)
{
  return self->decoder != NULL
         && lec_fec_decoder_was_parity (self->decoder, gap->first,
                                        gap->first + (gint64) gap->count);
}

/* Where parity was not announced, packets are kept from the first one on. */
gboolean
lec_repair_intake_add (LecRepairIntake *self,
                       LecRepairScheme scheme,
                       const LecPacket *packet,
                       guint32 ssrc)
{
  LecParity parity;

  if (!lec_parity_read (scheme, packet, ssrc, &parity))
    return FALSE;
  if (self->decoder == NULL)
    self->decoder = lec_fec_decoder_new ();
  self->scheme = scheme;
  self->stats[scheme].packets++;
  return lec_fec_decoder_add (self->decoder, &parity, packet->arrival_ns);
}

static LecPacket *
acquire (const LecRepairIntake *self)
{
  return self->acquire != NULL ? self->acquire (LEC_PACKET_SLOT, self->data)
                               : lec_packet_new (LEC_PACKET_SLOT);
}

LecPacket *
lec_repair_intake_take (LecRepairIntake *self, guint32 ssrc, guint64 sender, gint64 now_ns)
{
  LecPacket *packet;

  if (self->decoder == NULL || !lec_fec_decoder_is_ready (self->decoder))
    return NULL;
  packet = acquire (self);
  packet->arrival_ns = now_ns;
  packet->sender = sender;
  packet->standing = LEC_STANDING_OURS;
  packet->unannounced_ts = FALSE;
  if (lec_fec_decoder_take (self->decoder, packet, ssrc, &self->taken))
    return packet;
  lec_packet_release (packet);
  return NULL;
}

void
lec_repair_intake_note_result (LecRepairIntake *self, gint64 number, gboolean late, gint64 now_ns)
{
  LecRepairStats *stats = &self->stats[self->taken];

  lec_fec_decoder_note_rescue (self->decoder, number, late, now_ns);
  if (!late) {
    stats->repaired++;
    return;
  }
  stats->late++;
  stats->unrepaired -= MIN (stats->unrepaired, 1);
}

gboolean
lec_repair_intake_take_back (LecRepairIntake *self, gint64 number)
{
  if (self->decoder == NULL || !lec_fec_decoder_take_back (self->decoder, number))
    return FALSE;
  self->stats[self->taken].repaired -= MIN (self->stats[self->taken].repaired, 1);
  return TRUE;
}

/* Not those of a sender that has ceased to send parity. */
void
lec_repair_intake_note_loss (LecRepairIntake *self, guint64 count, gint64 now_ns)
{
  if (self->decoder != NULL
      && lec_fec_decoder_get_heard (self->decoder) > now_ns - LEC_FEC_LONGEST_NS)
    self->stats[self->scheme].unrepaired += count;
}

gboolean
lec_repair_intake_may_complete (LecRepairIntake *self, gint64 first, gint64 end)
{
  return self->decoder != NULL && lec_fec_decoder_may_complete (self->decoder, first, end);
}

gint64
lec_repair_intake_get_time (const LecRepairIntake *self, gint64 now_ns)
{
  return self->decoder != NULL
             ? lec_fec_decoder_get_time (self->decoder, now_ns - LEC_REPAIR_QUIET_NS)
             : 0;
}

void
lec_repair_intake_read (const LecRepairIntake *self, LecStats *stats)
{
  for (guint i = 0; i < LEC_STATS_REPAIRS; i++) {
    stats->repairs[i] = self->stats[i];
    stats->parity += self->stats[i].packets;
    stats->unrepaired += self->stats[i].unrepaired;
    stats->repaired_late += self->stats[i].late;
  }
}
