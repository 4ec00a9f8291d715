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
#define START_MS 4000 /* where rewritten send times begin: preroll and a second */

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

static LecSession *
session_of_msb (LecPlayout *playout)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_alternative_add_format (alternative, 586, msb_station_make_header (PACKET_SIZE));
  lec_alternative_add_format (alternative, OTHER, msb_station_make_header (PACKET_SIZE));
  alternative->msb->fec_span = 10;
  return lec_session_new (stream, &(LecSessionConfig){ .format = &lec_format_msb,
                                                       .msb = alternative->msb,
                                                       .playout = playout,
                                                       .seed = 1 });
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *path = g_strdup_printf ("/session-msb/way/%s", ways[i].story);

    g_test_add_data_func (path, &ways[i], test_way);
  }
  return g_test_run ();
}
