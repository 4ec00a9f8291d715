/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What comes out of ASF, and when it is due, in packets that are sent as real encoders do. */
#include "play/asf-demux.h"

#include <string.h>

#include "asf-file.h"
#include "wire/asf-rewriter.h"
#include "wire/units.h"

#define ENCODE                                                                                     \
  "-f lavfi -i testsrc=s=160x120:r=15:d=12 -f lavfi -i sine=d=12 -c:v wmv2 -g 15 -c:a wmav2 "      \
  "-packet_size 1444"

#define REFERENCE "timestamp/x-lectern-running-time"
#define JOIN_NS (7 * SECOND) /* running time at which the first packet comes */

/* What has come out. */
typedef struct
{
  gboolean is_video;
  GBytes *data;
  gint64 due_ns;
  gint64 came_ns; /* running time of the packet that it came with */
  gboolean discont;
} Out;

typedef struct
{
  AsfFile *file;
  GstElement *pipeline;
  LecAsfDemux *demux;
  GstPad *src;
  GPtrArray *sinks; /* of GstPad */
  guint n_given;    /* pads */
  GArray *out;      /* of Out */
  LecAsfRewriter rewriter;
  gboolean has_begun;
  guint32 first_send;
  gint64 running_ns; /* of the newest packet */
  gboolean is_apart; /* it is told when packets were sent */
  gboolean discont;
} Fixture;

static void
clear_out (gpointer data)
{
  g_bytes_unref (((Out *) data)->data);
}

static GstFlowReturn
chain_cb (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Fixture *self = gst_pad_get_element_private (pad);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  gpointer bytes;
  gsize size;
  Out out = { .came_ns = self->running_ns };

  gst_event_parse_segment (event, &segment);
  gst_buffer_extract_dup (buffer, 0, G_MAXSIZE, &bytes, &size);
  out.is_video
      = g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "video/");
  out.data = g_bytes_new_take (bytes, size);
  out.due_ns
      = (gint64) gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  out.discont = GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  g_array_append_val (self->out, out);
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static void
added_cb (LecAsfDemux *demux, GstPad *pad, gpointer data)
{
  Fixture *self = data;
  GstPad *sink = gst_object_ref_sink (gst_pad_new (NULL, GST_PAD_SINK));

  gst_pad_set_element_private (sink, self);
  gst_pad_set_chain_function (sink, chain_cb);
  gst_pad_set_active (sink, TRUE);
  g_assert_cmpint (gst_pad_link (pad, sink), ==, GST_PAD_LINK_OK);
  g_ptr_array_add (self->sinks, sink);
  self->n_given++;
}

static const LecAsfDemuxCallbacks callbacks = { added_cb };

