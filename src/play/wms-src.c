/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/wms-src.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "channel/error.h"
#include "fetch/wms.h"
#include "play/asf-demux.h"
#include "wire/asf-commands.h"
#include "wire/asf-rewriter.h"
#include "wire/units.h"
#include "wire/wms-framer.h"

#define ASF "video/x-ms-asf"
#define CHUNK 16384 /* [bytes] */

/* Without a whole header or packet, whatever dribbles in. */
#define PATIENCE_US (LEC_WMS_SILENCE_S * G_TIME_SPAN_SECOND)

#define UNKNOWN N_ ("the server describes what it sends in a way that is not known here")

struct _LecWmsSrc
{
  GstPushSrc parent;
  char *uri;
  gint64 start_us;
  GCancellable *cancellable;
  GstCaps *reference;
  guint64 newest_ns; /* under the object's lock */

  /* of the thread that pushes */
  LecWms *wms;          /* (nullable) */
  LecWmsFramer *framer; /* (nullable) */
  guint8 chunk[CHUNK];  /* what was read last... */
  gsize at, end;        /* ...and what is left of it */
  gint64 event_us;      /* when something whole came last */
  GBytes *header;       /* (nullable): of the packets, normalised */
  LecAsfHeader facts;   /* of it */
  LecAsfRewriter rewriter;
  gboolean is_told;   /* the header has been pushed */
  GstBuffer *pending; /* (nullable): to be pushed behind it */
  gint64 begun_ns;    /* running time of the first packet since then */
  guint32 begun_ms;   /* its send time */
  gint64 running_ns;  /* of the newest packet */
  gint64 lead_ms;     /* from send time to presentation, of the first payload */
  gboolean has_lead;
  LecAsfScript *script; /* (nullable) */
  GArray *commands;     /* (nullable): of the header */
  LecAsfAhead ahead;
};

G_DEFINE_FINAL_TYPE (LecWmsSrc, lec_wms_src, GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate template
    = GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (ASF));

/* ---- the connection ---- */

/* Returns: the next event in what the server answers; its bytes are borrowed. NOTHING: with @error,
 * or at the end of the answer */
static LecWmsEvent
read_event (LecWmsSrc *self, GError **error)
{
  LecWmsEvent event = { LEC_WMS_NOTHING };

  while (event.kind == LEC_WMS_NOTHING) {
    gssize got;

    if (self->at < self->end) {
      self->at += lec_wms_framer_read (self->framer, self->chunk + self->at, self->end - self->at,
                                       &event);
      continue;
    }
    if (g_get_monotonic_time () - self->event_us > PATIENCE_US) {
      g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                           _ ("the server sends too little of the channel; try again later"));
      return event;
    }
    got = lec_wms_read (self->wms, self->chunk, sizeof self->chunk, self->cancellable, error);
    if (got <= 0)
      return event;
    self->at = 0;
    self->end = (gsize) got;
  }
  self->event_us = g_get_monotonic_time ();
  return event;
}

static void
begin_answer (LecWmsSrc *self)
{
  g_clear_pointer (&self->framer, lec_wms_framer_free);
  self->framer = lec_wms_framer_new ();
  self->at = self->end = 0;
  self->event_us = g_get_monotonic_time ();
}

/* Returns: whether @facts are set, and @spare */
static gboolean
read_description (LecWmsSrc *self, LecAsfHeader *facts, gboolean *spare, GError **error)
{
  LecWmsEvent event;

  if (!lec_wms_describe (self->wms, self->cancellable, error))
    return FALSE;
  begin_answer (self);
  event = read_event (self, error);
  if (event.kind == LEC_WMS_HEADER && lec_asf_header_read (event.bytes, event.size, facts)) {
    lec_asf_header_find_spare (event.bytes, event.size, spare);
    return TRUE;
  }
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, _ (UNKNOWN));
  return FALSE;
}

