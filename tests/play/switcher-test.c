/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on the air, what is prepared beside it, and the switch: with two stations beside it in a
 * network namespace. */
#include "play/switcher.h"

#include <glib/gstdio.h>
#include <gst/base/gstbasesink.h>
#include <string.h>

#include "element/plugin.h"

#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */
#define HELD 300    /* [ms] in which a picture that is held would have come */

typedef struct
{
  LecSwitcher *switcher;
  GstElement *stations[2];
  LecChannel *channels[2];
  LecPipelineOptions options;
  int pictures[2]; /* atomic: that each sink has shown */
  GString *told;
} Fixture;

/* ---- its owner ---- */

static void
shown_cb (gpointer data)
{
  g_string_append (((Fixture *) data)->told, "shown ");
}

static void
cut_cb (gpointer data)
{
  g_string_append (((Fixture *) data)->told, "cut ");
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  g_string_append (((Fixture *) data)->told, "failed ");
}

static void
lost_cb (LecError error, const char *sentence, gpointer data)
{
  g_string_append (((Fixture *) data)->told, "lost ");
}

static void
text_cb (const char *text, gpointer data)
{
}

static void
ended_cb (gpointer data)
{
  g_string_append (((Fixture *) data)->told, "ended ");
}

static const LecSwitcherCallbacks callbacks
    = { shown_cb, cut_cb, failed_cb, lost_cb, ended_cb, text_cb, text_cb };

static void
handoff_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, int *count)
{
  g_atomic_int_inc (count);
}

static GstElement *
new_sink (int *count)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (handoff_cb), count);
  return sink;
}

/* ---- what is heard: the sound card of this test ---- */

#define PITCH 220 /* [Hz] */
#define LOUD 0.5
#define SOUND_RATE 48000

/* Of all sound that has come to one sound card since it was opened, as long as it was. */
static struct
{
  GMutex mutex;
  gsize samples;
  int last;     /* sample */
  int steepest; /* from one sample to the next */
  int loudest;
} heard[2];

typedef struct
{
  GstBaseSink parent;
  guint card; /* of heard */
} Card;

typedef GstBaseSinkClass CardClass;

static GType card_get_type (void);
G_DEFINE_TYPE (Card, card, GST_TYPE_BASE_SINK)

static GstStaticPadTemplate card_template = GST_STATIC_PAD_TEMPLATE (
    "sink",
    GST_PAD_SINK,
    GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved"));

static void
hear (guint card, int sample)
{
  heard[card].steepest = MAX (heard[card].steepest, ABS (sample - heard[card].last));
  heard[card].loudest = MAX (heard[card].loudest, ABS (sample));
  heard[card].last = sample;
  heard[card].samples++;
}

static GstFlowReturn
card_render (GstBaseSink *sink, GstBuffer *buffer)
{
  const guint card = ((Card *) sink)->card;
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_mutex_lock (&heard[card].mutex);
  for (gsize i = 0; i < map.size / 2; i++)
    hear (card, ((const gint16 *) map.data)[i]);
  g_mutex_unlock (&heard[card].mutex);
  gst_buffer_unmap (buffer, &map);
  return GST_FLOW_OK;
}

static void
card_class_init (CardClass *class)
{
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (class), &card_template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (class), "Card", "Sink/Audio", "Listens",
                                         "The Lectern authors");
  class->render = card_render;
}

static void
card_init (Card *self)
{
  static guint cards = 0;

  self->card = cards++ % G_N_ELEMENTS (heard);
}

/* ---- stations ---- */

static GstElement *
begin_station (const char *group)
{
  g_autofree char *description = g_strdup_printf (
      "videotestsrc is-live=true ! video/x-raw,format=I420,width=32,height=32,framerate=25/1 ! "
      "jpegenc ! rtpjpegpay ! udpsink host=%s port=5004 multicast-iface=lo auto-multicast=false "
      "async=false",
      group);
  g_autoptr (GError) error = NULL;
  GstElement *station = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_element_set_state (station, GST_STATE_PLAYING);
  return gst_object_ref_sink (station);
}

