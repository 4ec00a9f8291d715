/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/codec.h"

#include <gst/pbutils/pbutils.h>

#define BASE "gstreamer1.0-plugins-base"
#define GOOD "gstreamer1.0-plugins-good"
#define BAD "gstreamer1.0-plugins-bad"
#define LIBAV "gstreamer1.0-libav"

static const LecCodecEntry codecs[] = {
  { "video/x-h264", "h264parse", LIBAV, TRUE },
  { "video/x-h265", "h265parse", LIBAV, TRUE },
  { "video/mpeg, mpegversion={1,2}, systemstream=false", "mpegvideoparse", LIBAV, TRUE },
  { "video/mpeg, mpegversion=4, systemstream=false", "mpeg4videoparse", LIBAV, TRUE },
  { "video/x-vp8", NULL, GOOD, FALSE },
  { "video/x-vp9", "vp9parse", GOOD, FALSE },
  { "video/x-av1", "av1parse", BAD, FALSE },
  { "image/jpeg", NULL, GOOD, FALSE },
  { .caps = "image/x-jpc", .parser = "jpeg2000parse", .package = BAD, .asks_ahead = TRUE },
  { "video/x-dv", NULL, LIBAV, FALSE },
  { "video/x-h263", "h263parse", LIBAV, FALSE },
  { "video/x-h261", NULL, LIBAV, FALSE },
  { "video/x-theora", NULL, BASE, FALSE },
  { "audio/mpeg, mpegversion=1", "mpegaudioparse", GOOD, FALSE },
  { "audio/mpeg, mpegversion={2,4}", "aacparse", LIBAV, FALSE },
  { "audio/x-opus", "opusparse", BASE, FALSE },
  { "audio/x-vorbis", NULL, BASE, FALSE },
  { "audio/x-ac3; audio/ac3", "ac3parse", LIBAV, FALSE },
  { "audio/x-eac3", "ac3parse", LIBAV, FALSE },
  { "audio/x-private1-ac3", "ac3parse", LIBAV, FALSE },
  { "audio/x-dts", "dcaparse", LIBAV, FALSE },
  { "audio/x-flac", "flacparse", GOOD, FALSE },
  { "audio/x-mulaw", NULL, GOOD, FALSE },
  { "audio/x-alaw", NULL, GOOD, FALSE },
  { "audio/G722", NULL, LIBAV, FALSE },
  { "audio/x-adpcm, layout=g726", NULL, LIBAV, FALSE },
  { "audio/G729", NULL, LIBAV, FALSE },
  { "audio/x-gsm", NULL, BAD, FALSE },
  { "audio/AMR", NULL, LIBAV, FALSE },
  { "audio/AMR-WB", NULL, LIBAV, FALSE },
  { "audio/x-speex", NULL, GOOD, FALSE },
  /* of Windows Media; the screen codecs first, which are versions of others otherwise */
  { "video/x-wmv, format=MSS1", NULL, LIBAV, FALSE },
  { "video/x-wmv, format=MSS2", NULL, LIBAV, FALSE },
  { "video/x-wmv, format=WMV3", NULL, LIBAV, FALSE },
  { "video/x-wmv, format={WVC1,WMVA}", NULL, LIBAV, FALSE },
  { "video/x-wmv, wmvversion=1", NULL, LIBAV, FALSE },
  { "video/x-wmv, wmvversion=2", NULL, LIBAV, FALSE },
  { "video/x-msmpeg, msmpegversion=41", NULL, LIBAV, FALSE },
  { "video/x-msmpeg, msmpegversion=42", NULL, LIBAV, FALSE },
  { "video/x-msmpeg, msmpegversion=43", NULL, LIBAV, FALSE },
  { "audio/x-wma, wmaversion=1", NULL, LIBAV, FALSE },
  { "audio/x-wma, wmaversion=2", NULL, LIBAV, FALSE },
  { "audio/x-wma, wmaversion=3", NULL, LIBAV, FALSE },
  { "audio/x-wma, wmaversion=4", NULL, LIBAV, FALSE },
  { "audio/x-wms", NULL, LIBAV, FALSE },
  { "audio/x-adpcm, layout=microsoft", NULL, LIBAV, FALSE },
  { "audio/x-adpcm, layout=dvi", NULL, LIBAV, FALSE },
  { "audio/x-truespeech", NULL, LIBAV, FALSE },
};

const LecCodecEntry *
lec_codec_find (const GstCaps *caps)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    g_autoptr (GstCaps) known = gst_caps_from_string (codecs[i].caps);

    if (gst_caps_can_intersect (known, caps))
      return &codecs[i];
  }
  return NULL;
}

gboolean
lec_codec_is_raw (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  return gst_structure_has_name (structure, "video/x-raw")
         || gst_structure_has_name (structure, "audio/x-raw");
}

GstStreamType
lec_codec_get_type (const GstCaps *caps)
{
  const char *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  if (g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/"))
    return GST_STREAM_TYPE_VIDEO;
  if (g_str_has_prefix (name, "audio/"))
    return GST_STREAM_TYPE_AUDIO;
  return GST_STREAM_TYPE_UNKNOWN;
}

static GList *
list_decoders (const GstCaps *caps)
{
  GList *all
      = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_MARGINAL);
  GList *decoders = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, TRUE);

  gst_plugin_feature_list_free (all);
  return g_list_sort (decoders, gst_plugin_feature_rank_compare_func);
}

/* One that needs hardware which is not there does not get READY. */
static GstElement *
make_ready (GstElementFactory *factory)
{
  GstElement *element = gst_element_factory_create (factory, NULL);

  if (element == NULL)
    return NULL;
  if (gst_element_set_state (element, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE)
    return element;
  gst_element_set_state (element, GST_STATE_NULL);
  gst_object_unref (gst_object_ref_sink (element));
  return NULL;
}

GstElement *
lec_codec_new_decoder (const GstCaps *caps, guint attempt)
{
  GList *decoders = list_decoders (caps);
  const guint n_decoders = g_list_length (decoders);
  GstElement *element = NULL;

  for (guint i = 0; i < n_decoders && element == NULL; i++)
    element = make_ready (g_list_nth_data (decoders, (attempt + i) % n_decoders));
  gst_plugin_feature_list_free (decoders);
  return element;
}

char *
lec_codec_describe (const GstCaps *caps)
{
  return gst_pb_utils_get_codec_description (caps);
}