static gboolean
open_channel (LecWmsSrc *self, GError **error)
{
  gboolean wanted[LEC_ASF_STREAMS], present[LEC_ASF_STREAMS], spare[LEC_ASF_STREAMS];
  LecAsfHeader facts;

  self->wms = lec_wms_new (self->uri);
  if (!read_description (self, &facts, spare, error))
    return FALSE;
  for (guint i = 0; i < LEC_ASF_STREAMS; i++) {
    present[i] = facts.kinds[i] != LEC_ASF_NONE;
    wanted[i] = present[i] && !spare[i] && facts.kinds[i] != LEC_ASF_OTHER;
  }
  if (!lec_wms_play (self->wms, wanted, present, self->start_us / 1000, self->cancellable, error))
    return FALSE;
  begin_answer (self);
  return TRUE;
}

/* ---- script commands ---- */

/* As channelsrc does (cue-schedule.h). Takes @structure. */
static void
post (LecWmsSrc *self, gint64 running_ns, GstStructure *structure)
{
  gst_structure_set (structure, "running-time", G_TYPE_UINT64, (guint64) MAX (running_ns, 0), NULL);
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_element (GST_OBJECT (self), structure));
}

/* @time_ms: as packets have it, with all that the rewriter has moved them by */
static void
tell_cue (LecWmsSrc *self, const LecAsfCommand *command, guint32 time_ms, gboolean is_ahead)
{
  const gint64 since_ms = (gint64) (gint32) (time_ms - self->begun_ms);

  post (self, self->begun_ns + since_ms * MSECOND,
        gst_structure_new ("lectern-cue", "type", G_TYPE_STRING, command->type, "parameter",
                           G_TYPE_STRING, command->parameter, "ahead", G_TYPE_BOOLEAN, is_ahead,
                           NULL));
}

static void
take_commands (LecWmsSrc *self, const LecAsfPacket *packet)
{
  LecAsfCommand command;

  lec_asf_script_feed (self->script, packet);
  while (lec_asf_script_take (self->script, self->running_ns, &command))
    tell_cue (self, &command, command.presentation, FALSE);
  while (lec_asf_ahead_take (&self->ahead, packet->send_time - self->rewriter.shift_ms, &command))
    tell_cue (self, &command, command.presentation + self->rewriter.shift_ms, TRUE);
}

static void
begin_commands (LecWmsSrc *self)
{
  guint8 streams[LEC_ASF_STREAMS];
  const gsize n_streams = lec_asf_header_list (&self->facts, LEC_ASF_COMMAND, streams);

  g_clear_pointer (&self->script, lec_asf_script_free);
  g_clear_pointer (&self->commands, g_array_unref);
  self->script = lec_asf_script_new (streams, n_streams);
  self->commands = lec_asf_commands_read (g_bytes_get_data (self->header, NULL),
                                          g_bytes_get_size (self->header));
}

/* ---- media ---- */

static gboolean
take_header (LecWmsSrc *self, const LecWmsEvent *event)
{
  g_autoptr (GBytes) bytes = g_bytes_new (event->bytes, event->size);
  g_autoptr (GBytes) normal = NULL;
  gboolean spare[LEC_ASF_STREAMS];

  if (!lec_asf_header_read (event->bytes, event->size, &self->facts)
      || self->facts.packet_size == 0)
    return FALSE;
  g_clear_pointer (&self->header, g_bytes_unref);
  lec_asf_header_find_spare (event->bytes, event->size, spare);
  normal = lec_asf_header_normalise (bytes);
  self->header = lec_asf_header_leave_out (normal, spare);
  lec_asf_rewriter_init (&self->rewriter, &self->facts);
  begin_commands (self);
  gst_element_post_message (
      GST_ELEMENT (self),
      gst_message_new_element (
          GST_OBJECT (self),
          gst_structure_new (LEC_ASF_HEADER_MESSAGE, "bytes", G_TYPE_BYTES, self->header, NULL)));
  self->is_told = FALSE;
  return TRUE;
}

