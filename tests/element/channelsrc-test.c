/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* channelsrc with a sender beside it, in a network namespace: what leaves its pads. */
#include "element/plugin.h"

#include <glib/gstdio.h>

#include "fixture.h"
#include "report/report.h"
#include "wire/ts-section.h"

#define FRONT "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Test\r\nc=IN IP4 239.9.9.1/1\r\nt=0 0\r\n"
#define AUDIO "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 L16/48000/2\r\n"
#define VIDEO "m=video 5006 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
#define GROUP "239.9.9.1"

static const RtpHeader audio_header
    = { .payload = 97, .sequence = 65500, .timestamp = 0xfffffff0, .step = 48, .ssrc = 7 };
static const RtpHeader video_header
    = { .payload = 96, .sequence = 100, .timestamp = 5, .step = 90, .ssrc = 8 };

static GstEventType
next_event_type (Fixture *fixture, guint pad)
{
  GstMiniObject *thing = fixture_next (fixture, pad);
  GstEventType type;

  g_assert_true (GST_IS_EVENT (thing));
  type = GST_EVENT_TYPE (thing);
  gst_mini_object_unref (thing);
  return type;
}

/* Nobody sends: downstream learns everything all the same. */
static void
test_announced (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO VIDEO, "lo");
  char *ids[2];
  guint groups[2];

  fixture_set_state (fixture, GST_STATE_PAUSED);
  g_assert_cmpuint (fixture->n_pads, ==, 2);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstEvent) start = GST_EVENT (fixture_next (fixture, i));
    g_autoptr (GstEvent) caps_event = GST_EVENT (fixture_next (fixture, i));
    g_autoptr (GstEvent) segment_event = GST_EVENT (fixture_next (fixture, i));
    const GstSegment *segment;
    const char *id;
    GstCaps *caps;

    g_assert_cmpint (GST_EVENT_TYPE (start), ==, GST_EVENT_STREAM_START);
    g_assert_true (gst_event_parse_group_id (start, &groups[i]));
    gst_event_parse_stream_start (start, &id);
    ids[i] = g_strdup (id);

    g_assert_cmpint (GST_EVENT_TYPE (caps_event), ==, GST_EVENT_CAPS);
    gst_event_parse_caps (caps_event, &caps);
    g_assert_cmpstr (gst_structure_get_string (gst_caps_get_structure (caps, 0), "media"), ==,
                     i == 0 ? "audio" : "video");

    g_assert_cmpint (GST_EVENT_TYPE (segment_event), ==, GST_EVENT_SEGMENT);
    gst_event_parse_segment (segment_event, &segment);
    g_assert_cmpint (segment->format, ==, GST_FORMAT_TIME);
    g_assert_cmpuint (segment->start, ==, 0);

    g_assert_cmpint (next_event_type (fixture, i), ==, GST_EVENT_TAG);
    g_assert_cmpint (next_event_type (fixture, i), ==, GST_EVENT_GAP);
  }
  g_assert_cmpuint (groups[0], ==, groups[1]);
  g_assert_cmpstr (ids[0], !=, ids[1]);
  for (guint i = 0; i < 2; i++)
    g_free (ids[i]);
}

