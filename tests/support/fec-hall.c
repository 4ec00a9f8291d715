/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/fec-hall.h"

#include <string.h>

#define AFTER (5 * SECOND)
#define STRANGER ((guint64) 0x0a4d0063 << 16 | 7000) /* who is no station */

static void
add_retransmission (const FecHall *self, LecStream *stream)
{
  LecRepair *repair = lec_stream_add_repair (stream, LEC_REPAIR_RTX, "239.1.1.1",
                                             self->rtx.is_inside ? 5004 : 5010);
  const char *const parameters[] = { "apt", G_STRINGIFY (FEC_STATION_PAYLOAD), NULL };

  repair->payload = FEC_HALL_RTX;
  repair->parameters = g_strdupv ((char **) parameters);
  stream->feedback.nack = TRUE;
}

static LecSession *
new_session (FecHall *self)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  LecSession *session;

  lec_stream_add_leg (stream, "239.1.1.1", 5004)->rtcp_port = 5005;
  if (self->second_ns > 0)
    lec_stream_add_leg (stream, "239.1.1.2", 5004)->rtcp_port = 5005;
  lec_stream_add_payload (stream, FEC_STATION_PAYLOAD, "H264", 90000);
  if (self->rtx.is_on)
    add_retransmission (self, stream);
  if (self->station.scheme != LEC_REPAIR_ULPFEC && !self->rtx.without_parity)
    lec_stream_add_repair (stream, self->station.scheme, "239.1.1.1", 5006);
  if (self->station.scheme == LEC_REPAIR_ULPFEC)
    lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, "239.1.1.1", 5004)->payload
        = FEC_STATION_PARITY;
  lec_playout_init (&self->playout, self->latency_ns, LEC_LATENCY_FIRST_NS);
  session = lec_session_new (stream, &(LecSessionConfig){ .format = &lec_format_rtp,
                                                          .playout = &self->playout,
                                                          .seed = 1,
                                                          .without_repair = self->without_repair });
  if (self->rtx.is_on && lec_retransmission_is_wanted (&lec_format_rtp, stream))
    lec_session_allow_requests (
        session, stream,
        &(LecFeedbackTarget){ self->rtx.is_stranger ? lec_sender_get_host (STRANGER) : 0,
                              self->rtx.is_trusted },
        "nobody", 11);
  return session;
}

void
fec_hall_open (FecHall *self)
{
  self->sent = fec_station_send (&self->station);
  self->lost = g_new0 (guint8, self->sent->len);
  self->late_ns = g_new0 (gint64, self->sent->len);
  self->lost_second = g_new0 (guint8, self->sent->len);
  self->answers = g_array_new (FALSE, FALSE, sizeof (FecHallAnswer));
  self->requests_ns = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rand = g_rand_new_with_seed (17);
  self->gaps = g_array_new (FALSE, FALSE, sizeof (FecGap));
  self->session = new_session (self);
  self->now_ns = 0;
}

static const FecDatagram *
get_sent (const FecHall *self, guint index)
{
  return &g_array_index (self->sent, FecDatagram, index);
}

void
fec_hall_lose (FecHall *self, gint64 number)
{
  for (guint i = 0; i < self->sent->len; i++) {
    if (!get_sent (self, i)->is_parity && get_sent (self, i)->number == number)
      self->lost[i] = TRUE;
  }
}

void
fec_hall_lose_parity (FecHall *self, gint64 base, guint stride)
{
  for (guint i = 0; i < self->sent->len; i++) {
    const FecDatagram *datagram = get_sent (self, i);

    if (datagram->is_parity && datagram->number == base
        && (self->station.scheme == LEC_REPAIR_ULPFEC || datagram->bytes[25] == stride))
      self->lost[i] = TRUE;
  }
}

void
fec_hall_lose_at_random (FecHall *self, double loss, double begin, double end, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gboolean bad = FALSE;

  for (guint i = 0; i < self->sent->len; i++) {
    bad = bad ? g_rand_double (rand) >= end : g_rand_double (rand) < begin;
    self->lost[i] |= bad || g_rand_double (rand) < loss;
  }
}

