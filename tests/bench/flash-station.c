/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A station whose picture flashes, and which says when.
 *
 *   flash-station GROUP INTERFACE-ADDRESS PORT SECONDS
 *
 * H.264 720p25 from a zero-latency encoder in RTP on PORT, Opus on PORT + 2, each with RTCP. For
 * each flash prints `drawn N US` when the first white picture is handed to the encoder, and
 * `sent N US` when its last packet has been; US is monotonic time. */
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/rtp/gstrtpbuffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 1280
#define HEIGHT 720
#define RATE 25
#define PERIOD_US (G_USEC_PER_SEC / RATE)
#define WHITE 6 /* pictures that a flash lasts */
#define DARK 15 /* and least between two */
#define MORE 12 /* at most so many more, by chance */
#define BAND 96 /* lines that move, so that pictures have the size of real ones */
#define LUMA (WIDTH * HEIGHT)
#define SIZE (LUMA * 3 / 2)

static guint flash;        /* number of the last one */
static gboolean is_unsent; /* atomic: the last packet of its first picture has not been sent */

static GstBuffer *
draw (gboolean white, GRand *rng)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, SIZE, NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  memset (map.data, white ? 235 : 16, LUMA);
  memset (map.data + LUMA, 128, LUMA / 2);
  for (guint y = 0; y < BAND; y += 8)
    for (guint x = 0; x < WIDTH; x += 8) {
      const guint8 level = (guint8) g_rand_int_range (rng, 60, 180);

      for (guint line = 0; line < 8; line++)
        memset (map.data + (y + line) * WIDTH + x, level, 8);
    }
  gst_buffer_unmap (buffer, &map);
  return buffer;
}

static GstPadProbeReturn
sent_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer
      = info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST
            ? gst_buffer_list_get (info->data, gst_buffer_list_length (info->data) - 1)
            : info->data;
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
  gboolean ends = FALSE;

  if (gst_rtp_buffer_map (buffer, GST_MAP_READ, &rtp)) {
    ends = gst_rtp_buffer_get_marker (&rtp);
    gst_rtp_buffer_unmap (&rtp);
  }
  if (ends && g_atomic_int_compare_and_exchange (&is_unsent, TRUE, FALSE))
    g_print ("sent %u %" G_GINT64_FORMAT "\n", flash, g_get_monotonic_time ());
  return GST_PAD_PROBE_OK;
}

/* Each picture at its time, whatever the one before has cost; none that is late already, as a
 * camera would not. */
static void
play (GstAppSrc *src, guint seconds)
{
  GRand *rng = g_rand_new_with_seed (1);
  const gint64 began_us = g_get_monotonic_time ();
  guint next = DARK, until = 0, first = 0;

  for (guint i = 0; i < seconds * RATE; i++) {
    const gint64 due_us = began_us + i * PERIOD_US;
    const gint64 now_us = g_get_monotonic_time ();
    GstBuffer *buffer;

    if (now_us > due_us + PERIOD_US)
      continue;
    if (due_us > now_us)
      g_usleep ((gulong) (due_us - now_us));
    if (i >= next) {
      first = i;
      until = i + WHITE;
      next = until + DARK + (guint) g_rand_int_range (rng, 0, MORE);
      flash++;
    }
    buffer = draw (i < until, rng);
    GST_BUFFER_PTS (buffer) = i * GST_SECOND / RATE;
    if (i == first && flash > 0) {
      g_print ("drawn %u %" G_GINT64_FORMAT "\n", flash, g_get_monotonic_time ());
      g_atomic_int_set (&is_unsent, TRUE);
    }
    gst_app_src_push_buffer (src, buffer);
  }
  g_rand_free (rng);
}

static char *
describe (const char *group, const char *address, guint port)
{
  return g_strdup_printf (
      "rtpbin name=bin appsrc name=src is-live=true format=time block=true max-buffers=1 "
      "caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! "
      "x264enc tune=zerolatency speed-preset=superfast bitrate=3000 key-int-max=%d ! "
      "video/x-h264,profile=main ! rtph264pay name=pay config-interval=-1 pt=96 mtu=1400 ! "
      "bin.send_rtp_sink_0 "
      "audiotestsrc is-live=true samplesperbuffer=960 wave=sine freq=440 volume=0.1 ! "
      "audio/x-raw,rate=48000,channels=2 ! opusenc ! rtpopuspay pt=97 ! bin.send_rtp_sink_1 "
      "bin.send_rtp_src_0 ! udpsink name=out host=%s port=%u multicast-iface=eth0 bind-address=%s "
      "sync=false async=false "
      "bin.send_rtcp_src_0 ! udpsink host=%s port=%u bind-address=%s sync=false async=false "
      "bin.send_rtp_src_1 ! udpsink host=%s port=%u bind-address=%s sync=false async=false "
      "bin.send_rtcp_src_1 ! udpsink host=%s port=%u bind-address=%s sync=false async=false",
      WIDTH, HEIGHT, RATE, RATE, group, port, address, group, port + 1, address, group, port + 2,
      address, group, port + 3, address);
}

int
main (int argc, char **argv)
{
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) src = NULL;
  g_autoptr (GstElement) pay = NULL;
  g_autoptr (GstPad) pad = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  gst_init (&argc, &argv);
  if (argc != 5)
    return 2;
  description = describe (argv[1], argv[2], (guint) atoi (argv[3]));
  pipeline = gst_parse_launch (description, &error);
  if (pipeline == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  src = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  pay = gst_bin_get_by_name (GST_BIN (pipeline), "pay");
  pad = gst_element_get_static_pad (pay, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, sent_cb, NULL,
                     NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  play (GST_APP_SRC (src), (guint) atoi (argv[4]));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return 0;
}
