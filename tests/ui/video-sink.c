/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-sink.h"

#include <gst/video/video.h>
#include <gtk/gtk.h>

#include "tests/ui/init.h"
#include "tests/ui/wait.h"
#include "ui/frame-paintable.h"

static GstElement *
pipeline_new (const char *source, GstElement *sink)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description = g_strconcat (source, " ! identity silent=true", NULL);
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *bin = gst_parse_bin_from_description (description, TRUE, &error);

  g_assert_no_error (error);
  gst_bin_add_many (GST_BIN (pipeline), bin, sink, NULL);
  g_assert_true (gst_element_link (bin, sink));
  return pipeline;
}

static void
pipeline_free (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* Gives up the last reference of the test. GStreamer may still hold its own for a moment: a
 * pipeline that became ready goes on to play on another thread, and that one may be the last to let
 * go. */
static void
wait_for_death (GdkPaintable *paintable)
{
  g_object_add_weak_pointer (G_OBJECT (paintable), (gpointer *) &paintable);
  g_object_unref (paintable);
  WAIT_UNTIL (paintable == NULL);
}

static void
wait_for_message (GstElement *pipeline, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message
      = gst_bus_timed_pop_filtered (bus, WAIT_LIMIT_S * GST_SECOND, type | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpstr (GST_MESSAGE_TYPE_NAME (message), ==, gst_message_type_get_name (type));
}

static guint64
overwritten (GstElement *sink)
{
  guint64 count;

  g_object_get (sink, "overwritten", &count, NULL);
  return count;
}

/* One pixel of what the paintable shows, as 0xAARRGGBB, premultiplied. */
static guint32
pixel_at (GdkPaintable *paintable, int x, int y)
{
  g_autoptr (GdkPaintable) image = gdk_paintable_get_current_image (paintable);
  const gsize stride = 4 * (gsize) gdk_texture_get_width (GDK_TEXTURE (image));
  const int height = gdk_texture_get_height (GDK_TEXTURE (image));
  g_autofree guchar *pixels = g_malloc (stride * (gsize) height);
  guint32 pixel;

  gdk_texture_download (GDK_TEXTURE (image), pixels, stride);
  memcpy (&pixel, pixels + (gsize) y * stride + 4 * (gsize) x, sizeof pixel);
  return pixel;
}

static void
count_cb (GdkPaintable *paintable, guint *count)
{
  (*count)++;
}

static const struct
{
  const char *format;
  const char *pixel_aspect;
  int width;
  int height;
  int shown_width;
  double aspect;
} shapes[] = {
  { "RGB", "1/1", 322, 180, 322, 322.0 / 180.0 }, /* lines padded to a multiple of four bytes */
  { "BGR", "1/1", 320, 180, 320, 320.0 / 180.0 },
  { "RGB", "16/11", 720, 576, 1047, 720.0 * 16.0 / 11.0 / 576.0 },
  { "BGR", "1/2", 320, 180, 160, 160.0 / 180.0 },
  { "RGB", "1/2", 1, 2, 1, 0.25 },
};

static void
test_shape (gconstpointer data)
{
  const int i = GPOINTER_TO_INT (data);
  g_autofree char *source = g_strdup_printf (
      "videotestsrc pattern=solid-color foreground-color=0xff12c8ff num-buffers=1 ! "
      "video/x-raw,format=%s,width=%d,height=%d,pixel-aspect-ratio=%s",
      shapes[i].format, shapes[i].width, shapes[i].height, shapes[i].pixel_aspect);
  GstElement *sink = lec_video_sink_new ();
  g_autoptr (GdkPaintable) paintable = g_object_ref (lec_video_sink_get_paintable (sink));
  GstElement *pipeline = pipeline_new (source, sink);
  guint32 pixel;

  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, 0);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);

  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, shapes[i].shown_width);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (paintable), ==, shapes[i].height);
  g_assert_cmpfloat_with_epsilon (gdk_paintable_get_intrinsic_aspect_ratio (paintable),
                                  shapes[i].aspect, 1e-9);

  pixel = pixel_at (paintable, shapes[i].width - 1, shapes[i].height - 1);
  g_assert_cmphex (pixel, ==, 0xff12c8ff);

  pipeline_free (pipeline);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 0);
  wait_for_death (g_steal_pointer (&paintable));
}

