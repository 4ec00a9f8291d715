/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/red.h"

#include <string.h>

#include "wire/format.h"

/* A payload, and the blocks in it, as TYPE:BYTES. */
static const struct
{
  const char *story;
  const char *bytes;
  gsize length;
  const char *blocks; /* NULL: not well-formed */
} rows[] = {
  { "the primary one only", "\x00xyz", 4, "0:xyz" },
  { "one before it",
    "\x85\x00\x00\x02\x05"
    "abxyz",
    10, "5:ab 5:xyz" },
  { "two before it, of other types",
    "\x83\x02\x80\x01\x85\x01\x40\x02\x60"
    "abcx",
    13, "3:a 5:bc 96:x" },
  { "one of nothing", "\x85\x00\x00\x00\x05xyz", 8, "5: 5:xyz" },
  { "nothing is new", "\x85\x00\x00\x03\x05xyz", 8, "5:xyz 5:" },
  { "one header and nothing", "\x05", 1, "5:" },
  { "the longest block there can be is not there", "\x85\x00\x03\xff\x05xyz", 8, NULL },
  { "longer by a byte than what is there", "\x85\x00\x00\x04\x05xyz", 8, NULL },
  { "cut in a header", "\x85\x00\x00", 3, NULL },
  { "headers without end", "\x85\x00\x00\x00\x85\x00\x00\x00", 8, NULL },
  { "empty", "", 0, NULL },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autofree guint8 *bytes = g_memdup2 (row->bytes, row->length);
  g_autoptr (GString) text = g_string_new (NULL);
  LecRedBlock blocks[LEC_RED_BLOCKS];
  const guint count = lec_red_read (bytes, row->length, blocks);

  for (guint i = 0; i < count; i++) {
    g_string_append_printf (text, "%s%u:", i > 0 ? " " : "", blocks[i].payload);
    g_string_append_len (text, (const char *) blocks[i].bytes, (gssize) blocks[i].length);
  }
  if (row->blocks == NULL)
    g_assert_cmpuint (count, ==, 0);
  else
    g_assert_cmpstr (text->str, ==, row->blocks);
}

/* As many as anybody sends, and one more. */
static void
test_most (void)
{
  guint8 bytes[4 * LEC_RED_BLOCKS + 1];
  LecRedBlock blocks[LEC_RED_BLOCKS];

  memset (bytes, 0, sizeof bytes);
  for (guint i = 0; i < LEC_RED_BLOCKS; i++)
    bytes[4 * i] = 0x85;
  g_assert_cmpuint (lec_red_read (bytes + 4, sizeof bytes - 4, blocks), ==, LEC_RED_BLOCKS);
  g_assert_cmpuint (lec_red_read (bytes, sizeof bytes, blocks), ==, 0);
}

static LecPacket *
packet_with (const char *bytes, gsize length)
{
  LecPacket *packet = lec_packet_new (length);

  memcpy (packet->data, bytes, length);
  packet->size = (guint32) length;
  g_assert_true (lec_format_rtp.parse (packet));
  return packet;
}

/* With a contributing source, an extension and padding: as it would be without redundancy. */
static void
test_unwrap (void)
{
  static const char header[] = "\xb1\xf9\x12\x34\x01\x02\x03\x04\x05\x06\x07\x08"
                               "CSRC"
                               "\xbe\xde\x00\x01"
                               "word";
  static const char wrapped[] = "\x80\x00\x40\x02\x60"
                                "ab"
                                "media"
                                "\x00\x02";
  const gsize head = sizeof header - 1;
  g_autofree char *bytes = g_malloc (head + sizeof wrapped - 1);
  g_autoptr (LecPacket) packet = NULL;

  memcpy (bytes, header, head);
  memcpy (bytes + head, wrapped, sizeof wrapped - 1);
  packet = packet_with (bytes, head + sizeof wrapped - 1);
  g_assert_true (lec_red_unwrap (packet));
  g_assert_cmpmem (packet->data + packet->payload_offset, packet->payload_size, "media", 5);
  g_assert_cmpuint (packet->payload_type, ==, 96);
  g_assert_true (packet->marker);
  /* whoever reads its bytes finds the same */
  g_assert_true (lec_format_rtp.parse (packet));
  g_assert_cmpmem (packet->data + packet->payload_offset, packet->payload_size, "media", 5);
  g_assert_cmpuint (packet->payload_type, ==, 96);
  g_assert_cmpuint (packet->sequence, ==, 0x1234);
  g_assert_true (packet->marker);
}

static void
test_nothing_inside (void)
{
  static const char *const rest[] = { "\x05", "\x85\x00\x00\x01\x05x", "\x85\x00" };
  static const gsize lengths[] = { 1, 6, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (rest); i++) {
    char bytes[18] = "\x80\x79\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01";
    g_autoptr (LecPacket) packet = NULL;

    memcpy (bytes + 12, rest[i], lengths[i]);
    packet = packet_with (bytes, 12 + lengths[i]);
    g_assert_false (lec_red_unwrap (packet));
    g_assert_cmpmem (packet->data, packet->size, bytes, 12 + lengths[i]);
    g_assert_cmpuint (packet->payload_type, ==, 0x79);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/red/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/red/most", test_most);
  g_test_add_func ("/red/unwrap", test_unwrap);
  g_test_add_func ("/red/nothing-inside", test_nothing_inside);
  return g_test_run ();
}
