/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A session receives Windows Media multicast in virtual time. */
#include "wire/session.h"

#include <string.h>

#include "support/msb-station.h"
#include "support/station.h"
#include "wire/asf-packet.h"
#include "wire/msb.h"

#define PACKET_SIZE 600
#define OTHER 17 /* another format that is announced */
#define UNKNOWN 99
#define SENDER 7
#define LONG (20 * SECOND)
#define START_MS 7000 /* where rewritten send times begin: twice the preroll and a second */

/* What came out. */
typedef struct
{
  LecItemKind kind;
  guint32 id;
  guint stream;
  guint32 send_ms;
  guint8 bytes[PACKET_SIZE];
  gint64 pts_ns, out_ns;
  gboolean begins_epoch, recovered;
  guint64 count; /* of a gap */
  char *text;    /* of a cue */
} Out;

/* A station, the way from it, and a session. */
typedef struct
{
  MsbStation station;
  GArray *sent; /* of MsbDatagram */
  LecPlayout playout;
  LecSession *session;
  gint64 now_ns, began_ms;
  GArray *outs;
  guint64 fed;
} Hall;

static void
clear_out (gpointer data)
{
  g_free (((Out *) data)->text);
}

/* @header: (transfer full): of format 586 */
static LecSession *
session_of_header (LecPlayout *playout, GBytes *header)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_alternative_add_format (alternative, 586, header);
  lec_alternative_add_format (alternative, OTHER, msb_station_make_header (PACKET_SIZE));
  alternative->msb->fec_span = 10;
  return lec_session_new (stream, &(LecSessionConfig){ .format = &lec_format_msb,
                                                       .msb = alternative->msb,
                                                       .playout = playout,
                                                       .seed = 1 });
}

static LecSession *
session_of_msb (LecPlayout *playout)
{
  return session_of_header (playout, msb_station_make_header (PACKET_SIZE));
}

static void
hall_open (Hall *self, guint32 seed, gint64 latency_ns)
{
  memset (self, 0, sizeof *self);
  msb_station_init (&self->station, seed);
  self->sent = g_array_new (FALSE, TRUE, sizeof (MsbDatagram));
  self->outs = g_array_new (FALSE, TRUE, sizeof (Out));
  g_array_set_clear_func (self->outs, clear_out);
  self->now_ns = SECOND;
  self->began_ms = self->station.send_ms;
  lec_playout_init (&self->playout, latency_ns, LEC_LATENCY_FIRST_NS);
  self->session = session_of_msb (&self->playout);
}

static MsbDatagram *
sent (const Hall *self, guint index)
{
  return &g_array_index (self->sent, MsbDatagram, index);
}

static Out *
out (const Hall *self, guint index)
{
  return &g_array_index (self->outs, Out, index);
}

/* Each packet that leaves is whole, and can be read. */
static Out
take_packet (LecPacket *packet)
{
  Out one = {
    .id = packet->sequence,
    .stream = packet->payload_type,
    .pts_ns = packet->pts_ns,
    .begins_epoch = packet->begins_epoch,
    .recovered = packet->recovered,
  };
  LecAsfPacket asf;

  g_assert_cmpuint (packet->payload_size, ==, PACKET_SIZE);
  g_assert_cmpuint (packet->payload_offset + packet->payload_size, <=,
                    packet->capacity + LEC_PACKET_SPARE);
  memcpy (one.bytes, packet->data + packet->payload_offset, PACKET_SIZE);
  g_assert_true (lec_asf_packet_read (one.bytes, PACKET_SIZE, &asf));
  g_assert_false (asf.is_parity);
  one.send_ms = asf.send_time;
  lec_packet_release (packet);
  return one;
}

static gint64
pull_all (Hall *self)
{
  LecItem item;
  gint64 wake_ns;

  while (lec_session_pull (self->session, self->now_ns, &item, &wake_ns)) {
    Out one = { 0 };

    if (item.kind == LEC_ITEM_PACKET) {
      one = take_packet (item.packet);
    } else if (item.kind == LEC_ITEM_GAP) {
      one.count = item.gap.count;
    } else if (item.kind == LEC_ITEM_CUE) {
      one.pts_ns = item.cue->pts_ns;
      one.text = g_strconcat (item.cue->type, "=", item.cue->parameter, NULL);
      lec_cue_free (item.cue);
    }
    one.kind = item.kind;
    one.out_ns = self->now_ns;
    g_array_append_val (self->outs, one);
  }
  lec_playout_agree (&self->playout);
  return wake_ns;
}

