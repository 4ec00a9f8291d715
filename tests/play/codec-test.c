/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/codec.h"

/* Each that a depayloader or a demultiplexer gives: known, of the right type, with a decoder here.
 */
static void
test_known (void)
{
  static const struct
  {
    const char *caps;
    GstStreamType type;
    const char *parsed; /* as a parser gives it; NULL: alike */
  } rows[] = {
    { "video/x-h264, stream-format=byte-stream", GST_STREAM_TYPE_VIDEO,
      "video/x-h264, stream-format=byte-stream, alignment=au, parsed=true" },
    { "video/x-h265, stream-format=byte-stream", GST_STREAM_TYPE_VIDEO,
      "video/x-h265, stream-format=byte-stream, alignment=au, parsed=true" },
    { "video/mpeg, mpegversion=2, systemstream=false", GST_STREAM_TYPE_VIDEO,
      "video/mpeg, mpegversion=2, systemstream=false, parsed=true" },
    { "video/mpeg, mpegversion=4, systemstream=false", GST_STREAM_TYPE_VIDEO,
      "video/mpeg, mpegversion=4, systemstream=false, parsed=true" },
    { "video/x-vp8", GST_STREAM_TYPE_VIDEO, NULL },
    { "video/x-vp9", GST_STREAM_TYPE_VIDEO, "video/x-vp9, alignment=frame, parsed=true" },
    { "image/jpeg", GST_STREAM_TYPE_VIDEO, NULL },
    { "image/x-jpc, colorspace=sRGB", GST_STREAM_TYPE_VIDEO,
      "image/x-jpc, sampling=RGB, width=320, height=240, parsed=true" },
    { "video/x-dv, systemstream=false", GST_STREAM_TYPE_VIDEO, NULL },
    { "video/x-theora", GST_STREAM_TYPE_VIDEO, NULL },
    { "video/x-h263, variant=itu, h263version=h263", GST_STREAM_TYPE_VIDEO,
      "video/x-h263, variant=itu, h263version=h263, parsed=true" },
    { "video/x-h261", GST_STREAM_TYPE_VIDEO, NULL },
    { "audio/mpeg, mpegversion=1", GST_STREAM_TYPE_AUDIO,
      "audio/mpeg, mpegversion=1, layer=2, parsed=true, rate=48000, channels=2" },
    { "audio/mpeg, mpegversion=1", GST_STREAM_TYPE_AUDIO,
      "audio/mpeg, mpegversion=1, layer=3, parsed=true, rate=48000, channels=2" },
    { "audio/mpeg, mpegversion=2, stream-format=adts", GST_STREAM_TYPE_AUDIO,
      "audio/mpeg, mpegversion=4, stream-format=adts, framed=true, rate=48000, channels=2" },
    { "audio/mpeg, mpegversion=4, stream-format=loas", GST_STREAM_TYPE_AUDIO,
      "audio/mpeg, mpegversion=4, stream-format=loas, framed=true, rate=48000, channels=2" },
    { "audio/x-opus", GST_STREAM_TYPE_AUDIO, "audio/x-opus, channel-mapping-family=0, channels=2" },
    { "audio/x-ac3", GST_STREAM_TYPE_AUDIO, "audio/x-ac3, framed=true, rate=48000, channels=2" },
    { "audio/ac3", GST_STREAM_TYPE_AUDIO, "audio/x-ac3, framed=true, rate=48000, channels=2" },
    { "audio/x-opus", GST_STREAM_TYPE_AUDIO,
      "audio/x-opus, channel-mapping-family=1, channels=6, stream-count=4, coupled-count=2" },
    { "audio/x-vorbis", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-speex", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-gsm, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/AMR, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/AMR-WB, rate=16000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/G729, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-adpcm, layout=g726, rate=8000, channels=1, bitrate=32000", GST_STREAM_TYPE_AUDIO,
      NULL },
    { "audio/x-mulaw, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-alaw, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/G722, rate=16000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "video/x-wmv, wmvversion=1, format=WMV1, width=320, height=240", GST_STREAM_TYPE_VIDEO,
      NULL },
    { "video/x-wmv, wmvversion=2, format=WMV2, width=320, height=240", GST_STREAM_TYPE_VIDEO,
      NULL },
    { "video/x-wmv, wmvversion=3, format=WMV3, width=320, height=240", GST_STREAM_TYPE_VIDEO,
      NULL },
    { "video/x-wmv, wmvversion=3, format=WVC1, width=320, height=240", GST_STREAM_TYPE_VIDEO,
      NULL },
    { "video/x-wmv, wmvversion=3, format=WMVA, width=320, height=240", GST_STREAM_TYPE_VIDEO,
      NULL },
    { "video/x-wmv, wmvversion=1, format=MSS1, width=320, height=240", GST_STREAM_TYPE_VIDEO,
      NULL },
    { "video/x-wmv, wmvversion=3, format=MSS2, width=320, height=240", GST_STREAM_TYPE_VIDEO,
      NULL },
    { "video/x-msmpeg, msmpegversion=41, width=320, height=240", GST_STREAM_TYPE_VIDEO, NULL },
    { "video/x-msmpeg, msmpegversion=42, width=320, height=240", GST_STREAM_TYPE_VIDEO, NULL },
    { "video/x-msmpeg, msmpegversion=43, width=320, height=240", GST_STREAM_TYPE_VIDEO, NULL },
    { "audio/x-wma, wmaversion=1, block_align=2230, bitrate=64000, rate=44100, channels=2",
      GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-wma, wmaversion=2, block_align=2230, bitrate=64000, rate=44100, channels=2",
      GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-wma, wmaversion=3, rate=44100, channels=6", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-wma, wmaversion=4, rate=44100, channels=2", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-wms, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-adpcm, layout=microsoft, block_align=256, rate=8000, channels=1",
      GST_STREAM_TYPE_AUDIO, NULL },
    { "audio/x-adpcm, layout=dvi, block_align=256, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO,
      NULL },
    { "audio/x-truespeech, rate=8000, channels=1", GST_STREAM_TYPE_AUDIO, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstCaps) caps = gst_caps_from_string (rows[i].caps);
    g_autoptr (GstCaps) parsed
        = gst_caps_from_string (rows[i].parsed != NULL ? rows[i].parsed : rows[i].caps);
    const LecCodecEntry *codec = lec_codec_find (caps);
    g_autoptr (GstElement) decoder = NULL;

    g_test_message ("%s", rows[i].caps);
    g_assert_nonnull (codec);
    g_assert_true (lec_codec_find (parsed) == codec);
    g_assert_true (lec_codec_get_type (caps) == rows[i].type);
    g_assert_false (lec_codec_is_raw (caps));
    if (codec->parser != NULL) {
      g_autoptr (GstElementFactory) parser = gst_element_factory_find (codec->parser);

      g_assert_nonnull (parser);
    }
    decoder = lec_codec_new_decoder (parsed, 0);
    g_assert_nonnull (decoder);
    gst_object_ref_sink (decoder);
    g_assert_cmpint (GST_STATE (decoder), ==, GST_STATE_READY);
    gst_element_set_state (decoder, GST_STATE_NULL);
  }
}