/* Ten packets, two of them never sent. */
static void
test_packets (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = audio_header;
  GstClockTime last = 0;

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 30; i++) {
    if (i == 20 || i == 21)
      rtp_sender_skip (&header);
    else
      rtp_sender_send (sender, &header, 100 + i);
  }
  for (guint i = 0; i < 30; i++) {
    g_autoptr (GstBuffer) buffer = NULL;

    if (i == 20) {
      g_autoptr (GstEvent) lost = fixture_next_event (fixture, 0, GST_EVENT_CUSTOM_DOWNSTREAM);
      const GstStructure *structure = gst_event_get_structure (lost);
      guint64 duration;

      g_assert_true (gst_structure_has_name (structure, "GstRTPPacketLost"));
      g_assert_true (gst_structure_has_field_typed (structure, "seqnum", G_TYPE_UINT));
      g_assert_true (gst_structure_has_field_typed (structure, "timestamp", G_TYPE_UINT64));
      g_assert_true (gst_structure_get_uint64 (structure, "duration", &duration));
      /* how long depends on what the clock has learned by then; never longer than multiqueue bears
       */
      g_assert_cmpuint (duration, <=, 60 * GST_MSECOND);
      i = 22;
    }
    buffer = fixture_next_buffer (fixture, 0);
    g_assert_cmpuint (fixture_sequence_of (buffer), ==, (65500 + i) & 0xffff);
    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 12 + 100 + i);
    g_assert_cmpint (GST_BUFFER_IS_DISCONT (buffer), ==, i == 0 || i == 22);
    g_assert_true (GST_BUFFER_PTS_IS_VALID (buffer));
    g_assert_false (GST_BUFFER_DTS_IS_VALID (buffer));
    g_assert_cmpuint (GST_BUFFER_PTS (buffer), >=, last);
    /* time is the pipeline's running time: the channel has not been on for long */
    g_assert_cmpuint (GST_BUFFER_PTS (buffer), <, RIG_PATIENCE * GST_USECOND);
    last = GST_BUFFER_PTS (buffer);
  }

  fixture_set_state (fixture, GST_STATE_PAUSED);
  g_assert_cmpuint (fixture_count (fixture, 0, "received"), ==, 28);
  g_assert_cmpuint (fixture_count (fixture, 0, "out"), ==, 28);
  g_assert_cmpuint (fixture_count (fixture, 0, "lost"), ==, 2);
  g_assert_cmpuint (fixture_count (fixture, 0, "gaps"), ==, 1);
  g_assert_cmpuint (fixture_count (fixture, 0, "lost-local"), ==, 0);
  g_assert_cmpuint (fixture_count (fixture, 0, "overrun"), ==, 0);
}

static void
test_reordered (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = audio_header;

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 20; i += 2) {
    RtpHeader second = header;

    rtp_sender_skip (&second);
    rtp_sender_send (sender, &second, 10);
    rtp_sender_send (sender, &header, 10);
    header = second;
  }
  for (guint i = 0; i < 20; i++) {
    g_autoptr (GstBuffer) buffer = fixture_next_buffer (fixture, 0);

    g_assert_cmpuint (fixture_sequence_of (buffer), ==, (65500 + i) & 0xffff);
  }
  fixture_await_count (fixture, 0, "reordered", 10);
}

/* A channel is played by its sender's clock, unless somebody wants it otherwise. */
static void
test_clock (void)
{
  static const struct
  {
    const char *announcement, *mode, *clock;
  } rows[] = {
    { FRONT AUDIO, "auto", "sender" },
    { FRONT VIDEO, "auto", "sender" },
    { FRONT VIDEO AUDIO, "auto", "sender" },
    { FRONT AUDIO, "pipeline", "pipeline" },
    { FRONT VIDEO, "sender", "sender" },
    { FRONT "m=video 5008 RTP/AVP 33\r\n", "auto", "pipeline" },
    { FRONT "m=video 5008 RTP/AVP 33\r\n", "sender", "pipeline" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Fixture) fixture = fixture_new (rows[i].announcement, "lo");
    g_autoptr (GstStructure) stats = NULL;
    g_autoptr (GstClock) clock = NULL;

    gst_util_set_object_arg (G_OBJECT (fixture->source), "clock", rows[i].mode);
    fixture_set_state (fixture, GST_STATE_PLAYING);
    clock = gst_element_get_clock (fixture->source);
    g_assert_cmpint (g_str_equal (GST_OBJECT_NAME (clock), "lectern-sender"), ==,
                     g_str_equal (rows[i].clock, "sender"));
    g_object_get (fixture->source, "stats", &stats, NULL);
    g_assert_cmpstr (gst_structure_get_string (stats, "clock"), ==, rows[i].clock);
  }
}

