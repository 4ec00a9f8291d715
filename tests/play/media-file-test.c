/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file of media, with a server beside it: where it begins and ends. Lists of such files are in
 * player-web-test. */
#include "play/media-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "asf-file.h"
#include "web-server.h"

#define SLOW_US 2000 /* [µs] for each unit */
#define PATIENCE 30  /* [s] what is awaited comes sooner, or the test has failed */

static void
added_cb (LecMediaFile *file, GstPad *pad, gpointer data)
{
  g_assert_not_reached ();
}

static const LecMediaFileCallbacks callbacks = { added_cb };

static void
test_nothing_yet (void)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  char uri[] = "http://192.0.2.1/x.webm";
  const LecAlternative alternative = { .uri = uri, .start_us = 1500000 };
  LecMediaFile *file = lec_media_file_new (pipeline, &alternative, &callbacks, NULL);
  g_autoptr (LecReport) report = NULL;

  g_assert_false (lec_media_file_watch (file)); /* it waits */
  g_assert_cmpint (GST_STATE (pipeline), ==, GST_STATE_NULL);
  g_assert_cmpint (lec_media_file_get_position (file), ==, 1500000);
  g_assert_false (lec_media_file_contains (file, GST_OBJECT (pipeline)));
  report = lec_report_draft_finish (lec_media_file_report (file));
  g_assert_cmpint (report->session, ==, LEC_REPORT_SESSION_OPENING);
  g_assert_cmpuint (report->streams[0].stats.received, ==, 0);
  g_assert_cmpint (report->streams[0].stats.last_packet_ns, ==, -1);
  lec_media_file_free (file);
  gst_object_unref (pipeline);
}

/* ---- served ---- */

typedef struct
{
  WebServer *server;
  GBytes *media;
  gboolean has_ranges;
} Shelf;

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  const Shelf *shelf = data;
  g_autofree char *request = web_server_dup_request (shelf->server);

  if (shelf->has_ranges) {
    web_write_content (out, request, shelf->media);
    return;
  }
  web_write (out, "HTTP/1.1 200 OK\r\n\r\n");
  g_output_stream_write_bytes (out, shelf->media, NULL, NULL);
}

static GBytes *
make_webm (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "lectern-media-XXXXXX", NULL);
  const int fd = g_mkstemp (path);
  g_autofree char *description = g_strdup_printf (
      "videotestsrc num-buffers=50 ! video/x-raw,width=64,height=48,framerate=25/1 ! "
      "vp8enc deadline=1 keyframe-max-dist=5 ! webmmux ! filesink location=%s",
      path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstMessage *message;
  char *content;
  gsize length;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND,
                                        GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_true (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_close (fd, NULL);
  g_unlink (path);
  return g_bytes_new_take (content, length);
}

static GBytes *
make_asf (void)
{
  g_autoptr (AsfFile) file = asf_file_new_marked (2);

  return asf_file_join (file);
}

static GstPadProbeReturn
segment_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  const GstSegment *segment;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEGMENT) {
    gst_event_parse_segment (GST_PAD_PROBE_INFO_EVENT (info), &segment);
    g_atomic_int_set ((int *) data, (int) (segment->time / GST_MSECOND));
  }
  return GST_PAD_PROBE_OK;
}

/* It takes its time, so that the demultiplexer has not read all when it is told where to begin. */
static GstPadProbeReturn
slow_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  g_usleep (SLOW_US);
  return GST_PAD_PROBE_OK;
}

/* A demultiplexer is told where to begin when it does nothing else: it reads no index, with which
 * some get lost. One that reads by itself sees to that itself. */
static GstPadProbeReturn
seek_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  g_autoptr (GstElement) demux = gst_pad_get_parent_element (pad);
  g_autoptr (GstPad) sink = NULL;
  gboolean rests;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_SEEK)
    return GST_PAD_PROBE_OK;
  sink = gst_element_get_static_pad (demux, "sink");
  if (GST_PAD_MODE (sink) == GST_PAD_MODE_PULL)
    return GST_PAD_PROBE_OK;
  rests = GST_PAD_STREAM_TRYLOCK (sink);
  g_assert_true (rests || GST_PAD_IS_EOS (pad));
  if (rests)
    GST_PAD_STREAM_UNLOCK (sink);
  return GST_PAD_PROBE_OK;
}

