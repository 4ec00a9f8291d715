/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/ulpfec.h"

#include "cast/ulpfec-encoder.h"

#define LONGEST (300 * GST_MSECOND) /* nobody is to wait longer for parity */

struct _LecUlpfec
{
  GstElement parent_instance;

  LecUlpfecEncoder *encoder;
  GstPad *sink, *source; /* (unowned) */
  GstClockTime begun;    /* PTS of the first packet of the group; GST_CLOCK_TIME_NONE: none yet */
  GstClockTime newest;   /* of the last one */
  GstClockTime interval; /* from one frame to the next; GST_CLOCK_TIME_NONE: not known yet */
};

G_DEFINE_FINAL_TYPE (LecUlpfec, lec_ulpfec, GST_TYPE_ELEMENT)

static GstStaticPadTemplate sink_template
    = GST_STATIC_PAD_TEMPLATE ("sink",
                               GST_PAD_SINK,
                               GST_PAD_ALWAYS,
                               GST_STATIC_CAPS ("application/x-rtp"));
static GstStaticPadTemplate source_template
    = GST_STATIC_PAD_TEMPLATE ("src",
                               GST_PAD_SRC,
                               GST_PAD_ALWAYS,
                               GST_STATIC_CAPS ("application/x-rtp"));

/* With the time of what it is behind. */
static GstFlowReturn
push_parity (LecUlpfec *self)
{
  guint8 bytes[LEC_ULPFEC_PARITY_MOST];
  const gsize size = lec_ulpfec_encoder_take (self->encoder, bytes);
  GstBuffer *buffer;

  self->begun = GST_CLOCK_TIME_NONE;
  if (size == 0)
    return GST_FLOW_OK;
  buffer = gst_buffer_new_memdup (bytes, size);
  GST_BUFFER_PTS (buffer) = GST_BUFFER_DTS (buffer) = self->newest;
  return gst_pad_push (self->source, buffer);
}

/* What comes behind the end of a frame would be too late for it, as with slides. */
static gboolean
ends_slow_frame (const LecUlpfec *self, const guint8 *bytes, gsize size)
{
  return size > 1 && (bytes[1] & 0x80) != 0 && self->interval > LONGEST;
}

static void
note_time (LecUlpfec *self, GstClockTime time)
{
  if (GST_CLOCK_TIME_IS_VALID (self->newest) && time > self->newest)
    self->interval = time - self->newest;
  self->newest = time;
  if (!GST_CLOCK_TIME_IS_VALID (self->begun))
    self->begun = time;
}

static gboolean
is_old (const LecUlpfec *self, const GstBuffer *buffer)
{
  return GST_CLOCK_TIME_IS_VALID (self->begun) && GST_BUFFER_PTS_IS_VALID (buffer)
         && GST_BUFFER_PTS (buffer) > self->begun + LONGEST;
}

static GstFlowReturn
chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  LecUlpfec *self = LEC_ULPFEC (parent);
  GstFlowReturn flow = is_old (self, buffer) ? push_parity (self) : GST_FLOW_OK;
  gboolean is_due;
  GstMapInfo map;

  buffer = gst_buffer_make_writable (buffer);
  if (flow != GST_FLOW_OK || !gst_buffer_map (buffer, &map, GST_MAP_READWRITE)) {
    gst_buffer_unref (buffer);
    return flow != GST_FLOW_OK ? flow : GST_FLOW_ERROR;
  }
  note_time (self, GST_BUFFER_PTS (buffer));
  is_due = lec_ulpfec_encoder_add (self->encoder, map.data, map.size)
           || ends_slow_frame (self, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  flow = gst_pad_push (self->source, buffer);
  return flow == GST_FLOW_OK && is_due ? push_parity (self) : flow;
}

static void
lec_ulpfec_finalize (GObject *object)
{
  lec_ulpfec_encoder_free (LEC_ULPFEC (object)->encoder);
  G_OBJECT_CLASS (lec_ulpfec_parent_class)->finalize (object);
}

static void
lec_ulpfec_class_init (LecUlpfecClass *class)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = lec_ulpfec_finalize;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &source_template);
  gst_element_class_set_static_metadata (element_class, "ULPFEC encoder",
                                         "Codec/Payloader/Network/RTP",
                                         "Puts parity among RTP packets", "Lectern");
}

static void
lec_ulpfec_init (LecUlpfec *self)
{
  self->begun = self->newest = self->interval = GST_CLOCK_TIME_NONE;
  self->sink = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sink, chain);
  GST_PAD_SET_PROXY_CAPS (self->sink);
  self->source = gst_pad_new_from_static_template (&source_template, "src");
  gst_element_add_pad (GST_ELEMENT (self), self->sink);
  gst_element_add_pad (GST_ELEMENT (self), self->source);
}

GstElement *
lec_ulpfec_new (guint payload, guint percent)
{
  LecUlpfec *self = g_object_new (LEC_TYPE_ULPFEC, NULL);

  self->encoder = lec_ulpfec_encoder_new (payload, percent);
  return GST_ELEMENT (self);
}
