/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file of media, without a server that has it: what is known before anything has come. That it
 * plays is told by player-web-test. */
#include "play/media-file.h"

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
  LecMediaFile *file
      = lec_media_file_new (pipeline, "http://192.0.2.1/x.webm", 1500000, 0, &callbacks, NULL);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/media-file/nothing-yet", test_nothing_yet);
  return g_test_run ();
}
