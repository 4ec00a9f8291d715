/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which stream a datagram is for, how it is deciphered, and what streams have in common: in virtual
 * time. Only reports of ours leave by real sockets. */
#include "receive/streams.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "channel/error.h"
#include "srtp-station.h"
#include "support/fec-station.h"
#include "wire/units.h"

#define LATENCY (150 * MSECOND)
#define RATE 48000
#define PLAIN_SIZE 32 /* [bytes] of a packet that never was encrypted */
#define PATIENCE_MS 20000
#define GROUP "239.9.9.3"
#define CNAME "hall"

/* The streams of one channel, and one port that all of them come to. */
typedef struct
{
  LecStreams streams;
  LecChannelInfo *info;
  LecAlternative *alternative;
  LecEndpoint port;
  struct sockaddr_storage from;
  guint16 sequence[LEC_MAX_STREAMS];
} Hall;

static Hall *
hall_new (LecKind kind, gint64 latency_ns)
{
  Hall *self = g_new0 (Hall, 1);

  self->info = lec_channel_info_new ();
  self->alternative = lec_channel_info_add_alternative (self->info, kind);
  self->from.ss_family = AF_INET;
  inet_pton (AF_INET, "192.0.2.1", &((struct sockaddr_in *) &self->from)->sin_addr);
  lec_playout_init (&self->streams.playout, latency_ns, LEC_LATENCY_FIRST_NS);
  lec_station_table_init (&self->streams.stations);
  return self;
}

static void
hall_free (Hall *self)
{
  lec_streams_clear (&self->streams);
  g_assert_cmpuint (self->streams.count, ==, 0); /* empty as at first */
  lec_channel_info_free (self->info);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hall, hall_free)

/* @payload: negative: it names none; @key: (nullable) */
static LecStream *
announce (Hall *self, LecMedia media, int payload, const char *key)
{
  LecStream *stream = lec_alternative_add_stream (self->alternative, media);

  lec_stream_add_leg (stream, GROUP, 5004)->rtcp_port = 5005;
  if (payload >= 0)
    lec_stream_add_payload (stream, (guint) payload, "L16", RATE);
  if (key != NULL)
    lec_stream_add_key (stream, "AES_CM_128_HMAC_SHA1_80", g_bytes_new (key, strlen (key)), NULL);
  return stream;
}

static void
add_stream (Hall *self, LecMedia media, int payload, const char *key)
{
  g_autoptr (GError) error = NULL;
  guint index = self->streams.count;

  self->port.users[index].stream = index;
  self->port.n_users++;
  lec_streams_add (&self->streams, announce (self, media, payload, key),
                   &(LecStreamsConfig){ .format = lec_format_of (self->alternative->kind) },
                   &error);
  g_assert_no_error (error);
}

static LecStats
get_stats (Hall *self, guint stream)
{
  return lec_session_get_stats (self->streams.sessions[stream]);
}

static void
put32 (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (24 - 8 * i));
}

static LecPacket *
new_packet (Hall *self, const guint8 *bytes, guint32 size, gint64 arrival_ns)
{
  LecPacket *packet = lec_packet_new (size);

  memcpy (packet->data, bytes, size);
  packet->size = size;
  packet->arrival_ns = arrival_ns;
  packet->sender = lec_address_get_sender (&self->from);
  return packet;
}

/* The next packet of @stream, of payload type 96 and so on; its SSRC is the number of the stream,
 * counted from 1. */
static void
feed_type (Hall *self, guint stream, guint8 payload, gint64 media_ns, gint64 arrival_ns)
{
  guint8 bytes[PLAIN_SIZE] = { 0x80, payload };
  guint16 sequence = self->sequence[stream]++;

  bytes[2] = (guint8) (sequence >> 8);
  bytes[3] = (guint8) sequence;
  put32 (bytes + 4, (guint32) (media_ns / 1000 * RATE / 1000000));
  put32 (bytes + 8, stream + 1);
  lec_streams_feed_rtp (&self->streams, stream, 0,
                        new_packet (self, bytes, sizeof bytes, arrival_ns));
}

static void
feed (Hall *self, guint stream, gint64 media_ns, gint64 arrival_ns)
{
  feed_type (self, stream, (guint8) (96 + stream), media_ns, arrival_ns);
}

/* Takes what is due, packets of @size bytes each; returns how many, and the PTS of the last one. */
static guint
pull (Hall *self, guint stream, guint size, gint64 now_ns, gint64 *pts_ns)
{
  LecItem item;
  gint64 wake_ns;
  guint count = 0;

  while (lec_session_pull (self->streams.sessions[stream], now_ns, &item, &wake_ns)) {
    if (item.kind != LEC_ITEM_PACKET)
      continue;
    g_assert_cmpuint (item.packet->size, ==, size);
    if (pts_ns != NULL)
      *pts_ns = item.packet->pts_ns;
    lec_packet_release (item.packet);
    count++;
  }
  return count;
}

/* ---- whose it is ---- */

static guint
find_user (Hall *self, const guint8 *bytes, gsize size)
{
  return lec_streams_find_user (
      &self->streams, &self->port,
      &(LecDatagram){ .from = &self->from, .bytes = bytes, .size = size });
}