static void
test_latency (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO, "lo");
  g_autoptr (GstQuery) query = gst_query_new_latency ();
  GstClockTime least, most;
  gboolean live;

  g_object_set (fixture->source, "latency", 70, NULL);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  g_assert_true (gst_pad_query (fixture->pads[0], query));
  gst_query_parse_latency (query, &live, &least, &most);
  g_assert_true (live);
  g_assert_cmpuint (least, ==, 70 * GST_MSECOND);
  g_assert_cmpuint (most, ==, GST_CLOCK_TIME_NONE);

  g_object_set (fixture->source, "latency", 90, NULL);
  gst_message_unref (fixture_next_message (fixture, GST_MESSAGE_LATENCY));
  g_assert_true (gst_pad_query (fixture->pads[0], query));
  gst_query_parse_latency (query, &live, &least, &most);
  g_assert_cmpuint (least, ==, 90 * GST_MSECOND);
}

/* What lectern-tune and the player read. */
static void
test_stats (void)
{
  static const char *const counters[]
      = { "received",  "lost",    "lost-local", "late", "duplicate", "reordered", "recovered",
          "discarded", "overrun", "out",        "gaps", "restarts",  "bytes" };
  static const char *const gauges[]
      = { "jitter-ms", "latency-ms", "needed-ms", "drift-ppm", "first-packet-ms", "silent-ms" };
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO VIDEO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (GstStructure) stats = NULL;
  RtpHeader header = audio_header;
  const GValue *list;

  g_object_get (fixture->source, "stats", &stats, NULL);
  g_assert_cmpuint (gst_value_list_get_size (gst_structure_get_value (stats, "streams")), ==, 0);
  g_clear_pointer (&stats, gst_structure_free);

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 10; i++)
    rtp_sender_send (sender, &header, 88);
  fixture_await_count (fixture, 0, "received", 10);
  g_object_get (fixture->source, "stats", &stats, NULL);
  list = gst_structure_get_value (stats, "streams");
  g_assert_cmpuint (gst_value_list_get_size (list), ==, 2);
  for (guint i = 0; i < 2; i++) {
    const GstStructure *stream = gst_value_get_structure (gst_value_list_get_value (list, i));
    double first;

    for (guint j = 0; j < G_N_ELEMENTS (counters); j++)
      g_assert_true (gst_structure_has_field_typed (stream, counters[j], G_TYPE_UINT64));
    for (guint j = 0; j < G_N_ELEMENTS (gauges); j++)
      g_assert_true (gst_structure_has_field_typed (stream, gauges[j], G_TYPE_DOUBLE));
    g_assert_true (gst_structure_has_field_typed (stream, "ssrc", G_TYPE_UINT));
    g_assert_cmpstr (gst_structure_get_string (stream, "media"), ==, i == 0 ? "audio" : "video");
    g_assert_cmpstr (gst_structure_get_string (stream, "encoding"), ==, i == 0 ? "L16" : "H264");
    g_assert_cmpstr (gst_structure_get_string (stream, "interfaces"), ==, "lo");
    gst_structure_get_double (stream, "first-packet-ms", &first);
    if (i == 0)
      g_assert_cmpfloat (first, >=, 0);
    else
      g_assert_cmpfloat (first, ==, -1);
  }
  g_assert_cmpuint (fixture_count (fixture, 0, "bytes"), ==, 1000);
}

/* The same as values, of one moment; what plays out later than it need be says both. */
static void
test_report (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO VIDEO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (LecReport) none = NULL, paused = NULL, playing = NULL;
  RtpHeader header = audio_header;

  g_object_get (fixture->source, "report", &none, NULL);
  g_assert_cmpuint (none->n_streams, ==, 0);
  g_assert_cmpint (none->error, ==, LEC_ERROR_NONE);
  g_object_set (fixture->source, "latency", 70, NULL);
  fixture_set_state (fixture, GST_STATE_PAUSED);
  g_object_get (fixture->source, "report", &paused, NULL);
  g_assert_cmpuint (paused->n_streams, ==, 2);
  g_assert_cmpstr (paused->streams[1].encoding, ==, "H264");
  g_assert_cmpint (paused->latency_ns, ==, 70 * GST_MSECOND);

  fixture_set_state (fixture, GST_STATE_PLAYING);
  rtp_sender_send (sender, &header, 88);
  fixture_await_count (fixture, 0, "received", 1);
  g_object_get (fixture->source, "report", &playing, NULL);
  g_assert_cmpint (playing->streams[0].media, ==, LEC_MEDIA_AUDIO);
  g_assert_cmpstr (playing->streams[0].legs[0].group, ==, GROUP);
  g_assert_cmpuint (playing->streams[0].legs[0].port, ==, 5004);
  g_assert_cmpuint (playing->streams[0].legs[0].stats.received, ==, 1);
  g_assert_cmpuint (playing->streams[1].stats.received, ==, 0);
  g_assert_cmpint (playing->latency_ns, ==, 70 * GST_MSECOND);
  g_assert_cmpint (playing->streams[1].latency_ns, ==, playing->latency_ns);
  g_assert_cmpint (playing->streams[0].stats.last_packet_ns, <=, playing->now_ns);
  /* the earlier one is as it was */
  g_assert_cmpuint (paused->streams[0].stats.received, ==, 0);
}

