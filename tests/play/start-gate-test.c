/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* With units written for the purpose, between two pads: no decoder, no clock. */
#include "play/start-gate.h"

#include <string.h>

#include "coded-video.h"
#include "wire/picture-reader.h"

#define UNIT_DURATION (40 * GST_MSECOND)
#define COUNT 8 /* of a recovery point of gradual refresh */

typedef struct
{
  GstPad *src;
  GstPad *sink;
  GstPad *packets; /* by which RTP comes */
  GstPad *packets_sink;
  guint16 sequence; /* of the last packet */
  LecLossMarks *losses;
  LecStartGate *gate;
  LecPictureCodec codec;
  guint order; /* frame_num, pic_order_cnt_lsb */
  guint n;     /* units pushed */
  guint last_key;
  guint n_received;
  GstBuffer *received; /* the last one */
} Fixture;

static GstStaticPadTemplate sink_template
    = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Fixture *self = gst_pad_get_element_private (pad);

  self->n_received++;
  gst_buffer_replace (&self->received, buffer);
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
push_caps (Fixture *self, const char *text)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);

  g_assert_true (gst_pad_push_event (self->src, gst_event_new_caps (caps)));
}

/* @pad gives what goes to @sink, as its caps and a segment say. */
static void
begin (GstPad *pad, GstPad *sink, const char *caps)
{
  g_autoptr (GstCaps) read = gst_caps_from_string (caps);
  GstSegment segment;

  g_assert_cmpint (gst_pad_link (pad, sink), ==, GST_PAD_LINK_OK);
  gst_pad_set_active (sink, TRUE);
  gst_pad_set_active (pad, TRUE);
  g_assert_true (gst_pad_push_event (pad, gst_event_new_stream_start ("x")));
  g_assert_true (gst_pad_push_event (pad, gst_event_new_caps (read)));
  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_pad_push_event (pad, gst_event_new_segment (&segment)));
}

static GstFlowReturn
swallow_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
set_up (Fixture *self, const char *caps)
{

  *self = (Fixture){ 0 };
  self->src = gst_pad_new ("src", GST_PAD_SRC);
  self->sink = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_element_private (self->sink, self);
  gst_pad_set_chain_function (self->sink, chain_cb);
  self->packets = gst_pad_new ("packets", GST_PAD_SRC);
  self->packets_sink = gst_pad_new_from_static_template (&sink_template, "packets-sink");
  gst_pad_set_chain_function (self->packets_sink, swallow_cb);
  self->losses = lec_loss_marks_new (self->packets);
  self->gate = lec_start_gate_new (self->src, self->losses);
  begin (self->packets, self->packets_sink, "application/x-rtp");
  begin (self->src, self->sink, caps);
  self->codec = strstr (caps, "h265") != NULL ? LEC_PICTURE_H265 : LEC_PICTURE_H264;
}

static void
tear_down (Fixture *self)
{
  lec_start_gate_free (self->gate);
  lec_loss_marks_unref (self->losses);
  gst_pad_set_active (self->packets, FALSE);
  gst_pad_set_active (self->packets_sink, FALSE);
  g_assert_finalize_object (self->packets);
  g_assert_finalize_object (self->packets_sink);
  gst_pad_set_active (self->src, FALSE);
  gst_pad_set_active (self->sink, FALSE);
  gst_clear_buffer (&self->received);
  g_assert_finalize_object (self->src);
  g_assert_finalize_object (self->sink);
}

static void
add_sets (LecPictureCodec codec, Unit *unit)
{
  if (codec == LEC_PICTURE_H264) {
    unit_add_h264_sequence_set (unit, 0);
    unit_add_h264_picture_set (unit, 0, 0);
  } else {
    unit_add_h265_video_set (unit, 0);
    unit_add_h265_sequence_set (unit, 0);
    unit_add_h265_picture_set (unit, 0, 0);
  }
}

/* K IDR, k the same without parameter sets, C CRA or intra picture that is a recovery point,
 * B the same with a broken link, G gradual refresh in COUNT, g the same with frame_num 0, Z in
 * none, s P picture with parameter sets, P without, I intra picture, L leading picture, b B picture
 * that nobody refers to, S that with parameter sets, F IDR without its first slice. */
