/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/repeated-sets.h"

#include <stdio.h>
#include <string.h>

/* A script is a list of packets `TIMESTAMP:PAYLOAD`, with "*" behind it for the marker; what comes
 * out has the same form. A payload is in hexadecimal digits. */
typedef struct
{
  const char *story;
  const char *encoding;
  const char *script;
  const char *outcome;
} Row;

static const Row rows[] = {
  { "in front of each slice of a key frame, over and over", "H264",
    "0:67aa 0:68bb 0:6501 0:67aa 0:68bb 0:6502* 9:4101 9:4102* 18:67aa 18:68bb 18:6501 18:67aa "
    "18:6502*",
    "0:67aa 0:68bb 0:6501 0:6caa 0:6cbb 0:6502* 9:4101 9:4102* 18:67aa 18:68bb 18:6501 18:6caa "
    "18:6502*" },
  { "a set that is new", "H264", "0:67aa 0:6501 0:67ab 0:6502*", "0:67aa 0:6501 0:67ab 0:6502*" },
  { "fragments are slices", "H264", "0:67aa 0:7c8501 0:67aa*", "0:67aa 0:7c8501 0:6caa*" },
  { "fragments of something else are not", "H264", "0:67aa 0:7c8601 0:67aa*",
    "0:67aa 0:7c8601 0:67aa*" },
  { "several in one packet", "H264",
    "0:78000267aa000268bb 0:78000265010002"
    "67aa00026502*",
    "0:78000267aa000268bb 0:78000265010002"
    "6caa00026502*" },
  { "a packet that is cut short", "H264", "0:67aa 0:6501 0:78000367aa*",
    "0:67aa 0:6501 0:78000367aa*" },
  { "all pictures of one time", "H264", "0:67aa 0:6501* 0:67aa 0:6502*",
    "0:67aa 0:6501* 0:67aa 0:6502*" },
  { "no marker, another time", "H264", "0:67aa 0:6501 9:67aa 9:6502",
    "0:67aa 0:6501 9:67aa 9:6502" },
  { "H.265", "H265", "0:4001aa 0:4201bb 0:4401cc 0:2601dd 0:4001aa 0:4201bb 0:4401cc 0:2601ee*",
    "0:4001aa 0:4201bb 0:4401cc 0:2601dd 0:4c01aa 0:4c01bb 0:4c01cc 0:2601ee*" },
  { "H.265, fragment", "H265", "0:4201bb 0:620193dd 0:4201bb*", "0:4201bb 0:620193dd 0:4c01bb*" },
  { "another codec", "VP8", "0:67aa 0:6501 0:67aa*", "0:67aa 0:6501 0:67aa*" },
  { "nothing inside", "H264", "0: 0:67* 0:67aa*", "0: 0:67* 0:67aa*" },
};

static GstBuffer *
buffer_of (const char *word, guint8 sequence)
{
  guint8 bytes[64] = { 0x80, 96 };
  unsigned int timestamp;
  const char *digits = strchr (word, ':') + 1;
  guint size = 12;

  g_assert_cmpint (sscanf (word, "%u:", &timestamp), ==, 1);
  bytes[3] = sequence;
  bytes[7] = (guint8) timestamp;
  for (; g_ascii_isxdigit (digits[0]); digits += 2)
    bytes[size++]
        = (guint8) (g_ascii_xdigit_value (digits[0]) << 4 | g_ascii_xdigit_value (digits[1]));
  if (*digits == '*')
    bytes[1] |= 0x80;
  return gst_buffer_new_memdup (bytes, size);
}

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  GString *text = gst_pad_get_element_private (pad);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_READ);
  g_string_append_printf (text, "%s%u:", text->len > 0 ? " " : "", map.data[7]);
  for (gsize i = 12; i < map.size; i++)
    g_string_append_printf (text, "%02x", map.data[i]);
  if ((map.data[1] & 0x80) != 0)
    g_string_append_c (text, '*');
  gst_buffer_unmap (buffer, &map);
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

/* @in_lists: whether packets come in lists of three */
static void
run (const Row *row, gboolean in_lists)
{
  GstPad *src = gst_pad_new ("src", GST_PAD_SRC), *sink = gst_pad_new ("sink", GST_PAD_SINK);
  g_auto (GStrv) words = g_strsplit (row->script, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("application/x-rtp", "encoding-name",
                                                  G_TYPE_STRING, row->encoding, NULL);
  GstBufferList *list = NULL;
  GstSegment segment;

  gst_pad_set_element_private (sink, text);
  gst_pad_set_chain_function (sink, chain_cb);
  lec_repeated_sets_hide (sink, caps);
  gst_pad_link (src, sink);
  gst_pad_set_active (sink, TRUE);
  gst_pad_set_active (src, TRUE);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (src, gst_event_new_stream_start ("x"));
  gst_pad_push_event (src, gst_event_new_caps (caps));
  gst_pad_push_event (src, gst_event_new_segment (&segment));
  for (guint i = 0; words[i] != NULL; i++) {
    if (!in_lists) {
      g_assert_cmpint (gst_pad_push (src, buffer_of (words[i], (guint8) i)), ==, GST_FLOW_OK);
      continue;
    }
    if (list == NULL)
      list = gst_buffer_list_new ();
    gst_buffer_list_add (list, buffer_of (words[i], (guint8) i));
    if (words[i + 1] == NULL || i % 3 == 2)
      g_assert_cmpint (gst_pad_push_list (src, g_steal_pointer (&list)), ==, GST_FLOW_OK);
  }
  g_assert_cmpstr (text->str, ==, row->outcome);
  gst_pad_set_active (src, FALSE);
  gst_pad_set_active (sink, FALSE);
  g_assert_finalize_object (src);
  g_assert_finalize_object (sink);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].story);
    run (&rows[i], FALSE);
    run (&rows[i], TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/repeated-sets/rows", test_rows);
  return g_test_run ();
}
