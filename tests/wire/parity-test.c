/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/parity.h"

#include <string.h>

#define SSRC 0x12345678

typedef struct
{
  guint8 bytes[200];
  gsize size;
} Bytes;

/* From hexadecimal digits; all else is skipped. */
static Bytes
bytes_of (const char *text)
{
  Bytes bytes = { 0 };
  guint digits = 0;

  for (; *text != '\0'; text++) {
    if (!g_ascii_isxdigit (*text))
      continue;
    bytes.bytes[digits / 2]
        = (guint8) (bytes.bytes[digits / 2] << 4 | g_ascii_xdigit_value (*text));
    digits++;
  }
  bytes.size = digits / 2;
  return bytes;
}

/* In memory of exactly that size, so that reading beyond is seen. */
static gboolean
read_parity (LecRepairScheme scheme,
             const guint8 *bytes,
             gsize size,
             LecParity *parity,
             guint8 **copy)
{
  LecPacket packet = { .size = (guint32) size, .ssrc = SSRC };

  *copy = packet.data = g_memdup2 (bytes, size);
  packet.payload_offset = MIN (12 + (size > 0 ? 4 * (bytes[0] & 0x0fu) : 0), packet.size);
  packet.payload_size = packet.size - packet.payload_offset;
  return lec_parity_read (scheme, &packet, SSRC, parity);
}