static void
advance (Hall *self, gint64 until_ns)
{
  gint64 wake_ns;

  while ((wake_ns = pull_all (self)) < until_ns)
    self->now_ns = MAX (self->now_ns, wake_ns);
  self->now_ns = until_ns;
}

static void
feed_from (Hall *self, const MsbDatagram *datagram, guint64 sender)
{
  self->fed++;
  lec_session_feed (self->session,
                    packet_of_bytes (datagram->bytes, datagram->size, self->now_ns, sender << 16),
                    0);
}

/* When a datagram comes that takes no time: parity right behind its packet. */
static gint64
time_of (const Hall *self, const MsbDatagram *datagram)
{
  return SECOND + ((gint64) (guint32) (datagram->send_ms - (guint32) self->began_ms)) * MSECOND
         + datagram->is_parity * MSECOND;
}

static void
hear (Hall *self, guint index)
{
  advance (self, MAX (self->now_ns, time_of (self, sent (self, index))));
  feed_from (self, sent (self, index), SENDER);
}

static LecStats
hall_close (Hall *self)
{
  LecStats stats;
  guint packets = 0;

  advance (self, self->now_ns + LONG);
  stats = lec_session_get_stats (self->session);
  for (guint i = 0; i < self->outs->len; i++)
    packets += out (self, i)->kind == LEC_ITEM_PACKET;
  g_assert_cmpuint (stats.out, ==, packets);
  g_assert_cmpuint (stats.held, ==, (guint) packets_alive ());
  g_assert_cmpuint (stats.received, ==, self->fed);
  g_assert_cmpuint (stats.received + stats.recovered, ==,
                    stats.out + stats.aside + stats.merged + stats.late + stats.duplicate
                        + stats.stale + stats.discarded + stats.overrun + stats.held);
  lec_session_free (self->session);
  g_assert_cmpint (packets_alive (), ==, 0);
  g_array_unref (self->outs);
  g_array_unref (self->sent);
  msb_station_clear (&self->station);
  return stats;
}

static guint
count_items (const Hall *self, LecItemKind kind)
{
  guint count = 0;

  for (guint i = 0; i < self->outs->len; i++)
    count += out (self, i)->kind == kind;
  return count;
}

static const MsbDatagram *
find_sent (const Hall *self, guint32 id, guint stream)
{
  for (guint i = 0; i < self->sent->len; i++) {
    const MsbDatagram *datagram = sent (self, i);

    if (!datagram->is_parity && datagram->id == id
        && (guint) (datagram->bytes[4] | datagram->bytes[5] << 8) == stream)
      return datagram;
  }
  return NULL;
}

/* What came out is what was sent, to the byte, in order and each once, with times that begin where
 * each stream does and go on as the station's do. */
static void
check_media (const Hall *self)
{
  const MsbDatagram *last = NULL, *first = NULL;
  const Out *before = NULL;

  for (guint i = 0; i < self->outs->len; i++) {
    const Out *one = out (self, i);
    const MsbDatagram *datagram;
    LecAsfPacket was, is;
    LecAsfPayload a, b;

    if (one->kind != LEC_ITEM_PACKET)
      continue;
    datagram = find_sent (self, one->id, one->stream);
    g_assert_nonnull (datagram);
    if (one->begins_epoch)
      first = datagram;
    if (last != NULL)
      g_assert_cmpuint (datagram->number, >, last->number);
    g_assert_cmpuint (one->send_ms, ==, datagram->send_ms - first->send_ms + START_MS);
    if (before != NULL)
      g_assert_cmpint (one->pts_ns, >=, before->pts_ns);
    g_assert_true (lec_asf_packet_read (datagram->bytes + LEC_MSB_HEADER,
                                        datagram->size - LEC_MSB_HEADER, &was));
    g_assert_true (lec_asf_packet_read (one->bytes, PACKET_SIZE, &is));
    while (lec_asf_packet_next (&was, &a)) {
      g_assert_true (lec_asf_packet_next (&is, &b));
      g_assert_cmpmem (a.data, a.size, b.data, b.size);
      g_assert_cmpuint (a.object, ==, b.object);
      g_assert_cmpuint (a.presentation - datagram->send_ms, ==, b.presentation - one->send_ms);
    }
    g_assert_false (lec_asf_packet_next (&is, &b));
    last = datagram;
    before = one;
  }
}

/* -- one stream -- */

