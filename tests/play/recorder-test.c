/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is written of streams that are fed as they come from depayloaders, and what is said when
 * that cannot be. */
#include "play/recorder.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "channel/error.h"
#include "net/output-file.h"

#define PATIENCE_US (30 * G_TIME_SPAN_SECOND)
#define FRAMES 25

typedef struct
{
  char *folder, *path;
  LecRecorder *recorder;
  GPtrArray *senders; /* pipelines */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("lectern-recorder-XXXXXX", NULL);
  fixture->senders = g_ptr_array_new_with_free_func (gst_object_unref);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (folder);
}

static void
stop_senders (Fixture *fixture)
{
  for (guint i = 0; i < fixture->senders->len; i++)
    gst_element_set_state (g_ptr_array_index (fixture->senders, i), GST_STATE_NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop_senders (fixture);
  lec_recorder_free (fixture->recorder);
  g_ptr_array_unref (fixture->senders);
  remove_all (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
record (Fixture *fixture, const char *name, guint n_streams)
{
  g_autoptr (GError) error = NULL;

  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, name, NULL);
  fixture->recorder = lec_recorder_new (fixture->path, n_streams, &error);
  g_assert_no_error (error);
}

/* Sends what a description for gst-launch makes: its element `end` is where a depayloader ends. */
static void
send (Fixture *fixture, const char *description)
{
  g_autofree char *whole = g_strconcat (description, " ! fakesink name=end async=false", NULL);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (whole, &error);
  g_autoptr (GstElement) end = NULL;
  g_autoptr (GstPad) sink = NULL, pad = NULL;

  g_assert_no_error (error);
  g_ptr_array_add (fixture->senders, gst_object_ref_sink (pipeline));
  end = gst_bin_get_by_name (GST_BIN (pipeline), "end");
  sink = gst_element_get_static_pad (end, "sink");
  pad = gst_pad_get_peer (sink);
  lec_recorder_add_stream (fixture->recorder, pad);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
}

static void
await_end (Fixture *fixture, guint sender)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (g_ptr_array_index (fixture->senders, sender));
  g_autoptr (GstMessage) message
      = gst_bus_timed_pop_filtered (bus, PATIENCE_US * 1000, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
}

static void
finish (Fixture *fixture)
{
  for (guint i = 0; i < fixture->senders->len; i++)
    await_end (fixture, i);
  g_assert_null (lec_recorder_dup_problem (fixture->recorder));
  g_clear_pointer (&fixture->recorder, lec_recorder_free);
}

static char *
await_problem (Fixture *fixture)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  char *problem;

  while ((problem = lec_recorder_dup_problem (fixture->recorder)) == NULL) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
  return problem;
}

/* ---- what is in the file ---- */

typedef struct
{
  GstElement *pipeline;
  const char *media;
  gint buffers; /* atomic */
} Count;

static GstPadProbeReturn
count_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  g_atomic_int_inc (&((Count *) data)->buffers);
  return GST_PAD_PROBE_OK;
}

static void
pad_cb (GstElement *demux, GstPad *pad, gpointer data)
{
  Count *count = data;
  GstElement *end = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (end, "sink");
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  gst_bin_add (GST_BIN (count->pipeline), end);
  gst_element_sync_state_with_parent (end);
  if (gst_structure_has_name (gst_caps_get_structure (caps, 0), count->media))
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, count_cb, count, NULL);
  g_assert_cmpint (gst_pad_link (pad, sink), ==, GST_PAD_LINK_OK);
}

/* Buffers of streams of @media in a file, which is read to its end. */
static guint
count_buffers (const char *path, const char *media)
{
  const char *demux = g_str_has_suffix (path, ".ts") ? "tsdemux" : "matroskademux";
  g_autofree char *description
      = g_strdup_printf ("filesrc location=\"%s\" ! %s name=demux", path, demux);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, NULL);
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (pipeline), "demux");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  Count count = { pipeline, media, 0 };

  g_signal_connect (element, "pad-added", G_CALLBACK (pad_cb), &count);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message
      = gst_bus_timed_pop_filtered (bus, PATIENCE_US * 1000, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return (guint) count.buffers;
}

/* That is only written once the file is complete. */
static gint64
get_duration (const char *path)
{
  g_autofree char *description
      = g_strdup_printf ("filesrc location=\"%s\" ! matroskademux name=demux ! fakesink", path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, NULL);
  gint64 duration = -1;

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  gst_element_get_state (pipeline, NULL, NULL, PATIENCE_US * 1000);
  gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return duration;
}

/* ---- each format ---- */

#define VIDEO "videotestsrc num-buffers=25 ! video/x-raw,width=64,height=64,framerate=25/1 ! "
#define AUDIO "audiotestsrc num-buffers=25 samplesperbuffer=1024 ! audioconvert ! audioresample ! "

