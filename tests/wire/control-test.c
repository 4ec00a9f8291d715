/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RTCP beside a stream, through a session: who is believed, what is shown of them, what we say. */
#include "wire/control.h"

#include <string.h>

#include "support/bench.h"

#define LATENCY (200 * MSECOND)
#define STATION ((guint64) 77 << 16 | 5004) /* its host and port... */
#define STATION_RTCP ((guint64) 77 << 16 | 5005)
#define NEIGHBOUR ((guint64) 78 << 16 | 5005)

typedef struct
{
  Bench bench;
  Station station;
} Room;

static void
room_init (Room *room)
{
  room->station = station_audio ();
  room->station.sender = STATION;
  bench_init (&room->bench, LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, LATENCY);
}

static void
room_play (Room *room, guint frames)
{
  Trace trace;

  trace_init (&trace);
  trace_send (&trace, &room->station, frames);
  trace_sort (&trace);
  bench_play (&room->bench, &trace);
  trace_clear (&trace);
}

static void
room_hear (Room *room, guint64 sender, const void *bytes, gsize size)
{
  lec_session_feed_rtcp (room->bench.session, bytes, size, sender, room->bench.now_ns);
}

static LecStats
room_stats (const Room *room)
{
  return lec_session_get_stats (room->bench.session);
}

static void
describe (Room *room, guint64 sender, guint32 ssrc, guint8 item, const char *text)
{
  guint8 bytes[300]
      = { 0x80, 201, 0, 1, 0, 0, 0, (guint8) ssrc, 0x81, 202, 0, 0, 0, 0, 0, (guint8) ssrc, item };
  gsize length = strlen (text);
  gsize size = (18 + length + 1 + 3) / 4 * 4;

  bytes[11] = (guint8) ((size - 8) / 4 - 1);
  bytes[17] = (guint8) length;
  memcpy (bytes + 18, text, length);
  room_hear (room, sender, bytes, size);
}

static void
say_bye (Room *room, guint64 sender)
{
  /* of three that leave together ours is the last */
  static const guint8 bye[]
      = { 0x80, 201, 0, 1, 0, 0, 0, 9, 0x83, 203, 0, 3, 0, 0, 0, 9, 0, 0, 0, 8, 0, 0, 0, 1 };

  room_hear (room, sender, bye, sizeof bye);
}

/* What somebody else says of the station is not shown, and what it says itself is made fit to be.
 */
static void
test_names (void)
{
  Room room;

  room_init (&room);
  describe (&room, STATION_RTCP, 1, 2, "too early");
  room_play (&room, 10);
  g_assert_cmpstr (room_stats (&room).station, ==, "");
  describe (&room, NEIGHBOUR, 1, 2, "Somebody else");
  describe (&room, STATION_RTCP, 2, 2, "Another stream");
  g_assert_cmpstr (room_stats (&room).station, ==, "");
  describe (&room, STATION_RTCP, 1, 1, "user@192.0.2.1");
  g_assert_cmpstr (room_stats (&room).station, ==, "user@192.0.2.1");
  describe (&room, STATION_RTCP, 1, 2, "  Hall\t1\n\xe2\x80\xae ");
  g_assert_cmpstr (room_stats (&room).station, ==, "Hall 1");
  describe (&room, STATION_RTCP, 1, 6, "Caster \xff 2");
  g_assert_cmpstr (room_stats (&room).tool, ==, "Caster \xef\xbf\xbd 2");
  describe (&room, STATION_RTCP, 1, 2,
            "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää");
  g_assert_true (g_utf8_validate (room_stats (&room).station, -1, NULL));
  g_assert_cmpuint (strlen (room_stats (&room).station), ==, 62);

  room.station.ssrc = 99; /* another station */
  room_play (&room, 50);
  describe (&room, STATION_RTCP, 98, 2, "x");
  g_assert_cmpstr (room_stats (&room).station, ==, "");
  g_assert_cmpstr (room_stats (&room).tool, ==, "");
  bench_finish (&room.bench);
}