static guint
find_user_of (Hall *self, guint8 second)
{
  const guint8 bytes[12] = { 0x80, second };

  return find_user (self, bytes, sizeof bytes);
}

/* On one port the payload type tells, with a marker or without; what nobody announced is the first
 * one's to discard. */
static void
test_payload_type (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  const guint8 stub[1] = { 0x80 };

  add_stream (hall, LEC_MEDIA_VIDEO, 96, NULL);
  add_stream (hall, LEC_MEDIA_AUDIO, 97, NULL);
  add_stream (hall, LEC_MEDIA_TEXT, 127, NULL);
  lec_stream_add_payload (g_ptr_array_index (hall->alternative->streams, 2), 0, "PCMU", 8000);
  g_assert_cmpuint (find_user_of (hall, 96), ==, 0);
  g_assert_cmpuint (find_user_of (hall, 97), ==, 1);
  g_assert_cmpuint (find_user_of (hall, 97 | 0x80), ==, 1);
  g_assert_cmpuint (find_user_of (hall, 127), ==, 2);
  g_assert_cmpuint (find_user_of (hall, 0), ==, 0); /* it was announced too late */
  g_assert_cmpuint (find_user_of (hall, 98), ==, 0);
  g_assert_cmpuint (find_user (hall, stub, sizeof stub), ==, 0);
  g_assert_cmpuint (find_user (hall, stub, 0), ==, 0);

  /* the answer is the endpoint's user, whichever stream that is */
  hall->port.users[0].stream = 2;
  hall->port.users[1].stream = 0;
  hall->port.n_users = 2;
  g_assert_cmpuint (find_user_of (hall, 96), ==, 1);
  g_assert_cmpuint (find_user_of (hall, 127), ==, 0);
  hall->port.n_users = 1;
  g_assert_cmpuint (find_user_of (hall, 96), ==, 0);
}

/* Where none is named all are meant; and in a transport stream there is none. */
static void
test_no_payload_type (void)
{
  g_autoptr (Hall) bare = hall_new (LEC_KIND_RTP, LATENCY);
  g_autoptr (Hall) container = hall_new (LEC_KIND_TS, LATENCY);

  add_stream (bare, LEC_MEDIA_VIDEO, 96, NULL);
  add_stream (bare, LEC_MEDIA_AUDIO, -1, NULL);
  g_assert_cmpuint (find_user_of (bare, 96), ==, 0);
  g_assert_cmpuint (find_user_of (bare, 11), ==, 1);

  add_stream (container, LEC_MEDIA_VIDEO, 33, NULL);
  add_stream (container, LEC_MEDIA_VIDEO, 34, NULL);
  g_assert_cmpuint (find_user_of (container, 34), ==, 0);
}

/* ---- keys ---- */

static void
feed_encrypted (Hall *self, guint stream, guint leg, const guint8 *bytes, guint32 size)
{
  lec_streams_feed_rtp (&self->streams, stream, leg, new_packet (self, bytes, size, SECOND));
}

/* Each stream on the port has its own key, and each leg of one has seen other packets: what came
 * again on the same leg is a repetition, what another key has made is counted as such. */
static void
test_keys (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  LecStream *stream;
  SrtpStation picture, sound;
  guint8 bytes[SRTP_STATION_SIZE + SRTP_STATION_ROOM];
  guint32 size;
  g_autoptr (GError) error = NULL;

  add_stream (hall, LEC_MEDIA_VIDEO, 96, SRTP_STATION_KEY);
  stream = announce (hall, LEC_MEDIA_AUDIO, 97, SRTP_STATION_OTHER_KEY);
  lec_stream_add_leg (stream, "239.9.9.4", 5004);
  lec_streams_add (&hall->streams, stream, &(LecStreamsConfig){ .format = &lec_format_rtp },
                   &error);
  g_assert_no_error (error);
  srtp_station_init (&picture, SRTP_STATION_KEY, 7, 0, NULL);
  srtp_station_init (&sound, SRTP_STATION_OTHER_KEY, 8, 0, NULL);
  sound.payload = 97;

  for (guint i = 0; i < 10; i++) {
    size = srtp_station_protect (&picture, bytes);
    feed_encrypted (hall, 0, 0, bytes, size);
  }
  feed_encrypted (hall, 0, 0, bytes, size);
  feed_encrypted (hall, 1, 0, bytes, size); /* as if somebody else had sent it there */
  g_assert_cmpuint (get_stats (hall, 0).received, ==, 11);
  g_assert_cmpuint (get_stats (hall, 0).bytes, ==, 10 * SRTP_STATION_SIZE + size);
  g_assert_cmpuint (get_stats (hall, 0).duplicate, ==, 1);
  g_assert_cmpuint (get_stats (hall, 0).decrypt_failed, ==, 0);
  g_assert_cmpuint (get_stats (hall, 0).ssrc, ==, 7);
  g_assert_cmpuint (get_stats (hall, 1).received, ==, 1);
  g_assert_cmpuint (get_stats (hall, 1).decrypt_failed, ==, 1);

  for (guint i = 0; i < 10; i++) {
    size = srtp_station_protect (&sound, bytes);
    feed_encrypted (hall, 1, i % 2, bytes, size);
    feed_encrypted (hall, 1, 1 - i % 2, bytes, size);
  }
  g_assert_cmpuint (get_stats (hall, 1).received, ==, 21);
  g_assert_cmpuint (get_stats (hall, 1).decrypt_failed, ==, 1);
  g_assert_cmpuint (get_stats (hall, 1).legs[1].received, ==, 10);
  g_assert_cmpuint (pull (hall, 1, SRTP_STATION_SIZE, 10 * SECOND, NULL), ==, 10);
  srtp_station_clear (&picture);
  srtp_station_clear (&sound);
}