typedef enum {
  WAY_CLEAN,
  WAY_LOSSY,   /* one packet of each span is lost, parity now and then */
  WAY_SWAPPED, /* neighbours change places */
  WAY_DOUBLED, /* each comes twice, or again later */
} Way;

static const struct
{
  const char *story;
  Way way;
  guint span;
  MsbNumbers numbers;
  gboolean whole;
  guint32 id, send_ms;
} ways[] = {
  { "clean", WAY_CLEAN, 10, MSB_NUMBERS_HIGH, FALSE, 1000, 5000 },
  { "no parity", WAY_CLEAN, 0, MSB_NUMBERS_NONE, FALSE, 1000, 5000 },
  { "lossy", WAY_LOSSY, 10, MSB_NUMBERS_HIGH, FALSE, 1000, 5000 },
  { "lossy, the other half", WAY_LOSSY, 10, MSB_NUMBERS_LOW, FALSE, 1000, 5000 },
  { "lossy, no numbers", WAY_LOSSY, 10, MSB_NUMBERS_NONE, FALSE, 1000, 5000 },
  { "lossy, padding left in", WAY_LOSSY, 10, MSB_NUMBERS_HIGH, TRUE, 1000, 5000 },
  { "lossy, short spans", WAY_LOSSY, 3, MSB_NUMBERS_HIGH, FALSE, 1000, 5000 },
  { "swapped", WAY_SWAPPED, 10, MSB_NUMBERS_HIGH, FALSE, 1000, 5000 },
  { "swapped, no parity", WAY_SWAPPED, 0, MSB_NUMBERS_NONE, FALSE, 1000, 5000 },
  { "doubled", WAY_DOUBLED, 10, MSB_NUMBERS_NONE, FALSE, 1000, 5000 },
  { "numbers and times wrap", WAY_LOSSY, 10, MSB_NUMBERS_HIGH, FALSE, 0xffffff00, 0xfffffa00 },
  { "a number that says MSB", WAY_CLEAN, 10, MSB_NUMBERS_HIGH, FALSE, 0x20425340, 5000 },
};

/* Returns: how many packets of media do not come */
static guint
walk (Hall *self, Way way)
{
  const guint span = self->station.span + 1;
  guint gone = 0, lost = 0;

  for (guint i = 0; i < self->sent->len; i++) {
    if (way == WAY_LOSSY && i % span == 0)
      gone = i + (guint) g_rand_int_range (self->station.rand, i == 0, (gint32) span);
    if (way == WAY_LOSSY && i == gone) {
      lost += !sent (self, i)->is_parity;
      continue;
    }
    if (way == WAY_SWAPPED && i > 0 && i + 1 < self->sent->len
        && g_rand_int_range (self->station.rand, 0, 3) == 0) {
      hear (self, i + 1);
      hear (self, i++);
      continue;
    }
    hear (self, i);
    if (way == WAY_DOUBLED)
      hear (self, g_rand_boolean (self->station.rand) ? i : i - MIN (i, 3));
  }
  return lost;
}

static void
test_way (gconstpointer data)
{
  const typeof (ways[0]) *row = data;

  for (guint32 seed = 1; seed <= 10; seed++) {
    guint lost;
    LecStats stats;
    Hall hall;

    hall_open (&hall, seed, LEC_LATENCY_AUTO);
    hall.station.span = row->span;
    hall.station.numbers = row->numbers;
    hall.station.whole = row->whole;
    hall.station.id = row->id;
    hall.station.send_ms = row->send_ms;
    hall.station.cycle = (guint8) (seed * 100);
    hall.began_ms = row->send_ms;
    msb_station_send (&hall.station, 600, hall.sent);
    lost = walk (&hall, row->way);
    advance (&hall, hall.now_ns + LONG);
    check_media (&hall);
    g_assert_cmpuint (count_items (&hall, LEC_ITEM_RESET), ==, 0);
    stats = hall_close (&hall);
    g_assert_cmpuint (stats.discarded + stats.late + stats.stale + stats.restarts + stats.switches,
                      ==, 0);
    g_assert_cmpuint (stats.unknown_formats + stats.malformed, ==, 0);
    if (row->numbers == MSB_NUMBERS_NONE && row->way == WAY_LOSSY) {
      /* of the first span, that was joined, nobody knows where it began */
      g_assert_cmpuint (stats.gaps, <=, 1);
      g_assert_cmpuint (stats.recovered + stats.gaps, ==, lost);
    } else {
      g_assert_cmpuint (stats.lost, ==, 0);
      g_assert_cmpuint (stats.recovered, ==, lost);
      g_assert_cmpuint (stats.out, ==, 600);
    }
    if (row->way != WAY_DOUBLED)
      g_assert_cmpuint (stats.duplicate, ==, 0);
    g_assert_cmpuint (stats.unrepaired, ==, 0);
  }
}

