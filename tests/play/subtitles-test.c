/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/subtitles.h"

#include <string.h>

#include "play/caption-choice.h"

#define BITMAPS "subpicture/x-dvb"
#define PID 0x0142
#define PAGE 1
#define PATIENCE_US (10 * G_TIME_SPAN_SECOND)

/* A page of one region of 2 x 2, white; one without any. */
#define HEAD "\x20\x00"
#define NOTHING HEAD "\x0F\x10\x00\x01\x00\x02\x05\x08"
static const guint8 shown[]
    = HEAD "\x0F\x10\x00\x01\x00\x08\x05\x08\x07\x00\x00\x64\x00\xC8"
           "\x0F\x11\x00\x01\x00\x0A\x07\x08\x00\x02\x00\x02\x0C\x03\x01\x00"
           "\x0F\x12\x00\x01\x00\x08\x03\x00\x01\x21\xEB\x80\x80\x00\xFF";

typedef struct
{
  GstElement *pipeline;
  LecSubtitles *subtitles;
  GstPad *pads[2];
} Fixture;

static GstPad *
new_pad (Fixture *fixture, const char *name, const char *caps_text)
{
  GstPad *pad = gst_pad_new (name, GST_PAD_SRC);
  g_autoptr (GstCaps) caps = gst_caps_from_string (caps_text);
  GstSegment segment;

  gst_pad_set_active (pad, TRUE);
  g_assert_true (lec_subtitles_takes (caps));
  lec_subtitles_add (fixture->subtitles, pad);
  g_assert_true (gst_pad_is_linked (pad));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (pad, gst_event_new_stream_start (name));
  gst_pad_push_event (pad, gst_event_new_caps (caps));
  gst_pad_push_event (pad, gst_event_new_segment (&segment));
  return pad;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->pipeline = gst_pipeline_new (NULL);
  gst_element_set_state (fixture->pipeline, GST_STATE_PLAYING);
  fixture->subtitles = lec_subtitles_new (GST_BIN (fixture->pipeline));
  fixture->pads[0] = new_pad (fixture, "subpicture_0_0142", BITMAPS);
  fixture->pads[1] = new_pad (fixture, "subpicture_0_0143", BITMAPS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
  lec_subtitles_free (fixture->subtitles);
  for (guint i = 0; i < 2; i++) {
    gst_pad_set_active (fixture->pads[i], FALSE);
    gst_object_unref (fixture->pads[i]);
  }
  gst_object_unref (fixture->pipeline);
}

static void
push (GstPad *pad, const void *data, gsize size, GstClockTime due)
{
  GstBuffer *buffer = gst_buffer_new_memdup (data, size);

  GST_BUFFER_PTS (buffer) = due;
  g_assert_cmpint (gst_pad_push (pad, buffer), ==, GST_FLOW_OK);
}

/* Returns: (transfer full) (nullable): what is to be read from the next change on */
static LecCaptionPicture *
await_change (Fixture *fixture)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  LecCaptionPicture *picture = NULL;
  g_autofree char *text = NULL;

  while (!lec_subtitles_take (fixture->subtitles, &text, &picture)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
  return picture;
}

/* Only what is chosen is read. */
static void
test_choice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecCaptionPicture) first = NULL;
  LecCaptionPicture *nothing;

  lec_subtitles_choose (fixture->subtitles, LEC_CAPTIONS_SUBTITLES_ID (PID, PAGE));
  nothing = await_change (fixture);
  g_assert_null (nothing);
  push (fixture->pads[1], NOTHING, sizeof NOTHING - 1, 0);
  push (fixture->pads[0], shown, sizeof shown - 1, 0);
  first = await_change (fixture);
  g_assert_nonnull (first);
  g_assert_cmpuint (first->width, ==, 2);
  g_assert_cmpuint (first->height, ==, 2);
  g_assert_cmpuint (first->display_width, ==, 720);

  lec_subtitles_choose (fixture->subtitles, 0);
  nothing = await_change (fixture);
  g_assert_null (nothing);
}

/* A time that damage has made holds up nothing. */
static void
test_far_ahead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecCaptionPicture) picture = NULL;

  lec_subtitles_choose (fixture->subtitles, LEC_CAPTIONS_SUBTITLES_ID (PID, PAGE));
  g_assert_null (await_change (fixture));
  push (fixture->pads[0], NOTHING, sizeof NOTHING - 1, GST_SECOND * 3600);
  push (fixture->pads[0], shown, sizeof shown - 1, 0);
  picture = await_change (fixture);
  g_assert_nonnull (picture);
}

/* Another program has others, and those before make room. */
static void
test_program (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++) {
    g_autoptr (GstPad) sink = gst_pad_get_peer (fixture->pads[0]);

    gst_pad_unlink (fixture->pads[0], sink);
    gst_pad_set_active (fixture->pads[0], FALSE);
    gst_object_unref (fixture->pads[0]);
    fixture->pads[0] = new_pad (fixture, "subpicture_0_0142", BITMAPS);
  }
  g_assert_cmpint (GST_BIN_NUMCHILDREN (fixture->pipeline), ==, 4);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/subtitles/choice", Fixture, NULL, set_up, test_choice, tear_down);
  g_test_add ("/subtitles/far-ahead", Fixture, NULL, set_up, test_far_ahead, tear_down);
  g_test_add ("/subtitles/program", Fixture, NULL, set_up, test_program, tear_down);
  return g_test_run ();
}
