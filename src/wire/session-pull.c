/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/session-private.h"
#include "wire/units.h"

#define HELD_UP (50 * MSECOND) /* so late nobody is woken who is not kept from running */

/* To a depayloader a number that does not come is a hole, whatever had it. */
static void
close_ranks (LecSession *self, LecPacket *packet)
{
  packet->extended_sequence -= (gint64) self->left_out;
  if (!packet->bare && self->format->renumber != NULL)
    self->format->renumber (packet, packet->sequence - (guint32) self->left_out);
}

static void
send_off (LecSession *self, LecPacket *packet, gint64 now_ns)
{
  if (self->left_out > 0)
    close_ranks (self, packet);
  if (now_ns - packet->arrival_ns > HELD_UP)
    self->held_up_ns = now_ns;
  /* what this host has added on the way counts too, unless it was held up: that passes */
  if (!self->held && !packet->recovered && packet->arrival_ns > self->held_up_ns)
    lec_session_note_delay (self, now_ns - packet->pts_ns, now_ns);
  lec_media_time_settle (&self->time, packet);
  packet->pts_ns = lec_playout_stream_shift (self->playout, packet->media_time, packet->pts_ns);
  if (self->msb == NULL)
    lec_ts_intake_process (&self->ts, packet);
  self->stats.out++;
}

static void
give_up (LecSession *self, LecGap *gap, gint64 now_ns)
{
  const guint64 before = self->loss.lost;

  lec_loss_meter_note_gap (&self->loss, gap, lec_playout_stream_get_latency (self->playout),
                           now_ns);
  lec_repair_intake_note_loss (&self->repair, gap, self->loss.lost - before, now_ns);
  self->stats.gaps++;
  gap->first -= (gint64) self->left_out;
  gap->pts_ns += lec_playout_stream_get_shift (self->playout);
  lec_playout_stream_note_break (self->playout, now_ns);
}

/* Whether the packet is nothing that could be handed on; then it is counted. */
static gboolean
leave_out (LecSession *self, LecPacket *packet)
{
  if (packet->role != LEC_ROLE_MEDIA)
    self->stats.aside++;
  else if (!lec_ts_intake_join (&self->ts, packet))
    self->stats.merged++;
  else
    return FALSE;
  self->left_out++;
  return TRUE;
}

/* How long after its time a packet is worth waiting for: for repair, as long as that can still
 * come. */
static gint64
find_hold_time (LecSession *self, gint64 now_ns)
{
  const gint64 hold_ns = lec_playout_stream_get_hold_time (self->playout);
  const gint64 repair_ns = lec_playout_stream_get_repair_time (self->playout);
  gint64 first, end;

  if (self->msb != NULL)
    return lec_playout_stream_is_automatic (self->playout)
               ? hold_ns + lec_msb_intake_get_patience (self->msb)
               : hold_ns;
  if (repair_ns == 0 || !lec_jitter_get_gap (self->jitter, &first, &end)
      || lec_repair_intake_may_complete (&self->repair, first, end, now_ns))
    return hold_ns;
  return hold_ns - repair_ns;
}

/* The next item that is of use to somebody. */
static gboolean
pull (LecSession *self, gint64 now_ns, LecItem *item, gint64 *wake_ns)
{
  const gint64 hold_ns = find_hold_time (self, now_ns);

  while (lec_jitter_pull (self->jitter, now_ns, hold_ns, item, wake_ns)) {
    if (item->kind == LEC_ITEM_GAP && lec_repair_intake_was_parity (&self->repair, &item->gap)) {
      self->left_out += item->gap.count;
      continue;
    }
    if (item->kind != LEC_ITEM_PACKET) {
      lec_ts_intake_break (&self->ts);
      return TRUE;
    }
    if (!leave_out (self, item->packet))
      return TRUE;
    lec_packet_release (item->packet);
  }
  return FALSE;
}

/* What was said in the packets that have left. */
static gboolean
pull_cue (LecSession *self, gint64 now_ns, LecItem *item)
{
  LecCue *cue = self->msb != NULL ? lec_msb_intake_take_cue (self->msb, now_ns) : NULL;

  if (cue == NULL)
    return FALSE;
  item->kind = LEC_ITEM_CUE;
  item->cue = cue;
  return TRUE;
}

gboolean
lec_session_pull (LecSession *self, gint64 now_ns, LecItem *item, gint64 *wake_ns)
{
  if (lec_playout_stream_take_step (self->playout)) {
    item->kind = LEC_ITEM_RESET;
    return TRUE;
  }
  if (pull_cue (self, now_ns, item))
    return TRUE;
  if (!pull (self, now_ns, item, wake_ns)) {
    self->held = lec_jitter_get_length (self->jitter) > 0;
    return FALSE;
  }

  switch (item->kind) {
  case LEC_ITEM_PACKET:
    send_off (self, item->packet, now_ns);
    if (self->msb != NULL)
      item->packet = lec_msb_intake_process (self->msb, item->packet);
    break;
  case LEC_ITEM_GAP:
    give_up (self, &item->gap, now_ns);
    break;
  case LEC_ITEM_RESET:
    self->time.out_valid = FALSE;
    if (self->msb != NULL)
      lec_msb_intake_break (self->msb);
    break;
  case LEC_ITEM_CUE:
  default:
    g_assert_not_reached ();
  }
  return TRUE;
}