/* -- entries -- */

static const struct
{
  const char *story;
  guint other;       /* the stream of the second entry */
  gboolean restarts; /* its numbers do, else they go on */
  gint64 times_ms;   /* from the end of the first to the begin of the second */
  gboolean swapped;  /* the last of the first entry comes behind the first of the second */
} entries[] = {
  { "the same format, numbers go on", 586 | LEC_MSB_TOGGLE, FALSE, 0, FALSE },
  { "the same format, numbers restart", 586 | LEC_MSB_TOGGLE, TRUE, 0, FALSE },
  { "another format, times go on", OTHER, FALSE, 0, FALSE },
  { "another format, times go back", OTHER | LEC_MSB_TOGGLE, FALSE, -5000, FALSE },
  { "another format, times go far ahead", OTHER, TRUE, 0x40000000, FALSE },
  { "one overtakes the other", OTHER, FALSE, -9000, TRUE },
};

/* All of both comes out, and the second begins anew. */
static void
test_entries (gconstpointer data)
{
  const typeof (entries[0]) *row = data;

  for (guint32 seed = 1; seed <= 10; seed++) {
    guint first, begins = 0;
    gint64 step_ns;
    LecStats stats;
    Hall hall;

    hall_open (&hall, seed, LEC_LATENCY_AUTO);
    msb_station_send (&hall.station, 95, hall.sent);
    first = hall.sent->len;
    step_ns = hall.station.step_ms * MSECOND;
    msb_station_switch (&hall.station, row->other, row->restarts ? seed : hall.station.id,
                        hall.station.send_ms + (guint32) row->times_ms);
    msb_station_send (&hall.station, 95, hall.sent);
    for (guint i = 0; i < hall.sent->len; i++) {
      guint index = i;

      if (row->swapped && (i == first || i == first - 1))
        index = 2 * first - 1 - i;
      if (!sent (&hall, index)->is_parity)
        advance (&hall, hall.now_ns + step_ns);
      feed_from (&hall, sent (&hall, index), SENDER);
    }
    advance (&hall, hall.now_ns + LONG);
    check_media (&hall);
    for (guint i = 0; i < hall.outs->len; i++)
      begins += out (&hall, i)->begins_epoch;
    g_assert_cmpuint (begins, ==, 2);
    stats = hall_close (&hall);
    g_assert_cmpuint (stats.out, ==, 190);
    g_assert_cmpuint (stats.switches, ==, 1);
    g_assert_cmpuint (stats.payload, ==, row->other & LEC_MSB_FORMAT);
    g_assert_cmpuint (stats.lost + stats.gaps + stats.duplicate + stats.discarded + stats.late, ==,
                      0);
    g_assert_cmpuint (stats.restarts, ==, 0);
  }
}

/* A station that changes its format with every packet changes it twice a second, for us. */
static void
test_hasty (void)
{
  guint resets;
  LecStats stats;
  Hall hall;

  hall_open (&hall, 1, LEC_LATENCY_AUTO);
  for (guint i = 0; i < 400; i++) {
    hall.station.stream = i % 2 == 0 ? 586 : OTHER;
    msb_station_send (&hall.station, 1, hall.sent);
  }
  for (guint i = 0; i < hall.sent->len; i++)
    hear (&hall, i);
  advance (&hall, hall.now_ns + LONG);
  resets = count_items (&hall, LEC_ITEM_RESET);
  stats = hall_close (&hall);
  g_assert_cmpuint (stats.switches, <=, 21); /* in ten seconds */
  g_assert_cmpuint (resets, <=, 21);
  g_assert_cmpuint (stats.discarded, >=, 150);
}

/* The sender's numbers start somewhere else, in the middle of a stream: nothing is lost for that.
 */
static void
test_jump (void)
{
  static const guint32 steps[] = { 5000, 100000, 0x90000000, (guint32) -5000, (guint32) -100000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    LecStats stats;
    Hall hall;

    hall_open (&hall, i, LEC_LATENCY_AUTO);
    msb_station_send (&hall.station, 200, hall.sent);
    hall.station.id += steps[i];
    msb_station_send (&hall.station, 200, hall.sent);
    for (guint j = 0; j < hall.sent->len; j++)
      hear (&hall, j);
    stats = hall_close (&hall);
    g_assert_cmpuint (stats.out, ==, 400);
    g_assert_cmpuint (stats.lost + stats.duplicate + stats.discarded, ==, 0);
    g_assert_cmpuint (stats.restarts, ==, 1);
  }
}