static GstElement *
begin_sound (const char *group)
{
  g_autofree char *description = g_strdup_printf (
      "audiotestsrc is-live=true freq=%d volume=%f samplesperbuffer=480 ! "
      "audio/x-raw,format=S16BE,rate=%d,channels=1 ! rtpL16pay pt=97 ! udpsink host=%s port=5006 "
      "multicast-iface=lo auto-multicast=false async=false",
      PITCH, LOUD, SOUND_RATE, group);
  g_autoptr (GError) error = NULL;
  GstElement *station = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_element_set_state (station, GST_STATE_PLAYING);
  return gst_object_ref_sink (station);
}

static LecChannel *
new_channel (const char *group, guint16 port)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  lec_stream_add_leg (stream, group, port);
  lec_stream_add_payload (stream, 26, "JPEG", 90000);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->stations[0] = begin_station ("239.9.9.6");
  self->stations[1] = begin_station ("239.9.9.7");
  self->channels[0] = new_channel ("239.9.9.6", 5004);
  self->channels[1] = new_channel ("239.9.9.7", 5004);
  self->options = (LecPipelineOptions){ .latency_ms = -1, .decode = TRUE };
  self->told = g_string_new (NULL);
  self->switcher = lec_switcher_new (&callbacks, self);
  lec_switcher_add_sink (self->switcher, 0, new_sink (&self->pictures[0]));
  lec_switcher_add_spare (self->switcher, 0, new_sink (&self->pictures[1]));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_switcher_free (self->switcher);
  for (guint i = 0; i < 2; i++) {
    gst_element_set_state (self->stations[i], GST_STATE_NULL);
    gst_object_unref (self->stations[i]);
    lec_channel_unref (self->channels[i]);
  }
  g_string_free (self->told, TRUE);
}

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
await (Fixture *self, const char *told)
{
  gboolean over = FALSE;
  guint timeout = g_timeout_add_seconds (PATIENCE, wake_cb, &over);

  while (!over && strcmp (self->told->str, told) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (self->told->str, ==, told);
  g_source_remove (timeout);
  g_string_truncate (self->told, 0);
}

/* Lets time go by in which something would be told that must not. */
static void
let_pass (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, wake_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_joined (const char *hex)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/net/igmp", &text, NULL, NULL));
  return strstr (text, hex) != NULL;
}

/* ---- tests ---- */

/* What is on the air is seen until the first picture of the other, and that is where it is cut. */
static void
test_cut (Fixture *self, gconstpointer data)
{
  int before;

  lec_switcher_play (self->switcher, self->channels[0], 0, &self->options);
  await (self, "shown ");
  g_assert_true (lec_switcher_can_prepare (self->switcher, &self->options));
  lec_switcher_prepare (self->switcher, self->channels[1], 0, &self->options);
  g_assert_nonnull (lec_switcher_get_prepared (self->switcher));
  g_assert_true (lec_switcher_get_told (self->switcher)
                 == lec_switcher_get_on_air (self->switcher));
  g_assert_true (is_joined ("060909EF") && is_joined ("070909EF"));
  await (self, "cut ");
  g_assert_null (lec_switcher_get_prepared (self->switcher));
  g_assert_false (is_joined ("060909EF"));
  g_assert_true (is_joined ("070909EF"));
  before = g_atomic_int_get (&self->pictures[0]);
  let_pass (HELD);
  g_assert_cmpint (g_atomic_int_get (&self->pictures[0]), ==, before);
  g_assert_cmpint (g_atomic_int_get (&self->pictures[1]), >, 0);

  /* and back: sinks change their parts */
  lec_switcher_prepare (self->switcher, self->channels[0], 0, &self->options);
  await (self, "cut ");
  let_pass (HELD);
  g_assert_cmpint (g_atomic_int_get (&self->pictures[0]), >, before);
}

/* No picture of what is prepared gets through before the cut, though it is there. */
static void
test_held (Fixture *self, gconstpointer data)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;
  int before;

  lec_switcher_play (self->switcher, self->channels[0], 0, &self->options);
  await (self, "shown ");
  lec_switcher_prepare (self->switcher, self->channels[1], 0, &self->options);
  /* the owner is busy, and does not hear of it */
  while (
      lec_pipeline_get_shown (lec_switcher_get_prepared (self->switcher), GST_STREAM_TYPE_VIDEO, 0)
      == 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (10000);
  }
  before = g_atomic_int_get (&self->pictures[0]);
  g_usleep (HELD * 1000);
  g_assert_cmpint (g_atomic_int_get (&self->pictures[1]), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&self->pictures[0]), >, before);
  lec_switcher_cancel (self->switcher); /* it ends while its picture waits */
  g_assert_false (is_joined ("070909EF"));
  let_pass (HELD);
  g_assert_cmpstr (self->told->str, ==, "");
  g_assert_cmpint (g_atomic_int_get (&self->pictures[1]), ==, 0);
}

