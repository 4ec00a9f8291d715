/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/srtp.h"

#include <string.h>

#include "channel/error.h"
#include "srtp-station.h"

#define KEY SRTP_STATION_KEY
#define OTHER SRTP_STATION_OTHER_KEY
#define GCM_KEY "0123456789abcdefghijklmnopqr"
#define SIZE SRTP_STATION_SIZE
#define MSECOND 1000000

static void
put32 (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (24 - 8 * i));
}

static LecSrtp *
make_srtp (const char *suite, const char *key, const char *mki, GError **error)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);

  lec_stream_add_key (stream, suite, g_bytes_new (key, strlen (key)),
                      mki != NULL ? g_bytes_new (mki, strlen (mki)) : NULL);
  return lec_srtp_new (stream->keys, error);
}

/* Sends @count packets; returns how many were opened, and right. */
static guint
pass (SrtpStation *station, LecSrtp *srtp, guint count, gint64 *now_ns)
{
  guint opened = 0;

  for (guint i = 0; i < count; i++) {
    guint8 data[SIZE + 64];
    guint8 number[4];
    guint32 size;

    put32 (number, station->sequence);
    size = srtp_station_protect (station, data);
    *now_ns += 20 * MSECOND;
    if (lec_srtp_unprotect_rtp (srtp, data, &size, *now_ns) != LEC_SRTP_OPENED)
      continue;
    g_assert_cmpuint (size, ==, SIZE);
    g_assert_cmpmem (data + 12, 4, number, 4);
    opened++;
  }
  return opened;
}

static void
test_suites (void)
{
  static const char *const suites[][2]
      = { { "AES_CM_128_HMAC_SHA1_80", KEY }, { "AEAD_AES_128_GCM", GCM_KEY } };

  for (guint i = 0; i < G_N_ELEMENTS (suites); i++) {
    g_autoptr (LecSrtp) srtp = make_srtp (suites[i][0], suites[i][1], NULL, NULL);
    SrtpStation station;
    gint64 now_ns = 0;

    srtp_station_init (&station, suites[i][1], 7, 0, NULL);
    g_assert_cmpuint (pass (&station, srtp, 500, &now_ns), ==, 500);
    srtp_station_clear (&station);
  }
}

/* The number of wraps is found with the first packet, or soon. */
static void
test_late_join (void)
{
  static const struct
  {
    guint32 wraps;
    guint lost_at_most;
  } rows[] = { { 0, 0 }, { 1, 0 }, { 15, 0 }, { 16, 1 }, { 1000, 63 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
    SrtpStation station;
    gint64 now_ns = 0;

    srtp_station_init (&station, KEY, 7, rows[i].wraps, NULL);
    g_assert_cmpuint (pass (&station, srtp, 200, &now_ns), >=, 200 - rows[i].lost_at_most);
    srtp_station_clear (&station);
  }
}

static void
test_wrap (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
  SrtpStation station;
  gint64 now_ns = 0;

  srtp_station_init (&station, KEY, 7, 3, NULL);
  station.sequence = 3 << 16 | 65500;
  g_assert_cmpuint (pass (&station, srtp, 100, &now_ns), ==, 100);
  srtp_station_clear (&station);
}

/* A station that is started anew counts from 0, perhaps under the same name. */
static void
test_restart (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
  SrtpStation before, after, other;
  gint64 now_ns = 0;

  srtp_station_init (&before, KEY, 7, 2, NULL);
  srtp_station_init (&after, KEY, 7, 0, NULL);
  srtp_station_init (&other, KEY, 8, 0, NULL);
  after.sequence = 40000;
  g_assert_cmpuint (pass (&before, srtp, 100, &now_ns), ==, 100);
  g_assert_cmpuint (pass (&other, srtp, 100, &now_ns), ==, 100);
  g_assert_cmpuint (pass (&after, srtp, 100, &now_ns), >=, 48);
  srtp_station_clear (&before);
  srtp_station_clear (&after);
  srtp_station_clear (&other);
}

static void
test_wrong_key (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", OTHER, NULL, NULL);
  SrtpStation station;
  gint64 now_ns = 0;

  srtp_station_init (&station, KEY, 7, 0, NULL);
  g_assert_cmpuint (pass (&station, srtp, 1000, &now_ns), ==, 0);
  srtp_station_clear (&station);
}

/* Forged sources do not displace the one that is right, however many there are. */
static void
test_flood (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
  SrtpStation station;
  gint64 now_ns = 0;
  guint opened = 0;

  srtp_station_init (&station, KEY, 7, 0, NULL);
  g_assert_cmpuint (pass (&station, srtp, 10, &now_ns), ==, 10);
  for (guint i = 0; i < 500; i++) {
    guint8 data[SIZE + 64] = { 0x80, 96 };
    guint32 size = sizeof data;

    put32 (data + 8, 1000 + i);
    g_assert_cmpint (lec_srtp_unprotect_rtp (srtp, data, &size, now_ns), ==, LEC_SRTP_FOREIGN);
    opened += pass (&station, srtp, 1, &now_ns);
  }
  g_assert_cmpuint (opened, ==, 500);
  srtp_station_clear (&station);
}

static void
test_repeated (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
  SrtpStation station;
  guint8 data[2][SIZE + 64];
  guint32 size;
  guint32 sizes[2];

  srtp_station_init (&station, KEY, 7, 0, NULL);
  size = srtp_station_protect (&station, data[0]);
  memcpy (data[1], data[0], size);
  sizes[0] = sizes[1] = size;
  g_assert_cmpint (lec_srtp_unprotect_rtp (srtp, data[0], &sizes[0], 0), ==, LEC_SRTP_OPENED);
  g_assert_cmpint (lec_srtp_unprotect_rtp (srtp, data[1], &sizes[1], 0), ==, LEC_SRTP_REPLAYED);
  srtp_station_clear (&station);
}

static void
test_named_key (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, "\1", NULL);
  SrtpStation station;
  gint64 now_ns = 0;

  srtp_station_init (&station, KEY, 7, 0, "\1");
  g_assert_cmpuint (pass (&station, srtp, 50, &now_ns), ==, 50);
  srtp_station_clear (&station);
}

