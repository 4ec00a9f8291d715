/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A transport stream cut in any way: the packets that come out are those that went in. */
#include "wire/ts-framer.h"

#include <string.h>

#include "wire/ts-packet.h"

#define PACKETS 2000
#define SEEDS 10
#define LARGE 1500
#define END 8 /* of the last packets what shows that they are some would come behind them */

typedef struct
{
  const char *name;
  guint sizes[4]; /* of datagrams, in turn; 0: from the first on again, or any up to LARGE */
  guint step;
  guint lead;     /* [bytes] of what is between packets, that come before each */
  guint start;    /* [bytes] of the first packet that are not sent */
  gboolean small; /* too little of it is seen at once to know at once what was lost */
} Row;

static const Row rows[] = {
  { "at packet borders", { 1316 }, 188 },
  { "one packet each", { 188 }, 188 },
  { "FFmpeg without pkt_size", { 1472 }, 188 },
  { "OBS", { 1472, 1472, 32, 408 }, 188, .small = TRUE },
  { "OBS, another remainder", { 1472, 1472, 1472, 596 }, 188 },
  { "half a packet over", { 1410 }, 188 },
  { "a little less than packets", { 1315 }, 188 },
  { "a little more", { 1317 }, 188 },
  { "over two datagrams", { 1000 }, 188 },
  { "over three datagrams", { 100 }, 188, .small = TRUE },
  { "halves", { 94 }, 188, .small = TRUE },
  { "quarters", { 47 }, 188, .small = TRUE },
  { "single bytes", { 1 }, 188, .small = TRUE },
  { "any", { 0 }, 188, .small = TRUE },
  { "a start inside a packet", { 1316 }, 188, .start = 100 },
  { "a start at the end of a packet", { 1472 }, 188, .start = 187 },
  { "a start inside, halves", { 94 }, 188, .start = 1, .small = TRUE },
  { "M2TS", { 1344 }, 192, 4 },
  { "M2TS, cut anywhere", { 1472 }, 192, 4 },
  { "M2TS, cut as if it were none", { 1316 }, 192, 4 },
  { "M2TS, a start inside", { 1344 }, 192, 4, .start = 100 },
  { "with parity", { 1428 }, 204 },
  { "with parity, cut anywhere", { 1472 }, 204 },
  { "with parity, a start inside", { 1428 }, 204, .start = 190 },
  { "with parity of ATSC", { 1456 }, 208 },
  { "with parity, small", { 300 }, 204, .small = TRUE },
};

typedef struct
{
  guint8 packets[PACKETS][LEC_TS_PACKET];
  GByteArray *bytes; /* as they are sent */
  gboolean came[PACKETS], touched[PACKETS];
  guint next;  /* packet that may come out next */
  guint lost;  /* [datagrams] */
  guint mixed; /* packets out that were put together of two */
} Stream;

static void
make_packet (GRand *rand, guint8 *bytes, guint8 *counters)
{
  const guint pid = g_rand_int_range (rand, 0, 3);

  for (guint i = 4; i < LEC_TS_PACKET; i++)
    bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
  bytes[0] = LEC_TS_SYNC;
  bytes[1] = 1;
  bytes[2] = (guint8) pid;
  bytes[3] = 0x10 | (counters[pid]++ & 0x0f);
}

static void
append_random (GByteArray *bytes, GRand *rand, guint count)
{
  for (guint i = 0; i < count; i++) {
    const guint8 byte = (guint8) g_rand_int_range (rand, 0, 256);

    g_byte_array_append (bytes, &byte, 1);
  }
}

static Stream *
stream_new (const Row *row, GRand *rand)
{
  Stream *self = g_new0 (Stream, 1);
  guint8 counters[3] = { 0 };

  self->bytes = g_byte_array_new ();
  for (guint i = 0; i < PACKETS; i++) {
    make_packet (rand, self->packets[i], counters);
    append_random (self->bytes, rand, row->lead);
    g_byte_array_append (self->bytes, self->packets[i], LEC_TS_PACKET);
    append_random (self->bytes, rand, row->step - LEC_TS_PACKET - row->lead);
  }
  return self;
}

