/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* channelsrc through its states: what it opens it closes, and nobody can hold it up. */
#include "element/plugin.h"

#include "fixture.h"
#include "no-threads.h"

#define SDP                                                                                        \
  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Test\r\nc=IN IP4 239.9.9.2/1\r\nt=0 0\r\n"                 \
  "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 L16/48000/2\r\n"                                         \
  "m=video 5006 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
#define GROUP "239.9.9.2"
#define GROUP_HEX "020909EF" /* as in /proc/net/igmp */
#define SDP6                                                                                       \
  "v=0\r\no=- 1 1 IN IP6 fd79:1::1\r\ns=Test\r\nc=IN IP6 ff15::99:2\r\nt=0 0\r\n"                  \
  "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 L16/48000/2\r\n"
#define GROUP6_HEX "ff150000000000000000000000990002"

/* A lecture that goes on whatever the player does. */
typedef struct
{
  GThread *thread;
  gint stopping; /* atomic */
} Traffic;

static gpointer
send_all_the_time (gpointer data)
{
  Traffic *self = data;
  g_autoptr (RtpSender) audio_sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (RtpSender) video_sender = rtp_sender_new (GROUP, 5006, "lo", NULL);
  RtpHeader audio = { .payload = 97, .ssrc = 1, .step = 48 };
  RtpHeader video = { .payload = 96, .ssrc = 2, .step = 90 };

  while (!g_atomic_int_get (&self->stopping)) {
    rtp_sender_send (audio_sender, &audio, 192);
    rtp_sender_send (video_sender, &video, 1000);
    g_usleep (1000);
  }
  return NULL;
}

static void
traffic_begin (Traffic *self)
{
  self->stopping = FALSE;
  self->thread = g_thread_new ("traffic", send_all_the_time, self);
}

static void
traffic_end (Traffic *self)
{
  g_atomic_int_set (&self->stopping, TRUE);
  g_thread_join (self->thread);
}

static void
forget_things (Fixture *fixture)
{
  for (guint i = 0; i < RIG_PADS; i++) {
    gpointer thing;

    while ((thing = g_async_queue_try_pop (fixture->things[i])) != NULL)
      gst_mini_object_unref (thing);
  }
}

static void
await_buffers (Fixture *fixture, guint n_pads)
{
  forget_things (fixture);
  for (guint i = 0; i < n_pads; i++)
    gst_buffer_unref (fixture_next_buffer (fixture, i));
}

/* A thread that has been joined may stand in the list of them for a moment. */
static void
await_entries (const char *path, guint count)
{
  gint64 end_us = g_get_monotonic_time () + RIG_PATIENCE;

  while (fixture_count_entries (path) > count)
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
}

static void
test_null_and_playing (void)
{
  Fixture *fixture = fixture_new (SDP, "lo");
  Traffic traffic;
  guint threads = 0, fds = 0;

  traffic_begin (&traffic);
  for (guint i = 0; i < 100; i++) {
    g_assert_cmpuint (fixture_count_lines ("/proc/net/igmp", GROUP_HEX), ==, 0);
    fixture_set_state (fixture, GST_STATE_PLAYING);
    g_assert_cmpuint (fixture_count_lines ("/proc/net/igmp", GROUP_HEX), ==, 1);
    if (i % 2 == 0)
      await_buffers (fixture, 2);
    gst_element_set_state (fixture->pipeline, GST_STATE_READY);
    forget_things (fixture);
    gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
    for (GList *l = GST_BIN_CHILDREN (fixture->pipeline); l != NULL;) {
      GstElement *element = l->data;

      l = l->next;
      if (element == fixture->source)
        continue;
      gst_element_set_state (element, GST_STATE_NULL);
      gst_bin_remove (GST_BIN (fixture->pipeline), element);
    }
    /* the first round has started threads that stay, of the pool of tasks for one */
    if (i == 10) {
      threads = fixture_count_entries ("/proc/self/task");
      fds = fixture_count_entries ("/proc/self/fd");
    }
  }
  await_entries ("/proc/self/task", threads);
  await_entries ("/proc/self/fd", fds);
  g_assert_cmpuint (fixture_count_lines ("/proc/net/igmp", GROUP_HEX), ==, 0);
  traffic_end (&traffic);
  fixture_free (fixture);
}

/* Descriptors are counted in PAUSED: the receive thread, which is joined then, opens a file for a
 * moment now and then, to read how often the system was asked for its memberships. */
static void
test_paused_and_playing (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
  Traffic traffic;
  guint fds;

  traffic_begin (&traffic);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  await_buffers (fixture, 2);
  fixture_set_state (fixture, GST_STATE_PAUSED);
  fds = fixture_count_entries ("/proc/self/fd");
  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 100; i++) {
    fixture_set_state (fixture, GST_STATE_PAUSED);
    fixture_set_state (fixture, GST_STATE_PLAYING);
    /* not every time: states may change before anything has come */
    if (i % 3 == 0)
      await_buffers (fixture, 2);
  }
  await_buffers (fixture, 2);
  fixture_set_state (fixture, GST_STATE_PAUSED);
  g_assert_cmpuint (fixture_count_entries ("/proc/self/fd"), ==, fds);
  traffic_end (&traffic);
}

