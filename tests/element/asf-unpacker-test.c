/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Packets of ASF out of those of RTP, as a pad gives them: what they are, when they are due, and
 * the script commands among them. */
#include "element/asf-unpacker.h"

#include <string.h>

#include "channel/channel.h"
#include "element/packet-pool.h"
#include "wire/asf-header.h"

#define SIZE 400  /* [bytes] of a packet */
#define SHIFT 700 /* [ms] that all times begin with */
#define COMMANDS 3
#define LENGTH_FOLLOWS 0x40
#define GUID_HEADER                                                                                \
  0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c
#define GUID_FILE                                                                                  \
  0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11, 0x8e, 0xe4, 0, 0xc0, 0x0c, 0x20, 0x53, 0x65
#define GUID_STREAM                                                                                \
  0x91, 0x07, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11, 0x8e, 0xe6, 0, 0xc0, 0x0c, 0x20, 0x53, 0x65
#define GUID_COMMAND                                                                               \
  0xc0, 0xcf, 0xda, 0x59, 0xe6, 0x59, 0xd0, 0x11, 0xa3, 0xac, 0, 0xa0, 0xc9, 0x03, 0x48, 0xf6
#define GUID_SCRIPT                                                                                \
  0x30, 0x1a, 0xfb, 0x1e, 0x62, 0x0b, 0xd0, 0x11, 0xa3, 0x9b, 0, 0xa0, 0xc9, 0x03, 0x48, 0xf6

typedef struct
{
  LecAsfUnpacker *unpacker;
  LecPacketPool *pool;
} Fixture;

static void
append_32 (GByteArray *bytes, guint32 number)
{
  const guint32 little = GUINT32_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, 4);
}

static void
append_zeros (GByteArray *bytes, guint count)
{
  while (count-- > 0)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
}

/* Of packets of SIZE bytes, and one stream of commands. */
static GBytes *
make_header (void)
{
  static const guint8 head[] = { GUID_HEADER }, file[] = { GUID_FILE }, stream[] = { GUID_STREAM },
                      command[] = { GUID_COMMAND };
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, head, sizeof head);
  append_32 (bytes, 30 + 104 + 78);
  append_32 (bytes, 0);
  append_32 (bytes, 2);
  g_byte_array_append (bytes, (const guint8 *) "\1\2", 2);
  g_byte_array_append (bytes, file, sizeof file);
  append_32 (bytes, 104);
  append_zeros (bytes, 68);
  append_32 (bytes, 1); /* a broadcast */
  append_32 (bytes, SIZE);
  append_32 (bytes, SIZE);
  append_32 (bytes, 0);
  g_byte_array_append (bytes, stream, sizeof stream);
  append_32 (bytes, 78);
  append_32 (bytes, 0);
  g_byte_array_append (bytes, command, sizeof command);
  append_zeros (bytes, 32);
  g_byte_array_append (bytes, (const guint8 *) "\3\0", 2);
  append_zeros (bytes, 4);
  append_zeros (bytes, LEC_ASF_DATA_START);
  return g_byte_array_free_to_bytes (bytes);
}

static void
append_16 (GByteArray *bytes, guint16 number)
{
  const guint16 little = GUINT16_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, 2);
}

/* Its length in characters, and the text. */
static void
append_text (GByteArray *bytes, const char *text)
{
  append_16 (bytes, (guint16) strlen (text));
  for (; *text != '\0'; text++)
    append_16 (bytes, (guint8) *text);
}