/* Parity of what is encrypted is made of what it was before, and encrypted by itself, with an SSRC
 * of its own: each row loses one packet, which comes back; without the key of the parity, nothing
 * does. */
static void
test_encrypted_parity (void)
{
  const FecStation station = { .scheme = LEC_REPAIR_2022_1,
                               .packets = 100,
                               .interval_ns = 10 * MSECOND,
                               .columns = 5,
                               .rows = 4,
                               .only_rows = TRUE,
                               .plain = TRUE };

  for (guint forged = 0; forged < 2; forged++) {
    g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, SECOND);
    g_autoptr (GArray) sent = fec_station_send (&station);
    LecStream *stream = announce (hall, LEC_MEDIA_VIDEO, FEC_STATION_PAYLOAD, SRTP_STATION_KEY);
    SrtpStation media, parity;
    LecStats stats;

    lec_stream_add_repair (stream, LEC_REPAIR_2022_1, GROUP, 5006);
    g_assert_true (
        lec_streams_add (&hall->streams, stream,
                         &(LecStreamsConfig){ .format = &lec_format_rtp, .repair = TRUE }, NULL));
    srtp_station_init (&media, SRTP_STATION_KEY, FEC_STATION_SSRC, 0, NULL);
    srtp_station_init (&parity, forged ? SRTP_STATION_OTHER_KEY : SRTP_STATION_KEY, 0, 0, NULL);
    for (guint i = 0; i < sent->len; i++) {
      FecDatagram *datagram = &g_array_index (sent, FecDatagram, i);
      SrtpStation *sender = datagram->is_parity ? &parity : &media;
      int size = (int) datagram->size;

      g_assert_cmpint (srtp_protect (sender->session, datagram->bytes, &size), ==,
                       srtp_err_status_ok);
      if (datagram->is_parity)
        lec_streams_feed_repair (
            &hall->streams, 0, LEC_REPAIR_2022_1,
            new_packet (hall, datagram->bytes, (guint32) size, datagram->sent_ns));
      else if (datagram->number % 5 != datagram->number / 5 % 5)
        lec_streams_feed_rtp (
            &hall->streams, 0, 0,
            new_packet (hall, datagram->bytes, (guint32) size, datagram->sent_ns));
    }
    stats = get_stats (hall, 0);
    g_assert_cmpuint (stats.recovered, ==,
                      forged ? 0 : 18); /* nobody misses the first and the last */
    g_assert_cmpuint (stats.decrypt_failed, ==, 0);
    srtp_station_clear (&media);
    srtp_station_clear (&parity);
  }
}

/* One stream of FlexFEC for both streams of a channel (RFC 8627, section 4.2.2): what either has
 * lost comes back with the packets of the other. All sums are zero, as each time stamp comes twice.
 */
static void
test_shared_parity (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, SECOND);

  for (guint i = 0; i < 2; i++) {
    LecStream *stream = announce (hall, LEC_MEDIA_VIDEO, (int) (96 + i), NULL);

    lec_stream_add_repair (stream, LEC_REPAIR_FLEXFEC, GROUP, 5006);
    g_assert_true (
        lec_streams_add (&hall->streams, stream,
                         &(LecStreamsConfig){ .format = &lec_format_rtp, .repair = TRUE }, NULL));
  }
  for (guint i = 0; i < 40; i++) {
    const gint64 now_ns = i * 10 * MSECOND;
    guint8 parity[12 + 8 + 8 + 2 * 4 + PLAIN_SIZE - 12] = { 0x82, 110 };

    for (guint j = 0; j < 2; j++) {
      if (i == 21 + 8 * j)
        hall->sequence[j]++; /* lost */
      else
        feed (hall, j, now_ns, now_ns);
    }
    if (i % 4 != 3)
      continue;
    for (guint j = 0; j < 2; j++) {
      put32 (parity + 12 + 4 * j, j + 1);
      put32 (parity + 28 + 4 * j, (i - 3) << 16 | 4 << 8);
    }
    parity[20] = 0x40; /* F: each part has columns and rows */
    for (guint j = 0; j < 2; j++)
      lec_streams_feed_repair (&hall->streams, j, LEC_REPAIR_FLEXFEC,
                               new_packet (hall, parity, sizeof parity, now_ns + MSECOND));
  }
  for (guint j = 0; j < 2; j++) {
    g_assert_cmpuint (get_stats (hall, j).recovered, ==, 1);
    g_assert_cmpuint (get_stats (hall, j).parity, ==, 10);
  }
}

