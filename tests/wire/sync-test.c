/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sync.h"

#include <string.h>

#include "support/bench.h"

#define ERA (G_GUINT64_CONSTANT (3900000000) << 32) /* some year's NTP seconds */

typedef enum {
  GOOD,
  NONE,
  WRONG_SSRC,
  ZERO_NTP,
  FAR_TIMESTAMP,
  OTHER_NAME,
  NO_NAME,
  ONE_AHEAD, /* the second report's clock stands an hour ahead */
  ONE_BEHIND,
  AN_HOUR, /* another wall clock */
} Reports;

/* Two streams of one host, each with what its encoder and the network add. */
typedef struct
{
  const char *story;
  gint64 audio_delay, video_delay; /* [ms] */
  Reports audio, video;
  gint64 audio_lip, video_lip; /* [ms] expected */
} Row;

static const Row rows[] = {
  { "video takes longer", 20, 180, GOOD, GOOD, 160, 0 },
  { "audio takes longer", 320, 60, GOOD, GOOD, 0, 260 },
  { "a difference that nobody sees", 20, 25, GOOD, GOOD, 0, 0 },
  { "nobody reports", 20, 180, NONE, NONE, 0, 0 },
  { "only one reports", 20, 180, GOOD, NONE, 0, 0 },
  { "reports of another SSRC", 20, 180, WRONG_SSRC, GOOD, 0, 0 },
  { "reports without a clock", 20, 180, ZERO_NTP, GOOD, 0, 0 },
  { "reports about another time", 20, 180, FAR_TIMESTAMP, GOOD, 0, 0 },
  { "two hosts", 20, 180, GOOD, OTHER_NAME, 0, 0 },
  { "one that does not say its name", 20, 180, GOOD, NO_NAME, 160, 0 },
  { "one report ahead among good ones", 20, 180, ONE_AHEAD, GOOD, 160, 0 },
  { "one report behind among good ones", 20, 180, ONE_BEHIND, GOOD, 160, 0 },
  { "clocks an hour apart", 20, 180, AN_HOUR, GOOD, 0, 0 },
};

static void
put32 (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (24 - 8 * i));
}

static guint64
ntp_of_ns (gint64 ns)
{
  return ERA + ((guint64) (ns / SECOND) << 32) + ((guint64) (ns % SECOND) << 32) / (guint64) SECOND;
}

/* Two hosts; a common hash (FNV-1a, 64 bits) takes their names for one. */
static const char *const names[] = { "8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ" };

/* What the station says of the moment at which it captured what it sent last. */
static void
report (LecSession *session,
        const Station *station,
        Reports kind,
        gint64 capture_ns,
        gint64 now_ns,
        guint nth)
{
  guint8 bytes[60] = { 0x80, 200, 0, 6, [28] = 0x81, 202, 0, 7, [36] = 1, 20 };
  guint64 ntp = ntp_of_ns (capture_ns);

  if (kind == NONE)
    return;
  if (kind == ZERO_NTP)
    ntp = 0;
  if (kind == AN_HOUR || (kind == ONE_AHEAD && nth == 1))
    ntp += G_GUINT64_CONSTANT (3600) << 32;
  if (kind == ONE_BEHIND && nth == 1)
    ntp -= G_GUINT64_CONSTANT (3600) << 32;
  memcpy (bytes + 38, names[kind == OTHER_NAME], 20);
  put32 (bytes + 4, station->ssrc + (kind == WRONG_SSRC));
  put32 (bytes + 32, station->ssrc);
  put32 (bytes + 8, (guint32) (ntp >> 32));
  put32 (bytes + 12, (guint32) ntp);
  put32 (bytes + 16,
         (guint32) (gint64) station->timestamp + (kind == FAR_TIMESTAMP ? 2 * station->rate : 0));
  lec_session_feed_rtcp (session, bytes, kind == NO_NAME ? 28 : sizeof bytes, 0, now_ns);
}