static void
link_cb (LecMediaFile *file, GstPad *pad, gpointer data)
{
  g_autoptr (GstPad) target = gst_ghost_pad_get_target (GST_GHOST_PAD (pad));
  g_autoptr (GstObject) bin = gst_pad_get_parent (pad);
  g_autoptr (GstObject) pipeline = gst_object_get_parent (bin);
  GstElement *queue = gst_element_factory_make ("queue", NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) to = gst_element_get_static_pad (queue, "sink");

  g_object_set (queue, "max-size-time", (guint64) 0, "max-size-buffers", 0, NULL);
  g_object_set (sink, "sync", TRUE, "async", FALSE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), queue, sink, NULL);
  gst_element_link (queue, sink);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, segment_cb, data, NULL);
  gst_pad_add_probe (target, GST_PAD_PROBE_TYPE_BUFFER, slow_cb, NULL, NULL);
  gst_pad_add_probe (target, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, seek_cb, NULL, NULL);
  gst_pad_link (pad, to);
  gst_element_sync_state_with_parent (sink);
  gst_element_sync_state_with_parent (queue);
}

/* ---- radio ---- */

#define TITLE_EVERY 1000 /* [bytes] */

/* Sound without a container, as stations of the web send it. */
typedef struct
{
  const char *format; /* of ffmpeg */
  gboolean is_amid;   /* it begins in the middle of a frame */
  gboolean has_titles;
} Station;

typedef struct
{
  const Station *station;
  GBytes *sound;
} Radio;

static void
write_bytes (GOutputStream *out, const guint8 *bytes, gsize length)
{
  g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL);
}

static void
answer_radio (const char *path, GOutputStream *out, gpointer data)
{
  static const guint8 title[] = "\2StreamTitle='Night and Day';\0\0\0";
  const Radio *radio = data;
  gsize length, at = radio->station->is_amid ? 100 : 0;
  const guint8 *bytes = g_bytes_get_data (radio->sound, &length);

  web_write (out, "ICY 200 OK\r\n");
  if (!radio->station->has_titles) {
    web_write (out, "\r\n");
    write_bytes (out, bytes + at, length - at);
    return;
  }
  web_write (out, "icy-metaint: 1000\r\n\r\n");
  for (gsize size; at < length; at += size) {
    size = MIN (TITLE_EVERY, length - at);
    write_bytes (out, bytes + at, size);
    write_bytes (out, title, 1 + 2 * 16);
  }
}

/* (transfer full): a second */
static GBytes *
make_sound (const char *format)
{
  g_autoptr (GSubprocess) ffmpeg
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "ffmpeg", "-nostdin", "-loglevel",
                          "error", "-f", "lavfi", "-i", "sine=r=44100:d=1", "-write_xing", "0",
                          "-id3v2_version", "0", "-f", format, "-", NULL);
  GBytes *sound = NULL;

  g_assert_nonnull (ffmpeg);
  g_assert_true (g_subprocess_communicate (ffmpeg, NULL, NULL, &sound, NULL, NULL));
  g_assert_cmpuint (g_bytes_get_size (sound), >, 5 * TITLE_EVERY);
  return sound;
}

/* All of it is heard, once. */
static void
test_radio (gconstpointer data)
{
  static const LecMediaFileCallbacks links = { link_cb };
  const Station *station = data;
  g_autoptr (GBytes) sound = make_sound (station->format);
  Radio radio = { station, sound };
  g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer_radio, &radio);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/x", web_server_get_port (server));
  const LecAlternative alternative = { .uri = uri };
  GstElement *pipeline = gst_pipeline_new (NULL);
  int segment_ms = -1;
  LecMediaFile *file = lec_media_file_new (pipeline, &alternative, &links, &segment_ms);
  const gint64 began_us = g_get_monotonic_time ();
  g_autoptr (LecReport) report = NULL;

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  while (!lec_media_file_watch (file)) {
    g_assert_cmpint (g_get_monotonic_time () - began_us, <, PATIENCE * G_TIME_SPAN_SECOND);
    g_usleep (10000);
  }
  report = lec_report_draft_finish (lec_media_file_report (file));
  g_assert_cmpint (lec_media_file_get_position (file), >=, 0.8 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (report->streams[0].stats.bytes, >=, g_bytes_get_size (sound) - 1000);
  g_assert_cmpuint (report->streams[0].stats.bytes, <=, g_bytes_get_size (sound));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  lec_media_file_free (file);
  gst_object_unref (pipeline);
}

