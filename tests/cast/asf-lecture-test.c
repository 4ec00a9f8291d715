/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/asf-lecture.h"

#include <gst/app/app.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "cast/asf-edit.h"
#include "cast/test-scenes.h"
#include "wire/asf-rewriter.h"

#define SENT                                                                                       \
  "appsrc name=in caps=video/x-ms-asf format=bytes ! asfdemux name=demux demux.video_0"            \
  " ! avdec_wmv2 ! video/x-raw,format=I420 ! appsink name=out sync=false async=false"

#define DRAWN                                                                                      \
  "videotestsrc pattern=black"                                                                     \
  " ! capsfilter name=camera caps=video/x-raw,format=I420,width=640,height=360,framerate=25/1"     \
  " ! appsink name=out sync=false async=false max-buffers=2"

#define PICTURES 75 /* three seconds, with a key frame in each */
#define WIDTH 640
#define HEIGHT 310  /* below it stands the time of day, which is another every time */
#define LEAST_DB 50 /* nobody sees a difference */

/* Pictures that come out of a pipeline. */
typedef struct
{
  GstElement *pipeline;
  GstAppSink *out;
} Pictures;

static Pictures
pictures_new (const char *description)
{
  g_autoptr (GError) error = NULL;
  Pictures self = { gst_object_ref_sink (gst_parse_launch (description, &error)) };

  g_assert_no_error (error);
  self.out = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self.pipeline), "out"));
  return self;
}

static void
pictures_clear (Pictures *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->out);
  gst_object_unref (self->pipeline);
}

static gint64
tell_time (GstClockTime time, gpointer data)
{
  return 0;
}

static Pictures
draw (void)
{
  Pictures self = pictures_new (DRAWN);
  g_autoptr (GstElement) camera = gst_bin_get_by_name (GST_BIN (self.pipeline), "camera");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (camera, "src");

  lec_test_scene_draw_camera (pad, tell_time, NULL);
  gst_element_set_state (self.pipeline, GST_STATE_PLAYING);
  return self;
}

/* [dB] how much more there is in one plane of a picture than what is wrong in it */
static double
compare_planes (GstVideoFrame *one, GstVideoFrame *other, guint plane)
{
  const guint scale = plane == 0 ? 1 : 2;
  double sum = 0;

  for (guint y = 0; y < HEIGHT / scale; y++) {
    const guint8 *a = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (one, plane)
                      + y * (guint) GST_VIDEO_FRAME_PLANE_STRIDE (one, plane);
    const guint8 *b = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (other, plane)
                      + y * (guint) GST_VIDEO_FRAME_PLANE_STRIDE (other, plane);

    for (guint x = 0; x < WIDTH / scale; x++)
      sum += (a[x] - b[x]) * (a[x] - b[x]);
  }
  sum /= (WIDTH / scale) * (HEIGHT / scale);
  return 10 * log10 (255 * 255 / MAX (sum, 1e-9));
}

static void
map (GstSample *sample, GstVideoFrame *frame)
{
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
}

static void
check_alike (GstSample *sent, GstSample *drawn)
{
  GstVideoFrame one, other;

  map (sent, &one);
  map (drawn, &other);
  for (guint plane = 0; plane < 3; plane++)
    g_assert_cmpfloat (compare_planes (&one, &other, plane), >, LEAST_DB);
  gst_video_frame_unmap (&one);
  gst_video_frame_unmap (&other);
}

static void
push (GstElement *in, GBytes *bytes)
{
  GstBuffer *buffer = gst_buffer_new_wrapped_bytes (bytes);

  g_assert_cmpint (gst_app_src_push_buffer (GST_APP_SRC (in), buffer), ==, GST_FLOW_OK);
}

/* As a receiver makes it whole. */
static GBytes *
make_whole (LecAsfRewriter *rewriter, GBytes *packet)
{
  const gsize size = g_bytes_get_size (packet), room = LEC_ASF_ROOM + rewriter->packet_size;
  g_autofree guint8 *bytes = g_malloc0 (room);
  guint8 *start;

  g_assert_cmpuint (size, <=, rewriter->packet_size);
  memcpy (bytes + LEC_ASF_ROOM, g_bytes_get_data (packet, NULL), size);
  start = lec_asf_rewriter_write (rewriter, bytes + LEC_ASF_ROOM, size, room - LEC_ASF_ROOM);
  g_assert_nonnull (start);
  return g_bytes_new (start, rewriter->packet_size);
}

static void
begin (LecAsfRewriter *rewriter, GBytes *header)
{
  LecAsfHeader facts;

  g_assert_true (
      lec_asf_header_read (g_bytes_get_data (header, NULL), g_bytes_get_size (header), &facts));
  lec_asf_rewriter_init (rewriter, &facts);
  lec_asf_rewriter_begin (rewriter);
}

/* What is sent shows what was drawn, without trails of what moves. */
static void
test_picture (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAsfProgramme) programme = lec_asf_lecture_new (NULL, &error);
  Pictures sent = pictures_new (SENT), drawn = draw ();
  g_autoptr (GstElement) in = gst_bin_get_by_name (GST_BIN (sent.pipeline), "in");
  LecAsfRewriter rewriter;

  g_assert_no_error (error);
  begin (&rewriter, g_ptr_array_index (programme->headers, 0));
  gst_element_set_state (sent.pipeline, GST_STATE_PLAYING);
  push (in, g_ptr_array_index (programme->headers, 0));
  for (guint n = 0; n < PICTURES;) {
    g_autoptr (GBytes) packet = NULL, whole = NULL;
    GstSample *picture;
    LecAsfUnit unit;

    g_assert_true (programme->next (programme, &unit, &error));
    packet = unit.bytes;
    whole = make_whole (&rewriter, packet);
    push (in, whole);
    while ((picture = gst_app_sink_try_pull_sample (sent.out, 0)) != NULL) {
      g_autoptr (GstSample) expected = gst_app_sink_pull_sample (drawn.out);

      check_alike (picture, expected);
      gst_sample_unref (picture);
      n++;
    }
  }
  pictures_clear (&sent);
  pictures_clear (&drawn);
}

/* A station that begins the same lecture once more is known to have it. */
static void
test_again (void)
{
  guint hashes[2];

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LecAsfProgramme) programme = lec_asf_lecture_new (NULL, &error);

    g_assert_no_error (error);
    hashes[i] = lec_asf_edit_hash (g_ptr_array_index (programme->headers, 0));
  }
  g_assert_cmpuint (hashes[0], ==, hashes[1]);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asf-lecture/picture", test_picture);
  g_test_add_func ("/asf-lecture/again", test_again);
  return g_test_run ();
}
