/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/decode-order.h"

#include <stdlib.h>

#define FAR 25

/* Time stamps in the order of sending, and for each: the time of decoding; `=` more of the same
 * frame, `!` a deeper order found with it, `?` a time that is not known. */
static const struct
{
  const char *story;
  const char *stamps;
  const char *times;
} rows[] = {
  { "in order", "0 1 2 3", "0 1 2 3" },
  { "many packets a frame", "0 0 0 1 1", "0 = = 1 =" },
  { "three B-frames", "0 4 1 2 3 8 5 6 7 12 9", "0 4 !1 2 3 4 5 6 7 8 9" },
  { "one B-frame, two packets a frame", "0 2 2 1 1 4 4 3 3", "0 2 = !1 = 2 = 3 =" },
  { "a pyramid", "0 8 4 2 1 3 6 5 7 16 12 10 9 11", "0 8 !4 !2 !1 2 3 4 5 6 7 8 9 10" },
  { "P-frames once it is known", "0 4 1 2 3 5 6 7 10 8 9", "0 4 !1 2 3 4 5 6 7 8 9" },
  { "a jump", "0 2 1 4 3 1000 1002 1001 1004 1003", "0 2 !1 2 3 ? 1000 1001 1002 1003" },
  { "a jump back", "0 2 1 4 3 -998 -1000 -999", "0 2 !1 2 3 ? -1000 -999" },
  { "a small jump back", "20 21 22 12 13 14 15", "20 21 22 !12 13 14 15" },
  { "a frame lost", "0 4 1 2 3 5 6 7 12 9 10 11", "0 4 !1 2 3 4 5 6 7 9 10 11" },
};

static void
run (guint index)
{
  g_auto (GStrv) stamps = g_strsplit (rows[index].stamps, " ", -1);
  g_autoptr (GString) times = g_string_new (NULL);
  LecDecodeOrder order = { 0 };

  for (guint i = 0; stamps[i] != NULL; i++) {
    gint64 media = atoi (stamps[i]), decode = 0;
    LecDecodeOrderAnswer answer = lec_decode_order_note (&order, media, FAR, &decode);

    if (answer == LEC_DECODE_ORDER_SAME)
      g_string_append (times, " =");
    else if (answer == LEC_DECODE_ORDER_UNKNOWN)
      g_string_append (times, " ?");
    else
      g_string_append_printf (times, " %s%" G_GINT64_FORMAT,
                              answer == LEC_DECODE_ORDER_DEEPER ? "!" : "", decode);
    if (answer == LEC_DECODE_ORDER_NEXT || answer == LEC_DECODE_ORDER_DEEPER)
      g_assert_cmpint (lec_decode_order_find (&order, media), ==, decode);
  }
  g_assert_cmpstr (times->str + 1, ==, rows[index].times);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].story);
    run (i);
  }
}

/* What has no order at all is given out all the same, one for one, and takes no more room. */
static void
test_noise (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (3);
  LecDecodeOrder order = { 0 };
  guint known = 0;

  for (guint i = 0; i < 100000; i++) {
    gint64 decode;
    LecDecodeOrderAnswer answer
        = lec_decode_order_note (&order, g_rand_int_range (rng, 0, 100000), 90000, &decode);

    known += answer == LEC_DECODE_ORDER_NEXT || answer == LEC_DECODE_ORDER_DEEPER;
    g_assert_cmpint (lec_decode_order_get_lead (&order), >=, 0);
    g_assert_cmpint (lec_decode_order_get_lead (&order), <=, 200000);
  }
  g_assert_cmpuint (known, >, 1000);
}

/* How far ahead of decoding the first P-frame of four is, and that it is forgotten. */
static void
test_lead (void)
{
  static const gint64 stamps[] = { 0, 4, 1, 2, 3, 8 };
  LecDecodeOrder order = { 0 };
  gint64 decode;

  g_assert_cmpint (lec_decode_order_find (&order, 7), ==, 7);
  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    lec_decode_order_note (&order, stamps[i], FAR, &decode);
  g_assert_cmpint (decode, ==, 4);
  g_assert_cmpint (lec_decode_order_get_lead (&order), ==, 4);
  g_assert_cmpint (lec_decode_order_note (&order, 8 + 2 * FAR, FAR, &decode), ==,
                   LEC_DECODE_ORDER_UNKNOWN);
  g_assert_cmpint (lec_decode_order_get_lead (&order), ==, 0);
  lec_decode_order_begin (&order);
  g_assert_cmpint (lec_decode_order_get_lead (&order), ==, 0);
  g_assert_cmpint (lec_decode_order_note (&order, 100, FAR, &decode), ==, LEC_DECODE_ORDER_NEXT);
  g_assert_cmpint (decode, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-order/rows", test_rows);
  g_test_add_func ("/decode-order/noise", test_noise);
  g_test_add_func ("/decode-order/lead", test_lead);
  return g_test_run ();
}
