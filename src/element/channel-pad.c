/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/channel-pad.h"

#include "element/asf-feed.h"
#include "element/asf-unpacker.h"
#include "element/item-reader.h"
#include "element/list-pool.h"
#include "element/packet-pool.h"
#include "element/rtp-caps.h"

#define SILENCE_US (500 * G_TIME_SPAN_MILLISECOND) /* at the start; then downstream gets a GAP */
#define STALE (2 * GST_SECOND) /* behind play-out: downstream was blocked; back to the present */

/* Most that a GAP may move time on. multiqueue 1.22, which decodebin3 has in every branch, takes
 * that time for data it holds; with more than its limit of 100 ms it finds itself full and empty at
 * once, and never moves again. */
#define GAP_MAX (60 * GST_MSECOND)

/* [packets] */
#define AHEAD_PACKET 6
#define AHEAD_BUFFER 3

/* No payload type: a transport stream that was announced as something else. */
#define FOUND_TS 128

struct _LecChannelPad
{
  GstPad parent;

  const LecStream *stream;
  const LecFormat *format;
  LecTiming *timing; /* (unowned) */
  LecChannelPadFlow flow;
  gpointer data;
  LecItemReader *reader;
  LecAsfFeed *asf;          /* (nullable): it gives ASF... */
  LecAsfUnpacker *unpacker; /* ...(nullable): that comes in RTP */
  gboolean tells_header;    /* what the header of ASF says ahead */
  guint ending;             /* atomic: the number of the event that ends it; 0: none */

  char *stream_id;
  guint group_id;
  char *title;

  /* pad's thread only */
  LecListPool lists;
  gboolean begun;   /* stream-start, caps and so on are sent */
  gboolean pushed;  /* a buffer was; depayloaders want none of gaps before */
  gboolean discont; /* something lies between the last buffer and the next one */
  gboolean silence_told;
  gint64 last_session_ns; /* PTS of the last packet... */
  GstClockTime last_pts;  /* ...and what it has become */
  gint payload;           /* that the caps are for; -1: none */
};

G_DEFINE_FINAL_TYPE (LecChannelPad, lec_channel_pad, GST_TYPE_PAD)

/* Whether it gives one stream of bytes, with more than one medium inside. */
static gboolean
is_container (const LecChannelPad *self)
{
  return self->format->container || self->unpacker != NULL;
}

static GstCaps *
caps_for (LecChannelPad *self, guint payload)
{
  if (self->unpacker != NULL)
    return gst_caps_from_string (lec_format_msb.caps);
  if (self->format->container)
    return gst_caps_from_string (self->format->caps);
  if (payload == FOUND_TS)
    return lec_rtp_caps_new_ts ();
  return lec_rtp_caps_new (self->stream, payload);
}

static void
push_caps (LecChannelPad *self, guint payload)
{
  g_autoptr (GstCaps) caps = caps_for (self, payload);

  self->payload = (gint) payload;
  if (caps != NULL)
    gst_pad_push_event (GST_PAD (self), gst_event_new_caps (caps));
}

static void
push_tags (LecChannelPad *self)
{
  GstTagList *tags;

  if (self->title == NULL)
    return;
  tags = gst_tag_list_new (GST_TAG_TITLE, self->title, NULL);
  if (self->stream->language != NULL)
    gst_tag_list_add (tags, GST_TAG_MERGE_APPEND, GST_TAG_LANGUAGE_CODE, self->stream->language,
                      NULL);
  if (self->stream->bandwidth > 0)
    gst_tag_list_add (tags, GST_TAG_MERGE_APPEND, GST_TAG_NOMINAL_BITRATE, self->stream->bandwidth,
                      NULL);
  gst_pad_push_event (GST_PAD (self), gst_event_new_tag (tags));
}

/* Neither a GstStream nor a collection is among it: what is in the packets is known behind the
 * depayloader only, often by the first parameter sets. decodebin3 then makes both by itself, once
 * it knows the caps; given them, that of 1.26 expects no parser to be needed, and refuses caps that
 * come later. */
static void
begin (LecChannelPad *self, guint payload)
{
  GstEvent *start = gst_event_new_stream_start (self->stream_id);
  GstSegment segment;

  gst_event_set_group_id (start, self->group_id);
  gst_event_set_stream_flags (start, GST_STREAM_FLAG_SELECT);
  gst_pad_push_event (GST_PAD (self), start);
  push_caps (self, payload);
  gst_segment_init (&segment, self->asf != NULL ? GST_FORMAT_BYTES : GST_FORMAT_TIME);
  gst_pad_push_event (GST_PAD (self), gst_event_new_segment (&segment));
  push_tags (self);
  self->begun = TRUE;
}

