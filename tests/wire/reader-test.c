/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/reader.h"

static const guint8 bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 };

static void
test_numbers (void)
{
  LecReader reader = lec_reader_init (bytes, sizeof bytes);

  g_assert_cmphex (lec_reader_u8 (&reader), ==, 0x01);
  g_assert_cmphex (lec_reader_u16 (&reader), ==, 0x0203);
  g_assert_cmphex (lec_reader_u32 (&reader), ==, 0x04050607);
  g_assert_cmphex (lec_reader_u64 (&reader), ==, G_GUINT64_CONSTANT (0x08090a0b0c0d0e0f));
  g_assert_cmpuint (reader.left, ==, 2);
  lec_reader_skip (&reader, 1);
  g_assert_true (lec_reader_bytes (&reader, 1) == bytes + 16);
  g_assert_true (lec_reader_bytes (&reader, 0) == bytes + 17);
  g_assert_false (reader.failed);
}

/* After a failure there is nothing, though bytes are left. */
static void
test_failure_sticks (void)
{
  LecReader reader = lec_reader_init (bytes, 3);

  g_assert_cmphex (lec_reader_u16 (&reader), ==, 0x0102);
  g_assert_cmphex (lec_reader_u16 (&reader), ==, 0);
  g_assert_true (reader.failed);
  g_assert_cmphex (lec_reader_u8 (&reader), ==, 0);
  g_assert_null (lec_reader_bytes (&reader, 0));
  g_assert_cmphex (lec_reader_u64 (&reader), ==, 0);
}

/* Every read of every width from every shorter piece, of which a sanitizer knows the end. */
static void
test_every_prefix (void)
{
  for (gsize length = 0; length < sizeof bytes; length++) {
    g_autofree guint8 *copy = g_memdup2 (bytes, length);

    for (gsize width = 1; width <= 8; width *= 2) {
      LecReader reader = lec_reader_init (copy, length);

      for (gsize at = 0; at < length + width; at += width) {
        guint64 value = width == 1   ? lec_reader_u8 (&reader)
                        : width == 2 ? lec_reader_u16 (&reader)
                        : width == 4 ? lec_reader_u32 (&reader)
                                     : lec_reader_u64 (&reader);

        g_assert_cmpint (reader.failed, ==, at + width > length);
        if (reader.failed && width <= 2)
          g_assert_cmpuint (value, ==, 0);
      }
    }
  }
}

static void
test_huge_length (void)
{
  LecReader reader = lec_reader_init (bytes, sizeof bytes);

  lec_reader_skip (&reader, 1);
  g_assert_null (lec_reader_bytes (&reader, G_MAXSIZE));
  g_assert_true (reader.failed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/numbers", test_numbers);
  g_test_add_func ("/reader/failure-sticks", test_failure_sticks);
  g_test_add_func ("/reader/every-prefix", test_every_prefix);
  g_test_add_func ("/reader/huge-length", test_huge_length);
  return g_test_run ();
}