/* One that is silent, and one that fails, disturb nothing of what is on the air. */
static void
test_nothing_comes (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) refused = new_channel ("239.9.9.7", 1022);
  int before;

  lec_switcher_play (self->switcher, self->channels[0], 0, &self->options);
  await (self, "shown ");
  gst_element_set_state (self->stations[1], GST_STATE_PAUSED);
  lec_switcher_prepare (self->switcher, self->channels[1], 0, &self->options);
  let_pass (HELD);
  lec_switcher_tick (self->switcher);
  g_assert_cmpstr (self->told->str, ==, "");
  lec_switcher_prepare (self->switcher, refused, 0, &self->options);
  await (self, "failed ");
  g_assert_null (lec_switcher_get_prepared (self->switcher));
  g_assert_false (is_joined ("070909EF"));
  before = g_atomic_int_get (&self->pictures[0]);
  let_pass (HELD);
  g_assert_cmpint (g_atomic_int_get (&self->pictures[0]), >, before);
}

/* What the viewer has left stays until there is something else, and nothing is told of it; where
 * nothing has been seen of it, it ends at once. */
static void
test_leave (Fixture *self, gconstpointer data)
{
  gst_element_set_state (self->stations[1], GST_STATE_PAUSED);
  lec_switcher_play (self->switcher, self->channels[0], 0, &self->options);
  await (self, "shown ");
  lec_switcher_leave (self->switcher);
  g_assert_true (lec_switcher_has_left (self->switcher));
  g_assert_null (lec_switcher_get_told (self->switcher));
  lec_switcher_prepare (self->switcher, self->channels[1], 0, &self->options);
  g_assert_true (lec_switcher_get_told (self->switcher)
                 == lec_switcher_get_prepared (self->switcher));
  g_assert_true (is_joined ("060909EF"));
  lec_switcher_cut (self->switcher); /* it does not come; but it is what the viewer wants */
  g_assert_false (lec_switcher_has_left (self->switcher));
  g_assert_false (is_joined ("060909EF"));
  g_assert_true (is_joined ("070909EF"));
  gst_element_set_state (self->stations[1], GST_STATE_PLAYING);
  await (self, "shown ");

  gst_element_set_state (self->stations[0], GST_STATE_PAUSED);
  lec_switcher_play (self->switcher, self->channels[0], 0, &self->options);
  lec_switcher_leave (self->switcher);
  g_assert_null (lec_switcher_get_on_air (self->switcher));
  g_assert_false (lec_switcher_has_left (self->switcher));
}

/* Without a spare sink, and where a file is written, one ends before the other begins. */
static void
test_without_spare (Fixture *self, gconstpointer data)
{
  LecPipelineOptions recording = self->options;

  lec_switcher_free (self->switcher);
  self->switcher = lec_switcher_new (&callbacks, self);
  lec_switcher_add_sink (self->switcher, 0, new_sink (&self->pictures[0]));
  lec_switcher_play (self->switcher, self->channels[0], 0, &self->options);
  await (self, "shown ");
  g_assert_false (lec_switcher_can_prepare (self->switcher, &self->options));
  lec_switcher_prepare (self->switcher, self->channels[1], 0, &self->options);
  g_assert_null (lec_switcher_get_prepared (self->switcher));
  g_assert_false (is_joined ("060909EF"));
  await (self, "shown ");

  lec_switcher_add_spare (self->switcher, 0, new_sink (&self->pictures[1]));
  g_assert_true (lec_switcher_can_prepare (self->switcher, &self->options));
  recording.capture = (char *) "x.pcap";
  g_assert_false (lec_switcher_can_prepare (self->switcher, &recording));
}

static gboolean
has_content (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 1000;
}

/* What is prepared is written only from the cut on, when its owner says so, and to a file of its
 * own; by then the one before is complete. */
