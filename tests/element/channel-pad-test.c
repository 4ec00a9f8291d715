/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one pad sends, item by item, with a clock that stands where the test has put it. */
#include "element/channel-pad.h"

#include <gst/check/gsttestclock.h>
#include <string.h>

#include "element/list-pool.h"
#include "element/packet-pool.h"

#define PATIENCE                                                                                   \
  (20 * G_TIME_SPAN_SECOND) /* what is awaited comes sooner, or the test has failed */
#define LATENCY (150 * (gint64) GST_MSECOND)
#define HEADER 12 /* [bytes] of RTP in front of what is counted */
#define FRAME (20 * (gint64) GST_MSECOND)

/* A pad, what is in front of it, and all that has left it. */
typedef struct
{
  LecChannelInfo *info;
  LecStream *stream;
  GstClock *clock;
  LecTiming *timing;
  LecPacketPool *pool;
  LecChannelPad *pad;
  GstPad *sink;
  GAsyncQueue *things; /* of GstMiniObject: events, buffers, lists */
  gint result;         /* atomic: what downstream answers */
  GMutex held;         /* as long as somebody else has it, nothing is taken downstream */
  gint rounds;         /* atomic: times that the pad was asked whether to go on */
  gint heard;          /* atomic: what it had come to */
} Fixture;

static GstFlowReturn
take (GstPad *pad, GstMiniObject *thing)
{
  Fixture *self = gst_pad_get_element_private (pad);

  g_async_queue_push (self->things, thing);
  g_mutex_lock (&self->held);
  g_mutex_unlock (&self->held);
  return (GstFlowReturn) g_atomic_int_get (&self->result);
}

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  return take (pad, GST_MINI_OBJECT_CAST (buffer));
}

static GstFlowReturn
chain_list_cb (GstPad *pad, GstObject *parent, GstBufferList *list)
{
  return take (pad, GST_MINI_OBJECT_CAST (list));
}

static gboolean
event_cb (GstPad *pad, GstObject *parent, GstEvent *event)
{
  Fixture *self = gst_pad_get_element_private (pad);

  g_async_queue_push (self->things, event);
  return TRUE;
}

static gboolean
flow_cb (LecChannelPad *pad, GstFlowReturn result, gpointer data)
{
  Fixture *self = data;

  g_atomic_int_set (&self->heard, result);
  g_atomic_int_inc (&self->rounds);
  return result == GST_FLOW_OK;
}

/* @payloads: of H264, ended by -1 */
static Fixture *
fixture_new_with (LecKind kind, const LecFormat *format, const int *payloads)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GstPadTemplate) pad_template
      = gst_pad_template_new ("stream_%u", GST_PAD_SRC, GST_PAD_SOMETIMES, GST_CAPS_ANY);
  g_autoptr (GstPadTemplate) sink_template
      = gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_CAPS_ANY);

  gst_object_ref_sink (pad_template);
  gst_object_ref_sink (sink_template);
  self->info = lec_channel_info_new ();
  self->stream = lec_alternative_add_stream (lec_channel_info_add_alternative (self->info, kind),
                                             LEC_MEDIA_VIDEO);
  for (guint i = 0; payloads[i] >= 0; i++)
    lec_stream_add_payload (self->stream, (guint) payloads[i], "H264", 90000);
  self->clock = gst_test_clock_new ();
  self->timing = lec_timing_new ();
  lec_timing_open (self->timing, LATENCY);
  lec_timing_begin (self->timing, self->clock, 0);
  self->pool = lec_packet_pool_new ();
  self->things = g_async_queue_new_full ((GDestroyNotify) gst_mini_object_unref);

  self->pad = lec_channel_pad_new (pad_template, "stream_0", self->stream, format, self->timing,
                                   flow_cb, self);
  gst_object_ref_sink (self->pad);
  self->sink = gst_object_ref_sink (gst_pad_new_from_template (sink_template, "sink"));
  gst_pad_set_element_private (self->sink, self);
  gst_pad_set_chain_function (self->sink, chain_cb);
  gst_pad_set_chain_list_function (self->sink, chain_list_cb);
  gst_pad_set_event_function (self->sink, event_cb);
  gst_pad_set_active (self->sink, TRUE);
  gst_pad_set_active (GST_PAD (self->pad), TRUE);
  g_assert_cmpint (gst_pad_link (GST_PAD (self->pad), self->sink), ==, GST_PAD_LINK_OK);
  return self;
}

static Fixture *
fixture_new (LecKind kind, const int *payloads)
{
  return fixture_new_with (kind, lec_format_of (kind), payloads);
}

static Fixture *
fixture_new_rtp (void)
{
  return fixture_new (LEC_KIND_RTP, (const int[]){ 96, -1 });
}