/* ---- from and to ---- */

/* (transfer full): where it lies; a name with characters that an URI escapes */
static char *
write_file (GBytes *content)
{
  char *path = g_build_filename (g_get_tmp_dir (), "lectern hall #XXXXXX", NULL);
  const int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (content, NULL),
                                      (gssize) g_bytes_get_size (content), NULL));
  return path;
}

/* STARTTIME and DURATION: played is what lies between them, where the server can begin anywhere. */
static void
test_from_to (void)
{
  static const LecMediaFileCallbacks links = { link_cb };
  static const struct
  {
    gboolean is_asf;
    gboolean has_ranges;
    double start, duration; /* [s] as is asked for */
    double begin, end;      /* [s] of the media, as is played */
    const char *start_marker, *end_marker;
    gboolean is_on_disk;
  } rows[] = {
    { FALSE, TRUE, 1.5, 0, 1.5, 2 },
    { FALSE, TRUE, 1, 0.2, 1, 1.2 },
    { FALSE, FALSE, 1.5, 0, 0, 2 },
    { TRUE, FALSE, 0, 0, 0, 2 },
    { TRUE, TRUE, 1, 0.2, 1, 1.2 },
    { TRUE, TRUE, 0, 0, 1, 1.2, "Talk", "3" },
    { FALSE, TRUE, 1.5, 0, 1.5, 2, "Talk", "3" }, /* there are none */
    { FALSE, TRUE, 1.5, 0, 1.5, 2, .is_on_disk = TRUE },
    { TRUE, TRUE, 0, 0, 1, 1.2, "Talk", "3", .is_on_disk = TRUE },
  };
  g_autoptr (GBytes) webm = make_webm ();
  g_autoptr (GBytes) asf = make_asf ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Shelf shelf = { .media = rows[i].is_asf ? asf : webm, .has_ranges = rows[i].has_ranges };
    g_autoptr (WebServer) server = web_server_new ("127.0.0.1", NULL, answer, &shelf);
    g_autofree char *path = rows[i].is_on_disk ? write_file (shelf.media) : NULL;
    g_autofree char *uri
        = path != NULL ? g_filename_to_uri (path, NULL, NULL)
                       : g_strdup_printf ("http://127.0.0.1:%u/x", web_server_get_port (server));
    GstElement *pipeline = gst_pipeline_new (NULL);
    g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
    int segment_ms = -1;
    const LecAlternative alternative = {
      .uri = uri,
      .start_us = (gint64) (rows[i].start * G_TIME_SPAN_SECOND),
      .duration_us = (gint64) (rows[i].duration * G_TIME_SPAN_SECOND),
      .start_marker = (char *) rows[i].start_marker,
      .end_marker = (char *) rows[i].end_marker,
    };
    LecMediaFile *file = lec_media_file_new (pipeline, &alternative, &links, &segment_ms);
    const gint64 began_us = g_get_monotonic_time ();
    double begin, end, took;

    shelf.server = server;
    gst_element_set_state (pipeline, GST_STATE_PAUSED);
    while (!lec_media_file_watch (file)) {
      g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

      if (message != NULL) {
        g_autoptr (GError) error = NULL;

        gst_message_parse_error (message, &error, NULL);
        g_error ("row %u: %s", i, error->message);
      }
      if (g_get_monotonic_time () - began_us > PATIENCE * G_TIME_SPAN_SECOND) {
        g_autoptr (LecReport) report = lec_report_draft_finish (lec_media_file_report (file));

        g_error ("row %u: still at %" G_GINT64_FORMAT " us, with %" G_GUINT64_FORMAT " units", i,
                 lec_media_file_get_position (file), report->streams[0].stats.received);
      }
      g_usleep (10000);
    }
    took = (double) (g_get_monotonic_time () - began_us) / G_TIME_SPAN_SECOND;
    begin = (double) g_atomic_int_get (&segment_ms) / 1000;
    end = (double) lec_media_file_get_position (file) / G_TIME_SPAN_SECOND;
    if (begin < rows[i].begin || begin > rows[i].begin + 0.1 || end < rows[i].end
        || end > rows[i].end + 0.7 || took < rows[i].end - rows[i].begin - 0.1)
      g_error ("row %u: from %.3f s to %.3f s in %.3f s", i, begin, end, took);
    gst_element_set_state (pipeline, GST_STATE_NULL);
    lec_media_file_free (file);
    if (path != NULL)
      g_unlink (path);
    gst_object_unref (pipeline);
  }
}

