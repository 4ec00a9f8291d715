/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loss, order and copies of datagrams without a number, through a whole session. */
#include "wire/ts-order.h"

#include <string.h>

#include "support/bench.h"
#include "support/ts-station.h"

#define LATENCY (200 * MSECOND)
#define SPACING (3 * MSECOND)
#define SENDER (G_GUINT64_CONSTANT (1) << 16)

/* What the network does to datagrams; each with a seed of its own. */
typedef struct
{
  const char *name;
  TsPlan plan;
  double loss;      /* share that is lost */
  guint swap;       /* each so many come late; 0: none */
  guint behind;     /* by so many; 0: by one */
  guint copy;       /* each so many come twice; 0: none */
  guint copy_later; /* datagrams in between */
  guint per_datagram;
  double lost_from, lost_to; /* share that is to be told */
  guint legs;
} Row;

#define VIDEO                                                                                      \
  {                                                                                                \
    256, 0x1b, 20                                                                                  \
  }
#define SOUND                                                                                      \
  {                                                                                                \
    257, 0x0f, 2                                                                                   \
  }
#define STREAMS .streams = { VIDEO, SOUND }
#define ONE                                                                                        \
  {                                                                                                \
    .programs = { { 1, 4096, 256, STREAMS } }                                                      \
  }
#define STUFFED                                                                                    \
  {                                                                                                \
    .nulls = 12, .programs = { { 1, 4096, 256, STREAMS } }                                         \
  }
#define CLOCK_APART                                                                                \
  {                                                                                                \
    .nulls = 40, .programs = { { 1, 4096, 300, STREAMS } }                                         \
  }
#define MANY                                                                                       \
  {                                                                                                \
    .programs                                                                                      \
        = { { 1, 100, 256, .streams = { { 256, 0x1b, 9 }, SOUND } },                               \
            { 2, 101, 356, .streams = { { 356, 0x1b, 9 }, { 357, 0x0f, 2 } } },                    \
            { 3, 102, 456, .streams = { { 456, 0x1b, 9 }, { 457, 0x0f, 2 } } } }                   \
  }

static const Row rows[] = {
  { "nothing", ONE, .per_datagram = 7 },
  { "nothing, one packet each", ONE, .per_datagram = 1 },
  { "nothing, stuffing", STUFFED, .per_datagram = 7 },
  { "nothing, the clock on a PID of its own and much stuffing", CLOCK_APART, .per_datagram = 7 },
  { "nothing, many programs", MANY, .per_datagram = 7 },
  { "5 % lost", ONE, 0.05, .per_datagram = 7, .lost_from = 0.04, .lost_to = 0.06 },
  { "1 % lost", ONE, 0.01, .per_datagram = 7, .lost_from = 0.008, .lost_to = 0.012 },
  { "10 % lost", ONE, 0.10, .per_datagram = 7, .lost_from = 0.08, .lost_to = 0.11 },
  { "5 % lost, stuffing", STUFFED, 0.05, .per_datagram = 7, .lost_from = 0.035, .lost_to = 0.06 },
  { "5 % lost, many programs", MANY, 0.05, .per_datagram = 7, .lost_from = 0.04, .lost_to = 0.06 },
  { "5 % lost, one packet each", ONE, 0.05, .per_datagram = 1, .lost_from = 0.04, .lost_to = 0.06 },
  { "neighbours trade places", ONE, .swap = 10, .per_datagram = 7 },
  { "neighbours trade places, stuffing", STUFFED, .swap = 10, .per_datagram = 7 },
  { "neighbours trade places, many programs", MANY, .swap = 10, .per_datagram = 7 },
  { "one comes late by five", ONE, .swap = 20, .behind = 5, .per_datagram = 7 },
  { "all twice", ONE, .copy = 1, .per_datagram = 7 },
  { "all twice, much stuffing", CLOCK_APART, .copy = 1, .per_datagram = 7 },
  { "some twice, a little later", ONE, .copy = 5, .copy_later = 3, .per_datagram = 7 },
  { "on two legs", ONE, .copy = 1, .per_datagram = 7, .legs = 2 },
};

