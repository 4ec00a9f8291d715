/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A demultiplexer with a transport stream that is made up: which pads its owner is given. */
#include "play/demux.h"

#include "support/ts-station.h"

#define H264 0x1b
#define AAC 0x0f
#define MPEG2 0x02
#define MPA 0x03

typedef struct
{
  GstElement *pipeline;
  LecDemux *demux;
  GstPad *src;
  TsMux mux;
  TsPlan plan;
  GPtrArray *given; /* of GstPad, owned: in the order in which they were given */
} Fixture;

static guint
count_there (Fixture *self)
{
  guint there = 0;

  for (guint i = 0; i < self->given->len; i++)
    there += GST_OBJECT_PARENT (self->given->pdata[i]) != NULL;
  return there;
}

/* Whose place it takes has left it by then. */
static void
added_cb (LecDemux *demux, GstPad *pad, gpointer data)
{
  Fixture *self = data;

  g_ptr_array_add (self->given, gst_object_ref (pad));
  g_assert_cmpuint (count_there (self), <=, 2);
}

static const LecDemuxCallbacks callbacks = { added_cb };

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GstCaps) caps
      = gst_caps_from_string ("video/mpegts, systemstream=true, packetsize=188");
  GstSegment segment;

  self->given = g_ptr_array_new_with_free_func (gst_object_unref);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->demux = lec_demux_new (GST_BIN (self->pipeline), &callbacks, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  self->src = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  gst_pad_set_active (self->src, TRUE);
  g_assert_cmpint (gst_pad_link (self->src, lec_demux_get_branch (self->demux)->inlet), ==,
                   GST_PAD_LINK_OK);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("test"));
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
  ts_mux_init (&self->mux);
  self->plan.programs[0] = (TsProgram){
    .number = 1,
    .pmt_pid = 0x20,
    .pcr_pid = 0x40,
    .streams
    = { { .pid = 0x40, .type = H264, .packets = 4 }, { .pid = 0x41, .type = AAC, .packets = 2 } },
  };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_branch_close (lec_demux_get_branch (self->demux));
  gst_pad_set_active (self->src, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_demux_free (self->demux);
  ts_mux_clear (&self->mux);
  g_ptr_array_unref (self->given);
  gst_object_unref (self->src);
  gst_object_unref (self->pipeline);
}

static void
send (Fixture *self, guint turns)
{
  for (guint i = 0; i < turns; i++) {
    GstBuffer *buffer;

    g_byte_array_set_size (self->mux.bytes, 0);
    ts_mux_run (&self->mux, &self->plan, 1);
    buffer = gst_buffer_new_memdup (self->mux.bytes->data, self->mux.bytes->len);
    GST_BUFFER_DTS (buffer) = GST_BUFFER_PTS (buffer)
        = (GstClockTime) (self->mux.clock * 1000 / 27);
    g_assert_cmpint (gst_pad_push (self->src, buffer), ==, GST_FLOW_OK);
  }
}

/* A station that begins anew with other codecs, and other PIDs: each medium comes in the place of
 * the one that it is there instead of. */
static void
test_program_begins_anew (Fixture *self, gconstpointer data)
{
  TsProgram *program = &self->plan.programs[0];

  send (self, 50);
  g_assert_cmpuint (self->given->len, ==, 2);
  program->version = 1;
  program->pcr_pid = 0x42;
  program->streams[0] = (TsStream){ .pid = 0x42, .type = MPEG2, .packets = 4 };
  program->streams[1] = (TsStream){ .pid = 0x43, .type = MPA, .packets = 2 };
  send (self, 50);
  g_assert_cmpuint (self->given->len, ==, 4);
  g_assert_cmpuint (count_there (self), ==, 2);
}

/* The picture that was there may be given again beside the sound that joins, but not twice. */
static void
test_sound_joins (Fixture *self, gconstpointer data)
{
  TsProgram *program = &self->plan.programs[0];
  const TsStream sound = program->streams[1];

  program->streams[1] = (TsStream){ 0 };
  send (self, 50);
  g_assert_cmpuint (self->given->len, ==, 1);
  program->version = 1;
  program->streams[1] = sound;
  send (self, 50);
  g_assert_cmpuint (self->given->len, >=, 2);
  g_assert_cmpuint (count_there (self), ==, 2);
}

static GstPadProbeReturn
count_cb (GstPad *pad, GstPadProbeInfo *info, gpointer count)
{
  (*(guint *) count)++;
  return GST_PAD_PROBE_OK;
}

/* Whatever its size, and whether the next one begins or not. */
static void
test_picture_is_whole (Fixture *self, gconstpointer data)
{
  static const guint8 head[184]
      = { 0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, 0x21, 0, 1, 0, 1, 0, 0, 0, 1, 0x65, 0x88 };
  guint units = 0;

  self->plan.programs[0].streams[1] = (TsStream){ 0 };
  send (self, 10);
  g_assert_cmpuint (self->given->len, ==, 1);
  gst_pad_add_probe (self->given->pdata[0], GST_PAD_PROBE_TYPE_BUFFER, count_cb, &units, NULL);
  self->plan.programs[0].streams[0].mute = TRUE;
  send (self, 3);
  for (guint i = 0; i < 8; i++) {
    const guint before = units;
    GstBuffer *buffer;

    g_byte_array_set_size (self->mux.bytes, 0);
    ts_mux_put (&self->mux, 0x40, TRUE, head, sizeof head, -1);
    for (guint j = 0; j < 2 * i; j++)
      ts_mux_put (&self->mux, 0x40, FALSE, head + 4, sizeof head - 4, -1);
    ts_mux_put (&self->mux, 0x40, FALSE, head + 4, 77, -1);
    buffer = gst_buffer_new_memdup (self->mux.bytes->data, self->mux.bytes->len);
    g_assert_cmpint (gst_pad_push (self->src, buffer), ==, GST_FLOW_OK);
    if (i > 3) /* by then it is known how they end */
      g_assert_cmpuint (units, ==, before + 1);
  }
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/demux/program-begins-anew", test_program_begins_anew);
  ADD ("/demux/sound-joins", test_sound_joins);
  ADD ("/demux/picture-is-whole", test_picture_is_whole);
  return g_test_run ();
}