/* What says that it is transparent, as raw 4:4:4 does that GStreamer 1.22's rtpvrawdepay has read,
 * is seen all the same. */
static void
test_transparent (void)
{
  GstElement *sink = lec_video_sink_new ();
  g_autoptr (GdkPaintable) paintable = g_object_ref (lec_video_sink_get_paintable (sink));
  GstElement *pipeline = pipeline_new (
      "videotestsrc pattern=solid-color foreground-color=0x00ffffff num-buffers=1 ! "
      "video/x-raw,format=AYUV,width=320,height=180 ! videoconvert",
      sink);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);
  g_assert_cmphex (pixel_at (paintable, 10, 10) & 0xfff0f0f0, ==,
                   0xfff0f0f0); /* as YUV is rounded */
  pipeline_free (pipeline);
  wait_for_death (g_steal_pointer (&paintable));
}

/* The first frame of a pipeline that is only paused is shown: viewers see it while sound pre-rolls.
 */
static void
test_preroll (void)
{
  GstElement *sink = lec_video_sink_new ();
  GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
  GstElement *pipeline = pipeline_new ("videotestsrc", sink);

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);
  pipeline_free (pipeline);
}

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, timeout_cb, &over);
  WAIT_UNTIL (over);
}

static void
blacken_cb (GdkPaintable *paintable, guint *black)
{
  *black += gdk_paintable_get_intrinsic_width (paintable) == 0;
}

/* Two sinks show in one place: the later one takes it over with its first frame, and when the
 * earlier one ends there is no moment without a picture. */
static void
test_beside (void)
{
  GstElement *first = lec_video_sink_new ();
  GstElement *second = lec_video_sink_new_beside (first);
  GdkPaintable *paintable = lec_video_sink_get_paintable (first);
  GstElement *before = pipeline_new ("videotestsrc is-live=true ! video/x-raw,width=64", first);
  GstElement *after = pipeline_new ("videotestsrc is-live=true ! video/x-raw,width=32", second);
  guint black = 0;

  g_assert_true (lec_video_sink_get_paintable (second) == paintable);
  gst_element_set_state (before, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 64);
  g_signal_connect (paintable, "invalidate-contents", G_CALLBACK (blacken_cb), &black);

  gst_element_set_state (after, GST_STATE_READY); /* it is there, and has nothing to show */
  wait_ms (100);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, 64);
  gst_element_set_state (after, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 32);
  wait_ms (200); /* the earlier one still has frames */
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, 32);
  gst_element_set_state (before, GST_STATE_NULL);
  wait_ms (100);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, 32);

  gst_element_set_state (before, GST_STATE_PLAYING); /* they change their parts */
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 64);
  gst_element_set_state (after, GST_STATE_NULL);
  wait_ms (100);
  g_assert_cmpuint (black, ==, 0);
  g_signal_handlers_disconnect_by_func (paintable, blacken_cb, &black);
  gst_element_set_state (before, GST_STATE_NULL);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 0);
  pipeline_free (before);
  pipeline_free (after);
}