/* The caps follow the payload type of what comes. */
static void
test_payload_types (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT "m=audio 5004 RTP/AVP 0 8\r\n", "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = { .payload = 8, .sequence = 1, .step = 8, .ssrc = 3 };

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 20; i++) {
    header.payload = i < 10 ? 8 : 0;
    rtp_sender_send (sender, &header, 8);
  }
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GstEvent) event = fixture_next_event (fixture, 0, GST_EVENT_CAPS);
    GstCaps *caps;

    gst_event_parse_caps (event, &caps);
    g_assert_cmpstr (gst_structure_get_string (gst_caps_get_structure (caps, 0), "encoding-name"),
                     ==, i == 0 ? "PCMA" : "PCMU");
    for (guint j = 0; j < 10; j++) {
      g_autoptr (GstBuffer) buffer = fixture_next_buffer (fixture, 0);

      g_assert_cmpuint (fixture_sequence_of (buffer), ==, 1 + 10 * i + j);
    }
  }
}

/* Two streams on one port are told apart by their payload types. */
static void
test_shared_port (void)
{
  g_autoptr (Fixture) fixture
      = fixture_new (FRONT AUDIO "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n", "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader audio = audio_header, video = video_header;
  g_autoptr (GstStructure) stats = NULL;

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 10; i++) {
    rtp_sender_send (sender, &video, 20);
    rtp_sender_send (sender, &audio, 10);
  }
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GstBuffer) first = fixture_next_buffer (fixture, 0);
    g_autoptr (GstBuffer) second = fixture_next_buffer (fixture, 1);

    g_assert_cmpuint (fixture_sequence_of (first), ==, 65500 + i);
    g_assert_cmpuint (fixture_sequence_of (second), ==, 100 + i);
  }
  g_object_get (fixture->source, "stats", &stats, NULL);
  for (guint i = 0; i < 2; i++) {
    const GValue *stream = gst_value_list_get_value (gst_structure_get_value (stats, "streams"), i);

    g_assert_cmpstr (gst_structure_get_string (gst_value_get_structure (stream), "interfaces"), ==,
                     "lo");
  }
}

static void
send_ts (RtpSender *sender, guint8 counter)
{
  guint8 bytes[2 * 188] = { 0 };

  for (guint i = 0; i < 2; i++) {
    bytes[188 * i] = 0x47;
    bytes[188 * i + 1] = 0x1f;
    bytes[188 * i + 2] = 0xff;
    bytes[188 * i + 3] = 0x10;
    bytes[188 * i + 4] = counter;
  }
  rtp_sender_send_bytes (sender, bytes, sizeof bytes);
}

/* Bare transport stream packets, of which there may be any number in a datagram. */
static void
test_ts (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT "m=video 5004 udp 33\r\n", "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (GstEvent) event = NULL;
  GstCaps *caps;

  fixture_set_state (fixture, GST_STATE_PLAYING);
  event = fixture_next_event (fixture, 0, GST_EVENT_CAPS);
  gst_event_parse_caps (event, &caps);
  g_assert_true (gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/mpegts"));
  for (guint i = 0; i < 10; i++)
    send_ts (sender, (guint8) i);
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GstBuffer) buffer = fixture_next_buffer (fixture, 0);
    guint8 counter = (guint8) i;

    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 2 * 188);
    g_assert_cmpint (gst_buffer_memcmp (buffer, 4, &counter, 1), ==, 0);
  }
}

