/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session makes of parity: lost packets come back to the byte, play-out waits as long as
 * that takes and no longer, and who lies changes nothing. */
#include "wire/session.h"

#include <string.h>

#include "support/fec-hall.h"
#include "wire/fec-layout.h"

#define LATENCY (2 * SECOND) /* time enough for any of the matrices here */

static FecHall
hall_of (LecRepairScheme scheme, guint columns, guint rows, guint packets)
{
  return (FecHall){ .latency_ns = LATENCY,
                    .station = { .scheme = scheme,
                                 .packets = packets,
                                 .interval_ns = 5 * MSECOND,
                                 .columns = columns,
                                 .rows = rows,
                                 .sequence = 65500,
                                 .seed = 7 } };
}

/* Each row: what is lost of a matrix of four by four, the third of ten, and how much of it comes
 * back. Numbers are in the matrix; parity of a row or column is named by its index. */
static void
test_patterns (void)
{
  static const struct
  {
    const char *story;
    int media[8], rows[4], columns[4]; /* from 1 on; 0: no more */
    guint left;
  } rows[] = {
    { "one packet", { 6 }, { 0 }, { 0 }, 0 },
    { "one packet and its row", { 6 }, { 2 }, { 0 }, 0 },
    { "one packet and its column", { 6 }, { 0 }, { 2 }, 0 },
    { "one packet with all of its parity", { 6 }, { 2 }, { 2 }, 1 },
    { "the first and the last one", { 1, 16 }, { 0 }, { 0 }, 0 },
    { "two of a row", { 5, 8 }, { 0 }, { 0 }, 0 },
    { "two of a column", { 2, 14 }, { 0 }, { 0 }, 0 },
    { "a burst as long as a row", { 5, 6, 7, 8 }, { 0 }, { 0 }, 0 },
    { "a burst across two rows", { 6, 7, 8, 9, 10 }, { 0 }, { 0 }, 0 },
    { "an L: column, then row", { 1, 2, 5 }, { 0 }, { 0 }, 0 },
    { "a chain through all rows and columns", { 1, 2, 6, 7, 11, 12, 16 }, { 0 }, { 0 }, 0 },
    { "the same, without the parity where it begins", { 1, 2, 6, 7, 11, 12, 16 }, { 4 }, { 1 }, 7 },
    { "a square of four, which no sums tell apart", { 1, 2, 5, 6 }, { 0 }, { 0 }, 4 },
    { "a square, and one beside it", { 1, 2, 5, 6, 12 }, { 0 }, { 0 }, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    FecHall hall = hall_of (LEC_REPAIR_2022_1, 4, 4, 160);
    LecStats stats;
    guint lost;

    fec_hall_open (&hall);
    for (guint j = 0; j < 8 && rows[i].media[j] > 0; j++)
      fec_hall_lose (&hall, 32 + rows[i].media[j] - 1);
    for (guint j = 0; j < 4 && rows[i].rows[j] > 0; j++)
      fec_hall_lose_parity (&hall, 32 + 4 * (rows[i].rows[j] - 1), 1);
    for (guint j = 0; j < 4 && rows[i].columns[j] > 0; j++)
      fec_hall_lose_parity (&hall, 32 + rows[i].columns[j] - 1, 4);
    lost = fec_hall_count_lost (&hall);
    fec_hall_play (&hall);
    stats = fec_hall_get_stats (&hall);
    g_test_message ("%s: %" G_GUINT64_FORMAT " of %u left", rows[i].story, stats.lost, lost);
    g_assert_cmpuint (stats.lost, ==, rows[i].left);
    g_assert_cmpuint (stats.recovered, ==, lost - rows[i].left);
    g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].repaired, ==, stats.recovered);
    g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].unrepaired, ==, rows[i].left);
    g_assert_cmpuint (stats.unrepaired, ==, rows[i].left);
    g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].late, ==, 0);
    g_assert_cmpuint (hall.out, ==, 160 - rows[i].left);
    g_assert_cmpuint (hall.differing, ==, 0);
    fec_hall_close (&hall);
  }
}

