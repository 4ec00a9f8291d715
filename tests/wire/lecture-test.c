/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A lecture of thirty days: what adds up over time. One packet a second, so that both counters
 * wrap dozens of times and it takes some seconds. */
#include <math.h>

#include "support/bench.h"

#define DAY (G_GINT64_CONSTANT (86400) * SECOND)
#define DAYS 30
#define SPACING SECOND
#define JITTER (2 * MSECOND)
#define SETTLED (60 * SECOND) /* after each restart */

typedef struct
{
  const char *name;
  double drift_ppm;
  gint64 latency_ns;
} Lecture;

static const Lecture lectures[] = {
  { "slow clock", 200, LEC_LATENCY_AUTO },
  { "fast clock", -200, 200 * MSECOND },
};

typedef struct
{
  LecSession *session;
  GRand *rng;
  gint64 worst_ns; /* furthest that a PTS was from the truth once settled */
  gint64 settled_ns;
  gint64 last_pts_ns;
  guint64 out, gaps;
} Hall;

static void
take_packet (Hall *hall, LecPacket *packet)
{
  const Arrival *arrival = arrival_of_packet (packet);
  gint64 error = packet->pts_ns - arrival->truth_ns;

  g_assert_cmpint (packet->pts_ns, >=, hall->last_pts_ns);
  hall->last_pts_ns = packet->pts_ns;
  if (arrival->truth_ns >= hall->settled_ns)
    hall->worst_ns = MAX (hall->worst_ns, ABS (error));
  hall->out++;
  lec_packet_release (packet);
}

static void
take_all (Hall *hall, gint64 now_ns)
{
  gint64 wake_ns;
  LecItem item;

  while (lec_session_pull (hall->session, now_ns, &item, &wake_ns)) {
    if (item.kind == LEC_ITEM_PACKET)
      take_packet (hall, item.packet);
    else if (item.kind == LEC_ITEM_GAP)
      hall->gaps++;
  }
}

static void
report (Hall *hall, const Arrival *arrival, gint64 wall_ns)
{
  guint8 bytes[28] = { 0x80, 200, 0, 6 };
  guint64 seconds = (guint64) (wall_ns / SECOND);
  guint64 fraction = (((guint64) (wall_ns % SECOND)) << 32) / SECOND;
  guint64 words[] = { arrival->ssrc, seconds & 0xffffffff, fraction, arrival->timestamp };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    for (guint j = 0; j < 4; j++)
      bytes[4 + 4 * i + j] = (guint8) (words[i] >> (24 - 8 * j));
  }
  lec_session_feed_rtcp (hall->session, bytes, sizeof bytes, arrival->sender, arrival->arrival_ns);
}

static void
run_lecture (gconstpointer data)
{
  const Lecture *lecture = data;
  Hall hall = { .rng = g_rand_new_with_seed (11), .settled_ns = SETTLED };
  Arrival arrival = { .ssrc = 1, .sender = 1, .payload_type = 96, .sequence = 65000 };
  gint64 step_ns = (gint64) ((double) SPACING * (1 + lecture->drift_ppm * 1e-6));
  gint64 wall_ns = G_GINT64_CONSTANT (3900000000) * SECOND;
  guint64 fed = 0;
  LecPlayout playout;
  LecStats stats;

  lec_playout_init (&playout, lecture->latency_ns, LEC_LATENCY_FIRST_NS);
  hall.session = session_of_media (LEC_MEDIA_VIDEO, LEC_KIND_RTP, 1, &playout);
  for (gint64 at_ns = SECOND; at_ns < DAYS * DAY; at_ns += step_ns, fed++) {
    /* a new SSRC each day, the same one with other numbers in between */
    if (at_ns / (DAY / 2) != (at_ns - step_ns) / (DAY / 2)) {
      arrival.ssrc += (guint) (at_ns / (DAY / 2) % 2);
      arrival.sequence += 30000;
      arrival.timestamp += 0x50000000;
      at_ns += 3 * SECOND;
      hall.settled_ns = at_ns + SETTLED;
    }
    arrival.truth_ns = at_ns;
    arrival.arrival_ns = at_ns - (gint64) (log (1 - g_rand_double (hall.rng)) * (double) JITTER);
    take_all (&hall, arrival.arrival_ns);
    lec_session_feed (hall.session, packet_of_arrival (&arrival), 0);
    take_all (&hall, arrival.arrival_ns);
    g_assert_cmpint (packets_alive (), <=, 8);
    if (fed % 10 == 0) /* on the fifteenth day its wall clock is set, and set back */
      report (&hall, &arrival, wall_ns + (at_ns / DAY == 15 ? SECOND : 0));
    arrival.sequence++;
    arrival.timestamp += 90000;
    wall_ns += SPACING;
  }
  take_all (&hall, G_MAXINT64 / 2);

  stats = lec_session_get_stats (hall.session);
  g_test_message ("off by %.3f ms, drift %.2f ppm, latency %.0f ms, %" G_GUINT64_FORMAT
                  " out, %" G_GUINT64_FORMAT " restarts",
                  (double) hall.worst_ns / MSECOND, stats.drift_ppm,
                  (double) stats.latency_ns / MSECOND, hall.out, stats.restarts);
  g_assert_cmpuint (hall.out, ==, fed);
  g_assert_cmpuint (hall.gaps, ==, 0);
  g_assert_cmpuint (stats.restarts, ==, 2 * DAYS - 1);
  g_assert_cmpint (hall.worst_ns, <, 5 * MSECOND);
  g_assert_cmpfloat (ABS (stats.drift_ppm - lecture->drift_ppm), <, 10);
  g_assert_cmpint (stats.latency_ns, <=, 200 * MSECOND);
  lec_session_free (hall.session);
  g_assert_cmpint (packets_alive (), ==, 0);
  g_rand_free (hall.rng);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (lectures); i++) {
    g_autofree char *path = g_strdup_printf ("/lecture/%s", lectures[i].name);

    g_test_add_data_func (path, &lectures[i], run_lecture);
  }
  return g_test_run ();
}
