/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-decoder.h"

#include <string.h>

#include "support/fec-station.h"
#include "wire/fec-window.h"

typedef struct
{
  FecStation station;
  GArray *sent;
  LecFecDecoder *decoder;
  guint taken;
} Hall;

static Hall
hall_of (guint columns, guint rows, guint packets)
{
  Hall hall = { .station = { .scheme = LEC_REPAIR_2022_1,
                             .packets = packets,
                             .interval_ns = 5 * MSECOND,
                             .columns = columns,
                             .rows = rows,
                             .sequence = 65000,
                             .seed = 3 } };

  hall.sent = fec_station_send (&hall.station);
  hall.decoder = lec_fec_decoder_new ();
  return hall;
}

static void
hall_clear (Hall *self)
{
  lec_fec_decoder_free (self->decoder);
  g_array_unref (self->sent);
}

static void
note (Hall *self, const LecPacket *packet, gint64 number)
{
  LecPacket copy = *packet;

  copy.extended_sequence = number;
  copy.sequence = (guint16) (self->station.sequence + number);
  lec_fec_decoder_note (self->decoder, &copy);
}

/* What comes out is what was sent. Returns: how many did */
static guint
take_all (Hall *self)
{
  g_autoptr (LecPacket) packet = lec_packet_new (LEC_PACKET_SLOT);
  LecRepairScheme scheme;
  guint count = 0;

  while (lec_fec_decoder_take (self->decoder, packet, FEC_STATION_SSRC, &scheme)) {
    const guint16 number
        = (guint16) ((packet->data[2] << 8 | packet->data[3]) - self->station.sequence);
    gboolean found = FALSE;

    for (guint i = 0; i < self->sent->len && !found; i++) {
      const FecDatagram *datagram = &g_array_index (self->sent, FecDatagram, i);

      found = !datagram->is_parity && (guint16) datagram->number == number
              && datagram->size == packet->size
              && memcmp (datagram->bytes, packet->data, packet->size) == 0;
    }
    g_assert_true (found);
    g_assert_cmpint (scheme, ==, LEC_REPAIR_2022_1);
    note (self, packet, number);
    count++;
  }
  self->taken += count;
  return count;
}

static void
feed (Hall *self, const FecDatagram *datagram)
{
  g_autoptr (LecPacket) packet = fec_station_packet (datagram, datagram->sent_ns);
  LecParity parity;

  if (!datagram->is_parity) {
    note (self, packet, datagram->number);
    return;
  }
  g_assert_true (lec_parity_read (LEC_REPAIR_2022_1, packet, FEC_STATION_SSRC, &parity));
  lec_fec_decoder_add (self->decoder, &parity, datagram->sent_ns);
}

static void
play (Hall *self, const guint8 *lost)
{
  for (guint i = 0; i < self->sent->len; i++) {
    if (lost[i])
      continue;
    feed (self, &g_array_index (self->sent, FecDatagram, i));
    take_all (self);
  }
}

/* Whatever is lost, what comes back is right; and all of it where that is one in each row. */
static void
test_random (void)
{
  for (guint seed = 0; seed < 20; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    Hall hall = hall_of (3 + seed % 10, 4 + seed % 7, 700);
    g_autofree guint8 *lost = g_new0 (guint8, hall.sent->len);

    for (guint i = 20; i < hall.sent->len; i++)
      lost[i] = g_rand_double (rand) < 0.01 * seed;
    play (&hall, lost);
    if (seed > 0)
      g_assert_cmpuint (hall.taken, >, 0);
    hall_clear (&hall);
  }
}

/* In any order, as far as the window reaches. */
static void
test_shuffled (void)
{
  Hall hall = hall_of (6, 6, 240);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  guint lost = 0;

  for (guint i = 50; i + 60 < hall.sent->len; i += 60) {
    for (guint j = 59; j > 0; j--) {
      FecDatagram *a = &g_array_index (hall.sent, FecDatagram, i + j);
      FecDatagram *b = &g_array_index (hall.sent, FecDatagram,
                                       i + (guint) g_rand_int_range (rand, 0, (gint32) j + 1));
      const FecDatagram c = *a;

      *a = *b;
      *b = c;
    }
  }
  for (guint i = 0; i < hall.sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, i);

    if (!datagram->is_parity && datagram->number % 60 == 59 && datagram->number < 180)
      lost++;
    else
      feed (&hall, datagram);
  }
  g_assert_cmpuint (lost, ==, 3);
  g_assert_cmpuint (take_all (&hall), ==, lost);
  hall_clear (&hall);
}