/* The payload type that caps can be made for before a packet has come; -1: a packet must tell. */
static gint
known_payload (const LecChannelPad *self)
{
  if (is_container (self))
    return 0;
  if (self->stream->payloads->len != 1)
    return -1;
  return (gint) ((LecPayload *) g_ptr_array_index (self->stream->payloads, 0))->payload;
}

/* What the caps of @packet depend on. */
static guint
payload_of (const LecChannelPad *self, const LecPacket *packet)
{
  if (is_container (self))
    return 0;
  return packet->unannounced_ts ? FOUND_TS : packet->payload_type;
}

/* Returns: whether @packet can follow what has been pushed, without anything in between */
static gboolean
continues (const LecChannelPad *self, const LecPacket *packet)
{
  return (gint) payload_of (self, packet) == self->payload
         && (self->asf == NULL || lec_asf_feed_continues (self->asf, packet));
}

/* Messages of the element, as far ahead of their time as the latency is: script commands, and that
 * those of the stream before will not come any more. */
static void
post (LecChannelPad *self, gint64 session_ns, GstStructure *structure)
{
  g_autoptr (GstObject) element = gst_pad_get_parent (GST_PAD (self));
  const gint64 running_ns = lec_item_reader_to_running (self->reader, session_ns);

  gst_structure_set (structure, "running-time", G_TYPE_UINT64, (guint64) MAX (running_ns, 0), NULL);
  if (element != NULL)
    gst_element_post_message (GST_ELEMENT (element), gst_message_new_element (element, structure));
  else
    gst_structure_free (structure);
}

static void
tell_cut (LecChannelPad *self, gint64 session_ns)
{
  post (self, session_ns, gst_structure_new_empty ("lectern-cue-cut"));
}

static void
tell_command (LecChannelPad *self,
              gint64 session_ns,
              const char *type,
              const char *parameter,
              gboolean is_ahead)
{
  post (self, session_ns,
        gst_structure_new ("lectern-cue", "type", G_TYPE_STRING, type, "parameter", G_TYPE_STRING,
                           parameter, "ahead", G_TYPE_BOOLEAN, is_ahead, NULL));
}

static void
tell_cue (LecChannelPad *self, const LecCue *cue)
{
  if (*cue->type == '\0')
    tell_cut (self, cue->pts_ns);
  else
    tell_command (self, cue->pts_ns, cue->type, cue->parameter, cue->is_ahead);
}

/* A demultiplexer for files begins anew with another header. */
static void
push_header (LecChannelPad *self, const LecPacket *packet)
{
  GstBuffer *header = lec_asf_feed_begin (self->asf, packet);

  if (self->tells_header)
    tell_cut (self, packet->pts_ns);
  self->discont = TRUE;
  if (header != NULL)
    gst_pad_push (GST_PAD (self), header); /* the packet's own push tells what has come of it */
}

static void
prepare (LecChannelPad *self, const LecPacket *packet)
{
  guint payload = payload_of (self, packet);

  if (!self->begun)
    begin (self, payload);
  else if ((gint) payload != self->payload)
    push_caps (self, payload);
  if (self->asf != NULL && !lec_asf_feed_continues (self->asf, packet))
    push_header (self, packet);
}

/* Packets of one frame keep one time, though the clock may have been set a little in between. */
static GstClockTime
to_pts (LecChannelPad *self, gint64 session_ns)
{
  if (!self->pushed || session_ns != self->last_session_ns)
    self->last_pts = (GstClockTime) MAX (lec_item_reader_to_running (self->reader, session_ns), 0);
  self->last_session_ns = session_ns;
  return self->last_pts;
}

static GstBuffer *
mark (LecChannelPad *self, GstBuffer *buffer, gint64 session_ns)
{
  GstClockTime pts = to_pts (self, session_ns);

  if (self->asf != NULL)
    lec_asf_feed_stamp (self->asf, buffer, pts);
  else
    GST_BUFFER_PTS (buffer) = pts;
  if (self->discont || !self->pushed)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  self->pushed = TRUE;
  self->discont = FALSE;
  return buffer;
}

