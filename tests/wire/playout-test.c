/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One answer to when things are shown, for streams that need different ones. */
#include "wire/playout.h"

#define MSECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MSECOND)
#define LATENCY (150 * MSECOND)
#define SPACING (20 * MSECOND)

/* Lets packets of @stream come, all of them so late; returns the time after that. */
static gint64
delay (LecPlayoutStream *stream, gint64 delay_ns, gint64 now_ns, gint64 duration_ns)
{
  const gint64 end_ns = now_ns + duration_ns;

  for (; now_ns < end_ns; now_ns += SPACING)
    lec_playout_stream_note_delay (stream, delay_ns, now_ns);
  return now_ns;
}

/* A fixed one is what it was set to, whatever the network does. */
static void
test_fixed (void)
{
  LecPlayout playout;
  LecPlayoutStream *stream;

  lec_playout_init (&playout, LATENCY, LEC_LATENCY_FIRST_NS);
  stream = lec_playout_add (&playout, LEC_MEDIA_AUDIO);
  delay (stream, SECOND, 0, 10 * SECOND);
  g_assert_false (lec_playout_agree (&playout));
  g_assert_false (lec_playout_stream_is_automatic (stream));
  g_assert_cmpint (lec_playout_stream_get_latency (stream), ==, LATENCY);
  lec_playout_set_latency (&playout, 2 * LATENCY);
  g_assert_cmpint (lec_playout_stream_get_latency (stream), ==, 2 * LATENCY);
  g_assert_true (lec_playout_agree (&playout));
  g_assert_false (lec_playout_agree (&playout));
  g_assert_cmpint (playout.latency_ns, ==, 2 * LATENCY);
}

/* The one that needs most decides, once it was agreed; what one needs by itself stays known. */
static void
test_agree (void)
{
  LecPlayout playout;
  LecPlayoutStream *picture, *sound;
  gint64 now_ns, needed_ns;

  lec_playout_init (&playout, LEC_LATENCY_AUTO, LEC_LATENCY_FIRST_NS);
  picture = lec_playout_add (&playout, LEC_MEDIA_VIDEO);
  sound = lec_playout_add (&playout, LEC_MEDIA_AUDIO);
  g_assert_true (lec_playout_get_stream (&playout, 0) == picture);
  g_assert_true (lec_playout_get_stream (&playout, 1) == sound);
  g_assert_false (lec_playout_agree (&playout));
  now_ns = delay (picture, 400 * MSECOND, 0, 300 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_needed (picture), >=, 400 * MSECOND); /* soon */
  now_ns = delay (picture, 400 * MSECOND, now_ns, 10 * SECOND);
  needed_ns = lec_playout_stream_get_needed (picture);
  g_assert_cmpint (needed_ns, >=, 400 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_latency (picture), ==, needed_ns);
  g_assert_cmpint (lec_playout_stream_get_latency (sound), ==, LEC_LATENCY_FIRST_NS);
  g_assert_true (lec_playout_agree (&playout));
  g_assert_cmpint (playout.latency_ns, ==, needed_ns);
  g_assert_cmpint (lec_playout_stream_get_latency (sound), ==, needed_ns);
  g_assert_cmpint (lec_playout_stream_get_hold_time (sound), ==, needed_ns);
  g_assert_cmpint (lec_playout_stream_get_needed (sound), ==, LEC_LATENCY_FIRST_NS);
  g_assert_false (lec_playout_agree (&playout));

  /* and sound that comes by itself in time stays where the picture is */
  delay (sound, 0, now_ns, 120 * SECOND);
  lec_playout_agree (&playout);
  g_assert_cmpint (lec_playout_stream_get_latency (sound), ==, needed_ns);
}

/* Automatic again, it begins with what is in force, so that nothing jumps; and what was agreed
 * before does not bind. */