/* -- what is no media -- */

static void
test_beacons (void)
{
  static const guint8 beacon[] = { 'M', 'S', 'B', ' ' };
  LecStats stats;
  Hall hall;

  hall_open (&hall, 1, LEC_LATENCY_AUTO);
  for (guint i = 0; i < 20; i++) {
    advance (&hall, hall.now_ns + 5 * SECOND);
    g_assert_true (lec_session_is_control (hall.session, beacon, sizeof beacon, SENDER << 16));
    lec_session_feed_rtcp (hall.session, beacon, sizeof beacon, SENDER << 16, hall.now_ns);
  }
  g_assert_false (lec_session_is_control (hall.session, beacon, 3, SENDER << 16));
  stats = lec_session_get_stats (hall.session);
  g_assert_cmpuint (stats.beacons, ==, 20);
  g_assert_cmpint (stats.last_beacon_ns, ==, hall.now_ns);
  g_assert_cmpint (stats.last_packet_ns, ==, -1);
  g_assert_cmpint (stats.last_known_ns, ==, -1);
  msb_station_send (&hall.station, 100, hall.sent);
  for (guint i = 0; i < hall.sent->len; i++) {
    advance (&hall, hall.now_ns + 20 * MSECOND);
    feed_from (&hall, sent (&hall, i), SENDER);
    lec_session_feed_rtcp (hall.session, beacon, sizeof beacon, SENDER << 16, hall.now_ns);
  }
  advance (&hall, hall.now_ns + LONG);
  check_media (&hall);
  stats = hall_close (&hall);
  g_assert_cmpuint (stats.out, ==, 100);
  g_assert_cmpuint (stats.received, ==, 110);
  g_assert_cmpuint (stats.beacons, ==, 20 + 110);
  g_assert_cmpuint (stats.discarded, ==, 0);
}

/* Of formats that are not announced nothing is played, whether they come before, among, or after
 * media, and nothing is missed for them. */
static void
test_unknown (void)
{
  LecStats stats;
  gint64 since_ns;
  Hall hall;

  hall_open (&hall, 1, LEC_LATENCY_AUTO);
  hall.station.stream = UNKNOWN;
  msb_station_send (&hall.station, 40, hall.sent);
  for (guint i = 0; i < hall.sent->len; i++)
    hear (&hall, i);
  stats = lec_session_get_stats (hall.session);
  g_assert_cmpuint (stats.unknown_formats, ==, 44);
  g_assert_cmpuint (stats.discarded, ==, 44);
  g_assert_cmpint (stats.unknown_since_ns, ==, SECOND);
  g_array_set_size (hall.sent, 0);

  for (guint entry = 0; entry < 6; entry++) {
    msb_station_switch (&hall.station, entry % 2 == 0 ? 586 : UNKNOWN, hall.station.id,
                        hall.station.send_ms + 10 * entry);
    msb_station_send (&hall.station, 50, hall.sent);
  }
  for (guint i = 0; i < hall.sent->len; i++)
    hear (&hall, i);
  stats = lec_session_get_stats (hall.session);
  since_ns = stats.unknown_since_ns;
  advance (&hall, hall.now_ns + LONG);
  check_media (&hall);
  g_assert_cmpint (hall.now_ns - LONG - since_ns, <=, 2 * SECOND);
  stats = hall_close (&hall);
  g_assert_cmpuint (stats.out, ==, 150);
  g_assert_cmpuint (stats.unknown_formats, ==, 44 + 165);
  g_assert_cmpuint (stats.discarded, ==, 44);
  g_assert_cmpuint (stats.lost + stats.gaps, ==, 0);
}