static Unit *
make_h264 (Fixture *self, char letter)
{
  Unit *unit = unit_new ();
  gboolean is_reference = strchr ("LbS", letter) == NULL;
  guint type = strchr ("CBI", letter) != NULL ? 2 : is_reference ? 0 : 1;

  unit_add_h264_delimiter (unit);
  if (strchr ("KFCBGgZSs", letter) != NULL)
    add_sets (LEC_PICTURE_H264, unit);
  if (strchr ("CBGgZ", letter) != NULL)
    unit_add_h264_recovery_point (unit, g_ascii_toupper (letter) == 'G' ? COUNT : 0, letter == 'B');
  if (letter == 'F' || g_ascii_toupper (letter) == 'K') {
    self->order = 0;
    unit_add_h264_slice (unit, (Slice){ 5, 3, 7, .address = letter == 'F' });
  } else {
    self->order = letter == 'g' ? 0 : self->order + is_reference;
    unit_add_h264_slice (unit,
                         (Slice){ 1, is_reference ? 2 : 0, type, self->order + !is_reference });
  }
  return unit;
}

static Unit *
make_h265 (Fixture *self, char letter)
{
  Unit *unit = unit_new ();

  unit_add_h265_delimiter (unit);
  if (strchr ("KFCBGZSs", letter) != NULL)
    add_sets (LEC_PICTURE_H265, unit);
  if (strchr ("GZ", letter) != NULL)
    unit_add_h265_recovery_point (unit, letter == 'G' ? COUNT : 0, FALSE);
  self->order = letter == 'F' || g_ascii_toupper (letter) == 'K' ? 0 : self->order + 1;
  switch (letter) {
  case 'K':
  case 'k':
  case 'F':
    unit_add_h265_slice (unit, (Slice){ 19, 0, 2, .address = letter == 'F' });
    break;
  case 'C':
    unit_add_h265_slice (unit, (Slice){ 21, 0, 2, self->order += 1 });
    break;
  case 'B':
    unit_add_h265_slice (unit, (Slice){ 16, 0, 2, self->order += 1 });
    break;
  case 'L':
    unit_add_h265_slice (unit, (Slice){ 8, 0, 0, (self->order -= 1) - 1 });
    break;
  default:
    unit_add_h265_slice (unit, (Slice){ letter == 'b' || letter == 'S' ? 0 : 1, 0,
                                        letter == 'I' ? 2 : 1, self->order });
    break;
  }
  return unit;
}

static GstClockTime
pts_of (const Fixture *self, guint n, char letter)
{
  return letter == 'L' ? self->last_key * UNIT_DURATION - UNIT_DURATION / 2 + GST_SECOND
                       : n * UNIT_DURATION + GST_SECOND;
}

static GstBuffer *
make_buffer (Fixture *self, char letter)
{
  g_autoptr (GByteArray) unit
      = self->codec == LEC_PICTURE_H265 ? make_h265 (self, letter) : make_h264 (self, letter);
  GstBuffer *buffer = gst_buffer_new_memdup (unit->data, unit->len);

  if (strchr ("KkFCB", letter) != NULL)
    self->last_key = self->n;
  GST_BUFFER_PTS (buffer) = pts_of (self, self->n, letter);
  self->n++;
  return buffer;
}

/* Returns: whether it came through */
static gboolean
push (Fixture *self, char letter)
{
  guint before = self->n_received;

  g_assert_cmpint (gst_pad_push (self->src, make_buffer (self, letter)), ==, GST_FLOW_OK);
  return self->n_received > before;
}

/* A packet of the unit that comes next. */
static void
push_packet (Fixture *self, guint step, gboolean is_last, char letter)
{
  const guint16 sequence = self->sequence += step;
  const guint8 bytes[] = {
    0x80, is_last ? 0xe0 : 0x60, (guint8) (sequence >> 8), (guint8) sequence, 0, 0, 0, 0, 0, 0, 0, 0
  };
  GstBuffer *buffer = gst_buffer_new_memdup (bytes, sizeof bytes);

  GST_BUFFER_PTS (buffer) = pts_of (self, self->n, letter);
  g_assert_cmpint (gst_pad_push (self->packets, buffer), ==, GST_FLOW_OK);
}

