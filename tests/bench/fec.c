/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What parity gives back of what a network loses: beside the ideal decoder, which solves all
 * equations of a matrix at once (elimination over GF(2)), and beside GStreamer's, which gets the
 * same packets. And what it costs. In virtual time, with the same seeds each time.
 *
 * Says at the end which goals have been reached, and ends well in any case. */
#include <gst/check/gstharness.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "heap.h"
#include "support/fec-hall.h"
#include "wire/fec-layout.h"

#define SEEDS 3
#define PACKETS 15000
#define FAST_PACKETS 40000
#define BATCH 64
#define ROUNDS 25 /* in pairs; the quickest of each counts */
#define WITHIN 1.05      /* of the ideal decoder's loss */
#define STOCK_POOR 1.2   /* where GStreamer's leaves so many times the ideal... */
#define STOCK_BEHIND 0.9 /* ...we leave at most that part of it */
#define COST 1.5

typedef struct
{
  const char *name;
  guint columns, rows;
  gboolean only_rows;
} Shape;

typedef struct
{
  const char *name;
  double loss, begin, end;
} Network;

static const Shape shapes[] = { { "2-D 10x10", 10, 10, FALSE }, { "1-D 10", 10, 10, TRUE } };
static const Network networks[]
    = { { "5 % random", 0.05, 0, 0 }, { "Gilbert-Elliott 1 %/20 %", 0, 0.01, 0.2 } };

typedef struct
{
  guint64 lost, ours, ideal, stock;
  gint64 latency_ns;
} Result;

static gboolean reached = TRUE;

static void
judge (const char *goal, double value, double most)
{
  printf ("  %s: %.3f, at most %.2f: %s\n", goal, value, most,
          value <= most ? "reached" : "NOT reached");
  reached &= value <= most;
}

/* ---- the ideal decoder ---- */

typedef struct
{
  guint64 bits[2];
} Row;

static gboolean
get (const Row *row, guint i)
{
  return (row->bits[i / 64] >> (i % 64) & 1) != 0;
}

static guint
count (const Row *row)
{
  return (guint) (__builtin_popcountll (row->bits[0]) + __builtin_popcountll (row->bits[1]));
}

/* Reduces @rows to their row echelon form; an unknown is known where its row has nothing else.
 * Returns: how many are not, of @n_unknown */
static guint
eliminate (Row *rows, guint n_rows, guint n_unknown)
{
  guint rank = 0, known = 0;

  for (guint i = 0; i < n_unknown && rank < n_rows; i++) {
    guint pivot = rank;
    Row swapped;

    while (pivot < n_rows && !get (&rows[pivot], i))
      pivot++;
    if (pivot == n_rows)
      continue;
    swapped = rows[rank];
    rows[rank] = rows[pivot];
    rows[pivot] = swapped;
    for (guint j = 0; j < n_rows; j++) {
      if (j == rank || !get (&rows[j], i))
        continue;
      rows[j].bits[0] ^= rows[rank].bits[0];
      rows[j].bits[1] ^= rows[rank].bits[1];
    }
    rank++;
  }
  for (guint i = 0; i < rank; i++)
    known += count (&rows[i]) == 1;
  return n_unknown - known;
}

/* Packets of a matrix lie together, and no equation reaches beyond it. */
static guint
solve_matrix (const FecHall *hall, const guint8 *lost, const GArray *parity, gint64 begin)
{
  const FecStation *station = &hall->station;
  const guint size = station->columns * station->rows;
  Row rows[64] = { 0 };
  guint n_rows = 0, n_unknown = 0, index[256];

  for (guint i = 0; i < size; i++)
    index[i] = lost[begin + i] ? n_unknown++ : G_MAXUINT;
  if (n_unknown > 128)
    return n_unknown;
  for (guint i = 0; i < parity->len; i++) {
    const FecDatagram *datagram = &g_array_index (parity, FecDatagram, i);
    const guint stride = datagram->bytes[25], length = datagram->bytes[26];

    if (datagram->number < begin || datagram->number >= begin + size)
      continue;
    for (guint j = 0; j < length; j++) {
      const guint at = (guint) (datagram->number - begin) + j * stride;

      if (index[at] != G_MAXUINT)
        rows[n_rows].bits[index[at] / 64] |= G_GUINT64_CONSTANT (1) << index[at] % 64;
    }
    n_rows++;
  }
  return eliminate (rows, n_rows, n_unknown);
}

static guint64
solve (const FecHall *hall)
{
  const guint size = hall->station.columns * hall->station.rows;
  g_autofree guint8 *lost = g_new0 (guint8, hall->station.packets + size);
  g_autoptr (GArray) parity = g_array_new (FALSE, FALSE, sizeof (FecDatagram));
  guint64 left = 0;
  guint from = 0;

  for (guint i = 0; i < hall->sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall->sent, FecDatagram, i);

    if (!datagram->is_parity)
      lost[datagram->number] = hall->lost[i];
  }
  for (gint64 begin = 0; begin < hall->station.packets; begin += size) {
    g_array_set_size (parity, 0);
    for (guint i = from; i < hall->sent->len; i++) {
      const FecDatagram *datagram = &g_array_index (hall->sent, FecDatagram, i);

      if (!datagram->is_parity && datagram->number >= begin + 3 * size)
        break;
      if (!datagram->is_parity && datagram->number < begin)
        from = i;
      if (datagram->is_parity && !hall->lost[i] && datagram->number >= begin
          && datagram->number < begin + size)
        g_array_append_vals (parity, datagram, 1);
    }
    left += solve_matrix (hall, lost, parity, begin);
  }
  return left;
}

