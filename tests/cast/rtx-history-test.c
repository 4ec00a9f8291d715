/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/rtx-history.h"

#include <string.h>

#include "wire/big-endian.h"

#define SIZE 1000
#define MS G_TIME_SPAN_MILLISECOND

static void
add (LecRtxHistory *history, guint16 number, gint64 now_us)
{
  guint8 bytes[SIZE] = { 0x80, 0x80 | 96, 0, 0, 1, 2, 3, 4, 0, 0, 0, 7, 'x' };

  lec_big_endian_write_u16 (bytes + 2, number);
  lec_rtx_history_add (history, bytes, sizeof bytes, now_us);
}

/* A packet comes again as RFC 4588 wraps it; once in a while, as long as it is kept. */
static void
test_answer (void)
{
  g_autoptr (LecRtxHistory) history = lec_rtx_history_new (200, 0x1111);
  guint8 bytes[LEC_RTX_SIZE + 2];

  g_assert_cmpuint (lec_rtx_history_get_ssrc (history), ==, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 0, 0, bytes), ==, 0);
  for (guint i = 0; i < 20; i++)
    add (history, (guint16) (65530 + i), i * MS);
  g_assert_cmpuint (lec_rtx_history_get_ssrc (history), ==, 7);
  g_assert_cmpuint (lec_rtx_history_answer (history, 3, 30 * MS, bytes), ==, SIZE + 2);
  g_assert_cmphex (bytes[1], ==, 0x80 | LEC_RTX_PAYLOAD);
  g_assert_cmpmem (bytes + 2, 12, "\x11\x11\1\2\3\4\0\0\0\7\0\3", 12);
  g_assert_cmpint (bytes[14], ==, 'x');
  g_assert_cmpuint (lec_rtx_history_answer (history, 3, 31 * MS, bytes), ==, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 3, 30 * MS + LEC_RTX_AGAIN_US, bytes), ==,
                    SIZE + 2);
  g_assert_cmpmem (bytes + 2, 2, "\x11\x12", 2);
  g_assert_cmpuint (lec_rtx_history_answer (history, 65529, 30 * MS, bytes), ==, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 14, 30 * MS, bytes), ==, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 65530, 200 * MS, bytes), >, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 65531, 202 * MS, bytes), ==, 0);
}

/* However much is asked for, it takes no more than its share. */
static void
test_flood (void)
{
  g_autoptr (LecRtxHistory) history = lec_rtx_history_new (3000, 1);
  guint8 bytes[LEC_RTX_SIZE + 2];
  gsize sent = 0;

  for (guint i = 0; i < 10000; i++) {
    add (history, (guint16) i, i * MS);
    for (guint j = 0; j < 10; j++)
      sent += lec_rtx_history_answer (history, (guint16) (i - j * 37), i * MS, bytes);
  }
  g_test_message ("%" G_GSIZE_FORMAT " bytes", sent);
  g_assert_cmpuint (sent, >, 10000 * SIZE / LEC_RTX_SHARE / 2);
  g_assert_cmpuint (sent, <=, 10000 * (SIZE + 8) / LEC_RTX_SHARE + LEC_RTX_BURST);
}

/* What does not fit, and what is no packet. */
static void
test_odd (void)
{
  g_autoptr (LecRtxHistory) history = lec_rtx_history_new (200, 1);
  static const guint8 large[LEC_RTX_SIZE + 1] = { 0x80, 96, 0, 1 };
  guint8 short_one[] = { 0x9f, 96, 0, 2, 0, 0, 0, 0, 0, 0, 0, 7 }; /* with 15 sources, it says */
  guint8 padded[] = { 0xa0, 96, 0, 3, 0, 0, 0, 0, 0, 0, 0, 7, 'a', 0, 2 };
  guint8 lying[] = { 0xa0, 96, 0, 4, 0, 0, 0, 0, 0, 0, 0, 7, 'a', 0, 99 };
  guint8 extended[] = { 0x90, 96, 0, 5, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0xff, 0xff };
  guint8 bytes[LEC_RTX_SIZE + 2];

  lec_rtx_history_add (history, large, sizeof large, 0);
  lec_rtx_history_add (history, short_one, sizeof short_one, 0);
  lec_rtx_history_add (history, padded, sizeof padded, 0);
  lec_rtx_history_add (history, lying, sizeof lying, 0);
  lec_rtx_history_add (history, extended, sizeof extended, 0);
  lec_rtx_history_add (history, extended, 3, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 1, 0, bytes), ==, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 2, 0, bytes), ==, 0);
  g_assert_cmpuint (lec_rtx_history_answer (history, 3, 0, bytes), ==, 15);
  g_assert_cmphex (bytes[0], ==, 0x80);
  g_assert_cmpmem (bytes + 12, 3, "\0\3a", 3);
  g_assert_cmpuint (lec_rtx_history_answer (history, 4, 0, bytes), ==, 17);
  g_assert_cmpuint (lec_rtx_history_answer (history, 5, 0, bytes), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtx-history/answer", test_answer);
  g_test_add_func ("/rtx-history/flood", test_flood);
  g_test_add_func ("/rtx-history/odd", test_odd);
  return g_test_run ();
}