static const struct
{
  const char *name;
  const char *sender;
  const char *media;
  const char *file;
} rows[] = {
  { "h264",
    VIDEO "x264enc key-int-max=5 tune=zerolatency ! h264parse ! "
          "video/x-h264,stream-format=byte-stream,alignment=au",
    "video/x-h264", "x.mkv" },
  { "h264-ts",
    VIDEO "x264enc key-int-max=5 tune=zerolatency ! h264parse ! "
          "video/x-h264,stream-format=byte-stream,alignment=au",
    "video/x-h264", "x.ts" },
  { "h265",
    VIDEO "x265enc key-int-max=5 tune=zerolatency ! h265parse ! "
          "video/x-h265,stream-format=byte-stream,alignment=au",
    "video/x-h265", "x.mkv" },
  { "mpeg2", VIDEO "mpeg2enc", "video/mpeg", "x.mkv" },
  { "mpeg2-ts", VIDEO "mpeg2enc", "video/mpeg", "x.ts" },
  { "vp8", VIDEO "vp8enc deadline=1", "video/x-vp8", "x.mkv" },
  { "upper-case", VIDEO "vp8enc deadline=1", "video/x-vp8", "x.MKV" },
  { "vp9", VIDEO "vp9enc deadline=1", "video/x-vp9", "x.mkv" },
  { "jpeg", VIDEO "jpegenc", "image/jpeg", "x.mkv" },
  { "opus", AUDIO "audio/x-raw,rate=48000 ! opusenc", "audio/x-opus", "x.mkv" },
  { "opus-ts", AUDIO "audio/x-raw,rate=48000 ! opusenc", "audio/x-opus", "x.ts" },
  { "aac", AUDIO "avenc_aac", "audio/mpeg", "x.mkv" },
  { "aac-ts", AUDIO "avenc_aac", "audio/mpeg", "x.ts" },
  { "mp2-ts", AUDIO "avenc_mp2", "audio/mpeg", "x.ts" },
  { "ac3", AUDIO "avenc_ac3", "audio/x-ac3", "x.mkv" },
  { "l16", AUDIO "audio/x-raw,format=S16LE,rate=48000", "audio/x-raw", "x.mkv" },
  { "pcmu", AUDIO "audio/x-raw,rate=8000,channels=1 ! mulawenc", "audio/x-mulaw", "x.mkv" },
  { "pcma", AUDIO "audio/x-raw,rate=8000,channels=1 ! alawenc", "audio/x-alaw", "x.mkv" },
};

static void
test_format (Fixture *fixture, gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);

  record (fixture, rows[i].file, 1);
  send (fixture, rows[i].sender);
  finish (fixture);
  g_assert_cmpuint (count_buffers (fixture->path, rows[i].media), >=, 3);
}

/* A transport stream is written as it comes, byte by byte. */
static void
test_container (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.ts", 1);
  send (fixture, AUDIO "avenc_mp2 ! mpegtsmux ! video/mpegts,packetsize=188");
  finish (fixture);
  g_assert_cmpuint (count_buffers (fixture->path, "audio/mpeg"), >=, 3);
}

#define SOUND AUDIO "audio/x-raw,format=S16LE,rate=48000"
#define PICTURE VIDEO "jpegenc"

static void
assert_problem (Fixture *fixture, const char *before, const char *behind)
{
  g_autofree char *problem = await_problem (fixture);
  g_autofree char *expected = g_strconcat (before, fixture->path, behind, NULL);

  g_assert_cmpstr (problem, ==, expected);
}