static void
fixture_free (Fixture *self)
{
  lec_channel_pad_stop (self->pad);
  gst_object_unref (self->sink);
  g_async_queue_unref (self->things);
  g_assert_finalize_object (self->pad);
  lec_packet_pool_free (self->pool);
  lec_timing_free (self->timing);
  gst_object_unref (self->clock);
  lec_channel_info_free (self->info);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static void
announce (Fixture *self)
{
  lec_channel_pad_announce (self->pad, "hall/0", 5, NULL);
}

/* ---- what goes in ---- */

static void
push_typed (Fixture *self, guint payload, guint8 number, gint64 pts_ns)
{
  LecPacket *packet = lec_packet_pool_acquire (self->pool, 64);

  memset (packet->data, 0, 64);
  packet->data[HEADER] = number;
  packet->size = 32;
  packet->payload_offset = HEADER;
  packet->payload_size = 20;
  packet->payload_type = (guint16) payload;
  packet->pts_ns = pts_ns;
  lec_pad_queue_push (lec_channel_pad_get_queue (self->pad),
                      &(LecItem){ .kind = LEC_ITEM_PACKET, .packet = packet });
}

static void
push (Fixture *self, guint8 number, gint64 pts_ns)
{
  push_typed (self, 96, number, pts_ns);
}

static void
push_gap (Fixture *self, gint64 first, gint64 pts_ns, gint64 duration_ns)
{
  const LecGap gap = { .first = first, .count = 1, .pts_ns = pts_ns, .duration_ns = duration_ns };

  lec_pad_queue_push (lec_channel_pad_get_queue (self->pad),
                      &(LecItem){ .kind = LEC_ITEM_GAP, .gap = gap });
}

static void
push_reset (Fixture *self)
{
  lec_pad_queue_push (lec_channel_pad_get_queue (self->pad), &(LecItem){ .kind = LEC_ITEM_RESET });
}

static void
flush (Fixture *self)
{
  lec_pad_queue_flush (lec_channel_pad_get_queue (self->pad));
}

/* ---- what comes out ---- */

static GstMiniObject *
next (Fixture *self)
{
  GstMiniObject *thing = g_async_queue_timeout_pop (self->things, PATIENCE);

  if (thing == NULL)
    g_error ("nothing has left the pad");
  return thing;
}

static GstEvent *
next_event (Fixture *self, GstEventType type)
{
  GstMiniObject *thing = next (self);

  g_assert_true (GST_IS_EVENT (thing));
  g_assert_cmpstr (GST_EVENT_TYPE_NAME (thing), ==, gst_event_type_get_name (type));
  return GST_EVENT_CAST (thing);
}

static void
check_buffer_is (Fixture *self, GstBuffer *buffer, guint8 number, gint64 pts_ns, gboolean discont)
{
  gboolean container = self->stream->payloads->len == 0;
  guint8 byte = 0;

  g_assert_cmpuint (gst_buffer_get_size (buffer), ==, container ? 20 : 32);
  gst_buffer_extract (buffer, container ? 0 : HEADER, &byte, 1);
  g_assert_cmpuint (byte, ==, number);
  g_assert_cmpuint (GST_BUFFER_PTS (buffer), ==, (GstClockTime) pts_ns);
  g_assert_cmpint (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT), ==, discont);
}

static void
check_buffer (Fixture *self, guint8 number, gint64 pts_ns, gboolean discont)
{
  GstMiniObject *thing = next (self);

  g_assert_true (GST_IS_BUFFER (thing));
  check_buffer_is (self, GST_BUFFER_CAST (thing), number, pts_ns, discont);
  gst_mini_object_unref (thing);
}

/* Buffers @first and on, one frame after the other, all at once. */
static void
check_list (Fixture *self, guint first, guint count, gboolean discont)
{
  GstMiniObject *thing = next (self);
  GstBufferList *list = (GstBufferList *) thing;

  g_assert_true (GST_IS_BUFFER_LIST (thing));
  g_assert_cmpuint (gst_buffer_list_length (list), ==, count);
  for (guint i = 0; i < count; i++)
    check_buffer_is (self, gst_buffer_list_get (list, i), (guint8) (first + i), (first + i) * FRAME,
                     discont && i == 0);
  gst_mini_object_unref (thing);
}

/* Passes over what comes before the first buffer when nothing is known of the channel. */
static void
skip_front (Fixture *self)
{
  static const GstEventType front[] = { GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT };

  for (guint i = 0; i < G_N_ELEMENTS (front); i++)
    gst_event_unref (next_event (self, front[i]));
}

static void
start (Fixture *self)
{
  announce (self);
  lec_channel_pad_start (self->pad);
  skip_front (self);
}