/* A packet that carries a whole section: PAT with one program, or its PMT with H.264. */
static void
put_section (guint8 *packet, guint8 pid, const char *section, gsize size)
{
  guint32 crc;

  memset (packet, 0xff, 188);
  memcpy (packet, "\x47\x40\0\x10\0", 5);
  packet[2] = pid;
  memcpy (packet + 5, section, size);
  crc = g_htonl (lec_ts_crc (packet + 5, (guint) size));
  memcpy (packet + 5 + size, &crc, sizeof crc);
}

/* What is inside is known, and which program is wanted can be said at any time. */
static void
test_ts_program (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT "m=video 5004 udp 33\r\n", "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (GstBuffer) buffer = NULL;
  guint8 bytes[2 * 188];
  LecReport *report = NULL;
  gint64 end_us = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
  guint program;

  put_section (bytes, 0, "\x00\xb0\x0d\x00\x01\xc1\x00\x00\x00\x05\xe0\x40", 12);
  put_section (bytes + 188, 0x40,
               "\x02\xb0\x12\x00\x05\xc1\x00\x00\xe1\x00\xf0\x00\x1b\xe1\x00\xf0\x00", 17);
  g_object_set (fixture->source, "program", 7, NULL);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  rtp_sender_send_bytes (sender, bytes, sizeof bytes);
  buffer = fixture_next_buffer (fixture, 0);
  g_assert_cmpuint (gst_buffer_get_size (buffer), ==, sizeof bytes);
  g_object_set (fixture->source, "program", 5, NULL);
  g_object_get (fixture->source, "program", &program, NULL);
  g_assert_cmpuint (program, ==, 5);
  for (guint8 counter = 1; report == NULL || report->streams[0].ts.chosen < 0; counter++) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    bytes[3] = bytes[188 + 3] = 0x10 | (counter & 0x0f);
    rtp_sender_send_bytes (sender, bytes, sizeof bytes);
    g_usleep (20000);
    g_clear_pointer (&report, lec_report_unref);
    g_object_get (fixture->source, "report", &report, NULL);
  }
  g_assert_cmpuint (report->streams[0].ts.wanted, ==, 5);
  g_assert_cmpint (report->streams[0].ts.chosen, ==, 0);
  g_assert_cmpuint (report->streams[0].ts.programs[0].number, ==, 5);
  g_assert_cmpstr (report->streams[0].ts.programs[0].streams[0].codec, ==, "H.264");
  lec_report_unref (report);
}

/* RTP in front of them, though it was not announced. */
static void
test_ts_in_rtp (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT "m=video 5004 udp 33\r\n", "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = { .payload = 33, .sequence = 65530, .step = 90, .ssrc = 3 };

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 10; i++)
    rtp_sender_send (sender, &header, 7 * 188);
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GstBuffer) buffer = fixture_next_buffer (fixture, 0);

    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 7 * 188);
  }
}

/* Bytes that mean nothing, too few and too many of them: counted, and what is good goes on. */
static void
test_rubbish (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree guint8 *bytes = g_malloc0 (65507);
  RtpHeader header = audio_header;
  guint64 received, discarded;

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 10; i++)
    rtp_sender_send (sender, &header, 10);
  for (guint i = 0; i < 10; i++)
    gst_buffer_unref (fixture_next_buffer (fixture, 0));

  rtp_sender_send_bytes (sender, bytes, 0);
  rtp_sender_send_bytes (sender, bytes, 65507);
  for (guint i = 0; i < 200; i++) {
    gsize size = (gsize) g_rand_int_range (rand, 0, 60);

    for (gsize j = 0; j < size; j++)
      bytes[j] = (guint8) g_rand_int (rand);
    if (size > 1 && (bytes[0] >> 6) == 2)
      bytes[0] ^= 0x40; /* by chance it might mean something */
    rtp_sender_send_bytes (sender, bytes, size);
  }
  /* larger than a slot, and good */
  rtp_sender_send (sender, &header, 60000);
  for (guint i = 0; i < 10; i++)
    rtp_sender_send (sender, &header, 10);

  for (guint i = 0; i < 11; i++) {
    g_autoptr (GstBuffer) buffer = fixture_next_buffer (fixture, 0);

    g_assert_cmpuint (fixture_sequence_of (buffer), ==, 65510 + i);
    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 12 + (i == 0 ? 60000 : 10));
  }
  fixture_set_state (fixture, GST_STATE_PAUSED);
  received = fixture_count (fixture, 0, "received");
  discarded = fixture_count (fixture, 0, "discarded");
  g_assert_cmpuint (received, ==, 10 + 202 + 11);
  g_assert_cmpuint (discarded, ==, 202);
}

