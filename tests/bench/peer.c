/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GStreamer's rtpjitterbuffer in virtual time.
 *
 * Its timer waits on the test clock and its task on a queue. Nothing moves the clock until both
 * have come to rest, so what comes out has come out at the time that the clock shows. Of a packet
 * and a deadline at the same time the packet is first, as it is for our session. */
#include <gst/check/gstharness.h>
#include <gst/check/gsttestclock.h>

#include "parked.h"
#include "playback.h"

#define LONG (20 * SECOND) /* after the last packet */
#define HEADER 12
#define TIMERS_MAX 1000000 /* at one time; more is an element that does not get on */

typedef struct
{
  GstHarness *harness;
  GstTestClock *clock;
  Parked *parked;
  const Trace *trace;
  Playback playback;
  gint64 latency_ns;
  gint64 now_ns;
} Peer;

static GstCaps *
caps_of_payload (guint payload)
{
  static const struct
  {
    guint payload, rate;
    const char *media, *encoding;
  } known[] = {
    { 0, 8000, "audio", "PCMU" },
    { 8, 16000, "audio", "L16" },
    { 96, 90000, "video", "H264" },
    { 98, 48000, "audio", "L24" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (known[i].payload == payload)
      return gst_caps_new_simple ("application/x-rtp", "media", G_TYPE_STRING, known[i].media,
                                  "clock-rate", G_TYPE_INT, known[i].rate, "encoding-name",
                                  G_TYPE_STRING, known[i].encoding, "payload", G_TYPE_INT, payload,
                                  NULL);
  }
  return NULL;
}

static GstCaps *
request_pt_map_cb (GstElement *element, guint payload, gpointer data)
{
  return caps_of_payload (payload);
}

static void
peer_init (Peer *self, const Trace *trace, gint64 latency_ns)
{
  const Arrival *first = trace_at (trace, 0);

  *self = (Peer){
    .harness = gst_harness_new ("rtpjitterbuffer"),
    .trace = trace,
    .playback.deliveries = g_array_new (FALSE, FALSE, sizeof (Delivery)),
    .latency_ns = latency_ns,
  };
  gst_harness_use_testclock (self->harness);
  self->clock = gst_harness_get_testclock (self->harness);
  g_object_set (self->harness->element, "latency", (guint) (latency_ns / MSECOND), "do-lost", TRUE,
                NULL);
  g_signal_connect (self->harness->element, "request-pt-map", G_CALLBACK (request_pt_map_cb), NULL);
  gst_harness_set_src_caps (self->harness, caps_of_payload (first->payload_type));
  self->parked = parked_new ();
}

/* Which one it is stands in the payload. */
static GstBuffer *
buffer_of_arrival (const Arrival *arrival, guint index)
{
  guint8 *rtp = g_malloc (HEADER + 4);
  GstBuffer *buffer = gst_buffer_new_wrapped (rtp, HEADER + 4);

  rtp[0] = 0x80;
  rtp[1] = (guint8) (arrival->payload_type | (arrival->marker ? 0x80 : 0));
  GST_WRITE_UINT16_BE (rtp + 2, arrival->sequence);
  GST_WRITE_UINT32_BE (rtp + 4, arrival->timestamp);
  GST_WRITE_UINT32_BE (rtp + 8, arrival->ssrc);
  GST_WRITE_UINT32_BE (rtp + HEADER, index);
  GST_BUFFER_PTS (buffer) = GST_BUFFER_DTS (buffer)
      = (GstClockTime) arrival_get_read_time (arrival);
  return buffer;
}

static void
take (Peer *self, GstBuffer *buffer)
{
  guint8 index[4];
  Delivery delivery = {
    .pts_ns = (gint64) GST_BUFFER_PTS (buffer),
    .out_ns = self->now_ns,
    .latency_ns = self->latency_ns,
    .discont = GST_BUFFER_IS_DISCONT (buffer),
  };

  gst_buffer_extract (buffer, HEADER, index, sizeof index);
  delivery.arrival = *trace_at (self->trace, GST_READ_UINT32_BE (index));
  g_array_append_val (self->playback.deliveries, delivery);
  gst_buffer_unref (buffer);
}

/* When its next timer is due; G_MAXINT64: there is none. */
static gint64
next_timer (Peer *self)
{
  GstClockID id = NULL;
  gint64 time = G_MAXINT64;

  if (gst_test_clock_peek_next_pending_id (self->clock, &id)) {
    time = (gint64) gst_clock_id_get_time (id);
    gst_clock_id_unref (id);
  }
  return time;
}

static void
collect (Peer *self)
{
  GstBuffer *buffer;

  while ((buffer = gst_harness_try_pull (self->harness)) != NULL)
    take (self, buffer);
}

/* Lets all that is due happen. */
static void
settle (Peer *self)
{
  parked_wait (self->parked);
  for (guint i = 0; next_timer (self) <= self->now_ns; i++) {
    GstClockID id = gst_test_clock_process_next_clock_id (self->clock);

    g_assert_cmpuint (i, <, TIMERS_MAX);
    if (id != NULL)
      gst_clock_id_unref (id);
    parked_wait (self->parked);
  }
  collect (self);
}

static void
move_clock (Peer *self, gint64 to_ns)
{
  self->now_ns = to_ns;
  gst_test_clock_set_time (self->clock, (GstClockTime) to_ns);
}

/* Comes to @until_ns with what is due before it done. */
static void
advance (Peer *self, gint64 until_ns)
{
  gint64 due_ns;

  while ((due_ns = next_timer (self)) < until_ns) {
    move_clock (self, MAX (due_ns, self->now_ns));
    settle (self);
  }
  move_clock (self, until_ns);
}

static void
read_stats (Peer *self)
{
  GstStructure *stats = NULL;

  g_object_get (self->harness->element, "stats", &stats, NULL);
  gst_structure_get_uint64 (stats, "num-lost", &self->playback.lost);
  gst_structure_get_uint64 (stats, "num-late", &self->playback.late);
  gst_structure_get_uint64 (stats, "num-duplicates", &self->playback.duplicate);
  gst_structure_free (stats);
}

Playback
playback_peer (const Trace *trace, gint64 latency_ns)
{
  Peer self;

  peer_init (&self, trace, latency_ns);
  for (guint i = 0; i < trace->arrivals->len; i++) {
    const Arrival *arrival = trace_at (trace, i);

    advance (&self, arrival_get_read_time (arrival));
    gst_harness_push (self.harness, buffer_of_arrival (arrival, i));
    settle (&self);
  }
  advance (&self, self.now_ns + LONG);
  settle (&self);
  read_stats (&self);
  self.playback.longest_latency_ns = latency_ns;
  parked_free (self.parked);
  gst_object_unref (self.clock);
  gst_harness_teardown (self.harness);
  return self.playback;
}
