/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is written can be read: the same channel comes back, whatever was said of it. */
#include <string.h>

#include "announce/recognise.h"
#include "announce/sdp-print.h"
#include "announce/sdp.h"
#include "channel/error.h"
#include "rows.h"

static LecAnnouncement *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  LecAnnouncement *announcement = lec_announcement_parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (announcement->channels->len, ==, 1);
  return announcement;
}

static LecChannel *
get_channel (const LecAnnouncement *announcement)
{
  return g_ptr_array_index (announcement->channels, 0);
}

static char *
print (const LecChannel *channel)
{
  g_autoptr (GError) error = NULL;
  char *text = lec_sdp_print (lec_channel_get_info (channel), 0, 1, &error);

  g_assert_no_error (error);
  return text;
}

/* The order and the line ends of RFC 8866, section 5. */
static void
check_form (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  const char *order = "vosiuepcbtrzka";
  gboolean is_session = TRUE;

  g_assert_true (g_str_has_prefix (text, "v=0\r\no="));
  g_assert_true (g_str_has_suffix (text, "\r\n"));
  for (guint i = 0; lines[i + 1] != NULL; i++) {
    const char *place;

    g_assert_cmpint (lines[i][0] != '\0' ? lines[i][1] : 0, ==, '=');
    g_assert_null (strpbrk (lines[i], "\r\n"));
    if (lines[i][0] == 'm') {
      order = "icbka";
      is_session = FALSE;
      continue;
    }
    if (is_session && strchr ("tr", lines[i][0]) != NULL)
      order = "trzka";
    place = strchr (order, lines[i][0]);
    if (place == NULL)
      g_error ("“%s” is out of order in:\n%s", lines[i], text);
    order = place;
  }
  g_assert_false (is_session);
  /* some players look for an address before the first section only */
  g_assert_true (strstr (text, "\r\nc=IN IP") < strstr (text, "\r\nm="));
  g_assert_nonnull (strstr (text, "\r\nc=IN IP"));
}

static void
check_round (const LecChannel *channel)
{
  g_autofree char *text = print (channel);
  g_autoptr (LecAnnouncement) again = parse (text);
  g_autofree char *second = print (get_channel (again));

  check_form (text);
  if (!lec_channel_equal (channel, get_channel (again)))
    g_error ("another channel came back (%s, %s):\n%s\n%s", lec_channel_get_id (channel),
             lec_channel_get_id (get_channel (again)), text, second);
  g_assert_cmpstr (text, ==, second);
}

static void
test_file (gconstpointer data)
{
  gsize length;
  g_autofree char *bytes = lec_data_load (data, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_announcement_parse (bytes, length, NULL, &error);

  g_assert_no_error (error);
  check_round (get_channel (announcement));
}

static void
add_files (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sdp", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint count = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *story = g_strconcat ("/sdp-print/file/", name, NULL);

    if (!g_str_has_suffix (name, ".sdp"))
      continue;
    g_test_add_data_func_full (story, g_strconcat ("sdp/", name, NULL), test_file, g_free);
    count++;
  }
  g_assert_cmpuint (count, >, 20);
}

#define GOOD                                                                                       \
  "v=0\r\no=lec 7 1 IN IP4 192.0.2.9\r\ns=Hall 3\r\nc=IN IP4 239.1.1.1/8\r\nt=0 0\r\n"             \
  "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
#define NO_TIME "v=0\r\no=lec 7 1 IN IP4 192.0.2.9\r\ns=Hall 3\r\nc=IN IP4 239.1.1.1/8\r\n"
#define KEY "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5"