/* A goodbye from elsewhere is nothing; a true one is so until something comes. */
static void
test_goodbye (void)
{
  LecStats stats;
  Room room;

  room_init (&room);
  room_play (&room, 50);
  say_bye (&room, NEIGHBOUR);
  g_assert_false (room_stats (&room).ended);
  say_bye (&room, STATION_RTCP);
  g_assert_true (room_stats (&room).ended);
  room_play (&room, 50);
  g_assert_false (room_stats (&room).ended);
  say_bye (&room, STATION_RTCP);
  stats = bench_finish (&room.bench);
  g_assert_true (stats.ended);
  g_assert_cmpuint (stats.out, ==, 100);
  g_assert_cmpuint (stats.restarts, ==, 0);
}

/* A neighbour that says goodbye in the station's name does not open the door for itself. */
static void
test_heir_of_a_forged_goodbye (void)
{
  LecStats stats;
  Room room;

  room_init (&room);
  room_play (&room, 50);
  say_bye (&room, NEIGHBOUR);
  room.station.ssrc = 99;
  room.station.sender = NEIGHBOUR;
  room_play (&room, 5);
  stats = room_stats (&room);
  g_assert_cmpuint (stats.ssrc, ==, 1);
  g_assert_cmpuint (stats.restarts, ==, 0);
  bench_finish (&room.bench);
}

static void
report (Room *room, guint64 sender, gint64 wall_ns, gint64 moved)
{
  guint8 bytes[28] = { 0x80, 200, 0, 6, 0, 0, 0, 1 };
  guint32 words[] = { 0xe0000000 + (guint32) (wall_ns / SECOND),
                      (guint32) (((guint64) (wall_ns % SECOND) << 32) / (guint64) SECOND),
                      (guint32) ((gint64) room->station.timestamp + moved) };

  for (guint i = 0; i < 12; i++)
    bytes[8 + i] = (guint8) (words[i / 4] >> (24 - 8 * (i % 4)));
  room_hear (room, sender, bytes, sizeof bytes);
}

static void
test_reports (void)
{
  LecSessionSync sync;
  Room room;

  room_init (&room);
  room_play (&room, 50);
  report (&room, NEIGHBOUR, room.bench.now_ns, 0);
  g_assert_false (lec_session_get_sync (room.bench.session, &sync));
  report (&room, STATION_RTCP, room.bench.now_ns, 2 * 8000); /* of another moment */
  g_assert_false (lec_session_get_sync (room.bench.session, &sync));
  report (&room, STATION_RTCP, room.bench.now_ns, -80 * 8000); /* from before the stream began */
  g_assert_false (lec_session_get_sync (room.bench.session, &sync));
  g_assert_cmpint (room_stats (&room).last_report_ns, ==, -1);
  report (&room, STATION_RTCP, room.bench.now_ns, 0);
  g_assert_true (lec_session_get_sync (room.bench.session, &sync));
  g_assert_cmpuint (room_stats (&room).reports, ==, 1);
  g_assert_cmpint (room_stats (&room).last_report_ns, ==, room.bench.now_ns);
  bench_finish (&room.bench);
}

/* A station that only reports is there: before it sends, whoever reports as a sender; then it
 * alone, whatever is believed of what it says. */
static void
test_sign (void)
{
  Room room;
  gint64 then_ns;

  room_init (&room);
  describe (&room, STATION_RTCP, 1, 1, "station"); /* who only listens says as much */
  g_assert_cmpint (room_stats (&room).last_sign_ns, ==, -1);
  report (&room, STATION_RTCP, room.bench.now_ns, 0);
  g_assert_cmpint (room_stats (&room).last_sign_ns, ==, room.bench.now_ns);
  g_assert_cmpint (room_stats (&room).last_report_ns, ==, -1);
  then_ns = room.bench.now_ns;
  room_play (&room, 50);
  g_assert_cmpint (room.bench.now_ns, >, then_ns);
  report (&room, NEIGHBOUR, room.bench.now_ns, 0);
  describe (&room, STATION_RTCP, 2, 1, "listener");
  g_assert_cmpint (room_stats (&room).last_sign_ns, ==, then_ns);
  describe (&room, STATION_RTCP, 1, 1, "station");
  g_assert_cmpint (room_stats (&room).last_sign_ns, ==, room.bench.now_ns);
  bench_finish (&room.bench);
}