/* Whoever else sends to the group changes nothing, parity and other formats included. */
static void
test_foreign (void)
{
  LecStats stats;
  Hall hall;

  hall_open (&hall, 1, LEC_LATENCY_AUTO);
  msb_station_send (&hall.station, 300, hall.sent);
  for (guint i = 0; i < hall.sent->len; i++) {
    MsbDatagram forged = *sent (&hall, i);

    hear (&hall, i);
    forged.bytes[forged.size - 1] ^= 0xff;
    forged.bytes[0] += (guint8) (i % 3);
    if (i % 5 == 0)
      forged.bytes[4] = OTHER, forged.bytes[5] = 0;
    feed_from (&hall, &forged, SENDER + 1);
  }
  advance (&hall, hall.now_ns + LONG);
  check_media (&hall);
  stats = hall_close (&hall);
  g_assert_cmpuint (stats.out, ==, 300);
  g_assert_cmpuint (stats.recovered + stats.switches + stats.lost, ==, 0);
}

/* Datagrams of every size: cut short, or with bytes behind. */
static void
test_sizes (void)
{
  LecStats stats;
  Hall hall;

  hall_open (&hall, 1, LEC_LATENCY_AUTO);
  hall.station.whole = TRUE;
  msb_station_send (&hall.station, 600, hall.sent);
  for (guint i = 0; i < hall.sent->len; i++) {
    MsbDatagram cut = *sent (&hall, i);

    cut.size = i;
    if (i <= cut.size)
      feed_from (&hall, &cut, SENDER);
    sent (&hall, i)->size += i % 7;
    hear (&hall, i);
  }
  advance (&hall, hall.now_ns + LONG);
  stats = hall_close (&hall);
  g_assert_cmpuint (stats.out, ==, 600);
  g_assert_cmpuint (stats.lost + stats.gaps, ==, 0);
}

/* -- repair and time -- */

/* Sums that are lies fill no gap with what is none, and nothing is learnt from them. */
static void
test_lies (void)
{
  LecStats honest = { 0 }, lies;

  for (guint lie = 0; lie < 2; lie++) {
    LecStats stats;
    Hall hall;

    hall_open (&hall, 5, 300 * MSECOND);
    hall.station.numbers = MSB_NUMBERS_HIGH;
    msb_station_send (&hall.station, 600, hall.sent);
    for (guint i = 0; i < hall.sent->len; i++) {
      MsbDatagram *datagram = sent (&hall, i);

      if (i % 11 == 4)
        continue;
      if (lie && datagram->is_parity) {
        for (guint j = LEC_MSB_HEADER + 3; j < datagram->size; j++)
          datagram->bytes[j] = (guint8) g_rand_int (hall.station.rand);
      }
      hear (&hall, i);
    }
    stats = hall_close (&hall);
    if (lie)
      lies = stats;
    else
      honest = stats;
  }
  g_assert_cmpuint (honest.recovered, ==, 60);
  g_assert_cmpuint (lies.recovered + lies.lost, >=, 59);
  g_assert_cmpuint (lies.recovered, <=, 6); /* noise may look like a packet */
  g_assert_cmpfloat (lies.drift_ppm, ==, honest.drift_ppm);
  g_assert_cmpint (lies.jitter_ns, ==, honest.jitter_ns);
  g_assert_cmpint (lies.delay_ns, ==, honest.delay_ns);
}

/* Where parity is needed, play-out is later by a span at most, and not where there is none; and
 * what was lost is there when it is due. */
static void
test_delay (void)
{
  for (guint span = 0; span <= 10; span += 5) {
    gint64 latency_ns, late_ns = 0;
    guint lost;
    LecStats stats;
    Hall hall;

    hall_open (&hall, 9, LEC_LATENCY_AUTO);
    hall.station.span = span;
    hall.station.numbers = MSB_NUMBERS_HIGH;
    msb_station_send (&hall.station, 400, hall.sent);
    lost = walk (&hall, span > 0 ? WAY_LOSSY : WAY_CLEAN);
    latency_ns = hall.playout.latency_ns;
    g_assert_cmpint (hall.playout.network_ns, ==, LEC_LATENCY_FIRST_NS);
    advance (&hall, hall.now_ns + LONG);
    for (guint i = 100; i < hall.outs->len; i++)
      late_ns = MAX (late_ns, out (&hall, i)->out_ns - out (&hall, i)->pts_ns - latency_ns);
    stats = hall_close (&hall);
    g_assert_cmpint (latency_ns - LEC_LATENCY_FIRST_NS, <=, span * 25 * MSECOND);
    g_assert_cmpint (latency_ns - LEC_LATENCY_FIRST_NS, >=, (span > 0) * (span - 1) * 25 * MSECOND);
    g_assert_cmpint (late_ns, <=, 0);
    g_assert_cmpuint (stats.recovered, ==, lost);
  }
}

