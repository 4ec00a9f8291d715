/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/parameter-guard.h"

#include "coded-video.h"
#include "wire/picture-reader.h"

typedef struct
{
  GstPad *src;
  GstPad *sink;
  LecParameterGuard *guard;
  GByteArray *received; /* all of it */
  guint n_received;
} Fixture;

static GstStaticPadTemplate sink_template
    = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Fixture *self = gst_pad_get_element_private (pad);
  GstMapInfo map;

  self->n_received++;
  gst_buffer_map (buffer, &map, GST_MAP_READ);
  g_byte_array_append (self->received, map.data, (guint) map.size);
  gst_buffer_unmap (buffer, &map);
  g_assert_cmpuint (GST_BUFFER_PTS (buffer), ==, 77);
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
set_up (Fixture *self, LecPictureCodec codec, const GstCaps *description)
{
  g_autoptr (GstCaps) caps
      = gst_caps_new_simple (codec == LEC_PICTURE_H264 ? "video/x-h264" : "video/x-h265",
                             "stream-format", G_TYPE_STRING, "byte-stream", NULL);
  GstSegment segment;

  *self = (Fixture){ .received = g_byte_array_new () };
  self->src = gst_pad_new ("src", GST_PAD_SRC);
  self->sink = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_element_private (self->sink, self);
  gst_pad_set_chain_function (self->sink, chain_cb);
  gst_pad_link (self->src, self->sink);
  self->guard = lec_parameter_guard_new (self->src, description);
  gst_pad_set_active (self->sink, TRUE);
  gst_pad_set_active (self->src, TRUE);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("x"));
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
}

static void
tear_down (Fixture *self)
{
  lec_parameter_guard_free (self->guard);
  gst_pad_set_active (self->src, FALSE);
  gst_pad_set_active (self->sink, FALSE);
  g_byte_array_unref (self->received);
  g_assert_finalize_object (self->src);
  g_assert_finalize_object (self->sink);
}

static GstBuffer *
buffer_of (const Unit *unit)
{
  GstBuffer *buffer = gst_buffer_new_memdup (unit->data, unit->len);

  GST_BUFFER_PTS (buffer) = 77;
  return buffer;
}

/* Pushes @unit and compares what comes out of it. */
static void
expect (Fixture *self, const Unit *unit, const Unit *expected)
{
  g_byte_array_set_size (self->received, 0);
  g_assert_cmpint (gst_pad_push (self->src, buffer_of (unit)), ==, GST_FLOW_OK);
  g_assert_cmpmem (self->received->data, self->received->len, expected->data, expected->len);
}

static void
append (Unit *self, const Unit *other)
{
  g_byte_array_append (self, other->data, other->len);
}

/* All that a test needs of a codec. */
typedef struct
{
  LecPictureCodec codec;
  Unit *sets;    /* the description's */
  Unit *other;   /* a picture parameter set that is whole, and another one */
  Unit *damaged; /* one that is not */
  Unit *delimiter;
  Unit *picture;
} Parts;

/* One unit more in the sets for each kind. */
static Parts
make_parts (LecPictureCodec codec)
{
  Parts parts = { codec, unit_new (), unit_new (), unit_new (), unit_new (), unit_new () };

  if (codec == LEC_PICTURE_H264) {
    unit_add_h264_sequence_set (parts.sets, 0);
    unit_add_h264_picture_set (parts.sets, 0, 0);
    unit_add_h264_picture_set (parts.other, 3, 0);
    unit_add_h264_picture_set (parts.damaged, 0, 0);
    unit_add_h264_delimiter (parts.delimiter);
    unit_add_h264_slice (parts.picture, (Slice){ 1, 2, 0, 9 });
  } else {
    unit_add_h265_video_set (parts.sets, 0);
    unit_add_h265_sequence_set (parts.sets, 0);
    unit_add_h265_picture_set (parts.sets, 0, 0);
    unit_add_h265_picture_set (parts.other, 3, 0);
    unit_add_h265_picture_set (parts.damaged, 0, 0);
    unit_add_h265_delimiter (parts.delimiter);
    unit_add_h265_slice (parts.picture, (Slice){ 1, 0, 1, 9 });
  }
  g_byte_array_set_size (parts.damaged, parts.damaged->len - 1);
  return parts;
}