/* What came during a pause is past: the first that leaves afterwards came afterwards. */
static void
test_pause_forgets (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = { .payload = 97, .ssrc = 1, .step = 48 };
  g_autoptr (GstBuffer) buffer = NULL;

  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 0; i < 10; i++)
    rtp_sender_send (sender, &header, 10);
  for (guint i = 0; i < 10; i++)
    gst_buffer_unref (fixture_next_buffer (fixture, 0));
  fixture_set_state (fixture, GST_STATE_PAUSED);
  for (guint i = 10; i < 500; i++)
    rtp_sender_send (sender, &header, 10);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  for (guint i = 500; i < 510; i++)
    rtp_sender_send (sender, &header, 10);
  buffer = fixture_next_buffer (fixture, 0);
  g_assert_cmpuint (fixture_sequence_of (buffer), ==, 500);
  g_assert_true (GST_BUFFER_IS_DISCONT (buffer));
}

static GstPadProbeReturn
block_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  g_atomic_int_set ((gint *) data, TRUE);
  return GST_PAD_PROBE_OK;
}

static gulong
block (GstPad *pad)
{
  gint blocked = FALSE;
  gulong probe;

  probe = gst_pad_add_probe (
      pad, GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
      block_cb, &blocked, NULL);
  while (!g_atomic_int_get (&blocked))
    g_usleep (1000);
  return probe;
}

/* One pad is stuck downstream: the other goes on, and so does everything else. */
static void
test_blocked (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
  g_autoptr (GstPad) sink_pad = NULL;
  Traffic traffic;
  gint64 began_us;

  traffic_begin (&traffic);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  await_buffers (fixture, 2);
  sink_pad = gst_pad_get_peer (fixture->pads[0]);
  block (sink_pad);
  for (guint i = 0; i < 300; i++)
    gst_buffer_unref (fixture_next_buffer (fixture, 1));

  began_us = g_get_monotonic_time ();
  gst_element_set_state (fixture->source, GST_STATE_PAUSED);
  gst_element_set_state (fixture->source, GST_STATE_PLAYING);
  gst_buffer_unref (fixture_next_buffer (fixture, 1));
  gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 5 * G_TIME_SPAN_SECOND);
  traffic_end (&traffic);
}

/* Reports are made ten times a second. */
static void
await_overrun (Fixture *fixture, guint least)
{
  const gint64 end_us = g_get_monotonic_time () + G_USEC_PER_SEC;

  while (fixture_count (fixture, 0, "overrun") < least) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
}

/* A pad that was stuck for three seconds comes back to the present: what is past is left out, told
 * as a discontinuity, and counted. */
static void
test_unblocked (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
  g_autoptr (GstPad) sink_pad = NULL;
  gboolean skipped = FALSE;
  guint last = 0;
  gulong probe;
  Traffic traffic;

  g_object_set (fixture->source, "latency", 100,
                NULL); /* what is past must not depend on the impairment */
  traffic_begin (&traffic);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  await_buffers (fixture, 2);
  sink_pad = gst_pad_get_peer (fixture->pads[0]);
  probe = block (sink_pad);
  g_usleep (3 * G_USEC_PER_SEC);
  gst_pad_remove_probe (sink_pad, probe);
  for (guint i = 0; i < 20000 && !skipped; i++) {
    g_autoptr (GstBuffer) buffer = fixture_next_buffer (fixture, 0);
    guint sequence = fixture_sequence_of (buffer);

    skipped = i > 0 && sequence > last + 1;
    if (skipped) {
      g_assert_true (GST_BUFFER_IS_DISCONT (buffer));
      await_overrun (fixture, sequence - last - 1);
    }
    last = sequence;
  }
  g_assert_true (skipped);
  traffic_end (&traffic);
}

/* The sink of one stream has gone: the other plays. When both have, that is an error. */
static void
test_not_linked (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GstPad) first = NULL;
  g_autoptr (GstPad) second = NULL;
  g_autoptr (GstBus) bus = gst_element_get_bus (fixture->pipeline);
  Traffic traffic;

  traffic_begin (&traffic);
  fixture_set_state (fixture, GST_STATE_PLAYING);
  await_buffers (fixture, 2);
  first = gst_pad_get_peer (fixture->pads[0]);
  gst_pad_unlink (fixture->pads[0], first);
  for (guint i = 0; i < 100; i++)
    gst_buffer_unref (fixture_next_buffer (fixture, 1));
  g_assert_null (gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR));

  second = gst_pad_get_peer (fixture->pads[1]);
  gst_pad_unlink (fixture->pads[1], second);
  message = fixture_next_message (fixture, GST_MESSAGE_ERROR);
  gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
  traffic_end (&traffic);
}