static void
test_set_latency (void)
{
  LecPlayout playout;
  LecPlayoutStream *stream;

  lec_playout_init (&playout, LEC_LATENCY_AUTO, LEC_LATENCY_FIRST_NS);
  stream = lec_playout_add (&playout, LEC_MEDIA_VIDEO);
  delay (stream, 600 * MSECOND, 0, 10 * SECOND);
  lec_playout_agree (&playout);
  g_assert_cmpint (playout.latency_ns, >, 600 * MSECOND);
  lec_playout_set_latency (&playout, 50 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_latency (stream), ==, 50 * MSECOND);
  g_assert_true (lec_playout_agree (&playout));

  lec_playout_set_latency (&playout, LEC_LATENCY_AUTO);
  g_assert_true (lec_playout_stream_is_automatic (stream));
  g_assert_cmpint (lec_playout_stream_get_latency (stream), ==, 50 * MSECOND);
  g_assert_true (lec_playout_agree (&playout)); /* it is found in another way */
  g_assert_false (lec_playout_agree (&playout));

  lec_playout_begin (&playout, LEC_LATENCY_AUTO, 300 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_latency (stream), ==, 300 * MSECOND);
}

/* A join that was rough is forgotten where a guess can be mended soon. */
static void
test_opening (void)
{
  for (gboolean quick = FALSE; quick <= TRUE; quick++) {
    LecPlayout playout;
    LecPlayoutStream *stream;

    lec_playout_init (&playout, LEC_LATENCY_AUTO, LEC_LATENCY_FIRST_NS);
    lec_playout_set_smooth (&playout, TRUE);
    lec_playout_set_quick (&playout, quick);
    stream = lec_playout_add (&playout, LEC_MEDIA_VIDEO);
    delay (stream, 300 * MSECOND, 0, SECOND);
    g_assert_cmpint (lec_playout_stream_get_latency (stream), >, 300 * MSECOND);
    delay (stream, MSECOND, 1300 * MSECOND, 10 * SECOND);
    if (quick)
      g_assert_cmpint (lec_playout_stream_get_latency (stream), <=, 30 * MSECOND);
    else
      g_assert_cmpint (lec_playout_stream_get_latency (stream), >, 300 * MSECOND);
  }
}

/* Holes have time for as long as play-out is behind, and longer where the stream waits for others.
 */
static void
test_hold_time (void)
{
  LecPlayout playout;
  LecPlayoutStream *picture, *sound;

  lec_playout_init (&playout, LATENCY, LEC_LATENCY_FIRST_NS);
  picture = lec_playout_add (&playout, LEC_MEDIA_VIDEO);
  sound = lec_playout_add (&playout, LEC_MEDIA_AUDIO);
  g_assert_cmpint (lec_playout_stream_get_hold_time (picture), ==, LATENCY);
  lec_playout_set_delay (&playout, 2 * LATENCY);
  g_assert_cmpint (lec_playout_stream_get_hold_time (picture), ==, 2 * LATENCY);
  g_assert_cmpint (lec_playout_stream_get_hold_time (sound), ==, 2 * LATENCY);
  g_assert_cmpint (lec_playout_stream_get_latency (picture), ==, LATENCY);
  lec_playout_set_delay (&playout, LATENCY / 2);
  g_assert_cmpint (lec_playout_stream_get_hold_time (picture), ==, LATENCY);
  lec_playout_stream_set_sync_offset (picture, 40 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_hold_time (picture), ==, LATENCY + 40 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_hold_time (sound), ==, LATENCY);
}