/* The next unit's packets. @loss: '.' none, '<' in front of it, '!' in the middle of it */
static void
push_packets (Fixture *self, char letter, char loss)
{
  push_packet (self, loss == '<' ? 2 : 1, FALSE, letter);
  push_packet (self, loss == '!' ? 2 : 1, TRUE, letter);
}

/* "P3K" is PPPK */
static GString *
expand (const char *text)
{
  GString *all = g_string_new (NULL);

  while (*text != '\0') {
    char letter = *text++;
    guint64 n = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, (char **) &text, 10) : 1;

    while (n-- > 0)
      g_string_append_c (all, letter);
  }
  return all;
}

#define H264 "video/x-h264, stream-format=byte-stream, alignment=au"
#define H265 "video/x-h265, stream-format=byte-stream, alignment=au"

/* What comes, what the decoder gets (x), from which unit's PTS on is shown (-1: nothing), and what
 * is waited for at the end. */
static const struct
{
  const char *name;
  const char *caps;
  const char *units;
  const char *passed;
  int shown;
  LecAwaited awaited;
} rows[] = {
  { "h264 idr first", H264, "KPbPP", "x5", 0, LEC_AWAITED_NOTHING },
  { "h264 idr later", H264, "SPbKPP", ".3x3", 3, LEC_AWAITED_NOTHING },
  { "h264 nothing yet", H264, "SPbPP", ".5", -1, LEC_AWAITED_KEY_FRAME },
  { "h264 no sets", H264, "PbkPP", ".5", -1, LEC_AWAITED_PARAMETER_SETS },
  { "h264 open group", H264, "PPCLLPPP", ".2x6", 2, LEC_AWAITED_NOTHING },
  { "h264 broken link", H264, "PPBLLPPP", ".2x6", 2, LEC_AWAITED_NOTHING },
  { "h264 refresh", H264, "PbPGPbPPbPPPPPbPP", ".3x14", 13, LEC_AWAITED_NOTHING },
  { "h264 refresh, not through", H264, "PPGP7b3", ".2x11", -1, LEC_AWAITED_RECOVERY },
  { "h264 refresh, then idr", H264, "PPGPPKPP", ".2x6", 5, LEC_AWAITED_NOTHING },
  { "h264 refresh twice", H264, "PPGP5GP5", ".2x12", 10, LEC_AWAITED_NOTHING },
  { "h264 refresh with frame_num 0", H264, "PPgP9GP9", ".2x20", 20, LEC_AWAITED_NOTHING },
  { "h264 refresh of no length", H264, "PPZP9ZPP", ".2x13", 12, LEC_AWAITED_NOTHING },
  { "h264 refresh that is not told of", H264, "PPsP20sPP", ".2x24", 23, LEC_AWAITED_NOTHING },
  { "h264 refresh that is told of later", H264, "sPPGP9", "x13", 11, LEC_AWAITED_NOTHING },
  { "h264 sets come too often", H264, "sP3sP3sPP", "x11", -1, LEC_AWAITED_RECOVERY },
  { "h264 sets with every picture", H264, "s150", "x150", 125, LEC_AWAITED_NOTHING },
  { "h265 refresh that is not told of", H265, "PPsP50sPP", ".2x54", 53, LEC_AWAITED_NOTHING },
  { "h264 intra alone", H264, "SP9IP30", ".41", -1, LEC_AWAITED_KEY_FRAME },
  { "h264 intra after 2 s", H264, "SP9IP40IPP", ".50x4", 51, LEC_AWAITED_NOTHING },
  { "h264 intra, then better", H264, "SP9IP20KPP", ".31x3", 31, LEC_AWAITED_NOTHING },
  { "h264 nothing at all", H264, "SP150", ".50x101", 125, LEC_AWAITED_NOTHING },
  { "h264 tried, then idr", H264, "SP59KPP", ".50x13", 60, LEC_AWAITED_NOTHING },
  { "h264 no sets for ever", H264, "P150", ".125x25", 125, LEC_AWAITED_NOTHING },
  { "h265 idr first", H265, "KPbPP", "x5", 0, LEC_AWAITED_NOTHING },
  { "h265 cra first", H265, "CLLPPP", "x.2x3", 0, LEC_AWAITED_NOTHING },
  { "h265 cra later", H265, "SPPCLLPPCLLPP", ".3x.2x3x4", 3, LEC_AWAITED_NOTHING },
  { "h265 bla", H265, "SPPBLLPP", ".3x.2x2", 3, LEC_AWAITED_NOTHING },
  { "h265 no sets", H265, "PPkPP", ".5", -1, LEC_AWAITED_PARAMETER_SETS },
  { "h265 refresh", H265, "SPPGP9", ".3x10", 11, LEC_AWAITED_NOTHING },
  { "h265 refresh, not through", H265, "SPPGP7", ".3x8", -1, LEC_AWAITED_RECOVERY },
  { "h265 refresh of no length", H265, "PPZP9ZPP", ".2x13", 12, LEC_AWAITED_NOTHING },
  { "h265 intra after 2 s", H265, "SP9IP40IPP", ".50x4", 51, LEC_AWAITED_NOTHING },
  { "h265 nothing at all", H265, "SP150", ".50x101", 125, LEC_AWAITED_NOTHING },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autoptr (GString) units = expand (row->units);
  g_autoptr (GString) passed = expand (row->passed);
  GstClockTime first_shown = GST_CLOCK_TIME_NONE;
  LecStartFacts facts;
  Fixture fixture;

  set_up (&fixture, row->caps);
  g_assert_cmpuint (units->len, ==, passed->len);
  for (guint i = 0; i < units->len; i++) {
    gboolean came = push (&fixture, units->str[i]);

    if (came != (passed->str[i] == 'x'))
      g_error ("unit %u (%c) %s", i, units->str[i], came ? "came" : "did not come");
    if (!GST_CLOCK_TIME_IS_VALID (first_shown))
      first_shown = lec_start_gate_get_first_shown (fixture.gate);
  }
  facts = lec_start_gate_get_facts (fixture.gate);
  g_assert_cmpint (facts.awaited, ==, row->awaited);
  g_assert_cmpint (facts.awaited_since_us, >, 0);
  g_assert_cmpuint (facts.n_units, ==, units->len);
  g_assert_cmpuint (facts.n_dropped, ==, units->len - fixture.n_received);
  g_assert_cmpuint (facts.n_malformed, ==, 0);
  g_assert_cmpuint (first_shown, ==, lec_start_gate_get_first_shown (fixture.gate));
  if (row->shown >= 0)
    g_assert_cmpuint (first_shown, ==, pts_of (&fixture, (guint) row->shown, 'P'));
  else
    g_assert_cmpuint (first_shown, ==, GST_CLOCK_TIME_NONE);
  tear_down (&fixture);
}

