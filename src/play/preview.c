/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/preview.h"

#include <gst/gst.h>

#include "play/codec.h"

struct _LecPreview
{
  GstElement *sink;     /* owned */
  GstElement *pipeline; /* (nullable) owned */
  GstPad *src;          /* (nullable) owned: by which pictures go into it */
  GstCaps *caps;        /* (nullable): of what it is for */
  GstClockTime shown;   /* PTS of the last one */
};

/* Nobody asks what becomes of a picture; the next one may be better. */
static GstBusSyncReply
drop_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static GstElement *
new_filter (void)
{
  GstElement *filter = gst_element_factory_make ("capsfilter", NULL);
  g_autoptr (GstCaps) caps
      = gst_caps_new_simple ("video/x-raw", "height", G_TYPE_INT, LEC_PREVIEW_HEIGHT, NULL);

  g_object_set (filter, "caps", caps, NULL);
  return filter;
}

static void
begin (LecPreview *self, const GstCaps *caps)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  /* with it decoders of GStreamer give at a gap what they have (gstvideodecoder.c) */
  segment.flags |= GST_SEGMENT_FLAG_TRICKMODE | GST_SEGMENT_FLAG_TRICKMODE_KEY_UNITS;
  gst_pad_set_active (self->src, TRUE);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("preview"));
  gst_pad_push_event (self->src, gst_event_new_caps ((GstCaps *) caps));
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
}

/* Returns: whether something here decodes @caps */
static gboolean
build (LecPreview *self, GstCaps *caps)
{
  GstElement *decoder = lec_codec_new_decoder (caps, 0);
  GstElement *queue, *convert, *scale, *filter;
  g_autoptr (GstPad) sink = NULL;
  g_autoptr (GstBus) bus = NULL;

  if (decoder == NULL)
    return FALSE;
  self->pipeline = gst_pipeline_new (NULL);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, drop_cb, NULL, NULL);
  queue = gst_element_factory_make ("queue", NULL);
  convert = gst_element_factory_make ("videoconvert", NULL);
  scale = gst_element_factory_make ("videoscale", NULL);
  filter = new_filter ();
  gst_bin_add_many (GST_BIN (self->pipeline), queue, decoder, scale, filter, convert, self->sink,
                    NULL);
  gst_element_link_many (queue, decoder, scale, filter, convert, self->sink, NULL);
  self->src = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  sink = gst_element_get_static_pad (queue, "sink");
  gst_pad_link (self->src, sink);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  begin (self, caps);
  return TRUE;
}

LecPreview *
lec_preview_new (GstElement *sink)
{
  LecPreview *self = g_new0 (LecPreview, 1);

  self->sink = gst_object_ref_sink (sink);
  self->shown = GST_CLOCK_TIME_NONE;
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  return self;
}

void
lec_preview_clear (LecPreview *self)
{
  gst_clear_caps (&self->caps);
  self->shown = GST_CLOCK_TIME_NONE;
  if (self->pipeline == NULL)
    return;
  gst_pad_set_active (self->src, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (self->pipeline), self->sink);
  gst_clear_object (&self->src);
  gst_clear_object (&self->pipeline);
}

void
lec_preview_free (LecPreview *self)
{
  if (self == NULL)
    return;

  lec_preview_clear (self);
  gst_object_unref (self->sink);
  g_free (self);
}

/* A gap behind it lets the decoder give what it has: the next picture is of another group. */
void
lec_preview_show (LecPreview *self, GstSample *picture)
{
  GstBuffer *buffer = gst_sample_get_buffer (picture);
  GstCaps *caps = gst_sample_get_caps (picture);
  GstClockTime pts = GST_BUFFER_PTS (buffer);

  if (self->caps == NULL || !gst_caps_is_equal (self->caps, caps)) {
    lec_preview_clear (self);
    self->caps = gst_caps_ref (caps);
    build (self, caps);
  }
  if (self->pipeline == NULL || (GST_CLOCK_TIME_IS_VALID (pts) && pts == self->shown))
    return;
  self->shown = pts;
  gst_pad_push (self->src, gst_buffer_ref (buffer));
  gst_pad_push_event (self->src, gst_event_new_gap (GST_CLOCK_TIME_IS_VALID (pts) ? pts : 0, 1));
}