/* Thirty seconds of it, in datagrams. */
static GPtrArray *
make_datagrams (const Row *row)
{
  GPtrArray *datagrams = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const guint piece = row->per_datagram * LEC_TS_PACKET;
  TsMux mux;

  ts_mux_init (&mux);
  ts_mux_run (&mux, &row->plan, 30 * 25);
  for (guint at = 0; at + piece <= mux.bytes->len; at += piece)
    g_ptr_array_add (datagrams, g_bytes_new (mux.bytes->data + at, piece));
  ts_mux_clear (&mux);
  return datagrams;
}

/* Each so many come later by some places. */
static void
delay (GPtrArray *datagrams, guint each, guint behind)
{
  for (guint i = each; i + behind < datagrams->len; i += each) {
    gpointer late = datagrams->pdata[i];

    for (guint j = 0; j < behind; j++)
      datagrams->pdata[i + j] = datagrams->pdata[i + j + 1];
    datagrams->pdata[i + behind] = late;
  }
}

static void
feed (Bench *bench, GBytes *datagram, guint leg)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (datagram, &size);

  bench_feed (bench, packet_of_bytes (bytes, size, bench->now_ns, SENDER), leg);
}

/* Whether a copy of it can be told: stuffing is alike, and its copies do no harm. */
static gboolean
means_something (GBytes *datagram)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (datagram, &size);

  for (gsize at = 0; at < size; at += LEC_TS_PACKET) {
    LecTsPacket packet;

    if (lec_ts_packet_parse (bytes + at, &packet) && packet.pid != LEC_TS_NULL_PID
        && lec_ts_packet_has_payload (&packet))
      return TRUE;
  }
  return FALSE;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GPtrArray) datagrams = make_datagrams (row);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint lost = 0, copies = 0, swaps = 0;
  LecTsStats *ts = g_new0 (LecTsStats, 1);
  LecStats stats;
  Bench bench;
  double share;

  if (row->swap > 0)
    delay (datagrams, row->swap, MAX (row->behind, 1));
  bench_init (&bench, LEC_MEDIA_VIDEO, LEC_KIND_TS, MAX (row->legs, 1), LATENCY);
  for (guint i = 0; i < datagrams->len; i++) {
    GBytes *datagram = g_ptr_array_index (datagrams, i);

    bench_advance (&bench, SECOND + i * SPACING);
    if (row->swap > 0 && i % row->swap == 0 && i > 0)
      swaps++;
    if (g_rand_double (rand) < row->loss) {
      lost++;
      continue;
    }
    feed (&bench, datagram, 0);
    if (row->copy > 0 && i % row->copy == 0 && i >= row->copy_later) {
      GBytes *again = g_ptr_array_index (datagrams, i - row->copy_later);

      copies += means_something (again);
      feed (&bench, again, row->legs > 1);
    }
  }
  lec_session_read_ts (bench.session, bench.now_ns, ts);
  stats = bench_finish (&bench);
  share = (double) stats.lost / datagrams->len;
  g_test_message ("%s: lost %u, told %" G_GUINT64_FORMAT ", reordered %" G_GUINT64_FORMAT
                  " duplicate %" G_GUINT64_FORMAT " late %" G_GUINT64_FORMAT,
                  row->name, lost, stats.lost, stats.reordered, stats.duplicate, stats.late);
  g_assert_cmpfloat (share, >=, row->lost_from);
  g_assert_cmpfloat (share, <=, row->lost_to);
  g_assert_cmpuint (stats.duplicate, ==, copies);
  g_assert_cmpuint (stats.late, ==, 0);
  g_assert_cmpuint (stats.discarded, ==, 0);
  g_assert_cmpuint (stats.restarts, ==, 0);
  if (row->loss == 0.0) {
    g_assert_cmpuint (ts->lost, ==, 0); /* they were put in order again */
    g_assert_cmpuint (stats.gaps, ==, 0);
    if (row->swap > 0) {
      g_assert_cmpuint (stats.reordered, >=, swaps * 3 / 4);
      g_assert_cmpuint (stats.reordered, <=, swaps);
    } else {
      g_assert_cmpuint (stats.reordered, ==, 0);
    }
  } else { /* by chance a counter is that of one long missing */
    g_assert_cmpuint (stats.reordered, <=, lost / 20 + 1);
  }
  g_free (ts);
}