/* Waits until the pad has been asked so often whether to go on. */
static void
await_rounds (Fixture *self, gint count)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE;

  while (g_atomic_int_get (&self->rounds) < count) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
}

/* Waits until it has waited in vain once more, at least. */
static void
await_silence (Fixture *self)
{
  await_rounds (self, g_atomic_int_get (&self->rounds) + 2);
}

/* Waits until so many were dropped; they must not be more then. */
static void
await_overrun (Fixture *self, guint64 count)
{
  LecPadQueue *queue = lec_channel_pad_get_queue (self->pad);
  gint64 end_us = g_get_monotonic_time () + PATIENCE;

  while (lec_pad_queue_get_overrun (queue) < count) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
  g_assert_cmpuint (lec_pad_queue_get_overrun (queue), ==, count);
}

static void
check_quiet (Fixture *self)
{
  g_assert_cmpint (g_async_queue_length (self->things), ==, 0);
}

/* ---- what downstream must know first ---- */

static void
check_payload (GstEvent *event, int payload)
{
  GstCaps *caps;
  int found = -1;

  gst_event_parse_caps (event, &caps);
  g_assert_true (gst_structure_get_int (gst_caps_get_structure (caps, 0), "payload", &found));
  g_assert_cmpint (found, ==, payload);
  gst_event_unref (event);
}

static void
check_tags (GstEvent *event)
{
  GstTagList *tags;
  g_autofree char *title = NULL, *language = NULL;
  guint bandwidth = 0;

  gst_event_parse_tag (event, &tags);
  g_assert_true (gst_tag_list_get_string (tags, GST_TAG_TITLE, &title));
  g_assert_cmpstr (title, ==, "Lecture");
  g_assert_true (gst_tag_list_get_string (tags, GST_TAG_LANGUAGE_CODE, &language));
  g_assert_cmpstr (language, ==, "de");
  g_assert_true (gst_tag_list_get_uint (tags, GST_TAG_NOMINAL_BITRATE, &bandwidth));
  g_assert_cmpuint (bandwidth, ==, 64000);
  gst_event_unref (event);
}

static void
check_stream_start (GstEvent *event)
{
  const char *id;
  guint group = 0;
  GstStreamFlags flags;
  g_autoptr (GstStream) found = NULL;

  gst_event_parse_stream_start (event, &id);
  g_assert_cmpstr (id, ==, "hall/0");
  g_assert_true (gst_event_parse_group_id (event, &group));
  g_assert_cmpuint (group, ==, 5);
  gst_event_parse_stream_flags (event, &flags);
  g_assert_cmpint (flags, ==, GST_STREAM_FLAG_SELECT);
  gst_event_parse_stream (event, &found);
  g_assert_null (found);
  gst_event_unref (event);
}

/* All of it, and no more, before anything has come. A stream or a collection, whose caps nobody
 * knows yet, decodebin3 would take for all that it needs to know. */
static void
test_front (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();
  const GstSegment *segment;
  GstEvent *event;

  fixture->stream->language = g_strdup ("de");
  fixture->stream->bandwidth = 64000;
  lec_channel_pad_announce (fixture->pad, "hall/0", 5, "Lecture");
  lec_channel_pad_start (fixture->pad);

  check_stream_start (next_event (fixture, GST_EVENT_STREAM_START));
  check_payload (next_event (fixture, GST_EVENT_CAPS), 96);
  event = next_event (fixture, GST_EVENT_SEGMENT);
  gst_event_parse_segment (event, &segment);
  g_assert_cmpint (segment->format, ==, GST_FORMAT_TIME);
  g_assert_cmpuint (segment->start, ==, 0);
  gst_event_unref (event);
  check_tags (next_event (fixture, GST_EVENT_TAG));
}

/* As long as several payload types are possible the first packet tells, and nothing is said before:
 * no silence either, as downstream could make nothing of it. */
static void
test_front_with_packet (void)
{
  g_autoptr (Fixture) fixture = fixture_new (LEC_KIND_RTP, (const int[]){ 96, 97, -1 });

  announce (fixture);
  lec_channel_pad_start (fixture->pad);
  await_silence (fixture);
  check_quiet (fixture);
  push_typed (fixture, 97, 1, 0);
  flush (fixture);
  gst_event_unref (next_event (fixture, GST_EVENT_STREAM_START));
  check_payload (next_event (fixture, GST_EVENT_CAPS), 97);
  gst_event_unref (next_event (fixture, GST_EVENT_SEGMENT));
  check_buffer (fixture, 1, 0, TRUE);
}