/* Likewise, with what is missing of each unit. */
static const struct
{
  const char *name;
  const char *caps;
  const char *units;
  const char *losses;
  const char *passed;
  int shown;
  LecAwaited awaited;
} cut_rows[] = {
  { "h264 whole", H264, "PKPP", ".4", ".x3", 1, LEC_AWAITED_NOTHING },
  { "h264 cut", H264, "KP9", "!.9", "x10", -1, LEC_AWAITED_KEY_FRAME },
  { "h264 cut, then whole", H264, "SKP9KPP", ".!.9.3", ".x13", 11, LEC_AWAITED_NOTHING },
  { "h264 cut twice, then whole", H264, "KP9KP9KP", "!.9!.9.2", "x22", 20, LEC_AWAITED_NOTHING },
  { "h264 cut after a while, then whole", H264, "SP99KP74KP", ".100!.74.2", ".50x127", 175,
    LEC_AWAITED_NOTHING },
  { "h264 cut, seldom whole", H264, "KP200KP", "!.200.2", "x203", 100, LEC_AWAITED_NOTHING },
  { "h264 cut each time", H264, "KP24KP24KP24KP24KP24K", "!.24!.24!.24!.24!.24!", "x126", 100,
    LEC_AWAITED_NOTHING },
  { "h264 cut, then a recovery point", H264, "KPPGP9", "!.2.10", "x13", 11, LEC_AWAITED_NOTHING },
  { "h264 missing in front", H264, "SKP", ".<.", ".x2", 1, LEC_AWAITED_NOTHING },
  { "h264 missing its front", H264, "SFPPKP", ".<.4", ".x5", 4, LEC_AWAITED_NOTHING },
  { "h264 slices in another order", H264, "SFPP", ".4", ".x3", 1, LEC_AWAITED_NOTHING },
  { "h264 intra cut after 2 s", H264, "SP9IP40IPPIPP", ".51!.2.3", ".50x7", 54,
    LEC_AWAITED_NOTHING },
  { "h264 cut open group", H264, "SCLLPPCLLPP", ".!.4.5", ".x10", 6, LEC_AWAITED_NOTHING },
  { "h264 all but the sets of a key frame is missing", H264, "sP19sP9KPP", "<.19<.9.3", ".30x3", 30,
    LEC_AWAITED_NOTHING },
  { "h264 sets repeated where nothing is missing", H264, "PPsP20sPP", ".2.21.3", ".2x24", 23,
    LEC_AWAITED_NOTHING },
  { "h265 cut, then whole", H265, "KP9KPP", "!.9.3", "x13", 10, LEC_AWAITED_NOTHING },
  { "h265 missing its front", H265, "SFPPKP", ".<.4", ".x5", 4, LEC_AWAITED_NOTHING },
  { "h265 cut open group", H265, "SPCLLPPCLLPP", ".2!.4.5", ".2x.2x7", 7, LEC_AWAITED_NOTHING },
};