/* A key that is none: nothing of it is left, and nothing of it is said. */
static void
test_refused_key (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  g_autoptr (GError) error = NULL;

  add_stream (hall, LEC_MEDIA_VIDEO, 96, NULL);
  g_assert_false (lec_streams_add (&hall->streams,
                                   announce (hall, LEC_MEDIA_AUDIO, 97, "too short"),
                                   &(LecStreamsConfig){ .format = &lec_format_rtp }, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
  g_assert_null (strstr (error->message, "too short"));
}

/* ---- RTCP ---- */

/* The station's clock stood at @clock_ns when it captured what has the time stamp of @media_ns. */
static guint32
write_report (guint8 *bytes, guint stream, gint64 clock_ns, gint64 media_ns)
{
  const guint8 frame[44] = { 0x80, 200, 0, 6, [28] = 0x81, 202, 0, 3, [36] = 1, sizeof CNAME - 1 };

  memcpy (bytes, frame, sizeof frame);
  put32 (bytes + 4, stream + 1);
  put32 (bytes + 8, (guint32) (3900000000 + clock_ns / SECOND));
  put32 (bytes + 12, (guint32) (((guint64) (clock_ns % SECOND) << 32) / (guint64) SECOND));
  put32 (bytes + 16, (guint32) (media_ns / 1000 * RATE / 1000000));
  put32 (bytes + 32, stream + 1);
  memcpy (bytes + 38, CNAME, sizeof CNAME - 1);
  return sizeof frame;
}

static void
feed_rtcp (Hall *self, const guint8 *bytes, guint32 size, gint64 now_ns)
{
  g_autofree guint8 *before = g_memdup2 (bytes, size);

  lec_streams_feed_rtcp (&self->streams, &self->port,
                         &(LecDatagram){ .from = &self->from, .bytes = bytes, .size = size },
                         now_ns);
  g_assert_cmpmem (bytes, size, before, size); /* it may be for somebody else as well */
}

/* Pictures take 100 ms longer than sound, as the station's own clock tells: the sound waits for
 * them. What comes to the shared port is heard by all streams that may need it. */
static void
test_sync (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  gint64 sound_ns = 0, picture_ns = 0, now_ns = 0;
  guint8 bytes[64];

  add_stream (hall, LEC_MEDIA_VIDEO, 96, NULL);
  add_stream (hall, LEC_MEDIA_AUDIO, 97, NULL);
  for (guint i = 0; i < 100; i++) {
    now_ns = i * 20 * MSECOND;
    feed (hall, 0, now_ns, now_ns + 100 * MSECOND);
    feed (hall, 1, now_ns, now_ns);
    pull (hall, 0, PLAIN_SIZE, now_ns + 100 * MSECOND, NULL);
    pull (hall, 1, PLAIN_SIZE, now_ns + 100 * MSECOND, NULL);
  }
  for (guint i = 0; i < 2; i++)
    feed_rtcp (hall, bytes, write_report (bytes, i, now_ns, now_ns), now_ns + 100 * MSECOND);
  g_assert_cmpuint (get_stats (hall, 0).reports, ==, 1);
  g_assert_cmpuint (get_stats (hall, 1).reports, ==, 1);
  g_assert_cmpstr (get_stats (hall, 1).station, ==, CNAME);

  now_ns += 20 * MSECOND;
  feed (hall, 0, now_ns, now_ns + 100 * MSECOND);
  feed (hall, 1, now_ns, now_ns);
  g_assert_cmpuint (pull (hall, 0, PLAIN_SIZE, now_ns + SECOND, &picture_ns), ==, 1);
  g_assert_cmpuint (pull (hall, 1, PLAIN_SIZE, now_ns + SECOND, &sound_ns), ==, 1);
  g_assert_cmpint (ABS (picture_ns - sound_ns), <, MSECOND);
}

/* An encrypted report is opened with the key of each stream that shares the port. */
static void
test_encrypted_report (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  SrtpStation stations[2];
  guint8 bytes[SRTP_STATION_SIZE + SRTP_STATION_ROOM];
  guint32 size;

  add_stream (hall, LEC_MEDIA_VIDEO, 96, SRTP_STATION_KEY);
  add_stream (hall, LEC_MEDIA_AUDIO, 97, SRTP_STATION_OTHER_KEY);
  for (guint i = 0; i < 2; i++) {
    srtp_station_init (&stations[i], i == 0 ? SRTP_STATION_KEY : SRTP_STATION_OTHER_KEY, i + 1, 0,
                       NULL);
    stations[i].payload = 96 + i;
    size = srtp_station_protect (&stations[i], bytes);
    feed_encrypted (hall, i, 0, bytes, size);
  }
  size = write_report (bytes, 1, SECOND, 0);
  feed_rtcp (hall, bytes, size, SECOND); /* anybody might have written that */
  g_assert_cmpstr (get_stats (hall, 1).station, ==, "");
  size = srtp_station_protect_rtcp (&stations[1], bytes, size);
  feed_rtcp (hall, bytes, size, SECOND);
  g_assert_cmpstr (get_stats (hall, 0).station, ==, "");
  g_assert_cmpstr (get_stats (hall, 1).station, ==, CNAME);
  for (guint i = 0; i < 2; i++)
    srtp_station_clear (&stations[i]);
}

/* ---- what they have in common ---- */

/* What is shown together has one latency: that of the one that needs most. */
static void
test_latency (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LEC_LATENCY_AUTO);
  gint64 agreed_ns;

  add_stream (hall, LEC_MEDIA_VIDEO, 96, NULL);
  add_stream (hall, LEC_MEDIA_AUDIO, 97, NULL);
  for (guint i = 0; i < 500; i++) {
    const gint64 media_ns = i * 20 * MSECOND;

    feed (hall, 0, media_ns, media_ns + (i % 10 == 9 ? 180 * MSECOND : 0));
    feed (hall, 1, media_ns, media_ns);
    lec_playout_agree (&hall->streams.playout);
    for (guint j = 0; j < 2; j++)
      pull (hall, j, PLAIN_SIZE, media_ns, NULL);
  }
  agreed_ns = hall->streams.playout.latency_ns;
  g_assert_cmpint (agreed_ns, >=, 180 * MSECOND);
  g_assert_cmpint (get_stats (hall, 0).latency_ns, ==, agreed_ns);
  g_assert_cmpint (get_stats (hall, 1).latency_ns, ==, agreed_ns);
  g_assert_cmpint (get_stats (hall, 1).wanted_ns, <, agreed_ns);
}

/* Which of two streams the clock is taken from: that one, by its @drift_ppm, runs slow. */
static void
check_clock (LecMedia first, LecMedia second, guint expected)
{
  static const gint64 drifts_ppm[] = { 0, 300 };
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  LecSenderTime time;
  gint64 now_ns = 0;

  add_stream (hall, first, 96, NULL);
  add_stream (hall, second, 97, NULL);
  g_assert_false (lec_streams_get_sender_time (&hall->streams, 0, &time));
  for (guint i = 0; i < 3000; i++) {
    now_ns = i * 20 * MSECOND;
    for (guint j = 0; j < 2; j++) {
      feed (hall, j, now_ns - now_ns / 1000000 * drifts_ppm[j], now_ns);
      pull (hall, j, PLAIN_SIZE, now_ns, NULL);
    }
  }
  g_assert_true (lec_streams_get_sender_time (&hall->streams, now_ns, &time));
  g_assert_cmpfloat_with_epsilon (time.drift, (double) drifts_ppm[expected] * 1e-6, 30e-6);
}

/* Sound has a rate of its own, pictures often follow the computer's. */
static void
test_sender_time (void)
{
  g_autoptr (Hall) empty = hall_new (LEC_KIND_RTP, LATENCY);
  LecSenderTime time;

  g_assert_false (lec_streams_get_sender_time (&empty->streams, 0, &time));
  check_clock (LEC_MEDIA_VIDEO, LEC_MEDIA_AUDIO, 1);
  check_clock (LEC_MEDIA_AUDIO, LEC_MEDIA_VIDEO, 0);
  check_clock (LEC_MEDIA_AUDIO, LEC_MEDIA_AUDIO, 0);
  check_clock (LEC_MEDIA_VIDEO, LEC_MEDIA_VIDEO, 0);
}

/* As if all were joined just now: nothing that waited comes out, and counters stay. */
static void
test_reset (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);

  for (guint i = 0; i < 2; i++) {
    add_stream (hall, LEC_MEDIA_VIDEO, 96 + (int) i, NULL);
    feed (hall, i, 0, 0);
    hall->sequence[i]++; /* so that the next one has to wait */
    for (guint j = 1; j < 9; j++)
      feed (hall, i, j * MSECOND, j * MSECOND);
  }
  lec_streams_reset (&hall->streams);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpuint (pull (hall, i, PLAIN_SIZE, 10 * SECOND, NULL), ==, 0);
    g_assert_cmpuint (get_stats (hall, i).received, ==, 9);
  }
}