/* ASF is written as it comes as well: such a file plays. */
static void
test_asf (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipeline = NULL;
  g_autofree char *said = NULL;
  gint status = -1;

  record (fixture, "x.wmv", 1);
  send (fixture, AUDIO "avenc_wmav2 ! asfmux");
  finish (fixture);
  pipeline = g_strdup_printf (
      "gst-launch-1.0 -q filesrc location=%s ! asfdemux ! avdec_wmav2 ! fakesink", fixture->path);
  g_assert_true (g_spawn_command_line_sync (pipeline, NULL, &said, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
assert_leaves_nothing (Fixture *fixture)
{
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&fixture->recorder, lec_recorder_free);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* Nothing else takes it, and it takes nothing else. */
static void
test_asf_elsewhere (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.mkv", 1);
  send (fixture, AUDIO "avenc_wmav2 ! asfmux");
  assert_problem (fixture, "Windows Media cannot be recorded to “",
                  "”, only to a file whose name ends in .wmv");
  g_assert_true (lec_recorder_has_failed (fixture->recorder));
  assert_leaves_nothing (fixture);
}

static void
test_not_asf (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.wmv", 1);
  send (fixture, PICTURE);
  assert_problem (fixture, "A stream of type image/jpeg cannot be recorded to “", "”");
  g_assert_true (lec_recorder_has_failed (fixture->recorder));
  assert_leaves_nothing (fixture);
}

/* Nothing has come at all. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.mkv", 1);
  assert_leaves_nothing (fixture);
}

/* What was there before, and was to go, is still there where nothing could be written. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "x.wmv", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "precious", -1, NULL));
  g_assert_true (lec_output_file_replace (path, NULL));
  record (fixture, "x.wmv", 1);
  send (fixture, PICTURE);
  assert_problem (fixture, "A stream of type image/jpeg cannot be recorded to “", "”");
  g_assert_cmpuint (lec_recorder_get_size (fixture->recorder), ==, 0);
  g_clear_pointer (&fixture->recorder, lec_recorder_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
}

static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "x.mkv", NULL);

  for (guint i = 0; i < 2; i++) {
    if (i == 0)
      g_assert_true (g_file_set_contents (path, "precious", -1, NULL));
    g_assert_true (lec_output_file_replace (path, NULL));
    record (fixture, "x.mkv", 1);
    send (fixture, PICTURE);
    await_end (fixture, i);
    g_clear_pointer (&fixture->recorder, lec_recorder_free);
    g_assert_cmpuint (count_buffers (fixture->path, "image/jpeg"), ==, FRAMES);
  }
}

/* ---- several streams ---- */

/* The second one is waited for, as the file's header names them all. */
static void
test_two (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.mkv", 2);
  send (fixture, PICTURE);
  await_end (fixture, 0);
  send (fixture, SOUND);
  await_end (fixture, 1);
  g_clear_pointer (&fixture->recorder, lec_recorder_free);
  g_assert_cmpuint (count_buffers (fixture->path, "image/jpeg"), ==, FRAMES);
  g_assert_cmpuint (count_buffers (fixture->path, "audio/x-raw"), ==, FRAMES);
  g_assert_cmpint (get_duration (fixture->path), >, 900 * GST_MSECOND);
}

/* The sender's time goes back in the middle, and the file goes on. */
static GstPadProbeReturn
jump_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  guint *n = data;

  GST_BUFFER_PTS (buffer) += (++*n > FRAMES / 2 ? 5 : 20) * GST_SECOND;
  GST_BUFFER_DTS (buffer) = GST_BUFFER_PTS (buffer);
  info->data = buffer;
  return GST_PAD_PROBE_OK;
}

static void
test_jump (Fixture *fixture, gconstpointer data)
{
  static const char *const senders[] = { PICTURE, SOUND };
  guint n[] = { 0, 0 };
  gint64 duration;

  record (fixture, "x.mkv", G_N_ELEMENTS (senders));
  for (guint i = 0; i < G_N_ELEMENTS (senders); i++) {
    g_autofree char *whole = g_strconcat (senders[i], " ! fakesink name=end async=false", NULL);
    GstElement *pipeline = gst_parse_launch (whole, NULL);
    g_autoptr (GstElement) end = gst_bin_get_by_name (GST_BIN (pipeline), "end");
    g_autoptr (GstPad) sink = gst_element_get_static_pad (end, "sink");
    g_autoptr (GstPad) pad = gst_pad_get_peer (sink);

    g_ptr_array_add (fixture->senders, gst_object_ref_sink (pipeline));
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, jump_cb, &n[i], NULL);
    lec_recorder_add_stream (fixture->recorder, pad);
  }
  for (guint i = 0; i < fixture->senders->len; i++)
    gst_element_set_state (g_ptr_array_index (fixture->senders, i), GST_STATE_PLAYING);
  finish (fixture);
  g_assert_cmpuint (count_buffers (fixture->path, "image/jpeg"), ==, FRAMES);
  duration = get_duration (fixture->path);
  g_assert_cmpint (duration, >, 800 * GST_MSECOND);
  g_assert_cmpint (duration, <, 3 * GST_SECOND);
}

/* Where it never comes, what has come is not lost. */
static void
test_one_of_two (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.mkv", 2);
  send (fixture, PICTURE);
  finish (fixture);
  g_assert_cmpuint (count_buffers (fixture->path, "image/jpeg"), ==, FRAMES);
}

static void
test_late (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.mkv", 1);
  send (fixture, PICTURE);
  await_end (fixture, 0);
  send (fixture, SOUND);
  assert_problem (fixture, "A stream began too late to be recorded to “", "”");
  g_clear_pointer (&fixture->recorder, lec_recorder_free);
  g_assert_cmpuint (count_buffers (fixture->path, "image/jpeg"), ==, FRAMES);
}

/* A stream that goes on without end, as a live one does. */
static void
test_freed_while_fed (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf ("x%u.mkv", i);

    record (fixture, name, 1);
    send (fixture, "audiotestsrc samplesperbuffer=64 ! audio/x-raw,format=S16LE,rate=48000");
    g_usleep (2000);
    g_clear_pointer (&fixture->recorder, lec_recorder_free);
    stop_senders (fixture);
  }
}

