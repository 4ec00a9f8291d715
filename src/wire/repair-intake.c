/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/repair-intake.h"

#include <string.h>

#include "wire/fec-layout.h"

void
lec_repair_intake_init (LecRepairIntake *self,
                        const LecStream *stream,
                        LecPacketAcquire acquire,
                        gpointer data)
{
  memset (self, 0, sizeof *self);
  self->acquire = acquire;
  self->data = data;
  lec_retransmission_init (&self->retransmission, stream);
  for (guint i = 0; i < stream->repairs->len && self->decoder == NULL; i++) {
    if (((LecRepair *) g_ptr_array_index (stream->repairs, i))->scheme != LEC_REPAIR_RTX)
      self->decoder = lec_fec_decoder_new ();
  }
}

void
lec_repair_intake_clear (LecRepairIntake *self)
{
  g_clear_pointer (&self->decoder, lec_fec_decoder_free);
  g_clear_pointer (&self->shared, lec_shared_parity_free);
  lec_retransmission_clear (&self->retransmission);
}

void
lec_repair_intake_reset (LecRepairIntake *self)
{
  if (self->decoder != NULL)
    lec_fec_decoder_reset (self->decoder);
  if (self->shared != NULL)
    lec_shared_parity_reset (self->shared);
  lec_retransmission_reset (&self->retransmission);
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

void
lec_repair_intake_note_other (LecRepairIntake *self, const LecPacket *packet)
{
  if (self->shared != NULL)
    lec_shared_parity_note (self->shared, packet);
}

/* Where parity was not announced, packets are kept from the first one on. */
static void
count_parity (LecRepairIntake *self, LecRepairScheme scheme)
{
  if (self->decoder == NULL)
    self->decoder = lec_fec_decoder_new ();
  self->scheme = scheme;
  self->stats[scheme].packets++;
}

static gboolean
is_of_ours (const LecFlexParity *parity, guint32 ssrc)
{
  for (guint i = 0; i < parity->count; i++) {
    if (parity->parts[i].ssrc == ssrc)
      return TRUE;
  }
  return FALSE;
}

/* Parity of other streams, which may be of ours too. */
static gboolean
add_shared (LecRepairIntake *self, const LecPacket *packet, guint32 ssrc)
{
  LecFlexParity parity;

  if (!lec_parity_read_flex (packet, &parity))
    return FALSE;
  if (self->shared == NULL && is_of_ours (&parity, ssrc))
    self->shared = lec_shared_parity_new ();
  if (self->shared == NULL
      || !lec_shared_parity_add (self->shared, &parity, ssrc, packet->arrival_ns))
    return FALSE;
  count_parity (self, LEC_REPAIR_FLEXFEC);
  return TRUE;
}

gboolean
lec_repair_intake_add (LecRepairIntake *self,
                       LecRepairScheme scheme,
                       const LecPacket *packet,
                       guint32 ssrc)
{
  LecParity parity;

  if (!lec_parity_read (scheme, packet, ssrc, &parity))
    return scheme == LEC_REPAIR_FLEXFEC && add_shared (self, packet, ssrc);
  count_parity (self, scheme);
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
  LecParity parity;

  while (self->shared != NULL
         && lec_shared_parity_take (self->shared, self->decoder, now_ns, &parity))
    lec_fec_decoder_add (self->decoder, &parity, now_ns);
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

gboolean
lec_repair_intake_unwrap (LecRepairIntake *self,
                          LecPacket *packet,
                          gboolean is_inside,
                          const LecSource *source)
{
  self->stats[LEC_REPAIR_RTX].packets++;
  self->taken = LEC_REPAIR_RTX;
  return lec_retransmission_unwrap (&self->retransmission, packet, is_inside, source,
                                    &self->taken_host);
}

gboolean
lec_repair_intake_is_missing (LecRepairIntake *self, gint64 number)
{
  if (self->taken != LEC_REPAIR_RTX || lec_nack_is_missing (&self->retransmission.nack, number))
    return TRUE;
  lec_retransmission_note_alive (&self->retransmission, self->taken_host);
  return FALSE;
}

void
lec_repair_intake_note_result (LecRepairIntake *self, gint64 number, gboolean late, gint64 now_ns)
{
  LecRepairStats *stats = &self->stats[self->taken];

  if (self->taken == LEC_REPAIR_RTX) {
    lec_retransmission_note_answer (&self->retransmission, number, self->taken_host, now_ns);
  } else {
    lec_fec_decoder_note_rescue (self->decoder, number, late, now_ns);
    lec_nack_note_here (&self->retransmission.nack, number);
  }
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
  LecRepairScheme scheme = self->taken;

  if (lec_nack_take_back (&self->retransmission.nack, number))
    scheme = LEC_REPAIR_RTX;
  else if (self->decoder == NULL || !lec_fec_decoder_take_back (self->decoder, number))
    return FALSE;
  self->stats[scheme].repaired -= MIN (self->stats[scheme].repaired, 1);
  return TRUE;
}

/* Not those of a sender that has ceased to send parity, or that does not answer. */
void
lec_repair_intake_note_loss (LecRepairIntake *self, const LecGap *gap, guint64 count, gint64 now_ns)
{
  const guint64 asked = lec_nack_note_loss (&self->retransmission.nack, gap->first,
                                            gap->first + (gint64) gap->count, now_ns);

  self->stats[LEC_REPAIR_RTX].unrepaired += MIN (asked, count);
  if (self->decoder != NULL
      && lec_fec_decoder_get_heard (self->decoder) > now_ns - LEC_FEC_LONGEST_NS)
    self->stats[self->scheme].unrepaired += count - MIN (asked, count);
}

static gboolean
may_parity_complete (LecRepairIntake *self, gint64 first, gint64 end)
{
  return self->decoder != NULL && lec_fec_decoder_may_complete (self->decoder, first, end);
}

gboolean
lec_repair_intake_may_complete (LecRepairIntake *self, gint64 first, gint64 end, gint64 now_ns)
{
  return may_parity_complete (self, first, end)
         || lec_nack_may_come (&self->retransmission.nack, first, end, now_ns);
}

/* What else may bring a packet. */
typedef struct
{
  LecRepairIntake *self;
  const LecLegMeter *legs;
  guint n_legs;
  gint64 now_ns;
} Others;

static gboolean
comes_otherwise (gint64 number, gpointer data)
{
  const Others *others = data;

  return lec_leg_meter_may_bring (others->legs, others->n_legs, number, others->now_ns)
         || may_parity_complete (others->self, number, number + 1);
}

guint
lec_repair_intake_take_requests (LecRepairIntake *self,
                                 const LecSource *source,
                                 const LecPlayoutStream *playout,
                                 const LecLegMeter *legs,
                                 guint n_legs,
                                 guint members,
                                 gint64 now_ns,
                                 LecNackField *fields)
{
  Others others = { self, legs, n_legs, now_ns };

  return lec_retransmission_take (&self->retransmission, source, playout, comes_otherwise, &others,
                                  members, now_ns, fields);
}

/* Where somebody answers, nobody waits for parity that is slower; what it brings sooner is not
 * asked for. */
gint64
lec_repair_intake_get_time (const LecRepairIntake *self, gint64 now_ns)
{
  const gint64 since_ns = now_ns - LEC_REPAIR_QUIET_NS;
  const gint64 again_ns = lec_nack_get_time (&self->retransmission.nack, since_ns, now_ns);

  if (again_ns > 0 || self->decoder == NULL)
    return again_ns;
  return lec_fec_decoder_get_time (self->decoder, since_ns);
}

void
lec_repair_intake_read (const LecRepairIntake *self, LecStats *stats)
{
  for (guint i = 0; i < LEC_STATS_REPAIRS; i++) {
    stats->repairs[i] = self->stats[i];
    stats->parity += i != LEC_REPAIR_RTX ? self->stats[i].packets : 0;
    stats->unrepaired += self->stats[i].unrepaired;
    stats->repaired_late += self->stats[i].late;
  }
  stats->requests = self->retransmission.requests;
}