/* ---- reports of ours ---- */

/* Who sent the next datagram on @endpoint, and what kind of RTCP comes last in it. */
static guint64
hear (LecEndpoint *endpoint, LecBatch *batch, guint8 *kind)
{
  struct pollfd fd = { .fd = lec_ingress_get_fd (endpoint->ingress), .events = POLLIN };
  LecDatagram datagram;
  gsize at = 0, next = 0;

  g_assert_cmpint (poll (&fd, 1, PATIENCE_MS), ==, 1);
  g_assert_cmpuint (lec_ingress_read (endpoint->ingress, batch), ==, 1);
  datagram = lec_batch_peek (batch, 0);
  while (next + 4 <= datagram.size) {
    at = next;
    next += 4 * ((gsize) datagram.bytes[at + 2] << 8 | datagram.bytes[at + 3]) + 4;
  }
  *kind = datagram.bytes[at + 1];
  return lec_datagram_get_sender (&datagram);
}

static LecPacket *
acquire_cb (gsize capacity, gpointer data)
{
  return lec_packet_new (capacity);
}

/* Only the stream whose announcement asks for reports is reported; we hear that as everybody does,
 * and know that it is ours. */
static void
test_reports (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  LecBatch *batch = lec_batch_new (acquire_cb, NULL);
  LecEndpoints endpoints = { 0 };
  gint64 wake_ns = 0;
  guint64 own;
  guint8 kind;
  g_autoptr (GError) error = NULL;
  LecStream *stream;

  add_stream (hall, LEC_MEDIA_VIDEO, 96, NULL);
  add_stream (hall, LEC_MEDIA_AUDIO, 97, NULL);
  stream = g_ptr_array_index (hall->alternative->streams, 1);
  stream->rtcp_receivers = 1000 * 1000;
  lec_endpoints_add (&endpoints, g_ptr_array_index (stream->legs, 0), 1, 0, 0, "lo", &error);
  g_assert_no_error (error);
  g_assert_cmpint (lec_streams_report (&hall->streams, &endpoints, 0), ==, G_MAXINT64);
  lec_streams_allow_reports (&hall->streams, hall->alternative);
  g_assert_cmpint (lec_streams_report (&hall->streams, &endpoints, 0), ==, G_MAXINT64);

  for (guint i = 0; i < 2; i++)
    feed (hall, i, 0, 0);
  /* at random, but it takes its turn soon */
  while (get_stats (hall, 1).reports_sent == 0) {
    gint64 now_ns = wake_ns;

    wake_ns = lec_streams_report (&hall->streams, &endpoints, now_ns);
    g_assert_cmpint (wake_ns, >, now_ns);
    g_assert_cmpint (wake_ns, <=, 30 * SECOND);
  }
  own = hear (&endpoints.items[1], batch, &kind);
  g_assert_cmpuint (kind, ==, 202);
  g_assert_true (lec_streams_is_own (&hall->streams, own));
  g_assert_false (lec_streams_is_own (&hall->streams, own + 1)); /* another port of this host */
  g_assert_cmpuint (get_stats (hall, 0).reports_sent, ==, 0);
  g_assert_cmpuint (get_stats (hall, 1).reports_sent, ==, 1);

  lec_streams_say_bye (&hall->streams);
  g_assert_cmpuint (hear (&endpoints.items[1], batch, &kind), ==, own);
  g_assert_cmpuint (kind, ==, 203);
  lec_endpoints_clear (&endpoints);
  lec_batch_free (batch);
}