static void
test_cut_row (gconstpointer data)
{
  const typeof (cut_rows[0]) *row = data;
  g_autoptr (GString) units = expand (row->units);
  g_autoptr (GString) losses = expand (row->losses);
  g_autoptr (GString) passed = expand (row->passed);
  GstClockTime first_shown = GST_CLOCK_TIME_NONE;
  Fixture fixture;

  set_up (&fixture, row->caps);
  g_assert_cmpuint (units->len, ==, passed->len);
  g_assert_cmpuint (units->len, ==, losses->len);
  for (guint i = 0; i < units->len; i++) {
    push_packets (&fixture, units->str[i], losses->str[i]);
    if (push (&fixture, units->str[i]) != (passed->str[i] == 'x'))
      g_error ("unit %u (%c) %s", i, units->str[i],
               passed->str[i] == 'x' ? "did not come" : "came");
    if (!GST_CLOCK_TIME_IS_VALID (first_shown))
      first_shown = lec_start_gate_get_first_shown (fixture.gate);
  }
  g_assert_cmpint (lec_start_gate_get_facts (fixture.gate).awaited, ==, row->awaited);
  g_assert_cmpuint (first_shown, ==,
                    row->shown >= 0 ? pts_of (&fixture, (guint) row->shown, 'P')
                                    : GST_CLOCK_TIME_NONE);
  tear_down (&fixture);
}

/* frame_num and the picture order count begin at 0 again between a recovery point and its end. */
static void
test_order_wraps (void)
{
  static const char *const caps[] = { H264, H265 };

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++) {
    Fixture fixture;

    set_up (&fixture, caps[i]);
    fixture.order = 251;
    push (&fixture, 'G');
    for (guint k = 1; k <= COUNT; k++) {
      g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, GST_CLOCK_TIME_NONE);
      g_assert_true (push (&fixture, 'P'));
    }
    g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==,
                      pts_of (&fixture, COUNT, 'P'));
    tear_down (&fixture);
  }
}