/* Every scheme and shape: each packet that may be lost alone is lost alone, once. */
static void
test_singles (void)
{
  static const struct
  {
    LecRepairScheme scheme;
    guint columns, rows;
    gboolean without_rows, only_rows, draft;
  } rows[] = {
    { LEC_REPAIR_2022_1, 4, 4, FALSE, FALSE },
    { LEC_REPAIR_2022_1, 5, 10, TRUE, FALSE },
    { LEC_REPAIR_2022_1, 20, 5, FALSE, FALSE },
    { LEC_REPAIR_2022_1, 8, 4, FALSE, TRUE },
    { LEC_REPAIR_2022_1, 1, 6, TRUE, FALSE },
    { LEC_REPAIR_ULPFEC, 4, 0, FALSE, FALSE },
    { LEC_REPAIR_ULPFEC, 40, 0, FALSE, FALSE },
    { LEC_REPAIR_FLEXFEC, 5, 4, FALSE, FALSE },
    { LEC_REPAIR_FLEXFEC, 10, 5, TRUE, FALSE },
    { LEC_REPAIR_FLEXFEC, 10, 5, FALSE, TRUE },
    { LEC_REPAIR_FLEXFEC, 10, 5, FALSE, FALSE, TRUE },
    { LEC_REPAIR_FLEXFEC, 12, 0, FALSE, FALSE },
    { LEC_REPAIR_FLEXFEC, 40, 0, FALSE, FALSE },
    { LEC_REPAIR_FLEXFEC, 12, 0, FALSE, FALSE, TRUE },
    { LEC_REPAIR_FLEXFEC, 46, 0, FALSE, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    FecHall hall = hall_of (rows[i].scheme, rows[i].columns, rows[i].rows, 400);
    LecStats stats;

    hall.station.without_rows = rows[i].without_rows;
    hall.station.only_rows = rows[i].only_rows;
    hall.station.draft = rows[i].draft;
    fec_hall_open (&hall);
    /* one in each block of any kind, at another place each time */
    for (guint number = 50; number < 300; number += 101)
      fec_hall_lose (&hall, number);
    fec_hall_play (&hall);
    stats = fec_hall_get_stats (&hall);
    g_assert_cmpuint (stats.repairs[rows[i].scheme].repaired, ==, 3);
    g_assert_cmpuint (stats.recovered, ==, 3);
    g_assert_cmpuint (stats.lost, ==, 0);
    g_assert_cmpuint (stats.gaps, ==, 0);
    g_assert_cmpuint (hall.out, ==, 400);
    g_assert_cmpuint (hall.differing, ==, 0);
    fec_hall_close (&hall);
  }
}

/* Parity that stands among the media each fifth packet is missed by nobody, wherever frames end. */
static void
test_lost_parity_among_media (void)
{
  FecHall hall = hall_of (LEC_REPAIR_ULPFEC, 5, 0, 500);
  LecStats stats;

  fec_hall_open (&hall);
  for (gint64 base = 100; base < 400; base += 50)
    fec_hall_lose_parity (&hall, base, 0);
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_assert_cmpuint (hall.out, ==, 500);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.gaps, ==, 0);
  g_assert_cmpuint (stats.unrepaired, ==, 0);
  fec_hall_close (&hall);
}

/* Whether it is there or not, repair tells the session nothing of clock and network. */
static void
test_nothing_learnt (void)
{
  LecStats stats[2];

  for (guint i = 0; i < 2; i++) {
    FecHall hall = hall_of (LEC_REPAIR_2022_1, 5, 5, 2000);

    hall.without_repair = i == 1;
    fec_hall_open (&hall);
    fec_hall_lose_at_random (&hall, 0.02, 0, 0, 5);
    fec_hall_play (&hall);
    stats[i] = fec_hall_get_stats (&hall);
    fec_hall_close (&hall);
  }
  g_assert_cmpuint (stats[0].recovered, >, 20);
  g_assert_cmpuint (stats[0].lost, <=, 2);
  g_assert_cmpuint (stats[1].recovered, ==, 0);
  g_assert_cmpuint (stats[1].lost, ==, stats[0].recovered + stats[0].lost);
  g_assert_cmpuint (stats[0].received, ==, stats[1].received);
  g_assert_cmpuint (stats[0].bytes, ==, stats[1].bytes);
  g_assert_cmpint (stats[0].jitter_ns, ==, stats[1].jitter_ns);
  g_assert_cmpint (stats[0].delay_ns, ==, stats[1].delay_ns);
  g_assert_cmpfloat (stats[0].drift_ppm, ==, stats[1].drift_ppm);
  g_assert_cmpuint (stats[0].legs[0].lost, ==, stats[1].legs[0].lost);
  g_assert_cmpuint (stats[0].duplicate, ==, 0);
  g_assert_cmpuint (stats[0].discarded, ==, 0);
}

/* A packet that was rebuilt and then comes, as it was only late, was not repaired. */
static void
test_overtaken (void)
{
  FecHall hall = hall_of (LEC_REPAIR_2022_1, 5, 5, 200);
  LecStats stats;

  fec_hall_open (&hall);
  for (guint i = 0; i < hall.sent->len; i++) {
    const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, i);

    if (!datagram->is_parity && datagram->number % 50 == 32)
      hall.late_ns[i] = 60 * MSECOND;
  }
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_assert_cmpuint (stats.recovered, ==, 0);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].repaired, ==, 0);
  g_assert_cmpuint (stats.duplicate, ==, 0);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (hall.out, ==, 200);
  fec_hall_close (&hall);
}

