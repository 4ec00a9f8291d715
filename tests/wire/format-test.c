/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/format.h"

#include <string.h>

#include "support/station.h"

#define HEADER(first, second) first, second, 0x12, 0x34, 1, 2, 3, 4, 0xa, 0xb, 0xc, 0xd

typedef struct
{
  const char *story;
  guint8 bytes[48];
  guint32 size;
  gint offset; /* [bytes] of the payload; -1: no packet */
  guint payload_size;
} Row;

static const Row rows[] = {
  { "plain", { HEADER (0x80, 96), 'a', 'b' }, 14, 12, 2 },
  { "no payload", { HEADER (0x80, 96) }, 12, 12, 0 },
  { "one byte short", { HEADER (0x80, 96) }, 11, -1, 0 },
  { "nothing", { 0 }, 0, -1, 0 },
  { "version 0", { HEADER (0x00, 96) }, 14, -1, 0 },
  { "version 1", { HEADER (0x40, 96) }, 14, -1, 0 },
  { "version 3", { HEADER (0xc0, 96) }, 14, -1, 0 },
  { "two contributing sources", { HEADER (0x82, 96) }, 22, 20, 2 },
  { "a contributing source past the end", { HEADER (0x82, 96) }, 19, -1, 0 },
  { "fifteen of them past the end", { HEADER (0x8f, 96) }, 40, -1, 0 },
  { "extension of one word", { HEADER (0x90, 96), 0xbe, 0xde, 0, 1 }, 23, 20, 3 },
  { "empty extension", { HEADER (0x90, 96), 0xbe, 0xde, 0, 0 }, 16, 16, 0 },
  { "half an extension header", { HEADER (0x90, 96), 0xbe, 0xde }, 14, -1, 0 },
  { "extension past the end", { HEADER (0x90, 96), 0xbe, 0xde, 0, 2 }, 23, -1, 0 },
  { "extension of 256 KiB", { HEADER (0x90, 96), 0xbe, 0xde, 0xff, 0xff }, 48, -1, 0 },
  { "padding", { HEADER (0xa0, 96), 'a', 'b', 0, 0, 3 }, 17, 12, 2 },
  { "nothing but padding", { HEADER (0xa0, 96), 0, 2 }, 14, 12, 0 },
  { "padding of 0", { HEADER (0xa0, 96), 'a', 0 }, 14, -1, 0 },
  { "padding that begins in the header", { HEADER (0xa0, 96), 'a', 3 }, 14, -1, 0 },
  { "padding without a place for its length", { HEADER (0xa0, 96) }, 12, -1, 0 },
  { "all of it",
    { HEADER (0xb1, 0xe0), 9, 9, 9, 9, 0, 0, 0, 1, 8, 8, 8, 8, 'a', 0, 2 },
    27,
    24,
    1 },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecPacket *packet = packet_of_bytes (rows[i].bytes, rows[i].size, 0, 1);
    LecPacket before = *packet;

    g_test_message ("%s", rows[i].story);
    if (rows[i].offset < 0) {
      g_assert_false (lec_format_rtp.parse (packet));
      g_assert_cmpmem (packet, sizeof *packet, &before, sizeof before);
    } else {
      g_assert_true (lec_format_rtp.parse (packet));
      g_assert_false (packet->bare);
      g_assert_cmpint (packet->role, ==, LEC_ROLE_MEDIA);
      g_assert_cmpint (packet->payload_offset, ==, rows[i].offset);
      g_assert_cmpuint (packet->payload_size, ==, rows[i].payload_size);
      g_assert_cmphex (packet->sequence, ==, 0x1234);
      g_assert_cmphex (packet->timestamp, ==, 0x01020304);
      g_assert_cmphex (packet->ssrc, ==, 0x0a0b0c0d);
      g_assert_cmpuint (packet->payload_type, ==, 96);
      g_assert_cmpint (packet->marker, ==, rows[i].bytes[1] >> 7);
    }
    lec_packet_release (packet);
  }
  g_assert_cmpint (packets_alive (), ==, 0);
}