static GstBuffer *
to_buffer (LecChannelPad *self, LecPacket *packet)
{
  const gint64 session_ns = packet->pts_ns;

  if (self->format->container)
    return mark (self,
                 lec_packet_pool_unwrap (packet, packet->payload_offset, packet->payload_size),
                 session_ns);
  return mark (self, lec_packet_pool_unwrap (packet, 0, packet->size), session_ns);
}

static gboolean
is_stale (LecChannelPad *self, const LecPacket *packet)
{
  return packet->pts_ns + (gint64) STALE < lec_item_reader_get_position (self->reader);
}

/* To depayloaders a gap is a lost packet, to everybody else a gap in time; but ASF has none here.
 */
static void
push_gap (LecChannelPad *self, const LecGap *gap)
{
  GstClockTime end = self->last_pts + GAP_MAX;
  gint64 running_ns = lec_item_reader_to_running (self->reader, gap->pts_ns);
  GstClockTime pts = MIN ((GstClockTime) MAX (running_ns, 0), end);
  GstClockTime duration = MIN ((GstClockTime) gap->duration_ns, end - pts);
  GstStructure *lost;

  if (!self->pushed || self->asf != NULL)
    return;
  if (self->format->container) {
    gst_pad_push_event (GST_PAD (self), gst_event_new_gap (pts, duration));
    return;
  }
  lost = gst_structure_new ("GstRTPPacketLost", "seqnum", G_TYPE_UINT,
                            (guint) (gap->first & 0xffff), "timestamp", G_TYPE_UINT64, pts,
                            "duration", G_TYPE_UINT64, duration, "retry", G_TYPE_UINT, 0, NULL);
  gst_pad_push_event (GST_PAD (self), gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, lost));
}

/* Nothing arrives: downstream must not wait for this pad to know what there is. Once, and at the
 * very beginning of time, for the reason given at GAP_MAX. */
static void
push_silence (LecChannelPad *self)
{
  gint payload = known_payload (self);

  if (self->pushed || self->silence_told || payload < 0 || self->asf != NULL)
    return;
  self->silence_told = TRUE;
  gst_pad_push_event (GST_PAD (self), gst_event_new_gap (0, GST_CLOCK_TIME_NONE));
}

/* What a packet needs is out of the caches, as it has waited; it comes there while those before it
 * are pushed. First where its buffer is, then that. */
static void
prefetch (LecChannelPad *self)
{
  const LecPacket *far = lec_item_reader_peek (self->reader, AHEAD_PACKET);
  const LecPacket *near = lec_item_reader_peek (self->reader, AHEAD_BUFFER);

  if (far != NULL)
    lec_packet_pool_prefetch_packet (far);
  if (near != NULL)
    lec_packet_pool_prefetch_buffer (near);
}

/* Pushes @first and what follows it without a gap in between; leaves the item that ended the run
 * in @next. Returns whether there is one. */
static gboolean
push_run (LecChannelPad *self, LecPacket *first, LecItem *next, GstFlowReturn *result)
{
  GstBufferList *list = NULL;
  GstBuffer *buffer;
  gboolean more = FALSE;

  prepare (self, first);
  buffer = to_buffer (self, first);
  for (guint i = 1; i < LEC_LIST_POOL_BUFFERS; i++) {
    more = lec_item_reader_pop (self->reader, next, 0) == LEC_PAD_QUEUE_ITEM;
    if (!more || next->kind != LEC_ITEM_PACKET || !continues (self, next->packet))
      break;
    if (list == NULL) {
      list = lec_list_pool_take (&self->lists);
      gst_buffer_list_add (list, buffer);
    }
    prefetch (self);
    gst_buffer_list_add (list, to_buffer (self, next->packet));
    more = FALSE;
  }
  *result = list != NULL ? lec_list_pool_push (list, GST_PAD (self))
                         : gst_pad_push (GST_PAD (self), buffer);
  return more;
}

static void
note_break (LecChannelPad *self)
{
  self->discont = TRUE;
  if (self->unpacker != NULL)
    lec_asf_unpacker_break (self->unpacker);
}

static void
tell_unpacked (LecChannelPad *self)
{
  LecCue *cue;

  while ((cue = lec_asf_unpacker_take_cue (self->unpacker)) != NULL) {
    tell_cue (self, cue);
    lec_cue_free (cue);
  }
}