/* Sets that stood in front of what was dropped reach the decoder, behind the delimiter. */
static void
test_keeps_sets (void)
{
  g_autoptr (GByteArray) expected = unit_new ();
  Fixture fixture;

  set_up (&fixture, H264);
  push (&fixture, 'S');
  push (&fixture, 'P');
  g_assert_true (push (&fixture, 'k'));
  unit_add_h264_delimiter (expected);
  add_sets (LEC_PICTURE_H264, expected);
  unit_add_h264_slice (expected, (Slice){ 5, 3, 7 });
  g_assert_cmpuint (gst_buffer_get_size (fixture.received), ==, expected->len);
  g_assert_cmpint (gst_buffer_memcmp (fixture.received, 0, expected->data, expected->len), ==, 0);
  g_assert_true (GST_BUFFER_FLAG_IS_SET (fixture.received, GST_BUFFER_FLAG_DISCONT));
  g_assert_cmpuint (GST_BUFFER_PTS (fixture.received), ==, pts_of (&fixture, 2, 'k'));
  g_assert_true (push (&fixture, 'P'));
  g_assert_false (GST_BUFFER_FLAG_IS_SET (fixture.received, GST_BUFFER_FLAG_DISCONT));
  tear_down (&fixture);
}

/* A new decoder: it begins with a key frame again, and with the sets, however long ago they were.
 */
static void
test_reset (void)
{
  Fixture fixture;
  gsize alone;

  set_up (&fixture, H265);
  push (&fixture, 'K');
  g_assert_true (push (&fixture, 'k'));
  alone = gst_buffer_get_size (fixture.received);
  lec_start_gate_reset (fixture.gate);
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, GST_CLOCK_TIME_NONE);
  g_assert_cmpint (lec_start_gate_get_facts (fixture.gate).awaited, ==, LEC_AWAITED_KEY_FRAME);
  g_assert_false (push (&fixture, 'P'));
  g_assert_true (push (&fixture, 'k'));
  g_assert_cmpuint (gst_buffer_get_size (fixture.received), >, alone);
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, pts_of (&fixture, 3, 'k'));
  tear_down (&fixture);
}

static void
test_counts (void)
{
  LecStartFacts facts;
  Fixture fixture;

  set_up (&fixture, H264);
  for (const char *letter = "PSKPCLPGP"; *letter != '\0'; letter++)
    push (&fixture, *letter);
  gst_pad_push (fixture.src, gst_buffer_new_memdup ("noise", 5));
  facts = lec_start_gate_get_facts (fixture.gate);
  g_assert_cmpuint (facts.n_units, ==, 10);
  g_assert_cmpuint (facts.n_key_frames, ==, 3);
  g_assert_cmpuint (facts.n_parameter_sets, ==, 8);
  g_assert_cmpuint (facts.n_malformed, ==, 1);
  g_assert_cmpuint (facts.n_dropped, ==, 2);
  tear_down (&fixture);
}

/* Without time stamps units are counted, and everything from the start on may be shown. */
static void
test_without_time (void)
{
  Fixture fixture;
  guint n = 0;

  set_up (&fixture, H264);
  while (fixture.n_received == 0 && n++ < 1000) {
    GstBuffer *buffer = make_buffer (&fixture, n == 1 ? 'S' : n > 60 ? 'I' : 'P');

    GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    g_assert_cmpint (gst_pad_push (fixture.src, buffer), ==, GST_FLOW_OK);
  }
  g_assert_cmpuint (n, ==, 50);
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, GST_CLOCK_TIME_NONE);
  for (guint i = 0; i < 12; i++) {
    GstBuffer *buffer = make_buffer (&fixture, i == 10 ? 'I' : 'P');

    GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    g_assert_cmpint (gst_pad_push (fixture.src, buffer), ==, GST_FLOW_OK);
  }
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, 0);
  tear_down (&fixture);
}

/* A sender that begins its time anew is not dark for as long as it ran before. */
static void
test_time_goes_back (void)
{
  GstBuffer *buffer;
  Fixture fixture;

  set_up (&fixture, H264);
  push (&fixture, 'P');
  push (&fixture, 'K');
  buffer = make_buffer (&fixture, 'K');
  GST_BUFFER_PTS (buffer) = 7;
  gst_pad_push (fixture.src, buffer);
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, 7);
  tear_down (&fixture);
}