/* Whole descriptions, each with something that is written in a way of its own. */
static const struct
{
  const char *story;
  const char *text;
} rounds[] = {
  { "plain", GOOD },
  { "origin of nobody", "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 239.1.1.1\r\n"
                        "m=audio 2 RTP/AVP 0\r\n" },
  { "no origin", "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1\r\nm=audio 2 RTP/AVP 0\r\n" },
  { "origin 0.0.0.0", "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=x\r\nc=IN IP4 239.1.1.1\r\n"
                      "m=audio 2 RTP/AVP 0\r\n" },
  { "origin 0.0.0.0 with a session", "v=0\r\no=a 9 0 IN IP4 0.0.0.0\r\ns=x\r\n"
                                     "c=IN IP4 239.1.1.1\r\nm=audio 2 RTP/AVP 0\r\n" },
  { "origin in IPv6", "v=0\r\no=a 9 0 IN IP6 2001:db8::1\r\ns=x\r\nc=IN IP6 ff15::1\r\n"
                      "m=audio 2 RTP/AVP 0\r\na=source-filter: incl IN IP6 * 2001:db8::1\r\n" },
  { "origin by name", "v=0\r\no=a 9 0 IN IP4 hall.example\r\ns=-\r\nc=IN IP4 239.1.1.1\r\n"
                      "m=audio 2 RTP/AVP 0\r\n" },
  { "times", NO_TIME "t=3900000000 3910000000\r\nr=7d 1h 0 25h\r\nr=604800 3600 90000\r\n"
                     "t=3900000000 0\r\nr=1d 30m 0\r\nt=0 3920000000\r\n"
                     "z=3900500000 -1h 3905000000 0\r\nm=audio 2 RTP/AVP 0\r\n" },
  { "texts", "v=0\r\no=lec 7 1 IN IP4 192.0.2.9\r\ns= Größe \r\ni=On “groups”\r\n"
             "u=https://lectures.example/3\r\ne=a@b.example (A)\r\ne=B <c@b.example>\r\n"
             "p=+49 30 1\r\np=+49 30 2\r\nc=IN IP4 239.1.1.1/8\r\nt=0 0\r\na=tool:VLC: 3.0\r\n"
             "a=type:meeting\r\na=x-plgroup:Maths\r\na=keywds:group ring field\r\n"
             "a=x-qt-text-aut:Noether\r\na=x-qt-text-cpy:1921\r\na=x-qt-text-nam:Rings\r\n"
             "a=x-logo:http://lectures.example/logo.png\r\na=x-detail:a%20b%3A 1: 2\r\n"
             "m=audio 2 RTP/AVP 0\r\ni=Floor: 1\r\na=lang:de-CH\r\na=content:main,speaker\r\n" },
  { "parameters", "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1/8\r\nm=audio 2 RTP/AVP 96 101 0\r\n"
                  "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 stereo=1;sprop-stereo=1; x = a=b==\r\n"
                  "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15,66\r\na=ptime:0.125\r\n"
                  "m=video 4 RTP/AVP 97\r\na=rtpmap:97 raw/90000\r\n"
                  "a=fmtp:97 sampling=YCbCr-4:2:2; width=1920; height=1080; depth=10; interlace; "
                  "exactframerate=25; interlaced\r\n" },
  { "RTCP", GOOD "m=audio 5008 RTP/AVP 0\r\na=rtcp-mux\r\nm=audio 5010 RTP/AVP 0\r\na=rtcp:6000\r\n"
                 "m=audio 5012 RTP/AVP 0\r\na=rtcp:5012 IN IP4 239.1.1.2\r\n"
                 "m=audio 5014 RTP/AVP 0\r\na=rtcp:0\r\nm=audio 65535 RTP/AVP 0\r\n" },
  { "bandwidths", GOOD "b=AS:4000\r\nb=RS:0\r\nb=RR:800\r\nm=audio 6 RTP/AVP 0\r\nb=TIAS:64001\r\n"
                       "m=audio 8 RTP/AVP 96\r\na=rtpmap:96 L24/48000/8\r\n" },
  { "clocks",
    GOOD "a=ts-refclk:ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:domain-nmbr=37\r\n"
         "a=ts-refclk:ntp=203.0.113.10\r\na=ts-refclk:ntp=/traceable/\r\na=ts-refclk:gps\r\n"
         "a=ts-refclk:gal\r\na=ts-refclk:glonass\r\na=ts-refclk:local\r\n"
         "a=ts-refclk:localmac=7C-E9-D3-1B-9A-AF\r\n"
         "a=mediaclk:direct=963214424 rate=1000/1001\r\n"
         "m=audio 6 RTP/AVP 0\r\na=ts-refclk:private:traceable\r\na=ts-refclk:private\r\n"
         "a=ts-refclk:ptp=IEEE802.1AS-2011:traceable\r\na=mediaclk:sender\r\n"
         "m=audio 8 RTP/AVP "
         "0\r\na=ts-refclk:ptp=traceable\r\na=mediaclk:IEEE1722=38-D6-6D-8E-D2-78-13-2F\r\n" },
  { "sources", GOOD "a=source-filter: incl IN IP4 239.1.1.1 192.0.2.1 192.0.2.2\r\n"
                    "m=audio 6 RTP/AVP 0\r\na=source-filter: excl IN IP4 * 192.0.2.3\r\n" },
  { "legs, repair and lip sync",
    "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1/8\r\na=group:LS a v\r\na=group:DUP v w\r\n"
    "a=group:FEC-FR v f g\r\na=group:FID w r\r\n"
    "m=video 5004 RTP/AVP 96 98\r\na=rtpmap:96 H264/90000\r\na=rtpmap:98 rtx/90000\r\n"
    "a=fmtp:98 apt=96;rtx-time=200\r\na=mid:v\r\n"
    "m=video 5006 RTP/AVP 96 98\r\nc=IN IP4 239.1.1.2/4\r\na=rtpmap:96 H264/90000\r\n"
    "a=rtpmap:98 rtx/90000\r\na=fmtp:98 apt=96;rtx-time=200\r\na=mid:w\r\n"
    "m=application 5008 RTP/AVP 100\r\na=rtpmap:100 1d-interleaved-parityfec/90000\r\n"
    "a=fmtp:100 L=5; D=10; repair-window=200000\r\na=mid:f\r\n"
    "m=application 5010 RTP/AVP 101 102\r\nc=IN IP4 239.1.1.3/8\r\na=rtpmap:101 flexfec/90000\r\n"
    "a=source-filter: incl IN IP4 239.1.1.3 192.0.2.1\r\na=rtpmap:102 ulpfec/8000\r\na=mid:g\r\n"
    "m=video 5012 RTP/AVP 97\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=mid:r\r\n"
    "m=audio 5014 RTP/AVP 0\r\na=mid:a\r\nm=text 5016 RTP/AVP 99\r\na=rtpmap:99 t140/1000\r\n" },
  { "feedback to the group",
    "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1/8\r\na=group:FID 1 2\r\nm=video 5004 RTP/AVPF 96\r\n"
    "a=rtpmap:96 H264/90000\r\na=rtcp-fb:* nack\r\na=mid:1\r\nm=video 5010 RTP/AVPF 97\r\n"
    "a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96;rtx-time=500\r\na=mid:2\r\n" },
  { "feedback to a computer",
    "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1/8\r\nm=video 5004 RTP/AVPF 96 97\r\n"
    "a=rtpmap:96 H264/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n"
    "a=rtcp-fb:* nack\r\na=rtcp:6000 IN IP4 192.0.2.9\r\n" },
  { "feedback to the only source",
    "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1/8\r\na=source-filter: incl IN IP4 239.1.1.1 192.0.2.1\r\n"
    "a=rtcp-unicast:rsi\r\nm=video 5004 RTP/AVPF 96 97\r\n"
    "a=rtpmap:96 H264/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n"
    "a=rtcp-fb:* nack\r\n" },
  { "two groups of lip sync",
    "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1/8\r\na=group:LS d c\r\na=group:LS b a\r\n"
    "m=video 2 RTP/AVP 32\r\na=mid:a\r\nm=audio 4 RTP/AVP 0\r\na=mid:b\r\n"
    "m=video 6 RTP/AVP 32\r\na=mid:c\r\nm=audio 8 RTP/AVP 0\r\na=mid:d\r\n" },
  { "keys", GOOD "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "|2^20|1:4;inline:" KEY
                 "|2^20|258:4\r\nm=audio 6 RTP/SAVP 0\r\na=crypto:1 AEAD_AES_128_GCM "
                 "inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nw==\r\n" },
  { "repair of what is encrypted",
    "v=0\r\ns=x\r\nc=IN IP4 239.1.1.1/8\r\na=group:FEC-FR 1 2\r\nm=video 5004 RTP/SAVP 96\r\n"
    "a=rtpmap:96 H264/90000\r\na=mid:1\r\na=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:" KEY "\r\n"
    "m=video 5006 RTP/SAVP 97\r\na=rtpmap:97 ulpfec/90000\r\na=mid:2\r\n"
    "a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:" KEY "\r\n" },
  { "transport stream on two legs",
    "v=0\r\ns=x\r\na=group:DUP 1 2\r\nm=video 1234 udp mpeg\r\nc=IN IP4 239.1.1.1/8\r\na=mid:1\r\n"
    "m=video 1234 udp mpeg\r\nc=IN IP4 239.1.1.2/8\r\nb=AS:5000\r\na=mid:2\r\n" },
};