/* ---- GStreamer's decoder ---- */

static void
push (GstHarness *harness, const FecDatagram *datagram)
{
  GstBuffer *buffer = gst_buffer_new_memdup (datagram->bytes, datagram->size);

  GST_BUFFER_PTS (buffer) = (GstClockTime) datagram->sent_ns;
  if (harness != NULL)
    gst_harness_push (harness, buffer);
}

static void
start (GstHarness *harness)
{
  gst_harness_set_src_caps_str (harness, "application/x-rtp,media=video,clock-rate=90000,"
                                         "encoding-name=H264,payload=96");
}

/* Its packets carry SSRC 0, so that it takes them. Returns: media packets that never came out */
static guint64
play_stock (const FecHall *hall)
{
  g_autoptr (GstElement) decoder = gst_element_factory_make ("rtpst2022-1-fecdec", NULL);
  g_autofree guint8 *came = g_new0 (guint8, 65536 * 2);
  GstHarness *media, *columns, *rows;
  GstBuffer *buffer;
  guint64 left = 0;

  if (decoder == NULL)
    return 0;
  gst_object_ref_sink (decoder);
  g_object_set (decoder, "size-time", (guint64) 3 * GST_SECOND, NULL);
  media = gst_harness_new_with_element (decoder, "sink", "src");
  columns = gst_harness_new_with_element (decoder, "fec_0", NULL);
  rows = gst_harness_new_with_element (decoder, "fec_1", NULL);
  start (media);
  start (columns);
  start (rows);
  for (guint i = 0; i < hall->sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall->sent, FecDatagram, i);

    if (!hall->lost[i])
      push (!datagram->is_parity ? media : datagram->bytes[24] != 0 ? rows : columns, datagram);
    while ((buffer = gst_harness_try_pull (media)) != NULL) {
      guint8 number[2];

      gst_buffer_extract (buffer, 2, number, 2);
      came[(guint16) ((number[0] << 8 | number[1]) - hall->station.sequence)] = TRUE;
      gst_buffer_unref (buffer);
    }
  }
  for (guint i = 0; i < hall->station.packets; i++)
    left += !came[i];
  gst_harness_teardown (rows);
  gst_harness_teardown (columns);
  gst_harness_teardown (media);
  return left;
}

/* ---- figures ---- */

static Result
run (const Shape *shape, const Network *network)
{
  Result result = { 0 };

  for (guint32 seed = 1; seed <= SEEDS; seed++) {
    FecHall hall = { .latency_ns = LEC_FEC_LONGEST_NS,
                     .station = { .scheme = LEC_REPAIR_2022_1,
                                  .packets = PACKETS,
                                  .interval_ns = 2 * MSECOND,
                                  .columns = shape->columns,
                                  .rows = shape->rows,
                                  .only_rows = shape->only_rows,
                                  .plain = TRUE,
                                  .size = 300,
                                  .seed = seed } };

    fec_hall_open (&hall);
    fec_hall_lose_at_random (&hall, network->loss, network->begin, network->end, seed);
    for (guint i = 0; i < 200; i++) /* the join is no matter of repair */
      hall.lost[i] = FALSE;
    result.lost += fec_hall_count_lost (&hall);
    result.ideal += solve (&hall);
    result.stock += play_stock (&hall);
    fec_hall_play (&hall);
    result.ours += fec_hall_get_stats (&hall).lost;
    if (hall.differing > 0)
      printf ("  %u packets are not what was sent\n", hall.differing);
    reached &= hall.differing == 0;
    fec_hall_close (&hall);
  }
  return result;
}

static void
compare (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (networks); j++) {
      const Result result = run (&shapes[i], &networks[j]);
      const double ideal = (double) MAX (result.ideal, 1);

      printf ("%s, %s: of %" G_GUINT64_FORMAT " lost are left: ideal %" G_GUINT64_FORMAT
              ", ours %" G_GUINT64_FORMAT ", GStreamer's %" G_GUINT64_FORMAT "\n",
              shapes[i].name, networks[j].name, result.lost, result.ideal, result.ours,
              result.stock);
      judge ("ours to the ideal", (double) result.ours / ideal, WITHIN);
      judge ("ours to GStreamer's", (double) result.ours / (double) MAX (result.stock, 1),
             (double) result.stock >= STOCK_POOR * ideal ? STOCK_BEHIND : 1);
    }
  }
}

/* ---- cost ---- */

typedef struct
{
  LecPacket packet;
  gboolean used;
  guint8 bytes[LEC_PACKET_SLOT + LEC_PACKET_SPARE];
} Slot;

