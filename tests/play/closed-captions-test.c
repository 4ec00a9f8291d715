/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/closed-captions.h"

#include <gst/video/video.h>
#include <string.h>

typedef struct
{
  GstElement *pipeline; /* of no time: all is due */
  GstPad *src, *sink;
  LecClosedCaptions *captions;
} Fixture;

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GstSegment segment;

  fixture->pipeline = gst_pipeline_new (NULL);
  fixture->src = gst_pad_new ("src", GST_PAD_SRC);
  fixture->sink = gst_pad_new ("sink", GST_PAD_SINK);
  gst_pad_set_chain_function (fixture->sink, chain_cb);
  gst_pad_set_active (fixture->src, TRUE);
  gst_pad_set_active (fixture->sink, TRUE);
  gst_pad_link (fixture->src, fixture->sink);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (fixture->src, gst_event_new_stream_start ("test"));
  gst_pad_push_event (fixture->src, gst_event_new_segment (&segment));
  fixture->captions = lec_closed_captions_new (fixture->src);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gst_pad_set_active (fixture->src, FALSE);
  gst_pad_set_active (fixture->sink, FALSE);
  gst_object_unref (fixture->src);
  gst_object_unref (fixture->sink);
  lec_closed_captions_free (fixture->captions);
  gst_object_unref (fixture->pipeline);
}

static guint8
with_parity (guint8 byte)
{
  guint count = 0;

  for (guint i = 0; i < 7; i++)
    count += byte >> i & 1;
  return (guint8) (byte | (count % 2 == 0 ? 0x80 : 0));
}

/* A picture for each pair: what stands before it is @head, and @tail behind it. */
static void
push (Fixture *fixture,
      GstVideoCaptionType type,
      const char *head,
      gsize head_size,
      const char *pairs,
      gsize size)
{
  for (gsize i = 0; i + 2 <= size; i += 2) {
    GstBuffer *buffer = gst_buffer_new ();
    guint8 data[32];

    memcpy (data, head, head_size);
    data[head_size] = with_parity ((guint8) pairs[i]);
    data[head_size + 1] = with_parity ((guint8) pairs[i + 1]);
    gst_buffer_add_video_caption_meta (buffer, type, data, head_size + 2);
    GST_BUFFER_PTS (buffer) = i * 20 * GST_MSECOND;
    g_assert_cmpint (gst_pad_push (fixture->src, buffer), ==, GST_FLOW_OK);
  }
}

#define BYTES(bytes) bytes, sizeof (bytes) - 1
#define RDC "\x14\x29"
#define RDC_OF_CC2 "\x1c\x29"
#define RDC_OF_FIELD_2 "\x15\x29"

/* The last that is said, by the channel; all are due. */
static void
assert_said (Fixture *fixture, guint index, const char *text)
{
  g_autofree char *said = lec_closed_captions_take (fixture->captions, index, fixture->pipeline);
  g_autofree char *again = lec_closed_captions_take (fixture->captions, index, fixture->pipeline);

  g_assert_cmpstr (said, ==, text);
  g_assert_null (again);
}

/* In all the ways in which a picture may have them. */
static void
test_ways (Fixture *fixture, gconstpointer data)
{
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA608_RAW, "", 0, BYTES (RDC "RAW!"));
  assert_said (fixture, 0, "RAW!");
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA608_S334_1A, BYTES ("\x95"), BYTES ("1A"));
  assert_said (fixture, 0, "RAW!1A");
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_RAW, BYTES ("\xfc"), BYTES ("cc"));
  assert_said (fixture, 0, "RAW!1Acc");
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_CDP,
        BYTES ("\x96\x69\x0c\x3f\x77\x00\x00\x72\xe1\xfc"), BYTES ("dp"));
  assert_said (fixture, 0, "RAW!1Accdp");
  for (guint i = 1; i < 4; i++)
    assert_said (fixture, i, NULL);
}

static void
test_channels (Fixture *fixture, gconstpointer data)
{
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_RAW, BYTES ("\xfc"),
        BYTES (RDC "one." RDC_OF_CC2 "two."));
  /* the second field has other data before and between */
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_RAW, BYTES ("\xfd"),
        BYTES (RDC_OF_FIELD_2 "three."
                              "\x01\x03XDS."
                              "\x0f\x1d"
                              "\x1d\x29"
                              "four"));
  assert_said (fixture, 0, "one.");
  assert_said (fixture, 1, "two.");
  assert_said (fixture, 2, "three.");
  assert_said (fixture, 3, "four");
}

/* What is cut off, or not of line 21, is left out. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_CDP, BYTES ("\x96"), BYTES ("ab"));
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_CDP, BYTES ("\x96\x69\x0c\x3f\x77\x00\x00\x71"),
        BYTES ("ab"));
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_RAW, BYTES ("\xfe"), BYTES ("ab"));
  push (fixture, GST_VIDEO_CAPTION_TYPE_CEA708_RAW, BYTES ("\xf8"), BYTES (RDC "ab"));
  for (guint i = 0; i < 4; i++)
    assert_said (fixture, i, NULL);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/closed-captions/ways", Fixture, NULL, set_up, test_ways, tear_down);
  g_test_add ("/closed-captions/channels", Fixture, NULL, set_up, test_channels, tear_down);
  g_test_add ("/closed-captions/damage", Fixture, NULL, set_up, test_damage, tear_down);
  return g_test_run ();
}