/* New caps go before the buffer that they are for, and are not said twice. */
static void
test_payload_changes (void)
{
  g_autoptr (Fixture) fixture = fixture_new (LEC_KIND_RTP, (const int[]){ 96, 97, -1 });

  for (guint8 i = 0; i < 6; i++)
    push_typed (fixture, i < 2 || i > 4 ? 96 : 97, i, i * FRAME);
  flush (fixture);
  start (fixture);
  check_list (fixture, 0, 2, TRUE);
  check_payload (next_event (fixture, GST_EVENT_CAPS), 97);
  check_list (fixture, 2, 3, FALSE);
  check_payload (next_event (fixture, GST_EVENT_CAPS), 96);
  check_buffer (fixture, 5, 5 * FRAME, FALSE);
}

/* What of a packet is pushed of a container is what is in it, whatever type it has. */
static void
test_container (void)
{
  g_autoptr (Fixture) fixture = fixture_new (LEC_KIND_TS, (const int[]){ -1 });

  push_typed (fixture, 33, 0, 0);
  push_typed (fixture, 34, 1, FRAME);
  flush (fixture);
  start (fixture);
  check_list (fixture, 0, 2, TRUE);
}

/* ---- silence ---- */

/* Where nothing comes downstream hears of it, once; and never after something has come. */
static void
test_silence (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();
  GstEvent *gap;
  GstClockTime begin, duration;

  start (fixture);
  gap = next_event (fixture, GST_EVENT_GAP);
  gst_event_parse_gap (gap, &begin, &duration);
  g_assert_cmpuint (begin, ==, 0);
  g_assert_cmpuint (duration, ==, GST_CLOCK_TIME_NONE);
  gst_event_unref (gap);
  await_silence (fixture);
  check_quiet (fixture);

  push (fixture, 1, GST_SECOND);
  flush (fixture);
  check_buffer (fixture, 1, GST_SECOND, TRUE);
  await_silence (fixture);
  check_quiet (fixture);
}

static void
test_silence_later (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();

  push (fixture, 1, GST_SECOND);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 1, GST_SECOND, TRUE);
  await_silence (fixture);
  check_quiet (fixture);
}

/* ---- gaps ---- */

/* Where a gap is, how long, and what is said of it: behind the last buffer at one second it moves
 * time on by 60 ms at most. */
static const struct
{
  gint64 pts_ns, duration_ns, told_pts_ns, told_duration_ns;
} gaps[] = {
  { 1020 * GST_MSECOND, 20 * GST_MSECOND, 1020 * GST_MSECOND, 20 * GST_MSECOND },
  { 1020 * GST_MSECOND, GST_SECOND, 1020 * GST_MSECOND, 40 * GST_MSECOND },
  { 5 * GST_SECOND, GST_SECOND, 1060 * GST_MSECOND, 0 },
  { -(gint64) GST_SECOND, 20 * GST_MSECOND, 0, 20 * GST_MSECOND },
  { 1020 * GST_MSECOND, 0, 1020 * GST_MSECOND, 0 }, /* the time stamps do not tell */
};

/* A depayloader hears of a lost packet; before there was one it is not bothered. */
static void
test_lost (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();

  push_gap (fixture, 1, 0, FRAME);
  push (fixture, 1, GST_SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    push_gap (fixture, 0x1fffe + i, gaps[i].pts_ns, gaps[i].duration_ns);
  push (fixture, 2, 2 * GST_SECOND);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 1, GST_SECOND, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++) {
    GstEvent *lost = next_event (fixture, GST_EVENT_CUSTOM_DOWNSTREAM);
    guint number, retry;
    guint64 pts, duration;

    g_assert_true (gst_event_has_name (lost, "GstRTPPacketLost"));
    g_assert_true (gst_structure_get (
        gst_event_get_structure (lost), "seqnum", G_TYPE_UINT, &number, "timestamp", G_TYPE_UINT64,
        &pts, "duration", G_TYPE_UINT64, &duration, "retry", G_TYPE_UINT, &retry, NULL));
    g_assert_cmpuint (number, ==, (0xfffe + i) & 0xffff);
    g_assert_cmpuint (pts, ==, (guint64) gaps[i].told_pts_ns);
    g_assert_cmpuint (duration, ==, (guint64) gaps[i].told_duration_ns);
    gst_event_unref (lost);
  }
  check_buffer (fixture, 2, 2 * GST_SECOND, TRUE);
}

