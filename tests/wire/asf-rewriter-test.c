/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-rewriter.h"

#include <string.h>

#include "asf-file.h"

#define ENCODE                                                                                     \
  "-f lavfi -i testsrc=s=160x120:r=15:d=4 -f lavfi -i sine=d=4 -c:v wmv2 -g 15 -c:a wmav2 "        \
  "-packet_size 1444"

#define FRONT 8 /* [bytes] of a header in front of a packet, as on the wire */

typedef void (*Strip) (GByteArray *packet);

static void
keep (GByteArray *packet)
{
}

/* Returns: (transfer full): what @packet becomes, in memory that ends where it may; NULL: nothing
 */
static GByteArray *
rewrite (LecAsfRewriter *rewriter, const GByteArray *packet)
{
  const gsize capacity = rewriter->packet_size;
  g_autofree guint8 *memory = g_malloc (FRONT + capacity);
  GByteArray *whole = NULL;
  guint8 *start;

  memset (memory, 0xee, FRONT + capacity);
  memcpy (memory + FRONT, packet->data, packet->len);
  start = lec_asf_rewriter_write (rewriter, memory + FRONT, packet->len, capacity);
  if (start == NULL)
    return NULL;
  g_assert_true (start >= memory + FRONT - LEC_ASF_ROOM);
  whole = g_byte_array_new ();
  return g_byte_array_append (whole, start, rewriter->packet_size);
}

static void
rewriter_for (LecAsfRewriter *rewriter, guint32 packet_size, guint32 preroll)
{
  const LecAsfHeader header = { .packet_size = packet_size, .preroll_ms = preroll };

  lec_asf_rewriter_init (rewriter, &header);
}

/* @shift: what times are moved by on the way back, so that all else can be compared */
static void
move_back (GByteArray *packet, guint32 packet_size, guint32 first)
{
  LecAsfRewriter back;
  GByteArray *same;

  rewriter_for (&back, packet_size, 0);
  back.start_ms = first;
  same = rewrite (&back, packet);
  g_assert_nonnull (same);
  g_byte_array_set_size (packet, 0);
  g_byte_array_append (packet, same->data, same->len);
  g_byte_array_unref (same);
}

/* All but the times is as it was before it was stripped, and the times are moved by one amount. */
static void
check_packets (GPtrArray *packets, guint32 packet_size, guint32 preroll, Strip strip)
{
  LecAsfRewriter rewriter;
  guint32 first = 0;

  rewriter_for (&rewriter, packet_size, preroll);
  for (guint i = 0; i < packets->len; i++) {
    const GByteArray *original = g_ptr_array_index (packets, i);
    g_autoptr (GByteArray) sent = g_byte_array_new ();
    g_autoptr (GByteArray) whole = NULL;
    LecAsfPacket before, after;
    LecAsfPayload payload, moved;

    g_byte_array_append (sent, original->data, original->len);
    strip (sent);
    whole = rewrite (&rewriter, sent);
    g_assert_nonnull (whole);
    g_assert_true (lec_asf_packet_read (original->data, original->len, &before));
    g_assert_true (lec_asf_packet_read (whole->data, whole->len, &after));
    if (i == 0)
      first = before.send_time;
    g_assert_cmpuint (after.send_time, ==, before.send_time - first + 2 * preroll + 1000);
    while (lec_asf_packet_next (&before, &payload)) {
      g_assert_true (lec_asf_packet_next (&after, &moved));
      g_assert_cmpuint (moved.stream, ==, payload.stream);
      g_assert_cmpuint (moved.object, ==, payload.object);
      g_assert_cmpuint (moved.presentation - after.send_time, ==,
                        payload.presentation - before.send_time);
      g_assert_cmpmem (moved.data, moved.size, payload.data, payload.size);
    }
    g_assert_false (lec_asf_packet_next (&after, &moved));
    move_back (whole, packet_size, before.send_time);
    g_assert_cmpmem (whole->data, whole->len, original->data, original->len);
  }
}