guint
fec_hall_count_lost (const FecHall *self)
{
  guint count = 0;

  for (guint i = 0; i < self->sent->len; i++)
    count += self->lost[i] && !get_sent (self, i)->is_parity;
  return count;
}

/* The one that it is, but for its number: those of parity among them are taken out. */
static const FecDatagram *
find_sent (const FecHall *self, const LecPacket *packet)
{
  for (guint i = MIN (self->at + 50, self->sent->len); i-- > 0;) {
    const FecDatagram *datagram = get_sent (self, i);

    if (!datagram->is_parity && datagram->sent_ns <= self->now_ns && datagram->size == packet->size
        && memcmp (datagram->bytes + 4, packet->data + 4, packet->size - 4) == 0)
      return datagram;
    if (datagram->sent_ns < self->now_ns - 5 * SECOND)
      break;
  }
  return NULL;
}

static void
take_gap (FecHall *self, const LecGap *gap)
{
  const FecGap one = { gap->first - self->first, (guint) gap->count, self->now_ns };

  g_array_append_val (self->gaps, one);
}

static gint64
pull_all (FecHall *self)
{
  LecItem item;
  gint64 wake_ns = G_MAXINT64;

  while (lec_session_pull (self->session, self->now_ns, &item, &wake_ns)) {
    if (item.kind == LEC_ITEM_GAP)
      take_gap (self, &item.gap);
    if (item.kind != LEC_ITEM_PACKET)
      continue;
    if (self->out++ == 0)
      self->first = item.packet->extended_sequence;
    if (item.packet->recovered)
      self->differing += find_sent (self, item.packet) == NULL;
    lec_packet_release (item.packet);
  }
  return wake_ns;
}

LecPacket *
fec_hall_send_again (FecHall *self, guint index)
{
  const FecDatagram *datagram = get_sent (self, index);
  FecDatagram again = *datagram;
  const guint32 ssrc = self->rtx.is_inside ? FEC_HALL_RTX_SSRC : FEC_STATION_SSRC;
  LecPacket *packet;

  again.size += 2;
  again.bytes[1] = (guint8) ((datagram->bytes[1] & 0x80) | FEC_HALL_RTX);
  again.bytes[2] = (guint8) (self->rtx_number >> 8);
  again.bytes[3] = (guint8) self->rtx_number++;
  for (guint i = 0; i < 4; i++)
    again.bytes[8 + i] = (guint8) (ssrc >> (24 - 8 * i));
  memcpy (again.bytes + 12, datagram->bytes + 2, 2);
  memcpy (again.bytes + 14, datagram->bytes + 12, datagram->size - 12);
  packet = fec_station_packet (&again, self->now_ns);
  if (self->rtx.is_stranger)
    packet->sender = STRANGER;
  return packet;
}

static void
answer (FecHall *self, guint16 number)
{
  for (guint i = self->at + 1; i-- > 0;) {
    const FecDatagram *datagram = get_sent (self, i);
    const FecHallAnswer one = { i, self->now_ns + self->rtx.round_trip_ns };

    if (datagram->is_parity || (datagram->bytes[2] << 8 | datagram->bytes[3]) != number)
      continue;
    self->asked++;
    if (!self->rtx.is_silent && g_rand_double (self->rand) >= self->rtx.answers_lost)
      g_array_append_val (self->answers, one);
    return;
  }
}

/* What a compound asks for stands at its end (RFC 4585, section 6.2.1). */
static void
ask (FecHall *self)
{
  guint8 bytes[LEC_RTCP_REQUEST_MAX];
  const gsize size = lec_session_write_request (self->session, self->now_ns, bytes);
  gsize at = 0;

  if (size == 0)
    return;
  g_array_append_val (self->requests_ns, self->now_ns);
  while (bytes[at + 1] != 205)
    at += 4u * ((gsize) (bytes[at + 2] << 8 | bytes[at + 3]) + 1);
  for (at += 12; at < size; at += 4) {
    const guint first = (guint) (bytes[at] << 8 | bytes[at + 1]);
    const guint more = (guint) (bytes[at + 2] << 8 | bytes[at + 3]);

    answer (self, (guint16) first);
    for (guint i = 0; i < 16; i++) {
      if ((more >> i & 1) != 0)
        answer (self, (guint16) (first + 1 + i));
    }
  }
}