/* Sender reports say that the two were captured at other moments than they arrived: the one that
 * is ahead waits. */
static void
test_lip (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO VIDEO, "lo");
  g_autoptr (RtpSender) audio_sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (RtpSender) video_sender = rtp_sender_new (GROUP, 5006, "lo", NULL);
  g_autoptr (RtpSender) audio_reports = rtp_sender_new (GROUP, 5005, "lo", NULL);
  g_autoptr (RtpSender) video_reports = rtp_sender_new (GROUP, 5007, "lo", NULL);
  RtpHeader audio = audio_header, video = video_header;
  const gint64 now_ns = G_GINT64_CONSTANT (1700000000000000000);
  gint64 apart_ns = 0;
  guint rounds = 0;

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 10; i++) {
    rtp_sender_send (audio_sender, &audio, 10);
    rtp_sender_send (video_sender, &video, 10);
  }
  fixture_await_count (fixture, 0, "received", 10);
  fixture_await_count (fixture, 1, "received", 10);
  /* what arrives together was captured 200 ms apart: video is the later one */
  rtp_sender_report (audio_reports, audio.ssrc, now_ns, audio.timestamp, "host");
  rtp_sender_report (video_reports, video.ssrc, now_ns - 200000000, video.timestamp, "host");

  /* the reports come on ports of their own: at some packet they have taken effect */
  do {
    g_autoptr (GstBuffer) a = NULL;
    g_autoptr (GstBuffer) v = NULL;

    rtp_sender_send (audio_sender, &audio, 10);
    rtp_sender_send (video_sender, &video, 10);
    a = fixture_next_buffer (fixture, 0);
    v = fixture_next_buffer (fixture, 1);
    apart_ns = GST_CLOCK_DIFF (GST_BUFFER_PTS (a), GST_BUFFER_PTS (v));
    g_assert_cmpuint (rounds++, <, 1000);
    g_usleep (1000);
  } while (ABS (apart_ns) < 150000000);
  g_assert_cmpint (ABS (ABS (apart_ns) - 200000000), <, 30000000);
  g_assert_cmpint (apart_ns, <, 0);
}

/* An error says which it is in GStreamer's terms and, in its details, in ours; and so does the
 * report from then on. */
static void
check_error (GstMessage *message, LecError code, int resource_error, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecReport) report = NULL;
  const GstStructure *details;
  int found;

  gst_message_parse_error (message, &error, NULL);
  g_assert_nonnull (strstr (error->message, sentence));
  g_assert_error (error, GST_RESOURCE_ERROR, resource_error);
  gst_message_parse_error_details (message, &details);
  g_assert_true (gst_structure_has_name (details, "lectern-error"));
  g_assert_true (gst_structure_get_int (details, "code", &found));
  g_assert_cmpint (found, ==, code);
  g_object_get (GST_MESSAGE_SRC (message), "report", &report, NULL);
  g_assert_cmpint (report->error, ==, code);
  g_assert_cmpuint (report->n_streams, ==, 0);
}