/* However many frames pass while the main loop is busy, it is told of the newest one, once. */
static void
test_mailbox (void)
{
  const guint frames = 200;
  GstElement *sink = lec_video_sink_new ();
  GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
  g_autofree char *source
      = g_strdup_printf ("videotestsrc num-buffers=%u ! video/x-raw,width=64,height=64", frames);
  GstElement *pipeline = pipeline_new (source, sink);
  guint contents = 0, sizes = 0;

  g_signal_connect (paintable, "invalidate-contents", G_CALLBACK (count_cb), &contents);
  g_signal_connect (paintable, "invalidate-size", G_CALLBACK (count_cb), &sizes);
  g_object_set (sink, "sync", FALSE, "show-preroll-frame", FALSE, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for_message (pipeline, GST_MESSAGE_EOS);

  g_assert_cmpuint (overwritten (sink), ==, frames - 1);
  g_assert_cmpuint (contents, ==, 0);
  WAIT_UNTIL (contents != 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (contents, ==, 1);
  g_assert_cmpuint (sizes, ==, 1);
  g_signal_handlers_disconnect_by_func (paintable, count_cb, &contents);
  g_signal_handlers_disconnect_by_func (paintable, count_cb, &sizes);
  pipeline_free (pipeline);
}

/* Buffers come back to their pool although nobody draws: the mailbox holds one frame only. */
static void
test_small_pool (void)
{
  GstElement *sink = lec_video_sink_new ();
  GstElement *pipeline
      = pipeline_new ("videotestsrc num-buffers=100 ! "
                      "video/x-raw,format=I420,width=640,height=360 ! videoconvert",
                      sink);

  g_object_set (sink, "sync", FALSE, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for_message (pipeline, GST_MESSAGE_EOS);
  pipeline_free (pipeline);
}

/* Stopping in the middle neither waits for the main loop nor leaves a picture behind. */
static void
test_stop_while_playing (void)
{
  GstElement *sink = lec_video_sink_new ();
  GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
  GstElement *pipeline = pipeline_new ("videotestsrc ! video/x-raw,width=64,height=64", sink);

  g_object_set (sink, "sync", FALSE, NULL);
  for (guint i = 0; i < 20; i++) {
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    if (i % 2 == 0)
      WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);
    gst_element_set_state (pipeline, GST_STATE_NULL);
    WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 0);
  }
  pipeline_free (pipeline);
}

static gpointer
free_in_thread (gpointer pipeline)
{
  pipeline_free (pipeline);
  return NULL;
}

/* @died_on: of type GThread*, atomic */
static void
death_cb (gpointer died_on, GObject *object)
{
  g_atomic_pointer_set ((gpointer *) died_on, g_thread_self ());
}

static void
test_sink_dies_elsewhere (void)
{
  GstElement *sink = lec_video_sink_new ();
  GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
  GstElement *pipeline = pipeline_new ("videotestsrc num-buffers=3", sink);
  gpointer sink_died_on = NULL, paintable_died_on = NULL;

  g_object_weak_ref (G_OBJECT (sink), death_cb, &sink_died_on);
  g_object_weak_ref (G_OBJECT (paintable), death_cb, &paintable_died_on);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);

  g_thread_join (g_thread_new ("free", free_in_thread, pipeline));
  g_assert_null (paintable_died_on);
  WAIT_UNTIL (paintable_died_on != NULL);
  g_assert_true (paintable_died_on == g_thread_self ());
  g_assert_nonnull (g_atomic_pointer_get (&sink_died_on));
  g_assert_true (g_atomic_pointer_get (&sink_died_on) != g_thread_self ());
}

/* A picture may outlive the pipeline and die on any thread: it unmaps its buffer there. */
static gpointer
drop_in_thread (gpointer texture)
{
  g_object_unref (texture);
  return NULL;
}

static void
test_texture_outlives (void)
{
  GstElement *sink = lec_video_sink_new ();
  GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
  GstElement *pipeline = pipeline_new ("videotestsrc num-buffers=3", sink);
  GdkPaintable *texture;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);
  texture = gdk_paintable_get_current_image (paintable);
  pipeline_free (pipeline);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_thread_join (g_thread_new ("drop", drop_in_thread, texture));
}

static GstPadProbeReturn
crop_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (buffer);
  const GstVideoCropMeta *wanted = data;

  crop->x = wanted->x;
  crop->y = wanted->y;
  crop->width = wanted->width;
  crop->height = wanted->height;
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  return GST_PAD_PROBE_OK;
}

