/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station of other people's making that sends encrypted pictures, and sends again what it is
 * asked for in encrypted RTCP: GStreamer's rtpsession, rtprtxsend, srtpenc and srtpdec.
 *
 * Usage: encrypted-peer GROUP KEY: sends to GROUP:5004, and hears RTCP on port 5007; KEY is 30
 * bytes. Prints a line for each sender of RTCP that it opens. */
#include <gst/gst.h>
#include <string.h>

static GstBuffer *key;

/* Streaming thread: whoever it is, there is one key. */
static GstCaps *
request_key_cb (GstElement *decoder, guint ssrc, gpointer data)
{
  g_print ("opened what %08x says\n", ssrc);
  return gst_caps_new_simple ("application/x-srtcp", "srtp-key", GST_TYPE_BUFFER, key,
                              "srtp-cipher", G_TYPE_STRING, "aes-128-icm", "srtp-auth",
                              G_TYPE_STRING, "hmac-sha1-80", "srtcp-cipher", G_TYPE_STRING,
                              "aes-128-icm", "srtcp-auth", G_TYPE_STRING, "hmac-sha1-80", NULL);
}

static GstElement *
make_pipeline (const char *group, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      "rtpsession name=s rtp-profile=savpf srtpenc name=e "
      "videotestsrc is-live=true pattern=snow ! video/x-raw,width=160,height=120,framerate=25/1 ! "
      "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=1000 ! "
      "rtph264pay pt=96 ssrc=4321 config-interval=1 mtu=600 ! "
      "rtprtxsend payload-type-map=\"application/x-rtp-pt-map,96=(uint)97\" "
      "max-size-packets=1000 ! s.send_rtp_sink "
      "s.send_rtp_src ! e.rtp_sink_0 e.rtp_src_0 ! udpsink host=%s port=5004 "
      "s.send_rtcp_src ! e.rtcp_sink_0 e.rtcp_src_0 ! udpsink host=%s port=5007 sync=false "
      "async=false udpsrc address=%s port=5007 caps=application/x-srtcp ! d.rtcp_sink "
      "srtpdec name=d d.rtcp_src ! s.recv_rtcp_sink",
      group, group, group);

  return gst_parse_launch (text, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GstElement *pipeline, *encoder, *decoder;

  gst_init (&argc, &argv);
  if (argc != 3)
    return 2;
  pipeline = make_pipeline (argv[1], &error);
  if (pipeline == NULL || error != NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  key = gst_buffer_new_memdup (argv[2], strlen (argv[2]));
  encoder = gst_bin_get_by_name (GST_BIN (pipeline), "e");
  decoder = gst_bin_get_by_name (GST_BIN (pipeline), "d");
  g_object_set (encoder, "key", key, NULL);
  g_signal_connect (decoder, "request-key", G_CALLBACK (request_key_cb), NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_main_loop_run (loop);
  return 0;
}