/* What FFmpeg writes: no padding, and fields of 8 and 16 bits. */
static void
test_ffmpeg (void)
{
  g_autoptr (AsfFile) file = asf_file_new (ENCODE);

  g_assert_cmpuint (file->packets->len, >, 50);
  check_packets (file->packets, file->packet_size, file->preroll, keep);
  check_packets (file->packets, file->packet_size, file->preroll, asf_packet_strip);
  check_packets (file->packets, file->packet_size, file->preroll, asf_packet_strip_all);
}

static guint32
send_time (const AsfObject *object, guint index, gpointer data)
{
  const guint32 base = *(const guint32 *) data;

  return base + object->presentation - 278 - 50 * (index % 7);
}

/* What others write. A field that was removed comes back in the narrowest form, so only of one that
 * was kept, or as narrow from the start, all bytes are the same. */
static const struct
{
  const char *story;
  AsfForm form;
  gboolean narrow; /* as the field is that comes back */
} forms[] = {
  { "no field, no correction", { 1444, FALSE, 0, 0, 0, 8, FALSE }, TRUE },
  { "no field", { 1444, TRUE, 0, 0, 0, 8, FALSE }, TRUE },
  { "a field of 8 bits", { 1444, TRUE, 0, 0, 1, 8, FALSE }, FALSE },
  { "a field of 16 bits", { 1444, TRUE, 0, 0, 2, 8, FALSE }, FALSE },
  { "a field of 32 bits", { 1444, TRUE, 0, 0, 4, 8, FALSE }, FALSE },
  { "lengths of 16 bits", { 1444, FALSE, 2, 0, 2, 8, FALSE }, FALSE },
  { "lengths of 32 bits", { 1444, TRUE, 4, 0, 1, 8, FALSE }, FALSE },
  { "lengths of 8 bits", { 250, TRUE, 1, 0, 0, 8, FALSE }, TRUE },
  { "sequences of 8 bits", { 1444, TRUE, 0, 1, 1, 8, FALSE }, FALSE },
  { "sequences of 16 bits", { 1444, TRUE, 0, 2, 1, 8, FALSE }, FALSE },
  { "everything of 32 bits", { 1444, TRUE, 4, 4, 4, 8, FALSE }, FALSE },
  { "one payload a packet", { 1444, TRUE, 0, 0, 0, 8, TRUE }, TRUE },
  { "one payload a packet, small", { 300, TRUE, 0, 0, 1, 8, TRUE }, FALSE },
  { "extensions of 2 bytes", { 1444, TRUE, 0, 0, 1, 10, FALSE }, FALSE },
  { "extensions of 4 bytes", { 1444, TRUE, 0, 0, 2, 12, FALSE }, FALSE },
  { "compressed", { 1444, TRUE, 0, 0, 1, 1, FALSE }, FALSE },
  { "compressed, one payload a packet", { 1444, TRUE, 0, 0, 1, 1, TRUE }, FALSE },
  { "large packets", { 16000, TRUE, 0, 0, 1, 8, FALSE }, FALSE },
};

static GArray *
objects_of (AsfFile *file, guint size)
{
  GArray *objects = g_array_new (FALSE, FALSE, sizeof (AsfObject));

  for (guint i = 0; i < file->objects->len; i++) {
    AsfObject object = g_array_index (file->objects, AsfObject, i);

    /* some that fit compressed payloads */
    object.data = i % 5 == 0 ? g_bytes_new_from_bytes (object.data, 0,
                                                       MIN (size, g_bytes_get_size (object.data)))
                             : g_bytes_ref (object.data);
    g_array_append_val (objects, object);
  }
  return objects;
}

static void
test_form (gconstpointer data)
{
  static const guint32 bases[] = { 0, 1000000, 0xffffff00, 0x80000000 };
  const typeof (forms[0]) *row = data;
  g_autoptr (AsfFile) file = asf_file_new (ENCODE);
  GArray *objects = objects_of (file, 200);

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    guint32 base = bases[i];
    g_autoptr (GPtrArray) packets = asf_form_write (&row->form, objects, send_time, &base);

    check_packets (packets, row->form.packet_size, 5000, keep);
    check_packets (packets, row->form.packet_size, 5000, asf_packet_strip);
    if (row->narrow)
      check_packets (packets, row->form.packet_size, 5000, asf_packet_strip_all);
  }
  for (guint i = 0; i < objects->len; i++)
    g_bytes_unref (g_array_index (objects, AsfObject, i).data);
  g_array_unref (objects);
}

