/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/serial.h"

static void
test_diff (void)
{
  static const struct
  {
    guint32 a, b;
    gint32 diff16, diff32;
  } rows[] = {
    { 0, 0, 0, 0 },
    { 0, 1, 1, 1 },
    { 1, 0, -1, -1 },
    { 0xffff, 0, 1, -0xffff },
    { 0, 0xffff, -1, 0xffff },
    { 0, 0x7fff, 0x7fff, 0x7fff },
    { 0, 0x8000, -0x8000, 0x8000 }, /* half way round: both ways are as long, this one is taken */
    { 0xffffffff, 0, 1, 1 },
    { 0, 0xffffffff, -1, -1 },
    { 0x80000000, 0, 0, G_MININT32 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (lec_serial_diff (rows[i].a, rows[i].b, 16), ==, rows[i].diff16);
    g_assert_cmpint (lec_serial_diff (rows[i].a, rows[i].b, 32), ==, rows[i].diff32);
  }
}

static void
test_extend (void)
{
  static const struct
  {
    gint64 near;
    guint32 number;
    gint64 extended16, extended32;
  } rows[] = {
    { 0, 0, 0, 0 },
    { 0, 5, 5, 5 },
    { 0, 0xffff, -1, 0xffff },
    { 65535, 0, 65536, 0 },
    { 65536, 65535, 65535, 65535 },
    { -1, 0, 0, 0 },
    { -65537, 0, -65536, 0 },
    { G_GINT64_CONSTANT (0xffffffff), 0, G_GINT64_CONSTANT (0x100000000),
      G_GINT64_CONSTANT (0x100000000) },
    { G_GINT64_CONSTANT (0x500000001), 0xffffffff, G_GINT64_CONSTANT (0x4ffffffff),
      G_GINT64_CONSTANT (0x4ffffffff) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (lec_serial_extend (rows[i].near, rows[i].number, 16), ==, rows[i].extended16);
    g_assert_cmpint (lec_serial_extend (rows[i].near, rows[i].number, 32), ==, rows[i].extended32);
  }
}

/* Steps of any width up to half the circle are followed for ever, both ways. */
static void
test_walk (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (1);
  gint64 at = 0, at32 = 0;

  for (guint i = 0; i < 100000; i++) {
    gint64 to = at + g_rand_int_range (rng, -0x8000, 0x8000);
    gint64 to32 = at32 + (gint32) g_rand_int (rng);

    g_assert_cmpint (lec_serial_extend (at, (guint16) to, 16), ==, to);
    g_assert_cmpint (lec_serial_extend (at32, (guint32) to32, 32), ==, to32);
    at = to;
    at32 = to32;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serial/diff", test_diff);
  g_test_add_func ("/serial/extend", test_extend);
  g_test_add_func ("/serial/walk", test_walk);
  return g_test_run ();
}