/* A receiver may join anywhere in a span: of the span that it knows a part of only, nothing is said
 * about how long whole ones take. All that are lost after that one are rebuilt in time, of a slow
 * stream too. */
static void
test_join (void)
{
  for (guint joined = 0; joined < 10; joined++) {
    for (MsbNumbers numbers = MSB_NUMBERS_NONE; numbers <= MSB_NUMBERS_LOW; numbers++) {
      guint gone = 0;
      LecStats stats;
      Hall hall;

      hall_open (&hall, joined + 1, LEC_LATENCY_AUTO);
      hall.station.numbers = numbers;
      hall.station.step_ms = joined % 2 == 0 ? 80 : 250;
      msb_station_send (&hall.station, 200, hall.sent);
      for (guint i = joined; i < hall.sent->len; i++) {
        if (i % 11 == 0)
          gone = i + (guint) g_rand_int_range (hall.station.rand, 0, 10);
        if (i < 11 || i != gone)
          hear (&hall, i);
      }
      stats = hall_close (&hall);
      g_test_message ("%u %u rec %d gaps %d lost %d unrep %d late %d", joined, numbers,
                      (int) stats.recovered, (int) stats.gaps, (int) stats.lost,
                      (int) stats.unrepaired, (int) stats.late);
      g_assert_cmpuint (stats.recovered, ==, 19);
      g_assert_cmpuint (stats.gaps + stats.lost, ==, 0);
      g_assert_cmpuint (stats.out, ==, 200 - joined);
    }
  }
}

/* What waits to be read when reception begins is read at once, with the parity: the packet before
 * it could be made, but nobody has lost it. */
static void
test_before_join (void)
{
  LecStats stats;
  Hall hall;

  hall_open (&hall, 1, LEC_LATENCY_AUTO);
  hall.station.numbers = MSB_NUMBERS_HIGH;
  msb_station_send (&hall.station, 30, hall.sent);
  for (guint i = 1; i <= 10; i++) {
    hall.now_ns = time_of (&hall, sent (&hall, i));
    feed_from (&hall, sent (&hall, i), SENDER);
  }
  g_assert_true (sent (&hall, 10)->is_parity);
  for (guint i = 11; i < hall.sent->len; i++)
    hear (&hall, i);
  stats = hall_close (&hall);
  g_assert_cmpuint (stats.recovered, ==, 0);
  g_assert_cmpuint (stats.gaps + stats.lost, ==, 0);
  g_assert_cmpuint (stats.out, ==, 29);
}

/* Who loses nothing is not shown all later for the sake of repair; nor is anything waited for that
 * a station promises and does not send. */
static void
test_no_need (void)
{
  for (guint parity = 0; parity <= 1; parity++) {
    LecStats stats;
    Hall hall;

    hall_open (&hall, 4, LEC_LATENCY_AUTO);
    msb_station_send (&hall.station, 300, hall.sent);
    for (guint i = 0; i < hall.sent->len; i++) {
      const gboolean is_kept
          = parity != 0 || (!sent (&hall, i)->is_parity && (i < 60 || i % 20 > 0));

      if (is_kept)
        hear (&hall, i);
      if (i >= 60)
        g_assert_cmpint (hall.now_ns - out (&hall, hall.outs->len - 1)->out_ns, <=, 300 * MSECOND);
    }
    g_assert_cmpint (hall.playout.latency_ns, ==, LEC_LATENCY_FIRST_NS);
    stats = hall_close (&hall);
    g_assert_cmpuint (stats.recovered, ==, 0);
    g_assert_cmpint (stats.gaps == 0, ==, parity);
  }
}

/* -- script commands -- */

static void
test_cues (void)
{
  const Out *cue;
  LecStats stats;
  Hall hall;

  hall_open (&hall, 2, LEC_LATENCY_AUTO);
  msb_station_send (&hall.station, 50, hall.sent);
  msb_station_send_command (&hall.station, "URL", "http://a/1.png", 3000, hall.sent);
  msb_station_send (&hall.station, 50, hall.sent);
  for (guint i = 0; i < hall.sent->len; i++)
    hear (&hall, i);
  advance (&hall, hall.now_ns + LONG);
  g_assert_cmpuint (count_items (&hall, LEC_ITEM_CUE), ==, 1);
  for (guint i = 0; i < hall.outs->len; i++) {
    cue = out (&hall, i);
    if (cue->kind != LEC_ITEM_CUE)
      continue;
    g_assert_cmpstr (cue->text, ==, "URL=http://a/1.png");
    g_assert_cmpuint (out (&hall, i - 1)->id, ==, 1050);
    g_assert_cmpint (cue->pts_ns, ==, out (&hall, i - 1)->pts_ns + 3 * SECOND);
  }
  stats = hall_close (&hall);
  g_assert_cmpuint (stats.out, ==, 101);
}