/* A demultiplexer knows no packets, and hears of a gap in time. */
static void
test_lost_in_container (void)
{
  g_autoptr (Fixture) fixture = fixture_new (LEC_KIND_TS, (const int[]){ -1 });

  push_gap (fixture, 1, 0, FRAME);
  push (fixture, 1, GST_SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    push_gap (fixture, i, gaps[i].pts_ns, gaps[i].duration_ns);
  push (fixture, 2, 2 * GST_SECOND);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 1, GST_SECOND, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++) {
    GstEvent *gap = next_event (fixture, GST_EVENT_GAP);
    GstClockTime pts, duration;

    gst_event_parse_gap (gap, &pts, &duration);
    g_assert_cmpuint (pts, ==, (guint64) gaps[i].told_pts_ns);
    g_assert_cmpuint (duration, ==, (guint64) gaps[i].told_duration_ns);
    gst_event_unref (gap);
  }
  check_buffer (fixture, 2, 2 * GST_SECOND, TRUE);
}

/* What goes on from nothing is marked, and only that. */
static void
test_reset (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();

  push (fixture, 0, 0);
  push (fixture, 1, FRAME);
  push_reset (fixture);
  push (fixture, 2, 2 * FRAME);
  push (fixture, 3, 3 * FRAME);
  flush (fixture);
  start (fixture);
  check_list (fixture, 0, 2, TRUE);
  check_list (fixture, 2, 2, TRUE);
}

/* ---- time ---- */

/* Who was blocked for long goes back to the present: what is more than 2 s behind play-out is
 * dropped, and counted. */
static void
test_stale (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();
  const gint64 oldest_ns = 10 * (gint64) GST_SECOND - LATENCY - 2 * (gint64) GST_SECOND;

  gst_test_clock_set_time (GST_TEST_CLOCK (fixture->clock), 10 * GST_SECOND);
  push (fixture, 1, oldest_ns);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 1, oldest_ns, TRUE);
  push (fixture, 2, oldest_ns - 1);
  flush (fixture);
  await_overrun (fixture, 1);
  push (fixture, 3, oldest_ns);
  flush (fixture);
  check_buffer (fixture, 3, oldest_ns, TRUE); /* as one is missing */
  push (fixture, 4, 10 * GST_SECOND);
  flush (fixture);
  check_buffer (fixture, 4, 10 * GST_SECOND, FALSE);
  await_overrun (fixture, 1);
}

/* Before the pipeline's time there is none; and packets of one frame keep one time, whatever has
 * happened to clocks in between. */
static void
test_times (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();
  GstClock *clock = lec_timing_get_sender_clock (fixture->timing);
  GstClockTime now = gst_clock_get_internal_time (clock), pts;
  GstMiniObject *buffer;

  push (fixture, 1, -(gint64) GST_SECOND);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 1, 0, TRUE);

  lec_timing_begin (fixture->timing, clock, 0);
  push (fixture, 2, (gint64) now);
  flush (fixture);
  buffer = next (fixture);
  pts = GST_BUFFER_PTS (buffer);
  gst_mini_object_unref (buffer);
  lec_timing_begin (fixture->timing, clock, GST_MSECOND);
  push (fixture, 3, (gint64) now);
  flush (fixture);
  check_buffer (fixture, 3, (gint64) pts, FALSE);
  push (fixture, 4, (gint64) now + FRAME);
  flush (fixture);
  check_buffer (fixture, 4, (gint64) pts + FRAME - (gint64) GST_MSECOND, FALSE);
}

/* ---- many at once ---- */

static void
test_lists (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();
  const guint more = 22;

  for (guint i = 0; i < 2 * LEC_LIST_POOL_BUFFERS + more; i++)
    push (fixture, (guint8) i, i * FRAME);
  flush (fixture);
  start (fixture);
  check_list (fixture, 0, LEC_LIST_POOL_BUFFERS, TRUE);
  check_list (fixture, LEC_LIST_POOL_BUFFERS, LEC_LIST_POOL_BUFFERS, FALSE);
  check_list (fixture, 2 * LEC_LIST_POOL_BUFFERS, more, FALSE);
  push (fixture, 1, FRAME);
  flush (fixture);
  check_buffer (fixture, 1, FRAME, FALSE); /* alone it needs no list */
}

/* ---- stop and go ---- */

/* What was queued meanwhile comes afterwards, and nothing is said again. */
static void
test_pause (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();

  push (fixture, 0, 0);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 0, 0, TRUE);
  for (guint8 i = 1; i < 20; i++) {
    lec_channel_pad_pause (fixture->pad);
    push (fixture, i, i * FRAME);
    flush (fixture);
    check_quiet (fixture);
    lec_channel_pad_start (fixture->pad);
    check_buffer (fixture, i, i * FRAME, FALSE);
  }
  lec_channel_pad_pause (fixture->pad);
  lec_channel_pad_pause (fixture->pad); /* however often */
}

/* Fills the queue up to the last place: with gaps, which take many places and little memory, then
 * with packets, of which some find none. Returns how many packets that were. */