/* What is played of a packet, and when. */
static void
note_times (LecWmsSrc *self, LecAsfPacket packet)
{
  LecAsfPayload payload;
  gint64 newest_ns = self->running_ns;

  while (lec_asf_packet_next (&packet, &payload)) {
    const gint64 lead_ms = (gint64) (gint32) (payload.presentation - packet.send_time);

    if (!self->has_lead)
      self->lead_ms = lead_ms;
    self->has_lead = TRUE;
    newest_ns = MAX (newest_ns, self->running_ns + (lead_ms - self->lead_ms) * MSECOND);
  }
  GST_OBJECT_LOCK (self);
  self->newest_ns = MAX (self->newest_ns, (guint64) newest_ns);
  GST_OBJECT_UNLOCK (self);
}

/* A packet's time is when it was to be sent, counted from the first: so it is whether it comes as
 * it is sent, or all at once. */
static void
time_packet (LecWmsSrc *self, const LecAsfPacket *packet, gboolean is_first)
{
  if (is_first) {
    post (self, self->running_ns, gst_structure_new_empty ("lectern-cue-cut"));
    self->begun_ms = packet->send_time;
    self->begun_ns = self->running_ns;
    self->has_lead = FALSE;
    lec_asf_ahead_begin (&self->ahead, self->commands, packet->send_time - self->rewriter.shift_ms);
  }
  self->running_ns
      = MAX (self->begun_ns + (gint64) (gint32) (packet->send_time - self->begun_ms) * MSECOND,
             self->begun_ns);
  note_times (self, *packet);
  take_commands (self, packet);
}

/* Returns: (transfer full) (nullable): NULL where it is no packet that can be played */
static GstBuffer *
take_packet (LecWmsSrc *self, const LecWmsEvent *event)
{
  const gboolean is_first = !self->is_told || lec_asf_rewriter_nears_wrap (&self->rewriter);
  const gsize capacity = MAX (self->facts.packet_size, event->size);
  guint8 *memory, *start;
  GstBuffer *buffer;
  LecAsfPacket packet;

  if (self->header == NULL)
    return NULL;
  memory = g_malloc (LEC_ASF_ROOM + capacity);
  memcpy (memory + LEC_ASF_ROOM, event->bytes, event->size);
  if (is_first)
    lec_asf_rewriter_begin (&self->rewriter);
  start = lec_asf_rewriter_write (&self->rewriter, memory + LEC_ASF_ROOM, event->size, capacity);
  if (start == NULL || !lec_asf_packet_read (start, self->facts.packet_size, &packet)) {
    g_free (memory);
    return NULL;
  }
  self->is_told = !is_first;
  time_packet (self, &packet, is_first);
  buffer
      = gst_buffer_new_wrapped_full (0, memory, LEC_ASF_ROOM + capacity, (gsize) (start - memory),
                                     self->facts.packet_size, memory, g_free);
  gst_buffer_add_reference_timestamp_meta (buffer, self->reference, (GstClockTime) self->running_ns,
                                           GST_CLOCK_TIME_NONE);
  return buffer;
}

/* ---- pushing ---- */

static GstFlowReturn
refuse_with (LecWmsSrc *self, const char *sentence)
{
  GST_ELEMENT_ERROR (self, RESOURCE, READ, (_ ("%1$s: %2$s"), self->uri, sentence), (NULL));
  return GST_FLOW_ERROR;
}

static GstFlowReturn
refuse (LecWmsSrc *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return GST_FLOW_FLUSHING;
  return refuse_with (self, error->message);
}

/* The header goes in front of the first packet, as it does from a pad of channelsrc. */
static GstFlowReturn
push_packet (LecWmsSrc *self, GstBuffer *packet, GstBuffer **buffer)
{
  if (self->is_told) {
    *buffer = packet;
    return GST_FLOW_OK;
  }
  self->is_told = TRUE;
  self->pending = packet;
  *buffer = gst_buffer_new_wrapped_bytes (self->header);
  GST_BUFFER_FLAG_SET (*buffer, GST_BUFFER_FLAG_HEADER);
  GST_BUFFER_FLAG_SET (*buffer, GST_BUFFER_FLAG_DISCONT);
  return GST_FLOW_OK;
}