/* A header with two commands of type URL, named by a letter each. */
static GBytes *
header_with_commands (guint32 first_ms, guint32 second_ms)
{
  g_autoptr (GBytes) plain = msb_station_make_header (PACKET_SIZE);
  const guint8 *bytes = g_bytes_get_data (plain, NULL);
  guint8 commands[]
      = "\x30\x1a\xfb\x1e\x62\x0b\xd0\x11\xa3\x9b\x00\xa0\xc9\x03\x48\xf6\x48\0\0\0\0\0\0\0"
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\0\1\0\3\0U\0R\0L\0"
        "....\0\0\1\0a\0....\0\0\1\0b\0";
  const gsize size = 72, inside = bytes[16] | bytes[17] << 8; /* of the header object */
  GByteArray *header = g_byte_array_new ();

  for (guint i = 0; i < 4; i++) {
    commands[52 + i] = (guint8) (first_ms >> 8 * i);
    commands[62 + i] = (guint8) (second_ms >> 8 * i);
  }
  g_byte_array_append (header, bytes, (guint) inside);
  g_byte_array_append (header, commands, (guint) size);
  g_byte_array_append (header, bytes + inside, (guint) (g_bytes_get_size (plain) - inside));
  header->data[16] = (guint8) (inside + size);
  header->data[17] = (guint8) ((inside + size) >> 8);
  return g_byte_array_free_to_bytes (header);
}

/* Of the header's commands, those that are near are told at once, with their times; another stream
 * ends what was told ahead. */
static void
test_commands_ahead (void)
{
  g_autoptr (GString) told = g_string_new (NULL);
  gint64 first_pts = -1;
  Hall hall;

  hall_open (&hall, 3, LEC_LATENCY_AUTO);
  lec_session_free (hall.session);
  hall.session
      = session_of_header (&hall.playout, header_with_commands ((guint32) hall.began_ms + 5000,
                                                                (guint32) hall.began_ms + 1000000));
  msb_station_send (&hall.station, 50, hall.sent);
  msb_station_switch (&hall.station, OTHER, hall.station.id, 1000);
  msb_station_send (&hall.station, 50, hall.sent);
  for (guint i = 0; i < hall.sent->len; i++)
    hear (&hall, i);
  advance (&hall, hall.now_ns + LONG);
  for (guint i = 0; i < hall.outs->len; i++) {
    const Out *one = out (&hall, i);

    if (one->kind == LEC_ITEM_PACKET && first_pts < 0)
      first_pts = one->pts_ns;
    if (one->kind != LEC_ITEM_CUE)
      continue;
    g_string_append_printf (told, "%s ", one->text);
    if (told->len > strlen ("URL=a "))
      continue;
    g_assert_cmpint (one->pts_ns, ==, first_pts + 5 * SECOND);
    g_assert_cmpuint (i, <=, 3);
  }
  g_assert_cmpstr (told->str, ==, "URL=a = ");
  hall_close (&hall);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *path = g_strdup_printf ("/session-msb/way/%s", ways[i].story);

    g_test_add_data_func (path, &ways[i], test_way);
  }
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    g_autofree char *path = g_strdup_printf ("/session-msb/entries/%s", entries[i].story);

    g_test_add_data_func (path, &entries[i], test_entries);
  }
  g_test_add_func ("/session-msb/hasty", test_hasty);
  g_test_add_func ("/session-msb/jump", test_jump);
  g_test_add_func ("/session-msb/beacons", test_beacons);
  g_test_add_func ("/session-msb/unknown", test_unknown);
  g_test_add_func ("/session-msb/foreign", test_foreign);
  g_test_add_func ("/session-msb/sizes", test_sizes);
  g_test_add_func ("/session-msb/lies", test_lies);
  g_test_add_func ("/session-msb/delay", test_delay);
  g_test_add_func ("/session-msb/join", test_join);
  g_test_add_func ("/session-msb/before-join", test_before_join);
  g_test_add_func ("/session-msb/no-need", test_no_need);
  g_test_add_func ("/session-msb/cues", test_cues);
  g_test_add_func ("/session-msb/commands-ahead", test_commands_ahead);
  return g_test_run ();
}