/* Of ULPFEC among the media parity is lost too, and nobody misses it: it is known by its place. */
static void
test_lost_parity (void)
{
  FecHall hall = hall_of (LEC_REPAIR_ULPFEC, 5, 0, 1000);
  guint lost = 0;
  LecStats stats;

  hall.station.groups_end_frames = TRUE;
  fec_hall_open (&hall);
  for (gint64 base = 105; base < 900; base += 35) {
    fec_hall_lose_parity (&hall, base, 0);
    lost++;
  }
  fec_hall_lose (&hall, 122); /* in a group whose parity comes */
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_assert_cmpuint (lost, ==, 23);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.gaps, ==, 0);
  g_assert_cmpuint (stats.unrepaired, ==, 0);
  g_assert_cmpuint (stats.recovered, ==, 1);
  g_assert_cmpuint (hall.out, ==, 1000);
  fec_hall_close (&hall);
}

/* ---- time ---- */

/* A quarter of an hour of which the third minute is bad. */
static void
test_latency (void)
{
  FecHall hall = hall_of (LEC_REPAIR_2022_1, 10, 5, 60000);
  const gint64 span_ns = 50 * 5 * MSECOND;
  LecStats stats;
  gint64 quiet_ns;

  hall.latency_ns = LEC_LATENCY_AUTO;
  fec_hall_open (&hall);
  for (guint number = 24000; number < 36000; number += 53)
    fec_hall_lose (&hall, number);
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);

  quiet_ns = hall.latencies_ns[100];
  g_assert_cmpint (quiet_ns, <=, 150 * MSECOND);
  g_assert_cmpint (hall.latencies_ns[119], ==, quiet_ns);
  for (guint second = 122; second < 240; second++)
    g_assert_cmpint (hall.latencies_ns[second], >=, span_ns);
  for (guint second = 122; second < 240; second++)
    g_assert_cmpint (hall.latencies_ns[second], <=, quiet_ns + 2 * span_ns + 20 * MSECOND);
  for (guint second = 243; second < 300; second++)
    g_assert_cmpint (hall.latencies_ns[second], <=, quiet_ns);
  g_assert_cmpuint (stats.lost, <=, 1);
  g_assert_cmpuint (hall.differing, ==, 0);
  fec_hall_close (&hall);
}

/* Columns only: the first loss cannot be waited for, all others can. */
static void
test_first_loss (void)
{
  FecHall hall = hall_of (LEC_REPAIR_2022_1, 10, 10, 4000);
  LecStats stats;

  hall.latency_ns = LEC_LATENCY_AUTO;
  hall.station.without_rows = TRUE;
  fec_hall_open (&hall);
  for (guint number = 1000; number < 3900; number += 211)
    fec_hall_lose (&hall, number);
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].late, ==, 1);
  g_assert_cmpuint (stats.repairs[LEC_REPAIR_2022_1].unrepaired, ==, 0);
  g_assert_cmpuint (stats.lost, ==, 1);
  g_assert_cmpuint (stats.recovered, ==, fec_hall_count_lost (&hall) - 1);
  g_assert_cmpint (hall.playout.latency_ns, >=, 100 * 5 * MSECOND);
  fec_hall_close (&hall);
}

/* Two of a row without columns: as soon as the row's parity has come, nothing can rebuild them, and
 * they are given up; not before, and not at the end of the latency. */
static void
test_hopeless (void)
{
  FecHall hall = hall_of (LEC_REPAIR_2022_1, 40, 4, 4000);
  guint pairs = 0;

  hall.latency_ns = LEC_LATENCY_AUTO;
  hall.station.only_rows = TRUE;
  hall.station.interval_ns = 10 * MSECOND;
  fec_hall_open (&hall);
  for (guint number = 401; number < 3900; number += 80)
    fec_hall_lose (&hall, number);
  for (guint number = 2001; number < 3900; number += 400) {
    fec_hall_lose (&hall, number);
    fec_hall_lose (&hall, number + 20);
  }
  fec_hall_play (&hall);
  g_assert_cmpint (hall.playout.latency_ns, >=, 400 * MSECOND);
  for (guint i = 0; i < hall.gaps->len; i++) {
    const FecGap *gap = &g_array_index (hall.gaps, FecGap, i);
    const gint64 sent_ns = SECOND + gap->number * 10 * MSECOND;
    const gint64 parity_ns = SECOND + (gap->number / 40 * 40 + 39) * 10 * MSECOND;

    if (gap->number < 2000)
      continue; /* the first loss of all */
    pairs++;
    g_test_message ("%d given up %d ms after it was sent, %d after its parity", (int) gap->number,
                    (int) ((gap->at_ns - sent_ns) / MSECOND),
                    (int) ((gap->at_ns - parity_ns) / MSECOND));
    g_assert_cmpint (gap->at_ns, >=, parity_ns);
    g_assert_cmpint (gap->at_ns, <=, MAX (parity_ns, sent_ns + 150 * MSECOND) + 12 * MSECOND);
  }
  g_assert_cmpuint (pairs, >=, 8);
  fec_hall_close (&hall);
}

