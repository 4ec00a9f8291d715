/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/asf-unpacker.h"

#include "wire/asf-rtp.h"
#include "wire/units.h"

struct _LecAsfUnpacker
{
  LecAsfRtp *rtp;
  GstBufferPool *pool;
  LecPacket *packet; /* (nullable): whose bytes are being read */
};

LecAsfUnpacker *
lec_asf_unpacker_new (GBytes *header)
{
  LecAsfUnpacker *self = g_new0 (LecAsfUnpacker, 1);
  GstStructure *config;

  self->rtp = lec_asf_rtp_new (header);
  self->pool = gst_buffer_pool_new ();
  config = gst_buffer_pool_get_config (self->pool);
  gst_buffer_pool_config_set_params (config, NULL, (guint) lec_asf_rtp_get_packet_size (self->rtp),
                                     0, 0);
  gst_buffer_pool_set_config (self->pool, config);
  gst_buffer_pool_set_active (self->pool, TRUE);
  return self;
}

void
lec_asf_unpacker_free (LecAsfUnpacker *self)
{
  if (self == NULL)
    return;

  lec_packet_release (self->packet);
  gst_buffer_pool_set_active (self->pool, FALSE);
  gst_object_unref (self->pool);
  lec_asf_rtp_free (self->rtp);
  g_free (self);
}

void
lec_asf_unpacker_begin (LecAsfUnpacker *self)
{
  lec_asf_rtp_begin (self->rtp);
}

void
lec_asf_unpacker_break (LecAsfUnpacker *self)
{
  lec_asf_rtp_break (self->rtp);
}

gboolean
lec_asf_unpacker_is_full (const LecAsfUnpacker *self)
{
  return lec_asf_rtp_nears_wrap (self->rtp);
}

void
lec_asf_unpacker_push (LecAsfUnpacker *self, LecPacket *packet)
{
  lec_packet_release (self->packet);
  self->packet = packet;
  lec_asf_rtp_feed (self->rtp, packet);
}

GstBuffer *
lec_asf_unpacker_pull (LecAsfUnpacker *self, gint64 *session_ns)
{
  GstBuffer *buffer = NULL;
  guint32 later_ms;
  const guint8 *bytes = lec_asf_rtp_take (self->rtp, &later_ms);

  if (bytes == NULL || gst_buffer_pool_acquire_buffer (self->pool, &buffer, NULL) != GST_FLOW_OK)
    return NULL;
  gst_buffer_fill (buffer, 0, bytes, lec_asf_rtp_get_packet_size (self->rtp));
  *session_ns = self->packet->pts_ns + later_ms * MSECOND;
  return buffer;
}