/* By the figures of the standards. */
static const struct
{
  const char *story;
  LecRepairScheme scheme;
  const char *text;
  guint16 base;
  guint stride, count, span;
  guint8 first, second;
  guint32 timestamp;
  guint16 length;
  gsize size;
  guint64 mask;
} good[] = {
  { "a column, as FFmpeg sends it", LEC_REPAIR_2022_1,
    "80 60 080d 00001234 00000000  fff0 0524 a1 000000 00000e10 00 05 0a 00  0102030405060708",
    0xfff0, 5, 10, 46, 0, 0x21, 0xe10, 0x524, 8, 0 },
  { "a row, with marker, padding and contributing sources in the sum", LEC_REPAIR_2022_1,
    "b3 e0 0001 00000000 00000000  0010 0003 a1 000000 00000000 40 01 08 00  010203", 0x10, 1, 8, 8,
    0x33, 0xa1, 0, 3, 3, 0 },
  { "an extension in the sum, and none in the packet", LEC_REPAIR_2022_1,
    "90 60 0001 00000000 00000000  0010 0000 21 000000 00000000 00 04 04 00", 0x10, 4, 4, 13, 0x10,
    0x21, 0, 0, 0, 0 },
  { "ULPFEC, a short mask", LEC_REPAIR_ULPFEC,
    "80 64 0007 00000000 12345678  11 e0 0002 00000bb8 0004 0004 c001  deadbeef", 2, 0, 3, 16, 0x11,
    0xe0, 0xbb8, 4, 4, 0x8003 },
  { "ULPFEC, a long mask, and bytes of another level behind", LEC_REPAIR_ULPFEC,
    "80 64 0007 00000000 12345678  40 60 0002 00000bb8 0004 0002 8000 00000001  dead 0002 8000 "
    "beef",
    2, 0, 2, 48, 0, 0x60, 0xbb8, 4, 2, G_GUINT64_CONSTANT (0x800000000001) },
  { "FlexFEC, a short mask", LEC_REPAIR_FLEXFEC,
    "81 6e 0007 00000000 87654321 12345678  11 e0 0004 00000bb8 0002 6001  deadbeef", 2, 0, 3, 15,
    0x11, 0xe0, 0xbb8, 4, 4, 0x4003 },
  { "FlexFEC, a mask of two parts", LEC_REPAIR_FLEXFEC,
    "81 6e 0007 00000000 87654321 12345678  00 60 0004 00000bb8 0002 c000 40000001  dead", 2, 0, 3,
    46, 0, 0x60, 0xbb8, 4, 2, G_GUINT64_CONSTANT (0x200000008001) },
  { "FlexFEC, a mask of three parts", LEC_REPAIR_FLEXFEC,
    "81 6e 0007 00000000 87654321 12345678  00 60 0004 00000bb8 0002 c000 80000001 "
    "8000000000000000 "
    "dead",
    2, 0, 3, 47, 0, 0x60, 0xbb8, 4, 2, G_GUINT64_CONSTANT (0x600000000001) },
  { "FlexFEC, a row", LEC_REPAIR_FLEXFEC,
    "81 6e 0007 00000000 87654321 12345678  40 60 0004 00000bb8 ffff 0a 01  dead", 0xffff, 1, 10,
    10, 0, 0x60, 0xbb8, 4, 2, 0 },
  { "FlexFEC, a row without columns", LEC_REPAIR_FLEXFEC,
    "81 6e 0007 00000000 87654321 12345678  40 60 0004 00000bb8 ffff 0a 00  dead", 0xffff, 1, 10,
    10, 0, 0x60, 0xbb8, 4, 2, 0 },
  { "FlexFEC, a column", LEC_REPAIR_FLEXFEC,
    "81 6e 0007 00000000 87654321 12345678  40 60 0004 00000bb8 0002 0a 05  dead", 2, 10, 5, 41, 0,
    0x60, 0xbb8, 4, 2, 0 },
  { "FlexFEC, a packet that is sent again", LEC_REPAIR_FLEXFEC,
    "80 6e 0007 00000000 87654321  91 e0 fff4 00000bb8 12345678  deadbeef", 0xfff4, 1, 1, 1, 0x11,
    0xe0, 0xbb8, 4, 4, 0 },
  { "FlexFEC of draft 03, as browsers send it", LEC_REPAIR_FLEXFEC,
    "80 6e 0007 00000000 87654321  11 e0 0004 00000bb8 01 000000 12345678 0002 e001  deadbeef", 2,
    0, 3, 15, 0x11, 0xe0, 0xbb8, 4, 4, 0x4003 },
  { "FlexFEC of draft 03, all of the mask", LEC_REPAIR_FLEXFEC,
    "80 6e 0007 00000000 87654321  11 e0 0004 00000bb8 01 000000 12345678 0002 4000 00000001 "
    "c000000000000000 beef",
    2, 0, 3, 47, 0x11, 0xe0, 0xbb8, 4, 2, G_GUINT64_CONSTANT (0x600000000001) },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    const Bytes bytes = bytes_of (good[i].text);
    g_autofree guint8 *copy = NULL;
    LecParity parity;

    g_test_message ("%s", good[i].story);
    g_assert_true (read_parity (good[i].scheme, bytes.bytes, bytes.size, &parity, &copy));
    g_assert_cmpint (parity.scheme, ==, good[i].scheme);
    g_assert_cmphex (parity.base, ==, good[i].base);
    g_assert_cmpuint (parity.group.stride, ==, good[i].stride);
    g_assert_cmpuint (parity.group.count, ==, good[i].count);
    g_assert_cmpuint (parity.group.span, ==, good[i].span);
    g_assert_cmphex (parity.group.mask[0], ==, good[i].mask);
    g_assert_cmphex (parity.group.mask[1], ==, 0);
    g_assert_cmphex (parity.first, ==, good[i].first);
    g_assert_cmphex (parity.second, ==, good[i].second);
    g_assert_cmphex (parity.timestamp, ==, good[i].timestamp);
    g_assert_cmphex (parity.length, ==, good[i].length);
    g_assert_cmpuint (parity.size, ==, good[i].size);
  }
}

/* What is cut off anywhere in the header is none; ULPFEC says how much follows. */
static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    const Bytes bytes = bytes_of (good[i].text);
    /* of FlexFEC all that follows is the sum */
    const gsize least = good[i].scheme == LEC_REPAIR_2022_1 ? 28
                        : good[i].scheme == LEC_REPAIR_ULPFEC
                            ? 12 + 14 + (good[i].span > 16 ? 4 : 0) + good[i].size
                            : bytes.size - good[i].size;

    for (gsize size = 0; size <= bytes.size; size++) {
      g_autofree guint8 *copy = NULL;
      LecParity parity;

      g_assert_cmpint (read_parity (good[i].scheme, bytes.bytes, size, &parity, &copy), ==,
                       size >= least);
    }
  }
}