static void
test_round (gconstpointer data)
{
  g_autoptr (LecAnnouncement) announcement = parse (data);

  check_round (get_channel (announcement));
}

static GStrv
list (const char *words)
{
  return g_strsplit (words, " ", -1);
}

static void
fill_texts (LecChannelInfo *info)
{
  info->id = g_strdup ("sdp lec 7 IN 2001:db8::9");
  info->origin = g_strdup ("2001:db8::9");
  info->title = g_strdup ("Hall 3: „Ringe“");
  info->description = g_strdup ("On rings");
  info->author = g_strdup ("Noether");
  info->copyright = g_strdup ("1921");
  info->email = g_strdup ("av@lectures.example (AV)");
  info->phone = g_strdup ("+49 30 1");
  info->category = g_strdup ("Maths");
  info->keywords = g_strdup ("ring field");
  info->more_info = g_strdup ("https://lectures.example/3");
  info->logo = g_strdup ("https://lectures.example/3.png");
  lec_channel_info_add_detail (info, "tool", "lectern");
  lec_channel_info_add_detail (info, "Room: 3 (a=b)", "first floor");
  lec_channel_info_add_detail (info, "nothing", "");
}

static void
fill_schedule (LecChannelInfo *info)
{
  const LecRepeat repeats[] = { { 604800, 3600, 0 }, { 604800, 3600, 90000 }, { 86400, 60, 5 } };
  const LecZone zones[] = { { 1694011200, -3600 }, { 1696011200, 0 } };
  LecPeriod *period;

  info->schedule = lec_schedule_new ();
  period = lec_schedule_add_period (info->schedule, 1691011200, 9999999999);
  g_array_append_vals (period->repeats, repeats, G_N_ELEMENTS (repeats));
  lec_schedule_add_period (info->schedule, 1691011300, 0);
  g_array_append_vals (info->schedule->zones, zones, G_N_ELEMENTS (zones));
}

