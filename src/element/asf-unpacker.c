/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/asf-unpacker.h"

#include "wire/asf-commands.h"
#include "wire/asf-header.h"
#include "wire/asf-rtp.h"
#include "wire/asf-script.h"
#include "wire/serial.h"
#include "wire/units.h"

struct _LecAsfUnpacker
{
  LecAsfRtp *rtp;
  GstBufferPool *pool;
  LecPacket *packet;    /* (nullable): whose bytes are being read */
  LecAsfScript *script; /* (nullable): where there are commands among the media */
  GArray *commands;     /* (nullable) (element-type LecAsfCommand): of the header */
  LecAsfAhead ahead;    /* where the stream is among them */
  gboolean has_begun;   /* there has been a packet */
  gint64 session_ns;    /* of the packet that was pulled last... */
  guint32 send_time;    /* [ms] ...and when it was sent, by the times that leave here */
};

/* (transfer full) (nullable) */
static LecAsfScript *
new_script (GBytes *header)
{
  LecAsfHeader facts;
  guint8 streams[LEC_ASF_STREAMS];
  gsize n_streams;

  if (!lec_asf_header_read (g_bytes_get_data (header, NULL), g_bytes_get_size (header), &facts))
    return NULL;
  n_streams = lec_asf_header_list (&facts, LEC_ASF_COMMAND, streams);
  return n_streams > 0 ? lec_asf_script_new (streams, n_streams) : NULL;
}

LecAsfUnpacker *
lec_asf_unpacker_new (GBytes *header)
{
  LecAsfUnpacker *self = g_new0 (LecAsfUnpacker, 1);
  GstStructure *config;

  self->rtp = lec_asf_rtp_new (header);
  self->script = new_script (header);
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
  lec_asf_script_free (self->script);
  g_clear_pointer (&self->commands, g_array_unref);
  g_free (self);
}

void
lec_asf_unpacker_read_commands (LecAsfUnpacker *self, GBytes *header)
{
  g_clear_pointer (&self->commands, g_array_unref);
  self->commands
      = lec_asf_commands_read (g_bytes_get_data (header, NULL), g_bytes_get_size (header));
}

void
lec_asf_unpacker_begin (LecAsfUnpacker *self)
{
  self->has_begun = FALSE;
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

/* With this packet. */
static void
begin_commands (LecAsfUnpacker *self)
{
  self->has_begun = TRUE;
  lec_asf_ahead_begin (&self->ahead, self->commands, lec_asf_rtp_get_send_time (self->rtp));
}

static void
note_packet (LecAsfUnpacker *self, const guint8 *bytes, gint64 session_ns)
{
  LecAsfPacket packet;

  self->session_ns = session_ns;
  if (!self->has_begun)
    begin_commands (self);
  if (self->script == NULL
      || !lec_asf_packet_read (bytes, lec_asf_rtp_get_packet_size (self->rtp), &packet))
    return;
  self->send_time = packet.send_time;
  lec_asf_script_feed (self->script, &packet);
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
  note_packet (self, bytes, *session_ns);
  return buffer;
}

guint32
lec_asf_unpacker_get_send_time (const LecAsfUnpacker *self)
{
  return lec_asf_rtp_get_send_time (self->rtp);
}

/* A command has its own time, which may be long after the packet that it is in is sent. @sent_ms:
 * of the packet that was pulled last, by the clock of the command */
static LecCue *
to_cue (const LecAsfUnpacker *self,
        const LecAsfCommand *command,
        guint32 sent_ms,
        gboolean is_ahead)
{
  const gint32 later_ms = lec_serial_diff (sent_ms, command->presentation, 32);

  return lec_cue_new (self->session_ns + later_ms * MSECOND, is_ahead, command->type,
                      command->parameter);
}

LecCue *
lec_asf_unpacker_take_cue (LecAsfUnpacker *self)
{
  const guint32 sent_ms = lec_asf_rtp_get_send_time (self->rtp);
  LecAsfCommand command;

  if (self->has_begun && lec_asf_ahead_take (&self->ahead, sent_ms, &command))
    return to_cue (self, &command, sent_ms, TRUE);
  if (self->script != NULL && lec_asf_script_take (self->script, self->session_ns, &command))
    return to_cue (self, &command, self->send_time, FALSE);
  return NULL;
}