static void
check_refusal (const char *property,
               const char *value,
               LecError code,
               int resource_error,
               const char *sentence)
{
  g_autoptr (GstElement) pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_element_factory_make ("channelsrc", NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  gst_bin_add (GST_BIN (pipeline), source);
  if (property != NULL)
    g_object_set (source, property, value, NULL);
  g_assert_cmpint (gst_element_set_state (pipeline, GST_STATE_PLAYING), ==,
                   GST_STATE_CHANGE_FAILURE);
  message = gst_bus_timed_pop_filtered (bus, 0, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  gst_message_parse_error (message, &error, NULL);
  g_assert_cmpstr (error->message, ==, sentence);
  check_error (message, code, resource_error, sentence);
  g_assert_null (gst_bus_timed_pop_filtered (bus, 0, GST_MESSAGE_ERROR));
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
test_refusals (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "channelsrc-refused.asx", NULL);
  g_autoptr (GError) error = NULL;

  check_refusal (NULL, NULL, LEC_ERROR_UNREACHABLE, GST_RESOURCE_ERROR_OPEN_READ,
                 "No channel to receive: set “location” or “channel”");
  check_refusal ("location", "/nonexistent/x.sdp", LEC_ERROR_UNREACHABLE,
                 GST_RESOURCE_ERROR_OPEN_READ, "/nonexistent/x.sdp: there is no such file");

  g_file_set_contents (path,
                       "<ASX VERSION=\"3.0\"><ENTRY><TITLE>T</TITLE><REF HREF=\"x.sdp\"/></ENTRY>"
                       "</ASX>",
                       -1, &error);
  g_assert_no_error (error);
  check_refusal ("location", path, LEC_ERROR_UNSUPPORTED, GST_RESOURCE_ERROR_SETTINGS,
                 "“T” is not sent as RTP or as a transport stream");
  g_remove (path);
}

static void
test_no_such_interface (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT AUDIO, "nonexistent0");
  g_autoptr (GstMessage) message = NULL;

  g_assert_cmpint (gst_element_set_state (fixture->pipeline, GST_STATE_PLAYING), ==,
                   GST_STATE_CHANGE_FAILURE);
  message = fixture_next_message (fixture, GST_MESSAGE_ERROR);
  check_error (message, LEC_ERROR_UNREACHABLE, GST_RESOURCE_ERROR_OPEN_READ, "“nonexistent0”");
}

#define FRONT6 "v=0\r\no=- 1 1 IN IP6 fd79:1::1\r\ns=Test\r\nc=IN IP6 ff15::99:1\r\nt=0 0\r\n"

static void
test_ipv6 (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FRONT6 AUDIO, "left");
  g_autoptr (RtpSender) sender = rtp_sender_new ("ff15::99:1", 5004, "left", NULL);
  g_autoptr (RtpSender) stranger = rtp_sender_new ("ff15::99:1", 5004, "right", NULL);
  RtpHeader header = audio_header, other = audio_header;

  other.ssrc = 99;
  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 10; i++) {
    rtp_sender_send (stranger, &other, 10);
    rtp_sender_send (sender, &header, 20);
  }
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GstBuffer) buffer = fixture_next_buffer (fixture, 0);

    g_assert_cmpuint (fixture_sequence_of (buffer), ==, 65500 + i);
    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, 32);
  }
  fixture_set_state (fixture, GST_STATE_PAUSED);
  g_assert_cmpuint (fixture_count (fixture, 0, "received"), ==, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  g_test_add_func ("/channelsrc/announced", test_announced);
  g_test_add_func ("/channelsrc/packets", test_packets);
  g_test_add_func ("/channelsrc/reordered", test_reordered);
  g_test_add_func ("/channelsrc/clock", test_clock);
  g_test_add_func ("/channelsrc/latency", test_latency);
  g_test_add_func ("/channelsrc/stats", test_stats);
  g_test_add_func ("/channelsrc/report", test_report);
  g_test_add_func ("/channelsrc/payload-types", test_payload_types);
  g_test_add_func ("/channelsrc/shared-port", test_shared_port);
  g_test_add_func ("/channelsrc/ts", test_ts);
  g_test_add_func ("/channelsrc/ts-program", test_ts_program);
  g_test_add_func ("/channelsrc/ts-in-rtp", test_ts_in_rtp);
  g_test_add_func ("/channelsrc/rubbish", test_rubbish);
  g_test_add_func ("/channelsrc/lip", test_lip);
  g_test_add_func ("/channelsrc/refusals", test_refusals);
  g_test_add_func ("/channelsrc/no-such-interface", test_no_such_interface);
  g_test_add_func ("/channelsrc/ipv6", test_ipv6);
  return g_test_run ();
}
