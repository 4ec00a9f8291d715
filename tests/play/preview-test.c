/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Key frames of a real encoder, and what comes of them. */
#include "play/preview.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  LecPreview *preview;
  int pictures; /* atomic */
  int height;   /* atomic: of the last one */
} Fixture;

static void
handoff_cb (GstElement *sink, GstBuffer *buffer, GstPad *pad, Fixture *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  int height = 0;

  gst_structure_get_int (gst_caps_get_structure (caps, 0), "height", &height);
  g_atomic_int_set (&self->height, height);
  g_atomic_int_inc (&self->pictures);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", G_CALLBACK (handoff_cb), self);
  self->preview = lec_preview_new (sink);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_preview_free (self->preview);
}

/* Returns: (transfer full): coded pictures */
static GPtrArray *
encode (const char *encoder)
{
  g_autofree char *description = g_strdup_printf (
      "videotestsrc num-buffers=3 ! video/x-raw,format=I420,width=640,height=480,framerate=25/1 ! "
      "%s ! appsink name=sink sync=false",
      encoder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) sink = NULL;
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_sample_unref);
  GstSample *sample;

  g_assert_no_error (error);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (sink))) != NULL)
    g_ptr_array_add (samples, sample);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return samples;
}

static void
await (Fixture *self, int pictures)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (g_atomic_int_get (&self->pictures) < pictures) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
  g_assert_cmpint (g_atomic_int_get (&self->pictures), ==, pictures);
}

/* Each is there without one behind it, once, and small. */
static void
test_pictures (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) samples
      = encode ("x264enc key-int-max=1 bframes=0 ! video/x-h264,stream-format=byte-stream");

  for (guint i = 0; i < samples->len; i++) {
    lec_preview_show (self->preview, g_ptr_array_index (samples, i));
    lec_preview_show (self->preview, g_ptr_array_index (samples, i));
    await (self, (int) i + 1);
  }
  g_assert_cmpint (g_atomic_int_get (&self->height), ==, LEC_PREVIEW_HEIGHT);
}

/* Another channel, in another format; and nothing in between. */
static void
test_channels (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) one = encode ("jpegenc");
  g_autoptr (GPtrArray) other = encode ("vp8enc deadline=1");

  lec_preview_show (self->preview, g_ptr_array_index (one, 0));
  await (self, 1);
  lec_preview_show (self->preview, g_ptr_array_index (other, 0));
  await (self, 2);
  lec_preview_clear (self->preview);
  lec_preview_show (self->preview, g_ptr_array_index (one, 0));
  await (self, 3);
}

static void
test_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-of-nobody");
  g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 10, NULL);
  g_autoptr (GstSample) sample = gst_sample_new (buffer, caps, NULL, NULL);

  lec_preview_show (self->preview, sample);
  lec_preview_show (self->preview, sample);
  g_assert_cmpint (g_atomic_int_get (&self->pictures), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/preview/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("pictures", test_pictures);
  ADD ("channels", test_channels);
  ADD ("unknown", test_unknown);
  return g_test_run ();
}