/* A file may end without a word, a broadcast does not. */
static GstFlowReturn
end_answer (LecWmsSrc *self, const GError *error)
{
  if (error != NULL)
    return refuse (self, error);
  if (!lec_wms_is_broadcast (self->wms) && self->header != NULL)
    return GST_FLOW_EOS;
  return refuse_with (self, _ ("the server has broken off; try again later"));
}

static GstFlowReturn
create (GstPushSrc *src, GstBuffer **buffer)
{
  LecWmsSrc *self = LEC_WMS_SRC (src);
  g_autoptr (GError) error = NULL;
  GstBuffer *packet = NULL;

  if (self->pending != NULL) {
    *buffer = g_steal_pointer (&self->pending);
    return GST_FLOW_OK;
  }
  if (self->wms == NULL && !open_channel (self, &error))
    return refuse (self, error);
  while (packet == NULL) {
    const LecWmsEvent event = read_event (self, &error);

    switch (event.kind) {
    case LEC_WMS_HEADER:
      if (!take_header (self, &event))
        return refuse_with (self, _ (UNKNOWN));
      break;
    case LEC_WMS_PACKET:
      packet = take_packet (self, &event);
      break;
    case LEC_WMS_PAUSE:
      break;
    case LEC_WMS_END:
      return GST_FLOW_EOS;
    case LEC_WMS_NOTHING:
      return end_answer (self, error);
    case LEC_WMS_BROKEN:
    default:
      return refuse_with (self, _ ("the server does not keep to the protocol of Windows Media"));
    }
  }
  return push_packet (self, packet, buffer);
}

static gboolean
unlock (GstBaseSrc *src)
{
  g_cancellable_cancel (LEC_WMS_SRC (src)->cancellable);
  return TRUE;
}

static gboolean
unlock_stop (GstBaseSrc *src)
{
  g_cancellable_reset (LEC_WMS_SRC (src)->cancellable);
  return TRUE;
}

static gboolean
stop (GstBaseSrc *src)
{
  LecWmsSrc *self = LEC_WMS_SRC (src);

  g_clear_pointer (&self->wms, lec_wms_free);
  g_clear_pointer (&self->framer, lec_wms_framer_free);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_clear_pointer (&self->script, lec_asf_script_free);
  g_clear_pointer (&self->commands, g_array_unref);
  gst_clear_buffer (&self->pending);
  return TRUE;
}

static void
finalize (GObject *object)
{
  LecWmsSrc *self = LEC_WMS_SRC (object);

  g_free (self->uri);
  g_object_unref (self->cancellable);
  gst_caps_unref (self->reference);
  G_OBJECT_CLASS (lec_wms_src_parent_class)->finalize (object);
}

static void
lec_wms_src_class_init (LecWmsSrcClass *class)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (class);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = finalize;
  gst_element_class_add_static_pad_template (element_class, &template);
  gst_element_class_set_static_metadata (element_class, "Windows Media over HTTP", "Source/Network",
                                         "Receives what a Windows Media server sends over HTTP",
                                         "Lectern");
  base_class->unlock = unlock;
  base_class->unlock_stop = unlock_stop;
  base_class->stop = stop;
  GST_PUSH_SRC_CLASS (class)->create = create;
}

static void
lec_wms_src_init (LecWmsSrc *self)
{
  self->cancellable = g_cancellable_new ();
  self->reference = gst_caps_new_empty_simple (LEC_ASF_DEMUX_REFERENCE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_BYTES);
}

GstElement *
lec_wms_src_new (const char *uri, gint64 start_us)
{
  LecWmsSrc *self = g_object_new (LEC_TYPE_WMS_SRC, NULL);

  self->uri = g_strdup (uri);
  self->start_us = start_us;
  return GST_ELEMENT (self);
}

GstClockTime
lec_wms_src_get_newest (LecWmsSrc *self)
{
  GstClockTime newest_ns;

  GST_OBJECT_LOCK (self);
  newest_ns = self->newest_ns;
  GST_OBJECT_UNLOCK (self);
  return newest_ns;
}