/* Of each good packet, every prefix, and every byte changed to each of some values. */
static void
check_prefixes_and_changes (const LecFormat *format)
{
  static const guint8 values[] = { 0, 1, 0x0f, 0x10, 0x20, 0x7f, 0x80, 0xbf, 0xff };

  g_test_message ("%s", format->name);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint32 size = 0; size <= rows[i].size; size++) {
      for (guint j = 0; j < G_N_ELEMENTS (values) * size; j++) {
        LecPacket *packet = packet_of_bytes (rows[i].bytes, size, 0, 1);

        packet->data[j / G_N_ELEMENTS (values)] = values[j % G_N_ELEMENTS (values)];
        if (format->parse (packet))
          g_assert_cmpuint (packet->payload_offset + packet->payload_size, <=, size);
        lec_packet_release (packet);
      }
    }
  }
}

static void
test_prefixes_and_changes (void)
{
  for (guint kind = 0; kind < LEC_N_KINDS; kind++) {
    if (lec_format_of ((LecKind) kind) != NULL)
      check_prefixes_and_changes (lec_format_of ((LecKind) kind));
  }
}

/* What has to be opened first has no packets, and neither has what nobody knows. */
static void
test_of (void)
{
  g_assert_true (lec_format_of (LEC_KIND_RTP) == &lec_format_rtp);
  g_assert_true (lec_format_of (LEC_KIND_TS) == &lec_format_ts);
  g_assert_true (lec_format_of (LEC_KIND_MSB) == &lec_format_msb);
  g_assert_null (lec_format_of (LEC_KIND_URI));
  g_assert_null (lec_format_of ((LecKind) LEC_N_KINDS));
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *story;
    gsize size;
    guint8 first, second, at188;
    gboolean rtcp, ts;
  } kinds[] = {
    { "sender report", 28, 0x80, 200, 0, TRUE, FALSE },
    { "bye", 8, 0x81, 203, 0, TRUE, FALSE },
    { "too short for any", 7, 0x80, 200, 0, FALSE, FALSE },
    { "RTP", 28, 0x80, 96, 0, FALSE, FALSE },
    { "RTP with marker", 28, 0x80, 0x80 | 96, 0, FALSE, FALSE },
    { "last type of RTCP", 28, 0x80, 223, 0, TRUE, FALSE },
    { "one transport stream packet", 188, 0x47, 0, 0, FALSE, TRUE },
    { "two", 376, 0x47, 0, 0x47, FALSE, TRUE },
    { "a second one out of step", 376, 0x47, 0, 0x48, FALSE, FALSE },
    { "part of one", 187, 0x47, 0, 0, FALSE, FALSE },
    { "one and a byte", 189, 0x47, 0, 0x47, FALSE, FALSE },
    { "nothing", 0, 0, 0, 0, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    guint8 bytes[400] = { kinds[i].first, kinds[i].second };
    g_autoptr (LecPacket) packet = NULL;

    bytes[188] = kinds[i].at188;
    packet = packet_of_bytes (bytes, kinds[i].size, 0, 1);
    g_test_message ("%s", kinds[i].story);
    g_assert_cmpint (lec_format_rtp.is_control (packet->data, packet->size), ==, kinds[i].rtcp);
    g_assert_cmpint (lec_format_ts.is_control (packet->data, packet->size), ==, kinds[i].rtcp);
    g_assert_cmpint (lec_format_ts.parse (packet) && packet->bare, ==, kinds[i].ts);
    if (kinds[i].ts)
      g_assert_cmpuint (packet->payload_size, ==, kinds[i].size);
  }
}