static void
free_parts (Parts *parts)
{
  g_byte_array_unref (parts->sets);
  g_byte_array_unref (parts->other);
  g_byte_array_unref (parts->damaged);
  g_byte_array_unref (parts->delimiter);
  g_byte_array_unref (parts->picture);
}

static GstCaps *
description_of (const Parts *parts)
{
  LecNalCursor cursor = lec_nal_cursor_init (parts->sets->data, parts->sets->len, 0);
  GstCaps *caps = gst_caps_new_empty_simple ("application/x-rtp");
  static const char *const fields[] = { "sprop-vps", "sprop-sps", "sprop-pps" };
  g_autoptr (GString) all = g_string_new (NULL);
  LecNal nal;

  for (guint i = 0; lec_nal_cursor_next (&cursor, &nal); i++) {
    g_autofree char *text = g_base64_encode (nal.bytes, nal.length);

    if (parts->codec == LEC_PICTURE_H265)
      gst_caps_set_simple (caps, fields[i], G_TYPE_STRING, text, NULL);
    g_string_append_printf (all, "%s%s", i > 0 ? "," : "", text);
  }
  if (parts->codec == LEC_PICTURE_H264)
    gst_caps_set_simple (caps, "sprop-parameter-sets", G_TYPE_STRING, all->str, NULL);
  return caps;
}

static const LecPictureCodec codecs[] = { LEC_PICTURE_H264, LEC_PICTURE_H265 };

/* A damaged set is taken out, and those of the description stand behind the delimiter. */
static void
test_described (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    Parts parts = make_parts (codecs[i]);
    g_autoptr (GstCaps) caps = description_of (&parts);
    g_autoptr (GByteArray) unit = unit_new ();
    g_autoptr (GByteArray) expected = unit_new ();
    LecParameterFacts facts;
    Fixture fixture;

    set_up (&fixture, codecs[i], caps);
    expect (&fixture, parts.picture, parts.picture);
    append (unit, parts.delimiter);
    append (unit, parts.damaged);
    append (unit, parts.picture);
    append (expected, parts.delimiter);
    append (expected, parts.sets);
    append (expected, parts.picture);
    expect (&fixture, unit, expected);
    expect (&fixture, parts.picture, parts.picture);
    facts = lec_parameter_guard_get_facts (fixture.guard);
    g_assert_cmpuint (facts.n_units, ==, 3);
    g_assert_cmpuint (facts.n_sets, ==, 0);
    g_assert_cmpuint (facts.n_damaged, ==, 1);
    g_assert_cmpuint (facts.n_taken_out, ==, 1);
    g_assert_cmpuint (facts.n_restored, ==, 1);
    tear_down (&fixture);
    free_parts (&parts);
  }
}

/* Damage between slices, and in a unit of its own: whole sets come before the next picture. */
static void
test_places (void)
{
  Parts parts = make_parts (LEC_PICTURE_H264);
  g_autoptr (GstCaps) caps = description_of (&parts);
  g_autoptr (GByteArray) unit = unit_new ();
  g_autoptr (GByteArray) expected = unit_new ();
  Fixture fixture;

  set_up (&fixture, LEC_PICTURE_H264, caps);
  append (unit, parts.picture);
  append (unit, parts.damaged);
  append (unit, parts.picture);
  append (expected, parts.sets);
  append (expected, parts.picture);
  append (expected, parts.picture);
  expect (&fixture, unit, expected);

  g_assert_cmpint (gst_pad_push (fixture.src, buffer_of (parts.damaged)), ==, GST_FLOW_OK);
  g_assert_cmpuint (fixture.n_received, ==, 1); /* nothing was left of it */
  g_byte_array_set_size (expected, 0);
  append (expected, parts.sets);
  append (expected, parts.picture);
  expect (&fixture, parts.picture, expected);
  tear_down (&fixture);
  free_parts (&parts);
}