static void
test_recorded (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-switcher-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.mkv", NULL);
  g_autofree char *second = lec_recording_name_part (path, 2);
  LecRecordingProgress progress;
  g_autoptr (GError) error = NULL;

  self->options.record = path;
  lec_switcher_play (self->switcher, self->channels[0], 0, &self->options);
  await (self, "shown ");
  g_assert_true (lec_pipeline_get_recording (lec_switcher_get_on_air (self->switcher), &progress));
  let_pass (HELD);
  g_assert_true (lec_switcher_can_prepare (self->switcher, &self->options));
  lec_switcher_prepare (self->switcher, self->channels[1], 0, &self->options);
  g_assert_false (
      lec_pipeline_get_recording (lec_switcher_get_prepared (self->switcher), &progress));
  await (self, "cut ");
  g_assert_true (has_content (path));
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));

  lec_switcher_record (self->switcher, path, &error);
  g_assert_no_error (error);
  let_pass (HELD);
  g_assert_true (lec_pipeline_get_recording (lec_switcher_get_on_air (self->switcher), &progress));
  g_assert_cmpuint (progress.part, ==, 2);
  lec_switcher_stop (self->switcher);
  g_assert_true (has_content (second));
  g_unlink (path);
  g_unlink (second);
  g_rmdir (folder);
}

static LecChannel *
new_sounding_channel (const char *group)
{
  g_autoptr (LecChannel) channel = new_channel (group, 5004);
  LecChannelInfo *info = lec_channel_info_copy (lec_channel_get_info (channel));
  LecStream *stream
      = lec_alternative_add_stream (g_ptr_array_index (info->alternatives, 0), LEC_MEDIA_AUDIO);
  g_autoptr (GError) error = NULL;
  LecChannel *sounding;

  lec_stream_add_leg (stream, group, 5006);
  lec_stream_add_payload (stream, 97, "L16", SOUND_RATE);
  sounding = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return sounding;
}

static gboolean
is_heard (guint card)
{
  gboolean loud;

  g_mutex_lock (&heard[card].mutex);
  loud = heard[card].loudest > LOUD * 0.9 * G_MAXINT16;
  g_mutex_unlock (&heard[card].mutex);
  return loud;
}

static void
await_sound (guint card)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;

  while (!is_heard (card)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
  }
}

/* The sound of what was on the air fades to its end, and that of the other one begins likewise:
 * neither has a step that the tone itself has not. */
static void
test_sound (Fixture *self, gconstpointer data)
{
  const double most = 2 * LOUD * 2 * G_PI * PITCH / SOUND_RATE * G_MAXINT16;
  GstElement *sounds[] = { begin_sound ("239.9.9.6"), begin_sound ("239.9.9.7") };
  g_autoptr (LecChannel) first = new_sounding_channel ("239.9.9.6");
  g_autoptr (LecChannel) second = new_sounding_channel ("239.9.9.7");

  gst_element_register (NULL, "testcard", GST_RANK_PRIMARY + 1000, card_get_type ());
  lec_switcher_add_sound (self->switcher);
  lec_switcher_play (self->switcher, first, 0, &self->options);
  await (self, "shown ");
  await (self, "shown "); /* picture and sound, each for itself */
  await_sound (0);
  lec_switcher_prepare (self->switcher, second, 0, &self->options);
  await (self, "cut ");
  g_assert_null (lec_switcher_get_prepared (self->switcher));
  g_assert_true (is_joined ("060909EF")); /* it fades */
  await_sound (1);
  while (is_joined ("060909EF"))
    g_main_context_iteration (NULL, TRUE);
  lec_switcher_stop (self->switcher);
  g_assert_cmpint (heard[0].last, ==, 0);
  g_assert_cmpint (heard[0].steepest, <=, most);
  g_assert_cmpint (heard[1].steepest, <=, most);
  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++) {
    gst_element_set_state (sounds[i], GST_STATE_NULL);
    gst_object_unref (sounds[i]);
  }
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  ADD ("/switcher/cut", test_cut);
  ADD ("/switcher/held", test_held);
  ADD ("/switcher/nothing-comes", test_nothing_comes);
  ADD ("/switcher/leave", test_leave);
  ADD ("/switcher/without-spare", test_without_spare);
  ADD ("/switcher/recorded", test_recorded);
  ADD ("/switcher/sound", test_sound);
  return g_test_run ();
}