static void
fill_video (LecStream *stream)
{
  LecLeg *leg = lec_stream_add_leg (stream, "239.1.1.1", 5004);
  LecRepair *repair;
  LecReference *reference;

  leg->ttl = 8;
  leg->rtcp_group = g_strdup ("239.1.1.9");
  leg->rtcp_port = 6000;
  leg->sources = list ("192.0.2.1 192.0.2.2");
  leg = lec_stream_add_leg (stream, "239.1.1.2", 5006);
  leg->rtcp_port = 5006;
  leg->excluded = list ("192.0.2.3");
  lec_stream_add_payload (stream, 96, "H264", 90000)->parameters
      = list ("packetization-mode 1 sprop-parameter-sets Z2QA==,aO4= interlace 1");
  lec_stream_add_payload (stream, 97, "rtx", 90000)->parameters = list ("apt 96");
  repair = lec_stream_add_repair (stream, LEC_REPAIR_2022_1, "239.1.1.3", 5008);
  repair->payload = 100;
  repair->clock_rate = 90000;
  repair->parameters = list ("L 5 D 10");
  repair->sources = list ("192.0.2.1");
  repair = lec_stream_add_repair (stream, LEC_REPAIR_RTX, "239.1.1.1", 5004);
  repair->payload = 97;
  repair->clock_rate = 90000;
  repair->parameters = list ("apt 96");
  repair->sources = list ("192.0.2.1 192.0.2.2");
  stream->language = g_strdup ("de");
  stream->label = g_strdup ("Camera");
  stream->content = g_strdup ("speaker");
  stream->sync_group = 1;
  stream->bandwidth = 4000001;
  stream->rtcp_senders = 800;
  stream->rtcp_receivers = 0;
  lec_stream_add_key (stream, "AES_256_CM_HMAC_SHA1_80",
                      g_bytes_new_static ("0123456789012345678901234567890123456789012345", 46),
                      g_bytes_new_static ("\0\1", 2));
  reference = lec_stream_add_reference (stream, LEC_REFERENCE_PTP);
  reference->version = g_strdup ("IEEE1588-2008");
  reference->identity = g_strdup ("39-A7-94-FF-FE-07-CB-D0");
  reference->domain = 37;
  lec_stream_add_reference (stream, LEC_REFERENCE_GALILEO);
  stream->media_clock.kind = LEC_MEDIA_CLOCK_DIRECT;
  stream->media_clock.offset = G_MAXUINT32;
  stream->media_clock.rate_numerator = 1000;
  stream->media_clock.rate_denominator = 1001;
}