/* Only what was announced as ASF is; what else comes, nobody knows. */
static GstFlowReturn
push_unpacked (LecChannelPad *self, LecPacket *packet)
{
  const LecPayload *announced = g_ptr_array_index (self->stream->payloads, 0);
  GstFlowReturn result = GST_FLOW_OK;
  GstBuffer *buffer;
  gint64 session_ns;

  if (packet->payload_type != announced->payload || packet->unannounced_ts) {
    lec_packet_release (packet);
    return GST_FLOW_OK;
  }
  if (lec_asf_unpacker_is_full (self->unpacker))
    lec_asf_feed_end (self->asf);
  if (!lec_asf_feed_continues (self->asf, packet))
    lec_asf_unpacker_begin (self->unpacker);
  prepare (self, packet);
  lec_asf_unpacker_push (self->unpacker, packet);
  while ((buffer = lec_asf_unpacker_pull (self->unpacker, &session_ns)) != NULL) {
    GstFlowReturn pushed;

    tell_unpacked (self);
    buffer = mark (self, buffer, session_ns);
    lec_asf_feed_note_sent (self->asf, buffer, lec_asf_unpacker_get_send_time (self->unpacker));
    pushed = gst_pad_push (GST_PAD (self), buffer);
    result = result == GST_FLOW_OK ? pushed : result;
  }
  return result;
}

static GstFlowReturn
push_item (LecChannelPad *self, LecItem item)
{
  GstFlowReturn result = GST_FLOW_OK;
  LecItem next;

  for (;;) {
    lec_item_reader_look (self->reader);
    if (item.kind == LEC_ITEM_CUE) {
      tell_cue (self, item.cue);
      lec_cue_free (item.cue);
      return result;
    }
    if (item.kind != LEC_ITEM_PACKET) {
      note_break (self);
      if (item.kind == LEC_ITEM_GAP)
        push_gap (self, &item.gap);
      else if (self->asf != NULL)
        lec_asf_feed_end (self->asf);
      return result;
    }
    if (is_stale (self, item.packet)) {
      if (self->asf != NULL && !lec_asf_feed_continues (self->asf, item.packet))
        lec_asf_feed_end (self->asf);
      lec_packet_release (item.packet);
      lec_pad_queue_note_overrun (lec_item_reader_get_queue (self->reader));
      note_break (self);
      return result;
    }
    if (self->unpacker != NULL)
      return push_unpacked (self, item.packet);
    if (!push_run (self, item.packet, &next, &result))
      return result;
    item = next;
  }
}

static void
push_end (LecChannelPad *self, guint number)
{
  GstEvent *eos = gst_event_new_eos ();

  gst_event_set_seqnum (eos, number);
  if (!self->begun)
    begin (self, (guint) known_payload (self));
  gst_pad_push_event (GST_PAD (self), eos);
  gst_pad_pause_task (GST_PAD (self));
}

static void
loop (gpointer data)
{
  LecChannelPad *self = data;
  const guint ending = (guint) g_atomic_int_get (&self->ending);
  GstFlowReturn result = GST_FLOW_OK;
  LecItem item;

  if (ending != 0) {
    push_end (self, ending);
    return;
  }
  if (!self->begun && known_payload (self) >= 0)
    begin (self, (guint) known_payload (self));

  switch (lec_item_reader_pop (self->reader, &item, SILENCE_US)) {
  case LEC_PAD_QUEUE_ITEM:
    result = push_item (self, item);
    break;
  case LEC_PAD_QUEUE_TIMEOUT:
    push_silence (self);
    break;
  case LEC_PAD_QUEUE_STOPPED:
  default:
    return; /* whoever stopped the queue has paused the task first */
  }
  if (!self->flow (self, result, self->data))
    gst_pad_pause_task (GST_PAD (self));
}

/* Live, and able to hold back as much as needed: the jitter buffer is the queue. */
static gboolean
query (GstPad *pad, GstObject *parent, GstQuery *q)
{
  LecChannelPad *self = LEC_CHANNEL_PAD (pad);

  if (GST_QUERY_TYPE (q) == GST_QUERY_LATENCY) {
    gst_query_set_latency (q, TRUE, (GstClockTime) lec_timing_get_latency (self->timing),
                           GST_CLOCK_TIME_NONE);
    return TRUE;
  }
  if (GST_QUERY_TYPE (q) == GST_QUERY_SCHEDULING) {
    gst_query_set_scheduling (
        q, GST_SCHEDULING_FLAG_SEQUENTIAL | GST_SCHEDULING_FLAG_BANDWIDTH_LIMITED, 1, -1, 0);
    gst_query_add_scheduling_mode (q, GST_PAD_MODE_PUSH);
    return TRUE;
  }
  return gst_pad_query_default (pad, parent, q);
}

