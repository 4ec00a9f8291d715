/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/loss-marks.h"

#include <stdio.h>
#include <string.h>

/* A script is a list of packets `SEQUENCE:PTS`, with "*" behind it for the marker; then what is
 * missing of the pictures 1, 2, 3...: '.' nothing, '<' something in front, '!' something within. */
static const struct
{
  const char *story;
  const char *script;
  const char *expected;
} rows[] = {
  { "all there", "5:1 6:1* 7:2 8:2*", "<." },
  { "the front of the first is not known", "5:1", "<" },
  { "in the middle", "5:1 6:1* 7:2 9:2* 10:3*", "<!." },
  { "at the end", "5:1* 6:2 7:2 9:3 10:3* 11:4*", "<!<." },
  { "between two", "5:1* 6:2 7:2* 9:3 10:3*", "<.<" },
  { "a picture and more", "5:1* 6:2 9:4* 10:5*", "<!.<." },
  { "no markers", "5:1 6:1 7:2 8:2 9:3", "<.." },
  { "no markers, between two", "5:1 6:2 8:3 9:4", "<!<." },
  { "in front and in the middle", "5:1* 7:2 9:2*", "<!" },
  { "the numbers begin again", "65534:1 65535:1* 0:2 1:2* 3:3*", "<.<" },
  { "a station that begins anew", "60000:1* 100:2 101:2* 102:3*", "<<." },
  { "what came by before", "5:1* 6:2 7:2* 6:2 7:2* 8:3*", "<.." },
};

static GstBuffer *
buffer_of (const char *word)
{
  unsigned int sequence, pts;
  guint8 bytes[12] = { 0x80, 96 };
  GstBuffer *buffer;

  g_assert_cmpint (sscanf (word, "%u:%u", &sequence, &pts), ==, 2);
  bytes[1] |= g_str_has_suffix (word, "*") ? 0x80 : 0;
  bytes[2] = (guint8) (sequence >> 8);
  bytes[3] = (guint8) sequence;
  buffer = gst_buffer_new_memdup (bytes, sizeof bytes);
  GST_BUFFER_PTS (buffer) = pts;
  return buffer;
}

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
begin (GstPad *pad)
{
  GstSegment segment;

  gst_pad_set_chain_function (pad, chain_cb);
  gst_pad_set_active (pad, TRUE);
  gst_pad_send_event (pad, gst_event_new_stream_start ("x"));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_send_event (pad, gst_event_new_segment (&segment));
}

/* @in_list: all at once, as a list that the pad takes apart */
static void
play (const char *script, gboolean in_list, GstPad *pad)
{
  g_auto (GStrv) words = g_strsplit (script, " ", -1);
  GstBufferList *list = gst_buffer_list_new ();

  for (guint i = 0; words[i] != NULL; i++) {
    GstBuffer *buffer = buffer_of (words[i]);

    if (in_list)
      gst_buffer_list_insert (list, -1, buffer);
    else
      gst_pad_chain (pad, buffer);
  }
  gst_pad_chain_list (pad, list);
}

static void
test_row (gconstpointer data)
{
  static const char signs[]
      = { [LEC_LOSS_NONE] = '.', [LEC_LOSS_BEFORE] = '<', [LEC_LOSS_WITHIN] = '!' };
  const typeof (rows[0]) *row = data;

  for (guint in_list = 0; in_list < 2; in_list++) {
    GstPad *pad = gst_pad_new ("sink", GST_PAD_SINK);
    g_autoptr (LecLossMarks) losses = lec_loss_marks_new (pad);
    g_autoptr (GString) found = g_string_new (NULL);

    begin (pad);
    play (row->script, in_list, pad);
    gst_pad_set_active (pad, FALSE);
    for (guint i = 1; i <= strlen (row->expected); i++)
      g_string_append_c (found, signs[lec_loss_marks_find (losses, i)]);
    g_assert_cmpstr (found->str, ==, row->expected);
    g_assert_finalize_object (pad);
  }
}

/* No time, or noise: nothing is known, and nothing breaks. */
static void
test_noise (void)
{
  GstPad *pad = gst_pad_new ("sink", GST_PAD_SINK);
  g_autoptr (LecLossMarks) losses = lec_loss_marks_new (pad);
  GstBuffer *timeless = buffer_of ("9:7");

  begin (pad);
  play ("5:1*", FALSE, pad);
  gst_pad_chain (pad, gst_buffer_new_memdup ("\x80\x60\0", 3));
  gst_pad_chain (pad, gst_buffer_new ());
  GST_BUFFER_PTS (timeless) = GST_CLOCK_TIME_NONE;
  gst_pad_chain (pad, timeless);
  g_assert_cmpint (lec_loss_marks_find (losses, GST_CLOCK_TIME_NONE), ==, LEC_LOSS_NONE);
  gst_pad_set_active (pad, FALSE);
  g_assert_finalize_object (pad);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/loss-marks/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/loss-marks/noise", test_noise);
  return g_test_run ();
}