static const struct
{
  GstVideoCropMeta crop;
  int width;
  int height;
} crops[] = {
  { { .x = 10, .y = 4, .width = 20, .height = 8 }, 20, 8 },
  { { .x = 10, .y = 4, .width = 55, .height = 8 }, 64, 32 },       /* sticks out: ignored */
  { { .x = 64, .y = 0, .width = 1, .height = 1 }, 64, 32 },        /* outside */
  { { .x = 1, .y = 1, .width = G_MAXUINT, .height = 1 }, 64, 32 }, /* wraps around */
  { { .x = 0, .y = 0, .width = 0, .height = 0 }, 64, 32 },         /* nothing */
};

static void
test_crop (gconstpointer data)
{
  const int i = GPOINTER_TO_INT (data);
  GstElement *sink = lec_video_sink_new ();
  GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
  GstElement *pipeline = pipeline_new ("videotestsrc pattern=solid-color "
                                       "foreground-color=0xff0000ff num-buffers=1 ! "
                                       "video/x-raw,format=BGR,width=64,height=32",
                                       sink);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, crop_cb, (gpointer) &crops[i].crop, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, crops[i].width);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (paintable), ==, crops[i].height);
  g_assert_cmphex (pixel_at (paintable, crops[i].width - 1, crops[i].height - 1), ==, 0xff0000ff);
  pipeline_free (pipeline);
}

static GstPadProbeReturn
subtitle_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GstBuffer *pixels = gst_buffer_new_allocate (NULL, 8 * 4 * 4, NULL);
  GstVideoOverlayRectangle *rectangle;
  GstVideoOverlayComposition *composition;

  gst_buffer_memset (pixels, 0, 0xff, 8 * 4 * 4);
  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
                             GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 8, 4);
  rectangle = gst_video_overlay_rectangle_new_raw (pixels, 16, 20, 16, 8,
                                                   GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  composition = gst_video_overlay_composition_new (rectangle);
  gst_buffer_add_video_overlay_composition_meta (buffer, composition);
  gst_video_overlay_composition_unref (composition);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (pixels);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  return GST_PAD_PROBE_OK;
}

/* Subtitles lie over the picture where their place in the picture is, at whatever size it is shown.
 */
static void
test_subtitle (void)
{
  GstElement *sink = lec_video_sink_new ();
  GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
  GstElement *pipeline = pipeline_new ("videotestsrc pattern=black num-buffers=1 ! "
                                       "video/x-raw,format=RGB,width=64,height=32",
                                       sink);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 128, 64);
  cairo_t *cairo = cairo_create (surface);
  const guint32 *pixels;

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, subtitle_cb, NULL, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) != 0);

  gdk_paintable_snapshot (paintable, snapshot, 128, 64);
  node = gtk_snapshot_to_node (snapshot);
  gsk_render_node_draw (node, cairo);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  g_assert_cmphex (pixels[48 * 128 + 48], ==, 0xffffffff);
  g_assert_cmphex (pixels[36 * 128 + 48], ==, 0xff000000);
  g_assert_cmphex (pixels[48 * 128 + 28], ==, 0xff000000);

  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  pipeline_free (pipeline);
}

/* Realized, as all that is drawn; one, as GTK tells a window that was never shown of the display
 * when it is gone. */
static GtkWidget *
get_window (void)
{
  static GtkWidget *window;

  if (window == NULL)
    window = gtk_window_new ();
  return window;
}

static void
assert_near (guint32 pixel, guint32 expected)
{
  for (guint shift = 0; shift < 32; shift += 8)
    g_assert_cmpint (ABS ((int) (pixel >> shift & 0xff) - (int) (expected >> shift & 0xff)), <=, 3);
}

/* Where Cairo draws the window, frames come in its own format, or as they were decoded, and are
 * drawn from where they lie, also after they have been replaced; in the shape and place that a
 * texture would have.
 */
