/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files of this computer and of a server, played by the whole engine: paused, and gone about in. */
#include "play/player.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>

#include "element/plugin.h"
#include "web-server.h"

#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */
#define LENGTH 8    /* [s] of the files */

#define PICTURE                                                                                    \
  "videotestsrc num-buffers=200 ! video/x-raw,format=I420,width=64,height=48,framerate=25/1 ! "
#define SOUND                                                                                      \
  "audiotestsrc num-buffers=400 samplesperbuffer=960 ! "                                           \
  "audio/x-raw,format=S16LE,rate=48000,channels=1 ! "

typedef struct
{
  const char *name; /* of the test */
  const char *file; /* what makes it, but for where it goes */
  gboolean has_picture;
  gboolean can_seek;
  gboolean is_served, has_no_ranges;
  gboolean is_paused;  /* that is tried as well */
  gboolean is_started; /* as is a list that has it begin elsewhere */
} Row;

#define LIST "/list.asx" /* of the file that is served */

#define WEBM                                                                                       \
  PICTURE "vp8enc deadline=1 keyframe-max-dist=12 ! queue ! m. " SOUND                             \
          "opusenc ! queue ! webmmux name=m"
#define MP4                                                                                        \
  PICTURE "x264enc speed-preset=ultrafast key-int-max=12 ! queue ! m. " SOUND                      \
          "audioconvert ! avenc_aac ! queue ! mp4mux name=m"

/* More than is taken of it before it begins. */
#define LONG                                                                                       \
  "audiotestsrc num-buffers=3000 samplesperbuffer=960 ! "                                          \
  "audio/x-raw,format=S16LE,rate=48000,channels=1 ! opusenc ! webmmux"

static const Row rows[] = {
  { "webm", WEBM, TRUE, TRUE, .is_paused = TRUE },
  { "mp4", MP4, TRUE, TRUE },
  { "avi", PICTURE "jpegenc ! queue ! m. " SOUND "queue ! avimux name=m", TRUE, TRUE },
  { "ogg", SOUND "audioconvert ! vorbisenc ! oggmux", FALSE, TRUE },
  { "wav", SOUND "wavenc", FALSE, TRUE },
  { "ts", PICTURE "x264enc speed-preset=ultrafast key-int-max=12 ! mpegtsmux", TRUE, TRUE,
    .is_paused = TRUE },
  { "webm-by-http", WEBM, TRUE, TRUE, .is_served = TRUE },
  { "mp4-by-http", MP4, TRUE, TRUE, .is_served = TRUE, .is_paused = TRUE },
  { "long-by-http", LONG, FALSE, TRUE, .is_served = TRUE, .is_started = TRUE },
  { "webm-without-ranges", WEBM, TRUE, FALSE, .is_served = TRUE, .has_no_ranges = TRUE,
    .is_paused = TRUE },
};

typedef struct
{
  const Row *row;
  LecPlayer *player;
  char *path;
  WebServer *server; /* (nullable) */
  GBytes *content;   /* (nullable): that it serves */
} Fixture;