/* An element is never chosen by what somebody sends. */
static void
test_unknown (void)
{
  static const char *const rows[]
      = { "application/x-executable", "video/x-made-up", "video/x-flash-video",
          "audio/x-private-ts-lpcm", "video/mpeg, mpegversion=2, systemstream=true" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstCaps) caps = gst_caps_from_string (rows[i]);

    g_assert_null (lec_codec_find (caps));
    g_assert_false (lec_codec_is_raw (caps));
  }
}

static void
test_raw (void)
{
  g_autoptr (GstCaps) sound = gst_caps_from_string ("audio/x-raw, format=S16BE, rate=48000");
  g_autoptr (GstCaps) picture = gst_caps_from_string ("video/x-raw, format=UYVY");

  g_assert_true (lec_codec_is_raw (sound));
  g_assert_true (lec_codec_is_raw (picture));
  g_assert_true (lec_codec_get_type (sound) == GST_STREAM_TYPE_AUDIO);
  g_assert_true (lec_codec_get_type (picture) == GST_STREAM_TYPE_VIDEO);
}

static char *
dup_decoder (const GstCaps *caps, guint attempt)
{
  g_autoptr (GstElement) decoder = lec_codec_new_decoder (caps, attempt);
  char *name = g_strdup (GST_OBJECT_NAME (gst_element_get_factory (decoder)));

  gst_object_ref_sink (decoder);
  gst_element_set_state (decoder, GST_STATE_NULL);
  return name;
}

/* Where one does not do, the next is tried, and after the last the first again. */
static void
test_attempts (void)
{
  g_autoptr (GstCaps) caps
      = gst_caps_from_string ("audio/x-opus, channel-mapping-family=0, channels=2");
  g_autofree char *first = dup_decoder (caps, 0);
  g_autofree char *second = dup_decoder (caps, 1);
  g_autofree char *third = dup_decoder (caps, 2);

  g_assert_cmpstr (first, ==, "opusdec");
  g_assert_cmpstr (second, ==, "avdec_opus");
  g_assert_cmpstr (third, ==, "opusdec");
}

/* What takes only pictures with an alpha channel takes no others. */
static void
test_special (void)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-vp8, width=320, height=240");
  g_autofree char *name = dup_decoder (caps, 0);

  g_assert_cmpstr (name, ==, "vp8dec");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/codec/known", test_known);
  g_test_add_func ("/codec/unknown", test_unknown);
  g_test_add_func ("/codec/raw", test_raw);
  g_test_add_func ("/codec/attempts", test_attempts);
  g_test_add_func ("/codec/special", test_special);
  return g_test_run ();
}