/* Likewise, and with commands in a Script Command Object. */
static GBytes *
make_header_with_commands (void)
{
  static const guint8 script[] = { GUID_SCRIPT };
  static const char *const types[] = { "URL", "TEXT" };
  static const struct
  {
    guint32 due_ms;
    guint16 type;
    char name[2];
  } rows[] = { { 0, 0, "a" }, { 2000, 0, "b" }, { 4000, 1, "c" }, { 60000, 0, "d" } };
  g_autoptr (GBytes) plain = make_header ();
  g_autoptr (GByteArray) object = g_byte_array_new ();
  GByteArray *bytes = g_byte_array_new ();
  gsize size;
  const guint8 *from = g_bytes_get_data (plain, &size);
  guint32 whole;

  append_zeros (object, 16);
  append_16 (object, G_N_ELEMENTS (rows));
  append_16 (object, G_N_ELEMENTS (types));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    append_text (object, types[i]);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    append_32 (object, SHIFT + rows[i].due_ms);
    append_16 (object, rows[i].type);
    append_text (object, rows[i].name);
  }
  g_byte_array_append (bytes, from, (guint) (size - LEC_ASF_DATA_START));
  g_byte_array_append (bytes, script, sizeof script);
  append_32 (bytes, object->len + 24);
  append_32 (bytes, 0);
  g_byte_array_append (bytes, object->data, object->len);
  whole = GUINT32_TO_LE (bytes->len);
  memcpy (bytes->data + 16, &whole, sizeof whole);
  bytes->data[24]++;
  append_zeros (bytes, LEC_ASF_DATA_START);
  return g_byte_array_free_to_bytes (bytes);
}

/* A packet without padding that holds one command, as a compressed payload. */
static void
append_packet (GByteArray *rtp, guint32 send_ms, guint32 due_ms, char letter)
{
  const guint8 text[] = { 'T', 0, 'E', 0, 'X', 0, 'T', 0, 0, 0, (guint8) letter, 0, 0, 0 };
  const guint8 front[] = { 0x82, 0, 0, 8, 0x5d, 0 };
  const guint size = sizeof front + 6 + 8 + 1 + sizeof text;
  const guint8 length[] = { LENGTH_FOLLOWS, 0, 0, (guint8) (size + 4) };
  const guint8 payload[] = { COMMANDS, 0 }, replicated[] = { 1, 0, sizeof text };

  g_byte_array_append (rtp, length, sizeof length);
  g_byte_array_append (rtp, front, sizeof front);
  append_32 (rtp, SHIFT + send_ms);
  append_zeros (rtp, 2);
  g_byte_array_append (rtp, payload, sizeof payload);
  append_32 (rtp, SHIFT + due_ms);
  g_byte_array_append (rtp, replicated, sizeof replicated);
  g_byte_array_append (rtp, text, sizeof text);
}

/* Takes @rtp. */
static void
push (Fixture *self, GByteArray *rtp, gint64 pts_ns)
{
  LecPacket *packet = lec_packet_pool_acquire (self->pool, LEC_PACKET_SLOT);

  g_assert_cmpuint (rtp->len, <=, LEC_PACKET_SLOT);
  memcpy (packet->data, rtp->data, rtp->len);
  packet->payload_offset = 0;
  packet->payload_size = rtp->len;
  packet->pts_ns = pts_ns;
  packet->marker = TRUE;
  g_byte_array_unref (rtp);
  lec_asf_unpacker_push (self->unpacker, packet);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) header = make_header ();

  self->pool = lec_packet_pool_new ();
  self->unpacker = lec_asf_unpacker_new (header);
  lec_asf_unpacker_begin (self->unpacker);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_asf_unpacker_free (self->unpacker);
  lec_packet_pool_free (self->pool);
}

/* The next one. @due_ms: session time */
static void
check_cue (Fixture *self, const char *type, const char *parameter, gboolean is_ahead, gint64 due_ms)
{
  g_autoptr (LecCue) cue = lec_asf_unpacker_take_cue (self->unpacker);

  g_assert_nonnull (cue);
  g_assert_cmpstr (cue->type, ==, type);
  g_assert_cmpstr (cue->parameter, ==, parameter);
  g_assert_cmpint (cue->is_ahead, ==, is_ahead);
  g_assert_cmpint (cue->pts_ns, ==, due_ms * (gint64) GST_MSECOND);
}

/* Several in one of RTP, each as long as the header says and due when it was sent, and each command
 * at its own time. */