/* The station reports that it has sent so many packets by now. */
static void
count (Room *room, guint32 packets)
{
  guint8 bytes[28] = { 0x80, 200, 0, 6, 0, 0, 0, 1 };

  for (guint i = 0; i < 4; i++)
    bytes[20 + i] = (guint8) (packets >> (24 - 8 * i));
  room_hear (room, STATION_RTCP, bytes, sizeof bytes);
}

/* What it has counted by two reports, and by one after two seconds of silence. */
static LecSilence
fall_silent (guint32 first, guint32 second, guint32 third)
{
  LecSilence silence;
  Room room;

  room_init (&room);
  room.station.sequence = 65500; /* it wraps meanwhile */
  room_play (&room, 50);
  count (&room, first);
  room_play (&room, 50);
  count (&room, second);
  g_assert_cmpint (room_stats (&room).silence, ==, LEC_SILENCE_UNKNOWN);
  room.bench.now_ns += 500 * MSECOND;
  count (&room, third); /* what it tells of may be on its way */
  g_assert_cmpint (room_stats (&room).silence, ==, LEC_SILENCE_UNKNOWN);
  room.bench.now_ns += 1500 * MSECOND;
  room.station.next_ns += 2 * SECOND;
  room.station.timestamp += 2 * room.station.rate;
  count (&room, third);
  silence = room_stats (&room).silence;
  room_play (&room, 5);
  g_assert_cmpint (room_stats (&room).silence, ==, LEC_SILENCE_UNKNOWN);
  bench_finish (&room.bench);
  return silence;
}

/* A station that sends nothing is told from one that is not heard by what it counts; and one that
 * does not count is not believed. */
static void
test_silence (void)
{
  static const struct
  {
    guint32 first, second, third;
    LecSilence silence;
  } rows[] = {
    { 50, 100, 100, LEC_SILENCE_PAUSE },        { 50, 100, 200, LEC_SILENCE_LOSS },
    { 50, 100, 102, LEC_SILENCE_UNKNOWN },   /* the last ones may be lost */
    { 4000, 4053, 4053, LEC_SILENCE_PAUSE }, /* it sends to others, too, and has sent before */
    { 4294967260u, 14, 14, LEC_SILENCE_PAUSE }, { 4294967260u, 14, 90, LEC_SILENCE_LOSS },
    { 0, 0, 0, LEC_SILENCE_UNKNOWN },           { 7, 7, 7, LEC_SILENCE_UNKNOWN },
    { 500, 1000, 1000, LEC_SILENCE_UNKNOWN }, /* of something else */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%u, %u, %u", rows[i].first, rows[i].second, rows[i].third);
    g_assert_cmpint (fall_silent (rows[i].first, rows[i].second, rows[i].third), ==,
                     rows[i].silence);
  }
}

static void
test_participants (void)
{
  static const guint8 bye[] = { 0x81, 203, 0, 1, 0, 0, 0, 5 };
  Room room;

  room_init (&room);
  describe (&room, NEIGHBOUR, 5, 1, "a");
  describe (&room, NEIGHBOUR, 6, 1, "b");
  describe (&room, STATION_RTCP, 1, 1, "c");
  room_hear (&room, NEIGHBOUR, "garbage", 7);
  g_assert_cmpuint (room_stats (&room).participants, ==, 3);
  room_hear (&room, STATION_RTCP, bye, sizeof bye);
  g_assert_cmpuint (room_stats (&room).participants, ==, 3);
  room_hear (&room, NEIGHBOUR, bye, sizeof bye);
  g_assert_cmpuint (room_stats (&room).participants, ==, 2);
  lec_session_reset (room.bench.session);
  g_assert_cmpuint (room_stats (&room).participants, ==, 0);
  bench_finish (&room.bench);
}

