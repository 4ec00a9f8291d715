/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bytes that lie on disk, and what is found in them. */
#include "play/media-parts.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */

typedef struct
{
  GstElement *pipeline, *bin;
  LecMediaParts *parts;
  char *path;
  GPtrArray *media; /* names of their caps */
  guint n_recognised;
} Fixture;

static void
recognised_cb (gpointer data)
{
  Fixture *self = data;

  g_assert_cmpuint (self->media->len, ==, 0);
  self->n_recognised++;
}

static void
medium_cb (GstPad *pad, gpointer data)
{
  Fixture *self = data;
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  g_ptr_array_add (self->media,
                   g_strdup (gst_caps_is_any (caps)
                                 ? "any"
                                 : gst_structure_get_name (gst_caps_get_structure (caps, 0))));
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (self->bin), sink);
  gst_element_sync_state_with_parent (sink);
  g_assert_cmpint (gst_pad_link (pad, sink_pad), ==, GST_PAD_LINK_OK);
}

static const LecMediaPartsCallbacks callbacks = { recognised_cb, medium_cb };

static void
set_up (Fixture *self, gconstpointer data)
{
  self->media = g_ptr_array_new_with_free_func (g_free);
  self->path = g_build_filename (g_get_tmp_dir (), "lectern-parts-XXXXXX", NULL);
  g_close (g_mkstemp (self->path), NULL);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bin = gst_bin_new (NULL);
  gst_bin_add (GST_BIN (self->pipeline), self->bin);
  self->parts = lec_media_parts_new (GST_BIN (self->bin), &callbacks, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  lec_media_parts_free (self->parts);
  g_unlink (self->path);
  g_free (self->path);
  g_ptr_array_unref (self->media);
}

static void
await (GstElement *pipeline, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND,
                                                               GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, type);
}

static void
make (Fixture *self, const char *description)
{
  g_autofree char *line = g_strdup_printf ("%s ! filesink location=%s", description, self->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  await (pipeline, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* Reads the file until that ends, or nobody takes it. */
static void
read_all (Fixture *self, GstMessageType end)
{
  GstElement *source = gst_element_factory_make ("filesrc", NULL);

  g_object_set (source, "location", self->path, NULL);
  gst_bin_add (GST_BIN (self->bin), source);
  g_assert_true (gst_element_link (source, lec_media_parts_get_entry (self->parts)));
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  await (self->pipeline, end);
}

static void
assert_media (Fixture *self, const char *first, const char *second)
{
  g_assert_cmpuint (self->media->len, ==, second != NULL ? 2 : 1);
  g_assert_cmpstr (self->media->pdata[0], ==, first);
  if (second != NULL)
    g_assert_cmpstr (self->media->pdata[1], ==, second);
  g_assert_false (lec_media_parts_is_unknown (self->parts));
}

static void
test_matroska (Fixture *self, gconstpointer data)
{
  make (self, "videotestsrc num-buffers=5 ! video/x-raw,width=64,height=48 ! jpegenc ! mux. "
              "audiotestsrc num-buffers=5 ! mux. matroskamux name=mux");
  read_all (self, GST_MESSAGE_EOS);
  g_assert_cmpuint (self->n_recognised, ==, 1);
  assert_media (self, "image/jpeg", "audio/x-raw");
}

/* The demultiplexer has one pad only, from its beginning. */
static void
test_wav (Fixture *self, gconstpointer data)
{
  make (self, "audiotestsrc num-buffers=5 ! wavenc");
  read_all (self, GST_MESSAGE_EOS);
  g_assert_cmpuint (self->media->len, ==, 1);
  g_assert_false (lec_media_parts_is_unknown (self->parts));
}

/* Tags say nothing of what is behind them. */
static void
test_behind_tags (Fixture *self, gconstpointer data)
{
  static const guint8 tags[] = { 'I', 'D', '3', 3, 0, 0, 0, 0, 0,   15,  'T', 'I', 'T',
                                 '2', 0,   0,   0, 5, 0, 0, 0, 'T', 'e', 's', 't' };
  g_autofree char *content = NULL;
  g_autofree char *tagged = NULL;
  gsize size;

  make (self, "audiotestsrc num-buffers=5 ! wavenc");
  g_assert_true (g_file_get_contents (self->path, &content, &size, NULL));
  tagged = g_malloc (sizeof tags + size);
  memcpy (tagged, tags, sizeof tags);
  memcpy (tagged + sizeof tags, content, size);
  g_assert_true (g_file_set_contents (self->path, tagged, (gssize) (sizeof tags + size), NULL));
  read_all (self, GST_MESSAGE_EOS);
  g_assert_cmpuint (self->n_recognised, ==, 2);
  g_assert_cmpuint (self->media->len, ==, 1);
}

/* It is known what it is, and nothing here plays it. */
static void
test_unknown (Fixture *self, gconstpointer data)
{
  static const char gzip[]
      = "\x1f\x8b\x08\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

  g_assert_true (g_file_set_contents (self->path, gzip, sizeof gzip, NULL));
  g_assert_false (lec_media_parts_is_unknown (self->parts));
  read_all (self, GST_MESSAGE_ERROR);
  g_assert_cmpuint (self->media->len, ==, 0);
  g_assert_true (lec_media_parts_is_unknown (self->parts));
}

/* A file cannot make it build more and more. */
static void
test_many (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) description = g_string_new (NULL);

  for (guint i = 0; i < LEC_MEDIA_PARTS_MOST + 4; i++)
    g_string_append (description, "audiotestsrc num-buffers=2 ! mux. ");
  g_string_append (description, "matroskamux name=mux");
  make (self, description->str);
  read_all (self, GST_MESSAGE_EOS);
  g_assert_cmpuint (self->media->len, ==, LEC_MEDIA_PARTS_MOST);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/media-parts/matroska", test_matroska);
  ADD ("/media-parts/wav", test_wav);
  ADD ("/media-parts/behind tags", test_behind_tags);
  ADD ("/media-parts/unknown", test_unknown);
  ADD ("/media-parts/many", test_many);
  return g_test_run ();
}