static Slot slots[16384]; /* more than wait for a gap */
static guint next_slot;

static void
release (LecPacket *packet)
{
  ((Slot *) packet)->used = FALSE;
}

static LecPacket *
acquire (gsize capacity, gpointer data)
{
  Slot *slot;

  do
    slot = &slots[next_slot++ % G_N_ELEMENTS (slots)];
  while (slot->used);
  slot->used = TRUE;
  slot->packet
      = (LecPacket){ .data = slot->bytes, .capacity = LEC_PACKET_SLOT, .release = release };
  return &slot->packet;
}

static LecPacket *
make_packet (const FecDatagram *datagram, gint64 arrival_ns, gint64 number)
{
  LecPacket *packet = acquire (LEC_PACKET_SLOT, NULL);

  memcpy (packet->data, datagram->bytes, datagram->size);
  packet->size = datagram->size;
  packet->arrival_ns = arrival_ns;
  packet->sender = FEC_STATION_SENDER;
  return packet;
}

static gint64
cpu_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

typedef struct
{
  double ns, heap; /* a packet of media */
} Cost;

static LecSession *
new_session (LecPlayout *playout, gboolean repair)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  lec_stream_add_payload (stream, FEC_STATION_PAYLOAD, "H264", 90000);
  if (repair)
    lec_stream_add_repair (stream, LEC_REPAIR_2022_1, "239.1.1.1", 5006);
  lec_playout_init (playout, 200 * MSECOND, 200 * MSECOND);
  return lec_session_new (stream, &(LecSessionConfig){ .format = &lec_format_rtp,
                                                       .playout = playout,
                                                       .seed = 1,
                                                       .without_repair = !repair,
                                                       .acquire = acquire });
}

/* Fifty thousand packets a second, as the receive thread has them: some dozens at a time. What
 * would be the kernel's is not counted. */
static Cost
measure (const GArray *sent, gboolean repair, double loss)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  LecPlayout playout;
  LecSession *session = new_session (&playout, repair);
  guint64 heap = 0, media = 0;
  gint64 spent_ns = 0;

  for (guint i = 0; i < sent->len;) {
    struct
    {
      LecPacket *packet;
      gboolean is_parity;
    } batch[BATCH];
    guint n = 0;
    gint64 began_ns, now_ns = 0, wake_ns;
    guint64 calls;
    LecItem item;

    for (; n < BATCH && i < sent->len; i++) {
      const FecDatagram *datagram = &g_array_index (sent, FecDatagram, i);

      now_ns = datagram->sent_ns;
      if ((datagram->is_parity && !repair) || g_rand_double (rand) < loss)
        continue;
      batch[n].is_parity = datagram->is_parity;
      batch[n++].packet = make_packet (datagram, now_ns, datagram->number);
      media += !datagram->is_parity;
    }
    calls = heap_calls ();
    began_ns = cpu_now ();
    for (guint j = 0; j < n; j++) {
      if (batch[j].is_parity)
        lec_session_feed_repair (session, batch[j].packet, LEC_REPAIR_2022_1);
      else
        lec_session_feed (session, batch[j].packet, 0);
    }
    while (lec_session_pull (session, now_ns, &item, &wake_ns)) {
      if (item.kind == LEC_ITEM_PACKET)
        lec_packet_release (item.packet);
    }
    spent_ns += cpu_now () - began_ns;
    if (i > sent->len / 2) /* rings have grown by then */
      heap += heap_calls () - calls;
  }
  lec_session_free (session);
  return (Cost){ (double) spent_ns / (double) media, (double) heap / (double) media };
}

static void
weigh (void)
{
  const FecStation station = { .scheme = LEC_REPAIR_2022_1,
                               .packets = FAST_PACKETS,
                               .interval_ns = 20 * 1000,
                               .columns = 10,
                               .rows = 10,
                               .plain = TRUE,
                               .size = 1316,
                               .seed = 1 };
  g_autoptr (GArray) sent = fec_station_send (&station);

  for (guint i = 0; i < 2; i++) {
    const double loss = i * 0.05;
    Cost with = { HUGE_VAL }, without = { HUGE_VAL };

    for (guint round = 0; round < ROUNDS; round++) {
      const Cost a = measure (sent, FALSE, loss), b = measure (sent, TRUE, loss);

      without = a.ns < without.ns ? a : without;
      with = b.ns < with.ns ? b : with;
    }
    printf ("session at 50 000 packets/s, %.0f %% lost: %.0f ns a packet without repair, %.0f with "
            "2-D 10x10; heap calls %.4f\n",
            100 * loss, without.ns, with.ns, with.heap);
    judge ("with to without", with.ns / without.ns, COST);
    judge ("heap calls a packet", with.heap, 0);
  }
}

/* It complains where it cannot read what it has rebuilt. */
static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_log_set_handler ("GStreamer-RTP", G_LOG_LEVEL_CRITICAL, ignore_cb, NULL);
  compare ();
  weigh ();
  printf ("%s\n", reached ? "All goals are reached" : "NOT all goals are reached");
  return 0;
}