/* What is MSB, and what only looks like it. */
static void
test_msb (void)
{
  static const struct
  {
    const char *story;
    const char *bytes; /* then the ASF packet, but for those that are shorter */
    gsize size;
    gint asf; /* [bytes] of that; -1: all */
    gboolean is_control, is_packet;
    LecRole role;
  } kinds[] = {
    { "a beacon", "MSB ", 4, 0, TRUE, FALSE, LEC_ROLE_MEDIA },
    { "a beacon and a byte", "MSB \0", 5, 0, FALSE, FALSE, LEC_ROLE_MEDIA },
    { "three bytes of a beacon", "MSB", 3, 0, FALSE, FALSE, LEC_ROLE_MEDIA },
    { "media", "\x01\x02\x03\x04\x4a\x02\x24\0\x82\0\0", 11, -1, FALSE, TRUE, LEC_ROLE_MEDIA },
    { "media whose number says MSB", "MSB \x4a\x02\x24\0\x82\0\0", 11, -1, FALSE, TRUE,
      LEC_ROLE_MEDIA },
    { "toggled", "\x01\x02\x03\x04\x4a\x82\x24\0\x82\0\0", 11, -1, FALSE, TRUE, LEC_ROLE_MEDIA },
    { "a bit that is zero", "\x01\x02\x03\x04\x4a\x0a\x24\0\x82\0\0", 11, -1, FALSE, FALSE,
      LEC_ROLE_MEDIA },
    { "longer than the datagram", "\x01\x02\x03\x04\x4a\x02\x25\0\x82\0\0", 11, -1, FALSE, FALSE,
      LEC_ROLE_MEDIA },
    { "shorter than any", "\x01\x02\x03\x04\x4a\x02\x0f\0\x82\0\0", 11, -1, FALSE, FALSE,
      LEC_ROLE_MEDIA },
    { "parity", "\x01\x02\x03\x04\x4a\x02\x24\0\x92\x12\0", 11, -1, FALSE, TRUE, LEC_ROLE_REPAIR },
    { "a packet of MSBD", "MSB \x06\x01\x0a\0\x24\0\0\0\0\0\0\0", 16, 20, FALSE, FALSE,
      LEC_ROLE_MEDIA },
    { "no ASF", "\x01\x02\x03\x04\x4a\x02\x24\0\x80\x80\x80", 11, -1, FALSE, FALSE,
      LEC_ROLE_MEDIA },
  };
  static const guint8 asf[] = { 0, 0x5d, 0xe8, 3, 0, 0, 20, 0, 0x81, 5, 0,   0,   0,
                                0, 8,    3,    0, 0, 0, 1,  0, 0,    0, 'a', 'b', 'c' };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const gsize rest = kinds[i].asf < 0 ? 25 : (gsize) kinds[i].asf;
    guint8 bytes[64];
    g_autoptr (LecPacket) packet = NULL;

    memcpy (bytes, kinds[i].bytes, kinds[i].size);
    memcpy (bytes + kinds[i].size, asf, rest);
    packet = packet_of_bytes (bytes, kinds[i].size + rest, 0, 1);
    g_test_message ("%s", kinds[i].story);
    g_assert_cmpint (lec_format_msb.is_control (packet->data, packet->size), ==,
                     kinds[i].is_control);
    g_assert_cmpint (lec_format_msb.parse (packet), ==, kinds[i].is_packet);
    if (!kinds[i].is_packet)
      continue;
    g_assert_cmpint (packet->role, ==, kinds[i].role);
    g_assert_cmphex (packet->payload_type & 0x7fff, ==, 0x24a);
    g_assert_cmpuint (packet->payload_offset, ==, 8);
    g_assert_cmpuint (packet->payload_size, ==, 28);
    if (packet->role == LEC_ROLE_MEDIA)
      g_assert_cmpuint (packet->timestamp, ==, 1000);
    lec_format_msb.renumber (packet, 0x0a0b0c0d);
    g_assert_cmpmem (packet->data, 4, "\x0d\x0c\x0b\x0a", 4);
    g_assert_cmphex (packet->sequence, ==, 0x0a0b0c0d);
  }
}

static void
test_heap (void)
{
  g_autoptr (LecPacket) packet = lec_packet_new (100);

  g_assert_cmpuint (packet->capacity, ==, 100);
  memset (packet->data, 1, 100);
  g_assert_cmpuint (packet->size, ==, 0);
  g_assert_false (lec_format_rtp.parse (packet));
  lec_packet_release (NULL);
}

/* Nothing else of the packet is touched. */
static void
test_renumber (void)
{
  static const guint8 bytes[] = { HEADER (0x80, 96), 'a' },
                      expected[] = { 0x80, 96, 0xff, 0xfe, 1, 2, 3, 4, 0xa, 0xb, 0xc, 0xd, 'a' };
  LecPacket *packet = packet_of_bytes (bytes, sizeof bytes, 0, 1);

  g_assert_true (lec_format_rtp.parse (packet));
  lec_format_rtp.renumber (packet, 0x1234u - 0x1236u);
  g_assert_cmpuint (packet->sequence, ==, 0xfffe);
  g_assert_cmpmem (packet->data, packet->size, expected, sizeof expected);
  lec_packet_release (packet);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/format/rows", test_rows);
  g_test_add_func ("/format/prefixes-and-changes", test_prefixes_and_changes);
  g_test_add_func ("/format/of", test_of);
  g_test_add_func ("/format/kinds", test_kinds);
  g_test_add_func ("/format/msb", test_msb);
  g_test_add_func ("/format/heap", test_heap);
  g_test_add_func ("/format/renumber", test_renumber);
  return g_test_run ();
}