/* Takes the answers that are here by now. Returns: when the next one is */
static gint64
take_answers (FecHall *self)
{
  gint64 next_ns = G_MAXINT64;

  for (guint i = 0; i < self->answers->len;) {
    const FecHallAnswer one = g_array_index (self->answers, FecHallAnswer, i);
    LecPacket *packet;

    if (one.at_ns > self->now_ns) {
      next_ns = MIN (next_ns, one.at_ns);
      i++;
      continue;
    }
    g_array_remove_index (self->answers, i);
    packet = fec_hall_send_again (self, one.index);
    if (self->rtx.is_inside)
      lec_session_feed (self->session, packet, 0);
    else
      lec_session_feed_repair (self->session, packet, LEC_REPAIR_RTX);
  }
  return next_ns;
}

static gint64
do_all (FecHall *self)
{
  gint64 wake_ns = take_answers (self);

  wake_ns = MIN (wake_ns, pull_all (self));
  if (self->rtx.is_on && lec_session_get_request_time (self->session) <= self->now_ns)
    ask (self);
  if (self->rtx.is_on)
    wake_ns = MIN (wake_ns, lec_session_get_request_time (self->session));
  return wake_ns;
}

static void
advance (FecHall *self, gint64 until_ns)
{
  gint64 wake_ns;

  while ((wake_ns = do_all (self)) < until_ns)
    self->now_ns = MAX (wake_ns, self->now_ns);
  self->now_ns = until_ns;
  lec_playout_agree (&self->playout);
  self->latencies_ns[MIN (until_ns / SECOND, (gint64) G_N_ELEMENTS (self->latencies_ns) - 1)]
      = self->playout.latency_ns;
}

static gint64
arrival_of (const FecHall *self, guint index)
{
  return get_sent (self, index)->sent_ns + self->late_ns[index];
}

static int
compare_arrivals (gconstpointer a, gconstpointer b, gpointer self)
{
  const gint64 difference
      = arrival_of (self, *(const guint *) a) - arrival_of (self, *(const guint *) b);

  return difference != 0 ? (difference > 0) - (difference < 0)
                         : (int) *(const guint *) a - (int) *(const guint *) b;
}

static void
receive (FecHall *self, guint index, guint leg)
{
  const FecDatagram *datagram = get_sent (self, index);
  LecPacket *packet;

  if (leg == 0 ? self->lost[index] : self->lost_second[index])
    return;
  if (datagram->is_parity && (self->rtx.without_parity || leg > 0))
    return;
  packet = fec_station_packet (datagram, self->now_ns);
  if (datagram->is_parity && self->station.scheme != LEC_REPAIR_ULPFEC)
    lec_session_feed_repair (self->session, packet, self->station.scheme);
  else
    lec_session_feed (self->session, packet, leg);
  pull_all (self);
}

void
fec_hall_play (FecHall *self)
{
  const guint count = self->sent->len;
  g_autofree guint *order = g_new (guint, count);
  guint second = 0;

  for (guint i = 0; i < count; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) count, sizeof *order, compare_arrivals, self);
  for (guint i = 0; i < count; i++) {
    const gint64 arrival_ns = arrival_of (self, order[i]);

    while (self->second_ns > 0 && arrival_of (self, order[second]) + self->second_ns < arrival_ns) {
      advance (self, arrival_of (self, order[second]) + self->second_ns);
      receive (self, order[second++], 1);
    }
    advance (self, arrival_ns);
    self->at = MAX (self->at, order[i]);
    receive (self, order[i], 0);
  }
  for (; self->second_ns > 0 && second < count; second++) {
    advance (self, arrival_of (self, order[second]) + self->second_ns);
    receive (self, order[second], 1);
  }
  advance (self, self->now_ns + AFTER);
}

LecStats
fec_hall_get_stats (const FecHall *self)
{
  return lec_session_get_stats (self->session);
}

void
fec_hall_close (FecHall *self)
{
  lec_session_free (self->session);
  g_array_unref (self->sent);
  g_array_unref (self->gaps);
  g_free (self->lost);
  g_free (self->late_ns);
  g_free (self->lost_second);
  g_array_unref (self->answers);
  g_array_unref (self->requests_ns);
  g_rand_free (self->rand);
}
