/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/whole-units.h"

#include <gst/check/gstharness.h>

#define H264 "video/x-h264,stream-format=byte-stream,alignment=nal"
#define UNSAID "video/x-h264,stream-format=byte-stream"
#define H265 "video/x-h265,stream-format=byte-stream,alignment=nal"

/* a delimiter, the first slice of a picture, and another one of it */
#define AUD "\0\0\0\1\x09\xf0"
#define FIRST "\0\0\1\x65\x88\x80"
#define OTHER "\0\0\1\x65\x40\x80"
#define FIRST_265 "\0\0\1\x26\x01\xaf"
#define OTHER_265 "\0\0\1\x26\x01\x6f"

#define BYTES(text) text, sizeof text - 1

static const struct
{
  const char *story;
  const char *caps;
  const char *bytes;
  gsize size;
  const char *said; /* before they come */
  const char *left; /* with them */
} rows[] = {
  { "a picture in each", H264, BYTES (AUD FIRST), "au", "au" },
  { "of several slices", H264, BYTES (AUD FIRST OTHER OTHER), "au", "au" },
  { "two pictures in one", H264, BYTES (AUD FIRST AUD FIRST), "au", "nal" },
  { "the rest of one", H264, BYTES (OTHER), "au", "nal" },
  { "none", H264, BYTES (AUD), "au", "nal" },
  { "nothing that can be read", H264, BYTES ("garbage"), "au", "nal" },
  { "a slice without contents", H264, BYTES ("\0\0\1\x65"), "au", "nal" },
  { "H.265", H265, BYTES (FIRST_265 OTHER_265), "au", "au" },
  { "H.265, two pictures", H265, BYTES (FIRST_265 FIRST_265), "au", "nal" },
  { "of tsdemux", UNSAID, BYTES (AUD FIRST), "au", "au" },
  { "of tsdemux, the rest of one", UNSAID, BYTES (OTHER), "au", NULL },
  { "what is whole by itself", "video/x-h264,stream-format=byte-stream,alignment=au", BYTES (OTHER),
    "au", "au" },
  { "no byte stream", "video/x-h264,stream-format=avc,alignment=nal", BYTES (OTHER), "nal", "nal" },
  { "no video", "audio/mpeg,alignment=nal", BYTES (OTHER), "nal", "nal" },
};

static void
assert_alignment (GstHarness *harness, const char *expected)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (harness->sinkpad);

  g_assert_cmpstr (gst_structure_get_string (gst_caps_get_structure (caps, 0), "alignment"), ==,
                   expected);
}

static void
push (GstHarness *harness, const char *bytes, gsize size)
{
  GstBuffer *out;

  gst_harness_push (harness, gst_buffer_new_memdup (bytes, size));
  out = gst_harness_pull (harness);
  g_assert_cmpint (gst_buffer_memcmp (out, 0, bytes, size), ==, 0); /* it is not touched */
  gst_buffer_unref (out);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstHarness *harness = gst_harness_new ("identity");
    g_autoptr (GstPad) pad = gst_element_get_static_pad (harness->element, "sink");

    lec_whole_units_claim (pad);
    gst_harness_set_src_caps_str (harness, rows[i].caps);
    assert_alignment (harness, rows[i].said);
    push (harness, rows[i].bytes, rows[i].size);
    assert_alignment (harness, rows[i].left);
    gst_harness_teardown (harness);
  }
}

/* What was wrong once is not claimed again, whatever comes. */
static void
test_once (void)
{
  GstHarness *harness = gst_harness_new ("identity");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (harness->element, "sink");

  lec_whole_units_claim (pad);
  gst_harness_set_src_caps_str (harness, H264);
  push (harness, BYTES (AUD FIRST));
  assert_alignment (harness, "au");
  push (harness, BYTES (AUD FIRST AUD FIRST));
  assert_alignment (harness, "nal");
  push (harness, BYTES (AUD FIRST));
  gst_harness_set_src_caps_str (harness, H264 ",width=64");
  push (harness, BYTES (AUD FIRST));
  assert_alignment (harness, "nal");
  gst_harness_teardown (harness);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/whole-units/rows", test_rows);
  g_test_add_func ("/whole-units/once", test_once);
  return g_test_run ();
}