/* A sender that says that its counters begin anew is believed, and so is one that was not heard for
 * long. */
static void
test_discontinuity (void)
{
  static const TsPlan plan = ONE;
  LecStats stats;
  TsMux mux;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_VIDEO, LEC_KIND_TS, 1, LATENCY);
  ts_mux_init (&mux);
  for (guint i = 0; i < 20; i++) {
    GBytes *datagram;

    g_byte_array_set_size (mux.bytes, 0);
    ts_mux_run (&mux, &plan, 3);
    /* each PID says so in a packet that has nothing else */
    if (i > 0) {
      for (guint16 pid = 256; pid < 258; pid++) {
        guint8 *packet;

        mux.counters[pid] += 5;
        ts_mux_put (&mux, pid, FALSE, NULL, 0, -1);
        packet = mux.bytes->data + mux.bytes->len - LEC_TS_PACKET;
        packet[5] |= 0x80;
      }
    }
    datagram = g_bytes_new (mux.bytes->data, mux.bytes->len);
    bench_advance (&bench, SECOND + i * 100 * MSECOND);
    feed (&bench, datagram, 0);
    g_bytes_unref (datagram);
  }
  stats = bench_finish (&bench);
  ts_mux_clear (&mux);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.out, ==, 20);
}

/* Who sends anew counts anew. */
static void
test_another_sender (void)
{
  static const TsPlan plan = ONE;
  LecStats stats;
  Bench bench;

  bench_init (&bench, LEC_MEDIA_VIDEO, LEC_KIND_TS, 1, LATENCY);
  for (guint i = 0; i < 4; i++) {
    TsMux mux;

    ts_mux_init (&mux);
    ts_mux_run (&mux, &plan, 2 + i);
    bench_advance (&bench, SECOND + i * 3 * SECOND);
    bench_feed (&bench,
                packet_of_bytes (mux.bytes->data, mux.bytes->len, bench.now_ns, SENDER * (1 + i)),
                0);
    ts_mux_clear (&mux);
  }
  stats = bench_finish (&bench);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.restarts, ==, 3);
}

/* What is in the middle of a key frame of a picture that stands still is alike from one to the
 * next, and by chance the counters are too. */
static void
test_alike_later (void)
{
  static const TsPlan plan = ONE;
  g_autoptr (LecTsOrder) order = lec_ts_order_new ();
  const guint8 *piece;
  const gsize size = 1472;
  TsMux mux;

  ts_mux_init (&mux);
  ts_mux_run (&mux, &plan, 25);
  g_assert_cmpuint (mux.bytes->len, >, 100 + size);
  piece = mux.bytes->data + 100;
  g_assert_false (lec_ts_order_is_repeated (order, piece, size, SECOND));
  g_assert_true (lec_ts_order_is_repeated (order, piece, size, SECOND + 100 * MSECOND));
  g_assert_false (lec_ts_order_is_repeated (order, piece, size, SECOND + 500 * MSECOND));
  g_assert_true (lec_ts_order_is_repeated (order, piece, size, SECOND + 501 * MSECOND));
  ts_mux_clear (&mux);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/ts-order/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/ts-order/discontinuity", test_discontinuity);
  g_test_add_func ("/ts-order/another-sender", test_another_sender);
  g_test_add_func ("/ts-order/alike-later", test_alike_later);
  return g_test_run ();
}