/* What the file cannot hold is said at once, and does not keep out the rest. */
static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  record (fixture, "x.ts", 2);
  send (fixture, PICTURE);
  assert_problem (fixture, "A stream of type image/jpeg cannot be recorded to “", "”");
  send (fixture, AUDIO "avenc_mp2");
  await_end (fixture, 1);
  g_clear_pointer (&fixture->recorder, lec_recorder_free);
  g_assert_cmpuint (count_buffers (fixture->path, "audio/mpeg"), >=, 3);
}

/* ---- the file ---- */

static void
assert_refused (Fixture *fixture, const char *name, LecError code, const char *behind)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_recorder_new (path, 1, &error));
  g_assert_error (error, LEC_ERROR, (int) code);
  g_assert_true (g_str_has_suffix (error->message, behind));
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *there = g_build_filename (fixture->folder, "there.mkv", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "link.mkv", NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "target.mkv", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (there, "precious", -1, NULL));
  g_assert_cmpint (symlink (target, link), ==, 0);
  assert_refused (fixture, "x.avi", LEC_ERROR_UNSUPPORTED,
                  "the name must end in .mkv, .ts or .wmv");
  assert_refused (fixture, "none/x.mkv", LEC_ERROR_UNREACHABLE, "No such file or directory");
  assert_refused (fixture, "there.mkv", LEC_ERROR_UNREACHABLE, "replaced only with --overwrite");
  assert_refused (fixture, "link.mkv", LEC_ERROR_UNREACHABLE, "name the file that it leads to");
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (there, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
}

/* What is recorded when the channel is begun again does not replace what is there. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = NULL, *third = NULL;

  for (guint i = 0; i < 3; i++) {
    record (fixture, "x.mkv", 1);
    send (fixture, PICTURE);
    await_end (fixture, i);
    g_clear_pointer (&fixture->recorder, lec_recorder_free);
  }
  second = g_build_filename (fixture->folder, "x-2.mkv", NULL);
  third = g_build_filename (fixture->folder, "x-3.mkv", NULL);
  g_assert_cmpuint (count_buffers (fixture->path, "image/jpeg"), ==, FRAMES);
  g_assert_cmpuint (count_buffers (second, "image/jpeg"), ==, FRAMES);
  g_assert_cmpuint (count_buffers (third, "image/jpeg"), ==, FRAMES);
}

/* That is said while it goes on, the sender is not held up, and what is there can be read. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = g_build_filename (fixture->folder, "disk", NULL);

  g_assert_cmpint (g_mkdir (disk, 0700), ==, 0);
  if (mount ("none", disk, "tmpfs", 0, "size=256k") != 0) {
    g_test_skip ("nothing can be mounted here");
    return;
  }
  record (fixture, "disk/x.mkv", 1);
  send (fixture, "audiotestsrc num-buffers=2000 samplesperbuffer=1024 ! "
                 "audio/x-raw,format=S16LE,rate=48000,channels=2");
  assert_problem (fixture, "Recording to “", "” failed: No space left on device");
  await_end (fixture, 0);
  g_clear_pointer (&fixture->recorder, lec_recorder_free);
  g_assert_cmpuint (count_buffers (fixture->path, "audio/x-raw"), >=, 20);
  umount2 (disk, MNT_DETACH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/recorder/format/", rows[i].name, NULL);

    g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_format, tear_down);
  }
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/recorder/container", test_container);
  ADD ("/recorder/asf", test_asf);
  ADD ("/recorder/asf-elsewhere", test_asf_elsewhere);
  ADD ("/recorder/not-asf", test_not_asf);
  ADD ("/recorder/nothing", test_nothing);
  ADD ("/recorder/kept", test_kept);
  ADD ("/recorder/replaced", test_replaced);
  ADD ("/recorder/two", test_two);
  ADD ("/recorder/jump", test_jump);
  ADD ("/recorder/one-of-two", test_one_of_two);
  ADD ("/recorder/late", test_late);
  ADD ("/recorder/freed-while-fed", test_freed_while_fed);
  ADD ("/recorder/impossible", test_impossible);
  ADD ("/recorder/refused", test_refused);
  ADD ("/recorder/again", test_again);
  ADD ("/recorder/full", test_full);
#undef ADD
  return g_test_run ();
}