static void
test_surface (gconstpointer format)
{
  GstElement *sink = lec_video_sink_new ();
  g_autoptr (GdkPaintable) paintable = g_object_ref (lec_video_sink_get_paintable (sink));
  GtkWidget *window = get_window ();
  g_autofree char *description = NULL;
  GstElement *pipeline;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 64, 32);
  cairo_t *cairo = cairo_create (surface);
  const guint32 *pixels;

  gtk_widget_unrealize (window);
  lec_frame_paintable_draw_in (LEC_FRAME_PAINTABLE (paintable), window);
  g_assert_false (lec_frame_paintable_is_drawn_by_cairo (LEC_FRAME_PAINTABLE (paintable)));
  gtk_widget_realize (window);
  g_assert_true (lec_frame_paintable_is_drawn_by_cairo (LEC_FRAME_PAINTABLE (paintable)));
  description = g_strdup_printf ("videotestsrc pattern=solid-color foreground-color=0xff12c8ff "
                                 "num-buffers=1 ! video/x-raw,width=320,height=180,format=%s,"
                                 "pixel-aspect-ratio=1/2",
                                 (const char *) format);
  pipeline = pipeline_new (description, sink);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 160);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (paintable), ==, 180);
  assert_near (pixel_at (paintable, 319, 179), 0xff12c8ff);

  gdk_paintable_snapshot (paintable, snapshot, 64, 32);
  node = gtk_snapshot_to_node (snapshot);
  pipeline_free (pipeline);
  WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 0);
  gsk_render_node_draw (node, cairo);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  assert_near (pixels[0], 0xff12c8ff);
  assert_near (pixels[31 * 64 + 63], 0xff12c8ff);

  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  wait_for_death (g_steal_pointer (&paintable));
}

/* What is seen is all that was decoded: what has more colour than I420 is not made that. */
static void
test_formats (void)
{
  static const struct
  {
    const char *decoded, *taken;
  } rows[] = { { "I420", "I420" }, { "NV12", "I420" }, { "Y444", "BGRx" }, { "Y42B", "BGRx" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstElement *sink = lec_video_sink_new ();
    GdkPaintable *paintable = lec_video_sink_get_paintable (sink);
    g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
    g_autoptr (GstCaps) caps = NULL;
    g_autofree char *description = g_strdup_printf (
        "videotestsrc num-buffers=1 ! video/x-raw,width=64,height=32,format=%s ! videoconvert",
        rows[i].decoded);
    GstElement *pipeline;

    gtk_widget_realize (get_window ());
    lec_frame_paintable_draw_in (LEC_FRAME_PAINTABLE (paintable), get_window ());
    pipeline = pipeline_new (description, sink);
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    WAIT_UNTIL (gdk_paintable_get_intrinsic_width (paintable) == 64);
    caps = gst_pad_get_current_caps (pad);
    g_assert_cmpstr (gst_structure_get_string (gst_caps_get_structure (caps, 0), "format"), ==,
                     rows[i].taken);
    pipeline_free (pipeline);
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autofree char *path = g_strdup_printf ("/video-sink/shape/%u", i);

    g_test_add_data_func (path, GINT_TO_POINTER ((int) i), test_shape);
  }
  for (guint i = 0; i < G_N_ELEMENTS (crops); i++) {
    g_autofree char *path = g_strdup_printf ("/video-sink/crop/%u", i);

    g_test_add_data_func (path, GINT_TO_POINTER ((int) i), test_crop);
  }
  g_test_add_func ("/video-sink/transparent", test_transparent);
  g_test_add_func ("/video-sink/preroll", test_preroll);
  g_test_add_func ("/video-sink/mailbox", test_mailbox);
  g_test_add_func ("/video-sink/beside", test_beside);
  g_test_add_func ("/video-sink/small-pool", test_small_pool);
  g_test_add_func ("/video-sink/stop-while-playing", test_stop_while_playing);
  g_test_add_func ("/video-sink/sink-dies-elsewhere", test_sink_dies_elsewhere);
  g_test_add_func ("/video-sink/texture-outlives", test_texture_outlives);
  g_test_add_func ("/video-sink/subtitle", test_subtitle);

  g_test_add_data_func ("/ui/video-sink/surface/BGRx", "BGRx", test_surface);
  g_test_add_data_func ("/ui/video-sink/surface/I420", "I420", test_surface);
  g_test_add_func ("/ui/video-sink/formats", test_formats);
  return g_test_run ();
}