/* A packet of @size bytes of one payload, of 15 bytes more than that; @field: of its padding */
static GByteArray *
packet_of (guint payload, gboolean field, guint32 send_time_ms)
{
  GByteArray *packet = g_byte_array_new ();
  const guint32 send = GUINT32_TO_LE (send_time_ms),
                presentation = GUINT32_TO_LE (send_time_ms + 3000), size = GUINT32_TO_LE (payload);

  g_byte_array_append (packet, (const guint8 *) (field ? "\x08\x5d\x00" : "\x00\x5d"),
                       field ? 3 : 2);
  g_byte_array_append (packet, (const guint8 *) &send, 4);
  g_byte_array_append (packet, (const guint8 *) "\x14\x00\x81\x07\x00\x00\x00\x00\x08", 9);
  g_byte_array_append (packet, (const guint8 *) &size, 4);
  g_byte_array_append (packet, (const guint8 *) &presentation, 4);
  for (guint i = 0; i < payload; i++)
    g_byte_array_append (packet, (const guint8 *) "x", 1);
  return packet;
}

/* Whatever is missing, each size that a packet can have been stripped to comes back whole. */
static void
test_gaps (void)
{
  LecAsfRewriter rewriter;

  for (guint field = 0; field < 2; field++) {
    for (guint payload = 1; payload <= 1000 - 23 - field; payload++) {
      g_autoptr (GByteArray) packet = packet_of (payload, field > 0, 77);
      g_autoptr (GByteArray) whole = NULL;
      LecAsfPacket read;
      LecAsfPayload piece;

      rewriter_for (&rewriter, 1000, 3000);
      whole = rewrite (&rewriter, packet);
      g_assert_nonnull (whole);
      g_assert_true (lec_asf_packet_read (whole->data, whole->len, &read));
      g_assert_true (lec_asf_packet_next (&read, &piece));
      g_assert_cmpuint (piece.size, ==, payload);
      /* what it says of its padding is all that is behind the payload: without the object's size it
       * would be as long */
      memset (whole->data + read.end - payload - 8, 0xff, 4);
      g_assert_true (lec_asf_packet_read (whole->data, whole->len, &read));
      g_assert_true (lec_asf_packet_next (&read, &piece));
      g_assert_cmpuint (piece.size, ==, payload);
    }
  }
}

/* What was rebuilt from parity has more behind its end, and nothing says so. */
static void
test_too_long (void)
{
  g_autoptr (GByteArray) packet = packet_of (100, FALSE, 77), whole = NULL, same = NULL;
  LecAsfRewriter rewriter;

  rewriter_for (&rewriter, 1000, 3000);
  whole = rewrite (&rewriter, packet);
  g_byte_array_set_size (packet, 400);
  memset (packet->data + 123, 0, 400 - 123);
  rewriter_for (&rewriter, 1000, 3000);
  same = rewrite (&rewriter, packet);
  g_assert_cmpmem (same->data, same->len, whole->data, whole->len);
}

static void
check_refused (LecAsfRewriter *rewriter, GByteArray *packet)
{
  g_autofree guint8 *memory = g_malloc0 (FRONT + 2000);
  g_autofree guint8 *before = NULL;

  if (packet->len > 0)
    memcpy (memory + FRONT, packet->data, packet->len);
  before = g_memdup2 (memory, FRONT + 2000);
  g_assert_null (lec_asf_rewriter_write (rewriter, memory + FRONT, packet->len, 2000));
  g_assert_cmpmem (memory, FRONT + 2000, before, FRONT + 2000);
  g_byte_array_unref (packet);
}