/* @sibling: (nullable): as of lec_asf_demux_new() */
static void
set_up_beside (Fixture *self, LecAsfDemux *sibling)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-ms-asf");
  GstSegment segment;

  self->file = asf_file_new (ENCODE);
  self->out = g_array_new (FALSE, FALSE, sizeof (Out));
  g_array_set_clear_func (self->out, clear_out);
  self->sinks = g_ptr_array_new_with_free_func (gst_object_unref);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->demux = lec_asf_demux_new (GST_BIN (self->pipeline), sibling, &callbacks, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  self->src = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  gst_pad_set_active (self->src, TRUE);
  g_assert_cmpint (gst_pad_link (self->src, lec_asf_demux_get_branch (self->demux)->inlet), ==,
                   GST_PAD_LINK_OK);
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  gst_pad_push_event (self->src, gst_event_new_stream_start ("test"));
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
  self->running_ns = JOIN_NS;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  set_up_beside (self, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_branch_close (lec_asf_demux_get_branch (self->demux));
  gst_pad_set_active (self->src, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_asf_demux_free (self->demux);
  g_ptr_array_unref (self->sinks);
  g_array_unref (self->out);
  asf_file_free (self->file);
  gst_object_unref (self->src);
  gst_object_unref (self->pipeline);
}

/* ---- what goes in ---- */

static void
push_header (Fixture *self, GBytes *header)
{
  g_autoptr (GBytes) normal = lec_asf_header_normalise (header);
  GstBuffer *buffer = gst_buffer_new_wrapped_bytes (normal);
  LecAsfHeader facts;

  g_assert_true (
      lec_asf_header_read (g_bytes_get_data (normal, NULL), g_bytes_get_size (normal), &facts));
  lec_asf_rewriter_init (&self->rewriter, &facts);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_HEADER);
  g_assert_cmpint (gst_pad_push (self->src, buffer), ==, GST_FLOW_OK);
  self->has_begun = FALSE;
}

/* As it is, whatever it is. */
static void
push_bytes (Fixture *self, const guint8 *bytes, gsize size)
{
  g_autoptr (GstCaps) reference = gst_caps_new_empty_simple (REFERENCE);
  GstBuffer *buffer = gst_buffer_new_memdup (bytes, size);

  gst_buffer_add_reference_timestamp_meta (buffer, reference, (GstClockTime) self->running_ns,
                                           self->is_apart ? self->first_send * GST_MSECOND
                                                          : GST_CLOCK_TIME_NONE);
  if (self->discont)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  self->discont = FALSE;
  g_assert_cmpint (gst_pad_push (self->src, buffer), ==, GST_FLOW_OK);
}

/* As it comes from a session: made whole, at the time that its send time stands for. */
static void
push_packet (Fixture *self, const GByteArray *packet)
{
  const gint64 since_ns = self->running_ns;
  g_autofree guint8 *memory = g_malloc0 (8 + self->rewriter.packet_size);
  LecAsfPacket read;
  guint8 *whole;

  g_assert_true (lec_asf_packet_read (packet->data, packet->len, &read));
  if (self->has_begun)
    self->running_ns += (gint64) (gint32) (read.send_time - self->first_send) * MSECOND;
  self->has_begun = TRUE;
  self->first_send = read.send_time;
  g_assert_cmpint (self->running_ns, >=, since_ns);
  memcpy (memory + 8, packet->data, packet->len);
  whole = lec_asf_rewriter_write (&self->rewriter, memory + 8, packet->len,
                                  self->rewriter.packet_size);
  g_assert_nonnull (whole);
  push_bytes (self, whole, self->rewriter.packet_size);
}

static void
push_all (Fixture *self, GPtrArray *packets, guint from)
{
  for (guint i = from; i < packets->len; i++)
    push_packet (self, g_ptr_array_index (packets, i));
}

/* ---- what comes out ---- */

/* The header has the numbers of the streams. */
static gboolean
is_video (Fixture *self, const AsfObject *object)
{
  LecAsfHeader facts;

  g_assert_true (lec_asf_header_read (g_bytes_get_data (self->file->header, NULL),
                                      g_bytes_get_size (self->file->header), &facts));
  return facts.kinds[object->stream] == LEC_ASF_VIDEO;
}

static const AsfObject *
find_object (Fixture *self, const Out *out, guint *from)
{
  for (guint i = *from; i < self->file->objects->len; i++) {
    const AsfObject *object = &g_array_index (self->file->objects, AsfObject, i);

    if (is_video (self, object) == out->is_video && g_bytes_equal (object->data, out->data)) {
      *from = i + 1;
      return object;
    }
  }
  return NULL;
}

static guint
count_out (Fixture *self, gboolean of_video)
{
  guint count = 0;

  for (guint i = 0; i < self->out->len; i++)
    count += g_array_index (self->out, Out, i).is_video == of_video;
  return count;
}

/* [ns] from when @out came until it is due */
static gint64
get_margin (const Out *out)
{
  return out->due_ns - out->came_ns;
}

/* Each is what was sent, is due when it has come, and times move together: forwards only, where
 * something came late.
 *
 * Returns: [ns] how much they have moved in all */
static gint64
check_out (Fixture *self)
{
  guint from[2] = { 0, 0 };
  gint64 shift_ns = G_MININT64, first_ns = 0;

  for (guint i = 0; i < self->out->len; i++) {
    const Out *out = &g_array_index (self->out, Out, i);
    const AsfObject *object = find_object (self, out, &from[out->is_video]);
    gint64 now_ns;

    g_assert_nonnull (object);
    g_assert_cmpint (get_margin (out), >=, 0);
    now_ns = out->due_ns - (gint64) object->presentation * MSECOND;
    if (shift_ns == G_MININT64)
      first_ns = now_ns;
    else
      g_assert_cmpint (now_ns, >=, shift_ns);
    shift_ns = now_ns;
  }
  return shift_ns - first_ns;
}

/* ---- tests ---- */

/* From the first packet on, all that has begun with it; the first of it at once. The preroll, 3.1
 * s, is not waited for. */
static void
test_whole (Fixture *self, gconstpointer data)
{
  push_header (self, self->file->header);
  push_all (self, self->file->packets, 0);
  g_assert_cmpuint (self->n_given, ==, 2);
  g_assert_cmpuint (self->out->len, ==, self->file->objects->len);
  g_assert_cmpint (check_out (self), ==, 0);
  g_assert_cmpint (g_array_index (self->out, Out, 0).came_ns, <=, JOIN_NS + 200 * MSECOND);
  g_assert_cmpint (get_margin (&g_array_index (self->out, Out, 0)), <=, 100 * MSECOND);
}

/* In the middle, and whatever the station's times are: they wrap 2 s later. */
static void
test_late (Fixture *self, gconstpointer data)
{
  const guint from = self->file->packets->len / 2;
  guint expected = 0;
  LecAsfPacket first;
  const GByteArray *packet = g_ptr_array_index (self->file->packets, from);

  g_assert_true (lec_asf_packet_read (packet->data, packet->len, &first));
  for (guint i = 0; i < self->file->objects->len; i++)
    expected += g_array_index (self->file->objects, AsfObject, i).presentation
                > first.send_time + self->file->preroll;
  push_header (self, self->file->header);
  push_all (self, self->file->packets, from);
  g_assert_cmpint (self->out->len, >=, (gint) expected - 1);
  g_assert_cmpint (check_out (self), ==, 0);
}

typedef struct
{
  guint32 base;  /* [ms] added to all times */
  guint32 least; /* [ms] that objects are sent before their time, */
  guint32 most;
} Sending;

/* As encoders do: far ahead at first, and then less and less until a picture is large. */
static guint32
send_time (const AsfObject *object, guint index, gpointer data)
{
  const Sending *sending = data;
  const guint32 spread = sending->most - sending->least;

  return sending->base + object->presentation - sending->most + (index * 37) % (spread + 1);
}

static const struct
{
  const char *story;
  AsfForm form;
  guint32 preroll;
  Sending sending;
} encoders[] = {
  { "as FFmpeg", { 1444, TRUE, 0, 0, 0, 8, FALSE }, 3100, { 0, 3100, 3100 } },
  { "as asfmux", { 1444, FALSE, 2, 0, 2, 8, FALSE }, 5000, { 0, 5000, 5000 } },
  { "little ahead", { 1444, TRUE, 0, 0, 1, 8, FALSE }, 1025, { 0, 296, 1025 } },
  { "pictures of all sizes", { 1444, TRUE, 0, 0, 1, 10, FALSE }, 3000, { 0, 278, 3944 } },
  { "farther ahead than the preroll", { 1444, TRUE, 0, 0, 2, 12, FALSE }, 5000, { 0, 2411, 6962 } },
  { "all farther than the preroll", { 600, TRUE, 0, 0, 1, 10, TRUE }, 5000, { 0, 5000, 5500 } },
  { "compressed payloads", { 1444, TRUE, 0, 0, 1, 1, FALSE }, 3000, { 0, 1300, 3000 } },
  { "no preroll", { 1444, TRUE, 0, 0, 1, 8, FALSE }, 0, { 0, 50, 50 } },
  { "times that wrap", { 1444, TRUE, 0, 0, 1, 8, FALSE }, 3000, { 0xfffff000, 1000, 3000 } },
  { "sent at the last moment", { 1444, TRUE, 0, 0, 1, 8, FALSE }, 5000, { 0, 300, 300 } },
  { "large packets", { 16000, TRUE, 4, 4, 4, 8, FALSE }, 3000, { 0, 1000, 1500 } },
};

static void
move_times (GArray *objects, guint32 base)
{
  for (guint i = 0; i < objects->len; i++)
    g_array_index (objects, AsfObject, i).presentation += base;
}

static void
test_encoder (Fixture *self, gconstpointer data)
{
  const typeof (encoders[0]) *row = data;
  Sending sending = row->sending;
  g_autoptr (GBytes) header
      = asf_header_for (self->file->header, row->form.packet_size, row->preroll);
  g_autoptr (GPtrArray) packets = NULL;
  gint64 given_back_ns;

  move_times (self->file->objects, sending.base);
  sending.base = 0;
  packets = asf_form_write (&row->form, self->file->objects, send_time, &sending);
  for (guint i = 0; i < packets->len; i++)
    asf_packet_strip (g_ptr_array_index (packets, i));
  push_header (self, header);
  push_all (self, packets, 0);
  move_times (self->file->objects, -row->sending.base);
  g_assert_cmpuint (self->n_given, ==, 2);
  g_assert_cmpuint (self->out->len, ==, self->file->objects->len);
  given_back_ns = check_out (self);
  g_test_message ("given back %.3f s of a spread of %.3f s", (double) given_back_ns / SECOND,
                  (row->sending.most - row->sending.least) / 1000.0);
  g_assert_cmpint (given_back_ns, <=,
                   (row->sending.most - row->sending.least) * MSECOND + 400 * MSECOND);
  g_assert_cmpint (g_array_index (self->out, Out, 0).came_ns, <=, JOIN_NS + 400 * MSECOND);
  g_assert_cmpint (get_margin (&g_array_index (self->out, Out, 0)), <=, 100 * MSECOND);
}

static guint32
get_send_time (GPtrArray *packets, guint index)
{
  const GByteArray *bytes = g_ptr_array_index (packets, index);
  LecAsfPacket packet;

  g_assert_true (lec_asf_packet_read (bytes->data, bytes->len, &packet));
  return packet.send_time;
}

/* What is left of the file when it is sent as streams apart: one medium, so long ahead of its time.
 */
static GPtrArray *
send_apart (Fixture *self, gboolean of_video, guint32 ahead_ms)
{
  const AsfForm form = { self->file->packet_size, TRUE, 0, 0, 1, 8, FALSE };
  Sending sending = { 0, ahead_ms, ahead_ms };
  g_autoptr (GArray) objects = g_array_new (FALSE, FALSE, sizeof (AsfObject));
  g_autoptr (GBytes) header = NULL;
  gboolean others[LEC_ASF_STREAMS] = { FALSE };

  for (guint i = 0; i < self->file->objects->len; i++) {
    const AsfObject object = g_array_index (self->file->objects, AsfObject, i);

    if (is_video (self, &object) == of_video)
      g_array_append_val (objects, object);
    else
      others[object.stream] = TRUE;
  }
  header = lec_asf_header_leave_out (self->file->header, others);
  push_header (self, header);
  return asf_form_write (&form, objects, send_time, &sending);
}

/* [ns] from presentation to when what came last is due */
static gint64
get_last_shift (Fixture *self)
{
  const Out *out = &g_array_index (self->out, Out, self->out->len - 1);
  guint from = 0;
  const AsfObject *object = find_object (self, out, &from);

  g_assert_nonnull (object);
  return out->due_ns - (gint64) object->presentation * MSECOND;
}

#define LATER_NS (200 * MSECOND) /* that the first packets of sound happened to be held up */

/* Sound and picture in streams apart, of which one is sent long before the other, and seems to come
 * later: in step; and one of both alone is not waited for longer than it needs. */
static void
test_apart (Fixture *self, gconstpointer data)
{
  Fixture sound = { 0 };
  Fixture *const sides[] = { self, &sound };
  GPtrArray *packets[2];
  guint at[2] = { 0, 0 };
  guint32 begun_ms;

  set_up_beside (&sound, self->demux);
  self->is_apart = sound.is_apart = TRUE;
  packets[0] = send_apart (self, TRUE, 2500);
  packets[1] = send_apart (&sound, FALSE, 700);
  begun_ms = get_send_time (packets[0], 0);
  g_assert_cmpuint (begun_ms, <, get_send_time (packets[1], 0));
  sound.running_ns += (get_send_time (packets[1], 0) - begun_ms) * MSECOND + LATER_NS;
  while (at[0] < packets[0]->len || at[1] < packets[1]->len) {
    const guint next
        = at[1] == packets[1]->len
                  || (at[0] < packets[0]->len
                      && get_send_time (packets[0], at[0]) <= get_send_time (packets[1], at[1]))
              ? 0
              : 1;

    push_packet (sides[next], g_ptr_array_index (packets[next], at[next]++));
  }
  g_assert_cmpuint (count_out (self, TRUE) + count_out (&sound, FALSE), ==,
                    self->file->objects->len);
  g_assert_cmpint (get_last_shift (self), ==, get_last_shift (&sound));
  g_assert_cmpint (lec_asf_demux_get_lead (self->demux), ==, lec_asf_demux_get_lead (sound.demux));
  g_assert_cmpint (lec_asf_demux_get_lead (self->demux), <=, 700 * MSECOND);
  check_out (self);
  check_out (&sound);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_unref (packets[i]);
  tear_down (&sound, NULL);
}

/* Script commands in a stream of their own have no demultiplexer, and no lead that is not that of
 * the media. */
static void
test_commands_alone (Fixture *self, gconstpointer data)
{
  gboolean media[LEC_ASF_STREAMS];
  g_autoptr (GBytes) header = NULL;
  Fixture commands = { 0 };

  push_header (self, self->file->header);
  push_all (self, self->file->packets, 0);
  memset (media, TRUE, sizeof media);
  header = lec_asf_header_leave_out (self->file->header, media);
  set_up_beside (&commands, self->demux);
  push_header (&commands, header);
  push_packet (&commands, g_ptr_array_index (self->file->packets, 0));
  g_assert_cmpuint (commands.n_given, ==, 0);
  g_assert_cmpuint (commands.out->len, ==, 0);
  g_assert_cmpint (lec_asf_demux_get_lead (commands.demux), ==,
                   lec_asf_demux_get_lead (self->demux));
  g_assert_cmpint (lec_asf_demux_get_lead (self->demux), >, 0);
  tear_down (&commands, NULL);
}

/* One in eleven is lost: what is whole comes out, and where something is missing, that is told. */
static void
test_lost (Fixture *self, gconstpointer data)
{
  guint n_discont = 0;

  push_header (self, self->file->header);
  for (guint i = 0; i < self->file->packets->len; i++) {
    if (i % 11 == 10)
      self->discont = TRUE;
    else
      push_packet (self, g_ptr_array_index (self->file->packets, i));
  }
  check_out (self);
  for (guint i = 0; i < self->out->len; i++)
    n_discont += g_array_index (self->out, Out, i).discont;
  g_assert_cmpuint (self->out->len, >, self->file->objects->len * 3 / 4);
  g_assert_cmpuint (self->out->len, <, self->file->objects->len);
  g_assert_cmpuint (n_discont, >=, self->file->packets->len / 11);
}

/* Returns: whether all of @packet is sound */
static gboolean
is_sound_only (Fixture *self, const GByteArray *bytes)
{
  LecAsfPacket packet;
  LecAsfPayload payload;

  g_assert_true (lec_asf_packet_read (bytes->data, bytes->len, &packet));
  while (lec_asf_packet_next (&packet, &payload)) {
    const AsfObject object = { .stream = payload.stream };

    if (is_video (self, &object))
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *
write_single (Fixture *self)
{
  const AsfForm form = { 1444, TRUE, 0, 0, 1, 8, TRUE };
  Sending sending = { 0, 3000, 3000 };

  return asf_form_write (&form, self->file->objects, send_time, &sending);
}

/* Sound is declared and does not come for 6 s: the picture is there after three, and both from when
 * it comes. */
static void
test_silent (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) packets = write_single (self);
  const guint32 begun = get_send_time (packets, 0);
  gint64 first_ns = 0, back_ns = 0;

  push_header (self, self->file->header);
  for (guint i = 0; i < packets->len; i++) {
    const GByteArray *packet = g_ptr_array_index (packets, i);

    if (!is_sound_only (self, packet) || get_send_time (packets, i) - begun >= 6000)
      push_packet (self, packet);
    if (first_ns == 0 && count_out (self, TRUE) > 0)
      first_ns = self->running_ns;
    if (back_ns == 0 && count_out (self, FALSE) > 0)
      back_ns = self->running_ns;
  }
  check_out (self);
  g_assert_cmpint (first_ns - JOIN_NS, >=, 3 * SECOND);
  g_assert_cmpint (first_ns - JOIN_NS, <=, 3200 * MSECOND);
  g_assert_cmpint (back_ns - JOIN_NS, >=, 5900 * MSECOND);
  g_assert_cmpint (back_ns - JOIN_NS, <=, 6400 * MSECOND);
  g_assert_cmpuint (count_out (self, TRUE), >, 8 * 15);
}

/* Once known to be silent, it is not waited for when the same begins anew. */
static void
test_silent_still (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) packets = write_single (self);
  const guint32 begun = get_send_time (packets, 0);
  gboolean again = FALSE;

  push_header (self, self->file->header);
  for (guint i = 0; i < packets->len; i++) {
    if (is_sound_only (self, g_ptr_array_index (packets, i)))
      continue;
    if (get_send_time (packets, i) - begun >= 5000 && !again) {
      again = TRUE;
      g_assert_cmpuint (self->n_given, ==, 1);
      push_header (self, self->file->header);
    }
    push_packet (self, g_ptr_array_index (packets, i));
    g_assert_cmpuint (self->n_given, ==, again ? 2 : self->n_given);
  }
}

/* Those of an asfdemux that is gone are free for another. */
static guint
count_linked (Fixture *self)
{
  guint linked = 0;

  for (guint i = 0; i < self->sinks->len; i++)
    linked += gst_pad_is_linked (self->sinks->pdata[i]);
  return linked;
}

/* Another programme of the station: its times have nothing to do with those before, but it comes
 * behind what was. */
static void
test_switch (Fixture *self, gconstpointer data)
{
  guint n_before;
  gint64 last_ns = 0;

  push_header (self, self->file->header);
  for (guint i = 0; i < 60; i++)
    push_packet (self, g_ptr_array_index (self->file->packets, i));
  n_before = self->out->len;
  check_out (self);
  for (guint i = 0; i < n_before; i++)
    last_ns = MAX (last_ns, g_array_index (self->out, Out, i).due_ns);
  self->running_ns += 50 * MSECOND;
  push_header (self, self->file->header);
  for (guint i = 20; i < self->file->packets->len; i++)
    push_packet (self, g_ptr_array_index (self->file->packets, i));
  g_assert_cmpuint (self->n_given, ==, 4);
  g_assert_cmpuint (count_linked (self), ==, 2);
  g_assert_cmpuint (self->out->len, >, n_before + 100);
  for (guint i = n_before; i < self->out->len; i++)
    g_assert_cmpint (g_array_index (self->out, Out, i).due_ns, >=, last_ns);
  g_array_remove_range (self->out, 0, n_before);
  g_assert_cmpint (check_out (self), ==, 0);
}

/* What is no packet, or not one of this size, or nothing that asfdemux may see. */
static void
push_rubbish (Fixture *self, GRand *rand, const GByteArray *packet)
{
  static const guint8 parity[] = { 0x92, 0x11, 0x00, 0xff };
  g_autofree guint8 *bytes = g_malloc0 (self->rewriter.packet_size + 1);
  const gsize size = self->rewriter.packet_size;

  memcpy (bytes, packet->data, packet->len);
  switch (g_rand_int_range (rand, 0, 5)) {
  case 0:
    push_bytes (self, bytes, size - 1);
    break;
  case 1:
    push_bytes (self, bytes, size + 1);
    break;
  case 2:
    memcpy (bytes, parity, sizeof parity);
    push_bytes (self, bytes, size);
    break;
  case 3:
    for (gsize i = 0; i < size; i++)
      bytes[i] = (guint8) g_rand_int_range (rand, 0x80, 0x100) | 0x60;
    push_bytes (self, bytes, size);
    break;
  default:
    push_bytes (self, bytes, 1);
    break;
  }
}

/* Nothing of it takes anything else with it. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  push_header (self, self->file->header);
  for (guint i = 0; i < self->file->packets->len; i++) {
    push_packet (self, g_ptr_array_index (self->file->packets, i));
    push_rubbish (self, rand, g_ptr_array_index (self->file->packets, i));
  }
  g_assert_cmpuint (self->out->len, ==, self->file->objects->len);
  g_assert_cmpint (check_out (self), ==, 0);
  g_assert_cmpuint (self->n_given, ==, 2);
}

/* In its bytes: whatever comes of the packet that is spoilt, the rest goes on. */
static void
test_spoilt (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  guint n_sent = 0;

  push_header (self, self->file->header);
  for (guint i = 0; i < self->file->packets->len; i++) {
    GByteArray *packet = g_ptr_array_index (self->file->packets, i);
    LecAsfPacket read;

    if (i % 10 == 9)
      packet->data[g_rand_int_range (rand, 12, 40)]
          ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
    if (!lec_asf_packet_read (packet->data, packet->len, &read))
      continue;
    n_sent++;
    push_packet (self, packet);
  }
  g_assert_cmpuint (n_sent, >, self->file->packets->len / 2);
  g_assert_cmpuint (self->out->len, >, self->file->objects->len / 2);
}

/* One of its streams has the mark of encryption. */
static void
test_protected (Fixture *self, gconstpointer data)
{
  static const guint8 guid[] = { 0x91, 0x07, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11,
                                 0x8e, 0xe6, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->file->header, &size);
  g_autofree guint8 *copy = g_memdup2 (bytes, size);
  g_autoptr (GBytes) header = NULL;
  guint8 *stream = copy;

  while (memcmp (stream, guid, sizeof guid) != 0)
    stream++;
  stream[24 + 49] |= 0x80;
  header = g_bytes_new (copy, size);
  push_header (self, header);
  push_all (self, self->file->packets, 0);
  g_assert_cmpint (lec_asf_demux_get_protected (self->demux), ==,
                   LEC_ASF_PROTECTED_VIDEO | LEC_ASF_PROTECTED_AUDIO);
  g_assert_cmpuint (self->n_given, ==, 0);

  push_header (self, self->file->header);
  g_assert_cmpint (lec_asf_demux_get_protected (self->demux), ==, 0);
  push_all (self, self->file->packets, 0);
  g_assert_cmpuint (self->n_given, ==, 2);
}

/* Without a header nothing can be made of packets. */
static void
test_no_header (Fixture *self, gconstpointer data)
{
  const GByteArray *packet = g_ptr_array_index (self->file->packets, 0);

  push_bytes (self, packet->data, packet->len);
  g_assert_cmpuint (self->n_given, ==, 0);
  push_header (self, self->file->header);
  push_all (self, self->file->packets, 0);
  g_assert_cmpuint (self->out->len, ==, self->file->objects->len);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/asf-demux/whole", test_whole);
  ADD ("/asf-demux/late", test_late);
  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++) {
    g_autofree char *path = g_strdup_printf ("/asf-demux/%s", encoders[i].story);

    g_test_add (path, Fixture, &encoders[i], set_up, test_encoder, tear_down);
  }
  ADD ("/asf-demux/apart", test_apart);
  ADD ("/asf-demux/commands-alone", test_commands_alone);
  ADD ("/asf-demux/lost", test_lost);
  ADD ("/asf-demux/silent", test_silent);
  ADD ("/asf-demux/silent-still", test_silent_still);
  ADD ("/asf-demux/switch", test_switch);
  ADD ("/asf-demux/damaged", test_damaged);
  ADD ("/asf-demux/spoilt", test_spoilt);
  ADD ("/asf-demux/protected", test_protected);
  ADD ("/asf-demux/no-header", test_no_header);
  return g_test_run ();
}