/* The sender may send others than it described; they are then the last whole ones. */
static void
test_others_pass (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    Parts parts = make_parts (codecs[i]);
    g_autoptr (GstCaps) caps = description_of (&parts);
    g_autoptr (GByteArray) unit = unit_new ();
    g_autoptr (GByteArray) expected = unit_new ();
    Fixture fixture;

    set_up (&fixture, codecs[i], caps);
    append (unit, parts.other);
    append (unit, parts.picture);
    expect (&fixture, unit, unit);
    g_byte_array_set_size (unit, 0);
    append (unit, parts.damaged);
    append (unit, parts.picture);
    append (expected, parts.sets);
    append (expected, parts.other);
    append (expected, parts.picture);
    expect (&fixture, unit, expected);
    tear_down (&fixture);
    free_parts (&parts);
  }
}

/* Sets that are repeated between the slices of a picture are taken out, from the first picture on;
 * those that say something new pass, and are no damage either. */
static void
test_between_slices (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    Parts parts = make_parts (codecs[i]);
    g_autoptr (GByteArray) unit = unit_new ();
    g_autoptr (GByteArray) expected = unit_new ();
    LecParameterFacts facts;
    Fixture fixture;

    set_up (&fixture, codecs[i], NULL);
    for (guint j = 0; j < 3; j++) {
      append (unit, parts.sets);
      append (unit, parts.picture);
    }
    append (unit, parts.other);
    append (unit, parts.picture);
    append (expected, parts.sets);
    for (guint j = 0; j < 3; j++)
      append (expected, parts.picture);
    append (expected, parts.other);
    append (expected, parts.picture);
    expect (&fixture, unit, expected);
    facts = lec_parameter_guard_get_facts (fixture.guard);
    g_assert_cmpuint (facts.n_damaged + facts.n_taken_out + facts.n_restored, ==, 0);

    /* in front of the next picture they have their place */
    expect (&fixture, parts.sets, parts.sets);
    tear_down (&fixture);
    free_parts (&parts);
  }
}

/* Where no whole one is known a decoder may know better than we do. */
static void
test_nothing_known (void)
{
  Parts parts = make_parts (LEC_PICTURE_H264);
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("application/x-rtp", "sprop-parameter-sets",
                                                  G_TYPE_STRING, "?,,Z0I=,aA==", NULL);
  Fixture fixture;

  for (guint i = 0; i < 2; i++) {
    set_up (&fixture, LEC_PICTURE_H264, i == 0 ? NULL : caps);
    expect (&fixture, parts.damaged, parts.damaged);
    g_assert_cmpuint (lec_parameter_guard_get_facts (fixture.guard).n_damaged, ==, 1);
    g_assert_cmpuint (lec_parameter_guard_get_facts (fixture.guard).n_taken_out, ==, 0);
    tear_down (&fixture);
  }
  free_parts (&parts);
}

/* An end is a header and nothing else; what only begins like one is taken out, and costs no more.
 */
static void
test_false_end (void)
{
  static const guint8 ends[][7] = { { 0, 0, 0, 1, 0x0a, 0x80 }, { 0, 0, 0, 1, 0x4a, 0x01, 0x80 } };

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    Parts parts = make_parts (codecs[i]);
    g_autoptr (GstCaps) caps = description_of (&parts);
    g_autoptr (GByteArray) unit = unit_new ();
    g_autoptr (GByteArray) expected = unit_new ();
    Fixture fixture;

    set_up (&fixture, codecs[i], caps);
    append (unit, parts.delimiter);
    g_byte_array_append (unit, ends[i], 6 + i);
    append (unit, parts.picture);
    append (expected, parts.delimiter);
    append (expected, parts.picture);
    expect (&fixture, unit, expected);
    g_byte_array_append (expected, ends[i], 5 + i); /* a true one */
    expect (&fixture, expected, expected);
    g_assert_cmpuint (lec_parameter_guard_get_facts (fixture.guard).n_taken_out, ==, 0);
    tear_down (&fixture);
    free_parts (&parts);
  }
}