/* A number is missing when a later one has come. */
static void
test_not_yet (void)
{
  Hall hall = hall_of (5, 4, 60);
  FecDatagram last = { 0 };

  for (guint i = 0; i < hall.sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, i);

    if (!datagram->is_parity && datagram->number == 24) {
      last = *datagram;
      continue;
    }
    if (datagram->number > 24)
      break;
    feed (&hall, datagram);
  }
  g_assert_false (lec_fec_decoder_is_ready (hall.decoder));
  g_assert_cmpuint (take_all (&hall), ==, 0);
  last.number = 25;
  feed (&hall, &last);
  g_assert_true (lec_fec_decoder_is_ready (hall.decoder));
  g_assert_cmpuint (take_all (&hall), ==, 1);
  hall_clear (&hall);
}

/* What was sent before the first packet is not missing; and a jump makes all void. */
static void
test_edges (void)
{
  Hall hall = hall_of (5, 4, 100);
  FecDatagram far;

  for (guint i = 3; i < hall.sent->len; i++)
    feed (&hall, &g_array_index (hall.sent, FecDatagram, i));
  g_assert_cmpuint (take_all (&hall), ==, 0);

  lec_fec_decoder_reset (hall.decoder);
  for (guint i = 0; i < hall.sent->len; i++) {
    if (i % 20 != 9)
      feed (&hall, &g_array_index (hall.sent, FecDatagram, i));
  }
  g_assert_true (lec_fec_decoder_is_ready (hall.decoder));
  far = g_array_index (hall.sent, FecDatagram, 0);
  far.number = 100 + LEC_FEC_WINDOW;
  feed (&hall, &far);
  g_assert_false (lec_fec_decoder_is_ready (hall.decoder));
  hall_clear (&hall);
}

/* The window is as long as the largest matrix needs, from the second one on. */
static void
test_large (void)
{
  Hall hall = hall_of (20, 20, 2400);
  g_autofree guint8 *lost = g_new0 (guint8, hall.sent->len);

  for (guint i = 0; i < hall.sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, i);

    lost[i] = datagram->number >= 1000 && datagram->number < 1060 && !datagram->is_parity;
    lost[i] |= datagram->is_parity && datagram->bytes[25] == 1; /* columns only */
  }
  play (&hall, lost);
  g_assert_cmpuint (hall.taken, ==, 0); /* three in each column */
  hall_clear (&hall);

  hall = hall_of (20, 20, 2400);
  for (guint i = 0; i < hall.sent->len; i++)
    lost[i] = lost[i] && (g_array_index (hall.sent, FecDatagram, i).is_parity || i % 7 == 0);
  play (&hall, lost);
  g_assert_cmpuint (hall.taken, >, 0);
  hall_clear (&hall);
}

/* Parity for what never came, more than there is room for, of all sorts: it is bounded, and what
 * comes then is rebuilt all the same. */
static void
test_flood (void)
{
  Hall hall = hall_of (5, 4, 400);
  guint lost = 0;

  for (guint i = 0; i < hall.sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, i);

    for (guint j = 0; j < 40 && i < 200; j++) {
      FecDatagram false_one = *datagram;

      false_one.bytes[13] ^= (guint8) j;
      false_one.bytes[25] = (guint8) (1 + j * 6);
      false_one.bytes[26] = (guint8) (1 + j);
      if (datagram->is_parity)
        feed (&hall, &false_one);
    }
    if (!datagram->is_parity && datagram->number % 20 == 7 && datagram->number > 300
        && datagram->number < 380)
      lost++;
    else if (datagram->number > 250)
      feed (&hall, datagram);
  }
  g_assert_cmpuint (lost, ==, 4);
  g_assert_cmpuint (take_all (&hall), ==, lost);
  hall_clear (&hall);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fec-decoder/random", test_random);
  g_test_add_func ("/fec-decoder/shuffled", test_shuffled);
  g_test_add_func ("/fec-decoder/not-yet", test_not_yet);
  g_test_add_func ("/fec-decoder/edges", test_edges);
  g_test_add_func ("/fec-decoder/large", test_large);
  g_test_add_func ("/fec-decoder/flood", test_flood);
  return g_test_run ();
}