static void
stream_free (Stream *self)
{
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* Those are touched of which a byte is among the ones of the stream that are lost. */
static void
touch (Stream *self, const Row *row, guint first, guint size)
{
  for (guint i = 0; i < PACKETS; i++) {
    const guint begin = i * row->step + row->lead;

    self->touched[i] |= begin < first + size && first < begin + LEC_TS_PACKET;
  }
}

/* What comes out went in, and in that order. */
static void
check_out (Stream *self, const guint8 *bytes, gsize size)
{
  g_assert_cmpuint (size % LEC_TS_PACKET, ==, 0);
  for (gsize at = 0; at < size; at += LEC_TS_PACKET) {
    guint i = self->next;

    while (i < PACKETS && memcmp (self->packets[i], bytes + at, LEC_TS_PACKET) != 0)
      i++;
    if (i == PACKETS) {
      self->mixed++;
      continue;
    }
    self->came[i] = TRUE;
    self->next = i + 1;
  }
}

static guint
get_size (const Row *row, GRand *rand, guint turn)
{
  guint n = 0;

  while (n < G_N_ELEMENTS (row->sizes) && row->sizes[n] != 0)
    n++;
  return n > 0 ? row->sizes[turn % n] : (guint) g_rand_int_range (rand, 1, LARGE);
}

/* @loss: share of datagrams that are */
static Stream *
run (const Row *row, GRand *rand, double loss)
{
  Stream *self = stream_new (row, rand);
  LecTsFramer framer = { 0 };
  guint size;

  touch (self, row, 0, row->start);
  for (guint at = row->start, turn = 0; at < self->bytes->len; at += size, turn++) {
    guint8 bytes[LARGE + LEC_TS_FRAMER_PENDING];

    size = get_size (row, rand, turn);
    size = MIN (size, self->bytes->len - at);
    if (turn > 3 && g_rand_double (rand) < loss) {
      touch (self, row, at, size);
      self->lost++;
      continue;
    }
    memcpy (bytes, self->bytes->data + at, size);
    check_out (self, bytes, lec_ts_framer_process (&framer, bytes, size));
  }
  g_assert_cmpuint (framer.step, ==, row->step);
  return self;
}

static void
test_cut (gconstpointer data)
{
  const Row *row = data;

  for (guint32 seed = 0; seed < SEEDS; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    Stream *stream = run (row, rand, 0);

    for (guint i = 0; i < PACKETS - END; i++)
      g_assert_true (stream->came[i] || stream->touched[i]);
    g_assert_cmpuint (stream->mixed, ==, 0);
    stream_free (stream);
  }
}

static void
test_loss (gconstpointer data)
{
  const Row *row = data;

  for (guint32 seed = 0; seed < SEEDS; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    Stream *stream = run (row, rand, row->sizes[0] == 1 ? 0.0003 : row->small ? 0.03 : 0.05);
    guint more = 0;

    for (guint i = 0; i < PACKETS - END; i++)
      more += !stream->came[i] && !stream->touched[i];
    g_test_message ("seed %u: %u lost, %u packets more than were touched, %u mixed", seed,
                    stream->lost, more, stream->mixed);
    g_assert_cmpuint (stream->lost, >, 0);
    g_assert_cmpuint (more, <=, row->small ? 4 * stream->lost : 0);
    /* where two pieces fit and nothing that follows tells: continuity counters then do */
    g_assert_cmpuint (stream->mixed, <=, 1 + stream->lost / 3);
    stream_free (stream);
  }
}

static void
feed (Stream *stream, LecTsFramer *framer, guint at, guint size)
{
  guint8 bytes[LARGE + LEC_TS_FRAMER_PENDING];

  memcpy (bytes, stream->bytes->data + at, size);
  stream->next = 0;
  check_out (stream, bytes, lec_ts_framer_process (framer, bytes, size));
}

/* Each tenth datagram comes later by some: of those that are cut at another place each time nothing
 * is missing, and nothing is put together that does not belong together. */
static void
test_order (gconstpointer data)
{
  static const guint cuts[] = { 1472, 1408, 1000, 1317 };
  const guint behind = GPOINTER_TO_UINT (data);

  for (guint32 seed = 0; seed < SEEDS; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    const guint cut = cuts[seed % G_N_ELEMENTS (cuts)];
    Stream *stream = stream_new (&rows[0], rand);
    const guint n = stream->bytes->len / cut;
    LecTsFramer framer = { 0 };
    guint came = 0;

    for (guint i = 0; i < n; i++) {
      const gboolean late = i % 10 == 9 && i + behind < n;

      if (!late)
        feed (stream, &framer, i * cut, cut);
      if (i >= behind && (i - behind) % 10 == 9)
        feed (stream, &framer, (i - behind) * cut, cut);
    }
    for (guint i = 0; i < PACKETS; i++)
      came += stream->came[i];
    g_test_message ("seed %u: cut %u, %u of %u came, %u mixed", seed, cut, came, PACKETS,
                    stream->mixed);
    g_assert_cmpuint (came, >=, PACKETS - END - n / 10 / 4);
    g_assert_cmpuint (stream->mixed, <=, n / 10 / 16);
    stream_free (stream);
  }
}

/* What is no transport stream makes no packets, and is not kept for ever. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  LecTsFramer framer = { 0 };

  for (guint i = 0; i < 5000; i++) {
    guint8 bytes[LARGE + LEC_TS_FRAMER_PENDING];
    const guint size = (guint) g_rand_int_range (rand, 0, LARGE);

    for (guint j = 0; j < size; j++)
      bytes[j] = (guint8) g_rand_int_range (rand, 0, 256);
    g_assert_cmpuint (lec_ts_framer_process (&framer, bytes, size), <=, 2 * LEC_TS_PACKET);
    g_assert_cmpuint (framer.n_pending, <=, LEC_TS_FRAMER_PENDING);
  }
}

/* A file that is sent again and again, and ends in the middle of a packet. */
static void
test_broken_inside (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  Stream *stream = stream_new (&rows[0], rand);
  LecTsFramer framer = { 0 };
  guint8 bytes[LARGE + LEC_TS_FRAMER_PENDING];

  /* packets 0 to 2, the half of the one after them, then 100 and those after it */
  memcpy (bytes, stream->packets, 3 * LEC_TS_PACKET + 77);
  memcpy (bytes + 3 * LEC_TS_PACKET + 77, stream->packets[100], 4 * LEC_TS_PACKET);
  check_out (stream, bytes, lec_ts_framer_process (&framer, bytes, 7 * LEC_TS_PACKET + 77));
  for (guint i = 0; i < 4; i++)
    g_assert_true (stream->came[100 + i] && (i == 3 || stream->came[i]));
  stream_free (stream);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *cut = g_strdup_printf ("/ts-framer/cut/%s", rows[i].name);
    g_autofree char *loss = g_strdup_printf ("/ts-framer/loss/%s", rows[i].name);

    g_test_add_data_func (cut, &rows[i], test_cut);
    g_test_add_data_func (loss, &rows[i], test_loss);
  }
  g_test_add_data_func ("/ts-framer/order/neighbours", GUINT_TO_POINTER (1), test_order);
  g_test_add_data_func ("/ts-framer/order/later by three", GUINT_TO_POINTER (3), test_order);
  g_test_add_func ("/ts-framer/noise", test_noise);
  g_test_add_func ("/ts-framer/broken-inside", test_broken_inside);
  return g_test_run ();
}
