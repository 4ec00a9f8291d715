/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station of other people's making that reads what receivers report: GStreamer's rtpbin.
 *
 * Usage: reports-peer GROUP PORT [LOSS]; sends sound to GROUP:PORT, reports on PORT + 1, and leaves
 * out one packet in LOSS. Prints a line for each receiver report it accepts, and for each goodbye:
 *
 *   report SSRC from ADDRESS: fraction F lost N highest H jitter J lsr L dlsr D named CNAME
 *   bye SSRC */
#include <gst/gst.h>
#include <stdio.h>
#include <stdlib.h>

static guint left_out; /* one in so many */

static GstPadProbeReturn
drop_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  guint *count = data;

  return ++*count % left_out == 0 ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

/* Streaming thread: each report of somebody else about us. */
static void
active_cb (GObject *session, GObject *source, gpointer data)
{
  g_autoptr (GstStructure) stats = NULL;
  const GstStructure *block = NULL;
  const char *from, *cname;
  gboolean has_block = FALSE, is_internal = TRUE;
  guint ssrc = 0, fraction = 0, highest = 0, jitter = 0, lsr = 0, dlsr = 0;
  int lost = 0;

  g_object_get (source, "stats", &stats, "ssrc", &ssrc, NULL);
  block = stats;
  gst_structure_get (block, "internal", G_TYPE_BOOLEAN, &is_internal, "have-rb", G_TYPE_BOOLEAN,
                     &has_block, NULL);
  if (is_internal || !has_block)
    return;
  gst_structure_get (block, "rb-fractionlost", G_TYPE_UINT, &fraction, "rb-packetslost", G_TYPE_INT,
                     &lost, "rb-exthighestseq", G_TYPE_UINT, &highest, "rb-jitter", G_TYPE_UINT,
                     &jitter, "rb-lsr", G_TYPE_UINT, &lsr, "rb-dlsr", G_TYPE_UINT, &dlsr, NULL);
  from = gst_structure_get_string (stats, "rtcp-from");
  {
    g_autoptr (GstStructure) description = NULL;

    g_object_get (source, "sdes", &description, NULL);
    cname = description != NULL ? gst_structure_get_string (description, "cname") : NULL;
    g_print ("report %08x from %s: fraction %u lost %d highest %u jitter %u lsr %u dlsr %u named "
             "%s\n",
             ssrc, from, fraction, lost, highest, jitter, lsr, dlsr, cname);
  }
}

static void
bye_cb (GObject *session, GObject *source, gpointer data)
{
  guint ssrc = 0;

  g_object_get (source, "ssrc", &ssrc, NULL);
  g_print ("bye %08x\n", ssrc);
}

int
main (int argc, char **argv)
{
  g_autoptr (GstElement) pipeline = NULL, bin = NULL, sink = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GObject) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint count = 0;
  int port;

  setvbuf (stdout, NULL, _IOLBF, 0);
  gst_init (NULL, NULL);
  if (argc < 3)
    return 2;
  port = atoi (argv[2]);
  left_out = argc > 3 ? (guint) atoi (argv[3]) : 0;
  text = g_strdup_printf (
      "rtpbin name=b "
      "audiotestsrc is-live=true samplesperbuffer=480 ! audio/x-raw,rate=48000,channels=2 ! "
      "audioconvert ! rtpL16pay pt=97 ! b.send_rtp_sink_0 "
      "b.send_rtp_src_0 ! udpsink name=s host=%s port=%d sync=false async=false "
      "b.send_rtcp_src_0 ! udpsink host=%s port=%d sync=false async=false "
      "udpsrc address=%s port=%d caps=application/x-rtcp ! b.recv_rtcp_sink_0",
      argv[1], port, argv[1], port + 1, argv[1], port + 1);
  pipeline = gst_parse_launch (text, &error);
  if (pipeline == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  bin = gst_bin_get_by_name (GST_BIN (pipeline), "b");
  g_signal_emit_by_name (bin, "get-internal-session", 0, &session);
  g_signal_connect (session, "on-ssrc-active", G_CALLBACK (active_cb), NULL);
  g_signal_connect (session, "on-bye-ssrc", G_CALLBACK (bye_cb), NULL);
  if (left_out > 0) {
    sink = gst_bin_get_by_name (GST_BIN (pipeline), "s");
    pad = gst_element_get_static_pad (sink, "sink");
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, drop_cb, &count, NULL);
  }
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
  return 0;
}
