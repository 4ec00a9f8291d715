/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time of single packets; what a session makes of whole streams is in session-time-test.c and
 * session-stamps-test.c. */
#include "wire/media-time.h"

#include "wire/units.h"

#define RATE 90000
#define FRAME (RATE / 25)

/* A picture each 40 ms, undelayed. */
static void
play (LecMediaTime *self, LecInterarrival *interarrival, guint frames)
{
  for (guint i = 0; i < frames; i++) {
    LecPacket packet = { .media_time = (gint64) i * FRAME, .arrival_ns = i * 40 * MSECOND };

    g_assert_false (lec_media_time_stamp (self, &packet, TRUE, TRUE));
    g_assert_cmpint (lec_media_time_observe (self, &packet, SECOND, TRUE, interarrival), !=,
                     LEC_MEDIA_TIME_BEGINS);
    lec_media_time_present (self, &packet);
  }
}

static LecPacket
rebuilt (gint64 media_time, gint64 arrival_ns)
{
  return (LecPacket){ .media_time = media_time, .arrival_ns = arrival_ns, .recovered = TRUE };
}

/* What was rebuilt gets the time that it would have had, unless its time stamp is none of now. */
static void
test_place (void)
{
  LecMediaTime time;
  LecInterarrival interarrival = { 0 };
  LecPacket packet;

  lec_media_time_init (&time, RATE, FALSE);
  play (&time, &interarrival, 100);
  packet = rebuilt (50 * FRAME, 4 * SECOND);
  g_assert_true (lec_media_time_place (&time, &packet, 3 * SECOND));
  g_assert_cmpint (ABS (packet.pts_ns - 2 * SECOND), <, MSECOND);
  packet = rebuilt (60 * RATE, 4 * SECOND);
  g_assert_false (lec_media_time_place (&time, &packet, 3 * SECOND));
  packet = rebuilt (-60 * RATE, 4 * SECOND);
  g_assert_false (lec_media_time_place (&time, &packet, 3 * SECOND));
}

/* Packets of one frame have one time, and time does not go back while the sender's goes on. */
static void
test_settle (void)
{
  static const struct
  {
    gint64 media_time, pts_ns, settled_ns;
  } rows[] = {
    { 0, 10 * MSECOND, 10 * MSECOND },     { 0, 13 * MSECOND, 10 * MSECOND },
    { FRAME, 50 * MSECOND, 50 * MSECOND }, { 2 * FRAME, 45 * MSECOND, 50 * MSECOND },
    { FRAME, 40 * MSECOND, 40 * MSECOND }, /* sent in another order */
  };
  LecMediaTime time;

  lec_media_time_init (&time, RATE, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecPacket packet = { .media_time = rows[i].media_time,
                         .pts_ns = rows[i].pts_ns,
                         .arrival_ns = rows[i].pts_ns };

    lec_media_time_settle (&time, &packet);
    g_assert_cmpint (packet.pts_ns, ==, rows[i].settled_ns);
  }
}

/* Another rate makes another epoch, the same one does not. */
static void
test_rate (void)
{
  LecMediaTime time;
  guint epoch;

  lec_media_time_init (&time, RATE, TRUE);
  epoch = lec_timeline_get_epoch (&time.timeline);
  g_assert_false (lec_media_time_set_rate (&time, RATE));
  g_assert_cmpuint (lec_timeline_get_epoch (&time.timeline), ==, epoch);
  g_assert_true (lec_media_time_set_rate (&time, 48000));
  g_assert_cmpuint (lec_clock_get_rate (&time.clock), ==, 48000);
  g_assert_cmpuint (lec_timeline_get_epoch (&time.timeline), !=, epoch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-time/place", test_place);
  g_test_add_func ("/media-time/settle", test_settle);
  g_test_add_func ("/media-time/rate", test_rate);
  return g_test_run ();
}