/* Without a description the stream's own are put back. */
static void
test_not_described (void)
{
  Parts parts = make_parts (LEC_PICTURE_H265);
  g_autoptr (GByteArray) unit = unit_new ();
  g_autoptr (GByteArray) expected = unit_new ();
  Fixture fixture;

  set_up (&fixture, LEC_PICTURE_H265, NULL);
  append (expected, parts.sets);
  append (expected, parts.picture);
  expect (&fixture, expected, expected);
  append (unit, parts.damaged);
  append (unit, parts.picture);
  expect (&fixture, unit, expected);
  g_assert_cmpuint (lec_parameter_guard_get_facts (fixture.guard).n_sets, ==, 3);
  tear_down (&fixture);
  free_parts (&parts);
}

static void
test_restore (void)
{
  Parts parts = make_parts (LEC_PICTURE_H264);
  g_autoptr (GstCaps) caps = description_of (&parts);
  g_autoptr (GByteArray) expected = unit_new ();
  Fixture fixture;

  set_up (&fixture, LEC_PICTURE_H264, caps);
  lec_parameter_guard_restore (fixture.guard);
  expect (&fixture, parts.delimiter, parts.delimiter); /* no picture */
  append (expected, parts.sets);
  append (expected, parts.picture);
  expect (&fixture, parts.picture, expected);
  expect (&fixture, parts.picture, parts.picture);
  tear_down (&fixture);
  free_parts (&parts);
}

static void
test_list (void)
{
  Parts parts = make_parts (LEC_PICTURE_H264);
  g_autoptr (GstCaps) caps = description_of (&parts);
  g_autoptr (GByteArray) expected = unit_new ();
  GstBufferList *list = gst_buffer_list_new ();
  Fixture fixture;

  set_up (&fixture, LEC_PICTURE_H264, caps);
  gst_buffer_list_add (list, buffer_of (parts.picture));
  gst_buffer_list_add (list, buffer_of (parts.damaged));
  gst_buffer_list_add (list, buffer_of (parts.picture));
  g_assert_cmpint (gst_pad_push_list (fixture.src, list), ==, GST_FLOW_OK);
  append (expected, parts.picture);
  append (expected, parts.sets);
  append (expected, parts.picture);
  g_assert_cmpmem (fixture.received->data, fixture.received->len, expected->data, expected->len);
  list = gst_buffer_list_new ();
  gst_buffer_list_add (list, buffer_of (parts.damaged));
  g_assert_cmpint (gst_pad_push_list (fixture.src, list), ==, GST_FLOW_OK);
  g_assert_cmpuint (fixture.n_received, ==, 2);
  tear_down (&fixture);
  free_parts (&parts);
}

/* Noise that looks like very many sets: all of them go, whatever their number. */
static void
test_many (void)
{
  Parts parts = make_parts (LEC_PICTURE_H264);
  g_autoptr (GstCaps) caps = description_of (&parts);
  g_autoptr (GByteArray) unit = unit_new ();
  Fixture fixture;

  set_up (&fixture, LEC_PICTURE_H264, caps);
  for (guint i = 0; i < 1000; i++)
    append (unit, parts.damaged);
  g_assert_cmpint (gst_pad_push (fixture.src, buffer_of (unit)), ==, GST_FLOW_OK);
  g_assert_cmpuint (fixture.n_received, ==, 0);
  g_assert_cmpuint (lec_parameter_guard_get_facts (fixture.guard).n_taken_out, ==, 1000);
  tear_down (&fixture);
  free_parts (&parts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/parameter-guard/described", test_described);
  g_test_add_func ("/parameter-guard/places", test_places);
  g_test_add_func ("/parameter-guard/others-pass", test_others_pass);
  g_test_add_func ("/parameter-guard/between-slices", test_between_slices);
  g_test_add_func ("/parameter-guard/nothing-known", test_nothing_known);
  g_test_add_func ("/parameter-guard/false-end", test_false_end);
  g_test_add_func ("/parameter-guard/not-described", test_not_described);
  g_test_add_func ("/parameter-guard/restore", test_restore);
  g_test_add_func ("/parameter-guard/list", test_list);
  g_test_add_func ("/parameter-guard/many", test_many);
  return g_test_run ();
}