/* A stream that says that another computer is to be asked, on @port of this one. */
static void
add_asking (Hall *self, guint16 port)
{
  const char *const parameters[] = { "apt", "96", NULL };
  LecStream *stream = announce (self, LEC_MEDIA_AUDIO, 96, NULL);
  LecRepair *repair = lec_stream_add_repair (stream, LEC_REPAIR_RTX, GROUP, 5004);

  repair->payload = 99;
  repair->parameters = g_strdupv ((char **) parameters);
  stream->feedback.nack = TRUE;
  stream->feedback.target = g_strdup ("127.0.0.1");
  stream->feedback.port = port;
  g_assert_true (lec_streams_add (
      &self->streams, stream,
      &(LecStreamsConfig){ .format = lec_format_of (LEC_KIND_RTP), .repair = TRUE }, NULL));
}

static int
open_socket (struct sockaddr_in *address)
{
  socklen_t length = sizeof *address;
  int fd = socket (AF_INET, SOCK_DGRAM, 0);

  *address = (struct sockaddr_in){ .sin_family = AF_INET };
  inet_pton (AF_INET, "127.0.0.1", &address->sin_addr);
  g_assert_cmpint (bind (fd, (struct sockaddr *) address, length), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) address, &length), ==, 0);
  return fd;
}

/* Packet 2 is sent again to who has asked, and is what is missing. */
static void
answer (Hall *hall, int server, gint64 now_ns)
{
  static const guint8 again[] = { 0x80, 99, 0, 1, 0, 0, 7, 128, 0, 0, 0, 9, 0, 2, 'a', 'b' };
  const int fd = lec_streams_get_answer_fd (&hall->streams, 0);
  struct sockaddr_storage from;
  socklen_t length = sizeof from;
  struct pollfd asked = { server, POLLIN, 0 }, answered = { fd, POLLIN, 0 };
  guint8 bytes[256];
  LecPacket *packet;
  gssize size;

  g_assert_cmpint (poll (&asked, 1, PATIENCE_MS), ==, 1);
  size = recvfrom (server, bytes, sizeof bytes, 0, (struct sockaddr *) &from, &length);
  g_assert_cmpint (size, >, 16);
  g_assert_cmpmem (bytes + size - 8, 8, "\0\0\0\1\0\2\0\0", 8); /* of SSRC 1, packet 2 */
  sendto (server, again, sizeof again, 0, (struct sockaddr *) &from, length);
  g_assert_cmpint (poll (&answered, 1, PATIENCE_MS), ==, 1);
  length = sizeof from;
  size = recvfrom (fd, bytes, sizeof bytes, 0, (struct sockaddr *) &from, &length);
  packet = new_packet (hall, bytes, (guint32) size, now_ns);
  packet->sender = lec_address_get_sender (&from);
  lec_streams_feed_repair (&hall->streams, 0, LEC_REPAIR_RTX, packet);
}

/* A computer that is not the station is asked where the viewer has opened the announcement that
 * names it; one that was only heard may send nobody anywhere. */