/* ---- liars ---- */

typedef void (*Lie) (FecDatagram *datagram, GRand *rand);

static void
lie_length (FecDatagram *datagram, GRand *rand)
{
  datagram->bytes[14] ^= 0x40;
}

static void
lie_type (FecDatagram *datagram, GRand *rand)
{
  datagram->bytes[16] ^= 0x11;
}

static void
lie_time (FecDatagram *datagram, GRand *rand)
{
  datagram->bytes[20] ^= 0x80;
}

static void
lie_base (FecDatagram *datagram, GRand *rand)
{
  datagram->bytes[12] ^= 0x55;
}

static void
lie_size (FecDatagram *datagram, GRand *rand)
{
  datagram->size = 28 + (guint) g_rand_int_range (rand, 0, 20);
}

static void
lie_everywhere (FecDatagram *datagram, GRand *rand)
{
  for (guint i = 12; i < datagram->size; i++)
    datagram->bytes[i] = (guint8) g_rand_int (rand);
}

/* No false packet is played, nothing is learnt, and the honest parity beside it still works. */
static void
test_lies (void)
{
  static const Lie lies[] = { lie_length, lie_type, lie_time, lie_base, lie_size, lie_everywhere };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++) {
    FecHall hall = hall_of (LEC_REPAIR_2022_1, 5, 5, 1000);
    g_autoptr (GRand) rand = g_rand_new_with_seed (i);
    LecStats stats;

    fec_hall_open (&hall);
    for (guint number = 103; number < 900; number += 31)
      fec_hall_lose (&hall, number);
    for (guint j = 0; j < hall.sent->len; j++) {
      FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, j);

      if (datagram->is_parity && datagram->bytes[25] == 1)
        lies[i](datagram, rand);
    }
    fec_hall_play (&hall);
    stats = fec_hall_get_stats (&hall);
    g_assert_cmpuint (stats.lost, ==, 0);
    g_assert_cmpuint (stats.recovered, ==, fec_hall_count_lost (&hall));
    g_assert_cmpuint (hall.differing, ==, 0);
    g_assert_cmpuint (stats.restarts, ==, 0);
    g_assert_cmpfloat (stats.drift_ppm, <, 1);
    fec_hall_close (&hall);
  }
}

/* Parity of another computer is not even looked at. */
static void
test_stranger (void)
{
  FecHall hall = hall_of (LEC_REPAIR_2022_1, 5, 5, 100);
  LecPacket *packet;
  LecStats stats;

  fec_hall_open (&hall);
  fec_hall_play (&hall);
  stats = fec_hall_get_stats (&hall);
  for (guint i = 0; i < hall.sent->len; i++) {
    packet = fec_station_packet (&g_array_index (hall.sent, FecDatagram, i), hall.now_ns);
    packet->sender += (guint64) 1 << 16;
    lec_session_feed_repair (hall.session, packet, LEC_REPAIR_2022_1);
  }
  g_assert_cmpuint (fec_hall_get_stats (&hall).parity, ==, stats.parity);
  fec_hall_close (&hall);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-fec/patterns", test_patterns);
  g_test_add_func ("/session-fec/singles", test_singles);
  g_test_add_func ("/session-fec/nothing-learnt", test_nothing_learnt);
  g_test_add_func ("/session-fec/lost-parity-among-media", test_lost_parity_among_media);
  g_test_add_func ("/session-fec/overtaken", test_overtaken);
  g_test_add_func ("/session-fec/lost-parity", test_lost_parity);
  g_test_add_func ("/session-fec/latency", test_latency);
  g_test_add_func ("/session-fec/first-loss", test_first_loss);
  g_test_add_func ("/session-fec/hopeless", test_hopeless);
  g_test_add_func ("/session-fec/lies", test_lies);
  g_test_add_func ("/session-fec/stranger", test_stranger);
  return g_test_run ();
}