static guint
overfill (Fixture *self, guint n_gaps)
{
  LecPadQueue *queue = lec_channel_pad_get_queue (self->pad);
  guint packets = 0;

  for (guint i = 0; i < n_gaps; i++)
    push_gap (self, i, 0, 0);
  while (lec_pad_queue_get_overrun (queue) < 10) {
    packets++;
    push (self, (guint8) packets, packets * FRAME);
    flush (self);
    g_assert_cmpuint (packets, <=, LEC_PAD_QUEUE_LENGTH + 10);
  }
  return packets - 10;
}

/* A sink that takes nothing holds up neither who receives nor who stops: what does not fit is
 * dropped, and told. */
static void
test_blocked (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();
  const guint n_gaps = LEC_PAD_QUEUE_LENGTH / (1 + sizeof (LecGap) / sizeof (gpointer)) - 20;
  guint packets, seen, count;

  g_mutex_lock (&fixture->held);
  push (fixture, 0, 0);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 0, 0, TRUE);
  packets = overfill (fixture, n_gaps);
  lec_channel_pad_pause (fixture->pad);
  g_assert_cmpint (g_atomic_int_get (&fixture->rounds), ==, 0);
  g_mutex_unlock (&fixture->held);
  await_rounds (fixture, 1);
  check_quiet (fixture);

  lec_channel_pad_start (fixture->pad);
  for (guint i = 0; i < n_gaps; i++)
    gst_event_unref (next_event (fixture, GST_EVENT_CUSTOM_DOWNSTREAM));
  for (seen = 0; seen < packets; seen += count) {
    count = MIN (packets - seen, LEC_LIST_POOL_BUFFERS);
    check_list (fixture, seen + 1, count, seen == 0);
  }
  push (fixture, 7, 7 * FRAME);
  flush (fixture);
  check_buffer (fixture, 7, 7 * FRAME, TRUE); /* as some are missing */
}

/* Waits until the pad's thread rests, without being told to. */
static void
await_rest (Fixture *self)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE;
  GstTaskState state;

  do {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
    GST_OBJECT_LOCK (self->pad);
    state = gst_task_get_state (GST_PAD_TASK (self->pad));
    GST_OBJECT_UNLOCK (self->pad);
  } while (state != GST_TASK_PAUSED);
}

/* What downstream has answered is told, and who is told decides whether to go on. */
static void
test_flow (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();

  g_atomic_int_set (&fixture->result, GST_FLOW_EOS);
  push (fixture, 0, 0);
  flush (fixture);
  start (fixture);
  check_buffer (fixture, 0, 0, TRUE);
  await_rounds (fixture, 1);
  g_assert_cmpint (g_atomic_int_get (&fixture->heard), ==, GST_FLOW_EOS);
  await_rest (fixture);

  g_atomic_int_set (&fixture->result, GST_FLOW_OK);
  push (fixture, 1, FRAME);
  flush (fixture);
  lec_channel_pad_start (fixture->pad);
  check_buffer (fixture, 1, FRAME, FALSE);
}

/* ---- ASF ---- */

static const LecFormat asf_format = { .name = "asf", .container = TRUE, .caps = "video/x-ms-asf" };

/* A station with two formats, whose headers are told apart by their sizes. */
static Fixture *
fixture_new_asf (void)
{
  Fixture *self = fixture_new_with (LEC_KIND_MSB, &asf_format, (const int[]){ -1 });
  LecAlternative *alternative = g_ptr_array_index (self->info->alternatives, 0);

  lec_alternative_add_format (alternative, 5, g_bytes_new_static ("five", 4));
  lec_alternative_add_format (alternative, 77, g_bytes_new_static ("seventy-seven", 13));
  lec_channel_pad_set_station (self->pad, alternative->msb);
  return self;
}

static void
check_header (Fixture *self, gsize size)
{
  GstMiniObject *thing = next (self);
  GstBuffer *buffer = GST_BUFFER_CAST (thing);

  g_assert_true (GST_IS_BUFFER (thing));
  g_assert_cmpuint (gst_buffer_get_size (buffer), ==, size);
  g_assert_true (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_HEADER));
  g_assert_true (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT));
  g_assert_false (GST_BUFFER_PTS_IS_VALID (buffer));
  gst_mini_object_unref (thing);
}

/* Without a PTS, which stands beside it. */
static void
check_packet (Fixture *self, guint8 number, gint64 pts_ns, gboolean discont)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("timestamp/x-lectern-running-time");
  GstMiniObject *thing = next (self);
  GstReferenceTimestampMeta *meta;

  g_assert_true (GST_IS_BUFFER (thing));
  meta = gst_buffer_get_reference_timestamp_meta (GST_BUFFER_CAST (thing), caps);
  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->timestamp, ==, (GstClockTime) pts_ns);
  check_buffer_is (self, GST_BUFFER_CAST (thing), number, -1, discont);
  gst_mini_object_unref (thing);
}

