/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/packet-tap.h"

#include <string.h>

static GstBuffer *
new_packet (const char *text)
{
  return gst_buffer_new_memdup (text, strlen (text));
}

static void
note (const guint8 *bytes, gsize size, gpointer data)
{
  g_string_append_printf (data, "%.*s,", (int) size, (const char *) bytes);
}

static void
free_cb (gpointer data)
{
  g_string_append ((GString *) data, "end");
}

/* Each packet is seen once, in its order, before it goes on; none once the tap is removed. */
static void
test_order (void)
{
  g_autoptr (GstPad) pad = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  g_autoptr (GString) seen = g_string_new (NULL);
  GstBufferList *list = gst_buffer_list_new ();
  GstSegment segment;
  gulong tap;

  gst_pad_set_active (pad, TRUE);
  gst_pad_push_event (pad, gst_event_new_stream_start ("test"));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (pad, gst_event_new_segment (&segment));
  tap = lec_packet_tap_add (pad, note, seen, free_cb);
  gst_pad_push (pad, new_packet ("one"));
  gst_buffer_list_add (list, new_packet ("two"));
  gst_buffer_list_add (list, new_packet ("three"));
  gst_buffer_list_add (list, new_packet ("four"));
  gst_pad_push_list (pad, list);
  g_assert_cmpstr (seen->str, ==, "one,two,three,four,");
  gst_pad_remove_probe (pad, tap);
  gst_pad_push (pad, new_packet ("five"));
  g_assert_cmpstr (seen->str, ==, "one,two,three,four,end");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/packet-tap/order", test_order);
  return g_test_run ();
}
