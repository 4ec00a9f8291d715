/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/wishes.h"

#include <poll.h>

static gboolean
is_readable (const LecWishes *wishes)
{
  struct pollfd one = { .fd = lec_wishes_get_fd (wishes), .events = POLLIN };

  return poll (&one, 1, 0) == 1;
}

/* Of each kind the newest one is taken; a latency once, the others as often as something is wished,
 * for they say what is, and not what is to change. */
static void
test_newest (void)
{
  LecWishesTaken taken;
  LecWishes wishes;

  lec_wishes_init (&wishes);
  g_assert_false (is_readable (&wishes));
  g_assert_false (lec_wishes_take (&wishes, &taken));

  lec_wishes_set_latency (&wishes, 1);
  lec_wishes_set_latency (&wishes, 2);
  lec_wishes_set_station (&wishes, "192.0.2.1");
  lec_wishes_set_station (&wishes, "192.0.2.2");
  lec_wishes_set_program (&wishes, 7);
  g_assert_true (is_readable (&wishes));
  g_assert_true (lec_wishes_take (&wishes, &taken));
  g_assert_true (taken.has_latency);
  g_assert_cmpint (taken.latency_ns, ==, 2);
  g_assert_cmpuint (taken.program, ==, 7);
  g_assert_cmpstr (taken.station, ==, "192.0.2.2");
  g_free (taken.station);
  g_assert_false (is_readable (&wishes));
  g_assert_false (lec_wishes_take (&wishes, &taken));

  lec_wishes_set_program (&wishes, 8);
  g_assert_true (lec_wishes_take (&wishes, &taken));
  g_assert_false (taken.has_latency);
  g_assert_cmpuint (taken.program, ==, 8);
  g_assert_cmpstr (taken.station, ==, "192.0.2.2");
  g_free (taken.station);

  lec_wishes_set_station (&wishes, NULL);
  g_assert_true (lec_wishes_take (&wishes, &taken));
  g_assert_null (taken.station);
  lec_wishes_clear (&wishes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wishes/newest", test_newest);
  return g_test_run ();
}
