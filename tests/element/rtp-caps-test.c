/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/rtp-caps.h"

#include "announce/recognise.h"

#define FRONT "v=0\r\nc=IN IP4 239.1.1.1/1\r\n"

/* What an announcement makes of one payload type. */
static const struct
{
  const char *story;
  const char *media; /* lines of the media section; NULL: a bare address */
  guint payload;
  const char *caps; /* NULL: nobody has said */
  gboolean container;
} rows[] = {
  { "announced",
    "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n", 96,
    "application/x-rtp, media=(string)video, payload=(int)96, clock-rate=(int)90000, "
    "encoding-name=(string)H264, packetization-mode=(string)1" },
  { "static", "m=audio 5004 RTP/AVP 0\r\n", 0,
    "application/x-rtp, media=(string)audio, payload=(int)0, clock-rate=(int)8000, "
    "encoding-name=(string)PCMU, encoding-params=(string)1" },
  { "channels", "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 L16/48000/2\r\n", 97,
    "application/x-rtp, media=(string)audio, payload=(int)97, clock-rate=(int)48000, "
    "encoding-name=(string)L16, encoding-params=(string)2" },
  { "depayloaders know upper case only", "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\n",
    97,
    "application/x-rtp, media=(string)audio, payload=(int)97, clock-rate=(int)48000, "
    "encoding-name=(string)OPUS, encoding-params=(string)2" },
  { "another meaning of a static type, as trx has it",
    "m=audio 5004 RTP/AVP 0\r\na=rtpmap:0 opus/48000/2\r\n", 0,
    "application/x-rtp, media=(string)audio, payload=(int)96, clock-rate=(int)48000, "
    "encoding-name=(string)OPUS, encoding-params=(string)2" },
  { "its own meaning, in full", "m=audio 5004 RTP/AVP 0\r\na=rtpmap:0 pcmu/8000\r\n", 0,
    "application/x-rtp, media=(string)audio, payload=(int)0, clock-rate=(int)8000, "
    "encoding-name=(string)PCMU" },
  { "names in lower case",
    "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 Profile-Level-ID=42e01f\r\n",
    96,
    "application/x-rtp, media=(string)video, payload=(int)96, clock-rate=(int)90000, "
    "encoding-name=(string)H264, profile-level-id=(string)42e01f" },
  { "names that are ours",
    "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    "a=fmtp:96 "
    "media=audio;CLOCK-RATE=1;ssrc=9;clock-base=1;npt-start=2;encoding-name=X;payload=7\r\n",
    96,
    "application/x-rtp, media=(string)video, payload=(int)96, clock-rate=(int)90000, "
    "encoding-name=(string)H264" },
  { "names that are none",
    "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    "a=fmtp:96 9a=1;a b=2;,=3;a(int)=4;\303\244=5;config=good\r\n",
    96,
    "application/x-rtp, media=(string)video, payload=(int)96, clock-rate=(int)90000, "
    "encoding-name=(string)H264, config=(string)good" },
  { "the comment that FFmpeg leaves out of Vorbis",
    "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 vorbis/48000/2\r\n"
    "a=fmtp:97 configuration=AAAAAf7NugAKAgIAaWQFdm9yYmlzUw==\r\n",
    97,
    "application/x-rtp, media=(string)audio, payload=(int)97, clock-rate=(int)48000, "
    "encoding-name=(string)VORBIS, encoding-params=(string)2, "
    "configuration=(string)\"AAAAAf7NugAaAgIQaWQDdm9yYmlzAAAAAAAAAAABBXZvcmJpc1M\\=\"" },
  { "surround sound",
    "m=audio 5004 RTP/AVP 96\r\na=rtpmap:96 multiopus/48000/6\r\n"
    "a=fmtp:96 channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2\r\n",
    96,
    "application/x-rtp, media=(string)audio, payload=(int)96, clock-rate=(int)48000, "
    "encoding-name=(string)MULTIOPUS, encoding-params=(string)6, "
    "channel_mapping=(string)\"0,4,1,2,3,5\", num_streams=(string)4, coupled_streams=(string)2" },
  { "another payload type", "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n", 0, NULL },
  { "two of them", "m=audio 5004 RTP/AVP 0 97\r\na=rtpmap:97 L16/48000/2\r\n", 97,
    "application/x-rtp, media=(string)audio, payload=(int)97, clock-rate=(int)48000, "
    "encoding-name=(string)L16, encoding-params=(string)2" },
  { "a transport stream", "m=video 5004 RTP/AVP 33\r\n", 33,
    "application/x-rtp, media=(string)video, payload=(int)33, clock-rate=(int)90000, "
    "encoding-name=(string)MP2T",
    TRUE },
  { "a bare address, static", NULL, 0,
    "application/x-rtp, media=(string)audio, payload=(int)0, clock-rate=(int)8000, "
    "encoding-name=(string)PCMU, encoding-params=(string)1",
    TRUE },
  { "a bare address, dynamic", NULL, 96, NULL, TRUE },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autofree char *text = g_strconcat (FRONT, row->media, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (LecChannelInfo) info = NULL;
  g_autoptr (LecChannel) channel = NULL;
  const LecAlternative *alternative;
  const LecStream *stream;

  if (row->media != NULL) {
    announcement = lec_announcement_parse (text, strlen (text), NULL, &error);
    g_assert_no_error (error);
    channel = lec_channel_ref (g_ptr_array_index (announcement->channels, 0));
  } else {
    info = lec_channel_info_new ();
    lec_stream_add_leg (lec_alternative_add_stream (
                            lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO),
                        "239.1.1.1", 5004);
    channel = lec_channel_new (g_steal_pointer (&info), &error);
    g_assert_no_error (error);
  }
  alternative = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  stream = g_ptr_array_index (alternative->streams, 0);

  caps = lec_rtp_caps_new (stream, row->payload);
  if (row->caps == NULL) {
    g_assert_null (caps);
  } else {
    g_autoptr (GstCaps) expected = gst_caps_from_string (row->caps);
    g_autofree char *got = gst_caps_to_string (caps);

    if (!gst_caps_is_strictly_equal (caps, expected))
      g_error ("expected %s, got %s", row->caps, got);
  }
  g_assert_cmpint (lec_rtp_caps_is_container (stream), ==, row->container);
}

/* A transport stream that was found, whatever is announced. */
static void
test_found (void)
{
  g_autoptr (GstCaps) caps = lec_rtp_caps_new_ts ();
  g_autoptr (GstCaps) expected = gst_caps_from_string (
      "application/x-rtp, media=(string)video, payload=(int)33, clock-rate=(int)90000, "
      "encoding-name=(string)MP2T");

  g_assert_true (gst_caps_is_strictly_equal (caps, expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/rtp-caps/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/rtp-caps/found", test_found);
  return g_test_run ();
}