/* ---- what we say ---- */

static void
allow (Room *room)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);

  lec_stream_add_leg (stream, "239.1.1.1", 5004)->rtcp_port = 5005;
  stream->rtcp_receivers = 100000;
  lec_session_allow_reports (room->bench.session, stream, "nobody", 3);
}

/* The stream plays until a report is due. */
static LecReportBlock
await_report (Room *room)
{
  guint8 bytes[LEC_RTCP_MAX];
  LecReportBlock block = { 0 };

  for (guint i = 0; i < 1000; i++) {
    LecRtcpReader reader;
    LecRtcpItem item;
    gsize size;

    room_play (room, 1);
    if (lec_session_get_report_time (room->bench.session) > room->bench.now_ns)
      continue;
    size = lec_session_write_report (room->bench.session, room->bench.now_ns, bytes);
    reader = lec_rtcp_read (bytes, size);
    while (lec_rtcp_next (&reader, &item)) {
      if (item.kind == LEC_RTCP_BLOCK)
        block = item.block;
    }
    if (size > 0)
      return block;
  }
  g_error ("no report");
}

/* A sender reads from it what has arrived: with numbers of its own, through wraps and restarts. */
static void
test_our_report (void)
{
  LecReportBlock block;
  LecStats stats;
  Room room;

  room_init (&room);
  allow (&room);
  g_assert_cmpint (lec_session_get_report_time (room.bench.session), ==, G_MAXINT64);
  room.station.sequence = 65500;
  room_play (&room, 50);
  report (&room, STATION_RTCP, room.bench.now_ns, 0);
  room.station.sequence += 10;
  block = await_report (&room);
  g_assert_cmpuint (block.ssrc, ==, 1);
  g_assert_cmpint (block.lost, ==, 10);
  g_assert_cmpuint (block.fraction, >, 0);
  g_assert_cmpuint (block.highest, ==, 0x10000u + (guint16) (room.station.sequence - 1));
  g_assert_cmpuint (block.last_report, !=, 0);
  g_assert_cmpuint (block.delay, >, 0);
  g_assert_cmpuint (block.delay, <, 6 * 65536);
  block = await_report (&room);
  g_assert_cmpuint (block.fraction, ==, 0);

  room.station.ssrc = 99;
  room.station.sequence = 7;
  block = await_report (&room);
  g_assert_cmpuint (block.ssrc, ==, 99);
  g_assert_cmpint (block.lost, ==, 0);
  g_assert_cmpuint (block.last_report, ==, 0);
  stats = bench_finish (&room.bench);
  g_assert_cmpuint (stats.reports_sent, ==, 3);
}

/* What comes twice makes up for nothing. */
static void
test_our_report_of_duplicates (void)
{
  LecReportBlock block;
  Trace trace;
  Room room;

  room_init (&room);
  allow (&room);
  trace_init (&trace);
  trace_send (&trace, &room.station, 50);
  for (guint i = 0; i < 50; i++) {
    Arrival again = *trace_at (&trace, i);

    g_array_append_val (trace.arrivals, again);
  }
  trace_sort (&trace);
  bench_play (&room.bench, &trace);
  trace_clear (&trace);
  room.station.sequence += 20;
  block = await_report (&room);
  g_assert_cmpint (block.lost, ==, 20);
  bench_finish (&room.bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/control/names", test_names);
  g_test_add_func ("/control/goodbye", test_goodbye);
  g_test_add_func ("/control/heir of a forged goodbye", test_heir_of_a_forged_goodbye);
  g_test_add_func ("/control/reports", test_reports);
  g_test_add_func ("/control/sign", test_sign);
  g_test_add_func ("/control/silence", test_silence);
  g_test_add_func ("/control/participants", test_participants);
  g_test_add_func ("/control/our report", test_our_report);
  g_test_add_func ("/control/our report of duplicates", test_our_report_of_duplicates);
  return g_test_run ();
}