static void
check_bytes_segment (Fixture *self)
{
  GstEvent *event = next_event (self, GST_EVENT_SEGMENT);
  const GstSegment *segment;

  gst_event_parse_segment (event, &segment);
  g_assert_cmpint (segment->format, ==, GST_FORMAT_BYTES);
  gst_event_unref (event);
}

static void
start_asf (Fixture *self)
{
  announce (self);
  lec_channel_pad_start (self->pad);
  gst_event_unref (next_event (self, GST_EVENT_STREAM_START));
  gst_event_unref (next_event (self, GST_EVENT_CAPS));
  check_bytes_segment (self);
}

/* The header once, and no gap in time for what is missing. */
static void
test_asf (void)
{
  g_autoptr (Fixture) fixture = fixture_new_asf ();

  push_typed (fixture, 5, 1, FRAME);
  flush (fixture);
  start_asf (fixture);
  check_header (fixture, 4);
  check_packet (fixture, 1, FRAME, TRUE);
  push_typed (fixture, 5, 2, 2 * FRAME);
  flush (fixture);
  check_packet (fixture, 2, 2 * FRAME, FALSE);
  push_gap (fixture, 3, 3 * FRAME, FRAME);
  push_typed (fixture, 5, 4, 4 * FRAME);
  flush (fixture);
  check_packet (fixture, 4, 4 * FRAME, TRUE);
  await_silence (fixture);
  check_quiet (fixture);
}

/* Another format, another entry of one format, another epoch of one entry: a header in front,
 * though all came at once. */
static void
test_asf_switch (void)
{
  g_autoptr (Fixture) fixture = fixture_new_asf ();
  LecPacket *packet;

  push_typed (fixture, 5, 1, FRAME);
  push_typed (fixture, 77, 2, 2 * FRAME);
  push_typed (fixture, 0x8000 | 77, 3, 3 * FRAME);
  packet = lec_packet_pool_acquire (fixture->pool, 64);
  memset (packet->data, 0, 64);
  packet->data[HEADER] = 4;
  packet->payload_offset = HEADER;
  packet->payload_size = 20;
  packet->payload_type = 0x8000 | 77;
  packet->pts_ns = 4 * FRAME;
  packet->begins_epoch = TRUE;
  lec_pad_queue_push (lec_channel_pad_get_queue (fixture->pad),
                      &(LecItem){ .kind = LEC_ITEM_PACKET, .packet = packet });
  flush (fixture);
  start_asf (fixture);
  check_header (fixture, 4);
  check_packet (fixture, 1, FRAME, TRUE);
  for (guint8 number = 2; number <= 4; number++) {
    check_header (fixture, 13);
    check_packet (fixture, number, number * FRAME, TRUE);
  }
}

/* Who has lost something of what came, may have lost the first packet of another stream. */
static void
test_asf_reset (void)
{
  g_autoptr (Fixture) fixture = fixture_new_asf ();

  push_typed (fixture, 5, 1, FRAME);
  push_reset (fixture);
  push_typed (fixture, 5, 2, 2 * FRAME);
  flush (fixture);
  start_asf (fixture);
  check_header (fixture, 4);
  check_packet (fixture, 1, FRAME, TRUE);
  check_header (fixture, 4);
  check_packet (fixture, 2, 2 * FRAME, TRUE);
}

/* Nothing is to be played where nothing has come. */
static void
test_asf_silence (void)
{
  g_autoptr (Fixture) fixture = fixture_new_asf ();

  start_asf (fixture);
  await_silence (fixture);
  check_quiet (fixture);
  push_typed (fixture, 5, 1, FRAME);
  flush (fixture);
  check_header (fixture, 4);
  check_packet (fixture, 1, FRAME, TRUE);
}

/* A cue is told by the element, with the running time of what it belongs to, and breaks nothing;
 * and before, that another stream begins. */