/* Sound steps at once, and that is told once; pictures go there unseen. */
static void
test_sync_offset (void)
{
  LecPlayout playout;
  LecPlayoutStream *picture, *sound;
  gint64 pts_ns = 0;

  lec_playout_init (&playout, LATENCY, LEC_LATENCY_FIRST_NS);
  picture = lec_playout_add (&playout, LEC_MEDIA_VIDEO);
  sound = lec_playout_add (&playout, LEC_MEDIA_AUDIO);
  g_assert_cmpint (lec_playout_stream_shift (picture, 0, 0), ==, 0);
  g_assert_cmpint (lec_playout_stream_shift (sound, 0, 0), ==, 0);
  lec_playout_stream_set_sync_offset (picture, 40 * MSECOND);
  lec_playout_stream_set_sync_offset (sound, 40 * MSECOND);
  g_assert_cmpint (lec_playout_stream_get_sync_offset (picture), ==, 40 * MSECOND);
  g_assert_false (lec_playout_stream_take_step (picture));
  g_assert_true (lec_playout_stream_take_step (sound));
  g_assert_false (lec_playout_stream_take_step (sound));
  g_assert_cmpint (lec_playout_stream_get_shift (picture), ==, 0);
  g_assert_cmpint (lec_playout_stream_get_shift (sound), ==, 40 * MSECOND);

  for (gint64 i = 1; i <= 10 * SECOND / SPACING; i++)
    pts_ns = lec_playout_stream_shift (picture, i, i * SPACING);
  g_assert_cmpint (pts_ns, ==, 10 * SECOND + 40 * MSECOND);
  g_assert_false (lec_playout_stream_take_step (picture));
  lec_playout_stream_set_sync_offset (picture, 400 * MSECOND); /* too far for that */
  lec_playout_stream_set_sync_offset (sound, 41 * MSECOND);    /* not worth it */
  g_assert_true (lec_playout_stream_take_step (picture));
  g_assert_false (lec_playout_stream_take_step (sound));
}

/* A text that comes in fits holds up nobody; where there is nothing else, it is as with others. */
static void
test_text (void)
{
  for (guint i = 0; i < 2; i++) {
    LecPlayout playout;
    LecPlayoutStream *text, *sound = NULL;

    lec_playout_init (&playout, LEC_LATENCY_AUTO, LEC_LATENCY_FIRST_NS);
    text = lec_playout_add (&playout, LEC_MEDIA_TEXT);
    if (i == 0)
      sound = lec_playout_add (&playout, LEC_MEDIA_AUDIO);
    delay (text, 400 * MSECOND, 0, 10 * SECOND);
    if (sound != NULL)
      delay (sound, 10 * MSECOND, 0, 10 * SECOND);
    lec_playout_agree (&playout);
    if (sound != NULL)
      g_assert_cmpint (playout.latency_ns, <=, LATENCY);
    else
      g_assert_cmpint (playout.latency_ns, >=, 400 * MSECOND);
  }
}

/* Where something is rebuilt, an automatic latency is longer by that; what is remembered of the
 * network is not. It follows what is longer, and only what is much shorter. */
static void
test_repair_time (void)
{
  static const struct
  {
    gint64 repair_ms, added_ms;
  } rows[] = { { 251, 260 }, { 240, 260 }, { 131, 260 }, { 305, 310 }, { 90, 90 }, { 0, 0 } };
  LecPlayout playout;
  LecPlayoutStream *stream;

  lec_playout_init (&playout, LEC_LATENCY_AUTO, LATENCY);
  stream = lec_playout_add (&playout, LEC_MEDIA_VIDEO);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    lec_playout_stream_set_repair_time (stream, rows[i].repair_ms * MSECOND);
    lec_playout_agree (&playout);
    g_assert_cmpint (playout.latency_ns, ==, LATENCY + rows[i].added_ms * MSECOND);
    g_assert_cmpint (lec_playout_stream_get_hold_time (stream), ==, playout.latency_ns);
    g_assert_cmpint (playout.network_ns, ==, LATENCY);
  }

  lec_playout_init (&playout, LATENCY, LATENCY);
  stream = lec_playout_add (&playout, LEC_MEDIA_VIDEO);
  lec_playout_stream_set_repair_time (stream, SECOND);
  g_assert_false (lec_playout_agree (&playout));
  g_assert_cmpint (lec_playout_stream_get_latency (stream), ==, LATENCY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/playout/fixed", test_fixed);
  g_test_add_func ("/playout/agree", test_agree);
  g_test_add_func ("/playout/set-latency", test_set_latency);
  g_test_add_func ("/playout/opening", test_opening);
  g_test_add_func ("/playout/hold-time", test_hold_time);
  g_test_add_func ("/playout/sync-offset", test_sync_offset);
  g_test_add_func ("/playout/text", test_text);
  g_test_add_func ("/playout/repair-time", test_repair_time);
  return g_test_run ();
}
