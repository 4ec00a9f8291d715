/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/bits.h"

#include "coded-video.h"

static void
test_fixed (void)
{
  static const guint8 bytes[] = { 0xa5, 0x0f, 0x12, 0x34, 0x56, 0x78 };
  LecBits bits = lec_bits_init (bytes, sizeof bytes);

  g_assert_cmpuint (lec_bits_u (&bits, 3), ==, 5);
  g_assert_false (lec_bits_flag (&bits));
  g_assert_cmpuint (lec_bits_u (&bits, 0), ==, 0);
  g_assert_cmpuint (lec_bits_u (&bits, 12), ==, 0x50f);
  g_assert_cmpuint (lec_bits_u (&bits, 32), ==, 0x12345678);
  g_assert_false (bits.failed);
  g_assert_cmpuint (lec_bits_u (&bits, 1), ==, 0);
  g_assert_true (bits.failed);
}

/* What was written is read, in every order, through emulation prevention. */
static void
test_again (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (5);

  for (guint round = 0; round < 2000; round++) {
    guint32 codes[20];
    gint32 differences[20];
    g_autoptr (GByteArray) unit = unit_new ();
    BitWriter writer;
    guint8 header = 0x67;
    LecBits bits;

    bit_writer_init (&writer);
    for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
      guint width = (guint) g_rand_int_range (rng, 1, 32);

      codes[i] = g_rand_int (rng) >> width;
      differences[i] = (gint32) (g_rand_int (rng) >> width) - (gint32) (1u << (31 - width));
      bit_writer_ue (&writer, codes[i]);
      bit_writer_se (&writer, differences[i]);
      bit_writer_u (&writer, 17, 1);
    }
    unit_add (unit, &header, 1, &writer);
    bits = lec_bits_init_rbsp (unit->data + 5, unit->len - 5);
    for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
      g_assert_false (lec_bits_ends (&bits));
      g_assert_cmpuint (lec_bits_ue (&bits, codes[i]), ==, codes[i]);
      g_assert_cmpint (lec_bits_se (&bits, -G_MAXINT32, G_MAXINT32), ==, differences[i]);
      g_assert_cmpuint (lec_bits_u (&bits, 17), ==, 1);
    }
    g_assert_true (lec_bits_ends (&bits));
    g_assert_false (bits.failed);
  }
}

static void
test_bounds (void)
{
  static const guint8 five[] = { 0x30 };                /* 00110: 5, or 3 */
  static const guint8 endless[] = { 0, 0, 0, 0, 0xff }; /* 32 zeros */
  LecBits bits = lec_bits_init (five, 1);

  g_assert_cmpuint (lec_bits_ue (&bits, 4), ==, 0);
  g_assert_true (bits.failed);
  bits = lec_bits_init (five, 1);
  g_assert_cmpint (lec_bits_se (&bits, -3, 2), ==, 0);
  g_assert_true (bits.failed);
  bits = lec_bits_init (five, 1);
  g_assert_cmpint (lec_bits_se (&bits, -3, 3), ==, 3);
  bits = lec_bits_init (endless, sizeof endless);
  g_assert_cmpuint (lec_bits_ue (&bits, G_MAXUINT32), ==, 0);
  g_assert_true (bits.failed);
}

static const struct
{
  const char *bytes;
  guint length;
  guint read; /* bits */
  gboolean ends;
} ends[] = {
  { "\x80", 1, 0, TRUE },           { "\xc0", 1, 0, FALSE },
  { "\xc0", 1, 1, TRUE },           { "\x01", 1, 7, TRUE },
  { "\x01", 1, 6, FALSE },          { "\xff\x80", 2, 8, TRUE },
  { "\xff\x80", 2, 7, FALSE },      { "\xff\x80\0\0", 4, 8, TRUE },
  { "\xff\x80\0\0\3", 5, 8, TRUE }, { "\xff\x80\0\0\3\0\0\3", 8, 8, TRUE },
  { "\xff", 1, 8, FALSE },          { "", 0, 0, FALSE },
  { "\0\0\3\1\x80", 5, 24, TRUE },
};

static void
test_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    LecBits bits = lec_bits_init_rbsp ((const guint8 *) ends[i].bytes, ends[i].length);

    lec_bits_skip (&bits, ends[i].read);
    if (lec_bits_ends (&bits) != ends[i].ends)
      g_error ("row %u", i);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bits/fixed", test_fixed);
  g_test_add_func ("/bits/again", test_again);
  g_test_add_func ("/bits/bounds", test_bounds);
  g_test_add_func ("/bits/ends", test_ends);
  return g_test_run ();
}
