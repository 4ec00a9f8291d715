/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/fec-hall.h"

#include <string.h>

#define AFTER (5 * SECOND)

static LecSession *
new_session (FecHall *self)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, FEC_STATION_PAYLOAD, "H264", 90000);
  if (self->station.scheme != LEC_REPAIR_ULPFEC)
    lec_stream_add_repair (stream, self->station.scheme, "239.1.1.1", 5006);
  if (self->station.scheme == LEC_REPAIR_ULPFEC)
    lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, "239.1.1.1", 5004)->payload
        = FEC_STATION_PARITY;
  lec_playout_init (&self->playout, self->latency_ns, LEC_LATENCY_FIRST_NS);
  return lec_session_new (stream, &(LecSessionConfig){ .format = &lec_format_rtp,
                                                       .playout = &self->playout,
                                                       .seed = 1,
                                                       .without_repair = self->without_repair });
}

void
fec_hall_open (FecHall *self)
{
  self->sent = fec_station_send (&self->station);
  self->lost = g_new0 (guint8, self->sent->len);
  self->late_ns = g_new0 (gint64, self->sent->len);
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

static void
advance (FecHall *self, gint64 until_ns)
{
  gint64 wake_ns;

  while ((wake_ns = pull_all (self)) < until_ns)
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

void
fec_hall_play (FecHall *self)
{
  g_autofree guint *order = g_new (guint, self->sent->len);
  LecPacket *packet;

  for (guint i = 0; i < self->sent->len; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) self->sent->len, sizeof *order, compare_arrivals, self);
  for (guint i = 0; i < self->sent->len; i++) {
    const FecDatagram *datagram = get_sent (self, order[i]);

    if (self->lost[order[i]])
      continue;
    advance (self, arrival_of (self, order[i]));
    self->at = MAX (self->at, order[i]);
    packet = fec_station_packet (datagram, self->now_ns);
    if (datagram->is_parity && self->station.scheme != LEC_REPAIR_ULPFEC)
      lec_session_feed_repair (self->session, packet, self->station.scheme);
    else
      lec_session_feed (self->session, packet, 0);
    pull_all (self);
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
}