static void
test_requests (void)
{
  for (guint opened = 0; opened < 2; opened++) {
    g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
    LecEndpoints endpoints = { 0 };
    struct sockaddr_in address;
    int server = open_socket (&address);
    gint64 now_ns = 80 * MSECOND, wake_ns;

    add_asking (hall, ntohs (address.sin_port));
    lec_streams_allow_requests (&hall->streams, hall->alternative, opened == 1);
    for (guint i = 0; i < 5; i++) {
      if (i == 2)
        hall->sequence[0]++;
      else
        feed (hall, 0, i * 20 * MSECOND, i * 20 * MSECOND);
    }
    while (get_stats (hall, 0).requests == 0
           && (wake_ns = lec_streams_report (&hall->streams, &endpoints, now_ns)) != G_MAXINT64)
      now_ns = wake_ns;
    g_assert_cmpuint (get_stats (hall, 0).requests, ==, opened);
    if (opened)
      answer (hall, server, now_ns);
    g_assert_cmpuint (get_stats (hall, 0).recovered, ==, opened);
    close (server);
  }
}

/* However many streams name a computer that never answers, together they ask as one does. */
static void
test_trials (void)
{
  g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
  LecEndpoints endpoints = { 0 };
  struct sockaddr_in address;
  int server = open_socket (&address);
  gint64 before_ns = -SECOND;
  guint requests = 0;

  for (guint i = 0; i < 4; i++)
    add_asking (hall, ntohs (address.sin_port));
  lec_streams_allow_requests (&hall->streams, hall->alternative, TRUE);
  for (gint64 at = 0; at < 600; at++) { /* each stream loses each tenth packet, for 12 s */
    const gint64 now_ns = at * 20 * MSECOND;
    guint count = 0;

    for (guint i = 0; i < 4; i++) {
      if (at % 10 == 5)
        hall->sequence[i]++;
      else
        feed_type (hall, i, 96, now_ns, now_ns);
    }
    lec_streams_report (&hall->streams, &endpoints, now_ns);
    for (guint i = 0; i < 4; i++)
      count += get_stats (hall, i).requests;
    if (count == requests)
      continue;
    g_assert_cmpuint (count, ==, requests + 1);
    g_assert_cmpint (now_ns - before_ns, >=, SECOND);
    before_ns = now_ns;
    requests = count;
  }
  g_assert_cmpuint (requests, >=, 3);
  g_assert_cmpuint (requests, <=, 5);
  close (server);
}

/* ---- whose ---- */

/* Packet @number of a source, 50 a second, from a host of its own or not; its SSRC tells which it
 * is. */
static void
feed_source (Hall *self, guint8 host, guint which, guint stream, guint number, gint64 arrival_ns)
{
  guint8 bytes[PLAIN_SIZE] = { 0x80, (guint8) (96 + stream) };
  guint16 sequence = (guint16) (number + 1000u * which);
  struct sockaddr_storage from = { .ss_family = AF_INET };
  LecDatagram datagram = { .from = &from, .bytes = bytes, .size = sizeof bytes };
  LecPacket *packet;

  ((struct sockaddr_in *) &from)->sin_addr.s_addr = htonl (0xc0000200u | host);
  bytes[2] = (guint8) (sequence >> 8);
  bytes[3] = (guint8) sequence;
  put32 (bytes + 4, number * (RATE / 50));
  put32 (bytes + 8, 100u * which + stream);
  packet = new_packet (self, bytes, sizeof bytes, arrival_ns);
  packet->sender = lec_datagram_get_sender (&datagram);
  packet->standing
      = lec_station_table_hear (&self->streams.stations, &datagram, stream, 0, arrival_ns);
  lec_streams_feed_rtp (&self->streams, stream, 0, packet);
}

/* Of a station that has all streams. */
static void
feed_station (Hall *self, guint8 host, guint stream, guint number, gint64 arrival_ns)
{
  feed_source (self, host, host, stream, number, arrival_ns);
}

/* Two lectures of two streams on the same groups. */
typedef struct
{
  Hall *hall;
  gint64 begins_ns[2][2]; /* of each station and stream */
  guint heard[2];         /* whose packets leave now, by stream */
  guint row[2];           /* packets of that station in a row */
  guint changes[2];       /* of the station, which was no single packet */
} Rivals;

static void
pull_rivals (Rivals *self, guint stream, gint64 now_ns)
{
  LecItem item;
  gint64 wake_ns;

  while (lec_session_pull (self->hall->streams.sessions[stream], now_ns, &item, &wake_ns)) {
    guint host;

    if (item.kind != LEC_ITEM_PACKET)
      continue;
    host = item.packet->ssrc / 100;
    if (self->heard[stream] != host) {
      self->changes[stream] += self->row[stream] > 1;
      self->row[stream] = 0;
    }
    self->row[stream]++;
    self->heard[stream] = host;
    lec_packet_release (item.packet);
  }
}

/* One frame time: whoever has begun sends a packet of each stream, in any order. */
static void
send_frame (Rivals *self, guint number, GRand *random)
{
  guint first = g_rand_int (random) % 4;

  for (guint i = 0; i < 4; i++) {
    guint which = (first + i * (first % 2 == 0 ? 1 : 3)) % 4;
    gint64 now_ns = SECOND + number * 20 * MSECOND + i * MSECOND;

    if (now_ns < self->begins_ns[which / 2][which % 2])
      continue;
    feed_station (self->hall, (guint8) (1 + which / 2), which % 2, number, now_ns);
    pull_rivals (self, which % 2, now_ns);
  }
}

