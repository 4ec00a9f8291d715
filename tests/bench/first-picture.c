/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long after the first complete key frame on the wire the first picture is shown.
 *
 *   first-picture ANNOUNCEMENT
 *
 * Joins the group beside the engine, reads H.264 in RTP or ASF in MSB, and prints, in milliseconds
 * from the first datagram: when the last piece of the first key frame came, when the first picture
 * was shown, and what lies between them. */
#include <gst/gst.h>
#include <stdlib.h>
#include <string.h>

#include "element/plugin.h"
#include "fetch/fetch.h"
#include "play/pipeline.h"
#include "wire/asf-packet.h"
#include "wire/msb.h"

#define RTP_HEADER 12
#define LIMIT 20 /* [s] */

static gint64 began_us, key_us; /* 0: not yet; the main thread */
static gint64 shown_us;         /* atomic */
static guint32 key_size, key_filled, key_object;
static GMainLoop *loop;

/* ---- what is on the wire ---- */

/* Returns: whether that is the last piece of a key frame that has come from its beginning on */
static gboolean
ends_key_of_asf (const guint8 *bytes, gsize size)
{
  LecAsfPacket packet;
  LecAsfPayload payload;

  if (size < LEC_MSB_HEADER
      || !lec_asf_packet_read (bytes + LEC_MSB_HEADER, size - LEC_MSB_HEADER, &packet)
      || packet.is_parity)
    return FALSE;
  while (lec_asf_packet_next (&packet, &payload)) {
    /* all sound is marked as a key frame, and no picture is as small */
    if (!payload.is_key_frame || payload.object_size < 3000)
      continue;
    if (payload.offset == 0) {
      key_size = payload.object_size;
      key_filled = 0;
      key_object = payload.object;
    }
    if (payload.object == key_object && payload.offset == key_filled)
      key_filled += (guint32) payload.size;
    if (key_size > 0 && key_filled >= key_size)
      return TRUE;
  }
  return FALSE;
}

/* RFC 6184: a slice of an IDR picture, by itself or in pieces (FU-A), with the marker. */
static gboolean
ends_key_of_rtp (const guint8 *bytes, gsize size)
{
  guint type;

  if (size < RTP_HEADER + 2)
    return FALSE;
  type = bytes[RTP_HEADER] & 0x1f;
  if (type == 28) {
    type = bytes[RTP_HEADER + 1] & 0x1f;
    if (type == 5 && (bytes[RTP_HEADER + 1] & 0x80) != 0)
      key_size = 1;
  } else if (type == 5) {
    key_size = 1;
  }
  return type == 5 && key_size > 0 && (bytes[1] & 0x80) != 0;
}

static gboolean
datagram_cb (GSocket *socket, GIOCondition condition, gpointer is_msb)
{
  const gint64 now_us = g_get_monotonic_time ();
  guint8 bytes[65536];
  const gssize got = g_socket_receive (socket, (char *) bytes, sizeof bytes, NULL, NULL);

  if (got <= 0)
    return G_SOURCE_CONTINUE;
  if (began_us == 0)
    began_us = now_us;
  if (key_us == 0
      && (is_msb != NULL ? ends_key_of_asf (bytes, (gsize) got)
                         : ends_key_of_rtp (bytes, (gsize) got)))
    key_us = now_us;
  return G_SOURCE_CONTINUE;
}

static void
listen (const LecAlternative *alternative)
{
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  g_autoptr (GInetAddress) group = g_inet_address_new_from_string (leg->group);
  g_autoptr (GSocketAddress) to = g_inet_socket_address_new (group, leg->port);
  g_autoptr (GError) error = NULL;
  GSocket *socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  GSource *source;

  if (socket == NULL || !g_socket_bind (socket, to, TRUE, &error)
      || !g_socket_join_multicast_group (socket, group, FALSE, NULL, &error))
    g_error ("%s", error->message);
  source = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (datagram_cb),
                         GINT_TO_POINTER (alternative->kind == LEC_KIND_MSB), NULL);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_attach (source, NULL);
  g_source_unref (source);
}

/* ---- what is seen ---- */

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
picture_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  if (shown_us != 0)
    return;
  shown_us = g_get_monotonic_time ();
  g_idle_add (quit_cb, NULL);
}

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  return index == 0;
}

static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  if (type == GST_STREAM_TYPE_VIDEO)
    g_signal_connect (sink, "handoff", G_CALLBACK (picture_cb), NULL);
  return sink;
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  g_printerr ("%s\n", sentence);
  exit (1);
}

static void
ignore_cb (gpointer data)
{
}

static void
ignore_text_cb (const char *text, gpointer data)
{
}

static void
ignore_cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
}

int
main (int argc, char **argv)
{
  static const LecPipelineCallbacks callbacks
      = { wants_cb,       sink_cb,        failed_cb, ignore_cb,
          ignore_text_cb, ignore_text_cb, ignore_cb, ignore_cue_cb };
  const LecPipelineOptions options = { .latency_ms = -1, .decode = TRUE };
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autoptr (GError) error = NULL;
  LecChannel *channel;
  LecPipeline *pipeline;

  gst_init (NULL, NULL);
  lec_element_register (NULL);
  if (argc != 2)
    return 2;
  announcement = lec_fetch_announcement (argv[1], NULL, &error);
  if (announcement == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  channel = g_ptr_array_index (announcement->channels, 0);
  loop = g_main_loop_new (NULL, FALSE);
  listen (g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0));
  pipeline = lec_pipeline_new (channel, 0, &options, &callbacks, NULL);
  lec_pipeline_start (pipeline);
  g_timeout_add_seconds (LIMIT, quit_cb, NULL);
  g_main_loop_run (loop);
  if (shown_us == 0 || key_us == 0)
    g_print ("none\n");
  else
    g_print ("key frame %.0f, picture %.0f, between them %.0f\n",
             (double) (key_us - began_us) / 1000, (double) (shown_us - began_us) / 1000,
             (double) (shown_us - key_us) / 1000);
  lec_pipeline_free (pipeline);
  g_main_loop_unref (loop);
  return 0;
}