/* What was looked at is not there any more, or has become something else. */
static void
test_refused (void)
{
  static const LecMediaFileCallbacks links = { link_cb };
  static const struct
  {
    const char *content; /* NULL: there is none */
    const char *sentence;
  } rows[] = {
    { NULL, "The file cannot be read any more" },
    { "This is a text, and a long one, so that it is known for what it is.",
      "The file is damaged, or of a kind that cannot be played here" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) content
        = g_bytes_new (rows[i].content != NULL ? rows[i].content : "",
                       rows[i].content != NULL ? strlen (rows[i].content) : 0);
    g_autofree char *path = write_file (content);
    g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
    g_autofree char *sentence = NULL;
    const LecAlternative alternative = { .uri = uri };
    GstElement *pipeline = gst_pipeline_new (NULL);
    g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
    g_autoptr (GstMessage) message = NULL;
    int segment_ms = -1;
    LecMediaFile *file = lec_media_file_new (pipeline, &alternative, &links, &segment_ms);

    if (rows[i].content == NULL)
      g_unlink (path);
    gst_element_set_state (pipeline, GST_STATE_PAUSED);
    message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND, GST_MESSAGE_ERROR);
    g_assert_nonnull (message);
    sentence = lec_media_file_explain (file, message);
    g_assert_cmpstr (sentence, ==, rows[i].sentence);
    gst_element_set_state (pipeline, GST_STATE_NULL);
    lec_media_file_free (file);
    gst_object_unref (pipeline);
    g_unlink (path);
  }
}

static const Station stations[]
    = { { "adts", TRUE, FALSE }, { "mp3", FALSE, FALSE }, { "mp3", FALSE, TRUE } };

/* A server that sends no more is no damaged file, though its source complains of the stream. */
static void
test_source_failed (void)
{
  static const LecMediaFileCallbacks links = { link_cb };
  static const struct
  {
    GstFlowReturn flow;
    const char *sentence;
  } rows[] = {
    { GST_FLOW_ERROR, "The server does not send the file any more; try again later" },
    { GST_FLOW_NOT_NEGOTIATED,
      "The file on the server is damaged, or of a kind that cannot be played here" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const LecAlternative alternative = { .uri = (char *) "http://127.0.0.1:9/x" };
    GstElement *pipeline = gst_pipeline_new (NULL);
    g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
    LecMediaFile *file = lec_media_file_new (pipeline, &alternative, &links, NULL);
    g_autoptr (GstIterator) sources
        = gst_bin_iterate_all_by_element_factory_name (GST_BIN (pipeline), "souphttpsrc");
    g_auto (GValue) source = G_VALUE_INIT;
    g_autoptr (GstMessage) message = NULL;
    g_autofree char *sentence = NULL;

    g_assert_cmpint (gst_iterator_next (sources, &source), ==, GST_ITERATOR_OK);
    GST_ELEMENT_FLOW_ERROR (g_value_get_object (&source), rows[i].flow);
    message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    g_assert_nonnull (message);
    sentence = lec_media_file_explain (file, message);
    g_assert_cmpstr (sentence, ==, rows[i].sentence);
    lec_media_file_free (file);
    gst_object_unref (pipeline);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  gst_init (&argc, &argv);
  g_test_add_func ("/media-file/nothing-yet", test_nothing_yet);
  g_test_add_func ("/media-file/from-to", test_from_to);
  g_test_add_func ("/media-file/refused", test_refused);
  g_test_add_func ("/media-file/source-failed", test_source_failed);
  g_test_add_data_func ("/media-file/radio/aac", &stations[0], test_radio);
  g_test_add_data_func ("/media-file/radio/mp3", &stations[1], test_radio);
  g_test_add_data_func ("/media-file/radio/titles", &stations[2], test_radio);
  return g_test_run ();
}