static void
test_list (void)
{
  GstBufferList *list = gst_buffer_list_new ();
  Fixture fixture;

  set_up (&fixture, H264);
  for (const char *letter = "PSKP"; *letter != '\0'; letter++)
    gst_buffer_list_add (list, make_buffer (&fixture, *letter));
  g_assert_cmpint (gst_pad_push_list (fixture.src, list), ==, GST_FLOW_OK);
  g_assert_cmpuint (fixture.n_received, ==, 2);
  lec_start_gate_reset (fixture.gate);
  list = gst_buffer_list_new ();
  gst_buffer_list_add (list, make_buffer (&fixture, 'P'));
  g_assert_cmpint (gst_pad_push_list (fixture.src, list), ==, GST_FLOW_OK);
  g_assert_cmpuint (fixture.n_received, ==, 2);
  tear_down (&fixture);
}

/* The sets of the caps are as good as those in the stream, and lengths as good as start codes. */
static void
test_avc (void)
{
  g_autoptr (GByteArray) sets = unit_new ();
  g_autoptr (GByteArray) with_lengths = NULL;
  g_autoptr (GByteArray) avcc = g_byte_array_new ();
  g_autofree char *caps = NULL;
  g_autoptr (GString) hex = g_string_new (NULL);
  GstBuffer *buffer;
  Fixture fixture;
  guint first;

  add_sets (LEC_PICTURE_H264, sets);
  with_lengths = unit_to_length_prefixed (sets, 2);
  first = (guint) (with_lengths->data[0] << 8 | with_lengths->data[1]) + 2;
  g_byte_array_append (avcc, (const guint8 *) "\1\x4d\0\x1e\xff\xe1", 6);
  g_byte_array_append (avcc, with_lengths->data, first);
  g_byte_array_append (avcc, (const guint8 *) "\1", 1);
  g_byte_array_append (avcc, with_lengths->data + first, with_lengths->len - first);
  for (guint i = 0; i < avcc->len; i++)
    g_string_append_printf (hex, "%02x", avcc->data[i]);
  caps = g_strdup_printf ("video/x-h264, stream-format=avc, alignment=au, codec_data=(buffer)%s",
                          hex->str);
  set_up (&fixture, caps);
  g_assert_cmpuint (lec_start_gate_get_facts (fixture.gate).n_parameter_sets, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GByteArray) unit = make_h264 (&fixture, i == 0 ? 'P' : 'k');
    g_autoptr (GByteArray) prefixed = unit_to_length_prefixed (unit, 4);

    buffer = gst_buffer_new_memdup (prefixed->data, prefixed->len);
    GST_BUFFER_PTS (buffer) = i;
    g_assert_cmpint (gst_pad_push (fixture.src, buffer), ==, GST_FLOW_OK);
  }
  g_assert_cmpuint (fixture.n_received, ==, 1);
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, 1);
  tear_down (&fixture);
}

/* Caps that change for a small reason forget no set; another codec begins anew. */
static void
test_caps_change (void)
{
  Fixture fixture;

  set_up (&fixture, H264);
  push (&fixture, 'S');
  push_caps (&fixture, H264 ", framerate=25/1");
  g_assert_true (push (&fixture, 'k'));
  push_caps (&fixture, H264 ", framerate=50/1");
  g_assert_true (push (&fixture, 'P'));
  push_caps (&fixture, H265);
  fixture.codec = LEC_PICTURE_H265;
  g_assert_cmpint (lec_start_gate_get_facts (fixture.gate).awaited, ==, LEC_AWAITED_PARAMETER_SETS);
  g_assert_false (push (&fixture, 'P'));
  g_assert_true (push (&fixture, 'K'));
  tear_down (&fixture);
}

/* Sound, and pictures that stand alone, begin anywhere. */
static void
test_any (void)
{
  static const char *const caps[] = { "audio/mpeg, mpegversion=4", "image/jpeg", "video/x-h261" };

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++) {
    GstBuffer *buffer = gst_buffer_new_memdup ("abc", 3);
    Fixture fixture;

    set_up (&fixture, caps[i]);
    GST_BUFFER_PTS (buffer) = 5;
    gst_pad_push (fixture.src, buffer);
    g_assert_cmpuint (fixture.n_received, ==, 1);
    g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, 5);
    tear_down (&fixture);
  }
}