static void
make_file (const Row *row, const char *path)
{
  g_autofree char *description = g_strdup_printf ("%s ! filesink location=%s", row->file, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND,
                                        GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_true (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  Fixture *self = data;
  g_autofree char *request = web_server_dup_request (self->server);

  if (g_str_equal (path, LIST)) {
    web_write (out, "HTTP/1.1 200 OK\r\n\r\n<asx><entry><starttime value='5'><ref href='x'>"
                    "</entry></asx>");
    return;
  }
  if (!self->row->has_no_ranges) {
    web_write_content (out, request, self->content);
    return;
  }
  web_write (out, "HTTP/1.1 200 OK\r\n\r\n");
  g_output_stream_write_bytes (out, self->content, NULL, NULL);
}

static void
serve (Fixture *self)
{
  char *content;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  self->content = g_bytes_new_take (content, length);
  self->server = web_server_new ("127.0.0.1", NULL, answer, self);
}

/* Returns: (transfer full): of something that is served */
static char *
name (Fixture *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", web_server_get_port (self->server), path);
}

static void
open_file (Fixture *self)
{
  g_autofree char *uri = self->server != NULL ? name (self, "/x") : NULL;

  lec_player_open (self->player, uri != NULL ? uri : self->path);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  int fd;

  self->row = data;

  self->path = g_build_filename (g_get_tmp_dir (), "lectern-player-file-XXXXXX", NULL);
  fd = g_mkstemp (self->path);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  make_file (data, self->path);
  if (self->row->is_served)
    serve (self);
  self->player = lec_player_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_player_stop (self->player);
  g_object_unref (self->player);
  g_clear_pointer (&self->server, web_server_free);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_unlink (self->path);
  g_free (self->path);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

#define AWAIT(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 end_us_ = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;                \
    const guint wake_ = g_timeout_add (10, wake_cb, NULL);                                         \
                                                                                                   \
    while (!(condition)) {                                                                         \
      if (g_get_monotonic_time () >= end_us_)                                                      \
        g_error ("in vain: %s", #condition);                                                       \
      g_main_context_iteration (NULL, TRUE);                                                       \
    }                                                                                              \
    g_source_remove (wake_);                                                                       \
  }                                                                                                \
  G_STMT_END

static double
get_position (Fixture *self)
{
  return (double) lec_player_get_position (self->player) / G_TIME_SPAN_SECOND;
}

static gboolean
is_paused (Fixture *self)
{
  gboolean paused;

  g_object_get (self->player, "paused", &paused, NULL);
  return paused;
}

static gboolean
can_seek (Fixture *self)
{
  gboolean is_so;

  g_object_get (self->player, "can-seek", &is_so, NULL);
  return is_so;
}

static gboolean
can_pause (Fixture *self)
{
  gboolean is_so;

  g_object_get (self->player, "can-pause", &is_so, NULL);
  return is_so;
}

static double
get_duration (Fixture *self)
{
  double duration;

  g_object_get (self->player, "duration", &duration, NULL);
  return duration;
}

static guint64
count_decoded (Fixture *self, const Row *row)
{
  return lec_player_get_decoded (self->player,
                                 row->has_picture ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO);
}

static void
let_pass (guint ms)
{
  const gint64 end_us = g_get_monotonic_time () + ms * 1000;

  AWAIT (g_get_monotonic_time () >= end_us);
}

/* Nothing is complained of; but that there is no sound device may be found out at any time. */
static void
check_notice (Fixture *self, const char *before)
{
  const char *notice = lec_player_get_notice (self->player);

  if (notice == NULL || strstr (notice, "sound device") == NULL)
    g_assert_cmpstr (notice, ==, before);
}

/* It stands still for as long as is wished, though nothing is decoded meanwhile, and goes on. */
static void
test_pause (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  double position;
  guint64 decoded;

  open_file (self);
  AWAIT (lec_player_get_state (self->player) == LEC_PLAYER_PLAYING);
  if (self->row->has_no_ranges) {
    g_object_set (self->player, "paused", TRUE, NULL);
    g_assert_false (is_paused (self));
    return;
  }
  AWAIT (can_pause (self));
  if (((const Row *) data)->can_seek)
    g_assert_cmpfloat_with_epsilon (get_duration (self), LENGTH, 0.2);
  g_object_set (self->player, "paused", TRUE, NULL);
  AWAIT (is_paused (self));
  let_pass (300);
  position = get_position (self);
  before = g_strdup (lec_player_get_notice (self->player));
  let_pass (3000);
  decoded = count_decoded (self, data);
  g_assert_cmpfloat_with_epsilon (get_position (self), position, 0.001);
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
  check_notice (self, before);
  g_object_set (self->player, "paused", FALSE, NULL);
  g_assert_false (is_paused (self));
  AWAIT (get_position (self) > position + 0.5 && count_decoded (self, data) > decoded);
  check_notice (self, before);
}

/* However fast the server is: nothing more comes where no more is taken before it begins. */
static void
test_start (Fixture *self, gconstpointer data)
{
  g_autofree char *uri = name (self, LIST);

  lec_player_open (self->player, uri);
  AWAIT (get_position (self) > 5.3 && count_decoded (self, data) > 0);
  g_assert_cmpfloat (get_position (self), <, 6.5);
}

/* Onwards, back, and while it is paused; to the end of it, where it ends. */
static void
test_seek (Fixture *self, gconstpointer data)
{
  const Row *row = data;
  guint64 decoded;

  open_file (self);
  AWAIT (lec_player_get_state (self->player) == LEC_PLAYER_PLAYING
         && can_seek (self) == row->can_seek);
  if (!row->can_seek) {
    const double before = get_position (self);

    lec_player_seek (self->player, 0);
    let_pass (300);
    g_assert_cmpfloat (get_position (self), >=, before);
    return;
  }
  decoded = count_decoded (self, row);
  lec_player_seek (self->player, 5 * G_TIME_SPAN_SECOND);
  g_assert_cmpfloat_with_epsilon (get_position (self), 5, 0.5);
  AWAIT (get_position (self) > 5.3 && count_decoded (self, row) > decoded);
  g_assert_cmpfloat (get_position (self), <, 6.5);

  g_object_set (self->player, "paused", TRUE, NULL);
  let_pass (300);
  lec_player_seek (self->player, 1 * G_TIME_SPAN_SECOND);
  let_pass (500);
  g_assert_cmpfloat_with_epsilon (get_position (self), 1, 0.01);
  lec_player_seek (self->player, 2 * G_TIME_SPAN_SECOND);
  lec_player_seek (self->player, -5 * G_TIME_SPAN_SECOND);
  let_pass (500);
  g_assert_cmpfloat_with_epsilon (get_position (self), 0, 0.01);
  decoded = count_decoded (self, row);
  g_object_set (self->player, "paused", FALSE, NULL);
  AWAIT (get_position (self) > 0.5 && count_decoded (self, row) > decoded);

  for (guint i = 0; i < 20; i++) { /* as a slider that is drawn does */
    lec_player_seek (self->player, (i % 2 == 0 ? 6 : 2) * G_TIME_SPAN_SECOND + i * 10000);
    let_pass (30);
  }
  AWAIT (get_position (self) > 2.5);
  g_assert_cmpfloat (get_position (self), <, 4);
  lec_player_seek (self->player, 100 * G_TIME_SPAN_SECOND);
  AWAIT (lec_player_get_state (self->player) != LEC_PLAYER_PLAYING);
  g_assert_cmpint (lec_player_get_error (self->player), ==, LEC_ERROR_NONE);
}

/* The slides beside the camera: each goes to its own sink, and of two languages one is heard. */
static void
test_second (Fixture *self, gconstpointer data)
{
  GstElement *slides = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (LecReport) report = NULL;
  guint pictures = 0, n_sounds = 0;

  g_object_set (slides, "sync", TRUE, NULL);
  lec_player_set_second_sink (self->player, slides);
  open_file (self);
  AWAIT ((g_object_get (self->player, "pictures", &pictures, NULL), pictures == 3));
  AWAIT (lec_player_get_decoded (self->player, LEC_MEDIA_AUDIO) > 0);
  report = lec_player_dup_report (self->player);
  g_assert_cmpuint (report->n_tracks, ==, 4);
  for (guint i = 0; i < report->n_tracks; i++)
    n_sounds += report->tracks[i].media == LEC_MEDIA_AUDIO
                && report->tracks[i].state != LEC_TRACK_UNWANTED;
  g_assert_cmpuint (n_sounds, ==, 1);
}

static const Row two = {
  "two",
  PICTURE "jpegenc ! queue ! m. " PICTURE "jpegenc ! queue ! m. " SOUND "queue ! m. " SOUND
          "queue ! matroskamux name=m",
  .has_picture = TRUE,
};

/* Its header says what is in it, but that is not there: a copy that was broken off. */
static void
test_header_only (Fixture *self, gconstpointer data)
{
  static const guint8 cluster[] = { 0x1f, 0x43, 0xb6, 0x75 }; /* of Matroska: where media begin */
  g_autofree char *content = NULL;
  const char *begin;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  begin = memmem (content, length, cluster, sizeof cluster);
  g_assert_nonnull (begin);
  g_assert_true (g_file_set_contents (self->path, content, begin - content, NULL));
  open_file (self);
  AWAIT (lec_player_get_state (self->player) == LEC_PLAYER_REFUSED);
  g_assert_cmpstr (lec_player_get_message (self->player), ==,
                   "The file is damaged, or of a kind that cannot be played here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *pause = g_strdup_printf ("/player-file/%s/pause", rows[i].name);
    g_autofree char *seek = g_strdup_printf ("/player-file/%s/seek", rows[i].name);
    g_autofree char *start = g_strdup_printf ("/player-file/%s/start", rows[i].name);

    if (rows[i].is_paused)
      g_test_add (pause, Fixture, &rows[i], set_up, test_pause, tear_down);
    if (rows[i].is_started)
      g_test_add (start, Fixture, &rows[i], set_up, test_start, tear_down);
    g_test_add (seek, Fixture, &rows[i], set_up, test_seek, tear_down);
  }
  g_test_add ("/player-file/webm/header-only", Fixture, &rows[0], set_up, test_header_only,
              tear_down);
  g_test_add ("/player-file/two/second", Fixture, &two, set_up, test_second, tear_down);
  return g_test_run ();
}