/* There is nothing to seek or flush in what comes from elsewhere. */
static gboolean
event (GstPad *pad, GstObject *parent, GstEvent *e)
{
  gboolean fine = GST_EVENT_TYPE (e) == GST_EVENT_RECONFIGURE
                  || GST_EVENT_TYPE (e) == GST_EVENT_LATENCY || GST_EVENT_TYPE (e) == GST_EVENT_QOS;

  gst_event_unref (e);
  return fine;
}

static void
lec_channel_pad_finalize (GObject *object)
{
  LecChannelPad *self = LEC_CHANNEL_PAD (object);

  lec_item_reader_free (self->reader);
  lec_asf_feed_free (self->asf);
  lec_asf_unpacker_free (self->unpacker);
  lec_list_pool_clear (&self->lists);
  g_free (self->stream_id);
  g_free (self->title);
  G_OBJECT_CLASS (lec_channel_pad_parent_class)->finalize (object);
}

static void
lec_channel_pad_class_init (LecChannelPadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lec_channel_pad_finalize;
}

static void
lec_channel_pad_init (LecChannelPad *self)
{
  self->payload = -1;
}

LecChannelPad *
lec_channel_pad_new (GstPadTemplate *pad_template,
                     const char *name,
                     const LecStream *stream,
                     const LecFormat *format,
                     LecTiming *timing,
                     LecChannelPadFlow flow,
                     gpointer data)
{
  LecChannelPad *self = g_object_new (LEC_TYPE_CHANNEL_PAD, "name", name, "direction", GST_PAD_SRC,
                                      "template", pad_template, NULL);

  self->stream = stream;
  self->format = format;
  self->timing = timing;
  self->reader = lec_item_reader_new (timing);
  self->flow = flow;
  self->data = data;
  gst_pad_set_query_function (GST_PAD (self), query);
  gst_pad_set_event_function (GST_PAD (self), event);
  gst_pad_use_fixed_caps (GST_PAD (self));
  return self;
}

void
lec_channel_pad_announce (LecChannelPad *self,
                          const char *stream_id,
                          guint group_id,
                          const char *title)
{
  self->stream_id = g_strdup (stream_id);
  self->group_id = group_id;
  self->title = g_strdup (title);
}

void
lec_channel_pad_set_station (LecChannelPad *self, const LecMsb *msb)
{
  self->asf = lec_asf_feed_new (msb);
  self->tells_header = TRUE;
}

void
lec_channel_pad_set_asf (LecChannelPad *self, GBytes *header)
{
  self->unpacker = lec_asf_unpacker_new (header);
  self->asf = lec_asf_feed_new_single (g_bytes_ref (header));
}

void
lec_channel_pad_tell_commands (LecChannelPad *self, GBytes *header)
{
  lec_asf_unpacker_read_commands (self->unpacker, header);
  self->tells_header = TRUE;
}

LecPadQueue *
lec_channel_pad_get_queue (LecChannelPad *self)
{
  return lec_item_reader_get_queue (self->reader);
}

void
lec_channel_pad_start (LecChannelPad *self)
{
  lec_pad_queue_set_stopped (lec_item_reader_get_queue (self->reader), FALSE);
  gst_pad_start_task (GST_PAD (self), loop, self, NULL);
}

void
lec_channel_pad_end (LecChannelPad *self, guint number)
{
  g_atomic_int_set (&self->ending, number);
  lec_pad_queue_set_stopped (lec_item_reader_get_queue (self->reader), TRUE);
}

void
lec_channel_pad_pause (LecChannelPad *self)
{
  /* gst_pad_pause_task() would wait for the task, which may be held in a sink that has stopped
   * taking and goes on only after this element has changed its state. The task itself does not
   * pause: it might do so after it was started again. */
  GST_OBJECT_LOCK (self);
  if (GST_PAD_TASK (self) != NULL)
    gst_task_pause (GST_PAD_TASK (self));
  GST_OBJECT_UNLOCK (self);
  lec_pad_queue_set_stopped (lec_item_reader_get_queue (self->reader), TRUE);
}

void
lec_channel_pad_stop (LecChannelPad *self)
{
  lec_channel_pad_pause (self);
  gst_pad_set_active (GST_PAD (self), FALSE);
  gst_pad_stop_task (GST_PAD (self));
  lec_item_reader_clear (self->reader);
}
