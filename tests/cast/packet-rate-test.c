/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* With real payloaders. */
#include "cast/packet-rate.h"

typedef struct
{
  const char *name;
  const char *description; /* up to the payloader, which is called pay */
  double rate;             /* [1/s] */
} Row;

static const Row rows[] = {
  { "slides",
    "videotestsrc num-buffers=1 ! video/x-raw,format=I420,framerate=5/1 ! jpegenc ! rtpjpegpay "
    "name=pay",
    5 },
  { "a film of many bits",
    "videotestsrc num-buffers=1 ! video/x-raw,format=I420,framerate=25/1 ! jpegenc ! "
    "taginject tags=bitrate=(uint)2240000 ! rtpjpegpay name=pay",
    200 },
  { "a film of few bits",
    "videotestsrc num-buffers=1 ! video/x-raw,format=I420,framerate=25/1 ! jpegenc ! "
    "taginject tags=bitrate=(uint)100000 ! rtpjpegpay name=pay",
    25 },
  { "what an encoder may need at most",
    "videotestsrc num-buffers=1 ! video/x-raw,format=I420,framerate=25/1 ! jpegenc ! "
    "taginject tags=nominal-bitrate=(uint)2240000 ! rtpjpegpay name=pay",
    25 },
  { "sound",
    "audiotestsrc num-buffers=1 samplesperbuffer=160 ! audio/x-raw,rate=8000,channels=1 ! mulawenc "
    "! "
    "rtppcmupay name=pay",
    50 },
  { "Opus",
    "audiotestsrc num-buffers=3 samplesperbuffer=960 ! audio/x-raw,rate=48000,channels=1 ! opusenc "
    "! "
    "rtpopuspay name=pay",
    50 },
  { "sound in small packets",
    "audiotestsrc num-buffers=1 samplesperbuffer=40 ! audio/x-raw,rate=8000,channels=1 ! mulawenc "
    "! "
    "rtppcmupay name=pay",
    200 },
};

static GstPadProbeReturn
packet_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *first = (info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0
                         ? GST_PAD_PROBE_INFO_BUFFER (info)
                         : gst_buffer_list_get (GST_PAD_PROBE_INFO_BUFFER_LIST (info), 0);

  *(double *) data = lec_packet_rate_estimate (pad, first);
  return GST_PAD_PROBE_REMOVE;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *description = g_strconcat (row->description, " ! fakesink", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstElement) payloader = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstMessage) message = NULL;
  double rate = -1;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  payloader = gst_bin_get_by_name (GST_BIN (pipeline), "pay");
  pad = gst_element_get_static_pad (payloader, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, packet_cb,
                     &rate, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_true (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpfloat_with_epsilon (rate, row->rate, 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/packet-rate/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  return g_test_run ();
}
