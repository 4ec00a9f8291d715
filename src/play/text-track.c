/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/text-track.h"

#include <gst/app/app.h>

#include "wire/format.h"
#include "wire/packet.h"
#include "wire/t140.h"

#define MAX_PACKETS 200 /* that wait for their time; a fast typist makes three a second */

struct _LecTextTrack
{
  void (*changed) (const char *text, gpointer data);
  gpointer data;
  LecT140 text; /* the sink's thread only */

  GMutex mutex; /* of all below */
  LecTrackCounts counts;
  gint64 begun_us;
  gint64 decoded_us; /* 0: nothing was yet */
};

static const char *
get_encoding (const GstCaps *caps)
{
  const char *encoding
      = gst_structure_get_string (gst_caps_get_structure (caps, 0), "encoding-name");

  return encoding != NULL ? encoding : "";
}

gboolean
lec_text_track_knows (const char *encoding)
{
  return g_ascii_strcasecmp (encoding, "T140") == 0;
}

static gboolean
is_redundant (const GstCaps *caps)
{
  return g_str_equal (get_encoding (caps), "RED");
}

gboolean
lec_text_track_takes (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  return gst_structure_has_name (structure, "application/x-rtp")
         && (lec_text_track_knows (get_encoding (caps))
             || (is_redundant (caps)
                 && g_strcmp0 (gst_structure_get_string (structure, "media"), "text") == 0));
}

static void
count (LecTextTrack *self, gboolean is_text)
{
  g_mutex_lock (&self->mutex);
  self->counts.packets++;
  self->counts.units += is_text;
  self->counts.decoded += is_text;
  self->counts.shown += is_text;
  if (is_text)
    self->decoded_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

static gboolean
read_packet (LecTextTrack *self, const GstCaps *caps, LecPacket *packet)
{
  if (!lec_format_rtp.parse (packet))
    return FALSE;
  if (is_redundant (caps))
    return lec_t140_feed_redundant (&self->text, (guint16) packet->sequence,
                                    packet->data + packet->payload_offset, packet->payload_size);
  return lec_t140_feed (&self->text, (guint16) packet->sequence,
                        packet->data + packet->payload_offset, packet->payload_size);
}

static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer data)
{
  LecTextTrack *self = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  gboolean changed;
  GstMapInfo map;

  if (buffer == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_FLOW_OK;
  changed = read_packet (self, gst_sample_get_caps (sample),
                         &(LecPacket){ .data = map.data, .size = (guint32) map.size });
  gst_buffer_unmap (buffer, &map);
  count (self, changed);
  if (changed)
    self->changed (self->text.text, self->data);
  return GST_FLOW_OK;
}

LecTextTrack *
lec_text_track_new (GstBin *pipeline,
                    GstPad *pad,
                    void (*changed) (const char *text, gpointer data),
                    gpointer data)
{
  LecTextTrack *self = g_new0 (LecTextTrack, 1);
  GstAppSinkCallbacks callbacks = { .new_sample = sample_cb };
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  self->changed = changed;
  self->data = data;
  self->begun_us = g_get_monotonic_time ();
  g_mutex_init (&self->mutex);
  /* it may be silent for long, and holds up nobody */
  g_object_set (sink, "sync", TRUE, "async", FALSE, "max-buffers", MAX_PACKETS, "drop", TRUE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  gst_bin_add (pipeline, sink);
  gst_element_sync_state_with_parent (sink);
  gst_pad_link (pad, sink_pad);
  return self;
}

void
lec_text_track_free (LecTextTrack *self)
{
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint64
lec_text_track_get_decoded (LecTextTrack *self)
{
  guint64 decoded;

  g_mutex_lock (&self->mutex);
  decoded = self->counts.decoded;
  g_mutex_unlock (&self->mutex);
  return decoded;
}

/* Nobody types all the time: that nothing has come is no trouble. */
void
lec_text_track_report (LecTextTrack *self, LecTrackReport *report, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  report->media = LEC_MEDIA_TEXT;
  report->counts = self->counts;
  report->state = self->counts.decoded > 0 ? LEC_TRACK_PLAYING : LEC_TRACK_WAITING;
  report->wait = self->counts.decoded > 0   ? LEC_TRACK_WAIT_NOTHING
                 : self->counts.packets > 0 ? LEC_TRACK_WAIT_UNITS
                                            : LEC_TRACK_WAIT_PACKETS;
  report->wait_ns = self->counts.decoded > 0 ? 0 : (now_us - self->begun_us) * GST_USECOND;
  report->still_ns = self->decoded_us > 0 ? (now_us - self->decoded_us) * (gint64) GST_USECOND : -1;
  g_strlcpy (report->codec, "T.140", sizeof report->codec);
  g_mutex_unlock (&self->mutex);
}