static void
test_refused (void)
{
  static const guint8 parity[] = { 0x92, 0, 0, 1, 2, 3 };
  g_autoptr (GByteArray) fine = packet_of (900, FALSE, 77);
  g_autoptr (GByteArray) length = packet_of (100, FALSE, 77);
  LecAsfRewriter rewriter;

  rewriter_for (&rewriter, 1000, 3000);
  check_refused (&rewriter, g_byte_array_append (g_byte_array_new (), parity, sizeof parity));
  check_refused (&rewriter, g_byte_array_new_take (g_memdup2 (fine->data, 20), 20));
  check_refused (&rewriter, packet_of (1000, FALSE, 77));
  check_refused (&rewriter, g_byte_array_new ());
  /* a packet length of 8 bits cannot say 1000 */
  g_byte_array_append (length, (const guint8 *) "x", 1);
  memmove (length->data + 3, length->data + 2, length->len - 3);
  length->data[0] = 0x20;
  length->data[2] = (guint8) length->len;
  check_refused (&rewriter, g_steal_pointer (&length));
  /* no memory for it */
  g_assert_null (lec_asf_rewriter_write (&rewriter, fine->data, fine->len, 999));
  /* one that knows of no size */
  rewriter_for (&rewriter, 0, 3000);
  check_refused (&rewriter, packet_of (10, FALSE, 77));
}

static guint32
send_time_after (LecAsfRewriter *rewriter, guint32 send)
{
  g_autoptr (GByteArray) packet = packet_of (10, FALSE, send), whole = rewrite (rewriter, packet);
  LecAsfPacket read;

  g_assert_true (lec_asf_packet_read (whole->data, whole->len, &read));
  return read.send_time;
}

static void
test_times (void)
{
  LecAsfRewriter rewriter;

  rewriter_for (&rewriter, 1000, 5000);
  g_assert_false (lec_asf_rewriter_nears_wrap (&rewriter));
  g_assert_cmpuint (send_time_after (&rewriter, 0xfffffff0), ==, 11000);
  g_assert_cmpuint (send_time_after (&rewriter, 0), ==, 11016); /* they wrap here, and not there */
  g_assert_cmpuint (send_time_after (&rewriter, 0xffffffe0), ==, 10984);
  g_assert_false (lec_asf_rewriter_nears_wrap (&rewriter));
  /* 23 days on, and 25 */
  g_assert_cmpuint (send_time_after (&rewriter, 1987200000), ==, 1987211016);
  g_assert_false (lec_asf_rewriter_nears_wrap (&rewriter));
  g_assert_cmpuint (send_time_after (&rewriter, 2160000000), ==, 2160011016);
  g_assert_true (lec_asf_rewriter_nears_wrap (&rewriter));
  lec_asf_rewriter_begin (&rewriter);
  g_assert_false (lec_asf_rewriter_nears_wrap (&rewriter));
  g_assert_cmpuint (send_time_after (&rewriter, 2160000100), ==, 11000);
  g_assert_cmpuint (send_time_after (&rewriter, 2160000200), ==, 11100);
  /* far back: the station began anew */
  send_time_after (&rewriter, 2100000000);
  g_assert_true (lec_asf_rewriter_nears_wrap (&rewriter));
}

/* However long a preroll a header has. */
static void
test_preroll (void)
{
  const LecAsfHeader header = { .packet_size = 1000, .preroll_ms = G_MAXUINT64 };
  LecAsfRewriter rewriter;

  lec_asf_rewriter_init (&rewriter, &header);
  send_time_after (&rewriter, 0);
  g_assert_false (lec_asf_rewriter_nears_wrap (&rewriter));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asf-rewriter/ffmpeg", test_ffmpeg);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *path = g_strdup_printf ("/asf-rewriter/%s", forms[i].story);

    g_test_add_data_func (path, &forms[i], test_form);
  }
  g_test_add_func ("/asf-rewriter/gaps", test_gaps);
  g_test_add_func ("/asf-rewriter/too-long", test_too_long);
  g_test_add_func ("/asf-rewriter/refused", test_refused);
  g_test_add_func ("/asf-rewriter/times", test_times);
  g_test_add_func ("/asf-rewriter/preroll", test_preroll);
  return g_test_run ();
}