/* Of two stations that begin at any time one is heard, picture and sound, from the first packet on;
 * and the other one as soon as that is chosen. */
static void
test_two_stations (void)
{
  for (guint32 seed = 0; seed < 300; seed++) {
    g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
    g_autoptr (GRand) random = g_rand_new_with_seed (seed);
    Rivals rivals = { .hall = hall };
    g_autofree char *other = NULL;

    g_test_message ("seed %u", seed);
    add_stream (hall, LEC_MEDIA_VIDEO, 96, NULL);
    add_stream (hall, LEC_MEDIA_AUDIO, 97, NULL);
    for (guint i = 0; i < 4; i++)
      rivals.begins_ns[i / 2][i % 2] = SECOND + g_rand_int_range (random, 0, 300) * MSECOND;
    for (guint i = 0; i < 100; i++)
      send_frame (&rivals, i, random);

    g_assert_cmpuint (rivals.heard[0], ==, rivals.heard[1]);
    g_assert_cmpuint (rivals.changes[0] + rivals.changes[1], ==, 0);

    other = g_strdup_printf ("192.0.2.%u", 3 - rivals.heard[0]);
    lec_station_table_choose (&hall->streams.stations, other);
    for (guint i = 100; i < 200; i++)
      send_frame (&rivals, i, random);

    for (guint i = 0; i < 2; i++) {
      LecStats stats = get_stats (hall, i);

      g_assert_cmpuint (rivals.changes[i], ==, 1);
      g_assert_cmpuint (stats.ssrc / 100, ==, rivals.heard[i]);
      g_assert_cmpuint (rivals.heard[0], ==, rivals.heard[1]);
      g_assert_cmpuint (stats.other_stations, >, 150);
      g_assert_cmpuint (stats.out, >, 180);
      g_assert_cmpuint (stats.lost, ==, 0);
      g_assert_cmpuint (stats.restarts, <=, 2);
      g_assert_cmpuint (stats.received, ==, stats.out + stats.discarded + stats.held);
    }
  }
}

/* An empty receiver report, and the name of who sends @ssrc. */
static void
feed_name (Hall *self, guint stream, guint32 ssrc, char name, gint64 now_ns)
{
  guint8 bytes[20] = { 0x80, 201, 0, 1, [8] = 0x81, 202, 0, 2, [16] = 1, 1, (guint8) name, 0 };
  struct sockaddr_storage from = { .ss_family = AF_INET };
  LecEndpoint port = { .n_users = 1, .users[0].stream = stream };
  LecDatagram datagram = { .from = &from, .bytes = bytes, .size = sizeof bytes };

  ((struct sockaddr_in *) &from)->sin_addr.s_addr = htonl (0xc0000201u);
  put32 (bytes + 4, ssrc);
  put32 (bytes + 12, ssrc);
  lec_streams_feed_rtcp (&self->streams, &port, &datagram, now_ns);
}

/* Two stations on one computer, which only their names tell apart: picture and sound end up with
 * the same one, in whatever order they are heard. */
static void
test_two_names (void)
{
  for (guint order = 0; order < 16; order++) {
    g_autoptr (Hall) hall = hall_new (LEC_KIND_RTP, LATENCY);
    guint names[2];

    add_stream (hall, LEC_MEDIA_VIDEO, 96, NULL);
    add_stream (hall, LEC_MEDIA_AUDIO, 97, NULL);
    for (guint i = 0; i < 100; i++) {
      for (guint j = 0; j < 4; j++) {
        guint stream = j / 2, which = (j + (order >> stream)) % 2;
        gint64 now_ns = SECOND + i * 20 * MSECOND + j * MSECOND;

        /* SSRCs 100 and 200, 101 and 201; all from one host */
        feed_source (hall, 1, 1 + which, stream, i, now_ns);
        if (i == 50)
          feed_name (hall, stream, 100 * (1 + which) + stream, (char) ('a' + which), now_ns);
      }
    }
    for (guint i = 0; i < 2; i++)
      names[i] = get_stats (hall, i).ssrc / 100;
    g_assert_cmpuint (names[0], ==, names[1]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/streams/payload-type", test_payload_type);
  g_test_add_func ("/streams/no-payload-type", test_no_payload_type);
  g_test_add_func ("/streams/keys", test_keys);
  g_test_add_func ("/streams/encrypted-parity", test_encrypted_parity);
  g_test_add_func ("/streams/shared-parity", test_shared_parity);
  g_test_add_func ("/streams/refused-key", test_refused_key);
  g_test_add_func ("/streams/sync", test_sync);
  g_test_add_func ("/streams/encrypted-report", test_encrypted_report);
  g_test_add_func ("/streams/latency", test_latency);
  g_test_add_func ("/streams/sender-time", test_sender_time);
  g_test_add_func ("/streams/reset", test_reset);
  g_test_add_func ("/streams/reports", test_reports);
  g_test_add_func ("/streams/requests", test_requests);
  g_test_add_func ("/streams/trials", test_trials);
  g_test_add_func ("/streams/two-stations", test_two_stations);
  g_test_add_func ("/streams/two-names", test_two_names);
  return g_test_run ();
}
