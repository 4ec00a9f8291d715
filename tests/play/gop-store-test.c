/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* With units written for the purpose, behind a gate: no decoder, no clock. */
#include "play/gop-store.h"

#include <string.h>

#include "coded-video.h"

#define UNIT_NS (40 * GST_MSECOND)

typedef struct
{
  GstPad *src;
  GstPad *sink;
  LecStartGate *gate; /* (nullable) */
  LecGopStore *store;
  GString *pushed;   /* their letters */
  GString *received; /* likewise */
  gsize first_bytes; /* of the first unit that was received since it was cleared */
} Fixture;

static GstStaticPadTemplate sink_template
    = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Fixture *self = gst_pad_get_element_private (pad);

  if (self->first_bytes == 0)
    self->first_bytes = gst_buffer_get_size (buffer);
  g_string_append_c (self->received, self->pushed->str[GST_BUFFER_PTS (buffer) / UNIT_NS]);
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
set_up (Fixture *self, gboolean is_sound)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (
      is_sound ? "audio/x-alaw" : "video/x-h264,stream-format=byte-stream,alignment=au");
  GstSegment segment;

  *self = (Fixture){ .pushed = g_string_new (NULL), .received = g_string_new (NULL) };
  self->src = gst_pad_new ("src", GST_PAD_SRC);
  self->sink = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_element_private (self->sink, self);
  gst_pad_set_chain_function (self->sink, chain_cb);
  g_assert_cmpint (gst_pad_link (self->src, self->sink), ==, GST_PAD_LINK_OK);
  if (!is_sound)
    self->gate = lec_start_gate_new (self->src, NULL);
  self->store = lec_gop_store_new (self->sink, self->gate);
  gst_pad_set_active (self->sink, TRUE);
  gst_pad_set_active (self->src, TRUE);
  g_assert_true (gst_pad_push_event (self->src, gst_event_new_stream_start ("x")));
  g_assert_true (gst_pad_push_event (self->src, gst_event_new_caps (caps)));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_pad_push_event (self->src, gst_event_new_segment (&segment)));
}

static void
tear_down (Fixture *self)
{
  lec_gop_store_free (self->store);
  lec_start_gate_free (self->gate);
  gst_pad_set_active (self->src, FALSE);
  gst_pad_set_active (self->sink, FALSE);
  g_assert_finalize_object (self->src);
  g_assert_finalize_object (self->sink);
  g_string_free (self->pushed, TRUE);
  g_string_free (self->received, TRUE);
}

/* K IDR with parameter sets, k without, G a recovery point of gradual refresh, P any other. */
static Unit *
make_unit (char letter)
{
  Unit *unit = unit_new ();

  if (letter == 'K' || letter == 'G') {
    unit_add_h264_sequence_set (unit, 0);
    unit_add_h264_picture_set (unit, 0, 0);
  }
  if (letter == 'G')
    unit_add_h264_recovery_point (unit, 4, FALSE);
  if (letter == 'K' || letter == 'k')
    unit_add_h264_slice (unit, (Slice){ 5, 3, 7 });
  else
    unit_add_h264_slice (unit, (Slice){ 1, 2, 0, 1 });
  return unit;
}

static void
push (Fixture *self, char letter)
{
  GstBuffer *buffer
      = gst_buffer_new_wrapped_bytes (g_byte_array_free_to_bytes (make_unit (letter)));

  GST_BUFFER_PTS (buffer) = self->pushed->len * UNIT_NS;
  g_string_append_c (self->pushed, letter);
  g_assert_cmpint (gst_pad_push (self->src, buffer), ==, GST_FLOW_OK);
}

/* Letters are units, [ holds, ( closes, ] releases. */
static void
play (Fixture *self, const char *story)
{
  for (const char *at = story; *at != '\0'; at++) {
    if (*at == '[')
      lec_gop_store_hold (self->store);
    else if (*at == '(')
      lec_gop_store_close (self->store);
    else if (*at == ']')
      lec_gop_store_release (self->store);
    else
      push (self, *at);
  }
}

