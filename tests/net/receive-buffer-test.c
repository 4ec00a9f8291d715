/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How large a receive buffer is asked for, and for how long it lasts. */
#include "net/receive-buffer.h"

#include "wire/units.h"

#define MBIT G_GUINT64_CONSTANT (1000000)

static void
test_need (void)
{
  /* 4464 packets of 1400 bytes in a second, each counted as 2304 bytes */
  g_assert_cmpuint (lec_receive_buffer_get_need (50 * MBIT), ==, 5142857);
  g_assert_cmpuint (lec_receive_buffer_get_need (64000), ==, LEC_RECEIVE_BUFFER_MIN);
  g_assert_cmpuint (lec_receive_buffer_get_need (10000 * MBIT), ==, LEC_RECEIVE_BUFFER_MAX);
  g_assert_cmpuint (lec_receive_buffer_get_need (G_MAXUINT64), ==, LEC_RECEIVE_BUFFER_MAX);
  /* what nobody has announced may be as much as a studio sends */
  g_assert_cmpuint (lec_receive_buffer_get_need (0), >=, lec_receive_buffer_get_need (100 * MBIT));
}

/* What is needed is half a second. */
static void
test_time (void)
{
  gint64 time_ns = lec_receive_buffer_get_time (lec_receive_buffer_get_need (50 * MBIT), 50 * MBIT);

  g_assert_cmpint (ABS (time_ns - SECOND / 2), <, SECOND / 1000);
  g_assert_cmpint (lec_receive_buffer_get_time (LEC_RECEIVE_BUFFER_MIN, 0), ==, G_MAXINT64);
  g_assert_cmpuint (lec_receive_buffer_get_headroom (212992), ==, 92);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receive-buffer/need", test_need);
  g_test_add_func ("/receive-buffer/time", test_time);
  return g_test_run ();
}