static void
test_rtcp (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
  static const guint8 report[8] = { 0x80, 201, 0, 1, 0, 0, 0, 7 };
  guint8 data[128];
  SrtpStation station;
  guint32 length, size;

  srtp_station_init (&station, KEY, 7, 0, NULL);
  memcpy (data, report, sizeof report);
  length = size = srtp_station_protect_rtcp (&station, data, sizeof report);
  g_assert_true (lec_srtp_unprotect_rtcp (srtp, data, &size));
  g_assert_cmpmem (data, size, report, sizeof report);
  data[5] ^= 1;
  size = length;
  g_assert_false (lec_srtp_unprotect_rtcp (srtp, data, &size));
  srtp_station_clear (&station);
}

/* What we say is opened by others with the same key, and not by those with another one. */
static void
test_own_rtcp (void)
{
  static const guint8 report[8] = { 0x80, 201, 0, 1, 0, 0, 0, 7 };
  static const struct
  {
    const char *suite, *key, *mki;
  } rows[] = {
    { "AES_CM_128_HMAC_SHA1_80", KEY, NULL },
    { "AES_CM_128_HMAC_SHA1_32", KEY, NULL },
    { "AES_CM_128_HMAC_SHA1_80", KEY, "\1\2\3" },
    { "AEAD_AES_128_GCM", GCM_KEY, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecSrtp) ours = make_srtp (rows[i].suite, rows[i].key, rows[i].mki, NULL);
    g_autoptr (LecSrtp) theirs = make_srtp (rows[i].suite, rows[i].key, rows[i].mki, NULL);
    g_autoptr (LecSrtp) stranger = make_srtp ("AES_CM_128_HMAC_SHA1_80", OTHER, NULL, NULL);

    for (guint j = 0; j < 3; j++) {
      guint8 data[sizeof report + LEC_SRTCP_TRAILER], copy[sizeof data];
      guint32 size = sizeof report, length;

      memcpy (data, report, sizeof report);
      g_assert_true (lec_srtp_protect_rtcp (ours, data, &size));
      g_assert_cmpuint (size, >, sizeof report);
      g_assert_cmpuint (size, <=, sizeof data);
      memcpy (copy, data, size);
      length = size;
      g_assert_false (lec_srtp_unprotect_rtcp (stranger, copy, &length));
      g_assert_true (lec_srtp_unprotect_rtcp (theirs, data, &size));
      g_assert_cmpmem (data, size, report, sizeof report);
    }
  }
}

/* A hall of viewers is heard one after another; nobody is kept for ever, and nobody is deaf then.
 */
static void
test_many_viewers (void)
{
  g_autoptr (LecSrtp) ours = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
  g_autoptr (LecSrtp) theirs = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);

  for (guint i = 0; i < 600; i++) {
    guint8 data[8 + LEC_SRTCP_TRAILER] = { 0x80, 201, 0, 1 };
    guint32 size = 8;

    put32 (data + 4, 1 + i % 300);
    g_assert_true (lec_srtp_protect_rtcp (theirs, data, &size));
    g_assert_true (lec_srtp_unprotect_rtcp (ours, data, &size));
  }
}

/* Anything at all, in pieces of memory of just its size. */
static void
test_noise (void)
{
  g_autoptr (LecSrtp) srtp = make_srtp ("AES_CM_128_HMAC_SHA1_80", KEY, NULL, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 3000; i++) {
    guint32 length = (guint32) g_rand_int_range (random, 1, 200);
    g_autofree guint8 *data = g_malloc (length);
    guint32 size = length;

    for (guint j = 0; j < length; j++)
      data[j] = (guint8) g_rand_int (random);
    if (length > 8 && i % 2 == 0)
      put32 (data + 4, 0x80000000);
    g_assert_cmpint (lec_srtp_unprotect_rtp (srtp, data, &size, i), ==, LEC_SRTP_FOREIGN);
    size = length;
    g_assert_false (lec_srtp_unprotect_rtcp (srtp, data, &size));
  }
}

static void
test_refusals (void)
{
  static const char *const rows[][2] = {
    { "F8_128_HMAC_SHA1_80", KEY },
    { "AES_CM_128_HMAC_SHA1_80", "short" },
    { "AEAD_AES_128_GCM", KEY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (make_srtp (rows[i][0], rows[i][1], NULL, &error));
    g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
    g_assert_null (strstr (error->message, rows[i][1]));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/srtp/suites", test_suites);
  g_test_add_func ("/srtp/own-rtcp", test_own_rtcp);
  g_test_add_func ("/srtp/many-viewers", test_many_viewers);
  g_test_add_func ("/srtp/late-join", test_late_join);
  g_test_add_func ("/srtp/wrap", test_wrap);
  g_test_add_func ("/srtp/restart", test_restart);
  g_test_add_func ("/srtp/wrong-key", test_wrong_key);
  g_test_add_func ("/srtp/flood", test_flood);
  g_test_add_func ("/srtp/repeated", test_repeated);
  g_test_add_func ("/srtp/named-key", test_named_key);
  g_test_add_func ("/srtp/rtcp", test_rtcp);
  g_test_add_func ("/srtp/noise", test_noise);
  g_test_add_func ("/srtp/refusals", test_refusals);
  return g_test_run ();
}
