/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/late-guard.h"

static GstClockTimeDiff heard;
static GstClockTime heard_time;

static gboolean
event_cb (GstPad *pad, GstObject *parent, GstEvent *event)
{
  double proportion;

  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS)
    gst_event_parse_qos (event, NULL, &proportion, &heard, &heard_time);
  gst_event_unref (event);
  return TRUE;
}

/* A decoder hears how late it is, and never that it is very late; what is early is told as it is.
 */
static void
test_rows (void)
{
  static const struct
  {
    gint64 late_ms, told_ms;
  } rows[] = { { -400, -400 }, { 0, 0 }, { 30, 30 }, { 100, 100 }, { 101, 100 }, { 10000, 100 } };
  GstPad *decoder = gst_pad_new ("decoder", GST_PAD_SRC);
  GstPad *sink = gst_pad_new ("sink", GST_PAD_SINK);

  gst_pad_set_event_function (decoder, event_cb);
  gst_pad_set_active (decoder, TRUE);
  gst_pad_set_active (sink, TRUE);
  g_assert_cmpint (gst_pad_link (decoder, sink), ==, GST_PAD_LINK_OK);
  lec_late_guard_attach (decoder);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstEvent *event = gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 1.5, rows[i].late_ms * GST_MSECOND,
                                         20 * GST_SECOND);

    g_assert_true (gst_pad_push_event (sink, event));
    g_assert_cmpint (heard, ==, rows[i].told_ms * (GstClockTimeDiff) GST_MSECOND);
    g_assert_cmpuint (heard_time, ==, 20 * GST_SECOND);
  }
  gst_object_unref (decoder);
  gst_object_unref (sink);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/late-guard/rows", test_rows);
  return g_test_run ();
}