/* VP8: no delta frame before a key frame, and no decoder that is tried with them. */
static void
test_vp8 (void)
{
  Fixture fixture;

  set_up (&fixture, "video/x-vp8");
  for (guint i = 0; i < 80; i++) {
    GstBuffer *buffer
        = gst_buffer_new_memdup (i < 70 ? "\x11\0\0" : "\x10\0\0\x9d\1\x2a", i < 70 ? 3 : 6);

    GST_BUFFER_PTS (buffer) = i * UNIT_DURATION;
    gst_pad_push (fixture.src, buffer);
    g_assert_cmpuint (fixture.n_received, ==, i < 70 ? 0 : i - 69);
  }
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, 70 * UNIT_DURATION);
  tear_down (&fixture);
}

static void
push_marked (Fixture *fixture, guint i, gboolean is_delta)
{
  GstBuffer *buffer = gst_buffer_new_memdup ("abc", 3);

  GST_BUFFER_PTS (buffer) = i * UNIT_DURATION;
  if (is_delta)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  gst_pad_push (fixture->src, buffer);
}

/* Windows Media: its container says which are key frames. A long group of pictures is waited for,
 * but not for ever. */
static void
test_marked (void)
{
  static const char *const caps[]
      = { "video/x-wmv, wmvversion=2", "video/x-wmv, wmvversion=3, format=WMV3",
          "video/x-msmpeg, msmpegversion=43" };
  Fixture fixture;

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++) {
    set_up (&fixture, caps[i]);
    for (guint j = 0; j < 260; j++) {
      push_marked (&fixture, j, j != 250);
      g_assert_cmpuint (fixture.n_received, ==, j < 250 ? 0 : j - 249);
    }
    g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, 250 * UNIT_DURATION);
    g_assert_cmpuint (lec_start_gate_get_facts (fixture.gate).n_units, ==, 260);
    g_assert_cmpuint (lec_start_gate_get_facts (fixture.gate).n_key_frames, ==, 1);
    g_assert_cmpuint (lec_start_gate_get_facts (fixture.gate).n_dropped, ==, 250);
    tear_down (&fixture);
  }
  set_up (&fixture, caps[0]);
  for (guint j = 0; j < 400; j++)
    push_marked (&fixture, j, TRUE);
  g_assert_cmpuint (lec_start_gate_get_first_shown (fixture.gate), ==, 375 * UNIT_DURATION);
  tear_down (&fixture);
}

/* Taken off, it lets everything through. */
static void
test_taken_off (void)
{
  Fixture fixture;

  set_up (&fixture, H264);
  g_assert_false (push (&fixture, 'P'));
  g_clear_pointer (&fixture.gate, lec_start_gate_free);
  g_assert_true (push (&fixture, 'P'));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/start-gate/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  for (guint i = 0; i < G_N_ELEMENTS (cut_rows); i++) {
    g_autofree char *path = g_strdup_printf ("/start-gate/cut/%s", cut_rows[i].name);

    g_test_add_data_func (path, &cut_rows[i], test_cut_row);
  }
  g_test_add_func ("/start-gate/order-wraps", test_order_wraps);
  g_test_add_func ("/start-gate/keeps-sets", test_keeps_sets);
  g_test_add_func ("/start-gate/reset", test_reset);
  g_test_add_func ("/start-gate/counts", test_counts);
  g_test_add_func ("/start-gate/without-time", test_without_time);
  g_test_add_func ("/start-gate/time-goes-back", test_time_goes_back);
  g_test_add_func ("/start-gate/list", test_list);
  g_test_add_func ("/start-gate/avc", test_avc);
  g_test_add_func ("/start-gate/caps-change", test_caps_change);
  g_test_add_func ("/start-gate/any", test_any);
  g_test_add_func ("/start-gate/vp8", test_vp8);
  g_test_add_func ("/start-gate/marked", test_marked);
  g_test_add_func ("/start-gate/taken-off", test_taken_off);
  return g_test_run ();
}