static void
test_ipv6_left (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP6, "left");

  for (guint i = 0; i < 3; i++) {
    fixture_set_state (fixture, GST_STATE_PLAYING);
    g_assert_cmpuint (fixture_count_lines ("/proc/net/igmp6", GROUP6_HEX), ==, 1);
    gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
    g_assert_cmpuint (fixture_count_lines ("/proc/net/igmp6", GROUP6_HEX), ==, 0);
  }
}

/* Somebody looks at the statistics while somebody else changes states. */
typedef struct
{
  GstElement *source;
  gint looks;  /* atomic */
  gint enough; /* atomic */
} Look;

static gpointer
look_all_the_time (gpointer data)
{
  Look *look = data;

  while (!g_atomic_int_get (&look->enough)) {
    g_autoptr (GstStructure) stats = NULL;

    g_object_get (look->source, "stats", &stats, NULL);
    g_assert_nonnull (stats);
    g_atomic_int_inc (&look->looks);
  }
  return NULL;
}

static void
test_looked_at (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
  Look look = { .source = fixture->source };
  GThread *thread;
  Traffic traffic;
  gint before;

  traffic_begin (&traffic);
  thread = g_thread_new ("look", look_all_the_time, &look);
  for (guint i = 0; i < 20; i++) {
    before = g_atomic_int_get (&look.looks);
    fixture_set_state (fixture, GST_STATE_PLAYING);
    await_buffers (fixture, 2);
    fixture_set_state (fixture, GST_STATE_PAUSED);
    fixture_set_state (fixture, i % 2 == 0 ? GST_STATE_PLAYING : GST_STATE_READY);
    while (g_atomic_int_get (&look.looks) == before)
      g_thread_yield ();
  }
  g_atomic_int_set (&look.enough, TRUE);
  g_thread_join (thread);
  traffic_end (&traffic);
}

/* EOS sent to the pipeline, as by “gst-launch-1.0 -e”, comes out of every pad, behind what a pad
 * must tell first; also of one that hears nothing, and when it is asked for before it plays. */
static void
test_ended (void)
{
  const GstState asked_in[] = { GST_STATE_PLAYING, GST_STATE_PAUSED };

  for (guint i = 0; i < G_N_ELEMENTS (asked_in); i++) {
    g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
    g_autoptr (GstBus) bus = gst_element_get_bus (fixture->pipeline);
    GstEvent *eos = gst_event_new_eos ();
    const guint32 number = gst_event_get_seqnum (eos);
    g_autoptr (GstMessage) message = NULL;

    fixture_set_state (fixture, asked_in[i]);
    g_assert_true (gst_element_send_event (fixture->pipeline, eos));
    fixture_set_state (fixture, GST_STATE_PLAYING);
    for (guint j = 0; j < fixture->n_pads; j++) {
      g_autoptr (GstEvent) start = fixture_next_event (fixture, j, GST_EVENT_STREAM_START);
      g_autoptr (GstEvent) end = fixture_next_event (fixture, j, GST_EVENT_EOS);

      g_assert_cmpuint (gst_event_get_seqnum (end), ==, number);
    }
    message = gst_bus_timed_pop_filtered (bus, RIG_PATIENCE * (GstClockTime) GST_USECOND,
                                          GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    g_assert_nonnull (message);
    g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  }
}

/* Where the system has no thread for it, it says so and does not play. */
static void
test_no_thread (void)
{
  g_autoptr (Fixture) fixture = fixture_new (SDP, "lo");
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  fixture_set_state (fixture, GST_STATE_PAUSED);
  no_threads_begin ();
  g_assert_cmpint (gst_element_set_state (fixture->source, GST_STATE_PLAYING), ==,
                   GST_STATE_CHANGE_FAILURE);
  no_threads_end ();
  message = fixture_next_message (fixture, GST_MESSAGE_ERROR);
  gst_message_parse_error (message, &error, NULL);
  g_assert_cmpstr (error->message, ==,
                   "This computer grants no more threads: end other programs, and try again");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  g_test_add_func ("/channelsrc-life/null-and-playing", test_null_and_playing);
  g_test_add_func ("/channelsrc-life/paused-and-playing", test_paused_and_playing);
  g_test_add_func ("/channelsrc-life/pause-forgets", test_pause_forgets);
  g_test_add_func ("/channelsrc-life/blocked", test_blocked);
  g_test_add_func ("/channelsrc-life/unblocked", test_unblocked);
  g_test_add_func ("/channelsrc-life/not-linked", test_not_linked);
  g_test_add_func ("/channelsrc-life/ipv6-left", test_ipv6_left);
  g_test_add_func ("/channelsrc-life/looked-at", test_looked_at);
  g_test_add_func ("/channelsrc-life/ended", test_ended);
  g_test_add_func ("/channelsrc-life/no-thread", test_no_thread);
  return g_test_run ();
}
