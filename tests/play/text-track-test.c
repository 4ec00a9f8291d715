/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/text-track.h"

#include <string.h>

#define T140                                                                                       \
  "application/x-rtp, media=(string)text, encoding-name=(string)T140, clock-rate=(int)1000"
#define RED "application/x-rtp, media=(string)text, encoding-name=(string)RED, clock-rate=(int)1000"

static void
test_takes (void)
{
  static const struct
  {
    const char *caps;
    gboolean takes;
  } rows[] = {
    { T140, TRUE },
    { RED, TRUE },
    { "application/x-rtp, media=(string)audio, encoding-name=(string)RED", FALSE },
    { "application/x-rtp, media=(string)text, encoding-name=(string)X-OTHER", FALSE },
    { "application/x-rtp, media=(string)text", FALSE },
    { "video/mpegts", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstCaps) caps = gst_caps_from_string (rows[i].caps);

    g_assert_cmpint (lec_text_track_takes (caps), ==, rows[i].takes);
  }
  g_assert_true (lec_text_track_knows ("t140"));
  g_assert_false (lec_text_track_knows ("red"));
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  char *text;
} Reader;

static void
changed_cb (const char *text, gpointer data)
{
  Reader *reader = data;

  g_mutex_lock (&reader->mutex);
  g_free (reader->text);
  reader->text = g_strdup (text);
  g_cond_signal (&reader->cond);
  g_mutex_unlock (&reader->mutex);
}

static void
await_text (Reader *reader, const char *text)
{
  g_mutex_lock (&reader->mutex);
  while (g_strcmp0 (reader->text, text) != 0)
    g_cond_wait (&reader->cond, &reader->mutex);
  g_mutex_unlock (&reader->mutex);
}

static void
set_caps (GstPad *pad, const char *description)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (description);

  g_assert_true (gst_pad_push_event (pad, gst_event_new_caps (caps)));
}

static void
push (GstPad *pad, guint8 sequence, const char *payload, gsize length)
{
  const guint8 header[] = { 0x80, 98, 0, sequence, 0, 0, 0, 0, 0, 0, 0, 1 };
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, sizeof header + length, NULL);

  gst_buffer_fill (buffer, 0, header, sizeof header);
  gst_buffer_fill (buffer, sizeof header, payload, length);
  GST_BUFFER_PTS (buffer) = 0;
  g_assert_cmpint (gst_pad_push (pad, buffer), ==, GST_FLOW_OK);
}

/* Packets of either kind, and some that are none. */
static void
test_read (void)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstPad *pad = gst_pad_new ("src", GST_PAD_SRC);
  Reader reader = { 0 };
  LecTrackReport report;
  LecTextTrack *track;
  GstSegment segment;

  g_mutex_init (&reader.mutex);
  g_cond_init (&reader.cond);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_pad_set_active (pad, TRUE);
  track = lec_text_track_new (GST_BIN (pipeline), pad, changed_cb, &reader);
  lec_text_track_report (track, &report, g_get_monotonic_time () + G_USEC_PER_SEC);
  g_assert_cmpint (report.media, ==, LEC_MEDIA_TEXT);
  g_assert_cmpint (report.state, ==, LEC_TRACK_WAITING);
  g_assert_cmpint (report.wait, ==, LEC_TRACK_WAIT_PACKETS);
  g_assert_cmpint (report.wait_ns, >=, GST_SECOND);

  gst_pad_push_event (pad, gst_event_new_stream_start ("text"));
  set_caps (pad, T140);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (pad, gst_event_new_segment (&segment));
  push (pad, 1, "one ", 4);
  await_text (&reader, "one ");
  set_caps (pad, RED);
  push (pad, 3, "\x62", 1); /* empty: nobody types, but a packet is missing */
  await_text (&reader, "one \357\277\275");
  push (pad, 5, "\xe2\0\0\4\x62two three", 14);
  push (pad, 6, "\xe2\xff", 2);
  await_text (&reader, "one \357\277\275two three");

  lec_text_track_report (track, &report, g_get_monotonic_time ());
  g_assert_cmpint (report.state, ==, LEC_TRACK_PLAYING);
  g_assert_cmpuint (report.counts.decoded, ==, 3);
  g_assert_cmpuint (lec_text_track_get_decoded (track), ==, 3);
  g_assert_cmpstr (report.codec, ==, "T.140");
  gst_element_set_state (pipeline, GST_STATE_NULL);
  lec_text_track_free (track);
  gst_object_unref (pipeline);
  gst_pad_set_active (pad, FALSE);
  gst_object_unref (pad);
  g_free (reader.text);
  g_mutex_clear (&reader.mutex);
  g_cond_clear (&reader.cond);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/text-track/takes", test_takes);
  g_test_add_func ("/text-track/read", test_read);
  return g_test_run ();
}