static void
test_times (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint32 send_ms, due_ms;
    char letter[2];
  } rows[] = { { 0, 500, "a" }, { 40, 40, "b" }, { 90, 60, "c" } };
  GByteArray *rtp = g_byte_array_new ();
  gint64 session_ns;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    append_packet (rtp, rows[i].send_ms, rows[i].due_ms, *rows[i].letter);
  push (self, rtp, 5 * GST_SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GstBuffer) buffer = lec_asf_unpacker_pull (self->unpacker, &session_ns);

    g_assert_nonnull (buffer);
    g_assert_cmpuint (gst_buffer_get_size (buffer), ==, SIZE);
    g_assert_cmpuint (lec_asf_unpacker_get_send_time (self->unpacker), ==, SHIFT + rows[i].send_ms);
    g_assert_cmpint (session_ns, ==,
                     5 * (gint64) GST_SECOND + rows[i].send_ms * (gint64) GST_MSECOND);
    check_cue (self, "TEXT", rows[i].letter, FALSE, 5000 + rows[i].due_ms);
    g_assert_null (lec_asf_unpacker_take_cue (self->unpacker));
  }
  g_assert_null (lec_asf_unpacker_pull (self->unpacker, &session_ns));
}

/* One whose end is missing is not given, nor one that goes on after a gap. */
static void
test_broken (Fixture *self, gconstpointer data)
{
  static const guint8 piece[8] = { 0, 0, 0, 0, 0x82, 0, 0, 8 };
  static const guint8 rest[8] = { 0, 0, 0, 4, 0x5d, 0, 0, 0 };
  GByteArray *rtp = g_byte_array_new ();
  gint64 session_ns;

  append_packet (rtp, 0, 0, 'a');
  g_byte_array_set_size (rtp, rtp->len - 1);
  push (self, rtp, 0);
  g_assert_null (lec_asf_unpacker_pull (self->unpacker, &session_ns));
  push (self, g_byte_array_append (g_byte_array_new (), piece, sizeof piece), 0);
  g_assert_null (lec_asf_unpacker_pull (self->unpacker, &session_ns));
  lec_asf_unpacker_break (self->unpacker);
  push (self, g_byte_array_append (g_byte_array_new (), rest, sizeof rest), 0);
  g_assert_null (lec_asf_unpacker_pull (self->unpacker, &session_ns));
  g_assert_null (lec_asf_unpacker_take_cue (self->unpacker));
}

/* One packet sent at @send_ms, and due then. */
static void
push_one (Fixture *self, guint32 send_ms, gint64 pts_ns)
{
  GByteArray *rtp = g_byte_array_new ();
  gint64 session_ns;
  g_autoptr (GstBuffer) buffer = NULL;

  append_packet (rtp, send_ms, send_ms, 'x');
  push (self, rtp, pts_ns);
  buffer = lec_asf_unpacker_pull (self->unpacker, &session_ns);
  g_assert_nonnull (buffer);
  g_assert_cmpint (session_ns, ==, pts_ns);
}

/* What the header has is told ahead of its time: of what is past the slide that is still seen; and
 * where it begins anew, from there. */
static void
test_commands_of_header (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) header = make_header_with_commands ();

  lec_asf_unpacker_read_commands (self->unpacker, header);
  push_one (self, 3000, 9 * (gint64) GST_SECOND);
  check_cue (self, "URL", "b", TRUE, 8000);
  check_cue (self, "TEXT", "c", TRUE, 10000);
  check_cue (self, "TEXT", "x", FALSE, 9000);
  g_assert_null (lec_asf_unpacker_take_cue (self->unpacker));
  push_one (self, 31000, 37 * (gint64) GST_SECOND);
  check_cue (self, "URL", "d", TRUE, 66000);
  check_cue (self, "TEXT", "x", FALSE, 37000);
  lec_asf_unpacker_begin (self->unpacker);
  push_one (self, 1000, 40 * (gint64) GST_SECOND);
  check_cue (self, "URL", "a", TRUE, 39000);
  check_cue (self, "URL", "b", TRUE, 41000);
  check_cue (self, "TEXT", "c", TRUE, 43000);
  check_cue (self, "TEXT", "x", FALSE, 40000);
  g_assert_null (lec_asf_unpacker_take_cue (self->unpacker));
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/asf-unpacker/times", test_times);
  ADD ("/asf-unpacker/broken", test_broken);
  ADD ("/asf-unpacker/commands-of-header", test_commands_of_header);
  return g_test_run ();
}
