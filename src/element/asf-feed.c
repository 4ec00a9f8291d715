/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/asf-feed.h"

#include "wire/asf-header.h"
#include "wire/msb.h"

/* A GstReferenceTimestampMeta with these caps has the running time at which a packet that was not
 * delayed comes: that of its send time, without the latency. Its duration is the send time itself,
 * where there are streams to be compared with. */
static GstStaticCaps reference = GST_STATIC_CAPS ("timestamp/x-lectern-running-time");

struct _LecAsfFeed
{
  const LecMsb *msb; /* (nullable) (unowned) */
  GBytes *header;    /* (nullable): of all packets; where there is none it is in @msb */
  GstCaps *reference;
  gint stream; /* that a header was pushed for; -1: none */
};

LecAsfFeed *
lec_asf_feed_new (const LecMsb *msb)
{
  LecAsfFeed *self = g_new0 (LecAsfFeed, 1);

  self->msb = msb;
  self->reference = gst_static_caps_get (&reference);
  self->stream = -1;
  return self;
}

LecAsfFeed *
lec_asf_feed_new_single (GBytes *header)
{
  LecAsfFeed *self = lec_asf_feed_new (NULL);

  self->header = header;
  return self;
}

void
lec_asf_feed_free (LecAsfFeed *self)
{
  if (self == NULL)
    return;
  gst_caps_unref (self->reference);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_free (self);
}

gboolean
lec_asf_feed_continues (const LecAsfFeed *self, const LecPacket *packet)
{
  return self->stream == packet->payload_type && !packet->begins_epoch;
}

/* (transfer full) (nullable) */
static GBytes *
dup_header (const LecAsfFeed *self, guint stream)
{
  if (self->header != NULL)
    return g_bytes_ref (self->header);
  for (guint i = 0; i < self->msb->formats->len; i++) {
    const LecMsbFormat *format = g_ptr_array_index (self->msb->formats, i);

    if (format->id == (stream & LEC_MSB_FORMAT))
      return lec_asf_header_normalise (format->header);
  }
  return NULL;
}

GstBuffer *
lec_asf_feed_begin (LecAsfFeed *self, const LecPacket *packet)
{
  g_autoptr (GBytes) header = dup_header (self, packet->payload_type);
  GstBuffer *buffer;

  self->stream = packet->payload_type;
  if (header == NULL)
    return NULL;
  buffer = gst_buffer_new_wrapped_bytes (header);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_HEADER);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  return buffer;
}

void
lec_asf_feed_end (LecAsfFeed *self)
{
  self->stream = -1;
}

/* A buffer that a pool has given before still has ours. */
static GstReferenceTimestampMeta *
find_stamp (LecAsfFeed *self, GstBuffer *buffer)
{
  const GType api = GST_REFERENCE_TIMESTAMP_META_API_TYPE;
  gpointer state = NULL;
  GstMeta *meta;

  while ((meta = gst_buffer_iterate_meta_filtered (buffer, &state, api)) != NULL) {
    GstReferenceTimestampMeta *stamp = (GstReferenceTimestampMeta *) meta;

    if (stamp->reference == self->reference)
      return stamp;
  }
  return NULL;
}

void
lec_asf_feed_stamp (LecAsfFeed *self, GstBuffer *buffer, GstClockTime pts)
{
  GstReferenceTimestampMeta *stamp = find_stamp (self, buffer);

  GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
  if (stamp == NULL) {
    stamp = gst_buffer_add_reference_timestamp_meta (buffer, self->reference, pts,
                                                     GST_CLOCK_TIME_NONE);
    GST_META_FLAG_SET (&stamp->parent, GST_META_FLAG_POOLED);
  }
  stamp->timestamp = pts;
  stamp->duration = GST_CLOCK_TIME_NONE;
}

void
lec_asf_feed_note_sent (LecAsfFeed *self, GstBuffer *buffer, guint32 send_time)
{
  GstReferenceTimestampMeta *stamp = find_stamp (self, buffer);

  if (stamp != NULL)
    stamp->duration = send_time * GST_MSECOND;
}