static void
test_bad (void)
{
  static const struct
  {
    const char *story;
    LecRepairScheme scheme;
    const char *text;
  } rows[] = {
    { "not RTP", LEC_REPAIR_2022_1,
      "00 60 080d 00001234 00000000  fff0 0524 a1 000000 00000e10 00 05 0a 00  01" },
    { "a mask, which no sender has", LEC_REPAIR_2022_1,
      "80 60 080d 00001234 00000000  fff0 0524 a1 000001 00000e10 00 05 0a 00  01" },
    { "another code than XOR", LEC_REPAIR_2022_1,
      "80 60 080d 00001234 00000000  fff0 0524 a1 000000 00000e10 08 05 0a 00  01" },
    { "no offset", LEC_REPAIR_2022_1,
      "80 60 080d 00001234 00000000  fff0 0524 a1 000000 00000e10 00 00 0a 00  01" },
    { "of no packets", LEC_REPAIR_2022_1,
      "80 60 080d 00001234 00000000  fff0 0524 a1 000000 00000e10 00 05 00 00  01" },
    { "an extended header, which RFC 5109 has no use for", LEC_REPAIR_ULPFEC,
      "80 64 0007 00000000 12345678  91 e0 0002 00000bb8 0004 0004 c001  deadbeef" },
    { "an empty mask", LEC_REPAIR_ULPFEC,
      "80 64 0007 00000000 12345678  11 e0 0002 00000bb8 0004 0004 0000  deadbeef" },
    { "FlexFEC for another stream", LEC_REPAIR_FLEXFEC,
      "81 6e 0007 00000000 87654321 12345679  11 e0 0004 00000bb8 0002 6001  deadbeef" },
    { "FlexFEC for two streams", LEC_REPAIR_FLEXFEC,
      "82 6e 0007 00000000 87654321 12345678 12345679  11 e0 0004 00000bb8 0002 6001 0002 6001 "
      "de" },
    { "a packet of another stream that is sent again", LEC_REPAIR_FLEXFEC,
      "81 6e 0007 00000000 87654321 12345678  91 e0 0004 00000bb8 0002 6001  deadbeef" },
    { "FlexFEC, sent again and a matrix, which is reserved", LEC_REPAIR_FLEXFEC,
      "80 6e 0007 00000000 87654321  d1 e0 0004 00000bb8 12345678  deadbeef" },
    { "FlexFEC with an empty mask", LEC_REPAIR_FLEXFEC,
      "81 6e 0007 00000000 87654321 12345678  11 e0 0004 00000bb8 0002 0000  deadbeef" },
    { "FlexFEC with no columns", LEC_REPAIR_FLEXFEC,
      "81 6e 0007 00000000 87654321 12345678  40 60 0004 00000bb8 0002 00 05  dead" },
    { "more protected than is there", LEC_REPAIR_ULPFEC,
      "80 64 0007 00000000 12345678  11 e0 0002 00000bb8 0004 0005 c001  deadbeef" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Bytes bytes = bytes_of (rows[i].text);
    g_autofree guint8 *copy = NULL;
    LecParity parity;

    g_test_message ("%s", rows[i].story);
    g_assert_false (read_parity (rows[i].scheme, bytes.bytes, bytes.size, &parity, &copy));
  }
}

static void
test_contains (void)
{
  const LecParityGroup matrix = { .stride = 5, .count = 3, .span = 11 };
  const LecParityGroup mask = { .count = 2, .mask = { 1, 2 }, .span = 66 };

  for (gint64 ahead = -20; ahead < 200; ahead++) {
    g_assert_cmpint (lec_parity_group_contains (&matrix, ahead), ==,
                     ahead == 0 || ahead == 5 || ahead == 10);
    g_assert_cmpint (lec_parity_group_contains (&mask, ahead), ==, ahead == 0 || ahead == 65);
  }
  g_assert_false (lec_parity_group_equals (&matrix, &mask));
  g_assert_true (lec_parity_group_equals (&mask, &mask));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parity/good", test_good);
  g_test_add_func ("/parity/prefixes", test_prefixes);
  g_test_add_func ("/parity/bad", test_bad);
  g_test_add_func ("/parity/contains", test_contains);
  return g_test_run ();
}