/* The PTS of the last packet, less the moment of its capture. */
static gint64
run_stream (LecSession *session, Station *station, gint64 delay_ns, gint64 *last_ns)
{
  gint64 shown_ns = 0;
  Trace trace;

  trace_init (&trace);
  trace_send (&trace, station, (guint) (SECOND / station->frame_ns));
  for (guint i = 0; i < trace.arrivals->len; i++) {
    Arrival *arrival = trace_at (&trace, i);
    LecItem item;
    gint64 wake_ns;

    arrival->arrival_ns += delay_ns;
    *last_ns = arrival->arrival_ns;
    lec_session_feed (session, packet_of_arrival (arrival), 0);
    while (lec_session_pull (session, *last_ns, &item, &wake_ns)) {
      g_assert_cmpint (item.kind, !=, LEC_ITEM_GAP);
      if (item.kind != LEC_ITEM_PACKET)
        continue;
      shown_ns = item.packet->pts_ns - arrival_of_packet (item.packet)->truth_ns;
      lec_packet_release (item.packet);
    }
  }
  trace_clear (&trace);
  return shown_ns;
}

static void
run_row (gconstpointer data)
{
  const Row *row = data;
  Station audio = station_audio ();
  Station video = station_video ();
  gint64 audio_delay = row->audio_delay * MSECOND;
  gint64 video_delay = row->video_delay * MSECOND;
  gint64 audio_shown = 0, video_shown = 0;
  gint64 audio_now, video_now;
  LecSession *sessions[2];
  LecPlayout playout;

  lec_playout_init (&playout, 200 * MSECOND, 0);
  sessions[0] = session_of_media (LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, &playout);
  sessions[1] = session_of_media (LEC_MEDIA_VIDEO, LEC_KIND_RTP, 1, &playout);
  video.per_frame = 1;
  for (guint i = 0; i < 5; i++) {
    audio_shown = run_stream (sessions[0], &audio, audio_delay, &audio_now);
    video_shown = run_stream (sessions[1], &video, video_delay, &video_now);
    if (i > 0) { /* one report is enough, and no later one spoils it */
      g_assert_cmpint (ABS (audio_shown - audio_delay - row->audio_lip * MSECOND), <, MSECOND);
      g_assert_cmpint (ABS (video_shown - video_delay - row->video_lip * MSECOND), <, MSECOND);
    }
    report (sessions[0], &audio, row->audio, audio.next_ns, audio_now, i);
    report (sessions[1], &video, row->video, video.next_ns, video_now, i);
    lec_sync_update (sessions, G_N_ELEMENTS (sessions), &playout);
  }
  lec_session_free (sessions[0]);
  lec_session_free (sessions[1]);
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* ---- longer stories ---- */

#define STREAMS 3

/* A camera, its sound, and slides, one second after the other. */
typedef struct
{
  LecPlayout playout;
  LecSession *sessions[STREAMS];
  Station stations[STREAMS];
  gint64 delays[STREAMS]; /* [ms] */
  gint64 shown[STREAMS];  /* [ms] after the capture, of the last packet */
  Reports kinds[STREAMS];
  gint64 wall_ns; /* the wall clock of all was set by so much */
} Stage;

enum {
  SOUND,
  CAMERA,
  SLIDES,
};

static void
stage_init (Stage *stage, gint64 sound, gint64 camera, gint64 slides)
{
  memset (stage, 0, sizeof *stage);
  lec_playout_init (&stage->playout, 200 * MSECOND, 0);
  for (guint i = 0; i < STREAMS; i++) {
    stage->stations[i] = i == SOUND ? station_audio () : station_video ();
    stage->stations[i].per_frame = 1;
    stage->sessions[i] = session_of_media (i == SOUND ? LEC_MEDIA_AUDIO : LEC_MEDIA_VIDEO,
                                           LEC_KIND_RTP, 1, &stage->playout);
  }
  stage->delays[SOUND] = sound;
  stage->delays[CAMERA] = camera;
  stage->delays[SLIDES] = slides;
}

static void
stage_clear (Stage *stage)
{
  for (guint i = 0; i < STREAMS; i++)
    lec_session_free (stage->sessions[i]);
  g_assert_cmpint (packets_alive (), ==, 0);
}

static void
stage_play (Stage *stage, guint seconds)
{
  for (guint second = 0; second < seconds; second++) {
    for (guint i = 0; i < STREAMS; i++) {
      Station *station = &stage->stations[i];
      gint64 now_ns = 0;

      stage->shown[i]
          = run_stream (stage->sessions[i], station, stage->delays[i] * MSECOND, &now_ns) / MSECOND;
      report (stage->sessions[i], station, stage->kinds[i], station->next_ns + stage->wall_ns,
              now_ns, 0);
      lec_sync_update (stage->sessions, STREAMS, &stage->playout);
    }
  }
}

/* Slides from another host neither move nor keep the others from meeting. */
static void
test_two_hosts_of_three_streams (void)
{
  Stage stage;

  stage_init (&stage, 20, 180, 400);
  stage.kinds[SLIDES] = OTHER_NAME;
  stage_play (&stage, 3);
  g_assert_cmpint (stage.shown[SOUND], ==, 180);
  g_assert_cmpint (stage.shown[CAMERA], ==, 180);
  g_assert_cmpint (stage.shown[SLIDES], ==, 400);
  stage_clear (&stage);
}

/* Neither do slides whose clock is an hour off. */
static void
test_one_clock_far_off (void)
{
  Stage stage;

  stage_init (&stage, 20, 180, 400);
  stage.kinds[SLIDES] = AN_HOUR;
  stage_play (&stage, 3);
  g_assert_cmpint (stage.shown[SOUND], ==, 180);
  g_assert_cmpint (stage.shown[CAMERA], ==, 180);
  g_assert_cmpint (stage.shown[SLIDES], ==, 400);
  stage_clear (&stage);
}

/* The whole station's clock is set, by little or much: nothing moves, not for a second. */
static void
test_clock_is_set (void)
{
  static const gint64 steps[] = { 300, -700, 2500, 3600000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    Stage stage;

    stage_init (&stage, 20, 180, 20);
    stage_play (&stage, 5);
    stage.wall_ns = steps[i] * MSECOND;
    for (guint second = 0; second < 30; second++) {
      stage_play (&stage, 1);
      for (guint j = 0; j < STREAMS; j++)
        g_assert_cmpint (stage.shown[j], ==, 180);
    }
    stage_clear (&stage);
  }
}

/* When a picture comes a little sooner than it did it waits for the sound, which stays. */
static void
test_sound_stays (void)
{
  Stage stage;

  stage_init (&stage, 20, 180, 180);
  stage_play (&stage, 20);
  stage.delays[CAMERA] = stage.delays[SLIDES] = 155;
  for (guint second = 0; second < 60; second++) {
    stage_play (&stage, 1);
    g_assert_cmpint (stage.shown[SOUND], ==, 180);
    g_assert_cmpint (stage.shown[CAMERA], >=, 150);
    g_assert_cmpint (stage.shown[CAMERA], <=, 185);
  }
  g_assert_cmpint (ABS (stage.shown[CAMERA] - 180), <, 9);
  stage_clear (&stage);
}

static void
test_no_sessions (void)
{
  lec_sync_update (NULL, 0, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/sync/no-sessions", test_no_sessions);
  g_test_add_func ("/sync/two hosts of three streams", test_two_hosts_of_three_streams);
  g_test_add_func ("/sync/one clock far off", test_one_clock_far_off);
  g_test_add_func ("/sync/clock is set", test_clock_is_set);
  g_test_add_func ("/sync/sound stays", test_sound_stays);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/sync/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], run_row);
  }
  return g_test_run ();
}