typedef struct
{
  const char *name, *story, *received;
} Row;

static const Row rows[] = {
  { "open", "KPPKP", "KPPKP" },
  { "holds from the next key frame on", "KPP[PPKPP", "KPPPP" },
  { "goes on where it was held", "KPP[PPKPP]PKP", "KPPPPKPPPKP" },
  { "keeps the last group only", "K[PKPPPKP]P", "KPKPP" },
  { "held for nothing", "KP[P]P", "KPPP" },
  { "twice", "K[KP]P[PKP]P", "KKPPPKPP" },
  { "closed", "(KPPKPP", "" },
  { "closed, and released", "(KPPKP]PP", "KPPP" },
  { "closed, and released before anything came", "(]KP", "KP" },
  { "closed between key frames", "KP(PP]PKP", "KPKP" },
  { "a refresh is begun a whole one ahead", "(GPPPPPGPPPPPGP]P", "GPPPPPGPP" },
  { "a key frame needs none", "(GPPPPPKP]P", "KPP" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Fixture self;

  set_up (&self, FALSE);
  play (&self, row->story);
  g_assert_cmpstr (self.received->str, ==, row->received);
  tear_down (&self);
}

/* Whoever begins needs the parameter sets, which came once. */
static void
test_sets (void)
{
  g_autoptr (GstSample) picture = NULL;
  g_autoptr (GByteArray) complete = make_unit ('K');
  const gsize whole = complete->len;
  Fixture self;

  set_up (&self, FALSE);
  play (&self, "K[kP");
  picture = lec_gop_store_dup_key_picture (self.store);
  g_assert_cmpuint (gst_buffer_get_size (gst_sample_get_buffer (picture)), ==, whole);
  self.first_bytes = 0;
  play (&self, "]");
  g_assert_cmpuint (self.first_bytes, ==, whole);
  tear_down (&self);
}

/* What has become too much is decoded after all, as far as anything may be. */
static void
test_too_much (void)
{
  Fixture self;

  set_up (&self, FALSE);
  play (&self, "[K");
  for (guint i = 0; i < LEC_GOP_MOST_UNITS; i++)
    push (&self, 'P');
  g_assert_cmpuint (self.received->len, ==, LEC_GOP_MOST_UNITS + 1);
  play (&self, "PKP");
  g_assert_cmpuint (self.received->len, ==, LEC_GOP_MOST_UNITS + 2);
  g_assert_cmpuint (lec_gop_store_count_units (self.store), ==, LEC_GOP_MOST_UNITS + 4);
  tear_down (&self);
}

static void
test_too_much_closed (void)
{
  Fixture self;

  set_up (&self, FALSE);
  play (&self, "(K");
  for (guint i = 0; i < LEC_GOP_MOST_UNITS; i++)
    push (&self, 'P');
  g_assert_cmpuint (lec_gop_store_count_units (self.store), ==, 0);
  g_assert_cmpuint (lec_gop_store_count_held (self.store), ==, LEC_GOP_MOST_UNITS + 1);
  play (&self, "]PPKP"); /* what comes is of no use before the next key frame */
  g_assert_cmpstr (self.received->str, ==, "KP");
  tear_down (&self);
}

/* Of sound what may still be due. */
static void
test_sound (void)
{
  Fixture self;

  set_up (&self, TRUE);
  play (&self, "(");
  for (guint i = 0; i < 100; i++)
    push (&self, 'P');
  play (&self, "]P");
  g_assert_cmpuint (self.received->len, ==, LEC_GOP_SOUND_NS / UNIT_NS + 2);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/gop-store/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/gop-store/sets", test_sets);
  g_test_add_func ("/gop-store/too-much", test_too_much);
  g_test_add_func ("/gop-store/too-much-closed", test_too_much_closed);
  g_test_add_func ("/gop-store/sound", test_sound);
  return g_test_run ();
}