static void
test_cue (void)
{
  g_autoptr (Fixture) fixture = fixture_new_asf ();
  g_autoptr (GstElement) element = gst_object_ref_sink (gst_bin_new ("station"));
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstMessage) cut = NULL;
  g_autoptr (GstMessage) message = NULL;
  const GstStructure *structure;
  guint64 running_ns = 0;
  gboolean ahead = TRUE;

  gst_element_set_bus (element, bus);
  gst_element_add_pad (element, GST_PAD (fixture->pad));
  push_typed (fixture, 5, 1, FRAME);
  lec_pad_queue_push (lec_channel_pad_get_queue (fixture->pad),
                      &(LecItem){ .kind = LEC_ITEM_CUE,
                                  .cue = lec_cue_new (7 * FRAME, FALSE, "TEXT", "Good morning") });
  push_typed (fixture, 5, 2, 2 * FRAME);
  flush (fixture);
  start_asf (fixture);
  check_header (fixture, 4);
  check_packet (fixture, 1, FRAME, TRUE);
  check_packet (fixture, 2, 2 * FRAME, FALSE);
  cut = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_USECOND, GST_MESSAGE_ELEMENT);
  g_assert_true (gst_message_has_name (cut, "lectern-cue-cut"));
  g_assert_true (
      gst_structure_get_uint64 (gst_message_get_structure (cut), "running-time", &running_ns));
  g_assert_cmpuint (running_ns, ==, FRAME);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_USECOND, GST_MESSAGE_ELEMENT);
  g_assert_nonnull (message);
  structure = gst_message_get_structure (message);
  g_assert_true (gst_structure_has_name (structure, "lectern-cue"));
  g_assert_cmpstr (gst_structure_get_string (structure, "type"), ==, "TEXT");
  g_assert_cmpstr (gst_structure_get_string (structure, "parameter"), ==, "Good morning");
  g_assert_true (gst_structure_get_uint64 (structure, "running-time", &running_ns));
  g_assert_cmpuint (running_ns, ==, 7 * FRAME);
  g_assert_true (gst_structure_get_boolean (structure, "ahead", &ahead));
  g_assert_false (ahead);
  lec_channel_pad_stop (fixture->pad);
  gst_element_remove_pad (element, GST_PAD (fixture->pad));
  gst_element_set_bus (element, NULL);
}

/* ---- what is asked of it ---- */

static void
test_questions (void)
{
  g_autoptr (Fixture) fixture = fixture_new_rtp ();
  GstPad *pad = GST_PAD (fixture->pad);
  g_autoptr (GstQuery) latency = gst_query_new_latency ();
  g_autoptr (GstQuery) scheduling = gst_query_new_scheduling ();
  GstSchedulingFlags flags;
  gboolean live = FALSE;
  GstClockTime least, most;

  g_assert_true (gst_pad_query (pad, latency));
  gst_query_parse_latency (latency, &live, &least, &most);
  g_assert_true (live);
  g_assert_cmpuint (least, ==, LATENCY);
  g_assert_cmpuint (most, ==, GST_CLOCK_TIME_NONE);
  g_assert_true (gst_pad_query (pad, scheduling));
  gst_query_parse_scheduling (scheduling, &flags, NULL, NULL, NULL);
  g_assert_cmpint (flags, ==,
                   GST_SCHEDULING_FLAG_SEQUENTIAL | GST_SCHEDULING_FLAG_BANDWIDTH_LIMITED);
  g_assert_true (gst_query_has_scheduling_mode (scheduling, GST_PAD_MODE_PUSH));
  g_assert_false (gst_query_has_scheduling_mode (scheduling, GST_PAD_MODE_PULL));

  g_assert_true (gst_pad_send_event (pad, gst_event_new_reconfigure ()));
  g_assert_true (gst_pad_send_event (pad, gst_event_new_latency (0)));
  g_assert_false (
      gst_pad_send_event (pad, gst_event_new_seek (1, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
                                                   GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_NONE, 0)));
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel-pad/front", test_front);
  g_test_add_func ("/channel-pad/front-with-packet", test_front_with_packet);
  g_test_add_func ("/channel-pad/payload-changes", test_payload_changes);
  g_test_add_func ("/channel-pad/container", test_container);
  g_test_add_func ("/channel-pad/silence", test_silence);
  g_test_add_func ("/channel-pad/silence-later", test_silence_later);
  g_test_add_func ("/channel-pad/lost", test_lost);
  g_test_add_func ("/channel-pad/lost-in-container", test_lost_in_container);
  g_test_add_func ("/channel-pad/reset", test_reset);
  g_test_add_func ("/channel-pad/stale", test_stale);
  g_test_add_func ("/channel-pad/times", test_times);
  g_test_add_func ("/channel-pad/lists", test_lists);
  g_test_add_func ("/channel-pad/pause", test_pause);
  g_test_add_func ("/channel-pad/blocked", test_blocked);
  g_test_add_func ("/channel-pad/flow", test_flow);
  g_test_add_func ("/channel-pad/asf", test_asf);
  g_test_add_func ("/channel-pad/asf-switch", test_asf_switch);
  g_test_add_func ("/channel-pad/asf-reset", test_asf_reset);
  g_test_add_func ("/channel-pad/asf-silence", test_asf_silence);
  g_test_add_func ("/channel-pad/cue", test_cue);
  g_test_add_func ("/channel-pad/questions", test_questions);
  return g_test_run ();
}
