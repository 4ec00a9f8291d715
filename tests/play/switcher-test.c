/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is on the air, what is prepared beside it, and the switch: with two stations beside it in a
 * network namespace. */
#include "play/switcher.h"

#include <glib/gstdio.h>

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
  return g_test_run ();
}
