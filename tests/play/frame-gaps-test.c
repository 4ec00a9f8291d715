/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How often a decoder gets what comes behind a gap. What becomes of it in real decoders:
 * start-gate-decode-test. */
#include "play/frame-gaps.h"

#include "coded-video.h"

#define SLICE 1
#define IDR 5

typedef struct
{
  Slice slice;
  guint n_given;
} Picture;

static const struct
{
  const char *name;
  guint n_references;
  Picture pictures[8]; /* ended by one that is given 0 times */
} rows[] = {
  { "from an idr", 4, { { { IDR, 3, 7, 0 }, 1 }, { { SLICE, 2, 5, 1 }, 1 } } },
  { "from a recovery point",
    4,
    { { { SLICE, 2, 7, 20 }, 3 }, { { SLICE, 2, 5, 21 }, 1 }, { { SLICE, 2, 5, 22 }, 1 } } },
  { "few references", 1, { { { SLICE, 2, 7, 20 }, 1 }, { { SLICE, 2, 5, 21 }, 1 } } },
  { "two references", 2, { { { SLICE, 2, 7, 20 }, 2 }, { { SLICE, 2, 5, 21 }, 1 } } },
  { "many references", 16, { { { SLICE, 2, 7, 200 }, 9 }, { { SLICE, 2, 5, 201 }, 1 } } },
  { "behind what nobody refers to",
    4,
    { { { IDR, 3, 7, 0 }, 1 },
      { { SLICE, 0, 6, 1 }, 1 },
      { { SLICE, 0, 6, 1 }, 1 },
      { { SLICE, 2, 5, 1 }, 1 },
      { { SLICE, 0, 6, 2 }, 1 } } },
  { "losses",
    4,
    { { { IDR, 3, 7, 0 }, 1 },
      { { SLICE, 2, 5, 2 }, 1 },
      { { SLICE, 2, 5, 5 }, 2 },
      { { SLICE, 2, 5, 90 }, 3 },
      { { SLICE, 0, 6, 93 }, 2 } } },
  { "numbers that wrap",
    4,
    { { { IDR, 3, 7, 0 }, 1 },
      { { SLICE, 2, 5, 1 }, 1 },
      { { SLICE, 2, 5, 255 }, 3 },
      { { SLICE, 2, 5, 0 }, 1 },
      { { SLICE, 2, 5, 3 }, 2 } } },
};

typedef struct
{
  GstElement *decoder; /* passes on what it gets */
  GstPad *src;
  GstPad *sink;
  guint n_given;
  guint n_out;
} Fixture;

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Fixture *self = gst_pad_get_element_private (pad);

  self->n_out++;
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
given_cb (GstElement *decoder, GstBuffer *buffer, Fixture *self)
{
  self->n_given++;
}

static void
set_up (Fixture *self)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-h264,stream-format=byte-stream");
  g_autoptr (GstPad) decoder_sink = NULL;
  g_autoptr (GstPad) decoder_src = NULL;
  GstSegment segment;

  *self = (Fixture){ .decoder = gst_element_factory_make ("identity", NULL) };
  gst_object_ref_sink (self->decoder);
  g_signal_connect (self->decoder, "handoff", G_CALLBACK (given_cb), self);
  decoder_sink = gst_element_get_static_pad (self->decoder, "sink");
  decoder_src = gst_element_get_static_pad (self->decoder, "src");
  self->src = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  self->sink = gst_object_ref_sink (gst_pad_new ("sink", GST_PAD_SINK));
  gst_pad_set_element_private (self->sink, self);
  gst_pad_set_chain_function (self->sink, chain_cb);
  gst_pad_set_active (self->sink, TRUE);
  gst_pad_set_active (self->src, TRUE);
  lec_frame_gaps_mend (self->decoder);
  gst_pad_link (self->src, decoder_sink);
  gst_pad_link (decoder_src, self->sink);
  gst_element_set_state (self->decoder, GST_STATE_PLAYING);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("x"));
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
}

static void
tear_down (Fixture *self)
{
  gst_element_set_state (self->decoder, GST_STATE_NULL);
  gst_object_unref (self->decoder);
  gst_object_unref (self->src);
  gst_object_unref (self->sink);
}

static void
push (Fixture *self, Unit *unit, GstClockTime pts)
{
  GstBuffer *buffer = gst_buffer_new_memdup (unit->data, unit->len);

  GST_BUFFER_PTS (buffer) = pts;
  g_assert_cmpint (gst_pad_push (self->src, buffer), ==, GST_FLOW_OK);
}

static void
test_row (gconstpointer data)
{
  const gsize row = GPOINTER_TO_SIZE (data);
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows[row].pictures) && rows[row].pictures[i].n_given > 0;
       i++) {
    g_autoptr (GByteArray) unit = unit_new ();

    if (i == 0) {
      unit_add_h264_sequence_set_with (unit, 0, rows[row].n_references);
      unit_add_h264_picture_set (unit, 0, 0);
    }
    unit_add_h264_slice (unit, rows[row].pictures[i].slice);
    fixture.n_given = fixture.n_out = 0;
    push (&fixture, unit, i * GST_MSECOND);
    g_assert_cmpuint (fixture.n_given, ==, rows[row].pictures[i].n_given);
    g_assert_cmpuint (fixture.n_out, ==, 1);
  }
  tear_down (&fixture);
}

/* Whatever is no picture goes through once. */
static void
test_other (void)
{
  g_autoptr (GByteArray) delimiter = unit_new ();
  g_autoptr (GByteArray) unknown = unit_new ();
  g_autoptr (GByteArray) sets = unit_new ();
  Unit *units[] = { unknown, delimiter, sets };
  Fixture fixture;

  unit_add_h264_delimiter (delimiter);
  unit_add_h264_slice (unknown, (Slice){ SLICE, 2, 5, 20 }); /* of sets that have not come */
  unit_add_h264_sequence_set_with (sets, 0, 4);
  set_up (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    push (&fixture, units[i], i * GST_MSECOND);
  g_assert_cmpuint (fixture.n_given, ==, 3);
  g_assert_cmpuint (fixture.n_out, ==, 3);
  tear_down (&fixture);
}

static void
test_trouble (void)
{
  g_autoptr (GstElement) other = gst_object_ref_sink (gst_element_factory_make ("identity", NULL));

  g_assert_false (lec_frame_gaps_are_trouble (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/frame-gaps/%s", rows[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
  }
  g_test_add_func ("/frame-gaps/other", test_other);
  g_test_add_func ("/frame-gaps/trouble", test_trouble);
  return g_test_run ();
}