static void
fill_audio (LecStream *stream)
{
  lec_stream_add_leg (stream, "ff15::1", 5014)->rtcp_port = 5015;
  lec_stream_add_payload (stream, 111, "opus", 48000)->channels = 2;
  stream->sync_group = 1;
  stream->packet_time_us = 2500;
  stream->media_clock.kind = LEC_MEDIA_CLOCK_SENDER;
}

/* A channel that nobody announced, with all that there is a field for. */
static void
test_full (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (GError) error = NULL;

  fill_texts (info);
  fill_schedule (info);
  fill_video (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO));
  fill_audio (lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO));
  channel = lec_channel_new (g_steal_pointer (&info), &error);
  g_assert_no_error (error);
  check_round (channel);
}

/* Ends of lines in a value must not make lines of their own. */
static void
test_injection (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  LecPayload *payload;
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (GStrvBuilder) parameters = g_strv_builder_new ();
  g_autofree char *text = NULL;

  info->id = g_strdup ("sdp a\r\nm=audio 1 IN 192.0.2.1");
  info->title = g_strdup ("x\r\nm=audio 9 RTP/AVP 0");
  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  payload = lec_stream_add_payload (stream, 96, "H264", 90000);
  g_strv_builder_add_many (parameters, "x", "1\r\nm=audio 9 RTP/AVP 0", NULL);
  payload->parameters = g_strv_builder_end (parameters);
  channel = lec_channel_new (g_steal_pointer (&info), NULL);
  text = print (channel);
  check_form (text);
  g_assert_null (strstr (text, "\nm=audio"));
}

/* A bare address becomes a description of all that may be there; other formats get an origin. */
static void
test_address (void)
{
  g_autoptr (LecAnnouncement) rtp = parse ("rtp://192.0.2.1@239.1.1.1:5004");
  g_autoptr (LecAnnouncement) udp = parse ("udp://@239.1.1.1:1234?ttl=3");
  g_autofree char *rtp_text = print (get_channel (rtp));
  g_autofree char *udp_text = print (get_channel (udp));
  g_autofree char *again = print (get_channel (rtp));
  g_autoptr (LecAnnouncement) read = parse (udp_text);
  g_autofree char *summary = lec_summary_new (read);

  check_form (rtp_text);
  g_assert_cmpstr (rtp_text, ==, again);
  g_assert_nonnull (strstr (rtp_text, "m=video 5004 RTP/AVP 33 25 26 28 31 32 34\r\n"));
  g_assert_nonnull (strstr (rtp_text, "a=source-filter: incl IN IP4 239.1.1.1 192.0.2.1\r\n"));
  g_assert_cmpstr (summary, ==, "239.1.1.1:1234: ts video 239.1.1.1:1234/3");
}

static void
test_refused (void)
{
  static const char list[]
      = "<asx version=\"3\"><entry><ref href=\"http://a.example/b\"/></entry></asx>";
  g_autoptr (LecAnnouncement) asx = parse (list);
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  g_autoptr (LecChannel) station = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_sdp_print (lec_channel_get_info (get_channel (asx)), 0, 1, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "http://a.example/b"));
  g_clear_error (&error);

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.1.1", 1);
  lec_alternative_add_format (alternative, 1, g_bytes_new_static ("x", 1));
  station = lec_channel_new (g_steal_pointer (&info), NULL);
  g_assert_null (lec_sdp_print (lec_channel_get_info (station), 0, 1, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, ".nsc"));
}

/* The alternative that is asked for, not another. */
static void
test_alternative (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  g_autoptr (LecChannel) channel = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 2; i++) {
    LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
    LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

    lec_stream_add_leg (stream, "239.1.1.1", (guint16) (1000 + i));
  }
  channel = lec_channel_new (g_steal_pointer (&info), NULL);
  text = lec_sdp_print (lec_channel_get_info (channel), 1, 1, NULL);
  g_assert_nonnull (strstr (text, "m=video 1001 udp 33\r\n"));
  g_assert_null (strstr (text, "1000 udp"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_files ();
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++) {
    g_autofree char *path = g_strconcat ("/sdp-print/round/", rounds[i].story, NULL);

    g_test_add_data_func (path, rounds[i].text, test_round);
  }
  g_test_add_func ("/sdp-print/full", test_full);
  g_test_add_func ("/sdp-print/injection", test_injection);
  g_test_add_func ("/sdp-print/address", test_address);
  g_test_add_func ("/sdp-print/refused", test_refused);
  g_test_add_func ("/sdp-print/alternative", test_alternative);
  return g_test_run ();
}
